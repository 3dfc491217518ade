"""A cluster of one's own: made whole or not at all, mended after every way of dying, and alone on its machine."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from geo import cluster, cluster_files
from geo.config import read_settings
from geo.errors import GeoError

pytestmark = pytest.mark.postgis


@pytest.fixture
def settings():
    # Not pytest's own folder: the server's account has to pass through it when root runs the tests.
    folder = Path(tempfile.mkdtemp(prefix="petadesil-"))
    folder.chmod(0o711)
    settings = replace(read_settings(), home=folder / "home", data_dir=folder / "data", database_url=None)
    yield settings
    cluster.stop(settings)
    shutil.rmtree(folder)


def connect(settings, database="postgres"):
    url = make_url(cluster.database_url(settings, demo=False)).set(drivername="postgresql", database=database)
    return psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)


def show(settings, name):
    with connect(settings) as connection:
        return connection.execute(f"SHOW {name}").fetchone()[0]


def postmaster(settings):
    return cluster_files.recorded_pid(cluster_files.cluster_folder(settings) / "data" / "postmaster.pid")


def test_a_new_cluster_answers_only_through_its_private_socket_and_never_risks_data(settings):
    assert cluster.status(settings).state == "absent"
    first = cluster.ensure_running(settings)
    again = cluster.ensure_running(settings)
    assert first.started and not again.started
    assert cluster.status(settings).state == "running"
    assert show(settings, "listen_addresses") == ""
    assert (show(settings, "fsync"), show(settings, "synchronous_commit"), show(settings, "full_page_writes")) == (
        ("on",) * 3
    )
    assert show(settings, "server_encoding") == "UTF8"
    folder = Path(first.host)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert folder.stat().st_uid == cluster_files.account_id()


def test_stop_ends_this_cluster_and_keeps_its_data(settings):
    cluster.ensure_running(settings)
    assert cluster.create_database_if_missing(settings, demo=True)
    assert cluster.stop(settings)
    assert cluster.status(settings).state == "stopped"
    assert not cluster.stop(settings)
    cluster.ensure_running(settings)
    assert cluster.database_exists(settings, demo=True)
    assert not cluster.database_exists(settings, demo=False)


def test_a_killed_server_is_running_again_with_everything_that_was_committed(settings):
    cluster.ensure_running(settings)
    with connect(settings) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    # The postmaster alone: its children live on for a while and hold the shared memory, as after the kernel's kill.
    os.kill(postmaster(settings), signal.SIGKILL)
    started = time.monotonic()
    assert cluster.ensure_running(settings).started
    assert time.monotonic() - started < 20
    with connect(settings) as connection:
        assert connection.execute("SELECT one FROM kept").fetchone() == (1,)


def test_a_lock_file_whose_number_now_belongs_to_another_program_is_no_obstacle(settings):
    cluster.ensure_running(settings)
    data = cluster_files.cluster_folder(settings) / "data"
    lock = data / "postmaster.pid"
    lines = lock.read_text().splitlines()
    cluster.stop(settings)
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    stranger = subprocess.Popen([*prefix, "sleep", "60"], cwd="/")
    try:
        time.sleep(0.2)
        pid = _deepest(stranger.pid)
        for path in (lock, cluster_files.socket_folder(settings) / f".s.PGSQL.{cluster_files.PORT}.lock"):
            path.write_text("\n".join([str(pid), *lines[1:]]) + "\n")
            os.chown(path, cluster_files.account_id(), -1)
            path.chmod(0o600)
        assert cluster.ensure_running(settings).started
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def _deepest(pid):
    """runuser stays in between: the account's own process is its child."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return _deepest(int(children[0])) if children else pid


def test_a_half_made_cluster_is_thrown_away_and_made_again(settings):
    folder = cluster_files.cluster_folder(settings)
    with cluster_files.hold_lock(settings):
        cluster_files.make_own_folder(folder)
    unfinished = folder / "data.unfinished"
    (unfinished / "base").mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("15\n")
    assert cluster.ensure_running(settings).started
    assert not unfinished.exists()


