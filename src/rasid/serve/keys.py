"""API keys: a name, what it may do, and the digest of the secret, which is shown once and stored nowhere."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rasid.errors import RasidError


class Scope(StrEnum):
    """What a key may do."""

    READ = "read"
    CODE = "code"
    JUDGE = "judge"
    INGEST = "ingest"


@dataclass(frozen=True, slots=True)
class Key:
    """``digest`` is the SHA-256 of the secret in hexadecimal."""

    name: str
    digest: str
    scopes: frozenset[Scope]


class KeysError(RasidError):
    """The file of keys cannot be read."""


def made(name: str, scopes: Iterable[Scope]) -> tuple[str, str]:
    """A new secret, and the lines for the file of keys."""
    secret = "rasid_" + secrets.token_urlsafe(32)
    told = ", ".join(f'"{scope.value}"' for scope in scopes)
    return secret, f'[[key]]\nname = "{name}"\nsha256 = "{digest(secret)}"\nscopes = [{told}]\n'


def read(path: Path) -> tuple[Key, ...]:
    """The keys of a TOML file. Raises KeysError, which says what is wrong with it."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise KeysError(f"{path}: cannot be read ({error}); make a key with: rasid serve-key NAME") from error
    try:
        return tuple(
            Key(row["name"], row["sha256"], frozenset(Scope(scope) for scope in row["scopes"]))
            for row in table.get("key", [])
        )
    except (KeyError, TypeError, ValueError) as error:
        scopes = ", ".join(Scope)
        raise KeysError(f"{path}: each [[key]] needs name, sha256 and scopes ({scopes}); {error}") from error


def found(keys: Iterable[Key], secret: str) -> Key | None:
    """The key with this secret; takes the same time whether it is there or not."""
    asked, match = digest(secret), None
    for key in keys:
        if hmac.compare_digest(key.digest, asked):
            match = key
    return match


def digest(secret: str) -> str:
    """What a key is known by: the SHA-256 of its secret in hexadecimal."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
