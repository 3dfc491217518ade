"""Areas struck by a shock: which desa belong, what they hold counted from the rows, and what may be published."""

import zipfile
from datetime import date

import geopandas
import numpy as np
import pytest
import shapely
from builders import DESA, PERIOD, draw_households, enrol, load, recipients, stored, write_places
from shapely.geometry import LineString, MultiPolygon, Polygon, box

from boundaries.errors import BoundaryError
from boundaries.levels import Level
from dashboard.sections.shock_draft import shape_of_file
from geo.engine import read_only
from geo.shock_write import store_shock
from queries.errors import QueryError
from queries.plan_need import read_need
from queries.plan_request import PlanRequest
from queries.scope import Scope
from queries.shock import Count, cost_of, shock_effect
from queries.shock_area import list_parts, list_shocks, read_shock, snap
from queries.shock_shape import CIRCLE_POINTS, check_shape, circle_of, polygons_of, read_coordinates
from queries.wilayah import program_names

pytestmark = pytest.mark.postgis

SCOPE = Scope("99", Level.desa, PERIOD, "pkh", disclosure="exact")
PUBLISHED = SCOPE.at(disclosure="published")


@pytest.fixture
def squares(database):
    """Seven square desa of 0.1 degree in a row, from 100 east on the equator."""
    write_places(database)
    return database


@pytest.fixture
def census(squares, tmp_path):
    household = draw_households()
    load(squares, tmp_path, household, enrol(recipients(household), "pkh"))
    return squares


def snapped(engine, area, how="half"):
    with read_only(engine) as connection:
        return snap(connection, area, how)


def effect_of(engine, codes, scope=SCOPE):
    with read_only(engine) as connection:
        return shock_effect(connection, scope, codes)


def refusal(call, *given, **named):
    with pytest.raises(QueryError) as caught:
        call(*given, **named)
    return caught.value.code


def test_a_desa_belongs_with_half_of_its_land_or_with_any_of_it(squares):
    """From 100.05 to 100.23: half of the first square, all of the second, three tenths of the third."""
    area = box(100.05, -1, 100.23, 1)
    touched = snapped(squares, area, "touched")
    assert [row.kode for row in touched] == DESA[:3]
    assert [row.area_share for row in touched] == pytest.approx([0.5, 1, 0.3])
    assert snapped(squares, area) == touched[:2]


def test_a_share_counts_holes_and_every_part(squares):
    """The first square without its middle ninth, and a quarter of the fourth."""
    third = 0.1 / 3
    frame = box(100, 0, 100.1, 0.1).difference(box(100 + third, third, 100 + 2 * third, 2 * third))
    quarter = box(100.3, 0, 100.35, 0.05)
    shares = {row.kode: row.area_share for row in snapped(squares, MultiPolygon([frame, quarter]), "touched")}
    assert shares == {DESA[0]: pytest.approx(8 / 9, abs=1e-6), DESA[3]: pytest.approx(0.25, abs=1e-6)}


def test_a_border_alone_is_no_touch(squares):
    assert [row.kode for row in snapped(squares, box(100.1, 0, 100.2, 0.1), "touched")] == [DESA[1]]


def test_wilayah_from_the_list_bring_all_of_their_desa(squares):
    assert [row.kode for row in snapped(squares, ["99.01"])] == DESA[:4]
    assert snapped(squares, ["99.01.01", DESA[6], DESA[0]]) == tuple((DESA[at], 1.0) for at in (0, 1, 6))
    assert refusal(snapped, squares, ["99.02"]) == "unknown_wilayah"
    assert refusal(snapped, squares, []) == "shock_empty"


def test_an_area_that_finds_no_desa_says_why(squares):
    assert refusal(snapped, squares, box(101, 1, 102, 2)) == "shock_outside"
    with pytest.raises(QueryError) as caught:
        snapped(squares, box(100.08, 0, 100.12, 0.1))
    assert (caught.value.code, caught.value.details) == ("shock_no_half", {"touched": 2})
    assert refusal(snapped, squares, box(90, -8, 98, 8)) == "shock_too_large"


