"""Make real films of scripts and lay their frames on one sheet.

``python tools/film_sheet.py examples/scripts/news.txt@16:9 examples/scripts/recipe.txt@9:16 -o sheet.jpg``

A PDF or PPTX in place of a script is shown page by page, its speaker notes spoken.

Every film runs through the whole house: client, service, runtime, all stages. Frames are taken from the encoded MP4.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
GAP = 6


async def make_film(script: Path, ratio: str, style: str | None, folder: Path) -> tuple[Path, tuple[str, ...]]:
    """The MP4 of a script or a document, and the engine's notes about it."""
    from videogen_agents.client import VideoClient
    from videogen_agents.config import load_settings
    from videogen_agents.contract import ScriptToVideoRequest, SlideshowToVideoRequest

    width, height = ratio.split(":")
    look = {"type": "AI_IMAGE", "aiStyle": style} if style else {"type": "STOCK"}
    wanted = {"aspectRatio": {"width": width, "height": height}, "autoExport": True}
    async with VideoClient(load_settings(home=folder / "home", environ={})) as client:
        if script.suffix in {".pdf", ".pptx"}:
            file = await client.upload_file(script)
            request = SlideshowToVideoRequest.model_validate({"fileId": file.file_id, "captionStyle": {}} | wanted)
        else:
            text = script.read_text(encoding="utf-8")
            request = ScriptToVideoRequest.model_validate({"script": text, "visualStyle": look} | wanted)
        started = await client.start_workflow(request)
        job = await client.wait_for_job(started.reply.workflow_run_id)
        job.raise_for_failure()
        assert job.download_url is not None
        path = await client.download(job.download_url, folder / f"{script.stem}-{width}x{height}.mp4")
        return path, (await client.engine_job(job.job_id)).warnings


def frames_of(path: Path, count: int, height: int) -> list[Picture]:
    """``count`` frames spread evenly over a film, ``height`` px high."""
    with av.open(path) as container:
        stream = container.streams.video[0]
        wanted = {round((number + 0.5) * stream.frames / count) for number in range(count)}
        taken: list[Picture] = []
        for index, frame in enumerate(container.decode(stream)):
            if index in wanted:
                picture = frame.to_ndarray(format="bgr24")
                width = round(picture.shape[1] * height / picture.shape[0])
                small = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
                taken.append(np.asarray(small, dtype=np.uint8))
    return taken


def rows_to_sheet(rows: list[list[Picture]]) -> Picture:
    """Rows of equally high pictures on one dark page."""
    width = max(sum(frame.shape[1] + GAP for frame in row) for row in rows) + GAP
    height = sum(row[0].shape[0] + GAP for row in rows) + GAP
    page: Picture = np.full((height, width, 3), 28, dtype=np.uint8)
    y = GAP
    for row in rows:
        x = GAP
        for frame in row:
            page[y : y + frame.shape[0], x : x + frame.shape[1]] = frame
            x += frame.shape[1] + GAP
        y += row[0].shape[0] + GAP
    return page


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("films", nargs="+", help="SCRIPT[@RATIO[@STYLE]]")
    parser.add_argument("-o", "--output", type=Path, default=Path("film_sheet.jpg"))
    parser.add_argument("--frames", type=int, default=6, help="frames of each film")
    parser.add_argument("--height", type=int, default=200, help="height of a frame on the sheet, px")
    parser.add_argument("--lines", type=int, default=540, help="short side that the films are rendered at, px")
    options = parser.parse_args()
    os.environ["VIDEOGEN_AGENTS_RENDER_LINES"] = str(options.lines)
    rows: list[list[Picture]] = []
    with tempfile.TemporaryDirectory() as folder:
        for film in options.films:
            script, ratio, style = (*film.split("@"), "", "")[:3]
            path, notes = await make_film(Path(script), ratio or "16:9", style or None, Path(folder))
            for note in notes:
                print(f"{Path(script).name}: {note}")  # noqa: T201
            rows.append(frames_of(path, options.frames, options.height))
    cv2.imwrite(str(options.output), rows_to_sheet(rows), [cv2.IMWRITE_JPEG_QUALITY, 86])


if __name__ == "__main__":
    asyncio.run(main())
