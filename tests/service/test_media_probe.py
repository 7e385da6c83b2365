"""What an upload turns out to be, by its bytes."""

from __future__ import annotations

import io
import json
import wave
import zipfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from videogen_agents.contract import FileType
from videogen_agents.errors import InputError, LimitError, VideoError
from videogen_engine.media_kinds import HEAD_BYTES, kind_of
from videogen_engine.media_probe import probe
from videogen_engine.probe_model import ProbeRequest, ProbeResult
from videogen_engine.stage import MediaRef, StageContext
from videogen_engine.store.artifact_store import MediaArtifactStore
from videogen_engine.store.media_store import MediaStore


def picture(format_: str = "PNG", size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(stream, format_, **options)
    return stream.getvalue()


def film(container: str = "mp4", *, seconds: float = 2.0, with_video: bool = True) -> bytes:
    stream = io.BytesIO()
    audio_codec = "libopus" if container in {"webm", "ogg"} else "aac"
    with av.open(stream, "w", format=container) as output:
        audio = output.add_stream(audio_codec, rate=48_000)
        if with_video:
            video = output.add_stream("libx264" if container != "webm" else "libvpx", rate=10)
            video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
            for number in range(int(seconds * 10)):
                frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), number * 9 % 255, np.uint8), "rgb24")
                frame.pts = number
                output.mux(video.encode(frame))
            output.mux(video.encode())
        sound = av.AudioFrame.from_ndarray(np.zeros((1, int(48_000 * seconds)), np.float32), "fltp", "mono")
        sound.sample_rate = 48_000
        sound.pts = 0
        sound.time_base = Fraction(1, 48_000)
        output.mux(audio.encode(sound))
        output.mux(audio.encode())
    return stream.getvalue()