def test_a_ring_that_crosses_itself_keeps_what_it_encloses_and_is_told():
    """A bow tie of two triangles, each with a base of 2 and a height of 1."""
    shape = check_shape(polygons_of([[(0, 0), (2, 2), (2, 0), (0, 2)]]))
    assert shape.notes == ("repaired",)
    assert shape.geometry.area == pytest.approx(2)
    two = [[(0, 0), (1, 0), (1, 1), (0, 1)], [(0.5, 0), (2, 0), (2, 1), (0.5, 1)]]
    assert check_shape(polygons_of(two)).notes == ()
    assert check_shape(polygons_of(two)).geometry.area == pytest.approx(2)


@pytest.mark.parametrize(("geometry", "code"), [
    (None, "shock_empty"), (Polygon(), "shock_empty"), (LineString([(0, 0), (1, 1)]), "shock_not_polygon"),
    (Polygon([(100, 0), (101, 0), (102, 0)]), "shock_empty"),
    (Polygon([(-5, 105), (-5, 106), (-6, 105)]), "shock_swapped"),
    (Polygon([(500_000, 9_400_000), (500_100, 9_400_000), (500_000, 9_400_100)]), "shock_coordinates"),
    (shapely.segmentize(box(100, 0, 101, 1), 1e-5), "shock_too_fine"),
])  # fmt: skip
def test_what_is_no_area_is_refused(geometry, code):
    assert refusal(check_shape, geometry) == code


def test_a_ring_needs_three_points():
    assert refusal(polygons_of, [[(100, 0), (100, 0), (101, 1)]]) == "shock_ring_short"
    assert refusal(polygons_of, []) == "shock_empty"
    assert refusal(polygons_of, [[(100, 0), (float("nan"), 0), (101, 1)]]) == "shock_coordinates"


def test_a_circle_has_the_area_of_its_polygon():
    """A regular polygon of n corners has n/2 r2 sin(2 pi / n)."""
    by_hand = CIRCLE_POINTS / 2 * 25**2 * np.sin(2 * np.pi / CIRCLE_POINTS)
    assert check_shape(circle_of(105, -5, 25)).area_km2 == pytest.approx(by_hand, rel=1e-4)
    assert refusal(circle_of, 105, -5, 0) == "shock_radius"
    assert refusal(circle_of, -5, 105, 10) == "shock_swapped"


def test_coordinates_are_read_as_people_type_them():
    text = "105.1 -5.2\n105,2; -5,3\n105.3, -5\n105.20,-5.10\n\n1 2"
    assert read_coordinates(text) == [[(105.1, -5.2), (105.2, -5.3), (105.3, -5), (105.2, -5.1)], [(1, 2)]]
    for line in ("105,1", "105,1,5", "abc", "1 2 3", "105.1"):
        assert refusal(read_coordinates, line) == "shock_line"


def test_an_area_holds_what_its_rows_hold(census):
    """Every figure against a count over the households themselves."""
    effect = effect_of(census, DESA[:2])
    assert (effect.desa_count, effect.kecamatan_count, effect.empty_desa_count) == (2, 1, 0)
    where = f"FROM household WHERE kode IN ('{DESA[0]}', '{DESA[1]}')"
    (rows,) = stored(census, f"SELECT count(*), sum(person_count), count(*) FILTER (WHERE received = 0) {where}")
    total = effect.total
    assert (total["household_count"], total["person_count"], total["without_count"]) == tuple(map(Count, rows))
    assert total["one_program_count"].value == rows[0] - rows[2] and total["several_program_count"] == Count(0)
    by_hand = dict(stored(census, f"SELECT coalesce(desil, 0), count(*) {where} GROUP BY 1"))
    assert {desil: counts["household_count"].value for desil, counts in effect.by_desil.items()} == {
        desil: by_hand.get(desil, 0) for desil in range(11)}
    (program,) = effect.programs
    assert (program.key, program.unit) == ("pkh", "household")
    received = dict(stored(census, f"SELECT desil, count(*) {where} AND received <> 0 GROUP BY 1"))
    assert {desil: count.value for desil, count in program.received.items() if count.value} == received
    # Desil 1 to 4 of Satu and Dua: 12 and 7, of whom 6 and 6 receive, and one above in each.
    assert [program.total[f"{name}_count"].value for name in ("eligible", "reached", "gap", "received")] == [
        19, 12, 7, 14]
    assert effect.units((1, 2)) == Count(11) and effect.units((1, 2), is_without=True) == Count(2)
    assert effect.units((3, 7)) == Count(5)


