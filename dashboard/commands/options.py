"""Which database a command means, and what keeps real and fictional wilayah in databases of their own."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from boundaries.levels import FICTIONAL_PROVINSI
from dashboard.commands.lifecycle import choose_database
from dashboard.errors import DashboardError
from geo import cluster
from geo.config import Settings
from geo.engine import make_engine


def refuse_mixing(file_name: str, provinsi: Collection[str], demo: bool) -> None:
    """Keep fictional codes out of the main database and real ones out of the demo's, by the codes in a file.

    Raises DashboardError `fictional_in_main`, `real_in_demo`.
    """
    if not demo and FICTIONAL_PROVINSI in provinsi:
        raise DashboardError("fictional_in_main", path=file_name)
    if demo and (real := sorted(set(provinsi) - {FICTIONAL_PROVINSI})):
        raise DashboardError("real_in_demo", path=file_name, provinsi=", ".join(real))


@contextmanager
def chosen_engine(settings: Settings, wilayah: str | None, demo: bool | None) -> Iterator[Engine]:
    """Give an engine on the database that a command means; raise DashboardError when it is not there yet."""
    cluster.ensure_running(settings)
    which = choose_database(settings, wilayah, demo)
    if not cluster.database_exists(settings, which):
        raise DashboardError("database_absent", command="petadesil demo" if which else "petadesil load boundaries")
    engine = make_engine(cluster.database_url(settings, which))
    try:
        yield engine
    finally:
        engine.dispose()
