"""JSON as text: where each value stands, so that one can be added and the rest stays byte for byte.

Comments and trailing commas are read where a host allows them. Raises InputError for what is not JSON.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from pydantic import JsonValue

from videogen_agents.errors import InputError

MAX_DEPTH = 100
_SPACE = re.compile(r"[ \t\r\n]*")
_SPACE_AND_COMMENTS = re.compile(r"(?:[ \t\r\n]+|//[^\r\n]*|/\*.*?\*/)*", re.DOTALL)
_ATOM = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*"|-?[0-9][0-9.eE+-]*|true|false|null')


@dataclass
class Node:
    """A value and its span: ``text[start:end]``. ``last_end`` is where a container's last item ends, ``comma``
    whether a comma follows that item."""

    start: int
    end: int = 0
    value: JsonValue = None
    members: dict[str, Node] = field(default_factory=dict)
    items: list[Node] = field(default_factory=list)
    last_end: int | None = None
    comma: bool = False


class JsonText:
    """A parsed JSON text."""

    def __init__(self, text: str, *, comments: bool = False) -> None:
        self.text = text
        self._gap = _SPACE_AND_COMMENTS if comments else _SPACE
        self._comments = comments
        self.root = self._value(self._skip(1 if text.startswith("\ufeff") else 0), 0)
        if self._skip(self.root.end) != len(text):
            raise self._broken(self.root.end)

    def with_member(self, container: Node, key: str, value: JsonValue) -> str:
        """The text with one member more at the end of an object."""
        return self._with_item(container, f"{json.dumps(key, ensure_ascii=False)}: ", value)

    def with_element(self, container: Node, value: JsonValue) -> str:
        """The text with one element more at the end of an array."""
        return self._with_item(container, "", value)

    def replaced(self, node: Node, value: JsonValue) -> str:
        """The text with another value in a value's place."""
        rendered = self._rendered(value, self._indent_at(node.start))
        return self.text[: node.start] + rendered + self.text[node.end :]

    def _with_item(self, container: Node, label: str, value: JsonValue) -> str:
        closing = container.end - 1
        own = self._indent_at(container.start)
        first = next(iter((*container.members.values(), *container.items)), None)
        one_line = first is not None and "\n" not in self.text[container.start : container.end]
        inner = own + self._unit()
        if first is not None and not one_line:
            inner = self._indent_at(first.start)
        body = label + (json.dumps(value, ensure_ascii=False) if one_line else self._rendered(value, inner))
        at = self._content_end(container)
        addition = f" {body}" if one_line else f"{self._newline()}{inner}{body}"
        if not one_line and "\n" not in self.text[at:closing]:
            addition += self._newline() + own
        head, tail = self.text[:at] + addition, self.text[at:]
        if container.last_end is not None and not container.comma:
            head = head[: container.last_end] + "," + head[container.last_end :]
        return head + tail

    def _content_end(self, container: Node) -> int:
        """Where the last thing in a container ends, a comment counted as a thing."""
        at = container.end - 1
        begin = container.last_end if container.last_end is not None else container.start + 1
        return begin + len(self.text[begin:at].rstrip(" \t\r\n"))

    def _rendered(self, value: JsonValue, indent: str) -> str:
        text = json.dumps(value, ensure_ascii=False, indent=self._unit())
        return text.replace("\n", self._newline() + indent)

    def _newline(self) -> str:
        return "\r\n" if "\r\n" in self.text else "\n"

    def _unit(self) -> str:
        found = re.search(r"\n([ \t]+)\S", self.text)
        return found[1] if found else "  "

    def _indent_at(self, at: int) -> str:
        line = self.text.rfind("\n", 0, at) + 1
        found = re.match(r"[ \t]*", self.text[line:at])
        return found[0] if found else ""

    def _skip(self, at: int) -> int:
        found = self._gap.match(self.text, at)
        return found.end() if found else at

    def _value(self, at: int, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise self._broken(at)
        opening = self.text[at : at + 1]
        if opening == "{":
            return self._container(at, "}", depth)
        if opening == "[":
            return self._container(at, "]", depth)
        found = _ATOM.match(self.text, at)
        try:
            if found is None:
                raise ValueError
            return Node(at, found.end(), json.loads(found[0]))
        except ValueError:
            raise self._broken(at) from None

    def _container(self, start: int, closing: str, depth: int) -> Node:
        node = Node(start)
        at = self._skip(start + 1)
        while self.text[at : at + 1] != closing:
            if node.last_end is not None and not node.comma:
                raise self._broken(at)
            at = self._member(node, at, depth) if closing == "}" else self._element(node, at, depth)
            node.last_end, node.comma = at, False
            at = self._skip(at)
            if self.text[at : at + 1] == ",":
                node.comma = True
                at = self._skip(at + 1)
        if node.comma and not self._comments:
            raise self._broken(at)
        node.end = at + 1
        node.value = (
            {key: member.value for key, member in node.members.items()}
            if closing == "}"
            else [item.value for item in node.items]
        )
        return node

    def _member(self, node: Node, at: int, depth: int) -> int:
        key = self._value(at, depth + 1)
        colon = self._skip(key.end)
        if not isinstance(key.value, str) or self.text[colon : colon + 1] != ":":
            raise self._broken(at)
        if key.value in node.members:
            raise self._broken(at, "the name stands there twice")
        member = self._value(self._skip(colon + 1), depth + 1)
        node.members[key.value] = member
        return member.end

    def _element(self, node: Node, at: int, depth: int) -> int:
        element = self._value(at, depth + 1)
        node.items.append(element)
        return element.end

    def _broken(self, at: int, why: str = "this is not JSON") -> InputError:
        line = self.text.count("\n", 0, at) + 1
        return InputError(
            f"Line {line}: {why}.", code="config_unreadable", next_step="Mend the file, or name another one."
        )
