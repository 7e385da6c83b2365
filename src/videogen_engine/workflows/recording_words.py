"""What is said in a recording, and when: from a transcript with times, from a text alone, or from a transcriber."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from videogen_agents.contract import TranscriptWord
from videogen_agents.errors import LimitError, VideoError
from videogen_engine.alignment.model import AlignedText, AlignRequest
from videogen_engine.listening.model import HeardRecording, SpeechParts, SpeechPartsRequest
from videogen_engine.listening.passages import is_untimed, passages_of
from videogen_engine.listening.transcript import written
from videogen_engine.planning.language import detect_language
from videogen_engine.planning.model import Pacing, PlanRequest, ScenePlan
from videogen_engine.providers.endpoint import Endpoint
from videogen_engine.providers.transcriber import TRANSCRIBER_SETTING, ToTranscribe, Transcription
from videogen_engine.runtime.port import JobContext, StaleRecordError
from videogen_engine.runtime.stage_registry import ALIGN, PLAN, SPEECH_PARTS, TRANSCRIBE
from videogen_engine.speech.model import SAMPLE_RATE, Word
from videogen_engine.speech.voices import languages

#: Letters of a text without times; more would be half a day of speech.
_LONGEST_TEXT: Final = 400_000
#: Share of the voice beyond which a text is said to leave something out.
_MUCH: Final = 0.15
NO_TRANSCRIPT: Final = (
    "The recording has no transcript, so the film has no captions, and its pictures follow the file's name and "
    "workflowAgentContext instead of the words. To get both, upload the recording with a transcript (its text, or "
    f"words with startSeconds and endSeconds), or set {TRANSCRIBER_SETTING}_BASE_URL and {TRANSCRIBER_SETTING}_MODEL, "
    "and start again."
)
OTHER_TEXT: Final = (
    "The transcript's text does not seem to be what is said in the recording, so it was not used: the film has no "
    "captions, and its scenes follow the pauses. Upload the recording with its own text, or with word times, and "
    "start again."
)


@dataclass(frozen=True)
class RecordingWords:
    """``plan`` None: nobody knows the words. ``warnings`` belong to the film, ``degraded`` and ``notes`` to the run."""

    language: str
    plan: ScenePlan | None = None
    words: tuple[Word, ...] = ()
    warnings: tuple[str, ...] = ()
    degraded: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def word_steps(said: Sequence[TranscriptWord], transcriber: Endpoint | None) -> tuple[str, ...]:
    """The steps that ``words_of_recording`` is known to take, for ``context.expect``."""
    if not said:
        return () if transcriber is None else (SPEECH_PARTS, TRANSCRIBE, PLAN)
    return (PLAN, ALIGN) if is_untimed(said) else (PLAN,)


async def words_of_recording(
    said: Sequence[TranscriptWord],
    heard: HeardRecording,
    language: str,
    *,
    asked: str | None,
    pacing: Pacing,
    transcriber: Endpoint | None,
    context: JobContext,
) -> RecordingWords:
    """``said`` is the transcript, ``asked`` the language if anybody named one. A transcriber is asked only when there
    is no transcript; when it fails the film is made without words, and says so.

    Raises LimitError for a text longer than any recording, and what the stages raise.
    """
    if said:
        return await _known(said, heard, language, pacing, context)
    if transcriber is None:
        return RecordingWords(language, warnings=(NO_TRANSCRIPT,))
    try:
        made = await _transcribed(heard, asked, transcriber, context)
    except StaleRecordError:
        raise
    except VideoError as error:
        failed = f"The recording could not be transcribed, so the film has no captions: {error.message}"
        return RecordingWords(language, warnings=(NO_TRANSCRIPT,), degraded=(failed,))
    items = [TranscriptWord(word=item.text, start_seconds=item.start, end_seconds=item.end) for item in made.items]
    if not any(char.isalnum() for item in items for char in item.word):
        silent = f"{made.made_by} heard no words in the recording, so the film has no captions."
        return RecordingWords(language, warnings=(silent,), degraded=(silent,))
    spoken = asked or _tag(made.language) or detect_language(" ".join(item.word for item in items))
    known = await _known(items, heard, spoken, pacing, context)
    by = f"The words were written down by {made.made_by}; check names and figures."
    return replace(known, notes=(by, *known.notes))


async def _transcribed(
    heard: HeardRecording, asked: str | None, transcriber: Endpoint, context: JobContext
) -> Transcription:
    split = await context.step(SPEECH_PARTS, SpeechPartsRequest(recording=heard), SpeechParts)
    request = ToTranscribe(model=transcriber.label, parts=split.parts, language=asked)
    return await context.step(TRANSCRIBE, request, Transcription)


def _tag(named: str | None) -> str | None:
    """The listed language that a transcriber means by ``german`` or ``de``."""
    wanted = (named or "").strip().casefold()
    for language in languages():
        if wanted in {language.language_code.casefold(), language.name.casefold()}:
            return language.language_code
    return None


async def _known(
    said: Sequence[TranscriptWord], heard: HeardRecording, language: str, pacing: Pacing, context: JobContext
) -> RecordingWords:
    if is_untimed(said):
        return await _aligned(said, heard, language, pacing, context)
    script, words = written(said, language)
    plan = await context.step(PLAN, PlanRequest(script=script, language=language, pacing=pacing), ScenePlan)
    return RecordingWords(language, plan, words)


async def _aligned(
    said: Sequence[TranscriptWord], heard: HeardRecording, language: str, pacing: Pacing, context: JobContext
) -> RecordingWords:
    script, passages = passages_of(said, heard.samples / SAMPLE_RATE)
    if len(script) > _LONGEST_TEXT:
        raise LimitError(
            f"The transcript has {len(script)} characters; at most {_LONGEST_TEXT} can be aligned.",
            code="transcript_too_long",
            next_step="Cut the recording and its text, and make several videos, or give word times.",
        )
    plan = await context.step(PLAN, PlanRequest(script=script, language=language, pacing=pacing), ScenePlan)
    aligned = await context.step(
        ALIGN,
        AlignRequest(
            sound=heard.sound,
            samples=heard.samples,
            silences=heard.silences,
            script=plan.script,
            language=language,
            sentences=tuple(sentence for scene in plan.scenes for sentence in scene.sentences),
            passages=passages,
        ),
        AlignedText,
    )
    if not aligned.belongs or not aligned.words:
        return RecordingWords(language, warnings=(OTHER_TEXT,), degraded=(OTHER_TEXT,))
    degraded: list[str] = []
    if aligned.estimated:
        degraded.append(
            f"No voice here reads {language}, so the captions' times are estimated from the pauses and the lengths of "
            "the words."
        )
    if aligned.unwritten > _MUCH:
        share = f"About {100 * aligned.unwritten:.0f} %"
        degraded.append(f"{share} of what is said is not in the transcript's text, and has no captions.")
    if aligned.unsaid:
        degraded.append(f"{aligned.unsaid} words of the transcript's text are not heard in the recording, nor shown.")
    notes = () if aligned.estimated else (_how(aligned),)
    return RecordingWords(language, plan, aligned.words, degraded=tuple(degraded), notes=notes)


def _how(aligned: AlignedText) -> str:
    if aligned.modelled:
        others = f", {aligned.compared} by comparison with a voice" if aligned.compared else ""
        return f"The transcript had no word times: {aligned.modelled} words were placed by an acoustic model{others}."
    return f"The transcript had no word times: {aligned.compared} words were placed by comparison with a voice."
