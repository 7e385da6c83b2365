"""What is said of files, and that no more is said than was measured or read."""

from __future__ import annotations

import io
import json
import wave
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from videogen_agents.contract import FileType
from videogen_agents.errors import InputError
from videogen_engine.describing.model import Described, DescribeRequest
from videogen_engine.describing.stage import describe
from videogen_engine.media_probe import probe
from videogen_engine.music.model import MusicRequest
from videogen_engine.music.stage import make_music
from videogen_engine.planning.model import PlanRequest
from videogen_engine.planning.stage import plan
from videogen_engine.probe_model import ProbeRequest
from videogen_engine.speech.model import SpeechRequest, SpokenScene
from videogen_engine.speech.stage import speak
from videogen_engine.stage import MediaRef, StageContext
from videogen_engine.store.artifact_store import MediaArtifactStore
from videogen_engine.store.media_store import MediaStore

Tell = Callable[..., str]


@pytest.fixture
def ctx(tmp_path: Path) -> StageContext:
    return StageContext(store=MediaArtifactStore((tmp_path / "media").as_uri()), scratch=tmp_path / "scratch")


@pytest.fixture
def tell(tmp_path: Path, ctx: StageContext) -> Tell:
    """The description of a file as the library comes to it: probed first."""
    media = MediaStore((tmp_path / "media").as_uri())
    count = iter(range(100))

    def run(content: bytes, name: str = "file", *, told: tuple[str, ...] = (), declared: FileType | None = None) -> str:
        path = tmp_path / "upload"
        path.write_bytes(content)
        key = f"uploads/{next(count)}/original.bin"
        media.publish(key, path)
        ref = MediaRef(key=key, media_type="application/octet-stream", size=len(content))
        found = probe(ProbeRequest(media=ref, declared=declared, max_pixels=10**7, max_duration_seconds=999), ctx)
        request = DescribeRequest(
            media=ref,
            type=found.type,
            name=name,
            told=told,
            width=found.width,
            height=found.height,
            seconds=found.duration_seconds,
        )
        first = describe(request, ctx)
        assert describe(request, ctx) == first
        assert isinstance(first, Described)
        return first.description

    return run


def saved(image: Image.Image, format_: str = "PNG", **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, format_, **options)
    return stream.getvalue()


def grainy(size: tuple[int, int], colour: tuple[int, int, int]) -> Image.Image:
    """As a camera sees a wall: a colour, softly lit, with noise."""
    rng = np.random.default_rng(3)
    light = np.linspace(0.8, 1.1, size[0])[None, :, None]
    pixels = np.array(colour)[None, None, :] * light + rng.normal(0, 6, (size[1], size[0], 3))
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8), "RGB")


PHOTO = grainy((640, 360), (40, 70, 200))


def bars() -> Image.Image:
    image = Image.new("RGB", (800, 600), "white")
    draw = ImageDraw.Draw(image)
    draw.line((80, 40, 80, 540), fill=(0, 0, 0), width=2)
    draw.line((80, 540, 760, 540), fill=(0, 0, 0), width=2)
    for number, height in enumerate((200, 340, 120, 420, 300)):
        draw.rectangle((120 + number * 120, 540 - height, 190 + number * 120, 539), fill=(40, 120, 200))
    return image


def badge() -> Image.Image:
    image = Image.new("RGBA", (256, 256), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((20, 20, 236, 236), fill=(20, 120, 60, 255))
    return image


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (saved(PHOTO), "DSC_1.png", "Photo or painting, 640 × 360 px (landscape): mostly blue"),
        (saved(PHOTO, "JPEG", quality=92), "a.jpg", "Photo or painting, 640 × 360 px (landscape): mostly blue"),
        (saved(bars()), "q3.png", "Chart or table, 800 × 600 px (landscape): mostly white and blue, bright"),
        (saved(badge()), "acme.png", "Logo or icon, 256 × 256 px (square): mostly green"),
        (saved(Image.new("RGB", (800, 700), (250, 250, 250))), "Screenshot 3.png", "Screenshot, 800 × 700 px"),
        (saved(Image.new("RGB", (800, 700), (5, 5, 5))), "dark.png", "Flat graphic, 800 × 700 px (landscape)"),
        (saved(Image.new("L", (1, 1))), "dot.png", "Picture, 1 × 1 px (square)"),
    ],
)  # fmt: skip
def test_a_picture_is_told_by_its_pixels(tell: Tell, content: bytes, name: str, said: str) -> None:
    told = tell(content, name)
    assert told.startswith(said), told
    assert told.endswith("Measured, not recognised: what it shows is not known.")


def test_transparency_is_told(tell: Tell) -> None:
    assert "partly transparent" in tell(saved(badge()))


