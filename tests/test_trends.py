"""Three months of the census of builders.py, with a desa that was split, counted by hand, and the page that shows them.

August is the census itself. On 1 September five households of Satu become the desa Delapan: of desil 1, 2, 3, 4 and 7,
none of which receives PKH. In October the one of desil 1 there receives it; in Dua one rises from desil 1 to 2 and one
falls from 9 to 7; in Tiga one of desil 8 leaves and one of desil 1 enters; in Enam one without a desil gets the third
and one of the fifth loses it. PKH is for desil 1 to 4:

    month      eligible  receiving  reached  gap  leak    desil 1  of them without PKH
    August           32         21       17   15     4         11                    4
    September        32         21       17   15     4         11                    4
    October          34         22       18   16     4         11                    4

    Satu alone: 12 eligible, 6 not reached in August; 8 and 2 from September. Delapan: 4 and 4, then 4 and 3.
"""

import json
import re
from datetime import date

import numpy as np
import pandas as pd
import pytest
import streamlit as st
from builders import CENSUS, PERIOD, draw_households, enrol, load, recipients, write_places
from click.testing import CliRunner
from conftest import clone
from sqlalchemy import insert, text
from streamlit.testing.v1 import AppTest

from boundaries.errors import PetadesilError
from boundaries.levels import NATION_KODE, Level, kind_of, level_of, parent_of
from dashboard import cache
from dashboard.changes import change_lines, rise_scale, side_names
from dashboard.cli import main
from dashboard.commands import ask as asking
from dashboard.questions import QUESTIONS, values_of
from dashboard.scales import PALETTES
from dashboard.sections.trend_lines import box_width, line_rows
from dashboard.words import LANGUAGES, Words
from geo.context_tables import wilayah_succession
from geo.cube_tables import move_count
from geo.engine import make_engine, read_only
from geo.succession import lineage_groups
from geo.tables import source, wilayah
from queries.catalogue import QUERIES
from queries.lineage import successions
from queries.monitoring import earlier_in, monitoring
from queries.moves import desil_moves
from queries.scope import Scope
from queries.trend import change, trend
from queries.wilayah import DataState

pytestmark = pytest.mark.postgis

DTKS, AUGUST, SEPTEMBER = date(2025, 3, 1), date(2026, 8, 1), date(2026, 9, 1)
SATU, DELAPAN, THERE = "99.01.01.2001", "99.01.01.2003", "98.01.01.2001"
DESA = Scope("99", Level.desa, PERIOD, "pkh", disclosure="exact")
WHOLE = DESA.itself()
SINCE = DESA.at(against=AUGUST)
WORDS = Words("id")
NBSP = "\N{NO-BREAK SPACE}"


def later_months(household):
    """Return the households of September and of October, by the story above."""
    september = household.copy()
    numbers = september["household_id"].str[-2:]
    moved = (september["kode"] == SATU) & numbers.isin(["04", "07", "09", "10", "16"])
    september.loc[moved, "kode"] = DELAPAN

    october = september.set_index("household_id")
    october.loc["99-99.01.01.2002-01", "desil"] = "2"
    october.loc["99-99.01.01.2002-12", "desil"] = "7"
    october.loc["99-99.71.01.1002-05", "desil"] = "3"
    october.loc["99-99.71.01.1002-04", "desil"] = None
    october.loc[f"99-{SATU}-04", "marks"] = 1
    october = october.rename(index={"99-99.01.02.2001-08": "99-99.01.02.2001-09"})
    october.loc["99-99.01.02.2001-09", "desil"] = "1"
    return september, october.reset_index()


def split(engine, rows=((SATU, DELAPAN, SEPTEMBER),)):
    with engine.begin() as connection:
        source_id = connection.scalar(insert(source).returning(source.c.id).values(
            kind="succession", file_name="FIKTIF_succession_99.csv", sha256="1", status="ready", is_fictional=True,
        ))
        for old, new, day in rows:
            connection.execute(insert(wilayah_succession).values(
                old_kode=old, new_kode=new, happened_on=day, share=None, reference="uji", source_id=source_id,
            ))


def add_delapan(engine):
    with engine.begin() as connection:
        connection.execute(insert(wilayah).values(
            kode=DELAPAN, level=4, parent_kode="99.01.01", name="Delapan", kind="desa", valid_from=SEPTEMBER,
        ))


