"""Final Cut Pro 7's XML (xmeml 4), which Premiere Pro imports: whole frames throughout.

Captions are markers of the sequence. A sound stands on the frame nearest to its sample, at most half a frame off.
"""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from videogen_engine.interchange.model import CutList, SceneCut, SoundCut
from videogen_engine.interchange.xml_text import add, document
from videogen_engine.speech.model import SAMPLE_RATE
from videogen_engine.timeline.document import TransitionKind

_DEPTH: Final = 16


def write_premiere(cuts: CutList) -> str:
    """The document as text (UTF-8)."""
    root = Element("xmeml", version="4")
    sequence = add(root, "sequence", id="sequence-1")
    add(sequence, "name", cuts.title)
    add(sequence, "duration", cuts.frames)
    _rate(sequence, cuts.rate)
    timecode = add(sequence, "timecode")
    _rate(timecode, cuts.rate)
    add(timecode, "string", "00:00:00:00")
    add(timecode, "frame", 0)
    add(timecode, "displayformat", "NDF")
    media = add(sequence, "media")
    video = add(media, "video")
    _picture(add(add(video, "format"), "samplecharacteristics"), cuts)
    track = add(video, "track")
    for scene in cuts.scenes:
        if scene.transition is not TransitionKind.NONE:
            _transition(track, scene, cuts.rate)
        _scene(track, scene, cuts)
    audio = add(media, "audio")
    sample = add(add(audio, "format"), "samplecharacteristics")
    add(sample, "depth", _DEPTH)
    add(sample, "samplerate", SAMPLE_RATE)
    speech = add(audio, "track")
    for number, sound in enumerate(cuts.speech, 1):
        _sound(speech, sound, f"speech-{number}", 1, cuts.rate)
    if cuts.music is not None:
        for channel in range(1, cuts.music.channels + 1):
            _sound(add(audio, "track"), cuts.music, "music", channel, cuts.rate)
    for caption in cuts.captions:
        marker = add(sequence, "marker")
        add(marker, "name", "Caption")
        add(marker, "comment", caption.text)
        add(marker, "in", caption.start)
        add(marker, "out", caption.end)
    return document(root, "xmeml")


def _scene(track: Element, scene: SceneCut, cuts: CutList) -> None:
    item = add(track, "clipitem", id=f"clip-{scene.number}")
    add(item, "masterclipid", f"master-{scene.number}")
    add(item, "name", scene.name)
    add(item, "enabled", "TRUE")
    add(item, "duration", scene.media_frames)
    _rate(item, cuts.rate)
    add(item, "start", scene.start)
    add(item, "end", scene.start + scene.frames)
    add(item, "in", 0)
    add(item, "out", scene.frames)
    file = add(item, "file", id=f"file-{scene.number}")
    add(file, "name", scene.name)
    add(file, "pathurl", scene.url)
    _rate(file, cuts.rate)
    add(file, "duration", scene.media_frames)
    _picture(add(add(add(file, "media"), "video"), "samplecharacteristics"), cuts)
    add(add(item, "comments"), "mastercomment1", scene.text)


def _transition(track: Element, scene: SceneCut, rate: int) -> None:
    item = add(track, "transitionitem")
    add(item, "start", scene.start)
    add(item, "end", scene.start + scene.transition_frames)
    add(item, "alignment", "start")
    _rate(item, rate)
    effect = add(item, "effect")
    add(effect, "name", "Cross Dissolve")
    add(effect, "effectid", "Cross Dissolve")
    add(effect, "effectcategory", "Dissolve")
    add(effect, "effecttype", "transition")
    add(effect, "mediatype", "video")


def _sound(track: Element, sound: SoundCut, name: str, channel: int, rate: int) -> None:
    """One channel of a file; the file is described where it stands first."""
    start = round(sound.start * rate / SAMPLE_RATE)
    frames = max(1, round(sound.samples * rate / SAMPLE_RATE))
    item = add(track, "clipitem", id=f"clip-{name}-{channel}")
    add(item, "masterclipid", f"master-{name}")
    add(item, "name", sound.name)
    add(item, "enabled", "TRUE")
    add(item, "duration", frames)
    _rate(item, rate)
    add(item, "start", start)
    add(item, "end", start + frames)
    add(item, "in", 0)
    add(item, "out", frames)
    file = add(item, "file", id=f"file-{name}")
    if channel == 1:
        add(file, "name", sound.name)
        add(file, "pathurl", sound.url)
        _rate(file, rate)
        add(file, "duration", frames)
        audio = add(add(file, "media"), "audio")
        sample = add(audio, "samplecharacteristics")
        add(sample, "depth", _DEPTH)
        add(sample, "samplerate", SAMPLE_RATE)
        add(audio, "channelcount", sound.channels)
    source = add(item, "sourcetrack")
    add(source, "mediatype", "audio")
    add(source, "trackindex", channel)


def _picture(sample: Element, cuts: CutList) -> None:
    _rate(sample, cuts.rate)
    add(sample, "width", cuts.width)
    add(sample, "height", cuts.height)
    add(sample, "anamorphic", "FALSE")
    add(sample, "pixelaspectratio", "square")
    add(sample, "fielddominance", "none")


def _rate(parent: Element, rate: int) -> None:
    element = add(parent, "rate")
    add(element, "timebase", rate)
    add(element, "ntsc", "FALSE")
