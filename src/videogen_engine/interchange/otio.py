"""OpenTimelineIO's own JSON. The format is public and small, so the library, a compiled extension, is not needed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final, TypeAlias

from videogen_engine.interchange.model import CaptionCut, CutList, SceneCut, SoundCut
from videogen_engine.speech.model import SAMPLE_RATE
from videogen_engine.timeline.document import TransitionKind

_Object: TypeAlias = dict[str, object]
#: The name under which this engine's own facts stand in ``metadata``.
_OWN: Final = "videogen_agents"


def write_otio(cuts: CutList) -> str:
    """The document as text (UTF-8). Captions are markers of the picture track; times count from the film's start."""
    pictures: list[_Object] = []
    for scene in cuts.scenes:
        if scene.transition is not TransitionKind.NONE:
            pictures.append(_transition(scene, cuts.rate))
        pictures.append(_scene(scene, cuts.rate))
    tracks = [
        _track("Scenes", "Video", pictures, [_marker(caption, cuts.rate) for caption in cuts.captions]),
        _track("Speech", "Audio", _laid(cuts.speech)),
    ]
    if cuts.music is not None:
        tracks.append(_track("Music", "Audio", _laid([cuts.music])))
    timeline: _Object = {
        "OTIO_SCHEMA": "Timeline.1",
        "name": cuts.title,
        "metadata": {_OWN: {"language": cuts.language, "width": cuts.width, "height": cuts.height}},
        "global_start_time": _time(0, cuts.rate),
        "tracks": {
            "OTIO_SCHEMA": "Stack.1",
            "name": "tracks",
            "metadata": {},
            "source_range": None,
            "effects": [],
            "markers": [],
            "enabled": True,
            "children": tracks,
        },
    }
    return json.dumps(timeline, indent=2, ensure_ascii=False) + "\n"


def _scene(scene: SceneCut, rate: int) -> _Object:
    facts: _Object = {"scene_id": scene.scene_id, "number": scene.number, "text": scene.text}
    return _clip(scene.name, scene.url, _range(0, scene.frames, rate), _range(0, scene.media_frames, rate), facts)


def _laid(sounds: Sequence[SoundCut]) -> list[_Object]:
    """Sounds of one track at their samples, gaps between them."""
    items: list[_Object] = []
    at = 0
    for sound in sounds:
        if sound.start > at:
            items.append(_gap(sound.start - at))
        whole = _range(0, sound.samples, SAMPLE_RATE)
        items.append(_clip(sound.name, sound.url, whole, whole, {}))
        at = max(at, sound.start) + sound.samples
    return items


def _clip(name: str, url: str, shown: _Object, available: _Object, facts: _Object) -> _Object:
    return {
        "OTIO_SCHEMA": "Clip.2",
        "name": name,
        "metadata": {_OWN: facts} if facts else {},
        "source_range": shown,
        "effects": [],
        "markers": [],
        "enabled": True,
        "media_references": {
            "DEFAULT_MEDIA": {
                "OTIO_SCHEMA": "ExternalReference.1",
                "name": name,
                "metadata": {},
                "available_range": available,
                "available_image_bounds": None,
                "target_url": url,
            }
        },
        "active_media_reference_key": "DEFAULT_MEDIA",
    }


def _gap(samples: int) -> _Object:
    return {
        "OTIO_SCHEMA": "Gap.1",
        "name": "",
        "metadata": {},
        "source_range": _range(0, samples, SAMPLE_RATE),
        "effects": [],
        "markers": [],
        "enabled": True,
    }


def _transition(scene: SceneCut, rate: int) -> _Object:
    """All of it lies behind the cut: nothing of the entering scene is missing before it."""
    dissolve = scene.transition is TransitionKind.FADE
    return {
        "OTIO_SCHEMA": "Transition.1",
        "name": scene.transition.value.title(),
        "metadata": {_OWN: {"kind": scene.transition.value}},
        "in_offset": _time(0, rate),
        "out_offset": _time(scene.transition_frames, rate),
        "transition_type": "SMPTE_Dissolve" if dissolve else "Custom_Transition",
    }


def _marker(caption: CaptionCut, rate: int) -> _Object:
    return {
        "OTIO_SCHEMA": "Marker.2",
        "name": " ".join(caption.text.split()),
        "metadata": {_OWN: {"kind": "caption", "text": caption.text}},
        "comment": caption.text,
        "color": "WHITE",
        "marked_range": _range(caption.start, caption.end - caption.start, rate),
    }


def _track(name: str, kind: str, children: Sequence[_Object], markers: Sequence[_Object] = ()) -> _Object:
    return {
        "OTIO_SCHEMA": "Track.1",
        "name": name,
        "metadata": {},
        "source_range": None,
        "effects": [],
        "markers": list(markers),
        "enabled": True,
        "kind": kind,
        "children": list(children),
    }


def _range(start: int, duration: int, rate: int) -> _Object:
    return {
        "OTIO_SCHEMA": "TimeRange.1",
        "start_time": _time(start, rate),
        "duration": _time(duration, rate),
    }


def _time(value: int, rate: int) -> _Object:
    return {"OTIO_SCHEMA": "RationalTime.1", "rate": float(rate), "value": float(value)}
