"""A small film to render: flat colours and a square per scene, tones for voices, one-colour caption tiles.

The painters stand where the visuals and captions stages stand, so that a test knows every pixel it should see.
"""

from __future__ import annotations

import io
import wave
from collections.abc import Sequence
from pathlib import Path

import av
import cv2
import numpy as np

from videogen_agents.contract import CaptionStyle
from videogen_engine.captions.model import CaptionRequest, CaptionState, CaptionTrack, PaintedCaptions
from videogen_engine.planning.model import PlannedScene, ScenePlan
from videogen_engine.render.film import render_with
from videogen_engine.render.model import Encoding, RenderedFilm, RenderRequest
from videogen_engine.render.size import frame_size
from videogen_engine.render.studio import Painters
from videogen_engine.speech.model import SAMPLE_RATE, Narration, SceneSpeech, Word
from videogen_engine.stage import MediaRef, StageContext
from videogen_engine.store.artifact_store import MediaArtifactStore
from videogen_engine.timeline.assemble import AssembleRequest, assemble
from videogen_engine.timeline.document import Timeline
from videogen_engine.visuals.model import (
    Element,
    Entrance,
    FeaturedFile,
    PaintedScene,
    Picture,
    PictureSet,
    SceneDesign,
    Shown,
    Source,
    Sprite,
)

#: Seconds spoken per word of a scene.
WORD_SECONDS = 0.25


def context(folder: Path) -> StageContext:
    """A context whose store is a folder, as in production."""
    return StageContext(store=MediaArtifactStore((folder / "media").as_uri()), scratch=folder / "scratch")


def keep(ctx: StageContext, data: bytes, name: str, media_type: str) -> MediaRef:
    """Bytes in the store under ``name``."""
    path = ctx.temporary(Path(name).suffix)
    path.write_bytes(data)
    return ctx.store.publish(name, path, media_type)


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def png(pixels: np.ndarray) -> bytes:
    """RGB or RGBA pixels as a PNG."""
    code = cv2.COLOR_RGBA2BGRA if pixels.shape[2] == 4 else cv2.COLOR_RGB2BGR
    return cv2.imencode(".png", cv2.cvtColor(pixels, code))[1].tobytes()


def flat(width: int, height: int, colour: str, alpha: int | None = None) -> np.ndarray:
    values = rgb(colour) if alpha is None else (*rgb(colour), alpha)
    return np.full((height, width, len(values)), values, np.uint8)


def paint_scene(design: SceneDesign, width: int, height: int, ctx: StageContext) -> PaintedScene:
    """The palette is the ground's colour; each element's text is a square's colour, in the top row of fifths."""
    ground_width, ground_height = round(width * 1.06 / 2) * 2, round(height * 1.06 / 2) * 2
    name = f"{design.palette[1:]}-{ground_width}x{ground_height}"
    background = keep(ctx, png(flat(ground_width, ground_height, design.palette)), f"ground/{name}.png", "image/png")
    side = height // 5
    sprites = []
    for index, element in enumerate(design.elements):
        colour = element.text or "#ffffff"
        image = keep(ctx, png(flat(side, side, colour, 255)), f"square/{colour[1:]}-{side}.png", "image/png")
        sprites.append(
            Sprite(
                image=image,
                x=width // 10 + index * side * 3 // 2,
                y=height // 5,
                width=side,
                height=side,
                appear=element.appear,
                entrance=Entrance(design.layout),
                entrance_seconds=0.2,
            )
        )
    clip = design.featured.media if design.featured is not None else None
    return PaintedScene(
        background=background,
        background_width=ground_width,
        background_height=ground_height,
        sprites=tuple(sprites),
        clip=clip,
    )


CAPTION_COLOUR = "#00ff00"


def paint_captions(request: CaptionRequest, ctx: StageContext) -> PaintedCaptions:
    """A green bar in the lowest fifth while anything is said."""
    width, height = request.width // 2, request.height // 10
    image = keep(ctx, png(flat(width, height, CAPTION_COLOUR, 255)), f"bar/{width}x{height}.png", "image/png")
    state = CaptionState(
        start=request.words[0].start,
        end=request.words[-1].end,
        image=image,
        x=(request.width - width) // 2,
        y=request.height - 2 * height,
        width=width,
        height=height,
    )
    return PaintedCaptions(track=CaptionTrack(cues=()), states=(state,))


PAINTERS = Painters(scene=paint_scene, captions=paint_captions, version="rig")