def test_a_desa_without_a_register_is_told_and_counts_nobody(census):
    effect = effect_of(census, DESA[5:])
    assert (effect.desa_count, effect.empty_desa_count) == (2, 1)
    assert effect.total["household_count"] == Count(6)
    assert effect_of(census, DESA[6:]).total["household_count"] == Count(0)


def test_without_any_recipients_on_record_nobody_is_called_without_a_program(squares, tmp_path):
    household = draw_households()
    load(squares, tmp_path, household, enrol(household.iloc[:0], "pkh"))
    total = effect_of(squares, DESA[:2]).total
    assert total["household_count"] == Count(32)
    assert total["without_count"] == total["several_program_count"] == Count(None)


def test_civil_registration_takes_households_out_of_the_cost(squares, tmp_path):
    household = draw_households({DESA[0]: "1 1 1 2"})
    household.loc[0, "adminduk"] = "meninggal"
    load(squares, tmp_path, household, enrol(household.iloc[3:], "pkh"))
    effect = effect_of(squares, DESA[:1])
    assert effect.by_desil[1]["household_count"] == Count(3)
    assert effect.units((1,)) == Count(2)


def test_published_sums_are_rounded_and_small_ones_masked(census):
    """The whole of Barat: 45 households, of desil 1 nine; the sets of desil keep to the same rule."""
    effect = effect_of(census, DESA[:4], PUBLISHED)
    shown = [count for counts in effect.by_desil.values() for count in counts.values()]
    shown += [count for program in effect.programs for count in (*program.total.values(), *program.received.values())]
    assert all(count.value is None or count.value == 0 or (count.value >= 10 and count.value % 5 == 0)
               for count in shown)  # fmt: skip
    assert effect.by_desil[1]["household_count"].mask in ("small", "hidden")
    assert effect.total["household_count"] == Count(45)
    assert refusal(effect.units, (1, 3)) == "desil_set_not_published"


def test_published_areas_hold_three_desa_and_leave_none_alone(census):
    assert refusal(effect_of, census, DESA[:2], PUBLISHED) == "shock_too_few"
    # Three of the four desa of Barat leave Empat alone in Hilir.
    with pytest.raises(QueryError) as caught:
        effect_of(census, DESA[:3], PUBLISHED)
    assert (caught.value.code, caught.value.details["names"]) == ("shock_leaves_few", "Empat")
    # Tujuh has no households: it neither counts nor is left.
    assert refusal(effect_of, census, [*DESA[4:7]], PUBLISHED) == "shock_too_few"
    assert effect_of(census, DESA[:6], PUBLISHED).desa_count == 6


def test_a_cost_is_whole_rupiah_within_a_budget_year():
    assert cost_of(3_761, 300_000, 3) == 3_384_900_000
    assert isinstance(cost_of(np.int64(2), 1, 12), int)
    assert refusal(cost_of, 10, 0, 3) == "plan_money"
    assert refusal(cost_of, 10, 1000, 13) == "plan_months"


def test_a_kept_area_comes_back_with_its_desa(squares):
    area = box(100.05, -1, 100.23, 1)
    rows = snapped(squares, area)
    with squares.begin() as connection:
        first = store_shock(connection, "Banjir", "flood", author="Uji", snap="half", origin="drawn", desa=rows,
                            geometry=area, happened_on=date(2026, 10, 3))
        store_shock(connection, "Latihan", "other", author="Uji", snap="touched", origin="chosen",
                    desa=snapped(squares, ["99.71"]), is_exercise=True)
    with read_only(squares) as connection:
        kept = read_shock(connection, first)
        assert kept.rows == rows and kept.geometry.equals(area)
        assert (kept.kind, kept.happened_on, kept.desa_count) == ("flood", date(2026, 10, 3), 2)
        listed = list_shocks(connection)
        assert [(one.name, one.desa_count, one.is_exercise) for one in listed] == [
            ("Latihan", 3, True), ("Banjir", 2, False)]
        assert read_shock(connection, listed[0].id).geometry is None
        assert refusal(read_shock, connection, 999) == "unknown_shock"


