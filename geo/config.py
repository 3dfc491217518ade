"""Reads the environment, once and only here: where this checkout keeps its data and which database it talks to."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from geo.errors import GeoError

LANGUAGES = ("id", "en")
DISCLOSURES = ("exact", "published")


@dataclass(frozen=True)
class Settings:
    """What the machine and its user decided before the program started."""

    project_root: Path
    home: Path
    data_dir: Path
    database_url: str | None
    language: str
    stats_dir: Path | None
    disclosure: str | None
    operator_key_file: Path | None = None

    @property
    def is_external(self) -> bool:
        """Whether somebody else runs the server."""
        return self.database_url is not None


def read_settings() -> Settings:
    """Read the environment; raise GeoError `setting_unknown` when a variable holds none of its values."""
    project_root = Path(__file__).resolve().parents[1]
    home = _home_of(project_root)
    language = os.environ.get("PETADESIL_LANG", "").strip().lower() or "id"
    data_dir = _path("PETADESIL_DATA_DIR")
    stats_dir = _path("PETADESIL_STATS_DIR") or project_root.parent / "shared" / "data" / "stats"
    return Settings(
        project_root=project_root,
        home=home,
        data_dir=data_dir or home / "data",
        database_url=os.environ.get("PETADESIL_DATABASE_URL", "").strip() or None,
        language=_one_of("PETADESIL_LANG", language, LANGUAGES),
        stats_dir=stats_dir if stats_dir.is_dir() else None,
        disclosure=_disclosure(),
        operator_key_file=_path("PETADESIL_OPERATOR_KEY_FILE"),
    )


def is_continuous_integration() -> bool:
    """Whether a machine runs the tests, which then may leave none out."""
    return os.environ.get("CI", "").strip().lower() not in ("", "0", "false")


def _home_of(project_root: Path) -> Path:
    # Two checkouts on one machine never share a database, and a checkout keeps its own when it is run again.
    name = hashlib.sha256(os.fsencode(project_root)).hexdigest()[:10]
    if os.geteuid() == 0:
        return Path("/var/lib/petadesil") / name
    return Path.home() / ".local" / "share" / "petadesil" / name


def _path(variable: str) -> Path | None:
    text = os.environ.get(variable, "").strip()
    return Path(text).expanduser().absolute() if text else None


def _disclosure() -> str | None:
    text = os.environ.get("PETADESIL_DISCLOSURE", "").strip().lower()
    return _one_of("PETADESIL_DISCLOSURE", text, DISCLOSURES) if text else None


def _one_of(variable: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise GeoError("setting_unknown", variable=variable, value=value, allowed=", ".join(allowed))
    return value