def speech(seconds: float = 1.5) -> bytes:
    stream = io.BytesIO()
    with wave.open(stream, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(16_000)
        writer.writeframes(b"\x00\x00" * int(16_000 * seconds))
    return stream.getvalue()


def slides(names: tuple[str, ...] = ("[Content_Types].xml", "ppt/presentation.xml")) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return stream.getvalue()


LOTTIE = json.dumps({"v": "5.7", "fr": 30, "layers": []}).encode()
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"

Probe = Callable[..., ProbeResult]


@pytest.fixture
def look(tmp_path: Path) -> Probe:
    media = MediaStore((tmp_path / "media").as_uri())
    context = StageContext(MediaArtifactStore(media), tmp_path / "scratch")
    count = iter(range(100))

    def run(
        content: bytes, declared: FileType | None = None, *, pixels: int = 10_000, seconds: float = 60.0
    ) -> ProbeResult:
        path = tmp_path / "upload"
        path.write_bytes(content)
        key = f"uploads/{next(count)}/original.bin"
        media.publish(key, path)
        ref = MediaRef(key=key, media_type="application/octet-stream", size=len(content))
        return probe(
            ProbeRequest(media=ref, declared=declared, max_pixels=pixels, max_duration_seconds=seconds), context
        )

    return run


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_has_its_size_and_a_thumbnail(look: Probe, format_: str) -> None:
    found = look(picture(format_))
    assert (found.type, found.width, found.height) == (FileType.IMAGE, 40, 20)
    assert found.media_type == f"image/{format_.lower()}"
    assert found.thumbnail is not None and found.thumbnail.media.media_type == "image/jpeg"


def test_a_photo_taken_sideways_is_measured_upright(look: Probe) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    found = look(picture("JPEG", exif=exif))
    assert (found.width, found.height) == (20, 40)
    assert found.thumbnail is not None and (found.thumbnail.width, found.thumbnail.height) == (20, 40)


@pytest.mark.parametrize(
    ("container", "media_type"),
    [("mp4", "video/mp4"), ("mov", "video/quicktime"), ("matroska", "video/x-matroska"), ("webm", "video/webm")],
)
def test_a_film_has_size_duration_and_a_thumbnail(look: Probe, container: str, media_type: str) -> None:
    found = look(film(container))
    assert (found.type, found.media_type, found.width, found.height) == (FileType.VIDEO, media_type, 64, 48)
    assert found.duration_seconds == pytest.approx(2.0, abs=0.1)
    assert found.thumbnail is not None


@pytest.mark.parametrize("content", [speech(), film("mp4", with_video=False), film("ogg", with_video=False)])
def test_sound_has_a_duration_and_no_size(look: Probe, content: bytes) -> None:
    found = look(content)
    assert (found.type, found.width, found.thumbnail) == (FileType.AUDIO, None, None)
    assert found.duration_seconds is not None and 1.4 < found.duration_seconds < 2.2
    assert found.media_type.startswith("audio/")


@pytest.mark.parametrize(
    ("content", "declared", "type_"),
    [
        (PDF, None, FileType.PDF),
        (PDF, FileType.SLIDESHOW, FileType.SLIDESHOW),
        (slides(), None, FileType.SLIDESHOW),
        (b"Plain words, na\xc3\xafve.", None, FileType.TEXT),
        (LOTTIE, None, FileType.TEXT),
        (LOTTIE, FileType.LOTTIE, FileType.LOTTIE),
    ],
)
def test_documents_are_told_by_their_bytes(
    look: Probe, content: bytes, declared: FileType | None, type_: FileType
) -> None:
    assert look(content, declared).type is type_


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"#!/bin/sh\n\x00",
        b"\x7fELF" + bytes(60),
        slides(("word/document.xml",)),
        b"\x00\x00\x00\x18ftypheic" + bytes(40),
        b"\xff\xfe" + "utf-16".encode("utf-16-le"),
    ],
)
def test_other_kinds_of_file_are_refused(look: Probe, content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        look(content)
    assert caught.value.code in {"unsupported_media", "damaged_media"}


@pytest.mark.parametrize(
    "content",
    [
        picture()[:60],
        b"\x89PNG\r\n\x1a\n" + b"junk" * 50,
        film()[:400],
        b"RIFF\x24\x00\x00\x00WAVEjunk",
        b"fLaC" + bytes(100),
        PDF[:-6],
        b"PK\x03\x04ppt/" + bytes(100),
    ],
)
def test_damaged_files_are_refused_as_damaged(look: Probe, content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        look(content)
    assert caught.value.code == "damaged_media"


def test_a_wrong_declaration_is_refused(look: Probe) -> None:
    with pytest.raises(InputError, match="announced as VIDEO, but it is IMAGE"):
        look(picture(), FileType.VIDEO)
    with pytest.raises(InputError, match="announced as VIDEO, but it is AUDIO"):
        look(film("mp4", with_video=False), FileType.VIDEO)


def test_too_many_pixels_are_refused_before_they_are_decoded(look: Probe) -> None:
    with pytest.raises(LimitError, match="3000 × 3000"):
        look(picture(size=(3000, 3000)), pixels=1_000_000)
    with pytest.raises(LimitError, match="64 × 48"):
        look(film(), pixels=1000)


def test_a_decompression_bomb_is_refused_by_its_header(look: Probe) -> None:
    bomb = bytearray(picture())
    bomb[16:24] = (60_000).to_bytes(4, "big") * 2
    with pytest.raises(VideoError) as caught:
        look(bytes(bomb))
    assert caught.value.code in {"media_too_large", "damaged_media"}


def test_too_long_a_film_is_refused(look: Probe) -> None:
    with pytest.raises(LimitError, match="2 s long"):
        look(film(), seconds=1.0)


def test_a_playlist_cannot_make_the_decoder_open_other_files(look: Probe, tmp_path: Path) -> None:
    (tmp_path / "other.wav").write_bytes(speech())
    for playlist in (b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n%s\n", b"ffconcat version 1.0\nfile %s\n"):
        assert look(playlist % str(tmp_path / "other.wav").encode()).type is FileType.TEXT


def test_a_character_cut_by_the_end_of_the_head_is_still_text() -> None:
    kind = kind_of(("a" * (HEAD_BYTES - 1) + "ü").encode()[:HEAD_BYTES])
    assert kind is not None and kind.types == (FileType.TEXT,)