@pytest.fixture(scope="module")
def province(template, tmp_path_factory):
    engine = make_engine(clone(template, "test_trends"))
    folder = tmp_path_factory.mktemp("trends")
    write_places(engine)
    add_delapan(engine)
    household = draw_households()
    september, october = later_months(household)
    for period, register in ((AUGUST, household), (SEPTEMBER, september), (PERIOD, october)):
        load(engine, folder, register, enrol(recipients(register), "pkh"), period=period)
    poorest = household[household["desil"].isin(list("1234"))].assign(verified_on="2024-01-15")
    load(engine, folder / "dtks", poorest, enrol(recipients(poorest), "pkh"), period=DTKS, scheme="dtks")
    split(engine, ((SATU, DELAPAN, SEPTEMBER), (SATU, SATU, SEPTEMBER)))
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def crowded(template, tmp_path_factory):
    """August and October with every household of the census thirty times, so that some counts may be published."""
    engine = make_engine(clone(template, "test_trends_crowded"))
    folder = tmp_path_factory.mktemp("crowded")
    write_places(engine)
    add_delapan(engine)
    household = draw_households({kode: " ".join([line] * 30) for kode, line in CENSUS.items()})
    load(engine, folder, household, enrol(recipients(household), "pkh"), period=AUGUST)
    later = household.copy()
    # Of desil 1 without PKH, 7 move to Delapan with 60 of desil 2 that do not receive it either.
    for desil, count in (("1", 7), ("2", 30)):
        there = later[(later["kode"] == SATU) & (later["desil"] == desil) & (later["marks"] == 0)].index[:count]
        later.loc[there, "kode"] = DELAPAN
    load(engine, folder, later, enrol(recipients(later), "pkh"))
    split(engine)
    yield engine
    engine.dispose()


@pytest.fixture(autouse=True)
def clean():
    st.cache_data.clear()
    yield
    st.cache_data.clear()


def ask(engine, query, scope):
    with read_only(engine) as connection:
        return query(connection, scope)


def refused(engine, query, scope):
    with pytest.raises(PetadesilError) as caught:
        ask(engine, query, scope)
    return caught.value.code


def line(engine, scope, kode, column):
    """Return a column of one wilayah's months, in their order."""
    frame = ask(engine, trend, scope).frame
    return frame.loc[frame["kode"] == kode, column].tolist()


def row(engine, query, scope, kode):
    frame = ask(engine, query, scope).frame
    return frame[frame["kode"] == kode].iloc[0]


def test_the_months_of_a_provinsi_are_counted_as_by_hand(province):
    frame = ask(province, trend, WHOLE).frame
    assert frame["period_on"].tolist() == ["2026-08-01", "2026-09-01", "2026-10-01"]
    expected = {
        "eligible_count": [32, 32, 34], "received_count": [21, 21, 22], "reached_count": [17, 17, 18],
        "gap_count": [15, 15, 16], "leak_count": [4, 4, 4], "paid_count": [21, 21, 22],
        "household_count": [32, 32, 34], "total_household_count": [60, 60, 60],
        "desil_one_count": [11, 11, 11], "desil_one_without_count": [4, 4, 4],
    }  # fmt: skip
    assert {name: frame[name].tolist() for name in expected} == expected
    assert frame["exclusion_rate"].tolist() == pytest.approx([15 / 32, 15 / 32, 16 / 34])
    assert frame["inclusion_rate"].tolist() == pytest.approx([4 / 21, 4 / 21, 4 / 22])
    assert frame["share_rate"].tolist() == pytest.approx([32 / 60, 32 / 60, 34 / 60])
    assert frame["desil_one_without_rate"].tolist() == pytest.approx([4 / 11] * 3)
    assert (frame["value"] == frame["exclusion_rate"]).all() and not frame["is_before_split"].any()


def test_the_share_is_of_the_chosen_desil_and_no_desil_is_one(province):
    frame = ask(province, trend, WHOLE.at(desil=(0, 8))).frame
    # Without a desil: three, three, and three again, since one got a desil and one lost it. Of desil 8: 5, 5, 4.
    assert frame["household_count"].tolist() == [8, 8, 7]


def test_a_series_ends_at_the_period_that_is_asked_for_and_never_crosses_registers(province):
    assert ask(province, trend, WHOLE.at(period=SEPTEMBER)).frame["period_on"].tolist() == ["2026-08-01", "2026-09-01"]
    dtks = ask(province, trend, WHOLE.at(period=DTKS)).frame
    assert dtks["period_on"].tolist() == ["2025-03-01"]
    assert dtks["inclusion_status"].tolist() == ["not_applicable"] and dtks["leak_count"].isna().all()


def test_every_month_equals_what_the_questions_of_one_month_say(province):
    months = ask(province, trend, DESA.at(period=PERIOD)).frame
    for period in (AUGUST, SEPTEMBER, PERIOD):
        own = ask(province, QUERIES["targeting-errors"], DESA.at(period=period)).frame.set_index("kode")
        ours = months[months["period_on"] == period.isoformat()].set_index("kode")
        alike = own.index.difference([DELAPAN] if period < SEPTEMBER else [])
        for column in ("eligible_count", "gap_count", "leak_count", "exclusion_rate", "inclusion_status"):
            pd.testing.assert_series_equal(ours.loc[alike, column], own.loc[alike, column], check_dtype=False)


