"""The fictional province: a valid coverage with codes, names and remoteness that hang together."""

import csv
import re

import numpy as np
import pandas as pd
import pytest
import shapely

from boundaries.levels import KODE_LENGTH, Level, kind_of, level_of
from geo.synthetic.names import PROVINSI_NAME
from geo.synthetic.outline import draw_province


@pytest.fixture(scope="module")
def province(drawn_outline):
    return drawn_outline


def part(frame: pd.DataFrame, level: Level) -> pd.Series:
    return frame["kode"].str[: KODE_LENGTH[level]]


def test_desa_of_the_fictional_province_are_a_valid_coverage_without_gaps_between_neighbours(province):
    polygons = province.geometry.to_numpy()
    assert shapely.is_valid(polygons).all()
    assert shapely.coverage_is_valid(polygons)
    land = shapely.union_all(polygons)
    assert shapely.area(land) == pytest.approx(shapely.area(polygons).sum(), rel=1e-9)
    pieces = shapely.get_parts(land)
    assert sum(shapely.get_num_interior_rings(pieces)) == 0


def test_province_has_the_wilayah_of_a_province(province):
    assert 1_600 <= len(province) <= 1_800
    assert 130 <= part(province, Level.kecamatan).nunique() <= 155
    kabupaten = sorted(part(province, Level.kabupaten).unique())
    assert kabupaten == [*(f"99.{number:02d}" for number in range(1, 11)), "99.71", "99.72"]


def test_codes_are_well_formed_unique_and_sorted(province):
    assert province["kode"].is_unique
    assert province["kode"].is_monotonic_increasing
    assert all(level_of(kode) is Level.desa for kode in province["kode"])


def test_kelurahan_lie_in_kota_and_in_seats_of_kabupaten(province):
    kinds = province["kode"].map(kind_of)
    assert set(kinds[province["is_city"]]) == {"kelurahan"}
    assert set(part(province, Level.kabupaten)[province["is_city"]]) == {"99.71", "99.72"}
    outside = kinds[~province["is_city"]]
    assert set(outside) == {"kelurahan", "desa"}
    seats = outside[part(province, Level.kecamatan)[~province["is_city"]].str.endswith(".01")]
    assert (seats == "kelurahan").groupby(seats.index.map(lambda i: province["kode"][i][:5])).any().all()
    assert (outside == "kelurahan").mean() < 0.1


def test_a_name_occurs_once_within_its_parent(province):
    assert not province.duplicated(["kecamatan_name", "kabupaten_name", "name"]).any()
    assert province.groupby(part(province, Level.kecamatan))["kecamatan_name"].nunique().eq(1).all()
    kecamatan = province.drop_duplicates(["kecamatan_name", "kabupaten_name"])
    assert len(kecamatan) == part(province, Level.kecamatan).nunique()
    for kabupaten, name in zip(part(province, Level.kabupaten), province["kabupaten_name"], strict=True):
        assert name.startswith("Kota " if kind_of(kabupaten) == "kota" else "Kabupaten ")


def test_no_name_of_the_fictional_province_exists_in_indonesia(province, shared_data):
    with (shared_data / "codes" / "wilayah_kemendagri_2025.csv").open(encoding="utf-8") as stream:
        real = [(row["kode"].count("."), row["nama"].lower()) for row in csv.DictReader(stream)]
    names = {level: {name for depth, name in real if depth == level} for level in range(4)}
    assert PROVINSI_NAME.lower() not in names[0]
    for depth, column in ((1, "kabupaten_name"), (2, "kecamatan_name"), (3, "name")):
        assert not names[depth] & set(province[column].str.lower())
    # Each name holds a word that is in no real name at all, so no seed can meet one.
    words = set().union(*(re.findall(r"[a-z]+", name) for _, name in real))
    for column in ("kabupaten_name", "kecamatan_name", "name"):
        assert all(set(re.findall(r"[a-z]+", name.lower())) - words for name in province[column].unique())


def test_borders_are_neither_a_grid_nor_straight(province):
    polygons = province[~province["is_city"]].geometry.to_numpy()
    assert np.median(shapely.get_num_coordinates(polygons)) > 50
    hull = shapely.area(polygons) / shapely.area(shapely.convex_hull(polygons))
    # Voronoi cells are convex; natural borders are not.
    assert np.median(hull) < 0.92
    box = shapely.area(polygons) / shapely.area(shapely.envelope(polygons))
    assert np.median(box) < 0.75


def test_desa_are_connected_and_only_islets_make_parts(province):
    assert (shapely.get_num_geometries(province.geometry.to_numpy()) > 1).mean() < 0.02


def test_a_kabupaten_lies_on_islands_and_the_province_is_in_the_open_ocean(province):
    land = shapely.get_parts(shapely.union_all(province.geometry.to_numpy()))
    assert len(land) > 8
    west, south, east, north = province.total_bounds
    assert west > 96.0 and east < 102.0 and south > -11.0 and north < -6.5
    islands = province[part(province, Level.kabupaten) == "99.01"]
    largest = land[shapely.area(land).argmax()]
    assert not shapely.intersects(shapely.point_on_surface(islands.geometry.to_numpy()), largest).any()


def test_desa_are_small_and_near_in_cities_and_remote_on_islands(province):
    area = province.geometry.to_crs("EPSG:6933").area / 1e6
    city = province["is_city"]
    assert area[city].median() < 4 < area[~city].median()
    assert province["remoteness"].between(0, 1).all()
    assert province["remoteness"][city].mean() < 0.15 < province["remoteness"][~city].mean()
    islands = part(province, Level.kabupaten) == "99.01"
    assert province["remoteness"][islands].mean() > province["remoteness"].mean() + 0.1
    assert (province["weight"] > 0).all()


def test_the_same_seed_draws_the_same_province_and_another_seed_another(province):
    again = draw_province()
    assert again.drop(columns="geometry").equals(province.drop(columns="geometry"))
    assert (shapely.to_wkb(again.geometry.to_numpy()) == shapely.to_wkb(province.geometry.to_numpy())).all()
    other = draw_province(7)
    assert shapely.coverage_is_valid(other.geometry.to_numpy())
    assert not np.allclose(other.total_bounds, province.total_bounds)


def test_one_desa_came_out_of_a_neighbour_and_has_the_last_number_of_its_kecamatan(province):
    new = province[province["split_from"].notna()]
    assert len(new) == 1
    new_kode, old_kode = new["kode"].iloc[0], new["split_from"].iloc[0]
    kecamatan = province[part(province, Level.kecamatan) == new_kode[:8]]
    assert kecamatan["kode"].str[-3:].astype(int).tolist() == list(range(1, len(kecamatan) + 1))
    assert new_kode == kecamatan["kode"].iloc[-1] and kind_of(new_kode) == "desa"
    pair = province.set_index("kode").loc[[old_kode, new_kode]]
    assert pair["name"].iloc[1] == pair["name"].iloc[0] + " Baru"
    assert shapely.union_all(pair.geometry.to_numpy()).geom_type == "Polygon"
    together = pair["weight"].sum()
    assert together > 2 * province.loc[~province["is_city"], "weight"].median(), "what was divided was large"
    assert 0.3 <= pair["weight"].iloc[1] / together <= 0.45
