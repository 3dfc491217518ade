"""One scale for fill, list and legend: round limits, and a class of its own for every reason that there is no value."""

import itertools
import re

import pandas as pd
import pytest
from eyesight import SIGHTS, apart, seen

from dashboard.questions import FIELD_EXCLUSION, FIELD_INCLUSION, QUESTIONS
from dashboard.scales import NICE, NO_WILAYAH_COLOUR, PALETTES, STATUS_COLOURS, count_scale, ink_on, rate_scale, rgb_of
from dashboard.uncertainty import GREY, NOT_APART_COLOUR, certainty_of, field_scale, wedge
from dashboard.words import Words
from queries.columns import Status

GAP_RATE, GAP_COUNT, _ = QUESTIONS["coverage-gaps"].measures
SHARE_RATE = QUESTIONS["desil-density"].measures[0]
WORDS = Words("id")


def test_a_value_on_a_limit_belongs_to_the_class_that_starts_there():
    scale = rate_scale(GAP_RATE, (1,))
    limit = GAP_RATE.limits[0]
    assert scale.colour(limit, Status.ok) == PALETTES["need"][1]
    assert scale.colour(limit - 1e-9, Status.ok) == PALETTES["need"][0]
    assert scale.rgb(1.0, Status.ok) == rgb_of(PALETTES["need"][5])


def test_a_masked_value_takes_the_colour_of_its_status_and_of_nothing_else():
    scale = rate_scale(GAP_RATE, (1,))
    assert scale.colour(0.99, Status.suppressed) == scale.colour(0.01, Status.suppressed)
    colours = list(STATUS_COLOURS.values()) + [colour for palette in PALETTES.values() for colour in palette]
    assert len(set(colours)) == len(colours)


def test_the_legend_has_every_class_and_only_the_statuses_that_occur():
    scale = rate_scale(GAP_RATE, (1,))
    entries = scale.legend(WORDS, {"ok", "suppressed"})
    assert [entry.colour for entry in entries[:-1]] == list(scale.colours)
    assert entries[0].label.startswith("< ") and entries[5].label.endswith("%")
    assert entries[-1].colour == STATUS_COLOURS[Status.suppressed]
    assert len(scale.legend(WORDS, {"ok"})) == len(scale.colours)


def test_count_limits_are_round_and_rise():
    scale = count_scale(GAP_COUNT, pd.Series([float(value) for value in range(3, 4000, 7)] + [None]))
    assert list(scale.limits) == sorted(set(scale.limits))
    assert all(f"{limit:.1e}"[:3] in {f"{nice:.1f}" for nice in NICE} for limit in scale.limits)
    assert len(scale.colours) == len(scale.limits) + 1
    assert scale.colours[-1] == PALETTES["need"][-1]


def test_without_any_value_a_scale_has_one_class():
    scale = count_scale(GAP_COUNT, pd.Series([None, None], dtype="Float64"))
    assert scale.limits == ()
    assert [entry.label for entry in scale.legend(WORDS, set())] == ["semua nilai"]


def test_the_share_of_a_desil_set_is_judged_against_what_the_nation_holds():
    assert rate_scale(SHARE_RATE, (1, 2, 3, 4)).limits[2] == 0.4
    assert rate_scale(SHARE_RATE, (1,)).limits[2] == 0.1


def test_text_on_a_class_is_readable():
    assert ink_on("#b30000") == "#ffffff"
    assert ink_on("#fee8c8") == "#1c2b33"


FIELD_SCALES = [field_scale(measure) for measure in (FIELD_EXCLUSION, FIELD_INCLUSION)]
DIFFERENCE = field_scale(QUESTIONS["field-errors"].measures[2])
# Less than neighbouring classes of one row: an interval's width shades a colour, and its legend tells the rest.
LEAST_DISTANCE = 4.5


