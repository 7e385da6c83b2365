"""Documents to make films of: a report as PDF, written by hand, and a deck with notes as PPTX."""

from __future__ import annotations

from io import BytesIO

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
