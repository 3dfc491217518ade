"""A fictional register for real desa: spread by population and poverty, with a warning where figures are missing."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from sqlalchemy import insert

from geo import tables
from geo.engine import read_only
from geo.errors import GeoError
from geo.synthetic.real import desa_for, spread_by_stats

KODE = ["18.01.04.2001", "18.01.04.2002", "18.02.01.2001", "18.71.01.1003", "18.71.01.1004"]


@pytest.fixture
def frame():
    squares = [shapely.box(105 + i, -5, 105.5 + i, -4.5) for i in range(len(KODE))]
    return gpd.GeoDataFrame(
        {"kode": KODE[::-1], "area_km2": [1.0, 2.0, 90.0, 40.0, 20.0]}, geometry=squares, crs="EPSG:4326"
    )


@pytest.fixture
def stats_dir(tmp_path):
    (tmp_path / "wilayah_penduduk_2024s2_dukcapil.csv").write_text(
        "kode,nama,pria,wanita,total\n18,Lampung,3,3,6\n18.01,A,1,1,3000\n18.02,B,1,1,1000\n18.71,C,1,1,6000\n"
    )
    (tmp_path / "p0_kabkota_2021.csv").write_text(
        "kode_bps_2025,kode_kemendagri,provinsi,kabkota,p0_persen,tahun\n"
        "1803,18.01,LAMPUNG,A,14.2,2021\n1871,18.71,LAMPUNG,C,9.0,2021\n"
    )
    return tmp_path


def test_households_of_a_kabupaten_follow_its_population(frame, stats_dir):
    desa = spread_by_stats(frame, stats_dir)
    assert list(desa["kode"]) == sorted(KODE)
    weight = desa.groupby(desa["kode"].str[:5])["weight"].sum()
    assert weight.to_dict() == pytest.approx({"18.01": 3000, "18.02": 1000, "18.71": 6000})


def test_poverty_is_a_rate_and_a_kabupaten_without_a_figure_is_named(frame, stats_dir):
    desa = spread_by_stats(frame, stats_dir)
    assert desa.set_index("kode")["poverty_rate"]["18.01.04.2001"] == pytest.approx(0.142)
    assert desa.set_index("kode")["poverty_rate"]["18.02.01.2001"] == pytest.approx(0.116)
    assert desa.attrs["warnings"] == [("stats_without_wilayah", {"file": "p0_kabkota_2021.csv", "kode": "18.02"})]


def test_without_figures_households_are_spread_evenly_with_a_warning(frame, tmp_path):
    for stats_dir in (None, tmp_path):
        desa = spread_by_stats(frame, stats_dir)
        assert desa["weight"].nunique() == 1 and "poverty_rate" not in desa
        assert [code for code, _ in desa.attrs["warnings"]] == ["stats_missing", "stats_missing"]


def test_large_desa_are_remote_and_kelurahan_are_not(frame, stats_dir):
    desa = spread_by_stats(frame, stats_dir).set_index("kode")
    assert desa["remoteness"].between(0, 1).all()
    assert desa["remoteness"].idxmax() == "18.02.01.2001"
    assert desa["is_city"].to_dict() == {kode: kode.startswith("18.71") for kode in sorted(KODE)}


def test_the_figures_of_lampung_are_found(frame, shared_data):
    desa = spread_by_stats(frame, shared_data / "stats")
    weight = desa.groupby(desa["kode"].str[:5])["weight"].sum()
    population = pd.read_csv(
        shared_data / "stats" / "wilayah_penduduk_2024s2_dukcapil.csv", dtype={"kode": str}
    ).set_index("kode")["total"]
    for kode in ("18.01", "18.02", "18.71"):
        assert weight[kode] == pytest.approx(population[kode])
    assert desa["poverty_rate"].between(0.02, 0.4).all()
    assert desa.attrs["warnings"] == []


@pytest.mark.postgis
def test_desa_come_from_the_active_boundaries_of_their_provinsi(database, frame, stats_dir):
    rows = list(zip(frame["kode"], frame.geometry, strict=True))
    with database.begin() as connection:
        sources = [
            connection.execute(
                insert(tables.source).returning(tables.source.c.id),
                {"kind": "boundaries", "file_name": name, "sha256": name, "status": "ready"},
            ).scalar_one()
            for name in ("old", "new")
        ]
        kodes = sorted({kode[:length] for kode in KODE for length in (2, 5, 8, 13)}, key=len)
        connection.execute(insert(tables.wilayah), [
            {"kode": kode, "level": 1 + kode.count("."), "parent_kode": kode.rpartition(".")[0] or "ID", "name": kode,
             "kind": "desa"}
            for kode in kodes
        ])
        for source, size in zip(sources, (1.0, 2.0), strict=True):
            connection.execute(insert(tables.boundary), [
                {"source_id": source, "kode": kode, "level": 4, "area_km2": size,
                 "geom": f"SRID=4326;{shapely.MultiPolygon([square]).wkt}",
                 "label_point": f"SRID=4326;{square.centroid.wkt}"}
                for kode, square in rows
            ])
        connection.execute(
            insert(tables.boundary_active), {"level": 4, "provinsi_kode": "18", "source_id": sources[1]}
        )
    with read_only(database) as connection:
        whole = desa_for(connection, "18", stats_dir)
        kota = desa_for(connection, "18.71", stats_dir)
        with pytest.raises(GeoError) as caught:
            desa_for(connection, "17", stats_dir)
    assert list(whole["kode"]) == sorted(KODE)
    assert set(whole["area_km2"]) == {2.0}
    assert whole.geometry.iloc[0].bounds == dict(rows)["18.01.04.2001"].bounds
    assert list(kota["kode"]) == ["18.71.01.1003", "18.71.01.1004"]
    assert caught.value.code == "no_desa_boundaries"
