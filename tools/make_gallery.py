"""Make a film by every workflow in three shapes, and keep the contact sheet of each.

``PYTHONPATH=. python tools/make_gallery.py docs/gallery`` takes about ten minutes on two cores. The inputs are made
here: a spoken recording with noise and echo, a report and a deck, a video as a phone would film it.
"""

from __future__ import annotations

import argparse
import asyncio
import runpy
import sys
import tempfile
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from videogen_agents.client import VideoClient
from videogen_agents.config import load_settings
from videogen_agents.contract import (
    PromptToVideoClipRequest,
    ScriptToVideoRequest,
    SlideshowToVideoRequest,
    StoryboardToVideoRequest,
    Transcript,
    TranscriptWord,
    VideoToVideoRequest,
    VoiceoverToVideoRequest,
)
from videogen_engine.speech.model import SAMPLE_RATE
from videogen_engine.speech.voices import find_voice

RATIOS = ("16:9", "9:16", "1:1")
STORYBOARD = [
    {"prompt": "A lighthouse on a cliff at dusk", "title": "The last keeper", "durationSeconds": 3},
    {
        "prompt": "An old keeper climbs the stairs with a lamp",
        "voiceoverScript": "Every evening, Tomas climbed a hundred and twelve steps to light the lamp.",
    },
    {
        "prompt": "A storm over the sea, waves and lightning",
        "voiceoverScript": "One night the storm came, and a fishing boat lost its way.",
    },
    {
        "prompt": "A small boat safe in the harbour at sunrise",
        "voiceoverScript": "In the morning it lay in the harbour, and the light was still on.",
    },
]
CLIP = "A red kite over a green meadow, clouds drifting, a calm summer morning"
RESTYLE = "a watercolour painting with warm colours"
SIDE = 480
ROOT = Path(__file__).parents[1]


