"""Households without any program, programs beside one another, what to look at first, official figures: by hand."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from builders import PERIOD, draw_households, enrol, load, recipients, write_places
from conftest import clone
from sqlalchemy import text

from boundaries.errors import PetadesilError
from boundaries.levels import Level
from geo.engine import make_engine, read_only
from geo.figures_load import load_figures
from queries.coverage import coverage
from queries.official import next_month, official_figures
from queries.priorities import Evidence, priorities, rank_places
from queries.program_sheet import program_sheet
from queries.result import Provenance, Result
from queries.scope import Scope
from queries.stats.disclosure import HIDDEN, SMALL
from queries.without import without, without_concentration

BEFORE = date(2026, 9, 1)
WHOLE = Scope("99", Level.provinsi, PERIOD, "pkh", (1,), "exact")
KABUPATEN, DESA = WHOLE.at(level=Level.kabupaten), WHOLE.at(level=Level.desa)
PUBLISHED = DESA.at(disclosure="published")
QUOTA = pd.DataFrame([{"kode": "99.01", "program": "pkh", "places_count": "20"},
                      {"kode": "99.71", "program": "pkh", "places_count": "7"}])  # fmt: skip
# Satu: 20 of 80 without any program; Dua: 5 of 60; Tiga: 40 of 80.
LARGE = {
    "99.01.01.2001": "1* " * 60 + "1 " * 20,
    "99.01.01.2002": "1* " * 55 + "1 " * 5,
    "99.01.02.2001": "1* " * 40 + "1 " * 40,
}


def ask(engine, query, scope):
    with read_only(engine) as connection:
        return query(connection, scope)


def by_name(result):
    return result.frame.set_index("name")


@pytest.fixture(scope="module")
def province(template, tmp_path_factory):
    """Two months: in the first, Tiga's families of desil 1 receive PKH, in the second nobody of Satu is paid."""
    folder = tmp_path_factory.mktemp("overview")
    engine = make_engine(clone(template, "test_overview"))
    write_places(engine)
    household = draw_households()
    earlier = draw_households()
    earlier.loc[(earlier["kode"] == "99.01.02.2001") & (earlier["desil"] == "1"), "marks"] = 1
    load(engine, folder / "a", earlier, enrol(recipients(earlier), "pkh"), period=BEFORE)
    enrolment = enrol(recipients(household), "pkh")
    enrolment.loc[enrolment["kode"] == "99.01.01.2001", "stage"] = "ditetapkan"
    load(engine, folder / "b", household, enrolment, QUOTA)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def large(template, tmp_path_factory):
    engine = make_engine(clone(template, "test_overview_large"))
    write_places(engine)
    household = draw_households(LARGE)
    load(engine, tmp_path_factory.mktemp("large"), household, enrol(recipients(household), "pkh"))
    yield engine
    engine.dispose()


def test_households_of_desil_1_without_any_program_are_counted(province):
    rows = by_name(ask(province, without, DESA))
    counts = rows[["without_count", "household_count"]].dropna().astype(int).values.tolist()
    assert counts == [[1, 4], [0, 2], [2, 2], [0, 0], [0, 1], [1, 2]]
    assert rows.loc["Tiga", "value"] == 1 and rows.loc["Satu", "without_rate"] == 0.25
    assert rows.loc["Empat", "status"] == "not_applicable" and rows.loc["Tujuh", "status"] == "no_data"
    assert rows.loc["Satu", ["person_count", "without_person_count"]].tolist() == [16, 4]
    whole = ask(province, without, WHOLE).frame.iloc[0]
    assert (whole["without_count"], whole["household_count"]) == (4, 11)


def test_other_desil_can_be_asked_about(province):
    row = ask(province, without, WHOLE.at(desil=(0, 10))).frame.iloc[0]
    # Desil 10 in Satu and Empat, three without a desil; none of them receives.
    assert (row["without_count"], row["household_count"]) == (5, 5)


def test_half_of_them_live_in_one_of_seven_desa(province):
    found = ask(province, without_concentration, DESA)
    assert found.to_dict() == {"holding_count": 1, "place_count": 7}
    assert ask(province, without_concentration, PUBLISHED) is None


def test_without_any_program_on_record_nobody_is_without_one(template, tmp_path):
    engine = make_engine(clone(template, "test_overview_none"))
    write_places(engine)
    household = draw_households()
    load(engine, tmp_path, household, enrol(recipients(household), "pkh"))
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM program_total"))
    rows = ask(engine, without, KABUPATEN).frame
    engine.dispose()
    assert set(rows["status"]) == {"no_data"} and rows["without_count"].isna().all()


