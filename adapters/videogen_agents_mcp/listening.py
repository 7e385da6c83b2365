"""Addresses to listen on."""

from __future__ import annotations

import contextlib
import ipaddress
import socket

from videogen_agents.errors import BusyError


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the address."""
    if host == "localhost":
        return True
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return False


def shown_host(host: str) -> str:
    """The host as it stands in a URL."""
    return f"[{host}]" if ":" in host else host


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes a free one. Raises BusyError."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        raise BusyError(
            f"The server cannot listen on {host}, port {port}: {error}.",
            code="port_unavailable",
            next_step="Choose another --port, or stop the program that has this one.",
        ) from error
    return listener