def test_before_a_split_both_desa_show_the_undivided_one(province):
    assert line(province, DESA, SATU, "eligible_count") == [12, 8, 8]
    assert line(province, DESA, DELAPAN, "eligible_count") == [12, 4, 4]
    assert line(province, DESA, DELAPAN, "gap_count") == [6, 4, 3]
    assert line(province, DESA, DELAPAN, "total_household_count") == [20, 5, 5]
    for kode in (SATU, DELAPAN):
        assert line(province, DESA, kode, "is_before_split") == [True, False, False]
    assert not any(line(province, DESA, "99.01.01.2002", "is_before_split"))
    # Asked for August alone, the desa that is not there yet is the undivided one too.
    assert line(province, DESA.at(period=AUGUST), DELAPAN, "gap_count") == [6]


def test_a_change_over_a_split_is_that_of_both_together(province):
    satu, delapan = (row(province, change, SINCE, kode) for kode in (SATU, DELAPAN))
    for one in (satu, delapan):
        assert (one["eligible_count_before"], one["eligible_count"]) == (12, 12)
        assert (one["gap_count_before"], one["gap_count"], one["gap_rise_count"]) == (6, 5, -1)
        assert one["exclusion_rise_rate"] == pytest.approx(5 / 12 - 6 / 12)
        assert one["total_household_count_before"] == one["total_household_count"] == 20
        assert one["desil_one_without_rise_rate"] == pytest.approx(0 / 4 - 1 / 4)
        assert one["is_joined"] and one["exclusion_rise_status"] == "ok"
    # After the split each is itself again.
    since_september = row(province, change, DESA.at(against=SEPTEMBER), DELAPAN)
    assert (since_september["gap_count_before"], since_september["gap_count"]) == (4, 3)
    assert not since_september["is_joined"]


def test_a_change_is_now_less_before(province):
    own = ask(province, change, WHOLE.at(against=AUGUST)).frame.iloc[0]
    assert own["value"] == own["exclusion_rise_rate"] == pytest.approx(16 / 34 - 15 / 32)
    assert own["share_rise_rate"] == pytest.approx(2 / 60)
    assert own["gap_rise_count"] == 1 and own["desil_one_without_rise_rate"] == 0
    lima = row(province, change, SINCE, "99.71.01.1001")
    assert (lima["gap_count"], lima["gap_rise_count"], lima["gap_rise_status"]) == (0, 0, "ok")
    empat = row(province, change, SINCE, "99.01.02.2002")
    assert empat["exclusion_rise_status"] == empat["gap_rise_status"] == "not_applicable"
    assert pd.isna(empat["exclusion_rise_rate"]) and pd.isna(empat["gap_rise_count"])
    tujuh = row(province, change, SINCE, "99.71.01.1003")
    assert {tujuh[f"{stem}_rise_status"] for stem in ("exclusion", "gap", "share", "desil_one_without")} == {"no_data"}


@pytest.fixture(scope="module")
def neighbours(template, tmp_path_factory):
    """Two provinsi: 99 has August and October, 98 August, September and no October; Satu was split in mid-August."""
    engine = make_engine(clone(template, "test_trends_neighbours"))
    folder = tmp_path_factory.mktemp("neighbours")
    write_places(engine)
    add_delapan(engine)
    with engine.begin() as connection:
        connection.execute(insert(wilayah), [
            {"kode": kode, "level": int(level_of(kode)), "parent_kode": parent_of(kode), "name": kode,
             "kind": kind_of(kode)} for kode in ("98", "98.01", "98.01.01", THERE, "97")
        ])
    household = draw_households()
    there = household.iloc[:8].assign(kode=THERE, household_id=[f"98-{n}" for n in range(8)], lon=None, lat=None)
    september, october = later_months(household)
    for period, register in ((AUGUST, september), (PERIOD, october)):
        load(engine, folder / "99", register, enrol(recipients(register), "pkh"), period=period)
    for period in (AUGUST, SEPTEMBER):
        load(engine, folder / "98", there, enrol(recipients(there), "pkh"), period=period)
    split(engine, ((SATU, DELAPAN, date(2026, 8, 15)),))
    yield engine
    engine.dispose()


RISE_STATUSES = [f"{stem}_rise_status" for stem in ("exclusion", "gap", "share", "desil_one_without")]


@pytest.mark.parametrize("disclosure", ["exact", "published"])
def test_where_a_month_is_missing_there_is_no_change(neighbours, disclosure):
    scope = DESA.at(disclosure=disclosure)
    for asked, there, before in ((scope.at(wilayah="98", against=SEPTEMBER), 0, 1),
                                 (scope.at(period=SEPTEMBER, against=AUGUST), 0, 1),
                                 (scope.at(wilayah="97", level=Level.provinsi, against=AUGUST), 0, 0)):  # fmt: skip
        result = ask(neighbours, change, asked)
        frame = result.frame
        assert len(frame) and frame["kode"].str.startswith(asked.wilayah).all() and len(result.mask) == len(frame)
        assert set(frame[RISE_STATUSES].to_numpy().ravel()) == {"no_data"} and frame["value"].isna().all()
        assert frame["gap_count"].notna().any() == bool(there)
        if disclosure == "exact":
            assert frame["gap_count_before"].notna().any() == bool(before)
        assert not result.mask.isna().any(axis=None)


