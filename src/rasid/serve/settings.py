"""What the desk is run with, and whether that is safe."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rasid.errors import RasidError
from rasid.serve.keys import Key

MEBIBYTE = 1 << 20
_ANY = ("0.0.0.0", "::")


class UnsafeServing(RasidError):
    """The desk would be open to others without a password or key."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the desk is run. ``largest`` bounds a request's body, in bytes; ``reviewer`` is who judges until told."""

    host: str = "127.0.0.1"
    port: int = 8642
    read_only: bool = False
    password: str | None = None
    keys: Sequence[Key] = ()
    language: str = "en"
    reviewer: str = "analyst"
    secret: str = ""
    hosts: tuple[str, ...] = ()
    secure_cookies: bool = False
    largest: int = MEBIBYTE
    folder: Path = field(default_factory=lambda: Path(__file__).parent)

    @property
    def local(self) -> bool:
        """Whether only this machine can reach the desk."""
        return is_loopback(self.host)

    @property
    def open(self) -> bool:
        """Whether pages need no signing in."""
        return self.password is None

    @property
    def shown(self) -> str:
        """The address that it is served on."""
        return _address(self.host, self.port)

    @property
    def address(self) -> str:
        """Where this machine reaches the desk."""
        return _address("127.0.0.1" if self.host in _ANY else self.host, self.port)

    def check(self) -> None:
        """Raises UnsafeServing when others could reach the desk and nothing guards it."""
        if not self.local and self.password is None and not self.keys:
            raise UnsafeServing(
                f"{self.host} can be reached from other machines: give a password (--password-file) or keys "
                "(--keys), or serve on 127.0.0.1"
            )


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
