"""generateVideoClip: a short clip of illustrated shots, of pictures or videos of the user's, with a voice if asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from videogen_agents.contract import AspectRatio, FileType, GenerateVideoClipRequest, ModelQuality, ToolType
from videogen_agents.errors import InputError, LimitError
from videogen_engine.assets.asset import Asset, Bench, Desk
from videogen_engine.assets.model import GivenFile, MadeAsset
from videogen_engine.assets.retouching import check_watermark
from videogen_engine.clips.build import ASSEMBLE, ILLUSTRATED, PICTURE, PLAN, ClipBrief, build_clip
from videogen_engine.clips.shots import music_in, shots_of
from videogen_engine.package.model import PackagedFilm, PackageRequest
from videogen_engine.planning.first_title import first_title
from videogen_engine.planning.language import detect_language
from videogen_engine.render.model import Encoding, RenderedFilm, RenderRequest
from videogen_engine.render.size import frame_size
from videogen_engine.speech.language_choice import choose_voice
from videogen_engine.speech.voices import Gender, voices
from videogen_engine.visuals.model import FeaturedFile

_RENDER, _PACKAGE = "render", "package"
_WIDE: Final = AspectRatio(width=16, height=9)
_LONGEST_PROMPT: Final = 4000
_LONGEST_SECONDS: Final = 30.0
_CALM: Final = "calm"
_FEMALE: Final = re.compile(r"\b(?:female|woman|women|girl|lady|feminine|she|her|mother|queen)\b", re.IGNORECASE)
_MALE: Final = re.compile(r"\b(?:male|man|men|boy|guy|masculine|he|his|father|king|deep)\b", re.IGNORECASE)


async def _check(request: GenerateVideoClipRequest, desk: Desk) -> None:
    """Raises for files that are not there, texts that are too long, and sound that cannot be promised."""
    check_watermark(request.watermark_mode)
    for field, text in (("prompt", request.prompt), ("spokenDialogue", request.spoken_dialogue)):
        if len(text or "") > _LONGEST_PROMPT:
            raise LimitError(f"{field} has {len(text or '')} characters; at most {_LONGEST_PROMPT} are read.")
    ratio = request.aspect_ratio or _WIDE
    frame_size(ratio.width, ratio.height, 720)
    for field, ids, kind in (
        ("startFrameFileId", _one(request.start_frame_file_id), FileType.IMAGE),
        ("imageFileIds", request.image_file_ids or [], FileType.IMAGE),
        ("videoFileIds", request.video_file_ids or [], FileType.VIDEO),
        ("audioFileIds", request.audio_file_ids or [], FileType.AUDIO),
    ):
        for file_id in ids:
            await desk.file(field, file_id, kind)
    said = _said(request)
    if said:
        choose_voice([said], detect_language(said), None)
    elif request.generate_audio and request.suppress_background_music and not request.audio_file_ids:
        raise InputError(
            "generateAudio asks for sound and suppressBackgroundMusic takes the only sound that can be made here.",
            code="no_sound_possible",
            next_step="Give spokenDialogue or audioFileIds, or leave suppressBackgroundMusic out.",
        )


async def _make(request: GenerateVideoClipRequest, variant: int, bench: Bench) -> MadeAsset:
    said, prompt = _said(request), (request.prompt or "").strip()
    shown = [bench.file(file_id) for file_id in _shown(request)]
    sounds = [bench.file(file_id) for file_id in request.audio_file_ids or ()]
    language = detect_language(said or prompt)
    scene = prompt or said or (shown[0].name if shown else "a calm scene")
    seconds = float(request.duration_seconds or _automatic(scene, shown, sounds))
    shots = shots_of(scene, seconds, least=len(shown))
    if said:
        # One voice speaks through one shot: what it says is one piece of sound.
        shots = shots_of(scene, seconds, least=1)[:1]
        shots = (shots[0].model_copy(update={"frames": round(seconds * 30)}),)
    ratio = request.aspect_ratio or _WIDE
    timeline = await build_clip(
        ClipBrief(
            prompt=scene,
            shots=shots,
            language=language,
            voice_id=_voice(request, language),
            ratio_width=ratio.width,
            ratio_height=ratio.height,
            files=tuple(_featured(file) for file in shown[: len(shots)]),
            said=said,
            music=_music(request, prompt, said),
            track=_featured(sounds[0]) if sounds and not request.suppress_background_music else None,
            variant=variant,
            max_seconds=_LONGEST_SECONDS,
        ),
        bench,
    )
    large = request.quality in {ModelQuality.HIGH, ModelQuality.MAX}
    width, height = frame_size(ratio.width, ratio.height, bench.lines or (1080 if large else 720))
    asked = RenderRequest(timeline=timeline, width=width, height=height, encoding=Encoding(bench.encoding))
    film = await bench.step(_RENDER, asked, RenderedFilm)
    packaged = await bench.step(_PACKAGE, PackageRequest(timeline=timeline, film=film), PackagedFilm)
    return MadeAsset(
        media=packaged.video,
        type=FileType.VIDEO,
        name=first_title(scene),
        description=f"Clip: {first_title(scene)}",
        seconds=packaged.duration,
        width=width,
        height=height,
        thumbnail=None,
        made_by=_made_by(timeline.voice_provider if said else None, timeline.music is not None),
        degraded=(ILLUSTRATED,),
        warnings=timeline.warnings,
        notes=tuple(_notes(request, len(shown) - len(shots), len(sounds), said)),
    )


def _one(file_id: str | None) -> list[str]:
    return [file_id] if file_id else []


def _shown(request: GenerateVideoClipRequest) -> list[str]:
    """What is seen, in order: the opening frame first."""
    others = (*(request.image_file_ids or ()), *(request.video_file_ids or ()))
    return [*_one(request.start_frame_file_id), *others]


def _said(request: GenerateVideoClipRequest) -> str:
    said = (request.spoken_dialogue or "").strip()
    return said if any(char.isalnum() for char in said) else ""


def _automatic(scene: str, shown: Sequence[GivenFile], sounds: Sequence[GivenFile]) -> float:
    """Seconds where nobody says: as long as it takes to see what there is, or as the recording lasts."""
    if sounds and sounds[0].seconds:
        return min(_LONGEST_SECONDS, max(1.0, sounds[0].seconds))
    clips = [file.seconds for file in shown if file.seconds]
    return min(_LONGEST_SECONDS, max(2.5 + len(scene.split()) / 5, 3.0 * len(shown), *clips, 4.0))


def _music(request: GenerateVideoClipRequest, prompt: str, said: str) -> str | None:
    if request.suppress_background_music:
        return None
    asked = music_in(prompt)
    return asked or (_CALM if request.generate_audio and not said else None)


def _voice(request: GenerateVideoClipRequest, language: str) -> str:
    """A voice that speaks the language, and sounds as described where one does."""
    said, words = _said(request), request.voice_description or ""
    usual = choose_voice([said] if said else [], language if said else "en", None).voice
    wanted = Gender.FEMALE if _FEMALE.search(words) else Gender.MALE if _MALE.search(words) else None
    if wanted is None:
        return usual.voice_id
    code = usual.language_code.split("-")[0]
    alike = [voice for voice in voices() if voice.language_code.split("-")[0] == code and voice.gender == wanted]
    return next((voice.voice_id for voice in alike if voice.provider == usual.provider), usual.voice_id)


def _featured(file: GivenFile) -> FeaturedFile:
    moving = file.seconds if file.type is not FileType.IMAGE else None
    return FeaturedFile(file_id=file.file_id, media=file.media, display_name=file.name, duration=moving)


def _made_by(voice: str | None, music: bool) -> tuple[str, ...]:
    spoken = () if voice is None else (f"speech: {voice}",)
    return (*spoken, "pictures: built-in illustrator", *(("music: built-in composer or your file",) if music else ()))


def _notes(request: GenerateVideoClipRequest, unseen: int, sounds: int, said: str) -> list[str]:
    notes: list[str] = []
    if unseen > 0:
        notes.append(f"{unseen} of the files are not shown: a longer clip has room for more.")
    if sounds > 1:
        notes.append("Only the first of audioFileIds is heard.")
    if request.voice_description and said:
        notes.append("Of voiceDescription only male or female counts: the built-in voices are what they are.")
    if not (said or sounds or request.generate_audio or music_in(request.prompt or "")):
        notes.append("The clip is silent, because neither generateAudio nor the prompt asks for sound.")
    return notes


def _without_effect(request: GenerateVideoClipRequest) -> Sequence[str]:
    return ("contentPolicyConfig",) if request.content_policy_config is not None else ()


GENERATE_VIDEO_CLIP = Asset(
    ToolType.GENERATE_VIDEO_CLIP,
    (PLAN, PICTURE, ASSEMBLE, _RENDER, _PACKAGE),
    _make,
    _check,
    _without_effect,
    quick=False,
)
