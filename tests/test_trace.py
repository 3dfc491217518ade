"""One number's way, from the rows of a file to the colour of a map, counted by hand in a province of sixty households.

Read the census in builders.py first. PKH is for desil 1 to 4 here, so by hand:

    desa     households  eligible  receiving  reached  gap
    Satu             20        12          7        6    6
    Dua              12         7          7        6    1
    Tiga              8         6          0        0    6
    Empat             5         0          0        0    0
    Lima              9         4          6        4    0
    Enam              6         3          1        1    2
    Tujuh             0    (no data)
    together         60        32         21       17   15
"""

import pandas as pd
import pytest
from builders import PERIOD, draw_households, load_sample, verify
from scipy.stats import beta

from boundaries.levels import Level
from dashboard.estimates import estimate_lines
from dashboard.exports import csv_of
from dashboard.layers import tooltip_lines, value_text
from dashboard.questions import QUESTIONS, values_of
from dashboard.scales import rate_scale
from dashboard.uncertainty import field_scale
from dashboard.words import Words
from geo.engine import read_only
from geo.invariants import check_invariants
from queries.coverage import concentration, coverage
from queries.desil import desil_density, desil_distribution
from queries.estimation import estimate_period
from queries.field import field_errors
from queries.scope import Scope
from queries.targeting import targeting_errors

DESA = Scope("99", Level.desa, PERIOD, "pkh", disclosure="exact")
INDONESIAN = Words("id")
PKH_CHILD_IN_PRIMARY_SCHOOL_IDR = 900_000


@pytest.fixture
def province(shared_census):
    return shared_census


@pytest.fixture
def own_province(own_census):
    return own_census


def ask(engine, query, scope):
    with read_only(engine) as connection:
        return query(connection, scope)


def column(result, name):
    return dict(zip(result.frame["name"], result.frame[name], strict=True))


def test_counts_are_those_of_the_census(province):
    result = ask(province, coverage, DESA)
    assert column(result, "eligible_count") | {"Tujuh": None} == {
        "Satu": 12, "Dua": 7, "Tiga": 6, "Empat": 0, "Lima": 4, "Enam": 3, "Tujuh": None}
    assert column(result, "gap_count") | {"Tujuh": None} == {
        "Satu": 6, "Dua": 1, "Tiga": 6, "Empat": 0, "Lima": 0, "Enam": 2, "Tujuh": None}
    assert column(result, "gap_idr")["Satu"] == 6 * PKH_CHILD_IN_PRIMARY_SCHOOL_IDR


def test_a_value_that_is_absent_says_why(province):
    status = column(ask(province, coverage, DESA), "status")
    assert status["Tujuh"] == "no_data"
    assert status["Empat"] == "not_applicable"
    assert {status[name] for name in ("Satu", "Dua", "Tiga", "Lima", "Enam")} == {"ok"}


def test_a_parent_is_counted_and_not_averaged(province):
    result = ask(province, coverage, DESA.at(level=Level.kabupaten))
    assert column(result, "numerator") == {"Kabupaten Barat": 12, "Kota Timur": 5}
    assert column(result, "denominator") == {"Kabupaten Barat": 25, "Kota Timur": 7}
    assert column(result, "value")["Kabupaten Barat"] == pytest.approx(12 / 25)
    whole = ask(province, coverage, DESA.itself()).frame.iloc[0]
    assert (whole["reached_count"], whole["eligible_count"], whole["received_count"]) == (17, 32, 21)


def test_the_nation_has_the_only_province_in_it(province):
    whole = ask(province, coverage, DESA.at(wilayah="ID", level=Level.nasional)).frame.iloc[0]
    assert (whole["name"], whole["gap_count"]) == ("Indonesia", 15)


def test_half_of_the_gap_lives_in_two_desa(province):
    half = ask(province, concentration, DESA)
    assert (half["holding_count"], half["place_count"]) == (2, 7)


def test_errors_by_the_rule_are_those_of_the_census(province):
    frame = ask(province, targeting_errors, DESA.itself()).frame.iloc[0]
    assert frame["exclusion_rate"] == pytest.approx(15 / 32)
    assert frame["inclusion_rate"] == pytest.approx(4 / 21)
    assert frame["leak_idr"] == 4 * 900_000


