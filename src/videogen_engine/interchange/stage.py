"""The interchange stage: a timeline in an editing program's own format, alone or in a zip with its media."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final

from videogen_agents.contract import TimelineFormat, TimelineMediaDelivery
from videogen_agents.errors import InternalError
from videogen_engine.captions.subtitle_files import write_srt
from videogen_engine.interchange.cut_list import cues_by_scene, cut_list
from videogen_engine.interchange.fcpxml import write_fcpxml
from videogen_engine.interchange.model import CutList, DocumentRequest, InterchangeDocument
from videogen_engine.interchange.otio import write_otio
from videogen_engine.interchange.premiere import write_premiere
from videogen_engine.stage import MediaRef, StageContext
from videogen_engine.timeline.document import TransitionKind

#: Part of the keys of the files made here; raise it when the same inputs would give other files.
VERSION: Final = "1"
_ENDINGS: Final = {
    TimelineFormat.FCPXML: (".fcpxml", "application/xml"),
    TimelineFormat.PREMIERE_XML: (".xml", "application/xml"),
    TimelineFormat.OTIO: (".otio", "application/json"),
    TimelineFormat.SRT: (".srt", "application/x-subrip"),
}
_WRITERS: Final = {
    TimelineFormat.FCPXML: write_fcpxml,
    TimelineFormat.PREMIERE_XML: write_premiere,
    TimelineFormat.OTIO: write_otio,
}
_MEDIA: Final = "media"
_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)
_CHUNK: Final = 1 << 20
_HOW_TO_OPEN: Final = """Unpack this folder first, then import "{document}" into your editing program.
The paths in it are relative: should the program ask for a file, show it the folder "media" once.
"subtitles.srt" has the captions.
"""


def write_timeline(request: DocumentRequest, ctx: StageContext) -> InterchangeDocument:
    """The document, or with BUNDLE a zip of it, its media and the subtitles.

    Raises InternalError when media are needed and not given or not linked, StageCancelledError once the job
    was cancelled.
    """
    bundled = request.delivery is TimelineMediaDelivery.BUNDLE
    if request.format is TimelineFormat.SRT and not bundled:
        file = _text_file(_subtitles(request), *_ENDINGS[TimelineFormat.SRT], ctx)
        return InterchangeDocument(file=file, ending=".srt")
    ending, media_type = _ENDINGS[request.format]
    entries: dict[str, MediaRef] = {}
    text, warnings = _subtitles(request), ()
    if request.format is not TimelineFormat.SRT:
        cuts = _cuts(request, entries)
        text, warnings = _WRITERS[request.format](cuts), _warnings(request.format, cuts)
    if not bundled:
        return InterchangeDocument(file=_text_file(text, ending, media_type, ctx), ending=ending, warnings=warnings)
    document = f"timeline{ending}" if request.format is not TimelineFormat.SRT else "subtitles.srt"
    texts = {document: text}
    if entries:
        texts |= {"subtitles.srt": _subtitles(request), "how_to_open.txt": _HOW_TO_OPEN.format(document=document)}
    file = ctx.cached_file(
        "interchange-bundle",
        VERSION,
        [texts, {name: media.key for name, media in entries.items()}],
        suffix=".zip",
        media_type="application/zip",
        make=lambda path: _write_zip(path, texts, entries, ctx),
    )
    return InterchangeDocument(file=file, ending=".zip", warnings=warnings)


def _cuts(request: DocumentRequest, entries: dict[str, MediaRef]) -> CutList:
    """The cut list; ``entries`` gets what a bundle has to contain, by its path there."""
    if request.media is None:
        raise InternalError(f"A {request.format.value} timeline needs its media.")
    links = {link.key: link.url for link in request.links}

    def locate(media: MediaRef, name: str) -> str:
        if request.delivery is TimelineMediaDelivery.BUNDLE:
            entries[f"{_MEDIA}/{name}"] = media
            return f"{_MEDIA}/{name}"
        if media.key not in links:
            raise InternalError(f"No address was given for {name}.")
        return links[media.key]

    return cut_list(request.timeline, request.media, locate)


def _warnings(form: TimelineFormat, cuts: CutList) -> tuple[str, ...]:
    if form is TimelineFormat.OTIO:
        return ()
    others = {scene.transition for scene in cuts.scenes} - {TransitionKind.NONE, TransitionKind.FADE}
    if not others:
        return ()
    names = ", ".join(sorted(kind.value for kind in others))
    return (f"Transitions of the kind {names} stand in this format as cross dissolves of the same length.",)


def _subtitles(request: DocumentRequest) -> str:
    cues = cues_by_scene(request.timeline, request.width, request.height)
    return write_srt([cue for scene in cues for cue in scene])


def _text_file(text: str, ending: str, media_type: str, ctx: StageContext) -> MediaRef:
    def make(path: Path) -> None:
        path.write_bytes(text.encode("utf-8", "replace"))

    return ctx.cached_file("interchange", VERSION, [text, ending], suffix=ending, media_type=media_type, make=make)


def _write_zip(path: Path, texts: dict[str, str], entries: dict[str, MediaRef], ctx: StageContext) -> None:
    """Media are stored as they are: they are compressed already, or sounds that a program wants to read at once."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in texts.items():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode("utf-8", "replace"))
        for number, (name, media) in enumerate(entries.items()):
            ctx.report(number / len(entries), f"packing {name}")
            source = ctx.store.path(media)
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            # What is announced decides whether the entry gets room for more than 4 GB.
            entry.file_size = media.size
            with source.open("rb") as file, archive.open(entry, "w") as target:
                while chunk := file.read(_CHUNK):
                    ctx.check()
                    target.write(chunk)
