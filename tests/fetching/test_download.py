"""What may be fetched from the web, and what comes of servers that do not play fair."""

from __future__ import annotations

import gzip
import io
import ipaddress
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from videogen_agents.contract import FileType
from videogen_agents.errors import ConnectionLostError, InputError, LimitError, VideoError
from videogen_engine.fetching.download import Download, download
from videogen_engine.fetching.model import FetchRequest
from videogen_engine.public_address import IpAddress, resolve

from .site import Site


def png() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (40, 20), (200, 30, 30)).save(stream, "PNG")
    return stream.getvalue()


async def fetched(url: str, target: Path, *, resolver: object = resolve, **fields: object) -> Download:
    values = {"max_bytes": 100_000, "max_seconds": 20.0} | fields
    request = FetchRequest.model_validate({"url": url, "nonce": "n"} | values)
    return await download(request, target, lambda _size, _announced: None, resolve=resolver)  # type: ignore[arg-type]


async def refused(site: Site, path: str, target: Path, **fields: object) -> VideoError:
    with pytest.raises(VideoError) as caught:
        await fetched(site.url(path), target, allowed_hosts=(site.host,), **fields)
    return caught.value


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "target"


async def test_a_file_comes_whole_through_five_redirects_but_not_through_six(site: Site, target: Path) -> None:
    site.put(
        "/hop0", png(), Content_Disposition="attachment; filename=\"bread%20oven.png\"; filename*=UTF-8''Br%C3%B6t.png"
    )
    for number in range(1, 7):
        site.redirect(f"/hop{number}", f"/hop{number - 1}#part")
    found = await fetched(site.url("/hop5"), target, allowed_hosts=(site.host,))
    assert target.read_bytes() == png()
    assert (found.name, found.media_type, found.suffix) == ("Bröt.png", "image/png", ".png")
    assert (await refused(site, "/hop6", target)).code == "too_many_redirects"


async def test_a_file_without_a_name_is_called_after_its_address(site: Site, target: Path) -> None:
    site.put("/a/red%20square.png?size=2", png())
    found = await fetched(site.url("/a/red%20square.png?size=2"), target, allowed_hosts=("127.0.0.1",))
    assert found.name == "red square.png"


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.1:{port}/file",
        "http://localhost:{port}/file",
        "http://[::ffff:127.0.0.1]:{port}/file",
        "http://[::1]:{port}/file",
        "http://0x7f000001:{port}/file",
        "http://2130706433:{port}/file",
        "http://10.0.0.1/file",
        "http://172.16.4.4/file",
        "http://192.168.1.1/file",
        "http://100.64.0.7/file",
        "http://169.254.169.254/latest/meta-data/",
        "http://168.63.129.16/",
        "http://[fd00:ec2::254]/",
        "http://[fe80::1]/",
        "http://[64:ff9b::a00:1]/",
        "http://[2002:7f00:1::]/",
        "http://224.0.0.251/",
        "http://0.0.0.0/",
        "http://255.255.255.255/",
        "http://user:secret@93.184.216.34/file",
        "http://93.184.216.34:22/file",
        "ftp://93.184.216.34/file",
        "file:///etc/passwd",
        "gopher://93.184.216.34/",
    ],
)
async def test_no_redirect_leads_to_a_private_address(site: Site, target: Path, to: str) -> None:
    async def look_up(host: str, port: int) -> Sequence[IpAddress]:
        return [ipaddress.ip_address("127.0.0.1")] if host == "media.example" else await resolve(host, port)

    site.redirect("/away", to.format(port=site.port))
    with pytest.raises(InputError) as caught:
        await fetched(
            f"http://media.example:{site.port}/away", target, resolver=look_up, allowed_hosts=("media.example",)
        )
    assert caught.value.code == "url_not_allowed"
    assert "secret" not in caught.value.message
    assert len(site.asked) == 1
    assert not target.exists()


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd12::1", "::ffff:10.0.0.1"])
async def test_a_public_name_that_leads_to_a_private_address_is_refused(target: Path, address: str) -> None:
    async def look_up(_host: str, _port: int) -> Sequence[IpAddress]:
        return [ipaddress.ip_address("93.184.216.34"), ipaddress.ip_address(address)]

    with pytest.raises(InputError) as caught:
        await fetched("http://files.example/a.png", target, resolver=look_up)
    assert caught.value.code == "url_not_allowed"


async def test_a_name_is_resolved_once_and_the_connection_goes_to_what_was_checked(site: Site, target: Path) -> None:
    site.put("/a.png", png())
    answers = [["127.0.0.1"], ["127.0.0.9"]]

    async def look_up(_host: str, _port: int) -> Sequence[IpAddress]:
        return [ipaddress.ip_address(text) for text in answers.pop(0)]

    await fetched(
        f"http://intranet.example:{site.port}/a.png",
        target,
        resolver=look_up,
        allowed_hosts=("intranet.example",),
    )
    assert answers == [["127.0.0.9"]]
    assert f"Host: intranet.example:{site.port}".lower() in site.asked[0].lower()


async def test_an_allowed_host_still_has_no_metadata_address(target: Path) -> None:
    async def look_up(_host: str, _port: int) -> Sequence[IpAddress]:
        return [ipaddress.ip_address("169.254.169.254")]

    with pytest.raises(InputError) as caught:
        await fetched("http://intranet.example/a", target, resolver=look_up, allowed_hosts=("intranet.example",))
    assert caught.value.code == "url_not_allowed"