def test_inclusion_has_no_value_where_nobody_receives(province):
    result = ask(province, targeting_errors, DESA)
    assert column(result, "inclusion_status")["Tiga"] == "not_applicable"
    assert column(result, "exclusion_status")["Tiga"] == "ok"


def test_families_without_a_desil_are_a_class_of_their_own(province):
    frame = ask(province, desil_distribution, DESA.itself()).frame
    assert frame["household_count"].sum() == 60
    assert frame.loc[frame["desil"].isna(), "household_count"].tolist() == [3]
    without = ask(province, desil_density, DESA.at(desil=(0,)))
    assert column(without, "household_count")["Enam"] == 2


def test_density_divides_by_families_and_by_area(province):
    result = ask(province, desil_density, DESA.at(desil=(1, 2, 3, 4)))
    assert column(result, "share_rate")["Satu"] == pytest.approx(12 / 20)
    assert column(result, "household_per_km2")["Satu"] == pytest.approx(12 / 123)


def test_map_legend_tooltip_and_file_tell_one_story(province):
    measure = QUESTIONS["coverage-gaps"].measure("exclusion_rate")
    result = ask(province, coverage, DESA)
    values = values_of(result, measure).set_index("name")
    scale = rate_scale(measure, DESA.desil)
    satu = values.loc["Satu"]
    assert scale.rgb(satu["value"], satu["status"]) == (252, 176, 111)
    entry = [entry for entry in scale.legend(INDONESIAN, set(values["status"])) if entry.colour == "#fcb06f"]
    assert [entry.label for entry in entry] == ["50–60"]
    text = value_text(satu["value"], satu["status"], measure, INDONESIAN)
    assert text == "50,0\N{NO-BREAK SPACE}%"
    assert "6 dari 12" in " ".join(tooltip_lines(satu, text, measure, INDONESIAN, None))
    lines = csv_of(result, INDONESIAN).decode("utf-8-sig").splitlines()
    satu_line = dict(zip(lines[0].split(","), lines[1].split(","), strict=True))
    assert (satu_line["name"], satu_line["gap_count"], satu_line["eligible_count"]) == ("Satu", "6", "12")


def test_what_is_published_hides_the_small_cells_everywhere(province):
    measure = QUESTIONS["coverage-gaps"].measure("gap_count")
    published = DESA.at(disclosure="published")
    result = ask(province, coverage, published)
    satu = values_of(result, measure).set_index("name").loc["Satu"]
    assert satu["status"] == "suppressed"
    scale = rate_scale(measure, published.desil)
    assert scale.rgb(satu["value"], satu["status"]) not in [scale.rgb(value / 20, "ok") for value in range(20)]
    text = value_text(satu["value"], satu["status"], measure, INDONESIAN)
    assert "<10 dari 10" in " ".join(tooltip_lines(satu, text, measure, INDONESIAN, None))
    lines = csv_of(result, INDONESIAN).decode("utf-8-sig").splitlines()
    satu_line = dict(zip(lines[0].split(","), lines[1].split(","), strict=True))
    assert (satu_line["gap_count"], satu_line["eligible_count"]) == ("<10", "10")


def test_a_published_total_is_rounded_from_the_records(province):
    whole = ask(province, desil_density, DESA.at(disclosure="published").itself()).frame.iloc[0]
    assert (whole["household_count"], whole["total_household_count"], whole["share_rate"]) == (30, 60, 0.5)


def test_a_count_that_would_give_a_small_one_away_is_masked_with_it(province):
    """Four recipients are not eligible: with the recipients reached, or with the gap, one could compute them."""
    result = ask(province, targeting_errors, DESA.at(disclosure="published").itself())
    assert result.mask.iloc[0].to_dict() == {
        "eligible_count": "", "received_count": "", "reached_count": "hidden", "gap_count": "hidden",
        "leak_count": "small"}
    assert result.frame["eligible_count"].tolist() == [30]
    assert result.frame["status"].tolist() == ["suppressed"]


