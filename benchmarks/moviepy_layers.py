"""Writes the layers of a film's first scenes as plain files, so that another program can make the same film.

``python -m benchmarks.moviepy_layers FOLDER LINES SECONDS`` takes the film that ``benchmarks.stages`` left in
the folder and fills ``FOLDER/layers``. None of this is counted: MoviePy gets its pictures and sound ready-made.
"""

from __future__ import annotations

import json
import sys
import wave
from pathlib import Path

import cv2
import numpy as np

from benchmarks.one_film import context
from videogen_engine.render.parts import caption_request
from videogen_engine.render.raster import decode
from videogen_engine.render.size import frame_size
from videogen_engine.render.stage import engine_painters
from videogen_engine.speech.model import SAMPLE_RATE
from videogen_engine.timeline.document import Timeline


def main(folder: Path, lines: int, seconds: float) -> None:
    ctx = context(folder)
    document = Timeline.model_validate_json((folder / "timeline.json").read_text())
    width, height = frame_size(document.ratio_width, document.ratio_height, lines)
    painters = engine_painters()
    target = folder / "layers"
    target.mkdir(exist_ok=True)
    scenes: list[dict[str, object]] = []
    sound = np.zeros(round(seconds * SAMPLE_RATE) + 1, np.int16)
    start = 0.0
    for index, scene in enumerate(document.scenes):
        if start >= seconds:
            break
        length = min(scene.frames / 30, seconds - start)
        painted = painters.scene(scene.picture.design, width, height, ctx)
        background = target / f"{index}-background.png"
        cv2.imwrite(str(background), decode(ctx.store.path(painted.background).read_bytes(), "a background"))
        sprites = []
        for number, sprite in enumerate(painted.sprites):
            path = target / f"{index}-sprite-{number}.png"
            path.write_bytes(ctx.store.path(sprite.image).read_bytes())
            sprites.append(
                {
                    "file": path.name,
                    "x": sprite.x,
                    "y": sprite.y,
                    "appear": sprite.appear,
                    "fade": sprite.entrance_seconds,
                }
            )
        captions = []
        request = caption_request(document, scene, width, height)
        for number, state in enumerate(painters.captions(request, ctx).states if request else ()):
            sheet = decode(ctx.store.path(state.image).read_bytes(), "a sheet")
            rows = slice(state.sheet_y, state.sheet_y + state.height)
            path = target / f"{index}-caption-{number}.png"
            cv2.imwrite(str(path), sheet[rows, state.sheet_x : state.sheet_x + state.width])
            captions.append({"file": path.name, "x": state.x, "y": state.y, "start": state.start, "end": state.end})
        if scene.speech is not None:
            with wave.open(str(ctx.store.path(scene.speech.clip)), "rb") as clip:
                samples = np.frombuffer(clip.readframes(clip.getnframes()), "<i2")
            at = round((start + scene.speech_offset) * SAMPLE_RATE)
            taken = samples[: max(0, len(sound) - at)]
            sound[at : at + len(taken)] = taken
        scenes.append(
            {
                "background": background.name,
                "start": start,
                "length": length,
                "fade": scene.transition.frames / 30 if index else 0.0,
                "motion": scene.motion.model_dump(),
                "sprites": sprites,
                "captions": captions,
            }
        )
        start += length
    with wave.open(str(target / "sound.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(sound.tobytes())
    plan = {"width": width, "height": height, "rate": 30, "seconds": start, "scenes": scenes}
    (target / "layers.json").write_text(json.dumps(plan))
    print(json.dumps({"seconds": start}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
