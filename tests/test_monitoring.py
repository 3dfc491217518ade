"""The sheet that leadership follows, and the age of the register, counted by hand on the census of builders.py."""

from dataclasses import replace
from datetime import date

import pages_under_test
import pandas as pd
import pytest
from builders import PERIOD, draw_households, enrol, load, recipients, write_places
from conftest import clone
from pages_under_test import heard

from boundaries.levels import Level
from dashboard.sections.monitoring_panels import SORTS, order_of
from dashboard.words import LANGUAGES
from geo.engine import make_engine, read_only
from queries.data_age import CLASS_COUNTS, data_age
from queries.monitoring import earlier_in, monitoring
from queries.result import Result
from queries.scope import Scope
from queries.stats.disclosure import HIDDEN, SHOWN, SMALL

pytestmark = pytest.mark.postgis

WHOLE = Scope("99", Level.provinsi, PERIOD, disclosure="exact")
DESA = WHOLE.at(level=Level.desa)


def ask(engine, query, scope):
    with read_only(engine) as connection:
        return query(connection, scope)


def rows_by_name(result):
    return result.frame.set_index("name")


# Satu: verified 15 January 2026; Dua: on the very day two years before; Tiga: a day earlier; Lima: never.
DATES = {"99.01.01.2002": "2024-10-01", "99.01.02.2001": "2024-09-30", "99.01.02.2002": "2023-09-30",
     "99.71.01.1001": None}  # fmt: skip


@pytest.fixture(scope="module")
def aged(template, tmp_path_factory):
    engine = make_engine(clone(template, "test_data_age"))
    write_places(engine)
    household = draw_households()
    dates = household["kode"].map(DATES).where(household["kode"].isin(DATES), "2026-01-15")
    household["verified_on"] = dates.astype(object).where(dates.notna(), None)
    load(engine, tmp_path_factory.mktemp("age"), household, enrol(recipients(household), "pkh"))
    yield engine
    engine.dispose()


def test_a_family_is_as_old_as_its_full_years_at_the_first_day_of_the_period(aged):
    rows = rows_by_name(ask(aged, data_age, DESA))
    assert rows.loc["Satu", ["household_count", "age_under_1_count", "old_count"]].tolist() == [20, 20, 0]
    assert rows.loc["Dua", ["age_1_to_2_count", "age_2_to_3_count"]].tolist() == [12, 0]
    assert rows.loc["Tiga", ["age_1_to_2_count", "age_2_to_3_count", "old_count"]].tolist() == [0, 8, 8]
    assert rows.loc["Empat", "age_over_3_count"] == 5 and rows.loc["Lima", "age_never_count"] == 9
    assert rows.loc["Tujuh", "status"] == "no_data" and pd.isna(rows.loc["Tujuh", "household_count"])


def test_classes_add_up_and_a_parent_is_the_sum_of_its_children(aged):
    whole = ask(aged, data_age, WHOLE).frame.iloc[0]
    assert whole[[*CLASS_COUNTS.values()]].tolist() == [26, 12, 8, 5, 9]
    assert (whole["household_count"], whole["old_count"]) == (60, 22)
    assert whole["value"] == whole["old_rate"] == pytest.approx(22 / 60)
    desa = ask(aged, data_age, DESA).frame
    for count in (*CLASS_COUNTS.values(), "old_count", "household_count"):
        assert desa[count].sum() == whole[count]
    assert "recent_count" not in desa


def test_published_a_small_class_cannot_be_computed_from_the_others(aged):
    result = ask(aged, data_age, WHOLE.at(disclosure="published"))
    frame, mask = result.frame.iloc[0], result.mask.iloc[0]
    assert frame["household_count"] == 60 and frame["age_under_1_count"] == 25
    assert [mask[name] for name in ("age_2_to_3_count", "age_over_3_count", "age_never_count")] == [SMALL] * 3
    # 8 + 5 + 9 = 22: three counts under ten that add up to 20 leave each of them many values.
    assert mask["old_count"] == SHOWN and frame["old_count"] == 20
    small = ask(aged, data_age, DESA.at(disclosure="published"))
    rows = rows_by_name(small)
    assert rows["old_rate"].isna().all(), "no desa has fifty families"
    tiga = small.mask[small.frame["name"] == "Tiga"].iloc[0]
    assert tiga["household_count"] == SMALL and set(tiga) <= {SMALL, SHOWN, HIDDEN}


