"""The ground of every benchmark: a throw-away cluster with the fictional province and a register of a given size."""

import dataclasses
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, make_url

from geo import cluster
from geo.accepted import accepted_files
from geo.config import Settings, read_settings
from geo.engine import make_engine
from geo.register_report import RegisterReport
from geo.schema import migrate
from geo.synthetic.province import load_province

PERIOD = date(2026, 10, 1)
PROVINSI = "99"


@dataclass(frozen=True)
class Ground:
    """What a benchmark stands on."""

    settings: Settings
    engine: Engine
    report: RegisterReport
    files: dict[str, list[Path]]


@contextmanager
def prepared(size: int) -> Iterator[Ground]:
    """Give a loaded register of about `size` households, and remove it all at the end."""
    with _cluster() as settings:
        engine = make_engine(cluster.database_url(settings, demo=True))
        migrate(engine)
        report = load_province(engine, settings.home / "register", settings.data_dir, size, [PERIOD], 99)[0]
        with engine.connect() as connection:
            files = {
                kind: accepted_files(connection, settings.data_dir, kind, PERIOD)
                for kind in ("household", "enrolment")
            }
        yield Ground(settings, engine, report, files)
        engine.dispose()


@contextmanager
def scratch_database() -> Iterator[str]:
    """Give the address, as psycopg takes it, of an empty database on a cluster of its own; remove both at the end."""
    with _cluster() as settings:
        url = make_url(cluster.database_url(settings, demo=True)).set(drivername="postgresql")
        yield url.render_as_string(hide_password=False)


@contextmanager
def _cluster() -> Iterator[Settings]:
    home = Path(tempfile.mkdtemp(prefix="petadesil-bench-"))
    home.chmod(0o711)
    settings = dataclasses.replace(read_settings(), home=home, data_dir=home / "data", database_url=None)
    try:
        cluster.ensure_running(settings)
        cluster.create_database_if_missing(settings, demo=True)
        yield settings
    finally:
        cluster.stop(settings)
        shutil.rmtree(home, ignore_errors=True)
