"""How far apart pairs of letters stand, read from a font's own GPOS table.

Lettering in scripts that need no shaping is set glyph by glyph with these values: drawing it as SVG takes ten times
as long, and the layout library that would apply them needs a system library that not every machine has.
Format: OpenType 1.9, "GPOS", lookup type 2 (and 9), and "cmap" formats 4 and 12.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_PAIR, _EXTENSION = 2, 9
_X_ADVANCE = 0x0004


@dataclass(frozen=True)
class _ByGlyph:
    """Format 1: an adjustment per pair of glyphs."""

    pairs: dict[int, dict[int, int]]

    def find(self, left: int, right: int) -> int | None:
        return self.pairs.get(left, {}).get(right)


@dataclass(frozen=True)
class _ByClass:
    """Format 2: an adjustment per pair of classes, for covered left glyphs."""

    covered: frozenset[int]
    left: dict[int, int]
    right: dict[int, int]
    rows: tuple[tuple[int, ...], ...]

    def find(self, left: int, right: int) -> int | None:
        if left not in self.covered:
            return None
        return self.rows[self.left.get(left, 0)][self.right.get(right, 0)]


@dataclass(frozen=True)
class Kerning:
    """``between`` gives the adjustment in em; 0 for pairs the font says nothing about."""

    units: int
    glyphs: dict[int, int]
    lookups: tuple[tuple[_ByGlyph | _ByClass, ...], ...]

    def between(self, left: str, right: str) -> float:
        first, second = self.glyphs.get(ord(left)), self.glyphs.get(ord(right))
        if first is None or second is None:
            return 0.0
        total = 0
        for lookup in self.lookups:
            for table in lookup:
                if (value := table.find(first, second)) is not None:
                    total += value
                    break
        return total / self.units


@lru_cache(maxsize=32)
def kerning_of(path: str) -> Kerning:
    """The font's pair adjustments; none when it has no such table."""
    data = Path(path).read_bytes()
    tables = {
        data[at : at + 4]: struct.unpack_from(">I", data, at + 8)[0] for at in range(12, 12 + 16 * _u16(data, 4), 16)
    }
    units = _u16(data, tables[b"head"] + 18)
    lookups = _lookups(data, tables[b"GPOS"]) if b"GPOS" in tables else ()
    return Kerning(units, _glyphs(data, tables[b"cmap"]), lookups)


def _u16(data: bytes, at: int) -> int:
    value: int = struct.unpack_from(">H", data, at)[0]
    return value


def _u32(data: bytes, at: int) -> int:
    value: int = struct.unpack_from(">I", data, at)[0]
    return value


def _i16(data: bytes, at: int) -> int:
    value: int = struct.unpack_from(">h", data, at)[0]
    return value


def _glyphs(data: bytes, cmap: int) -> dict[int, int]:
    """Code point → glyph index."""
    best: tuple[int, int] | None = None
    for i in range(_u16(data, cmap + 2)):
        platform, encoding = _u16(data, cmap + 4 + 8 * i), _u16(data, cmap + 6 + 8 * i)
        at = cmap + _u32(data, cmap + 8 + 8 * i)
        if platform in {0, 3} and (kind := _u16(data, at)) in {4, 12} and encoding != 0xFF:
            best = max(best or (0, 0), (kind, at))
    if best is None:
        return {}
    kind, at = best
    result: dict[int, int] = {}
    if kind == 12:
        for i in range(_u32(data, at + 12)):
            start, end, glyph = struct.unpack_from(">III", data, at + 16 + 12 * i)
            result.update({point: glyph + point - start for point in range(start, end + 1)})
        return result
    count = _u16(data, at + 6) // 2
    for i in range(count):
        end, start = _u16(data, at + 14 + 2 * i), _u16(data, at + 16 + 2 * count + 2 * i)
        delta, reach = _u16(data, at + 16 + 4 * count + 2 * i), _u16(data, at + 16 + 6 * count + 2 * i)
        for point in range(start, min(end, 0xFFFE) + 1):
            if reach == 0:
                glyph = (point + delta) & 0xFFFF
            else:
                glyph = _u16(data, at + 16 + 6 * count + 2 * i + reach + 2 * (point - start))
                glyph = (glyph + delta) & 0xFFFF if glyph else 0
            if glyph:
                result[point] = glyph
    return result


