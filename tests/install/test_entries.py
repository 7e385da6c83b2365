"""An entry goes into a host's file, and nothing else in that file changes."""

from __future__ import annotations

import json
import stat
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from videogen_agents.errors import InputError
from videogen_agents.install import HOSTS, Host, Machine, Outcome, Scope, ServerCommand, apply, preview
from videogen_agents.install.json_text import JsonText

SERVER = ServerCommand("/opt/films/bin/videogen-agents", ("mcp",))
JSON_HOSTS = [host for host in HOSTS.values() if not host.toml]
CURSOR, VSCODE, CODEX = HOSTS["cursor"], HOSTS["vscode"], HOSTS["codex"]


def settings(path: Path) -> dict[str, JsonValue]:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("host", JSON_HOSTS, ids=lambda host: host.name)
def test_a_missing_file_is_made_with_the_entry_alone_and_is_the_users_own(host: Host, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    assert apply(host, path, "videogen", host.entry(SERVER)).outcome is Outcome.ADDED
    entry = settings(path)[host.table]["videogen"]  # type: ignore[index,call-overload]
    assert (entry["command"], entry["args"]) == ("/opt/films/bin/videogen-agents", ["mcp"])  # type: ignore[index]
    assert path.read_text(encoding="utf-8") == preview(host, "videogen", host.entry(SERVER))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '{\n  "mcpServers": {\n    "v": {\n      "command": "c"\n    }\n  }\n}\n'),
        ("{}", '{\n  "mcpServers": {\n    "v": {\n      "command": "c"\n    }\n  }\n}'),
        ('{"a": [1,2]}', '{"a": [1,2], "mcpServers": {"v": {"command": "c"}}}'),
        (
            '{\n\t"mcpServers": {\n\t\t"x": {"command":"y"}\n\t},\n\t"z": 1e3\n}\n',
            '{\n\t"mcpServers": {\n\t\t"x": {"command":"y"},\n'
            '\t\t"v": {\n\t\t\t"command": "c"\n\t\t}\n\t},\n\t"z": 1e3\n}\n',
        ),
        (
            '{\r\n    "mcpServers": {}\r\n}',
            '{\r\n    "mcpServers": {\r\n        "v": {\r\n            "command": "c"\r\n        }\r\n    }\r\n}',
        ),
        ('\ufeff{"mcpServers":{"x":1}}', '\ufeff{"mcpServers":{"x":1, "v": {"command": "c"}}}'),
    ],
    ids=["empty", "empty object", "one line", "tabs", "CRLF", "BOM"],
)
def test_an_entry_is_written_in_the_files_own_style(before: str, after: str, tmp_path: Path) -> None:
    path = tmp_path / "mcp.json"
    path.write_bytes(before.encode())
    apply(CURSOR, path, "v", {"command": "c"})
    assert path.read_bytes().decode() == after


def test_comments_and_trailing_commas_stay_where_the_host_allows_them(tmp_path: Path) -> None:
    path = tmp_path / "mcp.json"
    path.write_text(
        '{\n  // mine\n  "servers": {\n    "a": {"url": "https://example.com//x"}, // kept\n    /* end */\n  },\n}\n',
        encoding="utf-8",
    )
    apply(VSCODE, path, "v", {"command": "c"})
    assert path.read_text(encoding="utf-8") == (
        '{\n  // mine\n  "servers": {\n    "a": {"url": "https://example.com//x"}, // kept\n    /* end */\n'
        '    "v": {\n      "command": "c"\n    }\n  },\n}\n'
    )


def test_a_comma_goes_before_a_comment_and_the_comment_keeps_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mcp.json"
    path.write_text('{\n  "servers": {\n    "a": {} // mine\n  }\n}\n', encoding="utf-8")
    apply(VSCODE, path, "v", {"command": "c"})
    assert path.read_text(encoding="utf-8") == (
        '{\n  "servers": {\n    "a": {}, // mine\n    "v": {\n      "command": "c"\n    }\n  }\n}\n'
    )


names = st.text(min_size=1, max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)
files = st.fixed_dictionaries({}, optional={"mcpServers": st.dictionaries(names, values, max_size=3), "x": values})


@given(files, st.sampled_from([None, 1, 4, "\t"]), st.booleans())
def test_any_file_holds_afterwards_what_it_held_before_and_the_entry(
    content: dict[str, JsonValue], indent: int | str | None, ascii_only: bool
) -> None:
    before = json.dumps(content, indent=indent, ensure_ascii=ascii_only)
    parsed = JsonText(before)
    assert parsed.root.value == content
    servers = parsed.root.members.get("mcpServers")
    if servers is None:
        after = parsed.with_member(parsed.root, "mcpServers", {"new\n": {"command": "c"}})
        expected = {**content, "mcpServers": {"new\n": {"command": "c"}}}
    else:
        after = parsed.with_member(servers, "new-server", {"command": "c"})
        expected = {**content, "mcpServers": {**content["mcpServers"], "new-server": {"command": "c"}}}  # type: ignore[dict-item]
    assert json.loads(after) == expected
    rest = iter(after)
    assert all(char in rest for char in before)