def test_the_list_offers_two_levels_below(squares):
    with read_only(squares) as connection:
        parts = list_parts(connection, "99")
        assert [part.kode for part in parts] == ["99.01", "99.71", "99.01.01", "99.01.02", "99.71.01"]
        assert parts[0].lon == pytest.approx(100.05)
        assert [part.kode for part in list_parts(connection, "99.01.01")] == DESA[:2]
        assert [part.kode for part in list_parts(connection, DESA[0])] == [DESA[0]]


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".zip"])
def test_a_file_gives_its_polygons_whatever_its_columns(tmp_path, suffix):
    frame = geopandas.GeoDataFrame({"lain": [1, 2]}, geometry=[box(100, 0, 100.1, 0.1), box(100.2, 0, 100.3, 0.1)],
                                   crs=4326).to_crs(32747)  # fmt: skip
    path = tmp_path / f"area{suffix}"
    if suffix == ".zip":
        frame.to_file(tmp_path / "bentuk.shp")
        with zipfile.ZipFile(path, "w") as archive:
            for part in tmp_path.glob("bentuk.*"):
                archive.write(part, f"dalam/{part.name}")
    else:
        frame.to_file(path)
    shape = shape_of_file(f"../{path.name}", path.read_bytes())
    assert shape.geometry.area == pytest.approx(0.02, rel=1e-3)
    assert len(shape.geometry.geoms) == 2


def test_a_file_that_is_none_or_unpacks_to_too_much_is_refused_by_its_own_name(tmp_path):
    bomb = tmp_path / "banjir.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.shp", b"0" * 101 * 1024 * 1024)
    abroad = geopandas.GeoDataFrame(geometry=[box(5, 50, 5.2, 50.2)], crs=4326)
    abroad.to_file(tmp_path / "luar.geojson")
    for name, content, code in (
        ("area.kml", b"<kml/>", "file_not_spatial"), ("area.zip", b"PK nothing", "file_not_spatial"),
        ("banjir.zip", bomb.read_bytes(), "archive_too_large"),
        ("luar.geojson", (tmp_path / "luar.geojson").read_bytes(), "outside_indonesia"),
    ):  # fmt: skip
        with pytest.raises(BoundaryError) as caught:
            shape_of_file(name, content)
        assert (caught.value.code, caught.value.details["path"]) == (code, name)


def test_an_area_with_latitude_first_is_turned(tmp_path):
    geopandas.GeoDataFrame(geometry=[box(-5.2, 105, -5, 105.2)], crs=4326).to_file(tmp_path / "tukar.geojson")
    shape = shape_of_file("tukar.geojson", (tmp_path / "tukar.geojson").read_bytes())
    assert shape.geometry.bounds == pytest.approx((105, -5.2, 105.2, -5))


@pytest.mark.parametrize("is_without", [False, True])
def test_a_plan_for_a_kept_area_needs_what_the_area_was_priced_for(census, is_without):
    with census.begin() as connection:
        shock_id = store_shock(connection, "Banjir", "flood", author="Uji", snap="half", origin="chosen",
                               desa=[(code, 1.0) for code in DESA[:3]])
        request = PlanRequest(target="BLT", desil=(1, 2, 3, 4), funding="btt", shock=shock_id)
        if is_without:
            request = request.at(covered=tuple(program_names(connection)))
        need = read_need(connection, SCOPE.at(request=request.text), request)
    units = effect_of(census, DESA[:3]).units((1, 2, 3, 4), is_without)
    assert int(need.need.sum()) == units.value == (13 if is_without else 25)
