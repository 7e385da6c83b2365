"""Documents to make films of: a report as PDF, written by hand, and a deck with notes as PPTX.

``python tests/slides/documents.py FOLDER`` writes both there, to be looked at.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

Colour = tuple[float, float, float]
NAVY, BLUE, ORANGE, GREY, WHITE = (
    (0.09, 0.16, 0.3),
    (0.13, 0.42, 0.76),
    (0.95, 0.5, 0.15),
    (0.35, 0.38, 0.43),
    (1, 1, 1),
)
WIDE = (960.0, 540.0)


class Page:
    """One page's drawing. Points, from the lower left corner, as PDF counts them."""

    def __init__(self, size: tuple[float, float] = WIDE) -> None:
        self.size = size
        self._content: list[str] = []

    def box(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        self._content.append(f"{_rgb(colour)} rg {x} {y} {width} {height} re f")

    def text(self, x: float, y: float, size: float, words: str, colour: Colour = NAVY, *, bold: bool = False) -> None:
        safe = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        font = "F2" if bold else "F1"
        self._content.append(f"BT {_rgb(colour)} rg /{font} {size} Tf {x} {y} Td ({safe}) Tj ET")

    def content(self) -> bytes:
        return "\n".join(self._content).encode("cp1252", "replace")


def _rgb(colour: Colour) -> str:
    return " ".join(f"{part:g}" for part in colour)


def pdf(pages: list[Page], *, encrypt: bool = False) -> bytes:
    """The file. With ``encrypt`` it names a password that nobody knows."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects.append(f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode())
    for name in ("Helvetica", "Helvetica-Bold"):
        objects.append(f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode())
    for number, page in enumerate(pages):
        width, height = page.size
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:g} {height:g}] /Contents {6 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>".encode()
        )
        content = page.content()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    trailer = ""
    if encrypt:
        objects.append(b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"a1" * 32 + b"> /U <" + b"5c" * 32 + b"> >>")
        trailer = f" /Encrypt {len(objects)} 0 R /ID [<00> <00>]"
    out = BytesIO(b"%PDF-1.7\n")
    out.seek(0, 2)
    offsets: list[int] = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R{trailer} >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


_REPORT: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Why we measured", ("Riders asked for fewer gaps", "Drivers reported late turns", "The budget stayed the same")),
    ("How we measured", ("Counters at 48 stops", "Six weeks in spring", "Every ride, anonymous")),
    ("What changed", ("Two lines were merged", "Evening service every 15 minutes", "Shorter stops in the centre")),
    ("Rides by month", ()),
    ("What riders say", ("“I no longer check the clock.”", "Complaints fell by a third")),
    ("Waiting time", ()),
    ("What it cost", ("0.4 million for counters", "No new vehicles", "Savings in fuel paid for half")),
    ("What went wrong", ("Three weeks of wrong signs", "A broken counter at the harbour")),
    ("What we learned", ("Small changes first", "Tell people early", "Count before you cut")),
    ("What comes next", ("Night service on weekends", "Counters at every stop", "A new map in autumn")),
)


def report() -> bytes:
    """A report of twelve pages: a dark title, lists, two charts, a dark end."""
    pages = [_cover("City Buses, One Year On", "Report of the transport office")]
    for number, (title, points) in enumerate(_REPORT, 2):
        page = Page()
        page.box(0, 0, *WIDE, WHITE)
        page.box(0, 528, 960, 12, BLUE)
        page.text(64, 440, 40, title, bold=True)
        page.box(64, 422, 90, 5, ORANGE)
        for row, point in enumerate(points):
            page.box(66, 352 - 62 * row, 12, 12, BLUE)
            page.text(96, 350 - 62 * row, 26, point, GREY)
        if not points:
            _chart(page, seed=number)
        page.text(880, 24, 14, f"{number} / 12", GREY)
        pages.append(page)
    pages.append(_cover("Thank you", "Questions: ask at the desk"))
    return pdf(pages)


def _cover(title: str, below: str) -> Page:
    page = Page()
    page.box(0, 0, *WIDE, NAVY)
    page.box(64, 250, 120, 6, ORANGE)
    page.text(64, 280, 56, title, WHITE, bold=True)
    page.text(64, 205, 24, below, (0.75, 0.8, 0.9))
    return page


def _chart(page: Page, seed: int) -> None:
    page.box(64, 80, 832, 2, GREY)
    for month in range(12):
        height = 70 + (month * 37 + seed * 53) % 190
        page.box(76 + month * 69, 82, 46, height, ORANGE if month == 7 else BLUE)
        page.text(84 + month * 69, 58, 14, "JFMAMJJASOND"[month], GREY)


def plain(count: int, size: tuple[float, float] = WIDE, words: str = "Page") -> bytes:
    """``count`` pages with a heading each."""
    pages: list[Page] = []
    for number in range(1, count + 1):
        page = Page(size)
        page.text(size[0] * 0.06, size[1] * 0.6, min(size) * 0.1, f"{words} {number}", bold=True)
        pages.append(page)
    return pdf(pages)


def _photo(width: int = 640, height: int = 420) -> bytes:
    """An evening over hills."""
    across, down = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    sky = np.stack([200 - 150 * down, 140 + 40 * down, 90 + 160 * down], axis=2)
    for number, tone in enumerate(((90, 110, 70), (70, 85, 50), (45, 60, 35))):
        hills = 0.55 + 0.14 * number + 0.06 * np.sin(across * (5 + 3 * number) + number)
        sky[down > hills] = tone
    return cv2.imencode(".png", sky.clip(0, 255).astype(np.uint8))[1].tobytes()


NOTES = (
    "Hello and welcome. This is the story of our small garden.",
    "Four things made the difference, and none of them costs much.",
    "The harvest doubled in three years.",
    "",
    "Most of the water now comes from the roof.",
    "Here is what each bed gave, in kilograms.",
    "Temperature and rain went different ways this summer.",
    "This is the view from the tool shed, one evening in June.",
    "Next year we start earlier.",
    "Thank you. Come and see us.",
)


def deck() -> bytes:
    """Ten slides with notes: lists, column, ring, line and bar charts, a table, a picture."""
    show = Presentation()
    show.slide_width, show.slide_height = Inches(13.333), Inches(7.5)

    def slide(title: str, layout: int = 5, lines: tuple[tuple[str, int], ...] = ()):
        made = show.slides.add_slide(show.slide_layouts[layout])
        made.shapes.title.text = title
        if lines:
            frame = made.placeholders[1].text_frame
            for number, (text, level) in enumerate(lines):
                paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
                paragraph.text, paragraph.level = text, level
        made.notes_slide.notes_text_frame.text = NOTES[len(show.slides) - 1]
        return made

    def chart(on: object, kind: XL_CHART_TYPE, names: list[str], **series: tuple[float, ...]) -> None:
        data = CategoryChartData()
        data.categories = names
        for name, values in series.items():
            data.add_series(name, values)
        on.shapes.add_chart(kind, Inches(1), Inches(2), Inches(11), Inches(5), data)  # type: ignore[attr-defined]

    slide("Our Small Garden", 0, (("Three years in numbers", 0),))
    slide(
        "What made the difference",
        1,
        (
            ("Compost from the kitchen", 0),
            ("Turned every second week", 1),
            ("Rain water from the roof", 0),
            ("Flowers between the beds", 0),
            ("Bees came by themselves", 1),
            ("Patience", 0),
        ),
    )
    chart(slide("The harvest doubled"), XL_CHART_TYPE.COLUMN_CLUSTERED, ["2023", "2024", "2025"], kg=(41, 63, 84))
    slide("Part two: water", 2)
    chart(slide("Where the water comes from"), XL_CHART_TYPE.PIE, ["Roof", "Well", "Tap"], share=(61, 27, 12))
    table = slide("What each bed gave").shapes.add_table(4, 4, Inches(1), Inches(2), Inches(11), Inches(3)).table
    rows = (
        ("Bed", "2023", "2024", "2025"),
        ("Beans", "9", "14", "21"),
        ("Tomatoes", "20", "28", "36"),
        ("Kale", "12", "21", "27"),
    )
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            table.cell(y, x).text = cell
    months = ["Apr", "May", "Jun", "Jul", "Aug", "Sep"]
    chart(
        slide("A dry summer"), XL_CHART_TYPE.LINE, months, warmth=(9, 14, 18, 22, 21, 15), rain=(60, 55, 30, 12, 18, 44)
    )
    picture = slide("From the tool shed", 1, (("June, nine in the evening", 0), ("The beans are up", 0)))
    picture.shapes.add_picture(BytesIO(_photo()), Inches(7), Inches(2), Inches(5.5))
    chart(
        slide("Hours of work by task"),
        XL_CHART_TYPE.BAR_CLUSTERED,
        ["Watering", "Weeding", "Harvest", "Talking"],
        h=(31, 44, 26, 52),
    )
    slide("Thank you", 0, (("Every Saturday at ten", 0),))
    out = BytesIO()
    show.save(out)
    return out.getvalue()


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    (folder / "report.pdf").write_bytes(report())
    (folder / "garden.pptx").write_bytes(deck())
