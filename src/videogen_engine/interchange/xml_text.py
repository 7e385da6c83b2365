"""Elements of an XML document, with text that every parser takes."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

#: Characters that XML 1.0 has no way to write.
_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(parent: Element, tag: str, text: object = None, /, **attributes: object) -> Element:
    """A child of ``parent``; what XML cannot carry is dropped from its texts."""
    child = SubElement(parent, tag, {name: clean(str(value)) for name, value in attributes.items()})
    if text is not None:
        child.text = clean(str(text))
    return child


def clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def document(root: Element, doctype: str) -> str:
    """The whole file as text, indented, with the document type that importers look for."""
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE {doctype}>\n{tostring(root, encoding="unicode")}\n'
