"""How large an export is: the contract names tiers, this engine gives them lines.

STANDARD 480, HIGH 720, FULL_HIGH 1080, ULTRA_HIGH 2160 lines on the short side. Left out: 1080. ``docs/exports.md``.
"""

from __future__ import annotations

from collections.abc import Mapping

from videogen_agents.contract import AspectRatio, ExportProjectRequest, ExportQuality
from videogen_agents.errors import InputError
from videogen_engine.render.size import frame_size
from videogen_engine.settings import EngineSettings
from videogen_engine.store.records import NewExport

_LINES: Mapping[ExportQuality, int] = {
    ExportQuality.STANDARD: 480,
    ExportQuality.HIGH: 720,
    ExportQuality.FULL_HIGH: 1080,
    ExportQuality.ULTRA_HIGH: 2160,
}
#: The longest side may be this many times the shortest.
MOST_ELONGATED = 4
#: A ratio's integers are small; anything larger is a mistake.
_MOST_UNITS = 10_000


def check_ratio(ratio: AspectRatio) -> tuple[int, int]:
    """The ratio's integers. Raises InputError for a shape that no film has."""
    if max(ratio.width, ratio.height) > _MOST_UNITS:
        raise InputError(
            f"aspectRatio takes whole numbers up to {_MOST_UNITS}.", next_step="Use 16:9, 9:16, 1:1 or 4:5."
        )
    if max(ratio.width, ratio.height) > MOST_ELONGATED * min(ratio.width, ratio.height):
        raise InputError(
            f"aspectRatio {ratio.width}:{ratio.height} is more elongated than {MOST_ELONGATED}:1.",
            next_step="Use 16:9, 9:16, 1:1 or 4:5.",
        )
    return ratio.width, ratio.height


def new_export(
    settings: EngineSettings,
    ratio: tuple[int, int],
    request: ExportProjectRequest | None,
    *,
    temporary: bool = False,
    timeline_version: int | None = None,
) -> NewExport:
    """Size and encoding of an export, fixed when it is asked for."""
    quality = None if request is None else request.quality
    lines = settings.render_lines or (settings.default_lines if quality is None else _LINES[quality])
    width, height = frame_size(*ratio, lines)
    return NewExport(
        width=width, height=height, encoding=settings.encoding, temporary=temporary, timeline_version=timeline_version
    )