def test_every_wilayah_of_the_country_is_compared_with_itself(neighbours):
    nation = DESA.at(wilayah="ID", level=Level.kabupaten, against=AUGUST)
    frame = ask(neighbours, change, nation).frame.set_index("kode")
    # 98.01 has but August; it comes before the others.
    assert list(frame.index) == ["98.01", "99.01", "99.71"]
    assert frame["gap_rise_status"].tolist() == ["no_data", "ok", "ok"]
    own = ask(neighbours, change, nation.at(wilayah="99")).frame.set_index("kode")
    assert own["gap_rise_count"].tolist() == frame["gap_rise_count"].tolist()[1:]


def test_a_provinsi_has_the_months_of_its_own_registers_and_the_one_asked_for(neighbours):
    frame = ask(neighbours, trend, WHOLE.at(wilayah="98")).frame
    assert frame["period_on"].tolist() == ["2026-08-01", "2026-09-01", "2026-10-01"]
    assert frame["status"].tolist() == ["ok", "ok", "no_data"]
    assert ask(neighbours, trend, WHOLE).frame["period_on"].tolist() == ["2026-08-01", "2026-10-01"]
    nothing = ask(neighbours, trend, WHOLE.at(wilayah="97")).frame
    assert nothing["period_on"].tolist() == ["2026-10-01"] and nothing["status"].tolist() == ["no_data"]


def test_the_sheet_of_a_provinsi_counts_from_its_own_month_before(neighbours):
    own = ask(neighbours, monitoring, WHOLE)
    assert earlier_in(own) == [AUGUST] and own.frame["exclusion_rise_status"].tolist() == ["ok"]
    lacking = ask(neighbours, monitoring, WHOLE.at(wilayah="98"))
    assert earlier_in(lacking) == [AUGUST, SEPTEMBER]
    assert lacking.frame["exclusion_rise_status"].tolist() == ["no_data"]
    assert lacking.frame["gap_rise_count"].isna().all() and lacking.frame["exclusion_rate_2026_09"].notna().all()
    country = ask(neighbours, monitoring, WHOLE.at(wilayah="ID", level=Level.provinsi))
    assert earlier_in(country) == [AUGUST, SEPTEMBER] and len(country.frame) == 3
    nothing = ask(neighbours, monitoring, WHOLE.at(wilayah="97"))
    assert earlier_in(nothing) == [] and nothing.frame["status"].tolist() == ["no_data"]


def test_nobody_counts_twice_in_the_month_of_a_split(neighbours):
    """The register of August, dated the first, has the desa that was made on the fifteenth."""
    assert line(neighbours, DESA, SATU, "total_household_count") == [15, 15]
    assert line(neighbours, DESA, DELAPAN, "total_household_count") == [5, 5]
    assert line(neighbours, DESA, DELAPAN, "eligible_count") == [4, 4]
    for kode in (SATU, DELAPAN):
        assert line(neighbours, DESA, kode, "is_before_split") == [False, False]
    delapan = row(neighbours, change, SINCE, DELAPAN)
    assert (delapan["gap_count_before"], delapan["gap_count"], delapan["is_joined"]) == (4, 3, False)
    with read_only(neighbours) as connection:
        assert successions(connection, SINCE) == []


def test_a_split_in_mid_month_is_joined_with_the_month_before_it(province):
    """September has the new desa on its first day already, so that one of 15 September happened after August."""
    day = date(2026, 9, 15)
    with province.connect() as connection, connection.begin() as attempt:
        connection.execute(wilayah_succession.update().values(happened_on=day))
        months = trend(connection, DESA).frame.set_index(["kode", "period_on"])
        change_of_satu = change(connection, DESA.at(period=SEPTEMBER, against=AUGUST)).frame.set_index("kode").loc[SATU]
        (event,) = successions(connection, DESA.at(period=SEPTEMBER, against=AUGUST))
        attempt.rollback()
    assert months.loc[DELAPAN, "total_household_count"].tolist() == [20, 5, 5]
    assert months.loc[DELAPAN, "is_before_split"].tolist() == [True, False, False]
    assert (change_of_satu["total_household_count_before"], change_of_satu["total_household_count"]) == (20, 20)
    assert change_of_satu["is_joined"] and event.happened_on == day


def test_a_priority_has_no_change_over_a_split(crowded):
    """Of the thirty of Satu without any program seven are of Delapan now: neither grew nor shrank."""
    changed = ask(crowded, QUERIES["priorities"], DESA).frame.set_index("kode")
    assert changed["without_count"].loc[[SATU, DELAPAN]].tolist() == [23, 7]
    assert changed["without_change_count"].loc[[SATU, DELAPAN]].isna().all()
    assert changed.loc["99.01.02.2001", "without_change_count"] == 0


def test_a_program_without_enrolments_has_no_data_and_families_have(province):
    own = ask(province, trend, WHOLE.at(program="sembako")).frame
    assert set(own["exclusion_status"]) == {"no_data"} and set(own["share_status"]) == {"ok"}
    assert own["desil_one_without_count"].tolist() == [4, 4, 4]


