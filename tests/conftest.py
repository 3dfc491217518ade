"""A real PostGIS for the tests: a throw-away cluster, and a fresh migrated database for each test that asks."""

import dataclasses
import itertools
import shutil
import tempfile
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from geo import cluster
from geo.config import read_settings
from geo.engine import make_engine
from geo.schema import migrate

SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"
_number = itertools.count()


def pytest_collection_modifyitems(items):
    """Mark every test that stands on the cluster, so that `-m "not postgis"` runs on a bare machine."""
    for item in items:
        if "template" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.postgis)


@pytest.fixture(scope="session")
def settings():
    """Settings of a cluster that lives as long as the test run; its folder is short, since a socket's path is."""
    home = Path(tempfile.mkdtemp(prefix="petadesil-test-"))
    home.chmod(0o711)
    made = dataclasses.replace(read_settings(), home=home, data_dir=home / "data", database_url=None, disclosure=None)
    try:
        cluster.ensure_running(made)
        _forget_crashes(made)
        yield made
    finally:
        cluster.stop(made)
        shutil.rmtree(home, ignore_errors=True)


def _forget_crashes(settings):
    # A throw-away cluster need not outlive a crash of the machine: without waiting for its disk, tests take less time.
    cluster.create_database_if_missing(settings, demo=False)
    url = make_url(cluster.database_url(settings, demo=False)).set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")


@pytest.fixture(scope="session")
def template(settings):
    """The address of a migrated database that others are cloned from."""
    cluster.create_database_if_missing(settings, demo=False)
    url = cluster.database_url(settings, demo=False)
    engine = make_engine(url)
    migrate(engine)
    engine.dispose()
    return url


def clone(template_url: str, name: str) -> str:
    """Create a database as a copy of another on the same server; return its address."""
    url = make_url(template_url)
    server = url.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {url.database}")
    return url.set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def database(template):
    """An engine on a fresh database with the schema, the programs and the nation's row."""
    engine = make_engine(clone(template, f"test_{next(_number)}"))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def shared_data():
    """The folder of real boundaries, codes and reference results."""
    if not SHARED_DATA.is_dir():
        pytest.skip("real data are not beside this checkout (../shared/data)")
    return SHARED_DATA
