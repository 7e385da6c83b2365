"""Small videos as cameras make them: things that move, cuts, stereo sound, sensors that were held sideways."""

from __future__ import annotations

import io
from fractions import Fraction

import av
import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
RATE = 48_000


def scenery(shot: int, time: float, width: int, height: int) -> Picture:
    """BGR. A sky over hills with a bright ball that moves to the right; every shot has other colours."""
    rows = np.linspace(0, 1, height)[:, None, None]
    top, bottom = ((230, 160, 60), (250, 230, 190)) if shot % 2 == 0 else ((60, 60, 200), (120, 190, 250))
    image = np.asarray((1 - rows) * np.array(top) + rows * np.array(bottom), np.uint8).repeat(width, axis=1)
    image = np.ascontiguousarray(image)
    hill = (60, 140, 60) if shot % 2 == 0 else (40, 50, 110)
    cv2.ellipse(image, (width // 3, height), (width // 2, height // 3), 0, 180, 360, hill, -1)
    place = round(width * (0.2 + 0.15 * time)), round(height * 0.35)
    cv2.circle(image, place, height // 6, (40, 200, 250) if shot % 2 == 0 else (240, 240, 250), -1)
    return image


def tone(seconds: float) -> NDArray[np.int16]:
    """Stereo, [n, 2]: 330 Hz on the left, 440 Hz on the right, quieter in the second half."""
    time = np.arange(round(seconds * RATE)) / RATE
    loud = np.where(time < seconds / 2, 0.3, 0.1)
    both = np.stack([np.sin(2 * np.pi * 330 * time), np.sin(2 * np.pi * 440 * time)], axis=1) * loud[:, None]
    return np.asarray(np.rint(both * 32767), np.int16)


def video(
    *,
    shots: int = 2,
    seconds: float = 1.2,
    size: tuple[int, int] = (192, 108),
    rate: int = 30,
    rotation: int = 0,
    sound: bool = True,
    noise: float = 0.0,
) -> bytes:
    """An MP4 of ``shots`` shots of ``seconds`` each. ``size`` is as shown; a ``rotation`` turns what is stored."""
    target = io.BytesIO()
    width, height = size
    random = np.random.default_rng(5)
    with av.open(target, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate, options={"crf": "14", "g": "12"})
        turned = rotation % 180 != 0
        stream.width, stream.height = (height, width) if turned else (width, height)
        stream.pix_fmt = "yuv420p"
        if rotation:
            stream.set_display_rotation(rotation)
        audio = container.add_stream("aac", RATE) if sound else None
        for index in range(round(shots * seconds * rate)):
            shot = int(index / rate / seconds)
            picture = scenery(shot, index / rate - shot * seconds, width, height)
            if noise:
                shaken = picture + random.normal(0, noise, picture.shape)
                picture = np.asarray(np.clip(shaken, 0, 255), np.uint8)
            stored = np.ascontiguousarray(np.rot90(picture, -rotation // 90))
            frame = av.VideoFrame.from_ndarray(stored, format="bgr24")
            frame.pts, frame.time_base = index, Fraction(1, rate)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
        if audio is not None:
            samples = tone(shots * seconds).astype(np.float32).T / 32768
            for start in range(0, samples.shape[1], 1024):
                part = np.ascontiguousarray(samples[:, start : start + 1024])
                heard = av.AudioFrame.from_ndarray(part, format="fltp", layout="stereo")
                heard.sample_rate, heard.pts, heard.time_base = RATE, start, Fraction(1, RATE)
                container.mux(audio.encode(heard))
            container.mux(audio.encode())
    return target.getvalue()


def frames_of(data: bytes) -> list[Picture]:
    """Every frame, BGR, as stored."""
    with av.open(io.BytesIO(data)) as container:
        return [np.asarray(frame.to_ndarray(format="bgr24"), np.uint8) for frame in container.decode(video=0)]


def sound_of(data: bytes) -> NDArray[np.float32]:
    """[2, n], full scale 1."""
    with av.open(io.BytesIO(data)) as container:
        parts = [np.asarray(frame.to_ndarray(), np.float32) for frame in container.decode(audio=0)]
    return np.concatenate(parts, axis=1)
