"""This checkout's own PostgreSQL cluster: made, started, mended and stopped without touching anything else."""

import shutil
import time
from dataclasses import dataclass

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from geo.cluster_files import (
    PORT,
    ServerPrograms,
    cluster_folder,
    hold_lock,
    last_line,
    make_home,
    make_socket_folder,
    programs_for,
    recorded_pid,
    remove_stale_locks,
    run_program,
    server_log,
    socket_folder,
    works_in,
    write_settings,
)
from geo.config import Settings
from geo.errors import GeoError

DATABASE = "petadesil"
DEMO_SUFFIX = "_demo"
ROLE = "petadesil"
DRIVER = "postgresql+psycopg"
RETRY_SECONDS = 10
RECOVERY_SECONDS = 300
# PostgreSQL gives this connection limit to a database whose removal was cut short: it can only be dropped.
_CUT_SHORT = -2


@dataclass(frozen=True)
class ServerAddress:
    """Where a running server answers: a socket's folder, or a host."""

    host: str
    user: str
    version: str
    started: bool = False


@dataclass(frozen=True)
class ServerStatus:
    """What stands now; `state` is absent, stopped, running, unreachable (somebody else's server) or external."""

    state: str
    place: str
    version: str | None = None


def database_url(settings: Settings, demo: bool) -> str:
    """Return the SQLAlchemy address of the main or the demo database; asks nothing of the server."""
    if settings.database_url is not None:
        url = _external_url(settings)
        name = url.database or DATABASE
    else:
        url = URL.create(DRIVER, username=ROLE, query={"host": str(socket_folder(settings)), "port": str(PORT)})
        name = DATABASE
    return url.set(database=name + DEMO_SUFFIX if demo else name).render_as_string(hide_password=False)


def database_name(settings: Settings, demo: bool) -> str:
    """Return the name of the main or the demo database."""
    return str(make_url(database_url(settings, demo)).database)


def ensure_running(settings: Settings) -> ServerAddress:
    """Return the address of a server that answers; makes, starts or mends this checkout's cluster when it must.

    Raises GeoError when PostGIS is missing, when the cluster does not start within its time, or when the server
    that PETADESIL_DATABASE_URL names does not answer.
    """
    if settings.is_external:
        url = _external_url(settings)
        return ServerAddress(url.host or "localhost", url.username or "", _ask_version(settings))
    folder = cluster_folder(settings)
    host = str(socket_folder(settings))
    with hold_lock(settings):
        version = _answering_version(settings)
        if version is not None:
            return ServerAddress(host, ROLE, version)
        programs = programs_for(folder / "data")
        make_socket_folder(settings)
        if not (folder / "data").exists():
            _make_cluster(settings, programs)
        write_settings(settings)
        _start(settings, programs)
        return ServerAddress(host, ROLE, _ask_version(settings), started=True)


def make_data_folder(settings: Settings) -> None:
    """Make the folder of accepted files, which no other user may read: they hold households."""
    try:
        if settings.data_dir.parent == settings.home:
            make_home(settings)
        if not settings.data_dir.exists():
            settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise GeoError("folder_not_writable", folder=settings.data_dir) from error


def stop(settings: Settings) -> bool:
    """Stop this checkout's cluster; False when it was not running. Somebody else's server is left alone."""
    data = cluster_folder(settings) / "data"
    if settings.is_external or not works_in(recorded_pid(data / "postmaster.pid"), data):
        return False
    with hold_lock(settings):
        programs = programs_for(data)
        done = run_program(programs, "pg_ctl", "stop", "-D", data, "-m", "fast", "-w", "-t", "120")
        if done.returncode and works_in(recorded_pid(data / "postmaster.pid"), data):
            raise GeoError("cluster_not_stopped", folder=data, reason=last_line(done.stderr or done.stdout))
    return True


def status(settings: Settings) -> ServerStatus:
    """Say what stands now, starting nothing."""
    if settings.is_external:
        place = _external_url(settings).render_as_string(hide_password=True)
        version = _answering_version(settings)
        return ServerStatus("external" if version else "unreachable", place, version)
    folder = cluster_folder(settings)
    if not (folder / "data").exists():
        return ServerStatus("absent", str(folder))
    version = _answering_version(settings)
    return ServerStatus("running" if version else "stopped", str(folder), version)


def database_exists(settings: Settings, demo: bool) -> bool:
    """Say whether the running server holds the main or the demo database, whole and open for use."""
    with _connect_server(settings) as connection:
        return _connection_limit(connection, database_name(settings, demo)) not in (None, _CUT_SHORT)


