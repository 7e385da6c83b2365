"""Pair kerning from a font's own tables.

Pillow's plain layout reads only the old ``kern`` table, which current fonts lack, and its other layout needs a
system library that not every machine has. So the pairs are read here: ``cmap`` for glyph numbers and ``GPOS``
pair adjustments (OpenType 1.9, lookup types 2 and 9), horizontal advance only.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

#: Scripts whose pairs are looked up under their own tag; others use the default one.
_TAGS = ((0x41, 0x24F, b"latn"), (0x1E00, 0x1EFF, b"latn"), (0x370, 0x3FF, b"grek"), (0x400, 0x52F, b"cyrl"))


class Kerning:
    """Pair kerning of one font file. A font without usable tables kerns nothing."""

    def __init__(self, path: Path) -> None:
        self._data = path.read_bytes()
        self._tables = self._directory()
        self._glyphs = self._character_map()
        self._units = self._u16(self._tables[b"head"] + 18) if b"head" in self._tables else 1000
        self._lookups: dict[bytes, list[int]] = {}
        self._pairs: dict[tuple[str, str], float] = {}

    def em(self, left: str, right: str) -> float:
        """The adjustment (em, mostly negative) between two characters."""
        key = (left, right)
        known = self._pairs.get(key)
        if known is None:
            known = self._pairs[key] = self._find(left, right) / self._units
        return known

    def _find(self, left: str, right: str) -> int:
        tag = _tag(left)
        first, second = self._glyph(left), self._glyph(right)
        if tag is None or first == 0 or second == 0 or b"GPOS" not in self._tables:
            return 0
        if tag not in self._lookups:
            self._lookups[tag] = self._kern_lookups(tag)
        return sum(self._lookup(offset, first, second) for offset in self._lookups[tag])

    def _lookup(self, offset: int, first: int, second: int) -> int:
        kind = self._u16(offset)
        for index in range(self._u16(offset + 4)):
            table = offset + self._u16(offset + 6 + 2 * index)
            actual = kind
            if kind == 9:
                actual, table = self._u16(table + 2), table + self._u32(table + 4)
            if actual != 2:
                continue
            found = self._pair(table, first, second)
            if found is not None:
                return found
        return 0

    def _pair(self, table: int, first: int, second: int) -> int | None:
        place = self._coverage(table + self._u16(table + 2), first)
        if place is None:
            return None
        formats = (self._u16(table + 4), self._u16(table + 6))
        sizes = tuple(2 * value.bit_count() for value in formats)
        advance = 2 * (formats[0] & 3).bit_count() if formats[0] & 4 else None
        if self._u16(table) == 1:
            pairs = table + self._u16(table + 10 + 2 * place)
            step = 2 + sum(sizes)
            low, high = 0, self._u16(pairs)
            while low < high:
                middle = (low + high) // 2
                at = pairs + 2 + middle * step
                glyph = self._u16(at)
                if glyph == second:
                    return self._s16(at + 2 + advance) if advance is not None else 0
                low, high = (middle + 1, high) if glyph < second else (low, middle)
            return None
        classes = (self._u16(table + 12), self._u16(table + 14))
        left = self._class(table + self._u16(table + 8), first)
        right = self._class(table + self._u16(table + 10), second)
        if left >= classes[0] or right >= classes[1] or advance is None:
            return 0
        return self._s16(table + 16 + (left * classes[1] + right) * sum(sizes) + advance)

    def _coverage(self, table: int, glyph: int) -> int | None:
        count = self._u16(table + 2)
        if self._u16(table) == 1:
            low, high = 0, count
            while low < high:
                middle = (low + high) // 2
                value = self._u16(table + 4 + 2 * middle)
                if value == glyph:
                    return middle
                low, high = (middle + 1, high) if value < glyph else (low, middle)
            return None
        for index in range(count):
            start, end, place = struct.unpack_from(">HHH", self._data, table + 4 + 6 * index)
            if start <= glyph <= end:
                return place + glyph - start
        return None

    def _class(self, table: int, glyph: int) -> int:
        if self._u16(table) == 1:
            start, count = self._u16(table + 2), self._u16(table + 4)
            return self._u16(table + 6 + 2 * (glyph - start)) if start <= glyph < start + count else 0
        for index in range(self._u16(table + 2)):
            start, end, value = struct.unpack_from(">HHH", self._data, table + 4 + 6 * index)
            if start <= glyph <= end:
                return value
        return 0

    def _kern_lookups(self, tag: bytes) -> list[int]:
        """Offsets of the lookups that the kern feature of a script's default language uses."""
        base = self._tables[b"GPOS"]
        scripts = base + self._u16(base + 4)
        features = base + self._u16(base + 6)
        lookups = base + self._u16(base + 8)
        found: dict[bytes, int] = {}
        for index in range(self._u16(scripts)):
            at = scripts + 2 + 6 * index
            found[self._data[at : at + 4]] = scripts + self._u16(at + 4)
        script = found.get(tag, found.get(b"DFLT", 0))
        if not script or not self._u16(script):
            return []
        language = script + self._u16(script)
        numbers: list[int] = []
        for index in range(self._u16(language + 4)):
            at = features + 2 + 6 * self._u16(language + 6 + 2 * index)
            if self._data[at : at + 4] == b"kern":
                feature = features + self._u16(at + 4)
                numbers.extend(self._u16(feature + 4 + 2 * place) for place in range(self._u16(feature + 2)))
        return [lookups + self._u16(lookups + 2 + 2 * number) for number in sorted(set(numbers))]

    def _character_map(self) -> tuple[Sequence[int], Sequence[tuple[int, int, int, int]]]:
        """Segments of the best Unicode cmap: ends, and (start, end, delta, offset of the range or -1)."""
        if b"cmap" not in self._tables:
            return (), ()
        base = self._tables[b"cmap"]
        offsets = [base + self._u32(base + 8 + 8 * index) for index in range(self._u16(base + 2))]
        best = max((at for at in offsets if self._u16(at) in {4, 12}), key=self._u16, default=0)
        segments: list[tuple[int, int, int, int]] = []
        if best and self._u16(best) == 12:
            for index in range(self._u32(best + 12)):
                start, end, glyph = struct.unpack_from(">III", self._data, best + 16 + 12 * index)
                segments.append((start, end, glyph - start, -1))
        elif best:
            count = self._u16(best + 6) // 2
            for index in range(count):
                end = self._u16(best + 14 + 2 * index)
                start = self._u16(best + 16 + 2 * (count + index))
                delta = self._s16(best + 16 + 2 * (2 * count + index))
                place = best + 16 + 2 * (3 * count + index)
                within = self._u16(place)
                segments.append((start, end, delta, place + within if within else -1))
        return tuple(segment[1] for segment in segments), tuple(segments)

    def _glyph(self, char: str) -> int:
        ends, segments = self._glyphs
        point = ord(char)
        at = bisect_right(ends, point - 1)
        if at >= len(segments) or segments[at][0] > point:
            return 0
        start, _, delta, place = segments[at]
        if place < 0:
            return (point + delta) & 0xFFFF
        glyph = self._u16(place + 2 * (point - start))
        return (glyph + delta) & 0xFFFF if glyph else 0

    def _directory(self) -> dict[bytes, int]:
        count = self._u16(4)
        return {self._data[at : at + 4]: self._u32(at + 8) for at in range(12, 12 + 16 * count, 16)}

    def _u16(self, at: int) -> int:
        return int.from_bytes(self._data[at : at + 2], "big")

    def _s16(self, at: int) -> int:
        return int.from_bytes(self._data[at : at + 2], "big", signed=True)

    def _u32(self, at: int) -> int:
        return int.from_bytes(self._data[at : at + 4], "big")


def _tag(char: str) -> bytes | None:
    """The script tag that a pair is looked up under; None for characters that are not kerned here."""
    point = ord(char)
    if point < 0x41 or 0x2010 <= point <= 0x205E:
        return b"latn"
    return next((tag for low, high, tag in _TAGS if low <= point <= high), None)


@lru_cache(maxsize=16)
def kerning_of(path: Path) -> Kerning:
    """The kerning of a font file; read once."""
    return Kerning(path)
