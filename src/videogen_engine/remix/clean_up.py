"""CLEAN_UP_TRANSCRIPT: filler words and long pauses leave the narration, the captions and the words of the film."""

from __future__ import annotations

from collections.abc import Iterable

from videogen_agents.contract import CleanUpTranscriptAction
from videogen_engine.listening.model import RECORDING
from videogen_engine.planning.model import PlannedScene
from videogen_engine.remix.edit import Edit, Edited
from videogen_engine.remix.workshop import Workshop
from videogen_engine.speech.clean_model import MIN_PAUSE_SECONDS, CleanedScene, CleanedSpeech, CleanUpRequest
from videogen_engine.speech.model import Word
from videogen_engine.timeline.document import Scene, Timeline
from videogen_engine.timeline.retime import respoken, sliced_anew

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
        sliced=timeline.voice_provider == RECORDING,
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
        _edited(scene, next(cleaned), timeline, last=index == last) if scene.speech is not None else scene
        for index, scene in enumerate(timeline.scenes)
    )
    return Edited(timeline=timeline.model_copy(update={"scenes": scenes}), notes=_notes(made))


def _edited(scene: Scene, cleaned: CleanedScene, film: Timeline, *, last: bool) -> Scene:
    if scene.speech is None or cleaned.speech == scene.speech:
        return scene
    if film.voice_provider == RECORDING:
        shorter = sliced_anew(scene, cleaned.speech, rate=film.frames_per_second)
    else:
        shorter = respoken(scene, cleaned.speech, last=last, rate=film.frames_per_second)
    return shorter.model_copy(update={"plan": _rewritten(scene.plan, scene.speech.words, cleaned.speech.words)})


def _rewritten(plan: PlannedScene, before: Iterable[Word], after: Iterable[Word]) -> PlannedScene:
    """The plan's text with the words as they are now, and spaces where words were: all others keep their place."""
    now = {word.char_start: word.text for word in after}
    changes = [(word, now.get(word.char_start, "").ljust(len(word.text))) for word in before]

    def written(text: str, start: int, end: int) -> str:
        if len(text) != end - start:
            return text
        for word, new in changes:
            first, last = word.char_start - start, word.char_end - start
            if first >= 0 and text[first:last] == word.text != new:
                # A word that took over the end of its sentence reaches into the space behind it.
                text = text[:first] + new + text[first + len(new) :]
        return text

    sentences = tuple(
        sentence.model_copy(update={"text": written(sentence.text, sentence.start, sentence.end)})
        for sentence in plan.sentences
    )
    return plan.model_copy(update={"text": written(plan.text, plan.start, plan.end), "sentences": sentences})


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