def create_database_if_missing(settings: Settings, demo: bool) -> bool:
    """Create the main or the demo database on the running server; True when it was created now."""
    name = database_name(settings, demo)
    identifier = sql.Identifier(name)
    with _connect_server(settings) as connection:
        limit = _connection_limit(connection, name)
        if limit == _CUT_SHORT:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(identifier))
        elif limit is not None:
            return False
        try:
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(identifier))
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            return False
        except psycopg.errors.InsufficientPrivilege as error:
            raise GeoError("database_not_created", database=name, reason=last_line(str(error))) from error
    return True


def recreate_demo_database(settings: Settings) -> None:
    """Remove the demo database with all that it holds, whoever is connected to it, and create it empty."""
    name = database_name(settings, demo=True)
    with _connect_server(settings) as connection:
        try:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        except psycopg.errors.InsufficientPrivilege as error:
            raise GeoError("database_not_created", database=name, reason=last_line(str(error))) from error
    create_database_if_missing(settings, demo=True)


def offered_postgis(settings: Settings) -> str | None:
    """Return the version of PostGIS that the running server can put into a database."""
    query = "SELECT default_version FROM pg_available_extensions WHERE name = 'postgis'"
    with _connect_server(settings) as connection:
        row = connection.execute(query).fetchone()
    return None if row is None else row[0]


def _external_url(settings: Settings) -> URL:
    try:
        url = make_url(settings.database_url or "")
    except ArgumentError as error:
        raise GeoError("database_url_unreadable") from error
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise GeoError("database_url_unreadable")
    return url.set(drivername=DRIVER)


def _connection_limit(connection: psycopg.Connection, database: str) -> int | None:
    row = connection.execute("SELECT datconnlimit FROM pg_database WHERE datname = %s", (database,)).fetchone()
    return None if row is None else row[0]


def _connect_server(settings: Settings) -> psycopg.Connection:
    """Connect to the server itself, whichever of the databases that every server has lets us in."""
    url = make_url(database_url(settings, demo=False)).set(drivername="postgresql")
    reason = ""
    for name in ("postgres", "template1", url.database):
        address = url.set(database=name).render_as_string(hide_password=False)
        try:
            return psycopg.connect(address, autocommit=True, connect_timeout=10)
        except psycopg.OperationalError as error:
            # The first line says what failed; the ones after it only guess why.
            reason = reason or last_line(str(error).strip().split("\n")[0])
    code = "database_unreachable" if settings.is_external else "database_down"
    raise GeoError(code, reason=reason)


def _ask_version(settings: Settings) -> str:
    with _connect_server(settings) as connection:
        return str(connection.execute("SHOW server_version").fetchone()[0]).split()[0]


def _answering_version(settings: Settings) -> str | None:
    try:
        return _ask_version(settings)
    except GeoError:
        return None


def _make_cluster(settings: Settings, programs: ServerPrograms) -> None:
    """Make the cluster beside its place and move it there when it is whole, so that half of one is never started."""
    folder = cluster_folder(settings)
    unfinished = folder / "data.unfinished"
    if unfinished.exists():
        shutil.rmtree(unfinished)
    # Trust within a socket folder that only this account and root can enter.
    options = ("-U", ROLE, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums")
    done = run_program(programs, "initdb", "-D", unfinished, *options)
    if done.returncode:
        raise GeoError("cluster_not_made", folder=folder, reason=last_line(done.stderr or done.stdout))
    with (unfinished / "postgresql.conf").open("a", encoding="utf-8") as stream:
        stream.write("include_if_exists = 'petadesil.conf'\n")
    unfinished.rename(folder / "data")


def _start(settings: Settings, programs: ServerPrograms) -> None:
    """Start the server; after a crash the old one's processes may hold its memory for some seconds more."""
    data = cluster_folder(settings) / "data"
    log = server_log(settings)
    deadline = time.monotonic() + RETRY_SECONDS
    while True:
        remove_stale_locks(settings)
        done = run_program(programs, "pg_ctl", "start", "-D", data, "-l", log, "-w", "-t", str(RECOVERY_SECONDS))
        if _answering_version(settings) is not None:
            return
        if time.monotonic() > deadline:
            reason = last_line(log.read_text(errors="replace") if log.exists() else done.stderr, "FATAL")
            raise GeoError("cluster_not_started", log=log, reason=reason)
        time.sleep(0.5)
