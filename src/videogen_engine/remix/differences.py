"""Two versions of a film compared, in words."""

from __future__ import annotations

from collections.abc import Callable
from difflib import SequenceMatcher
from typing import Final

from videogen_engine.presenters.people import presenter_name
from videogen_engine.timeline.document import Scene, Timeline

_TITLE_CHARS: Final = 160
_QUOTED_WORDS: Final = 6
#: More of one kind are counted instead of listed.
_LISTED: Final = 4


def _drawing(scene: Scene) -> object:
    """What is shown, whatever the frame's shape."""
    return scene.picture.design.model_copy(update={"ratio_width": 1, "ratio_height": 1})


def _voice(scene: Scene) -> object:
    return None if scene.speech is None else scene.speech.clip


def _sound(scene: Scene) -> object:
    return None if scene.sound is None else scene.sound.media


def _motion(scene: Scene) -> object:
    return scene.motion


def _entrance(scene: Scene) -> object:
    return scene.transition.kind


def _length(scene: Scene) -> object:
    return scene.frames


_ASPECTS: Final[tuple[tuple[str, Callable[[Scene], object]], ...]] = (
    ("picture", _drawing),
    ("narration", _voice),
    ("sound", _sound),
    ("motion", _motion),
    ("transition", _entrance),
    ("length", _length),
)


def change_title(before: Timeline, after: Timeline) -> str:
    """The differences as one short line, for a list of versions."""
    found = differences(before, after)
    line = found[0] if found else "Details that no viewer sees"
    for number, sentence in enumerate(found[1:], 1):
        longer = f"{line}; {sentence}"
        if len(longer) > _TITLE_CHARS - 12:
            return f"{line}; {len(found) - number} more"
        line = longer
    return line if len(line) <= _TITLE_CHARS else line[: _TITLE_CHARS - 1].rstrip() + "…"


def differences(before: Timeline, after: Timeline) -> tuple[str, ...]:
    """What a viewer sees or hears to be different, most important first; empty when nothing is.

    Scenes are numbered from 1, as they are in ``after`` unless they are gone from it.
    """
    return (*_of_scenes(before, after), *_of_film(before, after))


def _of_film(before: Timeline, after: Timeline) -> list[str]:
    found: list[str] = []
    if before.title != after.title:
        found.append(f"title “{before.title}” → “{after.title}”")
    if before.language != after.language:
        found.append(f"language {before.language} → {after.language}")
    ratios = [f"{film.ratio_width}:{film.ratio_height}" for film in (before, after)]
    if ratios[0] != ratios[1]:
        found.append(f"aspect ratio {ratios[0]} → {ratios[1]}")
    if before.voice_id != after.voice_id:
        found.append(f"voice {before.voice_id} → {after.voice_id}")
    if before.voice_speed != after.voice_speed:
        found.append(f"voice speed {before.voice_speed:g} → {after.voice_speed:g}")
    if before.presenter != after.presenter:
        found.append(
            "presenter removed" if after.presenter is None else f"presenter now {presenter_name(after.presenter)}"
        )
    if before.style != after.style:
        found.append(f"style {_style(before)} → {_style(after)}")
    return [*found, *_of_captions(before, after), *_of_music(before, after), *_of_logo(before, after)]


def _style(timeline: Timeline) -> str:
    return f"“{timeline.style.ai_style}”" if timeline.style.ai_style else timeline.style.kind.value


def _of_captions(before: Timeline, after: Timeline) -> list[str]:
    if (before.caption_style is None) != (after.caption_style is None):
        return ["captions hidden" if after.caption_style is None else "captions shown"]
    if before.caption_style is None or after.caption_style is None or before.caption_style == after.caption_style:
        return []
    names = [
        name.replace("_", " ")
        for name in type(after.caption_style).model_fields
        if getattr(before.caption_style, name) != getattr(after.caption_style, name)
        or (name in before.caption_style.model_fields_set) != (name in after.caption_style.model_fields_set)
    ]
    return [f"caption {', '.join(names)} changed"]