@pytest.fixture
def sampled(own_province, tmp_path):
    """The 45 households of Kabupaten Barat, each asked and found in desil 2; each stands for itself."""
    household = draw_households()
    barat = household[household["kode"].str.startswith("99.01")]
    alone = verify(barat, observed_desil="2", weight="1", stratum="99", cluster=barat["household_id"])
    load_sample(own_province, tmp_path, alone)
    with own_province.begin() as connection:
        estimate_period(connection, PERIOD)
    return own_province


def test_an_estimate_its_interval_its_colour_its_tooltip_and_its_file_tell_one_story(sampled):
    """By hand: 45 truly eligible, 14 of them receive, so 31 of 45 are left out, 68.9 %.

    Every household is a cluster of its own, so the effective size is 44 and the interval that of 30.3 in 44:
    Clopper and Pearson give 53.2 to 81.9 %, 29 points wide: shown, and in the colour of the least certain.
    """
    measure = QUESTIONS["field-errors"].measure("field_exclusion_rate")
    result = ask(sampled, field_errors, DESA.at(level=Level.kabupaten))
    barat = values_of(result, measure).set_index("name").loc["Kabupaten Barat"]
    hits = 31 / 45 * 44
    assert barat["value"] == pytest.approx(31 / 45)
    assert barat["lower"] == pytest.approx(beta.ppf(0.025, hits, 44 - hits + 1))
    assert barat["upper"] == pytest.approx(beta.ppf(0.975, hits + 1, 44 - hits))
    assert (barat["numerator"], barat["denominator"]) == (31, 45)
    scale = field_scale(measure)
    least_certain_and_below_70 = scale.rows[2][0]
    colour = scale.colour(barat["value"], barat["status"], barat["lower"], barat["upper"])
    assert (colour, least_certain_and_below_70.high) == (least_certain_and_below_70.colour, 0.7)
    names = result.frame["name"].tolist()
    lines = " ".join(estimate_lines(result, measure, INDONESIAN)[names.index("Kabupaten Barat")])
    assert "69\N{NO-BREAK SPACE}% (53–82\N{NO-BREAK SPACE}%)" in lines and "n = 45" in lines
    written = csv_of(result, INDONESIAN).decode("utf-8-sig").splitlines()
    line = dict(zip(written[0].split(","), written[1].split(","), strict=True))
    assert (line["name"], line["exclusion_method"], line["truth"]) == ("Kabupaten Barat", "direct", "consumption")
    assert float(line["field_exclusion_lower"]) == pytest.approx(0.532, abs=5e-4)


def test_the_field_and_the_register_are_told_apart(sampled):
    """The register knows 25 eligible in Barat, 13 of them not reached: 52 %, just outside the field's interval."""
    row = ask(sampled, field_errors, DESA.at(level=Level.kabupaten)).frame.set_index("name").loc["Kabupaten Barat"]
    assert row["register_exclusion_rate"] == pytest.approx(13 / 25)
    assert row["exclusion_difference_rate"] == pytest.approx(31 / 45 - 13 / 25)
    assert row["is_exclusion_apart"]


def test_an_estimate_of_fewer_than_fifty_households_is_not_published(sampled):
    published = DESA.at(level=Level.kabupaten, disclosure="published")
    measure = QUESTIONS["field-errors"].measure("field_exclusion_rate")
    result = ask(sampled, field_errors, published)
    barat = values_of(result, measure).set_index("name").loc["Kabupaten Barat"]
    assert (barat["status"], pd.isna(barat["value"])) == ("suppressed", True)
    scale = field_scale(measure)
    colour = scale.colour(barat["value"], barat["status"], barat["lower"], barat["upper"])
    assert colour not in [cell.colour for row in scale.rows for cell in row]
    written = csv_of(result, INDONESIAN).decode("utf-8-sig").splitlines()
    line = dict(zip(written[0].split(","), written[1].split(","), strict=True))
    shown = ("field_exclusion_rate", "field_exclusion_lower", "field_exclusion_upper", "field_gap_count", "value")
    assert [line[name] for name in shown] == [""] * 5


def test_every_invariant_holds(province):
    with province.connect() as connection:
        assert [finding for finding in check_invariants(connection) if not finding.holds] == []
