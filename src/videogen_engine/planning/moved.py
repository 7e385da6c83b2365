"""A planned scene in another place of its script."""

from __future__ import annotations

from videogen_engine.planning.model import Phrase, PlannedScene


def moved_scene(plan: PlannedScene, start: int, index: int) -> PlannedScene:
    """The scene as number ``index``, its words from character ``start`` of the script on."""
    by = start - plan.start

    def all_moved(phrases: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
        return tuple(
            phrase.model_copy(update={"start": phrase.start + by, "end": phrase.end + by}) for phrase in phrases
        )

    def moved(phrase: Phrase | None) -> Phrase | None:
        return None if phrase is None else all_moved((phrase,))[0]

    sentences = tuple(
        sentence.model_copy(update={"start": sentence.start + by, "end": sentence.end + by})
        for sentence in plan.sentences
    )
    return plan.model_copy(
        update={
            "index": index,
            "start": start,
            "end": plan.end + by,
            "sentences": sentences,
            "key_phrases": all_moved(plan.key_phrases),
            "items": all_moved(plan.items),
            "figure": moved(plan.figure),
            "figure_label": moved(plan.figure_label),
            "quote": moved(plan.quote),
            "attribution": moved(plan.attribution),
        }
    )
