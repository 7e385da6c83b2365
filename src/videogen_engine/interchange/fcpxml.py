"""FCPXML 1.10, for Final Cut Pro and DaVinci Resolve: scenes in the primary storyline, the rest connected to them.

Times are exact fractions of a second: frames over the rate, samples over 48 000. Every element stands where
Apple's document type definition has it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final
from xml.etree.ElementTree import Element

from videogen_engine.interchange.model import CaptionCut, CutList, SceneCut, SoundCut
from videogen_engine.interchange.xml_text import add, document
from videogen_engine.speech.model import SAMPLE_RATE
from videogen_engine.timeline.document import TransitionKind

_FORMAT: Final = "r1"
_DISSOLVE: Final = "r2"
#: Final Cut's own cross dissolve.
_DISSOLVE_UID: Final = "FxPlug:4731E73A-8DAC-4113-9A30-AE85B1761265"
_SPEECH_LANE, _MUSIC_LANE, _CAPTION_LANE = -1, -2, 1


def write_fcpxml(cuts: CutList) -> str:
    """The document as text (UTF-8)."""
    root = Element("fcpxml", version="1.10")
    resources = add(root, "resources")
    frame = Fraction(1, cuts.rate)
    add(
        resources,
        "format",
        id=_FORMAT,
        frameDuration=f"100/{cuts.rate * 100}s",
        width=cuts.width,
        height=cuts.height,
        colorSpace="1-1-1 (Rec. 709)",
    )
    if any(scene.transition is not TransitionKind.NONE for scene in cuts.scenes):
        add(resources, "effect", id=_DISSOLVE, name="Cross Dissolve", uid=_DISSOLVE_UID)
    for scene in cuts.scenes:
        _picture_asset(resources, scene, frame)
    for number, sound in enumerate(_sounds(cuts)):
        _sound_asset(resources, sound, number)
    event = add(add(root, "library"), "event", name=cuts.title)
    sequence = add(
        add(event, "project", name=cuts.title),
        "sequence",
        format=_FORMAT,
        duration=_time(cuts.frames * frame),
        tcStart="0s",
        tcFormat="NDF",
        audioLayout="stereo",
        audioRate="48k",
    )
    spine = add(sequence, "spine")
    for index, scene in enumerate(cuts.scenes):
        if scene.transition is not TransitionKind.NONE:
            transition = add(
                spine,
                "transition",
                name="Cross Dissolve",
                offset=_time(scene.start * frame),
                duration=_time(scene.transition_frames * frame),
            )
            add(transition, "filter-video", ref=_DISSOLVE, name="Cross Dissolve")
        _scene(spine, cuts, index)
    return document(root, "fcpxml")


def _scene(spine: Element, cuts: CutList, index: int) -> None:
    """The scene's clip with all that begins while it is shown. Connected items count from the clip's start."""
    scene, frame = cuts.scenes[index], Fraction(1, cuts.rate)
    clip = add(
        spine,
        "asset-clip",
        ref=f"v{scene.number}",
        name=scene.name,
        offset=_time(scene.start * frame),
        start="0s",
        duration=_time(scene.frames * frame),
        format=_FORMAT,
        tcFormat="NDF",
        videoRole="video",
    )
    add(clip, "note", scene.text)
    begin, end = scene.start * frame, (scene.start + scene.frames) * frame
    for number, sound in enumerate(_sounds(cuts)):
        start, length = sound.seconds(SAMPLE_RATE)
        if not begin <= start < end:
            continue
        music = cuts.music is not None and sound is cuts.music
        add(
            clip,
            "asset-clip",
            ref=f"a{number}",
            lane=_MUSIC_LANE if music else _SPEECH_LANE,
            name=sound.name,
            offset=_time(start - begin),
            start="0s",
            duration=_time(length),
            audioRole="music" if music else "dialogue",
        )
    for number, caption in enumerate(cuts.captions):
        if caption.scene == index:
            _caption(clip, caption, number, cuts, begin)
    add(clip, "marker", start="0s", duration=_time(frame), value=scene.name)


def _caption(clip: Element, caption: CaptionCut, number: int, cuts: CutList, begin: Fraction) -> None:
    frame = Fraction(1, cuts.rate)
    style = f"ts{number}"
    element = add(
        clip,
        "caption",
        lane=_CAPTION_LANE,
        name=" ".join(caption.text.split()),
        offset=_time(caption.start * frame - begin),
        start="0s",
        duration=_time((caption.end - caption.start) * frame),
        role=f"iTT?captionFormat=ITT.{cuts.language}",
    )
    add(add(element, "text", placement="bottom"), "text-style", caption.text, ref=style)
    definition = add(element, "text-style-def", id=style)
    add(definition, "text-style", font=".AppleSystemUIFont", fontSize=13, fontColor="1 1 1 1")


def _picture_asset(resources: Element, scene: SceneCut, frame: Fraction) -> None:
    asset = add(
        resources,
        "asset",
        id=f"v{scene.number}",
        name=scene.name,
        start="0s",
        duration=_time(scene.media_frames * frame),
        hasVideo=1,
        format=_FORMAT,
        videoSources=1,
    )
    add(asset, "media-rep", kind="original-media", src=scene.url)


def _sound_asset(resources: Element, sound: SoundCut, number: int) -> None:
    asset = add(
        resources,
        "asset",
        id=f"a{number}",
        name=sound.name,
        start="0s",
        duration=_time(sound.seconds(SAMPLE_RATE)[1]),
        hasAudio=1,
        audioSources=1,
        audioChannels=sound.channels,
        audioRate=SAMPLE_RATE,
    )
    add(asset, "media-rep", kind="original-media", src=sound.url)


def _sounds(cuts: CutList) -> tuple[SoundCut, ...]:
    return (*cuts.speech, *([] if cuts.music is None else [cuts.music]))


def _time(seconds: Fraction) -> str:
    return f"{seconds.numerator}s" if seconds.denominator == 1 else f"{seconds.numerator}/{seconds.denominator}s"