def waved(samples: NDArray[np.float64], rate: int = 16_000) -> bytes:
    stream = io.BytesIO()
    with wave.open(stream, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(rate)
        writer.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return stream.getvalue()


def test_speech_sounds_like_speech_and_music_like_music(tell: Tell, ctx: StageContext) -> None:
    planned = plan(PlanRequest(script="Water keeps you sharp. A can of soda holds nine teaspoons of sugar."), ctx)
    scenes = tuple(SpokenScene(sentences=scene.sentences) for scene in planned.scenes)
    clip = speak(SpeechRequest(scenes=scenes), ctx).scenes[0].clip
    assert "sounds like speech" in tell(ctx.store.path(clip).read_bytes(), "memo.wav")
    bed = make_music(MusicRequest(prompt="calm piano", seconds=6), ctx)
    told = tell(ctx.store.path(bed.media).read_bytes(), "calm.flac")
    assert told.startswith("Audio of 6.0 s: what sounds like music, −")
    assert told.endswith("Measured, not transcribed.")


@pytest.mark.parametrize(
    ("samples", "said"),
    [
        (np.zeros(32_000), "silence"),
        (np.random.default_rng(1).normal(0, 0.1, 80_000), "neither plainly speech nor plainly music"),
        (np.where(np.arange(96_000) % 16_000 < 700, 0.3, 0.0), "neither plainly speech nor plainly music"),
    ],
    ids=["silence", "noise", "clicks"],
)
def test_other_sounds_are_not_called_what_they_are_not(tell: Tell, samples: NDArray[np.float64], said: str) -> None:
    assert said in tell(waved(samples), "x.wav")


def test_the_words_that_came_with_a_recording_are_quoted(tell: Tell) -> None:
    told = tell(waved(np.zeros(32_000)), "memo.wav", told=("Hello and welcome to the show. " * 9,))
    assert "“Hello and welcome to the show. Hello" in told
    assert "not transcribed" not in told


def film(*colours: tuple[int, int, int], moving: bool = False) -> bytes:
    """Two seconds of each colour at 10 frames a second."""
    stream = io.BytesIO()
    with av.open(stream, "w", format="mp4") as output:
        video = output.add_stream("libx264", rate=10)
        video.width, video.height, video.pix_fmt = 96, 54, "yuv420p"
        number = 0
        for colour in colours:
            for step in range(20):
                pixels = np.full((54, 96, 3), colour, np.uint8)
                if moving:
                    pixels[:, step * 4 : step * 4 + 20] = 255
                frame = av.VideoFrame.from_ndarray(pixels, "rgb24")
                frame.pts = number
                number += 1
                output.mux(video.encode(frame))
        output.mux(video.encode())
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (film((200, 20, 20)), "a still picture with no hard cuts"),
        (film((200, 20, 20), (20, 20, 200), (220, 220, 20)), "stills with 2 hard cuts"),
        (film((20, 20, 120), moving=True), "moving pictures with no hard cuts"),
    ],
    ids=["still", "slides", "moving"],
)
def test_a_video_is_told_by_its_cuts_and_its_motion(tell: Tell, content: bytes, said: str) -> None:
    told = tell(content, "clip.mp4")
    assert f"96 × 54 px (landscape): {said}" in told
    assert "It has no sound." in told


def test_texts_and_animations_are_told_by_what_they_say(tell: Tell) -> None:
    told = tell(b"Bees make honey. Bees need flowers, and flowers need bees; honey keeps for years.", "bees.txt")
    assert told.startswith("Text of 14 words. It begins: “Bees make honey.")
    assert "Words it uses most: bee" in told
    lottie = {"v": "5.7", "fr": 25, "ip": 0, "op": 50, "w": 512, "h": 256, "layers": [{"nm": "rocket"}]}
    told = tell(json.dumps(lottie).encode(), "rocket.json", declared=FileType.LOTTIE)
    assert told == "Lottie animation, 512 × 256 px, 2.0 s, 1 layer."


def test_a_file_that_cannot_be_read_after_all_says_so(ctx: StageContext, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
    media = ctx.store.publish("x/x.pdf", path, "application/pdf")
    with pytest.raises(InputError):
        describe(DescribeRequest(media=media, type=FileType.PDF, name="x.pdf"), ctx)


def test_a_drawing_that_a_tool_made_is_told_for_what_it_is(ctx: StageContext, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    media = ctx.store.publish("x/x.svg", path, "image/svg+xml")
    found = describe(DescribeRequest(media=media, type=FileType.IMAGE, name="star.svg", told=("A red star.",)), ctx)
    assert found.description == "Vector graphic (SVG). Words that came with it: “A red star.”."
