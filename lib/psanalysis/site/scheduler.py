"""Checks that a Dask scheduler answers at an address, before anything is sent there."""

from __future__ import annotations

import socket
import struct

from psanalysis.errors import system_words
from psanalysis.site.errors import SiteError

CONNECT_SECONDS = 10.0
# a scheduler first sends the length of its greeting in 8 bytes; the first 8 bytes of a web server
# would mean exabytes
LENGTH = struct.Struct("<Q")
LONGEST_GREETING = 2**20
START = "start one, or correct the address (tcp://host:8786; tls://host:8786 for one with TLS)"


def require(address: str) -> None:
    """Raise SiteError if there is surely no scheduler.

    At a plain TCP address a connection is tried, because a scheduler sends a greeting. Other kinds
    of addresses are left to Dask.
    """
    protocol, _, rest = address.rpartition("://")
    if not rest:
        raise SiteError(f"--scheduler: the address is empty -> {START}")
    if protocol not in ("", "tcp"):
        return
    host, _, port = rest.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port[:6]) < 2**16:
        raise SiteError(f"--scheduler {address}: is no address with a port -> {START}")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), CONNECT_SECONDS) as connection:
            greeting = _read(connection, LENGTH.size)
    except TimeoutError:
        reason = f"nothing was said within {CONNECT_SECONDS:g} s"
    except (OSError, UnicodeError) as error:
        reason = system_words(error) if isinstance(error, OSError) else "no name of a machine"
    else:
        if len(greeting) == LENGTH.size and LENGTH.unpack(greeting)[0] <= LONGEST_GREETING:
            return
        reason = "something else does" if greeting else "the connection was closed"
    raise SiteError(no_scheduler(address, reason))


def no_scheduler(address: str, reason: str) -> str:
    """The message that no scheduler answers."""
    return f"--scheduler {address}: no Dask scheduler answers there ({reason}) -> {START}"


def _read(connection: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size and (piece := connection.recv(size - len(found))):
        found += piece
    return found