def test_the_same_entry_again_changes_nothing_and_neither_do_the_users_additions(tmp_path: Path) -> None:
    path = tmp_path / "mcp.json"
    entry = CURSOR.entry(SERVER)
    theirs = {**entry, "env": {"VIDEOGEN_AGENTS_ROOTS": "/films"}, "timeout": 9}
    path.write_text(json.dumps({"mcpServers": {"videogen": theirs}}), encoding="utf-8")
    before = path.read_bytes()
    assert apply(CURSOR, path, "videogen", entry).outcome is Outcome.UNCHANGED
    assert path.read_bytes() == before


def test_another_entry_of_that_name_is_refused_until_replacing_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "mcp.json"
    theirs = {"command": "/old/python", "args": ["mcp"], "env": {"VIDEOGEN_API_KEY": "sk_old", "OTHER": "1"}}
    path.write_text(json.dumps({"mcpServers": {"videogen": theirs}}, indent=2), encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(InputError) as caught:
        apply(CURSOR, path, "videogen", CURSOR.entry(SERVER, hosted=True))
    assert (caught.value.code, path.read_bytes()) == ("entry_differs", before)
    change = apply(CURSOR, path, "videogen", CURSOR.entry(SERVER, hosted=True), replace=True)
    assert settings(path) == {
        "mcpServers": {
            "videogen": {
                "command": "/opt/films/bin/videogen-agents",
                "args": ["mcp"],
                "env": {"VIDEOGEN_API_KEY": "${env:VIDEOGEN_API_KEY}", "OTHER": "1"},
            }
        }
    }
    assert change.backup is not None
    assert change.backup.read_bytes() == before
    assert stat.S_IMODE(change.backup.stat().st_mode) == 0o600


def test_an_earlier_backup_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "mcp.json"
    kept: list[Path] = []
    for number in range(3):
        path.write_text(json.dumps({"mcpServers": {"v": {"command": f"old{number}"}}}), encoding="utf-8")
        change = apply(CURSOR, path, "v", {"command": "c"}, replace=True)
        assert change.backup is not None
        kept.append(change.backup)
    assert [json.loads(one.read_text())["mcpServers"]["v"]["command"] for one in kept] == ["old0", "old1", "old2"]


@pytest.mark.parametrize(
    "content",
    [
        b'{"mcpServers": {',
        b'{"mcpServers": []}',
        b'{"mcpServers": null}',
        b"[]",
        b'"text"',
        b"not json",
        b'{"a": 1} // comment',
        b'{"a": 1,}',
        b'{"a" 1}',
        b'{"a": 1 "b": 2}',
        b'{"mcpServers": {}, "mcpServers": {}}',
        b'{"a": 01}',
        b'{"a": "\x01"}',
        b"\xff\xfe{\x00}\x00",
        b'{"a": ' + b"[" * 5000 + b"]" * 5000 + b"}",
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_left_alone(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "mcp.json"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        apply(CURSOR, path, "videogen", CURSOR.entry(SERVER))
    assert caught.value.code == "config_unreadable"
    assert str(path) in caught.value.message
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_linked_file_is_changed_at_its_place_and_keeps_its_mode(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "cursor.json"
    real.parent.mkdir()
    real.write_text("{}", encoding="utf-8")
    real.chmod(0o640)
    link = tmp_path / "mcp.json"
    link.symlink_to(real)
    apply(CURSOR, link, "videogen", CURSOR.entry(SERVER))
    assert link.is_symlink()
    assert "videogen" in real.read_text(encoding="utf-8")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


@pytest.mark.parametrize("place", ["folder", "file/mcp.json", "loop"])
def test_a_path_that_is_no_file_is_said_so(place: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("{}", encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(InputError) as caught:
        apply(CURSOR, tmp_path / place, "videogen", CURSOR.entry(SERVER))
    assert caught.value.code == "config_unreadable"


def test_codex_gets_a_table_after_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    before = 'model = "x" # mine\n\n[mcp_servers.other]\ncommand = "y"\n'
    path.write_text(before, encoding="utf-8")
    entry = CODEX.entry(ServerCommand('C:\\films\\"v".exe', ("mcp",), downloads=True), hosted=True)
    assert apply(CODEX, path, "videogen", entry).outcome is Outcome.ADDED
    text = path.read_text(encoding="utf-8")
    assert text.startswith(before)
    assert tomllib.loads(text)["mcp_servers"] == {
        "other": {"command": "y"},
        "videogen": {
            "command": 'C:\\films\\"v".exe',
            "args": ["mcp"],
            "startup_timeout_sec": 120,
            "env_vars": ["VIDEOGEN_API_KEY"],
        },
    }
    assert apply(CODEX, path, "videogen", entry).outcome is Outcome.UNCHANGED
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("model = ", "config_unreadable"),
        ("mcp_servers = 3\n", "config_unreadable"),
        ('mcp_servers = { other = { command = "y" } }\n', "config_unreadable"),
        ('[mcp_servers.videogen]\ncommand = "other"\n', "entry_differs"),
    ],
)
@pytest.mark.parametrize("replace", [False, True])
def test_a_toml_file_that_takes_no_table_is_refused_and_left_alone(
    content: str, code: str, replace: bool, tmp_path: Path
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        apply(CODEX, path, "videogen", CODEX.entry(SERVER), replace=replace)
    assert caught.value.code == code
    assert path.read_text(encoding="utf-8") == content


def test_vs_code_asks_for_the_key_once_and_keeps_other_questions(tmp_path: Path) -> None:
    path = tmp_path / "mcp.json"
    path.write_text('{"inputs": [{"type": "promptString", "id": "other"}], "servers": {}}', encoding="utf-8")
    for name in ("videogen", "second"):
        apply(VSCODE, path, name, VSCODE.entry(SERVER, hosted=True))
    found = settings(path)
    assert [one["id"] for one in found["inputs"]] == ["other", "videogen-api-key"]  # type: ignore[index,union-attr]
    assert list(found["servers"]) == ["videogen", "second"]  # type: ignore[arg-type]


@pytest.mark.parametrize("host", HOSTS.values(), ids=lambda host: host.name)
def test_no_entry_holds_a_key_only_its_name(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIDEOGEN_API_KEY", "sk_videogen_live_secret")
    if host.name == "claude-desktop":
        with pytest.raises(InputError, match="written into its file"):
            host.entry(SERVER, hosted=True)
        return
    text = preview(host, "videogen", host.entry(SERVER, hosted=True))
    assert "VIDEOGEN_API_KEY" in text
    assert "sk_videogen" not in text
    assert "VIDEOGEN_API_KEY" not in preview(host, "videogen", host.entry(SERVER))


@pytest.mark.parametrize(
    ("host", "platform", "expected"),
    [
        ("cursor", "linux", "home/.cursor/mcp.json"),
        ("claude-code", "linux", "home/.claude.json"),
        ("claude-desktop", "linux", "home/.config/Claude/claude_desktop_config.json"),
        ("claude-desktop", "darwin", "home/Library/Application Support/Claude/claude_desktop_config.json"),
        ("claude-desktop", "win32", "roaming/Claude/claude_desktop_config.json"),
        ("vscode", "linux", "home/.config/Code/User/mcp.json"),
        ("vscode", "darwin", "home/Library/Application Support/Code/User/mcp.json"),
        ("vscode", "win32", "roaming/Code/User/mcp.json"),
        ("gemini", "darwin", "home/.gemini/settings.json"),
        ("codex", "linux", "home/.codex/config.toml"),
    ],
)
def test_each_hosts_file_is_found_on_each_platform(host: str, platform: str, expected: str, tmp_path: Path) -> None:
    environ = {"APPDATA": str(tmp_path / "roaming"), "LOCALAPPDATA": str(tmp_path / "local")}
    machine = Machine(tmp_path / "home", tmp_path / "project", platform, environ if platform == "win32" else {})
    assert HOSTS[host].file(Scope.USER, machine) == tmp_path / expected


def test_moved_settings_folders_are_followed(tmp_path: Path) -> None:
    moved = {
        name: str(tmp_path / name) for name in ("CODEX_HOME", "CLAUDE_CONFIG_DIR", "XDG_CONFIG_HOME", "LOCALAPPDATA")
    }
    machine = Machine(tmp_path / "home", tmp_path, "linux", moved)
    assert HOSTS["codex"].file(Scope.USER, machine) == tmp_path / "CODEX_HOME" / "config.toml"
    assert HOSTS["claude-code"].file(Scope.USER, machine) == tmp_path / "CLAUDE_CONFIG_DIR" / ".claude.json"
    assert HOSTS["vscode"].file(Scope.USER, machine) == tmp_path / "XDG_CONFIG_HOME" / "Code" / "User" / "mcp.json"
    packaged = tmp_path / "LOCALAPPDATA" / "Packages" / "Claude_x1" / "LocalCache" / "Roaming" / "Claude"
    packaged.mkdir(parents=True)
    windows = Machine(tmp_path / "home", tmp_path, "win32", moved)
    assert HOSTS["claude-desktop"].file(Scope.USER, windows) == packaged / "claude_desktop_config.json"
