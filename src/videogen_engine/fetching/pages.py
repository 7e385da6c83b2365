"""Web pages that stand for a file: the address that a page itself gives as its video, sound or picture."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin

from videogen_agents.contract import FileType

#: This much of a page is read; its head is at the beginning.
PAGE_BYTES: Final = 512 * 1024
_PROPERTIES: Final = {
    FileType.VIDEO: ("og:video:secure_url", "og:video:url", "og:video", "twitter:player:stream"),
    FileType.AUDIO: ("og:audio:secure_url", "og:audio:url", "og:audio"),
    FileType.IMAGE: ("og:image:secure_url", "og:image:url", "og:image"),
}


class _Head(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.given: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            return
        named = dict(attrs)
        name = (named.get("property") or named.get("name") or "").strip().lower()
        content = (named.get("content") or "").strip()
        if name and content:
            self.given.setdefault(name, content)


def is_page(head: bytes) -> bool:
    """Whether a file that begins so is HTML, whatever its server calls it."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    while start.startswith(b"<!--") and b"-->" in start:
        start = start.partition(b"-->")[2].lstrip()
    if start.startswith(b"<?xml"):
        start = start.partition(b"?>")[2].lstrip()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<title", b"<meta"))


def file_of_page(page: bytes, url: str, wanted: FileType | None) -> str | None:
    """The absolute address of the file that the page names as its own; None when it plainly names none.

    A player's page (``text/html``) is no file. Without a type wanted, only a video counts: every page has a picture.
    """
    reader = _Head()
    reader.feed(page.decode("utf-8", "replace"))
    reader.close()
    kind = wanted or FileType.VIDEO
    if kind not in _PROPERTIES:
        return None
    stated = reader.given.get(f"og:{kind.value.lower()}:type", "").lower()
    if stated.startswith("text/html") or "flash" in stated:
        return None
    found = next((reader.given[name] for name in _PROPERTIES[kind] if name in reader.given), None)
    return None if found is None else urljoin(url, found)