def test_small_counts_are_hidden_and_do_not_come_back_by_subtraction(large):
    result = ask(large, without, PUBLISHED)
    rows, mask = by_name(result), result.mask.set_axis(result.frame["name"])
    assert rows.loc["Satu", ["without_count", "household_count"]].tolist() == [20, 80]
    assert mask.loc["Dua", "without_count"] == SMALL and pd.isna(rows.loc["Dua", "without_count"])
    assert rows.loc["Dua", "status"] == "suppressed" and pd.isna(rows.loc["Dua", "value"])
    assert mask.loc["Dua", "without_person_count"] == HIDDEN
    assert "with_count" not in rows.columns and "with_count" not in mask.columns


def test_the_sheet_of_programs_counts_as_the_page_of_each_does(province):
    sheet = ask(province, program_sheet, KABUPATEN)
    pkh = sheet.frame[sheet.frame["program"] == "pkh"].set_index("name")
    # Barat: Satu 7, Dua 7 receive, 6 and 6 of them eligible; quota 20. Satu's 7 are decided and not yet paid.
    barat = pkh.loc["Kabupaten Barat"]
    assert barat[["received_count", "reached_count", "leak_count", "paid_count", "quota_count"]].tolist() == [
        14, 12, 2, 7, 20]  # fmt: skip
    assert (barat["paid_rate"], barat["quota_used_rate"]) == (0.5, 0.7)
    own = by_name(ask(province, coverage, KABUPATEN))
    for column in ("eligible_count", "gap_count", "gap_idr", "coverage_rate", "unused_quota_count"):
        assert pkh[column].tolist() == own[column].tolist()
    # A program that nobody ever reported has a row only where it is asked for.
    assert set(sheet.frame["program"]) == {"pkh"}
    other = ask(province, program_sheet, WHOLE.at(programs=("sembako",))).frame
    assert other["status"].tolist() == ["no_data"] and other["received_count"].isna().all()


def test_a_program_without_a_quota_has_no_use_of_it(province):
    rows = ask(province, program_sheet, DESA.at(programs=("pkh",))).frame
    assert len(rows) == 7 and rows["quota_count"].isna().all()
    assert set(rows["quota_status"]) == {"not_applicable", "no_data"}


def test_the_sheet_hides_what_the_page_of_the_program_hides(large):
    scope = PUBLISHED.at(programs=("pkh",))
    sheet, own = ask(large, program_sheet, scope), ask(large, coverage, scope.at(programs=()))
    for column in own.mask.columns:
        assert sheet.mask[column].tolist() == own.mask[column].tolist(), column
    assert pd.isna(by_name(sheet).loc["Dua", "gap_idr"])


def test_a_sheet_of_another_rule_is_refused(province):
    with pytest.raises(PetadesilError) as refused:
        ask(province, program_sheet, WHOLE.at(limits=(1, 2)))
    assert refused.value.code == "no_what_if"


def test_wilayah_are_ranked_by_need_and_say_why(province):
    rows = ask(province, priorities, DESA).frame
    assert rows["name"].tolist() == ["Tiga", "Enam", "Satu"]
    assert rows["priority_rank"].tolist() == [1, 2, 3]
    assert rows["without_share_rate"].tolist() == [0.5, 0.25, 0.25]
    assert rows["without_change_rate"].tolist() == [1, 0, 0]
    # Two more families are less than ten; below the quota nothing is said of places; seven decided, nobody paid.
    assert rows["reasons"].tolist() == ["most", "most", "most, unpaid"]


def test_reasons_of_a_kabupaten_carry_their_numbers(province):
    rows = by_name(ask(province, priorities, KABUPATEN))
    barat = rows.loc["Kabupaten Barat"]
    # E 25, T 14, K 20: six places empty of a gap of 13; desil 1: 3 of 8 left out while 5 of desil 3 and 4 receive.
    assert barat[["unused_quota_count", "gap_count", "out_of_order_count", "poorest_eligible_count"]].tolist() == [
        6, 13, 3, 8]  # fmt: skip
    assert barat["reasons"] == "most, out_of_order, unused_quota, unpaid"
    assert rows.loc["Kota Timur", "reasons"] == "most, out_of_order"


def test_a_hidden_number_neither_ranks_nor_explains(large):
    exact, published = ask(large, priorities, DESA), ask(large, priorities, PUBLISHED)
    assert exact.frame["name"].tolist() == ["Tiga", "Satu", "Dua"]
    assert published.frame["name"].tolist() == ["Tiga", "Satu"]
    assert published.frame["without_share_rate"].tolist() == [40 / 65, 20 / 65]
    assert published.provenance.row_count == 2