def test_a_wider_interval_has_fewer_classes_and_greyer_colours():
    for scale in FIELD_SCALES:
        rows = scale.rows
        assert [len(row) for row in rows] == [6, 3, 2]
        assert [cell.colour for cell in rows[0]] == list(scale.colours)
        reach = [max(apart(cell.colour, GREY, "all") for cell in row) for row in rows]
        assert reach[0] > reach[1] > reach[2] > LEAST_DISTANCE
        assert all(sum(cell.span for cell in row) == 6 for row in rows)
        # Towards grey, never white: the lightest class of each row is darker than that of the row above.
        lightest = [max(seen(cell.colour, "all")[0] for cell in row) for row in rows]
        assert lightest[0] > lightest[1] > lightest[2]


def test_merged_limits_are_limits_of_the_finest_row():
    for scale in FIELD_SCALES:
        assert all(set(limits) <= set(scale.limits) for limits in scale.merged)


@pytest.mark.parametrize(("lower", "upper", "certainty"), [
    (0.40, 0.45, "narrow"), (0.40, 0.50, "narrow"), (0.40, 0.501, "medium"), (0.40, 0.60, "medium"),
    (0.05, 0.35, "wide"), (0.05, 0.351, None), (None, 0.5, None), (pd.NA, pd.NA, None),
])  # fmt: skip
def test_the_degree_of_certainty_goes_by_the_interval_s_width(lower, upper, certainty):
    assert certainty_of(lower, upper) == certainty


def test_the_same_value_fades_and_merges_as_its_interval_widens():
    scale = FIELD_SCALES[0]
    sure = [scale.colour(value, "ok", value - 0.04, value + 0.04) for value in (0.55, 0.65)]
    unsure = [scale.colour(value, "ok", value - 0.09, value + 0.09) for value in (0.55, 0.65)]
    assert sure[0] != sure[1] and unsure[0] == unsure[1] not in sure
    assert scale.colour(0.55, "ok", 0.3, 0.8) == scale.colour(0.9, "too_uncertain") == GREY
    assert scale.colour(0.55, "no_data") == STATUS_COLOURS[Status.no_data]


def test_the_wedge_shows_exactly_the_scale_s_colours_in_both_languages():
    for scale, language in itertools.product(FIELD_SCALES, ("id", "en")):
        html = wedge(scale, Words(language))
        drawn = re.findall(r"background-color:(#[0-9a-f]{6})", html)
        assert drawn == [cell.colour for row in scale.rows for cell in row] + [GREY]
        assert Words(language)("wedge.head") in html
        assert len(re.findall("wedge-limit", html)) == len(scale.limits)
    assert "40–50\N{NO-BREAK SPACE}% · s.d. 10 poin" in wedge(FIELD_SCALES[0], WORDS)


def test_a_difference_is_never_red_or_green_and_zero_is_grey_while_not_told_apart():
    assert DIFFERENCE.colour(0.15, "ok", 0.02, 0.3) == PALETTES["difference"][4]
    assert DIFFERENCE.colour(-0.15, "ok", -0.3, -0.02) == PALETTES["difference"][1]
    assert DIFFERENCE.colour(0.15, "ok", -0.01, 0.3) == DIFFERENCE.colour(0.02, "ok", 0.0, 0.05) == NOT_APART_COLOUR
    labels = [entry.label for entry in DIFFERENCE.legend(WORDS, {"no_data"})]
    assert labels == ["di bawah −20", "−20 s.d. −10", "−10 s.d. 0", "tidak terbedakan (register di dalam rentang)",
                      "0 s.d. +10", "+10 s.d. +20", "+20 atau lebih", "tidak ada data"]  # fmt: skip


@pytest.mark.parametrize("sight", SIGHTS)
def test_the_field_s_colours_are_told_apart_by_everybody(sight):
    others = [colour for status, colour in STATUS_COLOURS.items() if status is not Status.ok] + [NO_WILAYAH_COLOUR]
    sets = [[cell.colour for row in scale.rows for cell in row] for scale in FIELD_SCALES]
    sets.append([*DIFFERENCE.colours, NOT_APART_COLOUR])
    for colours in sets:
        for one, other in itertools.combinations([*colours, *others], 2):
            assert apart(one, other, sight) > LEAST_DISTANCE, (one, other)