def test_what_cannot_be_a_change_is_refused(province):
    assert refused(province, change, DESA) == "no_earlier_period"
    assert refused(province, change, DESA.at(against=PERIOD)) == "no_earlier_period"
    assert refused(province, change, DESA.at(against=date(2026, 7, 1))) == "empty_period"
    assert refused(province, change, DESA.at(against=DTKS)) == "other_register"
    assert refused(province, trend, DESA.at(limits=(1, 5))) == "no_what_if"
    assert refused(province, desil_moves, DESA) == "not_kept_at_desa"


def test_the_files_of_both_months_are_named(province):
    result = ask(province, change, SINCE)
    assert {note.period for note in result.provenance.sources if note.kind == "register"} == {AUGUST, PERIOD}
    months = ask(province, trend, DESA)
    assert {note.period for note in months.provenance.sources if note.kind == "register"} == {AUGUST, SEPTEMBER, PERIOD}


@pytest.mark.parametrize(
    "events",
    [
        [("A", "B", 8)],
        [("A", "B", 8), ("B", "C", 9)],
        [("A", "C", 8), ("B", "C", 8), ("D", "E", 9)],
        [("A", "B", 8), ("B", "A", 9), ("B", "B", 8)],
    ],
)
def test_a_group_is_the_one_that_the_lineage_joins(database, events):
    """The recursive query of the database against the pure function of geo."""
    kode = {name: f"99.01.01.2{position:03d}" for position, name in enumerate("ABCDE", start=1)}
    split(database, [(kode[old], kode[new], date(2026, month, 1)) for old, new, month in events])
    from sqlalchemy import select

    from queries.lineage import kin

    with read_only(database) as connection:
        group = kin(Scope("99", Level.desa, PERIOD, against=date(2026, 7, 1)))
        rows = connection.execute(select(group.c.kode, group.c.member)).all()
    found = {frozenset(member for own, member in rows if own == one) for one, _ in rows}
    assert found == set(lineage_groups((kode[old], kode[new]) for old, new, _ in events))


def test_a_chain_of_splits_is_followed_back_no_further_than_it_reaches(database):
    """A made B in August, B made C in September, and D was added to B in October: D was never part of C."""
    from sqlalchemy import column, select, values

    from queries.lineage import forebears

    kode = {name: f"99.01.01.2{position:03d}" for position, name in enumerate("ABCD", start=1)}
    events = (("A", "B", 8), ("B", "C", 9), ("D", "B", 10))
    split(database, [(kode[old], kode[new], date(2026, month, 1)) for old, new, month in events])
    months = values(column("period", wilayah_succession.c.happened_on.type), name="months").data(
        [(date(2026, month, 1),) for month in (7, 8, 9, 10)]
    )
    found = forebears(select(months.c.period).cte("registers"))
    with read_only(database) as connection:
        rows = connection.execute(select(found.c.kode, found.c.period, found.c.member)).all()
    name = {code: letter for letter, code in kode.items()}
    members = {(name[own], period.month): set() for own, period, _ in rows}
    for own, period, member in rows:
        members[name[own], period.month].add(name[member])
    assert members == {("B", 7): {"A", "D"}, ("B", 8): {"D"}, ("B", 9): {"D"}, ("C", 7): {"A", "B"}, ("C", 8): {"B"}}


def test_what_happened_is_told_with_its_names(province):
    with read_only(province) as connection:
        (event,) = successions(connection, SINCE)
    assert (event.old_name, event.new_name, event.happened_on) == ("Satu", "Delapan", SEPTEMBER)
    with read_only(province) as connection:
        assert successions(connection, SINCE.at(wilayah="99.71")) == []
        assert successions(connection, SINCE.at(against=SEPTEMBER)) == []


def test_moves_are_counted_as_by_hand(province):
    own = ask(province, desil_moves, WHOLE).frame
    expected = {"now_count": 60, "earlier_count": 60, "entered_count": 1, "left_count": 1, "up_count": 1,
                "down_count": 1, "same_count": 55, "gained_count": 1, "lost_count": 1}  # fmt: skip
    for name, count in expected.items():
        assert set(own[name]) == {count}, name
    assert own["entered_rate"].iloc[0] == pytest.approx(1 / 60) and own["same_rate"].iloc[0] == pytest.approx(55 / 60)
    cells = {
        (cell.move, None if pd.isna(cell.desil_before) else cell.desil_before,
         None if pd.isna(cell.desil) else cell.desil): cell.household_count
        for cell in own.itertuples() if cell.household_count
    }  # fmt: skip
    moved = {key: count for key, count in cells.items() if key[0] != "stayed" or key[1] != key[2]}
    assert moved == {
        ("entered", None, 1): 1, ("left", 8, None): 1, ("stayed", 1, 2): 1, ("stayed", 9, 7): 1,
        ("stayed", None, 3): 1, ("stayed", 5, None): 1,
    }  # fmt: skip
    assert cells["stayed", 1, 1] == 10 and cells["stayed", None, None] == 2