EARLIER, FIRST, DTKS = date(2026, 9, 1), date(2026, 8, 1), date(2025, 3, 1)


@pytest.fixture(scope="module")
def followed(template, tmp_path_factory):
    """Three months of DTSEN in which PKH reaches more, and an older DTKS that is no part of them.

    PKH in August goes to desil 1 alone, in September to nobody of Satu, in October as the census has it. Sembako goes
    to desil 1 of Tiga in October. A quota of PKH is known for both kabupaten.
    """
    engine = make_engine(clone(template, "test_monitoring"))
    folder = tmp_path_factory.mktemp("monitoring")
    write_places(engine)
    household = draw_households()
    starred = recipients(household)
    enrolments = {
        FIRST: enrol(starred[starred["desil"] == "1"], "pkh"),
        EARLIER: enrol(starred[starred["kode"] != "99.01.01.2001"], "pkh"),
        PERIOD: pd.concat([
            enrol(starred, "pkh").assign(stage=["gagal", *["tersalur"] * (len(starred) - 1)]),
            enrol(household[(household["kode"] == "99.01.02.2001") & (household["desil"] == "1")], "sembako"),
        ]),
    }
    quota = pd.DataFrame({"kode": ["99.01", "99.71"], "program": "pkh", "places_count": ["20", "10"]})
    for period, enrolment in enrolments.items():
        load(engine, folder / f"{period:%Y-%m}", household, enrolment, quota, period)
    listed = household[household["desil"].isin(list("1234"))].assign(verified_on="2024-01-15")
    load(engine, folder / "dtks", listed, enrol(recipients(listed), "pkh"), period=DTKS, scheme="dtks")
    yield engine
    engine.dispose()


def test_the_sheet_holds_what_the_census_says(followed):
    rows = rows_by_name(ask(followed, monitoring, WHOLE.at(level=Level.kabupaten)))
    barat, timur = rows.loc["Kabupaten Barat"], rows.loc["Kota Timur"]
    # Desil 1: 8 in Barat, of which 3 + 2 receive PKH and Tiga's 2 Sembako; 3 in Timur, of which 2 receive PKH.
    assert (barat["without_count"], barat["desil_one_count"]) == (1, 8)
    assert (timur["without_count"], timur["desil_one_count"]) == (1, 3)
    # Of 12 + 7 + 6 eligible in Barat 6 + 6 are reached, and two more receive.
    assert (barat["gap_count_pkh"], barat["eligible_count_pkh"]) == (13, 25)
    assert barat["exclusion_rate_pkh"] == barat["exclusion_rate"] == pytest.approx(13 / 25)
    assert (timur["leak_count"], timur["received_count"]) == (2, 7) and timur["inclusion_rate"] == pytest.approx(2 / 7)
    assert barat["paid_rate"] == pytest.approx(13 / 14) and barat["quota_used_rate"] == pytest.approx(14 / 20)
    assert barat["gap_count_sembako"] == barat["eligible_count_sembako"] - 2
    assert not any(column.endswith("_pip") for column in rows.columns), "nobody reported PIP"
    assert (barat["household_count"], barat["old_count"]) == (45, 0)


