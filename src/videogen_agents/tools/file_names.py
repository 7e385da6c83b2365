"""File names that a person recognises and every file system takes."""

from __future__ import annotations

import re
import unicodedata

#: File systems count bytes (255), and a download needs some for its temporary neighbour.
MAX_STEM_BYTES = 120
MAX_NAME_BYTES = 200


def file_stem(title: str) -> str:
    """A file name from a title: letters and digits of any script, at most 60 characters and 120 bytes."""
    text = unicodedata.normalize("NFC", title).lower().encode("utf-8", "ignore").decode()
    words = re.sub(r"[^\w]+", "-", text).strip("-_")[:60]
    return words.encode()[:MAX_STEM_BYTES].decode("utf-8", "ignore").strip("-_") or "video"
