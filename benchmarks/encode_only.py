"""The limit: the same frames through the same encoders and nothing else.

``python -m benchmarks.encode_only FOLDER LINES`` takes the film that ``benchmarks.stages`` left in the folder.
Frames are painted a few at a time into memory; only what x264 and the muxer do with them is counted. As many
encoders run at the same time as in the real film.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

from benchmarks.one_film import context
from videogen_engine.render.encoder import SegmentWriter
from videogen_engine.render.model import RenderRequest
from videogen_engine.render.parts import Part, cut
from videogen_engine.render.pool import worker_count
from videogen_engine.render.raster import Planes, blank
from videogen_engine.render.size import frame_size
from videogen_engine.render.stage import engine_painters
from videogen_engine.render.studio import Studio
from videogen_engine.timeline.document import Timeline

_AT_A_TIME = 24


def encode(studio: Studio, part: Part, path: Path) -> float:
    """Processor seconds of this thread in the encoder."""
    spent = 0.0

    def counted(work: Callable[[], None]) -> None:
        nonlocal spent
        before = time.thread_time()
        work()
        spent += time.thread_time() - before

    held: list[Planes] = [blank(part.width, part.height) for _ in range(_AT_A_TIME)]
    canvas = blank(part.width, part.height)
    writer = SegmentWriter(path, part.width, part.height, part.rate, part.encoding)
    waiting = 0

    def flush() -> None:
        for planes in held[:waiting]:
            writer.planes.copy_from(planes)
            counted(writer.encode)

    for _ in studio.frames(part, canvas):
        held[waiting].copy_from(canvas)
        waiting += 1
        if waiting == _AT_A_TIME:
            flush()
            waiting = 0
    flush()
    counted(lambda: writer.__exit__(None, None, None))
    return spent


def main(folder: Path, lines: int) -> None:
    ctx = context(folder)
    document = Timeline.model_validate_json((folder / "timeline.json").read_text())
    width, height = frame_size(document.ratio_width, document.ratio_height, lines)
    request = RenderRequest(timeline=document, width=width, height=height)
    painters = engine_painters()
    workers = worker_count()
    studio = Studio(painters, request, ctx, workers=workers, stop=Event(), drawn=lambda: None)
    parts = [placed.part for placed in cut(request, painters.version)]
    with ThreadPoolExecutor(workers) as pool:
        seconds = sum(pool.map(lambda item: encode(studio, item[1], folder / f"limit-{item[0]}.mp4"), enumerate(parts)))
    print(json.dumps({"encode": seconds, "frames": document.frames}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
