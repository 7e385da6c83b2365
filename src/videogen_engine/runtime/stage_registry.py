"""Which stages exist, by name. Importing this loads the stages' models, never the stages themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from pydantic import BaseModel

from videogen_agents.errors import InternalError
from videogen_engine.alignment.model import AlignedText, AlignRequest
from videogen_engine.assets.sound_model import SOUND_FILE, SoundFile, SoundFileRequest
from videogen_engine.describing.model import Described, DescribeRequest
from videogen_engine.fetching.model import FetchedFile, FetchRequest
from videogen_engine.findings.model import Review, ReviewRequest
from videogen_engine.illustration.model import ILLUSTRATE, Illustration, IllustrationRequest
from videogen_engine.interchange.model import DocumentRequest, InterchangeDocument, InterchangeMedia, MediaRequest
from videogen_engine.listening.model import (
    CutRecording,
    CutRequest,
    HeardRecording,
    ListenRequest,
    SpeechParts,
    SpeechPartsRequest,
    VoiceoverTimelineRequest,
)
from videogen_engine.motion.model import ANIMATE, MotionGraphic, MotionRequest
from videogen_engine.music.model import MusicBed, MusicRequest, Recording, RecordingRequest
from videogen_engine.package.contact_sheet_model import Comparison, ComparisonRequest, ContactSheet, SheetRequest
from videogen_engine.package.model import PackagedFilm, PackageRequest
from videogen_engine.planning.model import PlanRequest, ScenePlan
from videogen_engine.presenters.model import PRESENT, PresenterClip, PresenterRequest
from videogen_engine.probe_model import ProbeRequest, ProbeResult
from videogen_engine.providers.language_model import Answer, Asked
from videogen_engine.providers.transcriber import ToTranscribe, Transcription
from videogen_engine.render.model import RenderedFilm, RenderRequest
from videogen_engine.restyle.model import RestyledTimelineRequest, RestyleRequest, StyledVideo
from videogen_engine.retouch.model import (
    CUT_OUT,
    CUT_OUT_VIDEO,
    DEPTH,
    ENLARGE_IMAGE,
    ENLARGE_VIDEO,
    TRACE,
    Retouched,
    RetouchRequest,
)
from videogen_engine.slides.model import (
    Deck,
    DeckRequest,
    SlidePlan,
    SlidePlanRequest,
    SlideTimelineRequest,
    ThemeReading,
    ThemeRequest,
)
from videogen_engine.sounds.model import EffectRequest, SoundEffect
from videogen_engine.speech.clean_model import CleanedSpeech, CleanUpRequest
from videogen_engine.speech.model import Narration, SpeechRequest
from videogen_engine.stage import StageContext, content_key
from videogen_engine.storyboard.model import StoryPlan, StoryPlanRequest, StoryTimelineRequest
from videogen_engine.streaming.model import Stream, StreamRequest
from videogen_engine.timeline.assemble import AssembleRequest
from videogen_engine.timeline.document import Timeline
from videogen_engine.visuals.model import PictureRequest, PictureSet

StageFunction = Callable[[BaseModel, StageContext], BaseModel]


@dataclass(frozen=True)
class StageSpec:
    """``target`` is ``module:function``, loaded in the stage process only.

    ``version`` is part of every result's key: raise it when the stage's output for the same request changes.
    ``silent_seconds`` without any report is how a stage shows that it is stuck.

    ``outside`` marks a step that asks an outside service: an async function of its request and an ``OutsideRoom``,
    run in the runtime's own process. It waits and does nothing else, so it takes no stage process from a film.
    """

    target: str
    request: type[BaseModel]
    result: type[BaseModel]
    version: str = "1"
    silent_seconds: float = 600.0
    outside: bool = False

    def load(self) -> StageFunction:
        """The stage's function; imports its module."""
        module, _, function = self.target.partition(":")
        return cast("StageFunction", getattr(import_module(module), function))


StageRegistry = Mapping[str, StageSpec]