def test_moves_of_a_kecamatan_are_its_own_and_the_first_month_has_none(province):
    frame = ask(province, desil_moves, DESA.at(level=Level.kecamatan)).frame
    hulu = frame[frame["kode"] == "99.01.01"].iloc[0]
    assert (hulu["up_count"], hulu["down_count"], hulu["entered_count"], hulu["now_count"]) == (1, 1, 0, 32)
    first = ask(province, desil_moves, WHOLE.at(period=AUGUST)).frame
    assert set(first["status"]) == {"no_data"} and first["household_count"].isna().all()
    # A split moves nobody: in September everybody stayed.
    september = ask(province, desil_moves, WHOLE.at(period=SEPTEMBER)).frame.iloc[0]
    assert (september["same_count"], september["entered_count"], september["left_count"]) == (60, 0, 0)


def test_published_months_are_rounded_and_masked_one_by_one(crowded):
    result = ask(crowded, trend, DESA.at(disclosure="published"))
    exact = ask(crowded, trend, DESA).frame
    for name in result.mask.columns:
        shown = result.frame[name].dropna().astype(int)
        assert (shown % 5 == 0).all() and not shown.between(1, 9).any(), name
        small = exact[name].between(1, 9).fillna(False).to_numpy(bool)
        assert result.frame.loc[small, name].isna().all(), name
    delapan = result.frame[result.frame["kode"] == DELAPAN].reset_index(drop=True)
    masks = result.mask[(result.frame["kode"] == DELAPAN)].reset_index(drop=True)
    # 37 eligible, of whom 7 of desil 1: nobody of them receives. Before the split it is Satu, thirty times twelve.
    assert delapan["gap_count"].tolist() == [180, 35] and delapan["eligible_count"].tolist() == [360, 35]
    assert masks["desil_one_count"].tolist() == ["", "small"]
    assert delapan["exclusion_status"].tolist() == ["ok", "suppressed"]


def test_a_published_sum_of_a_split_is_hidden_where_a_part_is_small(crowded):
    published = SINCE.at(disclosure="published")
    result = ask(crowded, change, published)
    is_satu = (result.frame["kode"] == SATU).to_numpy()
    mask, own = result.mask[is_satu].iloc[0], result.frame[is_satu].iloc[0]
    # Satu shows 113 of desil 1 by itself in October: the sum of 120 would give Delapan's 7 away.
    assert mask["desil_one_count"] == "hidden" and pd.isna(own["desil_one_count"])
    assert own["desil_one_without_rise_status"] == "suppressed" and pd.isna(own["desil_one_without_rise_rate"])
    # No count of the program is small in either, so its sums stay.
    assert mask["gap_count"] == "" and own["gap_count"] == 180 and own["gap_rise_count"] == 0
    assert mask["desil_one_count_before"] == "" and own["desil_one_count_before"] == 120


def test_a_published_move_does_not_follow_from_its_row(province):
    """Row and column totals of the matrix are published by month, so a single small cell hides a second one."""
    with province.connect() as connection, connection.begin() as undone:
        connection.execute(text("DELETE FROM move_count WHERE kode = '99.71.01'"))
        cells = {(1, 1): 200, (1, 2): 4, (2, 2): 300, (3, 3): 100, (4, 3): 63}
        connection.execute(insert(move_count), [
            {"period": PERIOD, "level": 3, "kode": "99.71.01", "move": "stayed", "desil_before": before, "desil": now,
             "household_count": count} for (before, now), count in cells.items()
        ])  # fmt: skip
        result = desil_moves(connection, Scope("99.71.01", Level.kecamatan, PERIOD, disclosure="published"))
        undone.rollback()
    frame = result.frame.assign(mask=result.mask["household_count"])
    by_cell = frame[frame["move"] == "stayed"].set_index(["desil_before", "desil"])["mask"]
    assert by_cell[1, 2] == "small"
    assert by_cell[1, 1] == "hidden" and by_cell[2, 2] == "hidden"
    assert by_cell[3, 3] == by_cell[4, 3] == ""
    assert result.mask["up_count"].iloc[0] == "small" and frame["down_count"].iloc[0] == 65
    assert not any(name.startswith("margin") for name in [*frame.columns, *result.mask.columns])


def test_a_month_to_count_from_is_an_earlier_one_of_the_same_register():
    periods = (*(date(2026, month, 1) for month in range(10, 2, -1)), date(2025, 3, 1))
    held = [frozenset({"98", "99"})] * 9
    held[2] = frozenset({"98"})
    state = DataState("x", periods, ("dtsen",) * 8 + ("dtks",), True, (), tuple(held), NATION_KODE)
    assert state.earlier(date(2026, 5, 1), NATION_KODE) == (date(2026, 4, 1), date(2026, 3, 1))
    assert state.earlier(date(2025, 3, 1), NATION_KODE) == ()
    # Provinsi 99 has no register of August.
    assert state.earlier(date(2026, 9, 1), "98.01")[0] == date(2026, 8, 1)
    assert state.earlier(date(2026, 9, 1), "99.01")[0] == date(2026, 7, 1)