def made(columns, **masks):
    """Return an answer with these columns, one value a wilayah, named by its number."""
    count = len(next(iter(columns.values())))
    frame = pd.DataFrame({"kode": [f"99.{at:02d}" for at in range(1, count + 1)]} | columns)
    for name in columns:
        if name.endswith(("_count", "_rate", "_lower", "_upper")):
            frame[name] = frame[name].astype("Float64")
    mask = pd.DataFrame(masks | {}, index=frame.index, dtype=object)
    return Result(frame, Provenance("made", WHOLE, "", (), count, "0"), mask)


ANSWERED = dict.fromkeys(("name", "level", "kind", "status", "value", "numerator", "denominator", "se", "lower",
                          "upper"), None)  # fmt: skip


def evidence(counts, households, **changes):
    """Return evidence in which only the numbers of households say anything."""
    size = len(counts)
    rates = [count / whole for count, whole in zip(counts, households, strict=True)]
    now = {name: [value] * size for name, value in ANSWERED.items()} | {
        "without_count": counts, "household_count": households, "without_rate": rates}  # fmt: skip
    nothing = [np.nan] * size
    parts = {
        "own": made({"without_count": [sum(counts)]}),
        "now": made(now),
        "order": made(dict.fromkeys(("out_of_order_count", "poorest_eligible_count", "out_of_order_rate"), nothing)),
        "sheet": made(dict.fromkeys(
            ("unused_quota_count", "gap_count", "received_count", "paid_count", "paid_rate"), nothing)),
        "age": made({"old_rate": nothing}),
    }  # fmt: skip
    return Evidence(**parts | changes)


def test_equal_numbers_are_ordered_by_rate_and_ten_are_named():
    rows = rank_places(evidence([50, 70, 50] + [1] * 9, [500, 700, 100] + [100] * 9))
    assert rows["kode"].head(4).tolist() == ["99.02", "99.03", "99.01", "99.04"]
    assert rows["priority_rank"].tolist() == list(range(1, 11))


def test_nobody_is_named_where_nobody_is_without_a_program():
    assert rank_places(evidence([0, 0], [10, 10])).empty


@pytest.mark.parametrize(("rates", "marked"), [(10, 1), (11, 2), (12, 2), (20, 2), (21, 3)])
def test_the_highest_tenth_is_rounded_up_even_where_rates_are_equal(rates, marked):
    rows = rank_places(evidence([10] * rates, [100] * rates))
    assert rows.index[rows["reasons"].str.contains("highest_tenth")].tolist() == list(range(marked))


def test_the_highest_tenth_needs_ten_wilayah():
    nine = rank_places(evidence([30, *range(1, 9)], [100] * 9))
    assert not nine["reasons"].str.contains("highest_tenth").any()


@pytest.mark.parametrize(("before", "grew"), [((80, 0.08), True), ((91, 0.08), False), ((80, 0.09), False)])
def test_growth_is_more_than_a_point_and_at_least_ten_families(before, grew):
    count, rate = before
    earlier = made({"without_count": [count], "without_rate": [rate]})
    [reasons] = rank_places(evidence([100], [1000], before=earlier))["reasons"]
    assert ("grew" in reasons) is grew


def test_a_wilayah_that_was_split_did_not_grow():
    earlier = made({"without_count": [80, 80], "without_rate": [0.08, 0.08]})
    rows = rank_places(evidence([100, 100], [1000, 1000], before=earlier, divided=frozenset({"99.01"})))
    assert ["grew" in reasons for reasons in rows["reasons"]] == [False, True]
    assert pd.isna(rows["without_change_count"].iloc[0]) and rows["without_change_count"].iloc[1] == 20


@pytest.mark.parametrize(
    ("part", "columns", "reason", "holds"),
    [
        ("order", {"out_of_order_count": [10], "poorest_eligible_count": [100], "out_of_order_rate": [0.10]},
         "out_of_order", True),
        ("order", {"out_of_order_count": [9], "poorest_eligible_count": [100], "out_of_order_rate": [0.09]},
         "out_of_order", False),
        ("age", {"old_rate": [0.51]}, "old_data", True),
        ("age", {"old_rate": [0.5]}, "old_data", False),
    ],
)  # fmt: skip
def test_each_reason_holds_from_its_threshold_on(part, columns, reason, holds):
    [reasons] = rank_places(evidence([100], [1000], **{part: made(columns)}))["reasons"]
    assert (reason in reasons) is holds


