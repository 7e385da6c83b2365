"""Pictures and videos cut out, enlarged, traced and set in depth, and clips made, over the contract."""

from __future__ import annotations

import io
import sys
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
import resvg_py
from booth import Booth, heard
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1] / "workflows"))

import camera

Picture = NDArray[np.uint8]


def apple(width: int = 240, height: int = 180) -> Picture:
    """BGR: a red disc before a grey wall that is a little brighter on one side."""
    image = np.full((height, width, 3), 205, np.uint8)
    image = np.clip(image + np.linspace(0, 18, width)[None, :, None], 0, 255).astype(np.uint8)
    cv2.circle(image, (width // 2, height // 2), height // 4, (40, 30, 200), -1, cv2.LINE_AA)
    return image


def noise(width: int = 200, height: int = 150) -> Picture:
    """BGR: texture all over, with no subject."""
    return np.random.default_rng(2).integers(0, 255, (height, width, 3), dtype=np.uint8)


def png(image: Picture) -> bytes:
    return cv2.imencode(".png", image)[1].tobytes()


def screened(
    ground: tuple[int, int, int], *, moves: bool = True, textured: bool = False, seconds: float = 1.0
) -> bytes:
    """A ball that rolls through a picture of one colour, or of stones."""
    target = io.BytesIO()
    stones = np.random.default_rng(4).integers(-30, 30, (9, 16, 1)) if textured else np.zeros((9, 16, 1))
    wall = cv2.resize(np.clip(np.array(ground) + stones, 0, 255).astype(np.uint8), (160, 90))
    with av.open(target, "w", format="mp4") as container:
        stream = container.add_stream("libx264", 30, options={"crf": "14"})
        stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
        for index in range(round(seconds * 30)):
            image = wall.copy()
            place = 30 + (round(100 * index / (seconds * 30)) if moves else 50)
            cv2.circle(image, (place, 48), 16, (60, 200, 250), -1, cv2.LINE_AA)
            frame = av.VideoFrame.from_ndarray(image, format="bgr24")
            frame.pts, frame.time_base = index, Fraction(1, 30)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return target.getvalue()


def see_through(data: bytes) -> list[Picture]:
    """The alpha of every frame of a WebM, by the decoder that knows it."""
    decoder = av.CodecContext.create("libvpx-vp9", "r")
    found: list[Picture] = []
    with av.open(io.BytesIO(data)) as container:
        for packet in container.demux(video=0):
            for frame in decoder.decode(packet):
                plane = frame.planes[3]
                rows = np.frombuffer(bytes(plane), np.uint8).reshape(plane.height, plane.line_size)
                found.append(rows[:, : plane.width])
    return found


def failed(booth: Booth, tool: str, **fields: object) -> str:
    execution = booth.ended(booth.start(tool, **fields))
    assert execution.status.value == "failed"
    return str(execution.error)


def test_a_subject_before_a_plain_wall_is_cut_out_with_soft_edges(booth: Booth) -> None:
    made = booth.made("remove-image-background", imageFileId=booth.upload(png(apple()), "apple.png"))
    file = made.results[0]
    image = cv2.imdecode(np.frombuffer(booth.fetch(file.download_url), np.uint8), cv2.IMREAD_UNCHANGED)
    alpha = image[..., 3]
    assert alpha[90, 120] == 255
    assert alpha[10, 10] == alpha[170, 230] == 0
    assert 20 < int(((alpha > 10) & (alpha < 245)).sum()) < 1200
    # No grey of the wall is left in the edge.
    edge = image[(alpha > 100) & (alpha < 250)][:, :3].astype(int)
    assert (edge[:, 2] - edge[:, 0]).min() > 90
    assert "not by a matting model" in str(booth.told(made.tool_execution_id)["degraded"])


def test_a_picture_without_a_subject_is_told_instead_of_cut_to_pieces(booth: Booth) -> None:
    error = failed(booth, "remove-image-background", imageFileId=booth.upload(png(noise()), "noise.png"))
    assert "No subject can be told" in error


def test_a_picture_is_traced_to_shapes_that_look_the_same(booth: Booth) -> None:
    made = booth.made("vectorize-image", imageFileId=booth.upload(png(apple()), "apple.png"))
    text = booth.fetch(made.results[0].download_url).decode()
    assert "<path" in text and "viewBox" in text
    drawn = cv2.imdecode(np.frombuffer(resvg_py.svg_to_bytes(svg_string=text), np.uint8), cv2.IMREAD_COLOR)
    assert drawn.shape == (180, 240, 3)
    assert np.abs(drawn.astype(int) - apple()).mean() < 8


def test_a_picture_gets_twice_the_pixels_and_stays_what_it_is(booth: Booth) -> None:
    made = booth.made("upscale-image", imageFileId=booth.upload(png(apple()), "apple.png"))
    large = cv2.imdecode(np.frombuffer(booth.fetch(made.results[0].download_url), np.uint8), cv2.IMREAD_COLOR)
    assert large.shape == (360, 480, 3)
    again = cv2.resize(large, (240, 180), interpolation=cv2.INTER_AREA)
    assert np.abs(again.astype(int) - apple()).mean() < 2
    # Nothing rings: no value that was not there before.
    assert large.min() >= apple().min() - 2
    assert "not by a model" in str(booth.told(made.tool_execution_id)["degraded"])


def test_near_moves_against_far_in_a_still_and_ends_where_it_began(booth: Booth) -> None:
    made = booth.made("image-3d-effect", imageFileId=booth.upload(png(apple()), "apple.png"))
    frames = camera.frames_of(booth.fetch(made.results[0].download_url))
    assert len(frames) == 150
    assert frames[0].shape[0] == 144
    assert np.abs(frames[0].astype(int) - frames[149]).mean() < 2
    red = [float(np.nonzero(frame[..., 2].astype(int) - frame[..., 0] > 90)[1].mean()) for frame in frames[::10]]
    assert max(red) - min(red) > 3


def test_a_ball_before_a_green_screen_or_a_still_wall_is_alone_afterwards(booth: Booth) -> None:
    for name, ground, textured in (("green.mp4", (40, 190, 50), False), ("wall.mp4", (120, 110, 100), True)):
        file = booth.upload(screened(ground, textured=textured), name)
        made = booth.made("remove-video-background", videoFileId=file)
        alphas = see_through(booth.fetch(made.results[0].download_url))
        assert len(alphas) == 30
        for number in (4, 15, 26):
            place = 30 + round(100 * number / 30)
            assert alphas[number][48, place] > 230, (name, number)
            assert alphas[number][10, 150 if number < 15 else 10] < 20, (name, number)


def test_a_video_in_which_nothing_can_be_told_apart_says_so(booth: Booth) -> None:
    still = booth.upload(screened((120, 110, 100), moves=False, textured=True), "still.mp4")
    assert "No subject can be told" in failed(booth, "remove-video-background", videoFileId=still)


def test_a_video_gets_twice_the_pixels_with_its_sound(booth: Booth) -> None:
    file = booth.upload(camera.video(shots=1, seconds=0.6, size=(90, 160), rotation=90), "phone.mp4")
    made = booth.made("upscale-video", videoFileId=file)
    data = booth.fetch(made.results[0].download_url)
    frames = camera.frames_of(data)
    assert (len(frames), frames[0].shape) == (18, (320, 180, 3))
    assert np.abs(heard(data)).max() > 0.1


def test_a_clip_shows_the_start_frame_and_speaks_the_dialogue(booth: Booth) -> None:
    opening = booth.upload(png(apple()), "apple.png")
    made = booth.made(
        "generate-video-clip",
        prompt="An apple on a table",
        startFrameFileId=opening,
        spokenDialogue="An apple a day.",
        voiceDescription="a calm man",
        durationSeconds=2,
    )
    data = booth.fetch(made.results[0].download_url)
    seen = camera.frames_of(data)[30].astype(int)
    height, width = seen.shape[:2]
    assert seen[height // 2, width // 2, 2] - seen[height // 2, width // 2, 0] > 60
    assert np.abs(heard(data)).max() > 0.1
    assert "neither filmed" in str(booth.told(made.tool_execution_id)["degraded"])


@pytest.mark.parametrize(
    ("tool", "fields", "status", "says"),
    [
        ("upscale-image", {"imageFileId": "vg_file_none"}, 404, "vg_file_none"),
        ("generate-video-clip", {}, 400, "at least one of"),
        (
            "generate-video-clip",
            {"prompt": "a", "generateAudio": True, "suppressBackgroundMusic": True},
            400,
            "suppressBackgroundMusic",
        ),
        ("generate-video-clip", {"prompt": "x" * 5000}, 400, "5000 characters"),
    ],
)
def test_what_cannot_be_made_is_refused_at_the_start(
    booth: Booth, tool: str, fields: dict[str, object], status: int, says: str
) -> None:
    answer = booth.ask("POST", f"/v1/tools/{tool}", fields)
    assert (answer.status_code, says in answer.text) == (status, True), answer.text


def test_a_tool_takes_only_its_kind_of_file(booth: Booth) -> None:
    text = booth.upload(b"Just words.", "a.txt")
    assert booth.ask("POST", "/v1/tools/vectorize-image", {"imageFileId": text}).status_code == 400
    assert booth.ask("POST", "/v1/tools/upscale-video", {"videoFileId": text}).status_code == 400