PLAN = "plan"
SPEAK = "speak"
PICTURE = "picture"
ASSEMBLE = "assemble"
RENDER = "render"
PACKAGE = "package"
CONTACT_SHEET = "contact_sheet"
COMPARISON_SHEET = "comparison_sheet"
REVIEW = "review"
PROBE = "probe"
FETCH = "fetch"
DESCRIBE = "describe"
STREAM = "stream"
INTERCHANGE_MEDIA = "interchange_media"
INTERCHANGE = "interchange"
MUSIC = "music"
SOUND_EFFECT = "sound_effect"
RECORDING = "recording"
CLEAN_UP = "clean_up"
DECK = "deck"
READ_THEME = "read_theme"
PLAN_SLIDES = "plan_slides"
ASSEMBLE_SLIDES = "assemble_slides"
LISTEN = "listen"
ALIGN = "align"
SPEECH_PARTS = "speech_parts"
TRANSCRIBE = "transcribe"
CUT_RECORDING = "cut_recording"
ASSEMBLE_VOICEOVER = "assemble_voiceover"
PLAN_STORYBOARD = "plan_storyboard"
ASSEMBLE_STORYBOARD = "assemble_storyboard"
ASK = "ask_language_model"
RESTYLE = "restyle"
ASSEMBLE_RESTYLED = "assemble_restyled"