def test_a_change_of_a_count_has_as_many_colours_on_both_sides_of_zero():
    measure = QUESTIONS["trends"].measure("gap_rise_count")
    scale = rise_scale(measure, pd.DataFrame({"value": np.array([-800.0, -60, -5, 0, 3, 40, 1000])}))
    assert len(scale.colours) == len(scale.limits) + 1
    assert list(scale.limits) == sorted(scale.limits) == [-limit for limit in reversed(scale.limits)]
    palette = PALETTES["change"]
    assert scale.colour(0, "ok") == palette[4]
    assert (scale.colour(-(10**6), "ok"), scale.colour(10**6, "ok")) == (palette[0], palette[-1])
    assert len(scale.legend(WORDS, {"ok"})) == len(scale.colours)
    nothing = rise_scale(measure, pd.DataFrame({"value": np.array([0.0, 0.0])}))
    assert nothing.limits == () and nothing.legend(WORDS, {"ok"})[0].colour == nothing.colour(0, "ok")


def test_the_map_says_both_months_and_what_was_joined(province):
    result = ask(province, change, SINCE)
    measure = QUESTIONS["trends"].measure("exclusion_rise_rate")
    assert side_names(SINCE, WORDS, measure.sides) == ("Agu 2026", "Okt 2026")
    lines = dict(zip(result.frame["kode"], change_lines(result, measure, WORDS, "keluarga"), strict=True))
    assert lines[DELAPAN] == [
        "Perubahan eksklusi: −8,3 poin", f"Agu 2026: 50,0{NBSP}% (6 dari 12 keluarga layak)",
        f"Okt 2026: 41,7{NBSP}% (5 dari 12 keluarga layak)", "dihitung bersama Satu",
    ]  # fmt: skip
    assert lines["99.71.01.1003"][0] == "Perubahan eksklusi: tidak ada data"
    counts = change_lines(result, QUESTIONS["trends"].measure("gap_rise_count"), WORDS, "keluarga")
    assert dict(zip(result.frame["kode"], counts, strict=True))["99.01.02.2001"] == [
        "Perubahan yang belum terjangkau: +1", "Agu 2026: 6 dari 6 keluarga layak", "Okt 2026: 7 dari 7 keluarga layak",
    ]  # fmt: skip
    for one in QUESTIONS["trends"].measures:
        values = values_of(result, one).set_index("kode")
        assert values.loc["99.71.01.1003", "status"] == "no_data" and values.loc[DELAPAN, "status"] == "ok"


def test_a_line_leaves_out_what_is_masked(crowded):
    result = ask(crowded, trend, DESA.at(disclosure="published"))
    points = line_rows(result, "exclusion_rate", WORDS, {DELAPAN: "Delapan", SATU: "Satu"})
    assert [(point["series"], point["month"], point["is_before"]) for point in points] == [
        ("Satu", "Agustus 2026", True), ("Satu", "Oktober 2026", False), ("Delapan", "Agustus 2026", True),
    ]  # fmt: skip
    assert points[0]["text"] == f"50,0{NBSP}%"
    assert box_width(360, 12) == (145, 2) and box_width(600, 12)[1] == 4


def draw_page():
    import streamlit

    from boundaries.errors import PetadesilError
    from dashboard import navigation, panels
    from dashboard.pages import trends
    from dashboard.state import language
    from dashboard.words import Words

    streamlit.session_state["pages"] = navigation.pages(Words(language()))
    try:
        trends.render()
    except PetadesilError as error:
        panels.error_card(error.code, Words(language()), **error.details)


def open_page(engine, folder, **parameters):
    cache.configure(engine.url.render_as_string(hide_password=False), folder)
    page = AppTest.from_function(draw_page, default_timeout=60)
    for key, value in parameters.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception and not page.error
    return page


def said(page):
    return " ".join(element.value for element in [*page.header, *page.subheader, *page.markdown, *page.caption])


def figures_of(page):
    return {metric.label: (metric.value, metric.delta) for metric in page.metric}


def table_rows(page):
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", part) for element in page.get("html")
            for part in re.findall(r"<tr.*?</tr>", element.proto.body)]  # fmt: skip


def test_the_page_answers_in_both_languages(province, tmp_path):
    page = open_page(province, tmp_path, w="99")
    assert page.header[0].value == "Apa yang berubah di Provinsi Uji sejak Agustus 2026?"
    text_said = said(page)
    assert f"belum menerima PKH naik dari 46,9{NBSP}% menjadi **47,1{NBSP}%**" in text_said
    assert f"tidak menerima program apa pun tetap **36,4{NBSP}%**" in text_said
    assert "Desa Delapan dibentuk 1 September 2026 dari Desa Satu" in text_said
    assert "Hanya bulan-bulan register DTSEN yang disambung; register DTKS" in text_said
    figures = figures_of(page)
    assert figures["Penerima (keluarga)"] == ("22", "+1 sejak Agu")
    assert figures["Layak, belum menerima"] == (f"47,1{NBSP}%", "+0,2 poin sejak Agu")
    assert figures["Desil 1 tanpa program"] == (f"36,4{NBSP}%", "tetap sejak Agu")
    english = open_page(province, tmp_path, w="99", lang="en")
    assert english.header[0].value == "What has changed in Provinsi Uji since August 2026?"
    assert "rose from 46.9% to **47.1%**" in said(english) and "Desa Delapan was made of Desa Satu" in said(english)


