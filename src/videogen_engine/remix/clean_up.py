"""CLEAN_UP_TRANSCRIPT: filler words and long pauses leave the narration, the captions and the words of the film."""

from __future__ import annotations

from collections.abc import Iterable

from videogen_agents.contract import CleanUpTranscriptAction
from videogen_engine.planning.model import PlannedScene
from videogen_engine.remix.edit import Edit, Edited
from videogen_engine.remix.workshop import Workshop
from videogen_engine.speech.clean_model import MIN_PAUSE_SECONDS, CleanedScene, CleanedSpeech, CleanUpRequest
from videogen_engine.speech.model import Word
from videogen_engine.timeline.document import Scene, Timeline
from videogen_engine.timeline.retime import respoken

#: The stage's name in the registry, which edits do not import.
_CLEAN_UP = "clean_up"


async def prepare(timeline: Timeline, action: CleanUpTranscriptAction, workshop: Workshop) -> CleanedSpeech | None:
    """The spoken scenes without what is to go; None when nothing was asked to go or nobody speaks."""
    speeches = tuple(scene.speech for scene in timeline.scenes if scene.speech is not None)
    fillers = action.remove_fillers is not False
    pauses = action.remove_pauses is not False
    if not speeches or not (fillers or pauses):
        return None
    request = CleanUpRequest(
        scenes=speeches,
        language=timeline.language,
        remove_fillers=fillers,
        remove_pauses=pauses,
        fillers=None if action.filler_words is None else tuple(action.filler_words),
        min_pause=MIN_PAUSE_SECONDS if action.min_pause_seconds is None else action.min_pause_seconds,
    )
    return await workshop.step(_CLEAN_UP, request, CleanedSpeech)


def apply(timeline: Timeline, action: CleanUpTranscriptAction, made: CleanedSpeech | None) -> Edited:
    """Scenes become shorter by what was cut; what appears with a word appears with it still."""
    del action
    if made is None:
        return Edited(timeline=timeline, notes=("There is nothing to clean up: nothing is said, or nothing may go.",))
    cleaned = iter(made.scenes)
    last = len(timeline.scenes) - 1
    scenes = tuple(
        _edited(scene, next(cleaned), last=index == last, rate=timeline.frames_per_second)
        if scene.speech is not None
        else scene
        for index, scene in enumerate(timeline.scenes)
    )
    return Edited(timeline=timeline.model_copy(update={"scenes": scenes}), notes=_notes(made))


def _edited(scene: Scene, cleaned: CleanedScene, *, last: bool, rate: int) -> Scene:
    if scene.speech is None or cleaned.speech == scene.speech:
        return scene
    words = [scene.speech.words[index] for index in cleaned.removed]
    shorter = respoken(scene, cleaned.speech, last=last, rate=rate)
    return shorter.model_copy(update={"plan": _without(scene.plan, words)})


def _without(plan: PlannedScene, words: Iterable[Word]) -> PlannedScene:
    """The plan with spaces where the words were: every other word keeps its place in the script."""
    spans = [(word.char_start, word.char_end) for word in words]

    def blanked(text: str, start: int, end: int) -> str:
        if len(text) != end - start:
            return text
        for first, stop in spans:
            low, high = max(first, start) - start, min(stop, end) - start
            if low < high:
                text = text[:low] + " " * (high - low) + text[high:]
        return text

    sentences = tuple(
        sentence.model_copy(update={"text": blanked(sentence.text, sentence.start, sentence.end)})
        for sentence in plan.sentences
    )
    return plan.model_copy(update={"text": blanked(plan.text, plan.start, plan.end), "sentences": sentences})


def _notes(made: CleanedSpeech) -> tuple[str, ...]:
    words = sum(len(scene.removed) for scene in made.scenes)
    pauses = sum(scene.pauses for scene in made.scenes)
    seconds = sum(scene.seconds for scene in made.scenes)
    notes: list[str] = []
    if words or pauses:
        notes.append(f"Cut {_count(words, 'filler word')} and {_count(pauses, 'pause')}, {seconds:.1f} s in all.")
    else:
        notes.append("No filler word and no long pause was found.")
    if made.kept_whole:
        notes.append(f"{_count(made.kept_whole, 'scene')} with nothing but fillers stayed: remove it to be rid of it.")
    return tuple(notes)


def _count(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


CLEAN_UP_TRANSCRIPT = Edit(CleanUpTranscriptAction, apply, prepare)
