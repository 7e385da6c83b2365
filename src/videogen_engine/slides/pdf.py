"""PDF files, through pdfium. It is native code without threads of its own: one caller at a time."""

from __future__ import annotations

import ctypes
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import islice
from mmap import ACCESS_READ, mmap
from pathlib import Path
from threading import Lock
from typing import Final, Protocol, cast

import numpy as np
import pypdfium2
from pypdfium2 import raw

from videogen_agents.errors import InputError
from videogen_engine.visuals.pixels import Pixels

#: Half an inch of a page at 72 points to the inch: what is smaller is no page, what is larger no paper.
_LEAST_POINTS, _MOST_POINTS = 4.0, 200_000.0
_MOST_TEXT: Final = 20_000
_MOST_FONTS: Final = 200
#: pdfium's own numbers of what went wrong.
_PASSWORD, _SECURITY = 4, 5
_ONE_AT_A_TIME = Lock()


class _Bitmap(Protocol):
    def to_numpy(self) -> Pixels: ...


class _TextPage(Protocol):
    def get_text_bounded(self) -> str: ...


class _Matrix(Protocol):
    @property
    def d(self) -> float: ...


class _PageObject(Protocol):
    @property
    def raw(self) -> object: ...

    def get_matrix(self) -> _Matrix: ...

    def get_bounds(self) -> tuple[float, float, float, float]: ...


class PdfPage(Protocol):
    """What we use of pdfium's page."""

    def get_objects(self, *, filter: list[int], max_depth: int) -> Iterator[_PageObject]: ...  # noqa: A002  # its own name

    def get_size(self) -> tuple[float, float]: ...

    def render(self, *, scale: float) -> _Bitmap: ...

    def get_textpage(self) -> _TextPage: ...


class PdfDocument(Protocol):
    """What we use of pdfium's document."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int) -> PdfPage: ...

    def close(self) -> None: ...


def is_pdf(path: Path) -> bool:
    """By its first bytes; what a client called its type is not asked."""
    with path.open("rb") as stream:
        return stream.read(5) == b"%PDF-"


@contextmanager
def pdf_document(path: Path) -> Generator[PdfDocument]:
    """The open document. Raises InputError for one that is locked, broken or empty."""
    with _ONE_AT_A_TIME:
        try:
            document = cast("PdfDocument", pypdfium2.PdfDocument(path))
        except pypdfium2.PdfiumError as error:
            raise _refused(error, path) from error
        try:
            if len(document) == 0:
                raise _damaged()
            yield document
        except pypdfium2.PdfiumError as error:
            raise _damaged() from error
        finally:
            document.close()


def page_size(document: PdfDocument, number: int) -> tuple[float, float]:
    """Width and height in points as shown. Raises InputError for a page that is no page."""
    width, height = document[number].get_size()
    if not (_LEAST_POINTS <= width <= _MOST_POINTS and _LEAST_POINTS <= height <= _MOST_POINTS):
        raise InputError(
            f"Page {number + 1} measures {width:.0f} × {height:.0f} points, which cannot be shown.",
            code="damaged_media",
            next_step="Give every page of the document a usual size and export it again.",
        )
    return width, height


def page_text(document: PdfDocument, number: int) -> str:
    """The words on a page, at most 20,000 characters of them."""
    text = document[number].get_textpage().get_text_bounded()
    clean = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").replace("\ufffe", "-")
    return clean[:_MOST_TEXT].encode("utf-8", "replace").decode("utf-8").strip()


def page_fonts(document: PdfDocument, number: int) -> list[tuple[str, float, int]]:
    """For each of the page's first texts the name of its font, its size in points, and its characters."""
    found: list[tuple[str, float, int]] = []
    for text in islice(document[number].get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=4), _MOST_FONTS):
        font = raw.FPDFTextObj_GetFont(text.raw)
        name = ctypes.create_string_buffer(128)
        size = ctypes.c_float()
        if not font or not raw.FPDFFont_GetBaseFontName(font, name, 128):
            continue
        raw.FPDFTextObj_GetFontSize(text.raw, ctypes.byref(size))
        tall = abs(size.value * text.get_matrix().d)
        left, _, right, _ = text.get_bounds()
        letters = max(1, round((right - left) / max(1.0, tall) * 2))
        # Fonts of which a part is embedded are named "ABCDEF+Georgia".
        found.append((name.value.decode("utf-8", "replace").rpartition("+")[2], tall, letters))
    return found


def draw_page(document: PdfDocument, number: int, width: int, height: int) -> Pixels:
    """The page as BGR, as large as fits into ``width`` × ``height`` px, drawn at just that size."""
    wide, high = page_size(document, number)
    # pdfium rounds both sides up.
    scale = min((width - 0.01) / wide, (height - 0.01) / high)
    drawn = document[number].render(scale=scale).to_numpy()
    return np.ascontiguousarray(drawn[:height, :width, :3])


def _refused(error: pypdfium2.PdfiumError, path: Path) -> InputError:
    # pdfium's binding leaves the attribute's type out.
    code: object = getattr(error, "err_code", None)
    # pdfium does not always reset its code: it may be that of the document before.
    if code in {_PASSWORD, _SECURITY} and _names_encryption(path):
        return InputError(
            "The PDF is protected by a password, so its pages cannot be read.",
            code="encrypted_document",
            next_step="Save a copy without the password and upload that.",
        )
    return _damaged()


def _names_encryption(path: Path) -> bool:
    """Whether the file has an encryption dictionary; its name is never encrypted itself."""
    if path.stat().st_size == 0:
        return False
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        return content.find(b"/Encrypt") >= 0


def _damaged() -> InputError:
    return InputError(
        "The PDF is damaged or has no pages, and cannot be read.",
        code="damaged_media",
        next_step="Export it again from where it was made, and upload the new file.",
    )
