"""A real PostGIS for the tests: a throw-away cluster, and a fresh database for each test that asks.

A fresh database is a copy: of one that is migrated, or of one that also holds the census of builders.py.
"""

import dataclasses
import os
import secrets
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from builders import draw_households, enrol, load, recipients, write_places
from schedule import SuiteScheduling
from sqlalchemy import make_url

from geo import cluster
from geo.cluster_files import programs_for, run_program
from geo.config import read_settings
from geo.engine import make_engine
from geo.schema import migrate
from geo.synthetic.outline import draw_province

SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"
# A throw-away cluster need not outlive a crash of the machine: without waiting for its disk, tests take less time.
CARELESS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_wal_size": "'512MB'"}
# The cluster lives in memory where there is room for it: a copy of a database is 17 MB in three hundred files.
MEMORY, ROOM_BYTES = Path("/dev/shm"), 4 << 30
# From here on a server can be told to copy files rather than to log every page of a copy.
FIRST_WITH_STRATEGIES = 150_000


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Hand the files out in another order than by their number of tests, and the browser's all to one process."""
    return SuiteScheduling(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_modifyitems(items):
    """Mark every test that stands on the cluster, so that `-m "not postgis"` runs on a bare machine."""
    for item in items:
        if "template" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.postgis)


@pytest.fixture(scope="session")
def settings():
    """Settings of a cluster that lives as long as the test run; its folder is short, since a socket's path is."""
    has_room = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM_BYTES
    home = Path(tempfile.mkdtemp(prefix="petadesil-test-", dir=MEMORY if has_room else None))
    home.chmod(0o711)
    made = dataclasses.replace(read_settings(), home=home, data_dir=home / "data", database_url=None, disclosure=None)
    try:
        cluster.ensure_running(made)
        _forget_crashes(made)
        yield made
    finally:
        _stop(made)
        shutil.rmtree(home, ignore_errors=True)


def _forget_crashes(settings) -> None:
    with psycopg.connect(_server_of(cluster.database_url(settings, demo=False)), autocommit=True) as connection:
        for name, value in CARELESS.items():
            connection.execute(f"ALTER SYSTEM SET {name} = {value}")
        connection.execute("SELECT pg_reload_conf()")


def _stop(settings) -> None:
    """Stop the cluster without writing down what nobody will read."""
    data = cluster.cluster_folder(settings) / "data"
    run_program(programs_for(data), "pg_ctl", "stop", "-D", data, "-m", "immediate", "-w")


def _server_of(url: str) -> str:
    return make_url(url).set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)


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
    with psycopg.connect(_server_of(template_url), autocommit=True) as connection:
        strategy = " STRATEGY file_copy" if connection.info.server_version >= FIRST_WITH_STRATEGIES else ""
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {url.database}{strategy}")
    return url.set(database=name).render_as_string(hide_password=False)


@contextmanager
def copied(template_url: str):
    """Give an engine on a copy of a database that goes when it has served."""
    name = f"test_{secrets.token_hex(6)}"
    engine = make_engine(clone(template_url, name))
    yield engine
    engine.dispose()
    with psycopg.connect(_server_of(template_url), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(template):
    """An engine on a fresh database with the schema, the programs and the nation's row."""
    with copied(template) as engine:
        yield engine


@pytest.fixture(scope="session")
def kept_census(template, tmp_path_factory):
    """The address of a database with the census of builders.py, those with a star on PKH, and its files' folder."""
    url, folder = clone(template, "kept_census"), tmp_path_factory.mktemp("kept_census")
    engine, household = make_engine(url), draw_households()
    write_places(engine)
    load(engine, folder, household, enrol(recipients(household), "pkh"))
    engine.dispose()
    return url, folder


@pytest.fixture(scope="session")
def shared_census(kept_census):
    """An engine on a copy of the census for all tests that only read: it refuses to be written to."""
    url = clone(kept_census[0], "shared_census")
    with psycopg.connect(_server_of(url), autocommit=True) as connection:
        connection.execute("ALTER DATABASE shared_census SET default_transaction_read_only = on")
    engine = make_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def own_census(kept_census, tmp_path):
    """An engine on a fresh copy of the census; its files lie where a load of the test's own would put them."""
    url, folder = kept_census
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    with copied(url) as engine:
        yield engine


@pytest.fixture(scope="session")
def drawn_outline():
    """The desa of the fictional province, drawn once for all tests that look at them or put households into them."""
    return draw_province()


@pytest.fixture(scope="session")
def shared_data():
    """The folder of real boundaries, codes and reference results."""
    if not SHARED_DATA.is_dir():
        pytest.skip("real data are not beside this checkout (../shared/data)")
    return SHARED_DATA
