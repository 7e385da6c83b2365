"""Input and output of the stage that looks into files."""

from __future__ import annotations

from enum import StrEnum

from videogen_agents.contract import FileType
from videogen_engine.frozen import Frozen
from videogen_engine.stage import MediaRef


class DescribeRequest(Frozen):
    """``name`` is the file's display name. ``told`` are texts that came with it: a transcript, the words that a tool
    made it of. ``seconds`` and the sides in pixels are what the probe found."""

    media: MediaRef
    type: FileType
    name: str
    told: tuple[str, ...] = ()
    width: int | None = None
    height: int | None = None
    seconds: float | None = None


class Described(Frozen):
    """``description`` is for people. ``words`` and ``vectors`` (base64) are what ``search.index`` makes of it."""

    description: str
    words: str
    vectors: str


class PictureKind(StrEnum):
    """As far as pixels tell. ``PICTURE`` says that they do not."""

    PHOTO = "photo or painting"
    SCREENSHOT = "screenshot"
    CHART = "chart or table"
    LOGO = "logo or icon"
    GRAPHIC = "flat graphic"
    PICTURE = "picture"


class SoundKind(StrEnum):
    SPEECH = "speech"
    MUSIC = "music"
    SOUND = "sound"
    SILENCE = "silence"


class PictureLook(Frozen):
    """``colours`` are names, the most frequent first. ``light`` is the mean lightness, 0 black to 1 white."""

    kind: PictureKind
    colours: tuple[str, ...]
    light: float
    transparent: bool = False


class SoundLook(Frozen):
    """``lufs`` None is silence. ``pauses`` is the share of the time (0–1) in which there is next to nothing."""

    kind: SoundKind
    lufs: float | None
    pauses: float


class Findings(Frozen):
    """``sentences`` describe; ``passages`` are texts to be found by, each about one thing; ``how`` says what the
    sentences rest on."""

    sentences: tuple[str, ...]
    passages: tuple[str, ...] = ()
    how: str = ""
