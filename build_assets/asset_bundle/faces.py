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


#: Signs that texts use and that the text fonts lack: arrows, operators, shapes, check marks, stars.
SIGNS = ((0x2190, 0x21FF), (0x2200, 0x22FF), (0x25A0, 0x25FF), (0x2600, 0x27BF), (0x2153, 0x215E))


@dataclass(frozen=True)
class Source:
    """One web-font file: ``subset`` of an npm package, cut to the inclusive code point ``ranges`` when given."""

    npm_name: str
    subset: str
    weight: int
    ranges: tuple[tuple[int, int], ...] = ()

    @property
    def package(self) -> str:
        return self.npm_name.rpartition("/")[2]


@dataclass(frozen=True)
class Face:
    """One TTF to make, called after ``npm_name``.

    ``sources`` are merged in order, and the first wins where they overlap; the first must exist, others may be
    missing. A variable package instead gives its ``subsets`` (empty: all of them), cut at the place ``axes``.
    """

    npm_name: str
    weight: int
    sources: tuple[Source, ...] = ()
    subsets: tuple[str, ...] = ()
    axes: tuple[tuple[str, float], ...] = ()

    @property
    def package(self) -> str:
        return self.npm_name.rpartition("/")[2]

    @property
    def file_name(self) -> str:
        return f"{self.package}-{self.weight}.ttf"


def _faces(package: str, weights: Iterable[int], subsets: Sequence[str], *extra: Source) -> list[Face]:
    npm_name = f"@fontsource/{package}"
    return [
        Face(npm_name, weight, (*(Source(npm_name, subset, weight) for subset in subsets), *extra))
        for weight in weights
    ]


def _script_faces(script: str) -> list[Face]:
    """Letters of the script with the Latin ones of Noto Sans: the script packages' own differ in weight."""
    npm_name = f"@fontsource/noto-sans-{script}"
    return [
        Face(
            npm_name,
            weight,
            (
                Source(npm_name, script, weight),
                Source("@fontsource/noto-sans", "latin", weight),
                Source("@fontsource/noto-sans", "latin-ext", weight),
            ),
        )
        for weight in (500, 700)
    ]


def _cut(package: str, weight: int, subsets: Sequence[str] = (), **axes: float) -> Face:
    places = tuple(sorted({"wght": float(weight), **axes}.items()))
    return Face(f"@fontsource-variable/{package}", weight, (), tuple(subsets), places)


#: The slow ones first, so that a pool of workers ends evenly.
FACES: tuple[Face, ...] = (
    *(_cut(f"noto-sans-{name}", 700) for name in EAST_ASIAN),
    *_faces("inter", (400, 500, 600, 700, 800, 900), EUROPEAN),
    *_faces("noto-sans", (500, 700), EUROPEAN, Source("@fontsource/noto-sans-math", "latin", 400, SIGNS)),
    *_faces("jetbrains-mono", (500,), EUROPEAN),
    *_faces("fraunces", (600, 700), LATIN),
    # Its default optical size is that of small print; this is the size of a headline.
    _cut("playfair", 700, (*LATIN, *CYRILLIC), opsz=60.0, wdth=100.0),
    *_faces("caveat", (700,), (*LATIN, *CYRILLIC)),
    *_faces("anton", (400,), LATIN),
    *_faces("bebas-neue", (400,), LATIN),
    *_faces("patrick-hand", (400,), LATIN),
    *_faces("space-grotesk", (500, 700), LATIN),
    *_faces("noto-naskh-arabic", (600,), ("arabic", "latin", "latin-ext")),
    *(face for script in SCRIPTS for face in _script_faces(script)),
)