async def test_a_proxy_in_the_environment_is_not_used(
    site: Site, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.put("/a.png", png())
    await fetched(site.url("/a.png"), target, allowed_hosts=(site.host,))
    assert target.read_bytes() == png()


async def test_size_is_capped_by_what_is_announced_and_by_what_comes(site: Site, target: Path) -> None:
    site.put("/announced", png(), length=100_001)
    assert isinstance(await refused(site, "/announced", target), LimitError)
    site.answers["/endless"] = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + png() + bytes(100_000)
    assert isinstance(await refused(site, "/endless", target), LimitError)


async def test_a_file_that_unpacks_beyond_the_cap_is_cut_off(site: Site, target: Path) -> None:
    bomb = gzip.compress(png() + bytes(8_000_000))
    assert len(bomb) < 100_000
    site.put("/bomb", bomb, Content_Encoding="gzip")
    assert (await refused(site, "/bomb", target)).code == "media_too_large"
    assert target.stat().st_size <= 400_000
    site.put("/packed", gzip.compress(png()), Content_Encoding="gzip")
    await fetched(site.url("/packed"), target, allowed_hosts=(site.host,))
    assert target.read_bytes() == png()
    for name, body in (("half", gzip.compress(png())[:-9]), ("junk", b"\x1f\x8b" + bytes(40))):
        site.put(f"/{name}", body, Content_Encoding="gzip")
        assert (await refused(site, f"/{name}", target)).code == "fetch_incomplete"
    site.put("/odd", png(), Content_Encoding="br")
    assert (await refused(site, "/odd", target)).code == "unsupported_encoding"


async def test_a_file_that_ends_early_is_no_file(site: Site, target: Path) -> None:
    site.put("/short", png(), length=len(png()) + 5)
    error = await refused(site, "/short", target)
    assert isinstance(error, ConnectionLostError)
    assert error.code == "fetch_incomplete"
    site.answers["/chunks"] = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n\x89PNG\r\n"
    assert (await refused(site, "/chunks", target)).code == "fetch_incomplete"


async def test_a_server_that_never_answers_runs_into_the_deadline(site: Site, target: Path) -> None:
    site.answers["/silent"] = None
    assert (await refused(site, "/silent", target, max_seconds=0.3)).code == "fetch_too_slow"


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("401 Unauthorized", "url_needs_login"),
        ("403 Forbidden", "url_needs_login"),
        ("404 Not Found", "url_not_found"),
        ("410 Gone", "url_not_found"),
        ("429 Too Many Requests", "source_unavailable"),
        ("503 Busy", "source_unavailable"),
        ("204 No Content", "url_not_usable"),
        ("302 Found", "url_not_usable"),
    ],
)
async def test_what_the_server_answers_instead_is_told(site: Site, target: Path, status: str, code: str) -> None:
    site.put("/a", b"", status=status)
    assert (await refused(site, "/a", target)).code == code


async def test_contents_are_looked_at_and_not_believed(site: Site, target: Path) -> None:
    site.put("/page.mp4", b"<!doctype html><title>Sign in</title>", Content_Type="video/mp4")
    assert (await refused(site, "/page.mp4", target)).code == "url_is_a_page"
    site.put("/program.png", b"\x7fELF" + bytes(99), Content_Type="image/png")
    assert (await refused(site, "/program.png", target)).code == "unsupported_media_type"
    site.put("/a.mp4", png(), Content_Type="video/mp4")
    assert (await refused(site, "/a.mp4", target, declared=FileType.VIDEO)).code == "unsupported_media_type"
    site.put("/nothing", b"")
    assert (await refused(site, "/nothing", target)).code == "file_empty"
    assert not target.exists()


async def test_a_page_that_names_its_own_file_stands_for_it(site: Site, target: Path) -> None:
    def page(*tags: str) -> bytes:
        return f"<!-- hello -->\n<html><head>{''.join(tags)}</head><body>{'x' * 9000}</body>".encode()

    site.put("/files/a.png", png())
    site.put("/watch", page('<meta property="og:video" content="files/a.png">'))
    found = await fetched(site.url("/watch"), target, allowed_hosts=(site.host,))
    assert (found.from_page, found.name) == (True, "a.png")
    assert target.read_bytes() == png()
    site.put("/look", page('<meta property="og:image" content="/files/a.png">'))
    assert (await fetched(site.url("/look"), target, allowed_hosts=(site.host,), declared=FileType.IMAGE)).from_page
    assert (await refused(site, "/look", target)).code == "url_is_a_page"
    site.put(
        "/player",
        page('<meta property="og:video" content="/embed"><meta property="og:video:type" content="text/html">'),
    )
    assert (await refused(site, "/player", target)).code == "url_is_a_page"
    site.put("/circle", page('<meta property="og:video" content="/circle">'))
    assert (await refused(site, "/circle", target)).code == "url_is_a_page"
    site.put("/trap", page('<meta property="og:video" content="http://169.254.169.254/">'))
    assert (await refused(site, "/trap", target)).code == "url_not_allowed"


async def test_a_host_that_does_not_exist_is_told(target: Path) -> None:
    async def nowhere(_host: str, _port: int) -> Sequence[IpAddress]:
        raise OSError("no such host")

    with pytest.raises(ConnectionLostError) as caught:
        await fetched("http://files.example/a.png", target, resolver=nowhere)
    assert caught.value.code == "source_unreachable"
