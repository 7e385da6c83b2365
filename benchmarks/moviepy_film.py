"""The same film with MoviePy 2.2.1, as its documentation would have one write it.

Runs in an environment of its own, because MoviePy needs an older Pillow than the engine:
``python benchmarks/moviepy_film.py LAYERS OUTPUT``.
"""

import json
import sys
from pathlib import Path

from moviepy import AudioFileClip, CompositeVideoClip, ImageClip, vfx


def drifting(file, motion, width, height, length):
    """The background, larger than the frame, zooming or sliding behind it."""
    clip = ImageClip(str(file)).with_duration(length)
    wide, tall = clip.size
    cover = max(width / wide, height / tall)

    def zoom(t):
        share = t / length
        return cover * (motion["zoom_from"] + (motion["zoom_to"] - motion["zoom_from"]) * share)

    def corner(t):
        share, size = t / length, zoom(t)
        place = []
        for axis, (full, seen) in enumerate(((wide, width), (tall, height))):
            focus = motion["focus_from"][axis] + (motion["focus_to"][axis] - motion["focus_from"][axis]) * share
            place.append(-(full * size - seen) * focus)
        return tuple(place)

    if motion["zoom_from"] == motion["zoom_to"]:
        return clip.resized(zoom(0)).with_position(corner)
    return clip.resized(zoom).with_position(corner)


def scene_clip(scene, folder, width, height):
    length = scene["length"]
    layers = [drifting(folder / scene["background"], scene["motion"], width, height, length)]
    for sprite in scene["sprites"]:
        if sprite["appear"] >= length:
            continue
        clip = ImageClip(str(folder / sprite["file"])).with_position((sprite["x"], sprite["y"]))
        clip = clip.with_start(sprite["appear"]).with_duration(length - sprite["appear"])
        layers.append(clip.with_effects([vfx.CrossFadeIn(sprite["fade"])]) if sprite["fade"] else clip)
    for caption in scene["captions"]:
        if caption["start"] >= length:
            continue
        clip = ImageClip(str(folder / caption["file"])).with_position((caption["x"], caption["y"]))
        end = min(caption["end"], length)
        layers.append(clip.with_start(caption["start"]).with_duration(end - caption["start"]))
    whole = CompositeVideoClip(layers, size=(width, height)).with_duration(length)
    if scene["fade"]:
        whole = whole.with_effects([vfx.CrossFadeIn(scene["fade"])])
    return whole.with_start(scene["start"])


def main(folder, output):
    plan = json.loads((folder / "layers.json").read_text())
    size = (plan["width"], plan["height"])
    scenes = []
    for index, scene in enumerate(plan["scenes"]):
        if index + 1 < len(plan["scenes"]):
            # The scene stays under the next one while that fades in.
            scene = {**scene, "length": scene["length"] + plan["scenes"][index + 1]["fade"]}
        scenes.append(scene_clip(scene, folder, *size))
    film = CompositeVideoClip(scenes, size=size).with_duration(plan["seconds"])
    film = film.with_audio(AudioFileClip(str(folder / "sound.wav")).subclipped(0, plan["seconds"]))
    film.write_videofile(
        str(output),
        fps=plan["rate"],
        codec="libx264",
        preset="veryfast",
        ffmpeg_params=["-crf", "20"],
        audio_codec="aac",
        threads=2,
        logger=None,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
