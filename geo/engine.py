"""Connections: an engine that survives a restarted server, and read-only units of work."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from geo.errors import GeoError


def make_engine(url: str) -> Engine:
    """Return an engine for a `postgresql+psycopg` address; it tests a pooled connection before it hands it out."""
    # A prepared statement gets a plan that ignores the codes asked for, and reads a nation to answer for a kecamatan.
    options = {"prepare_threshold": None}
    return create_engine(url, pool_pre_ping=True, pool_size=8, max_overflow=8, connect_args=options)


@contextmanager
def read_only(engine: Engine) -> Iterator[Connection]:
    """Give one connection in one read-only transaction that sees one state of the data throughout.

    Raises GeoError `database_down` when no server answers.
    """
    try:
        connection = engine.connect()
    except OperationalError as error:
        raise GeoError("database_down", reason=str(error.orig).strip().splitlines()[0]) from error
    with connection, connection.begin():
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
        yield connection
