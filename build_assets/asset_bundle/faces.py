"""Which fonts the bundle carries: families, weights and, per file, the web-font subsets merged into it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LATIN = ("latin", "latin-ext", "vietnamese")
CYRILLIC = ("cyrillic", "cyrillic-ext")
EUROPEAN = (*LATIN, *CYRILLIC, "greek", "greek-ext")

#: Scripts whose Noto Sans is small enough for two weights.
SCRIPTS = (
    "arabic",
    "armenian",
    "bengali",
    "devanagari",
    "ethiopic",
    "georgian",
    "gujarati",
    "gurmukhi",
    "hebrew",
    "kannada",
    "khmer",
    "lao",
    "malayalam",
    "myanmar",
    "sinhala",
    "tamil",
    "telugu",
    "thai",
)

#: Chinese (simplified, traditional), Japanese, Korean: about 4.5 MB a file, so one weight each.
EAST_ASIAN = ("sc", "tc", "jp", "kr")


@dataclass(frozen=True)
class Face:
    """One TTF to make.

    ``subsets`` are merged in order, and the first wins where they overlap; the first must exist, others may be
    missing. An empty tuple means every subset of the package. A ``variable`` package is cut at ``weight``.
    """

    package: str
    weight: int
    subsets: tuple[str, ...]
    variable: bool = False

    @property
    def npm_name(self) -> str:
        return f"@fontsource{'-variable' if self.variable else ''}/{self.package}"

    @property
    def file_name(self) -> str:
        return f"{self.package}-{self.weight}.ttf"


def _faces(package: str, weights: Iterable[int], subsets: Sequence[str]) -> list[Face]:
    return [Face(package, weight, tuple(subsets)) for weight in weights]


#: The slow ones first, so that a pool of workers ends evenly.
FACES: tuple[Face, ...] = (
    *(Face(f"noto-sans-{name}", 700, (), variable=True) for name in EAST_ASIAN),
    *_faces("inter", (400, 500, 600, 700, 800, 900), EUROPEAN),
    *_faces("noto-sans", (500, 700), EUROPEAN),
    *_faces("jetbrains-mono", (500,), EUROPEAN),
    *_faces("fraunces", (600, 700), LATIN),
    *_faces("playfair", (700,), (*LATIN, *CYRILLIC)),
    *_faces("caveat", (700,), (*LATIN, *CYRILLIC)),
    *_faces("anton", (400,), LATIN),
    *_faces("bebas-neue", (400,), LATIN),
    *_faces("patrick-hand", (400,), LATIN),
    *_faces("space-grotesk", (500, 700), LATIN),
    *_faces("noto-naskh-arabic", (600,), ("arabic", "latin", "latin-ext")),
    *_faces("noto-sans-math", (400,), ("latin",)),
    *(face for script in SCRIPTS for face in _faces(f"noto-sans-{script}", (500, 700), (script, "latin", "latin-ext"))),
)
