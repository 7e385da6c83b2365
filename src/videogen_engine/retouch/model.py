"""Input and output of the retouching stages. Sides are pixels, times seconds."""

from __future__ import annotations

from typing import Final

from videogen_engine.frozen import Frozen
from videogen_engine.probe_model import Thumbnail
from videogen_engine.stage import MediaRef

#: The stages' names in the registry.
CUT_OUT: Final = "cut_out"
TRACE: Final = "trace"
ENLARGE_IMAGE: Final = "enlarge_image"
DEPTH: Final = "depth"
CUT_OUT_VIDEO: Final = "cut_out_video"
ENLARGE_VIDEO: Final = "enlarge_video"

#: A larger side of a picture is scaled down to this for cutting out and tracing.
MOST_SIDE: Final = 3000
TRACED_SIDE: Final = 1400
#: The longest side of what is enlarged to.
ENLARGED_SIDE: Final = 8192
ENLARGED_VIDEO_LINES: Final = 2160
#: The longest videos that are worked on.
CUT_OUT_SECONDS: Final = 60.0
ENLARGED_SECONDS: Final = 60.0
#: The length of the movement over a still.
DEPTH_SECONDS: Final = 5.0


class RetouchRequest(Frozen):
    """``lines`` caps the short side of what comes out; ``variant`` counts results that differ."""

    media: MediaRef
    lines: int | None = None
    variant: int = 0


class Retouched(Frozen):
    """``seconds`` is None for stills. ``notes`` are sentences about how it was done."""

    media: MediaRef
    width: int
    height: int
    thumbnail: Thumbnail
    seconds: float | None = None
    notes: tuple[str, ...] = ()