def test_a_database_whose_removal_was_cut_short_is_made_anew(settings):
    cluster.ensure_running(settings)
    assert cluster.create_database_if_missing(settings, demo=False)
    assert not cluster.create_database_if_missing(settings, demo=False)
    with connect(settings) as connection:
        connection.execute("UPDATE pg_database SET datconnlimit = -2 WHERE datname = 'petadesil'")
    assert not cluster.database_exists(settings, demo=False)
    assert cluster.create_database_if_missing(settings, demo=False)
    with connect(settings, "petadesil") as connection:
        connection.execute("CREATE EXTENSION postgis")


def test_two_that_start_at_once_share_one_server(settings):
    with ThreadPoolExecutor(4) as pool:
        addresses = list(pool.map(lambda _: cluster.ensure_running(settings), range(4)))
    assert sum(address.started for address in addresses) == 1
    assert len({address.host for address in addresses}) == 1


def test_a_cluster_of_a_version_that_is_not_installed_is_refused_with_both_versions(settings):
    cluster.ensure_running(settings)
    cluster.stop(settings)
    marker = cluster_files.cluster_folder(settings) / "data" / "PG_VERSION"
    real = marker.read_text()
    marker.write_text("9\n")
    try:
        with pytest.raises(GeoError) as refused:
            cluster.ensure_running(settings)
    finally:
        marker.write_text(real)
    assert refused.value.code == "cluster_version"
    assert refused.value.details["version"] == 9


def test_a_server_that_will_not_start_says_why_and_where_its_log_is(settings, monkeypatch):
    cluster.ensure_running(settings)
    cluster.stop(settings)
    monkeypatch.setattr(cluster, "RETRY_SECONDS", 0)
    control = cluster_files.cluster_folder(settings) / "data" / "global" / "pg_control"
    aside = control.rename(control.with_name("aside"))
    with pytest.raises(GeoError) as failed:
        cluster.ensure_running(settings)
    aside.rename(control)
    assert failed.value.code == "cluster_not_started"
    assert "pg_control" in failed.value.details["reason"]
    assert failed.value.details["log"].exists()


def test_a_deep_home_gets_a_short_private_socket_folder(settings):
    deep = replace(settings, home=settings.home / ("d" * 60) / ("e" * 60) / f"{os.getpid()}")
    folder = cluster_files.socket_folder(deep)
    assert len(os.fsencode(folder / f".s.PGSQL.{cluster_files.PORT}")) < 108
    folder.mkdir(mode=0o755)
    try:
        deep.home.mkdir(parents=True)
        with pytest.raises(GeoError) as refused:
            cluster_files.make_socket_folder(deep)
    finally:
        folder.rmdir()
    assert refused.value.code == "folder_not_private"


def test_somebody_elses_server_is_used_as_it_is_and_never_stopped(settings):
    cluster.ensure_running(settings)
    url = make_url(cluster.database_url(settings, demo=False)).set(drivername="postgres", database="simpul")
    other = replace(settings, home=settings.home / "none", database_url=url.render_as_string(hide_password=False))
    assert make_url(cluster.database_url(other, demo=True)).database == "simpul_demo"
    assert not cluster.ensure_running(other).started
    assert cluster.create_database_if_missing(other, demo=False)
    assert not cluster.stop(other)
    assert cluster.status(other).state == "external"
    assert not other.home.exists()
    assert show(settings, "port")


def test_a_server_that_does_not_answer_is_told_apart_from_our_own_that_is_down(settings):
    elsewhere = replace(settings, database_url=f"postgresql://siapa@/simpul?host={settings.home}/none")
    with pytest.raises(GeoError) as refused:
        cluster.ensure_running(elsewhere)
    assert refused.value.code == "database_unreachable"
    with pytest.raises(GeoError) as down:
        cluster.database_exists(settings, demo=False)
    assert down.value.code == "database_down"


def test_an_address_that_is_none_is_refused_before_anything_is_tried(settings):
    for text in ("bukan alamat", "mysql://host/db"):
        with pytest.raises(GeoError) as refused:
            cluster.ensure_running(replace(settings, database_url=text))
        assert refused.value.code == "database_url_unreadable"
