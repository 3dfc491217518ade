"""The demo's province is drawn anew when its generator has changed, and nothing else is touched."""

import geopandas as gpd
import pytest
from shapely.geometry import box
from sqlalchemy import text

from dashboard.commands import demonstration
from dashboard.commands.steps import Steps
from geo import cluster
from geo.engine import make_engine, read_only
from geo.inventory import read_inventory
from geo.schema import migrate
from geo.synthetic.fingerprint import fingerprint_generator
from geo.synthetic.province import load_outline, stored_generator


def test_a_fingerprint_changes_with_the_constants_and_with_nothing_else():
    assert fingerprint_generator(1, "a") == fingerprint_generator(1, "a")
    assert fingerprint_generator(1, "a") != fingerprint_generator(2, "a")


@pytest.fixture
def squares():
    kode = ["99.01.01.2001", "99.01.01.2002"]
    return gpd.GeoDataFrame({
        "kode": kode, "name": ["Satu", "Dua"], "kecamatan_name": "Hulu", "kabupaten_name": "Kabupaten Barat",
        "geometry": [box(100 + at / 10, 0, 100.1 + at / 10, 0.1) for at in range(2)],
    }, crs=4326)  # fmt: skip


@pytest.fixture
def demo(settings):
    """An engine on the empty demo database of the tests' own cluster."""
    cluster.recreate_demo_database(settings)
    engine = make_engine(cluster.database_url(settings, demo=True))
    migrate(engine)
    yield engine
    engine.dispose()
    cluster.recreate_demo_database(settings)


class _Reached(Exception):
    """The register would be drawn now."""


@pytest.fixture
def reached(monkeypatch, demo):
    """What the demo database held when the register was about to be drawn."""
    held = []

    def look(settings, engine, steps, missing, generator):
        with read_only(engine) as connection:
            held.append(read_inventory(connection).is_empty)
        raise _Reached

    monkeypatch.setattr(demonstration, "_fill_register", look)
    return held


@pytest.mark.postgis
def test_a_demo_of_another_generator_is_made_anew_and_said_so(settings, demo, reached, squares, capsys):
    load_outline(demo, squares, "older")
    accepted = settings.data_dir / "accepted" / "2026-10"
    for provinsi in ("99", "18"):
        (accepted / provinsi).mkdir(parents=True, exist_ok=True)
    cluster.create_database_if_missing(settings, demo=False)
    main = make_engine(cluster.database_url(settings, demo=False))
    with main.begin() as connection:
        connection.execute(text("CREATE TABLE untouched (number int)"))
    try:
        with pytest.raises(_Reached):
            demonstration.fill_demo(settings, demo, Steps("en"))
        with main.connect() as connection:
            assert connection.scalar(text("SELECT count(*) FROM untouched")) == 0
    finally:
        with main.begin() as connection:
            connection.execute(text("DROP TABLE untouched"))
        main.dispose()
    assert reached == [True]
    assert [path.name for path in accepted.iterdir()] == ["18"]
    told = capsys.readouterr().err
    assert told.count("made anew") == 1
    (accepted / "18").rmdir()


@pytest.mark.postgis
def test_a_demo_of_this_generator_is_kept(settings, demo, reached, squares, capsys):
    generator = fingerprint_generator(demonstration.SEED, demonstration.HOUSEHOLD_COUNT, demonstration.PERIODS)
    load_outline(demo, squares, generator)
    with pytest.raises(_Reached):
        demonstration.fill_demo(settings, demo, Steps("en"))
    assert reached == [False]
    with read_only(demo) as connection:
        assert stored_generator(connection) == generator
    assert "made anew" not in capsys.readouterr().err


@pytest.mark.postgis
def test_an_empty_demo_is_filled_without_being_made_anew(settings, demo, reached, capsys):
    with pytest.raises(_Reached):
        demonstration.fill_demo(settings, demo, Steps("en"))
    assert reached == [True] and "made anew" not in capsys.readouterr().err
