"""Addresses that a backend may be told to fetch: public, over HTTP(S), without credentials.

The fetch itself happens at the backend, which checks again after resolving names and at every redirect; what is plainly
private is refused here, before anything is sent, unless the operator named that host
(``VIDEOGEN_AGENTS_IMPORT_HOSTS``).
"""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from videogen_agents.config import import_hosts
from videogen_agents.errors import InputError

MAX_URL_CHARS = 2000
_LOCAL_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home", "localdomain", "home.arpa")


def check_public_url(url: str) -> str:
    """The address, if it may be fetched. Raises InputError with code ``url_not_allowed``."""
    if len(url) > MAX_URL_CHARS:
        raise _refused(f"it has more than {MAX_URL_CHARS} characters")
    try:
        parts = urlsplit(url.strip())
        # As a fetcher would read it: ``①②⑦.0.0.1`` is 127.0.0.1.
        host, port = (parts.hostname or "").encode("idna").decode("ascii").rstrip("."), parts.port
    except ValueError as error:
        raise _refused("it is malformed") from error
    if parts.scheme not in ("http", "https"):
        raise _refused("only http and https are fetched")
    if parts.username is not None or parts.password is not None:
        raise _refused("it carries credentials")
    if not host or "%" in host or any(character.isspace() or ord(character) < 32 for character in url.strip()):
        raise _refused("it has no host")
    web_port = port or (443 if parts.scheme == "https" else 80)
    if (allowed := import_hosts()) and (host.lower() in allowed or f"{host.lower()}:{web_port}" in allowed):
        return url.strip()
    if port is not None and port not in (80, 443) and port < 1024:
        raise _refused(f"port {port} is not one of a web server")
    if (address := _address(host)) is not None:
        if not address.is_global or address.is_multicast or address.is_reserved:
            raise _refused("its address is private")
    elif "." not in host or any(host == name or host.endswith(f".{name}") for name in _LOCAL_NAMES):
        raise _refused("its host is a local name")
    return url.strip()


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address a host spells, in any of the forms that resolvers read (``127.1``, ``0x7f000001``)."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        try:
            return ipaddress.IPv4Address(socket.inet_aton(host)) if host[:1].isdigit() else None
        except OSError:
            return None
    # IPv6 that carries an IPv4 address leads to that one. NAT64's own prefix counts as reserved.
    carried = (address.ipv4_mapped or address.sixtofour) if isinstance(address, ipaddress.IPv6Address) else None
    return carried or address


def _refused(reason: str) -> InputError:
    return InputError(
        f"The URL is not fetched: {reason}.",
        code="url_not_allowed",
        next_step="Give a public http(s) URL, or download the file and give its path.",
    )