def tone(ctx: StageContext, seconds: float, pitch: float, *, level: float = 0.25) -> MediaRef:
    """A tone in a clip of the speech stage's format, with 0.1 s of silence at its end."""
    count = round(seconds * SAMPLE_RATE)
    at = np.arange(count) / SAMPLE_RATE
    wanted = np.sin(2 * np.pi * pitch * at) * level
    wanted[max(0, count - SAMPLE_RATE // 10) :] = 0
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes((wanted * 32767).astype("<i2").tobytes())
    name = f"tone/{count}-{round(pitch)}-{round(level * 1000)}.wav"
    return keep(ctx, buffer.getvalue(), name, "audio/wav")


def speech(ctx: StageContext, text: str, start: int, pitch: float) -> SceneSpeech:
    words, at, offset = [], 0.0, start
    for word in text.split():
        offset = start + text.index(word, offset - start)
        words.append(Word(text=word, char_start=offset, char_end=offset + len(word), start=at, end=at + WORD_SECONDS))
        at += WORD_SECONDS
        offset += len(word)
    duration = at + 0.1
    return SceneSpeech(clip=tone(ctx, duration, pitch), duration=duration, words=tuple(words))


def design(
    colour: str,
    squares: Sequence[tuple[str, float]] = (),
    *,
    entrance: Entrance = Entrance.NONE,
    clip: MediaRef | None = None,
) -> SceneDesign:
    """``squares`` are colours and when they appear."""
    featured = FeaturedFile(file_id="file", media=clip, display_name="clip") if clip else None
    return SceneDesign(
        look="flat",
        layout=entrance.value,
        palette=colour,
        seed=1,
        language="en",
        ratio_width=16,
        ratio_height=9,
        elements=tuple(Element(kind=Shown.CARD, text=text, appear=at) for text, at in squares),
        featured=featured,
    )


def film(
    ctx: StageContext,
    scenes: Sequence[tuple[str, SceneDesign]],
    *,
    captions: bool = False,
    ratio: tuple[int, int] = (16, 9),
) -> Timeline:
    """A timeline of ``(text, design)`` scenes, spoken in tones."""
    script = " ".join(text for text, _ in scenes)
    planned, spoken, start = [], [], 0
    for index, (text, _) in enumerate(scenes):
        planned.append(
            PlannedScene(index=index, text=text, start=start, end=start + len(text), sentences=(), headline=text[:20])
        )
        spoken.append(speech(ctx, text, start, 300 + 40 * len(text)))
        start += len(text) + 1
    pictures = tuple(
        Picture(design=drawn, reason="a test", sources=(Source(name="rig", licence="MIT"),)) for _, drawn in scenes
    )
    return assemble(
        AssembleRequest(
            plan=ScenePlan(script=script, language="en", title="A small film", scenes=tuple(planned)),
            narration=Narration(provider="tones", voice_id="tone", language="en", scenes=tuple(spoken)),
            pictures=PictureSet(pictures=pictures),
            caption_style=CaptionStyle() if captions else None,
            ratio_width=ratio[0],
            ratio_height=ratio[1],
        ),
        ctx,
    )


def render(
    ctx: StageContext,
    timeline: Timeline,
    *,
    lines: int = 90,
    workers: int = 1,
    encoding: Encoding = Encoding.DRAFT,
) -> RenderedFilm:
    """The film at thumbnail size."""
    width, height = frame_size(timeline.ratio_width, timeline.ratio_height, lines)
    request = RenderRequest(timeline=timeline, width=width, height=height, encoding=encoding)
    return render_with(PAINTERS, request, ctx, workers=workers)


def pictures(ctx: StageContext, rendered: RenderedFilm) -> list[np.ndarray]:
    """Every frame of the film as RGB, converted by the rules of BT.709 and nothing else."""
    found = []
    for segment in rendered.segments:
        with av.open(str(ctx.store.path(segment.media))) as container:
            found += [to_rgb(frame) for frame in container.decode(video=0)]
    return found


def to_rgb(frame: av.VideoFrame) -> np.ndarray:
    height, width = frame.height, frame.width
    luma, cb, cr = (
        np.ndarray((side_h, side_w), np.uint8, memoryview(plane), strides=(plane.line_size, 1)).astype(float)
        for plane, side_h, side_w in zip(
            frame.planes,
            (height, height // 2, height // 2),
            (width, width // 2, width // 2),
            strict=True,
        )
    )
    y = (luma - 16) / 219
    pb, pr = (np.kron(plane - 128, np.ones((2, 2))) / 224 for plane in (cb, cr))
    red, blue = y + 1.5748 * pr, y + 1.8556 * pb
    green = (y - 0.2126 * red - 0.0722 * blue) / 0.7152
    return np.clip(np.rint(np.dstack([red, green, blue]) * 255), 0, 255).astype(int)


def colour_at(picture: np.ndarray, x: float, y: float) -> tuple[int, int, int]:
    """The mean of a few pixels around a point given in shares of width and height."""
    height, width = picture.shape[:2]
    column, row = round(x * (width - 1)), round(y * (height - 1))
    patch = picture[max(0, row - 1) : row + 2, max(0, column - 1) : column + 2]
    red, green, blue = (round(float(value)) for value in patch.reshape(-1, 3).mean(axis=0))
    return red, green, blue


def looks_like(seen: tuple[int, int, int], colour: str, tolerance: int = 10) -> bool:
    return all(abs(value - wanted) <= tolerance for value, wanted in zip(seen, rgb(colour), strict=True))
