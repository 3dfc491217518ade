"""Signed addresses of shapes and exports: what a token holds, and how one is made and read."""

import os
import secrets
import time
from dataclasses import dataclass, fields
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Literal, get_type_hints

from itsdangerous import BadSignature, URLSafeSerializer

from boundaries.levels import Level
from queries.scope import Scope

WINDOW_S = 8 * 3600
SECRET_FILE = "address.key"
RELEASE = version("petadesil")

Part = Literal["fill", "other", "outline", "export", "profile", "sample", "plan", "scenario"]


class WrongAddress(Exception):
    """A token that this server did not sign."""


class ExpiredAddress(Exception):
    """A token whose hours, data version or release have passed."""


@dataclass(frozen=True)
class Asked:
    """What an address stands for; the same question has the same address for one data version and one window."""

    part: Part
    question: str
    measure: str
    scope: Scope
    language: str
    data_version: str

    def payload(self, window: int) -> list:
        """Return the parts in a fixed order."""
        values = [getattr(self.scope, field.name) for field in fields(Scope)]
        scope = [value.isoformat() if isinstance(value, date) else value for value in values]
        return [self.part, self.question, self.measure, self.language, self.data_version, RELEASE, window, *scope]


class Signer:
    """Makes and reads tokens with the secret of one data folder."""

    def __init__(self, data_dir: Path) -> None:
        self._serializer = URLSafeSerializer(read_secret(data_dir), salt="petadesil.address")

    def token(self, asked: Asked) -> str:
        """Return the token of what is asked."""
        return self._serializer.dumps(asked.payload(_window()))

    def read(self, token: str) -> Asked:
        """Return what a token stands for; raise WrongAddress or ExpiredAddress."""
        try:
            parts = self._serializer.loads(token)
        except BadSignature:
            raise WrongAddress from None
        part, question, measure, language, data_version, release, window, *values = parts
        # The window before this one still counts: a page drawn a minute before its end must not lose its map.
        if release != RELEASE or not _window() - 1 <= window <= _window():
            raise ExpiredAddress
        return Asked(part, question, measure, _scope_of(values), language, data_version)


def _scope_of(values: list) -> Scope:
    kinds = get_type_hints(Scope)
    plain = dict(zip((field.name for field in fields(Scope)), values, strict=True))
    for name, value in plain.items():
        # JSON knows neither dates nor tuples.
        if isinstance(value, str) and kinds[name] in (date, date | None):
            plain[name] = date.fromisoformat(value)
        elif isinstance(value, list):
            plain[name] = tuple(value)
    return Scope(**plain | {"level": Level(plain["level"])})


def read_secret(data_dir: Path) -> str:
    """Return the signing secret, made on first use and readable by its owner only."""
    path = data_dir / SECRET_FILE
    data_dir.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        # Written whole before it gets its name: two processes that start at once must agree on one secret.
        draft = data_dir / f"{SECRET_FILE}.{os.getpid()}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()


def _window() -> int:
    return int(time.time() // WINDOW_S)