def test_the_flows_are_a_sentence_a_matrix_and_a_table(province, tmp_path):
    page = open_page(province, tmp_path, w="99")
    sentence = next(element.value for element in page.markdown if "pindah" in element.value and "**60" in element.value)
    assert f"Dari **60 keluarga** di Provinsi Uji pada Oktober 2026, 1,7{NBSP}% baru masuk" in sentence
    assert f"**3,3{NBSP}%** pindah desil: 1,7{NBSP}% naik, 1,7{NBSP}% turun" in sentence
    rows = table_rows(page)
    assert ["1", "10", "1", *["0"] * 10] in rows
    assert ["Masuk", "1", *["0"] * 10, ""] in rows
    assert ["September 2026", "60", *[f"0,0{NBSP}%"] * 4, f"100,0{NBSP}%", *[f"0,0{NBSP}%"] * 2] in rows


@pytest.mark.parametrize("measure", [measure.key for measure in QUESTIONS["trends"].measures])
def test_every_measure_is_drawn_exact_and_published(province, crowded, tmp_path, measure):
    for engine, parameters in ((province, {"l": "desa", "lang": "en"}), (crowded, {"d": "published", "w": "99.01"}),
                               (crowded, {"d": "published", "w": DELAPAN})):  # fmt: skip
        # Another database is another version, and what was kept of the one before is stale.
        st.cache_data.clear()
        page = open_page(engine, tmp_path, **{"w": "99"} | parameters, m=measure)
        assert len(page.metric) == 4


def test_the_page_of_a_provinsi_without_the_newest_month_still_opens(neighbours, tmp_path):
    for kode in ("98", "98.01", "97", "ID"):
        for parameters in ({"d": "exact"}, {"d": "published", "a": "2026-08"}):
            open_page(neighbours, tmp_path, w=kode, **parameters)


def test_a_month_is_chosen_and_stays_in_the_address(province, tmp_path):
    page = open_page(province, tmp_path, w="99")
    assert page.selectbox(key="trend_since").value == AUGUST and "a" not in page.query_params
    page.selectbox(key="trend_since").set_value(SEPTEMBER).run()
    assert not page.exception and page.query_params["a"] == "2026-09"
    assert "sejak September 2026" in page.header[0].value and "Delapan" not in said(page)


def test_one_month_alone_says_so_and_what_to_do(province, tmp_path):
    for language, words in zip(LANGUAGES, ("Baru **satu** bulan register DTKS", "Only **one** month of the DTKS"),
                               strict=True):  # fmt: skip
        page = open_page(province, tmp_path, w="99", p="2025-03", lang=language)
        assert words in said(page) and "petadesil load register" in said(page)
        assert not page.metric
    august = open_page(province, tmp_path, w="99", p="2026-08")
    assert "Agustus 2026" in said(august) and not august.metric


def test_below_the_kecamatan_moves_are_offered_above(province, tmp_path):
    page = open_page(province, tmp_path, w=DELAPAN)
    assert "sampai kecamatan" in said(page)
    # Twelve of both are eligible, five of them not reached; the line of Delapan alone says four and three.
    text_said = said(page)
    assert f"Desa Delapan bersama Desa Satu yang belum menerima PKH turun dari 50,0{NBSP}% menjadi **41,7" in text_said
    assert ["Oktober 2026", "4", "1", "1", "3", f"75,0{NBSP}%"] in [row[:6] for row in table_rows(page)]
    assert any(button.label == "Lihat Kecamatan Hulu" for button in page.button)


def test_a_shell_gives_the_figures_of_the_page(province, monkeypatch):
    from contextlib import contextmanager

    @contextmanager
    def chosen(*_):
        yield province

    monkeypatch.setattr(asking, "chosen_engine", chosen)
    run = CliRunner()

    def rows(*words):
        result = run.invoke(main, ["query", *words, "--wilayah", "99", "--json"])
        assert result.exit_code == 0, result.output
        return json.loads(result.output)["rows"]

    assert [one["gap_count"] for one in rows("trend")] == [15, 15, 16]
    (own,) = rows("change", "--against", "2026-08")
    assert own["gap_rise_count"] == 1 and own["exclusion_rate_before"] == pytest.approx(15 / 32)
    assert {one["up_count"] for one in rows("desil-moves")} == {1}
    for name in (["trend"], ["change", "--against", "2026-08"], ["desil-moves"]):
        table = run.invoke(main, ["query", *name, "--wilayah", "99"])
        assert table.exit_code == 0, table.output
    refusal = run.invoke(main, ["query", "change", "--wilayah", "99"])
    assert refusal.exit_code != 0