STAGES: StageRegistry = {
    PLAN: StageSpec("videogen_engine.planning.stage:plan", PlanRequest, ScenePlan, version="3"),
    SPEAK: StageSpec("videogen_engine.speech.stage:speak", SpeechRequest, Narration, version="2"),
    PICTURE: StageSpec("videogen_engine.visuals.stage:picture", PictureRequest, PictureSet, version="4"),
    ASSEMBLE: StageSpec("videogen_engine.timeline.assemble:assemble", AssembleRequest, Timeline),
    RENDER: StageSpec("videogen_engine.render.stage:render", RenderRequest, RenderedFilm),
    PACKAGE: StageSpec("videogen_engine.package.stage:package", PackageRequest, PackagedFilm, version="3"),
    CONTACT_SHEET: StageSpec("videogen_engine.package.contact_sheet:contact_sheet", SheetRequest, ContactSheet),
    COMPARISON_SHEET: StageSpec(
        "videogen_engine.package.comparison_sheet:comparison_sheet", ComparisonRequest, Comparison
    ),
    REVIEW: StageSpec("videogen_engine.findings.stage:review", ReviewRequest, Review),
    INTERCHANGE_MEDIA: StageSpec("videogen_engine.interchange.plates:make_media", MediaRequest, InterchangeMedia),
    INTERCHANGE: StageSpec("videogen_engine.interchange.stage:write_timeline", DocumentRequest, InterchangeDocument),
    PROBE: StageSpec("videogen_engine.media_probe:probe", ProbeRequest, ProbeResult, silent_seconds=120.0),
    FETCH: StageSpec("videogen_engine.fetching.stage:fetch", FetchRequest, FetchedFile, silent_seconds=120.0),
    DESCRIBE: StageSpec("videogen_engine.describing.stage:describe", DescribeRequest, Described),
    STREAM: StageSpec("videogen_engine.streaming.stage:make_stream", StreamRequest, Stream),
    MUSIC: StageSpec("videogen_engine.music.stage:make_music", MusicRequest, MusicBed, "3", silent_seconds=240.0),
    SOUND_EFFECT: StageSpec(
        "videogen_engine.sounds.stage:make_effect", EffectRequest, SoundEffect, silent_seconds=240.0
    ),
    RECORDING: StageSpec("videogen_engine.music.recording:check_recording", RecordingRequest, Recording),
    PRESENT: StageSpec("videogen_engine.presenters.stage:present", PresenterRequest, PresenterClip),
    ANIMATE: StageSpec("videogen_engine.motion.stage:animate", MotionRequest, MotionGraphic),
    ILLUSTRATE: StageSpec(
        "videogen_engine.illustration.stage:illustrate", IllustrationRequest, Illustration, version="2"
    ),
    SOUND_FILE: StageSpec("videogen_engine.assets.sound_file:make_sound_file", SoundFileRequest, SoundFile),
    CLEAN_UP: StageSpec("videogen_engine.speech.clean_up:clean_up", CleanUpRequest, CleanedSpeech, "2"),
    DECK: StageSpec("videogen_engine.slides.deck:read_deck", DeckRequest, Deck, "2"),
    READ_THEME: StageSpec("videogen_engine.slides.theme:read_theme", ThemeRequest, ThemeReading),
    PLAN_SLIDES: StageSpec("videogen_engine.slides.plan:plan_slides", SlidePlanRequest, SlidePlan),
    ASSEMBLE_SLIDES: StageSpec("videogen_engine.slides.assemble:assemble_slides", SlideTimelineRequest, Timeline),
    LISTEN: StageSpec("videogen_engine.listening.stage:listen", ListenRequest, HeardRecording),
    ALIGN: StageSpec("videogen_engine.alignment.stage:align", AlignRequest, AlignedText),
    SPEECH_PARTS: StageSpec("videogen_engine.listening.speech_parts:split_speech", SpeechPartsRequest, SpeechParts),
    TRANSCRIBE: StageSpec(
        "videogen_engine.providers.transcribing:transcribe", ToTranscribe, Transcription, outside=True
    ),
    CUT_RECORDING: StageSpec("videogen_engine.listening.cutting:cut", CutRequest, CutRecording, "2"),
    ASSEMBLE_VOICEOVER: StageSpec(
        "videogen_engine.listening.assemble:assemble_voiceover", VoiceoverTimelineRequest, Timeline
    ),
    PLAN_STORYBOARD: StageSpec("videogen_engine.storyboard.plan:plan_storyboard", StoryPlanRequest, StoryPlan),
    ASSEMBLE_STORYBOARD: StageSpec(
        "videogen_engine.storyboard.assemble:assemble_storyboard", StoryTimelineRequest, Timeline
    ),
    CUT_OUT: StageSpec("videogen_engine.retouch.cut_out:cut_out", RetouchRequest, Retouched),
    TRACE: StageSpec("videogen_engine.retouch.trace:trace", RetouchRequest, Retouched),
    ENLARGE_IMAGE: StageSpec("videogen_engine.retouch.enlarge:enlarge_image", RetouchRequest, Retouched),
    ENLARGE_VIDEO: StageSpec("videogen_engine.retouch.enlarge:enlarge_video", RetouchRequest, Retouched),
    DEPTH: StageSpec("videogen_engine.retouch.depth:add_depth", RetouchRequest, Retouched),
    CUT_OUT_VIDEO: StageSpec("videogen_engine.retouch.video_cut_out:cut_out_video", RetouchRequest, Retouched),
    RESTYLE: StageSpec("videogen_engine.restyle.stage:restyle", RestyleRequest, StyledVideo),
    ASSEMBLE_RESTYLED: StageSpec(
        "videogen_engine.restyle.assemble:assemble_restyled", RestyledTimelineRequest, Timeline
    ),
    ASK: StageSpec("videogen_engine.providers.asking:ask", Asked, Answer, outside=True),
}

#: Where a stage process finds ``STAGES``.
STAGES_REFERENCE = f"{__name__}:STAGES"


def load_registry(reference: str) -> StageRegistry:
    """The registry at ``module:name``. Raises InternalError when there is none."""
    module, _, name = reference.partition(":")
    found: object = getattr(import_module(module), name, None)
    if not isinstance(found, Mapping):
        raise InternalError(f"There is no stage registry at {reference!r}.")
    return cast("StageRegistry", found)


def spec_of(registry: StageRegistry, stage: str) -> StageSpec:
    """The stage called ``stage``. Raises InternalError for an unknown name."""
    try:
        return registry[stage]
    except KeyError:
        raise InternalError(f"There is no stage named {stage!r}; known: {', '.join(sorted(registry))}.") from None


def result_key(stage: str, spec: StageSpec, request: BaseModel) -> str:
    """Where the result of ``stage`` on ``request`` is kept in the artifact store."""
    return content_key(f"step-{stage}", spec.version, request, ".json")
