"""Media URLs: good for one use until their time is over, and for nothing else."""

from __future__ import annotations

from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from pydantic import SecretStr

from videogen_agents.errors import AuthError
from videogen_engine.store.signed_urls import DOWNLOAD_SECONDS, UPLOAD_SECONDS, UrlSigner

SIGNER = UrlSigner(SecretStr("secret"))
NOW = 1_800_000_123.0


def parts(url: str) -> tuple[str, dict[str, str]]:
    split = urlsplit(url)
    return unquote(split.path.removeprefix("/media/")), dict(parse_qsl(split.query))


def test_a_download_is_good_for_a_week_and_the_same_for_an_hour() -> None:
    url, expires = SIGNER.download("a/b.mp4", file_name="Ein Film – 1.mp4", now=NOW)
    assert DOWNLOAD_SECONDS <= expires - NOW <= DOWNLOAD_SECONDS + 3600
    assert SIGNER.download("a/b.mp4", file_name="Ein Film – 1.mp4", now=NOW + 60) == (url, expires)
    key, query = parts(url)
    for method in ("GET", "HEAD"):
        assert SIGNER.verify(method, key, query, now=expires - 1).file_name == "Ein Film – 1.mp4"
    with pytest.raises(AuthError) as caught:
        SIGNER.verify("GET", key, query, now=expires)
    assert (caught.value.code, caught.value.status) == ("url_expired", 403)


def test_an_upload_carries_its_file_and_its_cap() -> None:
    key, query = parts(SIGNER.upload("u/x.bin", file_id="vg_file_1", max_bytes=77, now=NOW))
    grant = SIGNER.verify("PUT", key, query, now=NOW + UPLOAD_SECONDS - 1)
    assert (grant.file_id, grant.max_bytes) == ("vg_file_1", 77)
    with pytest.raises(AuthError, match="expired"):
        SIGNER.verify("PUT", key, query, now=NOW + UPLOAD_SECONDS)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE", ""])
def test_an_upload_url_permits_nothing_but_the_put(method: str) -> None:
    key, query = parts(SIGNER.upload("u/x.bin", file_id="f", max_bytes=1, now=NOW))
    with pytest.raises(AuthError):
        SIGNER.verify(method, key, query, now=NOW)


def test_a_download_url_does_not_permit_a_put() -> None:
    key, query = parts(SIGNER.download("a.mp4", now=NOW)[0])
    for changed in (query, query | {"m": "PUT"}):
        with pytest.raises(AuthError):
            SIGNER.verify("PUT", key, changed, now=NOW)


@pytest.mark.parametrize(
    "change",
    [
        {"exp": "9999999999"},
        {"exp": "abc"},
        {"exp": ""},
        {"max": "999999999999"},
        {"max": "7.5"},
        {"file": "vg_file_2"},
        {"name": "x.exe"},
        {"m": "GET"},
        {"sig": ""},
        {"sig": "ü"},
        {"sig": "0" * 64},
    ],
)
def test_any_change_to_the_url_voids_it(change: dict[str, str]) -> None:
    key, query = parts(SIGNER.upload("u/x.bin", file_id="vg_file_1", max_bytes=77, now=NOW))
    with pytest.raises(AuthError) as caught:
        SIGNER.verify("PUT", key, query | change, now=NOW)
    assert (caught.value.code, caught.value.status) == ("invalid_signature", 403)


@pytest.mark.parametrize("left_out", ["exp", "m", "sig", "max", "file"])
def test_leaving_a_part_out_voids_it(left_out: str) -> None:
    key, query = parts(SIGNER.upload("u/x.bin", file_id="vg_file_1", max_bytes=77, now=NOW))
    del query[left_out]
    with pytest.raises(AuthError):
        SIGNER.verify("PUT", key, query, now=NOW)


def test_another_key_or_another_machine_voids_it() -> None:
    key, query = parts(SIGNER.download("a/b.mp4", now=NOW)[0])
    with pytest.raises(AuthError):
        SIGNER.verify("GET", "a/c.mp4", query, now=NOW)
    with pytest.raises(AuthError):
        UrlSigner(SecretStr("other")).verify("GET", key, query, now=NOW)


def test_a_page_s_permission_is_for_that_page() -> None:
    path, _, signature = SIGNER.page("/studio/projects/a").partition("?sig=")
    assert SIGNER.opens_page(path, signature)
    assert not SIGNER.opens_page("/studio/projects/b", signature)
    assert not SIGNER.opens_page(path, "")
    assert not SIGNER.opens_page(path, "ü")
