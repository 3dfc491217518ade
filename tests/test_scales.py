"""One scale for fill, list and legend: round limits, and a class of its own for every reason that there is no value."""

import pandas as pd

from dashboard.questions import QUESTIONS
from dashboard.scales import NICE, PALETTES, STATUS_COLOURS, count_scale, ink_on, rate_scale, rgb_of
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