@pytest.mark.parametrize(("unused", "gap", "paid", "expected"), [
    (5, 100, 0.90, "most, unused_quota"), (4, 100, 0.89, "most, unpaid"), (0, 0, 0.95, "most"),
])  # fmt: skip
def test_places_and_payment_have_their_thresholds(unused, gap, paid, expected):
    sheet = made({"unused_quota_count": [unused], "gap_count": [gap], "received_count": [100],
                  "paid_count": [paid * 100], "paid_rate": [paid]})  # fmt: skip
    assert rank_places(evidence([100], [1000], sheet=sheet))["reasons"].tolist() == [expected]


def test_a_masked_count_of_places_is_no_reason():
    columns = {"unused_quota_count": [5], "gap_count": [100], "received_count": [100], "paid_count": [95],
               "paid_rate": [0.95]}  # fmt: skip
    sheet = made(columns, unused_quota_count=[SMALL])
    [row] = rank_places(evidence([100], [1000], sheet=sheet)).to_dict("records")
    assert row["reasons"] == "most" and pd.isna(row["unused_quota_count"])


def test_an_estimate_that_is_too_uncertain_is_a_reason():
    wide = {"exclusion_status": ["ok", "too_uncertain", "ok"], "field_exclusion_lower": [0.1, np.nan, 0.3],
            "field_exclusion_upper": [0.45, np.nan, 0.5]}  # fmt: skip
    rows = rank_places(evidence([30, 20, 10], [100] * 3, field=made(wide)))
    assert rows["reasons"].tolist() == ["most, unsure", "most, unsure", "most"]
    assert rows["field_width_rate"].round(2).tolist()[::2] == [0.35, 0.2]


@pytest.fixture(scope="module")
def figured(template, tmp_path_factory):
    folder = tmp_path_factory.mktemp("figures")
    engine = make_engine(clone(template, "test_overview_official"))
    write_places(engine)
    household = draw_households()
    load(engine, folder, household, enrol(recipients(household), "pkh"))
    for name, day, rows in (
        ("old", date(2025, 3, 1), "99.01,9.0,true\n99.71,4.0,true\n"),
        ("new", date(2026, 3, 1), "99.01,8.5,false\n"),
        ("later", date(2026, 11, 1), "99.01,1.0,true\n"),
    ):
        path = folder / f"FIKTIF_figures_{name}.csv"
        path.write_text(f"kode,value,is_confirmed\n{rows}")
        load_figures(engine, path, "poverty_rate", day, "Uji, Maret", is_percent=True)
    yield engine
    engine.dispose()


def test_the_newest_official_figure_up_to_the_period_stands_beside_the_register(figured):
    result = ask(figured, official_figures, KABUPATEN)
    rows = by_name(result)
    barat, timur = rows.loc["Kabupaten Barat"], rows.loc["Kota Timur"]
    assert (barat["poverty_rate"], barat["poverty_figure_on"]) == (pytest.approx(0.085), date(2026, 3, 1))
    assert not barat["is_poverty_confirmed"] and timur["is_poverty_confirmed"]
    assert (timur["value"], timur["poverty_figure_on"]) == (pytest.approx(0.04), date(2025, 3, 1))
    # Barat: 45 families, 8 of desil 1 and 7 of desil 2.
    assert barat[["desil_one_count", "desil_one_two_count", "total_household_count"]].tolist() == [8, 15, 45]
    assert barat["desil_one_two_share_rate"] == pytest.approx(15 / 45)
    assert pd.isna(barat["poverty_line_idr"]) and barat["poverty_reference"] == "Uji, Maret"
    assert {note.kind for note in result.provenance.sources} == {"boundaries", "register", "figures"}


def test_a_wilayah_without_an_official_figure_has_no_data(figured):
    rows = ask(figured, official_figures, WHOLE).frame
    assert rows["status"].tolist() == ["no_data"] and rows["value"].isna().all()
    assert rows["desil_one_count"].tolist() == [11]


def test_the_register_s_shares_are_hidden_as_its_own_page_hides_them(figured):
    result = ask(figured, official_figures, KABUPATEN.at(disclosure="published"))
    assert result.mask["desil_one_count"].tolist() == [SMALL, SMALL]
    assert result.frame["desil_one_share_rate"].isna().all() and result.frame["poverty_rate"].notna().all()


def test_a_register_of_the_poorest_has_no_share_of_desil_1(database, tmp_path):
    write_places(database)
    household = draw_households()
    load(database, tmp_path, household, enrol(recipients(household), "pkh"), scheme="dtks")
    rows = ask(database, official_figures, KABUPATEN).frame
    assert set(rows["desil_one_status"]) == {"not_applicable"} and rows["desil_one_share_rate"].isna().all()


def test_a_month_ends_where_the_next_begins():
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)
    assert next_month(date(2026, 2, 1)) == date(2026, 3, 1)
