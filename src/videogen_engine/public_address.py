"""Requests that the engine sends out reach public addresses only, and the private hosts that its operator named.

A name is resolved, every address it has is checked, and the connection goes to one that was checked: asking again
could give another answer. TLS still proves the name. Redirects are requests of their own, so each is checked.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

import httpx

from videogen_agents.errors import InputError

MAX_URL_CHARS = 2000
IpAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
#: The addresses of a host's port. Raises OSError when there are none.
Resolve: TypeAlias = Callable[[str, int], Awaitable[Sequence[IpAddress]]]

_PORTS = {"https": 443, "http": 80}
_LOCAL_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home", "localdomain", "home.arpa")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
#: A cloud's own service for its machines, behind an address that looks public.
_METADATA = frozenset({ipaddress.IPv4Address("168.63.129.16")})


def check_url(
    url: str,
    *,
    schemes: Sequence[str] = ("https", "http"),
    loopback_hosts: frozenset[str] = frozenset(),
    private_hosts: frozenset[str] = frozenset(),
) -> httpx.URL:
    """The address, unless its text alone shows that it may not be asked: before any name is resolved.

    ``private_hosts`` are ``host`` or ``host:port``. Raises InputError (``url_not_allowed``).
    """
    if len(url) > MAX_URL_CHARS:
        raise refused(f"it has more than {MAX_URL_CHARS} characters")
    try:
        parsed = httpx.URL(url)
        host = ascii_host(parsed).rstrip(".")
    except (httpx.InvalidURL, UnicodeError) as error:
        raise refused("it is malformed") from error
    if parsed.scheme not in schemes:
        raise refused(f"only {' and '.join(schemes)} may be used")
    if not host:
        raise refused("it has no host")
    if parsed.userinfo:
        raise refused("it carries credentials")
    if parsed.fragment:
        raise refused("it has a fragment")
    if host in loopback_hosts or _names(private_hosts, parsed):
        return parsed
    if parsed.port is not None and parsed.port not in _PORTS.values() and parsed.port < 1024:
        raise refused(f"port {parsed.port} is not one of a web server")
    address = _spelled(host)
    if address is not None:
        if not is_public(address):
            raise refused("its address is private")
    elif "." not in host or any(host == name or host.endswith(f".{name}") for name in _LOCAL_NAMES):
        raise refused("its host is a local name")
    return parsed


def ascii_host(url: httpx.URL) -> str:
    """The host as resolvers and TLS know it; no brackets around IPv6."""
    return url.raw_host.decode("ascii")


def is_public(address: IpAddress) -> bool:
    """Whether the address is anybody's on the internet: neither private nor loopback, link-local, shared, reserved."""
    address = _carried(address)
    if isinstance(address, ipaddress.IPv6Address) and address.is_site_local:
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved and address not in _METADATA


def is_of_a_network(address: IpAddress) -> bool:
    """Whether a machine, a house or a company may have its own server there. Link-local addresses are no such: clouds
    keep their secrets there."""
    address = _carried(address)
    never = address.is_link_local or address.is_multicast or address.is_unspecified or address in _METADATA
    return not never


async def resolve(host: str, port: int) -> Sequence[IpAddress]:
    """By the machine's resolver."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


class PublicTransport(httpx.AsyncBaseTransport):
    """Use it in ``httpx.AsyncClient(transport=...)``, or call it. ``loopback_hosts`` are names that may stand for this
    machine, which is for tests and local development; ``private_hosts`` (``host`` or ``host:port``) are those that may
    have private addresses.

    Raises InputError (``url_not_allowed``) instead of connecting to anything that is not public.
    """

    def __init__(
        self,
        *,
        loopback_hosts: frozenset[str] = frozenset(),
        private_hosts: frozenset[str] = frozenset(),
        resolve: Resolve = resolve,
    ) -> None:
        self._loopback_hosts = loopback_hosts
        self._private_hosts = private_hosts
        self._resolve = resolve
        # No connection is kept: they are told apart by address, and one address may serve several names.
        self._transport = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = check_url(str(request.url), loopback_hosts=self._loopback_hosts, private_hosts=self._private_hosts)
        host = ascii_host(url)
        try:
            addresses = await self._resolve(host, url.port or _PORTS[url.scheme])
        except OSError as error:
            raise httpx.ConnectError("The host's name could not be resolved.", request=request) from error
        allowed = _is_loopback if host.rstrip(".") in self._loopback_hosts else is_public
        if _names(self._private_hosts, url):
            allowed = is_of_a_network
        if not addresses or not all(allowed(address) for address in addresses):
            raise refused("its host has an address that is private")
        unreachable: httpx.ConnectError | None = None
        for address in dict.fromkeys(addresses):
            try:
                return await self._transport.handle_async_request(_pinned(request, url, address))
            except httpx.ConnectError as error:
                unreachable = error
        assert unreachable is not None
        raise unreachable

    async def aclose(self) -> None:
        await self._transport.aclose()


def _pinned(request: httpx.Request, url: httpx.URL, address: IpAddress) -> httpx.Request:
    """The request to ``address``, still asking for the name in its Host header and in TLS."""
    return httpx.Request(
        request.method,
        url.copy_with(host=str(address)),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": ascii_host(url)},
    )


def _names(hosts: frozenset[str], url: httpx.URL) -> bool:
    host = ascii_host(url).rstrip(".").lower()
    return host in hosts or f"{host}:{url.port or _PORTS.get(url.scheme)}" in hosts


def _carried(address: IpAddress) -> IpAddress:
    """IPv6 that carries an IPv4 address leads to that one."""
    if not isinstance(address, ipaddress.IPv6Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo is not None else None) or address


def _is_loopback(address: IpAddress) -> bool:
    return address.is_loopback


def _spelled(host: str) -> IpAddress | None:
    """The address a host spells, in any of the forms that resolvers read (``127.1``, ``0x7f000001``)."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        try:
            return ipaddress.IPv4Address(socket.inet_aton(host)) if host[:1].isdigit() else None
        except OSError:
            return None


def refused(reason: str) -> InputError:
    """Why an address is not asked."""
    return InputError(
        f"The URL is not allowed: {reason}.",
        code="url_not_allowed",
        next_step="Give a public address.",
    )