def phone_video(path: Path, seconds: float = 6.0) -> Path:
    """The sea at sunset, upright, filmed by a hand that is not quite steady."""
    width, height, rate = SIDE, 854, 30
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=rate, options={"crf": "20", "threads": "1"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(round(seconds * rate)):
            frame = av.VideoFrame.from_ndarray(_sea(width, height, number / rate), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def _sea(width: int, height: int, time: float) -> NDArray[np.uint8]:
    noise = np.random.default_rng(round(time * 1000))
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y = x / width + 0.01 * np.sin(time * 1.3), y / height + 0.008 * np.sin(time * 0.9)
    horizon = 0.56
    sky = np.clip(y / horizon, 0, 1)[..., None]
    picture = (1 - sky) * np.array([60, 70, 130], np.float32) + sky * np.array([255, 150, 80], np.float32)
    sun = np.exp(-(((x - 0.6) / 0.07) ** 2 + ((y - 0.47) / 0.04) ** 2))[..., None]
    picture += sun * np.array([255, 220, 140], np.float32)
    depth = np.clip((y - horizon) / (1 - horizon), 1e-3, 1)
    waves = np.sin(60 * x / (0.3 + depth) + 6 * np.sin(14 * depth**0.5 + time)) * np.sin(90 * depth**0.4 - 4 * time)
    sea = np.array([25, 45, 80], np.float32) + (waves[..., None] * 22 + 20) * np.array([1.0, 0.9, 0.8], np.float32)
    glitter = np.exp(-(((x - 0.6) / (0.05 + 0.16 * depth)) ** 2)) * np.clip(waves, 0, 1)
    sea += glitter[..., None] * np.array([230, 150, 70], np.float32)
    picture = np.where((y > horizon)[..., None], sea, picture)
    mast = (np.abs(x - 0.3 - 0.01 * time) < 0.004) & (y > 0.42) & (y < 0.565)
    sail = (x > 0.3 + 0.01 * time) & (x - 0.3 - 0.01 * time < (y - 0.43) * 0.7) & (y < 0.55)
    hull = (np.abs(x - 0.33 - 0.01 * time) < 0.07 - (y - 0.56) * 1.2) & (y > 0.56) & (y < 0.58)
    picture[mast | hull] = (30, 24, 28)
    picture[sail] = (240, 226, 205)
    picture += noise.normal(0, 3, picture.shape)
    return np.clip(picture, 0, 255).astype(np.uint8)


def recording(folder: Path) -> tuple[Path, Transcript]:
    """A voice in a room with noise, and the words it says with their times."""
    from benchmarks.spoken import Case, context, speak_case

    case = Case("en-2", find_voice("vg_voic_flite_rms"), snr=26.0, echo=0.35, seed=7)
    said = speak_case(case, context(folder / "voice"))
    path = folder / "recording.flac"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("flac", rate=SAMPLE_RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray(said.samples[None, :], format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    words = [
        TranscriptWord(word=said.script[start:end], start_seconds=begin, end_seconds=stop)
        for start, end, begin, stop in said.words
    ]
    return path, Transcript(language_code="en", words=words)


async def uploads(client: VideoClient, folder: Path) -> dict[str, str]:
    """The ids of the inputs, by what they are."""
    voice, transcript = recording(folder)
    heard = await client.upload_file(voice, transcript=transcript)
    files: dict[str, str] = {"recording": heard.file_id}
    documents = runpy.run_path(str(ROOT / "tests" / "slides" / "documents.py"))
    for name, data in {"report.pdf": documents["report"](), "deck.pptx": documents["deck"]()}.items():
        (folder / name).write_bytes(data)
        files[name] = (await client.upload_file(folder / name)).file_id
    files["video"] = (await client.upload_file(phone_video(folder / "phone.mp4"))).file_id
    return files


def requests(files: dict[str, str], ratio: str) -> dict[str, BaseModel]:
    """A request for every workflow, by its name."""
    width, height = map(int, ratio.split(":"))
    shape = {"aspectRatio": {"width": width, "height": height}, "autoExport": True}
    script = (ROOT / "examples" / "scripts" / "recipe.txt").read_text(encoding="utf-8")
    deck_file = files["report.pdf" if ratio == "16:9" else "deck.pptx"]
    calm = [{"type": "GENERATE_MUSIC", "prompt": "calm piano"}]
    return {
        "script": ScriptToVideoRequest.model_validate(
            {"script": script, "visualStyle": {"type": "STOCK"}, "remixActions": calm} | shape
        ),
        "voiceover": VoiceoverToVideoRequest.model_validate(
            {"fileId": files["recording"], "visualStyle": {"type": "STOCK"}, "captionStyle": {}} | shape
        ),
        "slideshow": SlideshowToVideoRequest.model_validate({"fileId": deck_file, "captionStyle": {}} | shape),
        "storyboard": StoryboardToVideoRequest.model_validate({"scenes": STORYBOARD} | shape),
        "clip": PromptToVideoClipRequest.model_validate({"prompt": CLIP} | shape),
        "restyle": VideoToVideoRequest.model_validate({"videoFileId": files["video"], "prompt": RESTYLE} | shape),
    }


async def film(client: VideoClient, name: str, request: BaseModel, target: Path) -> None:
    started = await client.start_workflow(request)
    job = await client.wait_for_job(started.reply.workflow_run_id, timeout=3600)
    job.raise_for_failure()
    engine = await client.engine_job(job.export_id or job.job_id)
    sheet = engine.sidecar("contact_sheet")
    assert sheet is not None
    await client.download(sheet, target)
    findings = await client.project_findings(job.project_id or "")
    found = [finding.sentence for finding in findings.findings] if findings else []
    made = ", ".join(engine.made_by)
    sys.stdout.write(f"{target.name}: {made}; notes: {engine.notes}; findings: {found}\n")
    sys.stdout.flush()


async def main(target: Path, only: str | None) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        async with VideoClient(load_settings(home=folder / "home", environ={})) as client:
            files = await uploads(client, folder)
            for ratio in RATIOS:
                for name, request in requests(files, ratio).items():
                    if only is None or name == only:
                        await film(client, name, request, target / f"{name}-{ratio.replace(':', 'x')}.jpg")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path)
    parser.add_argument("--only", help="one workflow, such as clip")
    arguments = parser.parse_args()
    asyncio.run(main(arguments.target, arguments.only))