def test_change_is_since_the_month_before_and_since_the_first_of_its_own_scheme(followed):
    result = ask(followed, monitoring, WHOLE)
    row = result.frame.iloc[0]
    assert earlier_in(result) == [FIRST, EARLIER]
    # Eligible 32: reached 17 in October; 11 in September, without the six of Satu; 7 of desil 1 in August.
    assert row["exclusion_rate_2026_08"] == pytest.approx(25 / 32)
    assert row["exclusion_rate_2026_09"] == pytest.approx(21 / 32)
    assert row["gap_rise_count"] == 15 - 21 and row["exclusion_rise_rate"] == pytest.approx(-6 / 32)
    assert row["gap_rise_six_count"] == 15 - 25 and row["exclusion_rise_six_rate"] == pytest.approx(-10 / 32)
    alone = ask(followed, monitoring, WHOLE.at(period=DTKS))
    assert earlier_in(alone) == [] and "exclusion_rise_rate" not in alone.frame


def test_published_the_sheet_masks_what_its_answers_mask(followed):
    result = ask(followed, monitoring, WHOLE.at(level=Level.kabupaten, disclosure="published"))
    assert set(result.mask["without_count"]) == {SMALL}
    for count in result.mask:
        values = result.frame[count].dropna()
        assert not ((values > 0) & (values < 10)).any() and (values % 5 == 0).all(), count
    assert result.frame["exclusion_rate"].isna().all() and result.frame["gap_rise_count"].notna().sum() <= 1
    assert result.frame["exclusion_rise_rate"].isna().all()


def test_rows_are_sorted_by_need_by_change_and_by_name():
    frame = pd.DataFrame({
        "kode": ["1", "2", "3", "4"], "name": ["d", "c", "b", "a"], "without_count": [0, 50, None, 12],
        "exclusion_rise_rate": [0.01, None, 0.03, -0.2],
    })  # fmt: skip
    result = Result(frame, None, pd.DataFrame({"without_count": ["", "", SMALL, ""]}))
    assert order_of(result, "need") == [1, 3, 2, 0]
    assert order_of(replace(result, mask=pd.DataFrame()), "need") == [1, 3, 0, 2]
    assert order_of(result, "change") == [2, 0, 3, 1]
    assert order_of(result, "name") == [3, 2, 1, 0] and order_of(result, "kode") == [0, 1, 2, 3]


@pytest.fixture
def serving(followed, tmp_path):
    with pages_under_test.serving(followed, tmp_path):
        yield


def open_page(**parameters):
    page = pages_under_test.open_page("monitoring", **parameters)
    assert not page.exception and not page.error
    return page


def test_the_page_answers_in_one_sentence(serving):
    page = open_page(l="kabupaten")
    # Barat: 13 of 25; Timur: 2 of 7.
    assert "Di **1 dari 2** kabupaten/kota, lebih dari separuh keluarga layak PKH belum terjangkau;" in heard(page)
    assert "naik satu poin atau lebih sejak Sep 2026 di tidak satu pun, sejak Agu 2026 di tidak satu pun." in (
        heard(page))
    assert "Keluarga desil 1 tanpa program terbanyak di **Barat** (1) dan **Kota Timur** (1)." in heard(page)
    assert "Kabupaten/kota mana yang paling perlu diperhatikan?" in heard(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_can_stand_everywhere(serving, language):
    for parameters in ({"d": "published"}, {"w": "99.01", "l": "kecamatan"}, {"w": "99.01.01.2001"}, {"t": "sembako"},
                       {"p": "2025-03"}, {"p": "2026-08"}, {"b": "<b>"}, {"w": "99.71.01"}):  # fmt: skip
        open_page(lang=language, **parameters)


def test_what_a_link_asks_in_vain_is_heard(serving):
    page = open_page(l="kabupaten", m="nonsense", zz="1")
    assert "diabaikan: m=nonsense, zz=1" in heard(page)
    assert "diabaikan" not in heard(open_page(l="kabupaten", m="exclusion_rate"))


def test_the_order_is_kept_in_the_link(serving):
    page = open_page(l="kabupaten")
    assert page.selectbox(key="sheet_sort").value == "need"
    page.selectbox(key="sheet_sort").set_value("name").run()
    assert page.query_params["b"] == "name" and not page.exception
    assert len(page.selectbox(key="sheet_sort").options) == len(SORTS)