def _of_music(before: Timeline, after: Timeline) -> list[str]:
    old, new = before.music, after.music
    if old == new:
        return []
    if new is None:
        return ["music removed"]
    if old is None:
        return [f"music added: {new.name}"]
    if old.media != new.media:
        return [f"music {old.name} → {new.name}"]
    if old.volume != new.volume:
        return [f"music volume {old.volume:.0%} → {new.volume:.0%}"]
    return ["music changed"]


def _of_logo(before: Timeline, after: Timeline) -> list[str]:
    old, new = before.logo, after.logo
    if old == new:
        return []
    if new is None:
        return ["logo removed"]
    if old is None:
        return [f"logo added, {_place(new.position)}, {new.size_percent:g} % wide"]
    found: list[str] = []
    if old.media != new.media:
        found.append("logo replaced")
    if old.position != new.position:
        found.append(f"logo {_place(old.position)} → {_place(new.position)}")
    if old.size_percent != new.size_percent:
        found.append(f"logo width {old.size_percent:g} % → {new.size_percent:g} %")
    return found


def _place(position: str) -> str:
    return position.lower().replace("_", " ")


def _of_scenes(before: Timeline, after: Timeline) -> list[str]:
    old, new = before.scenes, after.scenes
    matcher = SequenceMatcher(None, [scene.scene_id for scene in old], [scene.scene_id for scene in new], False)
    removed: list[int] = []
    added: list[int] = []
    rewritten: list[tuple[int, int]] = []
    kept: list[tuple[int, int]] = []
    for kind, low, high, first, last in matcher.get_opcodes():
        if kind == "equal":
            kept += zip(range(low, high), range(first, last), strict=True)
            continue
        # Texts that took one another's place are one scene whose words were changed.
        paired = min(high - low, last - first) if kind == "replace" else 0
        rewritten += [(low + place, first + place) for place in range(paired)]
        removed += range(low + paired, high)
        added += range(first + paired, last)
    moved = _moved(old, new, removed, added)
    lines = [
        *(f"scene {index + 1} moved to {place + 1}: {_quoted(new[place])}" for index, place in moved),
        *_listed([f"scene {index + 1} removed: {_quoted(old[index])}" for index in removed], "scenes removed"),
        *_listed([f"scene {index + 1} added: {_quoted(new[index])}" for index in added], "scenes added"),
        *_listed(
            [f"scene {place + 1} says {_quoted(new[place])} instead of {_quoted(old[at])}" for at, place in rewritten],
            "scenes say something else",
        ),
    ]
    kept += [(index, place) for index, place in moved]
    return lines + _of_kept([(old[at], new[place], place) for at, place in sorted(kept, key=lambda pair: pair[1])])


def _moved(
    old: tuple[Scene, ...], new: tuple[Scene, ...], removed: list[int], added: list[int]
) -> list[tuple[int, int]]:
    """Takes the scenes that are in both lists out of both."""
    places = {new[place].scene_id: place for place in added}
    moved = [(index, places[old[index].scene_id]) for index in removed if old[index].scene_id in places]
    for index, place in moved:
        removed.remove(index)
        added.remove(place)
    return moved


def _of_kept(pairs: list[tuple[Scene, Scene, int]]) -> list[str]:
    count = len(pairs)
    found: list[str] = []
    for name, aspect in _ASPECTS:
        numbers = [place + 1 for old, new, place in pairs if aspect(old) != aspect(new)]
        if not numbers:
            continue
        which = "all scenes" if len(numbers) == count > 1 else _numbers(numbers)
        if name == "transition":
            kinds = sorted({new.transition.kind.value for _, new, place in pairs if place + 1 in numbers})
            found.append(f"transition of {which} now {', '.join(kinds)}")
        else:
            found.append(f"{name} of {which} changed")
    return found


def _numbers(numbers: list[int]) -> str:
    if len(numbers) > 2 * _LISTED:
        return f"{len(numbers)} scenes"
    return ("scene " if len(numbers) == 1 else "scenes ") + ", ".join(map(str, numbers))


def _listed(lines: list[str], kind: str) -> list[str]:
    return lines if len(lines) <= _LISTED else [f"{len(lines)} {kind}"]


def _quoted(scene: Scene) -> str:
    words = scene.plan.text.split()
    return f"“{' '.join(words[:_QUOTED_WORDS])}{'…' if len(words) > _QUOTED_WORDS else ''}”"