def _lookups(data: bytes, gpos: int) -> tuple[tuple[_ByGlyph | _ByClass, ...], ...]:
    features, lookups = gpos + _u16(data, gpos + 6), gpos + _u16(data, gpos + 8)
    wanted: set[int] = set()
    for i in range(_u16(data, features)):
        record = features + 2 + 6 * i
        if data[record : record + 4] == b"kern":
            feature = features + _u16(data, record + 4)
            wanted.update(_u16(data, feature + 4 + 2 * j) for j in range(_u16(data, feature + 2)))
    result: list[tuple[_ByGlyph | _ByClass, ...]] = []
    for index in sorted(wanted):
        lookup = lookups + _u16(data, lookups + 2 + 2 * index)
        kind = _u16(data, lookup)
        subtables: list[_ByGlyph | _ByClass] = []
        for j in range(_u16(data, lookup + 4)):
            at, inner = lookup + _u16(data, lookup + 6 + 2 * j), kind
            if inner == _EXTENSION:
                inner, at = _u16(data, at + 2), at + _u32(data, at + 4)
            if inner == _PAIR:
                subtables.append(_pair_table(data, at))
        if subtables:
            result.append(tuple(subtables))
    return tuple(result)


def _pair_table(data: bytes, at: int) -> _ByGlyph | _ByClass:
    covered = _coverage(data, at + _u16(data, at + 2))
    first, second = _u16(data, at + 4), _u16(data, at + 6)
    width, other = 2 * first.bit_count(), 2 * second.bit_count()
    place = 2 * (first & (_X_ADVANCE - 1)).bit_count() if first & _X_ADVANCE else None

    def value(record: int) -> int:
        return _i16(data, record + place) if place is not None else 0

    if _u16(data, at) == 1:
        pairs: dict[int, dict[int, int]] = {}
        for i, glyph in enumerate(covered):
            group = at + _u16(data, at + 10 + 2 * i)
            step = 2 + width + other
            pairs[glyph] = {
                _u16(data, group + 2 + step * j): value(group + 4 + step * j) for j in range(_u16(data, group))
            }
        return _ByGlyph(pairs)
    left, right = _classes(data, at + _u16(data, at + 8)), _classes(data, at + _u16(data, at + 10))
    rows, columns = _u16(data, at + 12), _u16(data, at + 14)
    step = width + other
    matrix = tuple(
        tuple(value(at + 16 + step * (row * columns + column)) for column in range(columns)) for row in range(rows)
    )
    return _ByClass(frozenset(covered), left, right, matrix)


def _coverage(data: bytes, at: int) -> list[int]:
    count = _u16(data, at + 2)
    if _u16(data, at) == 1:
        return [_u16(data, at + 4 + 2 * i) for i in range(count)]
    glyphs: list[int] = []
    for i in range(count):
        glyphs.extend(range(_u16(data, at + 4 + 6 * i), _u16(data, at + 6 + 6 * i) + 1))
    return glyphs


def _classes(data: bytes, at: int) -> dict[int, int]:
    if _u16(data, at) == 1:
        start = _u16(data, at + 2)
        return {start + i: _u16(data, at + 6 + 2 * i) for i in range(_u16(data, at + 4))}
    result: dict[int, int] = {}
    for i in range(_u16(data, at + 2)):
        start, end, group = struct.unpack_from(">HHH", data, at + 4 + 6 * i)
        result.update(dict.fromkeys(range(start, end + 1), group))
    return result
