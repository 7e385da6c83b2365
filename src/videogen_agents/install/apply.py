"""Put an entry into a host's file: read, add, check, write whole or not at all."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

from videogen_agents.errors import BusyError, InputError, InternalError
from videogen_agents.install.hosts import Entry, Host
from videogen_agents.install.json_text import JsonText, Node

MAX_FILE_BYTES = 50_000_000
#: Times a file that changes under our hands is read again.
TRIES = 5


class Outcome(StrEnum):
    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Change:
    """``backup`` is the former file, kept when something in it was replaced."""

    path: Path
    outcome: Outcome
    backup: Path | None = None


def preview(host: Host, name: str, entry: Entry) -> str:
    """The entry as it would stand in an empty file."""
    return _changed("", host, name, entry, replace=False)[0]


def apply(host: Host, path: Path, name: str, entry: Entry, *, replace: bool = False) -> Change:
    """Add ``entry`` as ``name`` to the file at ``path``, which need not exist.

    Raises InputError for a file that cannot be read, and for another entry of that name unless ``replace``.
    """
    # A settings file is often a link into a folder of dotfiles; the link stays.
    target = Path(os.path.realpath(path))
    for _ in range(TRIES):
        before = _read(target)
        text = _text(before, path)
        try:
            after, outcome = _changed(text, host, name, entry, replace=replace)
        except InputError as error:
            raise InputError(f"{path}: {error.message}", code=error.code, next_step=error.next_step) from error
        if outcome is Outcome.UNCHANGED:
            return Change(path, outcome)
        backup = _back_up(target, before) if outcome is Outcome.REPLACED and before is not None else None
        if _write(target, _bytes(after), before):
            return Change(path, outcome, backup)
    raise BusyError(f"{path} is being changed by another program.", next_step="Close the host and try again.")


def _changed(text: str, host: Host, name: str, entry: Entry, *, replace: bool) -> tuple[str, Outcome]:
    return (_changed_toml if host.toml else _changed_json)(text, host, name, entry, replace)


def _changed_json(text: str, host: Host, name: str, entry: Entry, replace: bool) -> tuple[str, Outcome]:
    old = _object(text if text.strip("\ufeff \t\r\n") else f"{text}{{}}\n", host, ())
    expected = cast("dict[str, Any]", json.loads(json.dumps(old.root.value)))
    if host.table in expected:
        _object(text, host, (host.table,))
    servers: dict[str, Any] = expected.setdefault(host.table, {})
    present: object = servers.get(name)
    wanted = _merged(present, entry)
    if present == wanted:
        return text, Outcome.UNCHANGED
    if present is not None and not replace:
        raise _differs(name)
    new = old.text
    if host.table not in old.root.members:
        new = old.with_member(old.root, host.table, {name: wanted})
    else:
        table = _object(new, host, (host.table,))
        node = table.root.members[host.table]
        found = node.members.get(name)
        new = table.with_member(node, name, wanted) if found is None else table.replaced(found, wanted)
    servers[name] = wanted
    if "env" in entry:
        new = _with_inputs(new, host, expected)
    if _object(new, host, ()).root.value != expected:
        raise InternalError("The changed file would not hold what it should; nothing was written.")
    return new, Outcome.ADDED if present is None else Outcome.REPLACED


def _merged(present: object, entry: Entry) -> Entry:
    """``entry`` with what the user added to the one that is there: other variables, limits of the host."""
    if not isinstance(present, dict) or "command" not in present:
        return entry
    kept = cast("Entry", present)
    merged = {**kept, **entry}
    if isinstance(before := kept.get("env"), dict) and isinstance(after := entry.get("env"), dict):
        merged["env"] = {**before, **after}
    return merged


def _with_inputs(text: str, host: Host, expected: dict[str, Any]) -> str:
    """``text`` with the questions that the entry refers to."""
    for question in host.inputs:
        parsed = _object(text, host, ())
        found = parsed.root.members.get("inputs")
        if found is None:
            text = parsed.with_member(parsed.root, "inputs", [question])
        elif not isinstance(found.value, list):
            raise _unusable("inputs", "a list")
        elif all(not isinstance(one, dict) or one.get("id") != question["id"] for one in found.value):
            text = parsed.with_element(found, question)
        else:
            continue
        expected.setdefault("inputs", []).append(question)
    return text


def _object(text: str, host: Host, path: tuple[str, ...]) -> JsonText:
    """The text, whose root and the values along ``path`` must be objects."""
    parsed = JsonText(text, comments=host.comments)
    node: Node = parsed.root
    if not isinstance(node.value, dict):
        raise _unusable("its content", "an object")
    for key in path:
        node = node.members[key]
        if not isinstance(node.value, dict):
            raise _unusable(key, "an object")
    return parsed


def _changed_toml(text: str, host: Host, name: str, entry: Entry, replace: bool) -> tuple[str, Outcome]:
    old = _toml(text)
    found: object = old.get(host.table, {})
    if not isinstance(found, dict):
        raise _unusable(host.table, "a table")
    servers = cast("dict[str, Any]", found)
    present: object = servers.get(name)
    if present == _merged(present, entry):
        return text, Outcome.UNCHANGED
    table = _toml_table(host.table, name, entry)
    if present is not None:
        if not replace:
            raise _differs(name)
        raise InputError(
            f"There is another entry {name!r}, and a TOML table is not replaced here.",
            code="entry_differs",
            next_step=f"Put this in its place by hand:\n{table}",
        )
    newline = "\r\n" if "\r\n" in text else "\n"
    gap = "" if not text.strip("\ufeff") else newline if text.endswith("\n") else newline * 2
    new = text + gap + table.replace("\n", newline)
    expected = {**old, host.table: {**servers, name: entry}}
    try:
        unchanged_else = tomllib.loads(new.removeprefix("\ufeff")) == expected
    except tomllib.TOMLDecodeError:
        unchanged_else = False
    if not unchanged_else:
        # An inline table, for one, takes no further tables.
        raise InputError(
            f"{host.table} is written in a form that nothing can be appended to.",
            code="config_unreadable",
            next_step=f"Add this by hand:\n{table}",
        )
    return new, Outcome.ADDED


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(
            f"This is not TOML ({error}).", code="config_unreadable", next_step="Mend the file, or name another one."
        ) from error


def _toml_table(table: str, name: str, entry: Entry) -> str:
    # A JSON string, number or list of strings is the same in TOML, but for the character DEL.
    lines = [
        f"{key} = {json.dumps(value, ensure_ascii=False)}".replace("\x7f", "\\u007f") for key, value in entry.items()
    ]
    return "\n".join((f"[{table}.{name}]", *lines, ""))


def _differs(name: str) -> InputError:
    return InputError(
        f"There is another entry {name!r}.",
        code="entry_differs",
        next_step="Use --replace to change it (the former file is kept beside it), or --name for a second one.",
    )


def _unusable(what: str, wanted: str) -> InputError:
    return InputError(
        f"{what} is not {wanted}.", code="config_unreadable", next_step="Mend the file, or name another one."
    )


def _read(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}.", code="config_unreadable", next_step="Check the path."
        ) from error
    if len(content) > MAX_FILE_BYTES:
        raise InputError(f"{path} is too large for a settings file.", code="config_unreadable")
    return content


def _text(content: bytes | None, path: Path) -> str:
    try:
        return (content or b"").decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path} is not UTF-8 text.", code="config_unreadable", next_step="Save it as UTF-8 and try again."
        ) from error


def _bytes(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            "The command's path or options are not valid Unicode text.",
            code="invalid_text",
            next_step="Use --portable, or install videogen-agents at a path without broken characters.",
        ) from error


def _write(path: Path, content: bytes, before: bytes | None) -> bool:
    """Whole or not at all; False when the file is no longer what was read."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            # A settings file may hold other servers' secrets: a new one is the user's own, an old one stays as it is.
            temporary.chmod(path.stat().st_mode & 0o7777 if before is not None else 0o600)
            if _read(path) != before:
                return False
            temporary.replace(path)
        finally:
            with contextlib.suppress(FileNotFoundError):
                temporary.unlink()
    except OSError as error:
        raise InputError(
            f"{path} cannot be written: {error.strerror}.",
            code="cannot_write",
            next_step="Use --print and put the entry there yourself.",
        ) from error
    return True


def _back_up(path: Path, content: bytes) -> Path:
    """A copy beside the file, under a name that is free."""
    number = 0
    while True:
        backup = path.with_name(f"{path.name}.bak{number or ''}")
        try:
            descriptor = os.open(backup, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            number += 1
            continue
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        return backup
