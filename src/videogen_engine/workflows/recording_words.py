"""What is said in a recording, and when: from a transcript with times, from a text alone, or from a transcriber."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from videogen_agents.contract import TranscriptWord
from videogen_agents.errors import LimitError
from videogen_engine.alignment.model import AlignedText, AlignRequest
from videogen_engine.listening.model import HeardRecording
from videogen_engine.listening.passages import is_untimed, passages_of
from videogen_engine.listening.transcript import written
from videogen_engine.planning.model import Pacing, PlanRequest, ScenePlan
from videogen_engine.runtime.port import JobContext
from videogen_engine.runtime.stage_registry import ALIGN, PLAN
from videogen_engine.speech.model import SAMPLE_RATE, Word

#: Letters of a text without times; more would be half a day of speech.
_LONGEST_TEXT: Final = 400_000
#: Share of the voice beyond which a text is said to leave something out.
_MUCH: Final = 0.15
NO_TRANSCRIPT: Final = (
    "The recording has no transcript, so the film has no captions, and its pictures follow the file's name and "
    "workflowAgentContext instead of the words. To get both, upload the recording with a transcript (its text, or "
    "words with startSeconds and endSeconds), or set VIDEOGEN_AGENTS_TRANSCRIBER_BASE_URL and _MODEL, and start again."
)
OTHER_TEXT: Final = (
    "The transcript's text does not seem to be what is said in the recording, so it was not used: the film has no "
    "captions, and its scenes follow the pauses. Upload the recording with its own text, or with word times, and "
    "start again."
)


@dataclass(frozen=True)
class RecordingWords:
    """``plan`` None: nobody knows the words. ``warnings`` belong to the film, ``degraded`` and ``notes`` to the run."""

    plan: ScenePlan | None = None
    words: tuple[Word, ...] = ()
    warnings: tuple[str, ...] = ()
    degraded: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def word_steps(said: Sequence[TranscriptWord]) -> tuple[str, ...]:
    """The steps that ``words_of_recording`` will take, for ``context.expect``."""
    if not said:
        return ()
    return (PLAN, ALIGN) if is_untimed(said) else (PLAN,)


async def words_of_recording(
    said: Sequence[TranscriptWord], heard: HeardRecording, language: str, pacing: Pacing, context: JobContext
) -> RecordingWords:
    """Raises LimitError for a text longer than any recording, and what the stages raise."""
    if not said:
        return RecordingWords(warnings=(NO_TRANSCRIPT,))
    if is_untimed(said):
        return await _aligned(said, heard, language, pacing, context)
    script, words = written(said, language)
    plan = await context.step(PLAN, PlanRequest(script=script, language=language, pacing=pacing), ScenePlan)
    return RecordingWords(plan, words)


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
        return RecordingWords(warnings=(OTHER_TEXT,), degraded=(OTHER_TEXT,))
    degraded: list[str] = []
    if aligned.estimated:
        degraded.append(
            f"No voice here reads {language}, so the captions' times are estimated from the pauses and the lengths of "
            "the words."
        )
    if aligned.unwritten > _MUCH:
        share = f"About {100 * aligned.unwritten:.0f} %"
        degraded.append(f"{share} of what is said is not in the transcript's text, and has no captions.")
    notes = () if aligned.estimated else (_how(aligned),)
    return RecordingWords(plan, aligned.words, degraded=tuple(degraded), notes=notes)


def _how(aligned: AlignedText) -> str:
    if aligned.modelled:
        others = f", {aligned.compared} by comparison with a voice" if aligned.compared else ""
        return f"The transcript had no word times: {aligned.modelled} words were placed by an acoustic model{others}."
    return f"The transcript had no word times: {aligned.compared} words were placed by comparison with a voice."
