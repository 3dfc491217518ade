"""Colours as readers see them who lack one kind of cone: classes stay apart, lightness falls, text can be read."""

import importlib
import itertools
import pkgutil
import re
from pathlib import Path

import numpy as np
import pytest
from eyesight import SIGHTS, apart, ciede2000, contrast, mixed, seen

from dashboard import charts, sections
from dashboard.scales import NO_WILAYAH_COLOUR, PALETTES, STATUS_COLOURS, ink_on
from dashboard.server import OPTIONS
from dashboard.uncertainty import NOT_APART_COLOUR
from queries.columns import Status
from queries.hot_spots import CLUSTERS

# About 1 can just be told apart side by side. Fills on a map lie apart from the legend and under thin lines, so that
# neighbouring classes, and a class and a reason for no value, are kept five or six times as far apart.
LEAST_NEIGHBOURS, LEAST_REASON = 6.0, 5.0
# What means something else altogether is told apart at a glance.
LEAST_OTHER = 10.0
SEQUENTIAL = ("need", "density", "excess", "ochre")
DIVERGING = ("change", "difference")
REASONS = {status.value: colour for status, colour in STATUS_COLOURS.items()} | {"other": NO_WILAYAH_COLOUR}
# WCAG 2.2, success criteria 1.4.3 (text of ordinary size) and 1.4.11 (parts of a picture).
LEAST_CONTRAST, LEAST_CONTRAST_OF_MARKS = 4.5, 3.0
STYLE = (Path(__file__).parents[1] / "dashboard" / "style.css").read_text(encoding="utf-8")

# Sharma, Wu and Dalal (2005), Color Research and Application 30, table 1: pairs that find the usual faults.
SHARMA = """
50 2.6772 -79.7751 50 0 -82.7485 2.0425
50 3.1571 -77.2803 50 0 -82.7485 2.8615
50 2.8361 -74.02 50 0 -82.7485 3.4412
50 -1.3802 -84.2814 50 0 -82.7485 1.0
50 -1.1848 -84.8006 50 0 -82.7485 1.0
50 -0.9009 -85.5211 50 0 -82.7485 1.0
50 0 0 50 -1 2 2.3669
50 -1 2 50 0 0 2.3669
50 2.49 -0.001 50 -2.49 0.0009 7.1792
50 2.49 -0.001 50 -2.49 0.001 7.1792
50 2.49 -0.001 50 -2.49 0.0011 7.2195
50 2.49 -0.001 50 -2.49 0.0012 7.2195
50 -0.001 2.49 50 0.0009 -2.49 4.8045
50 -0.001 2.49 50 0.001 -2.49 4.8045
50 -0.001 2.49 50 0.0011 -2.49 4.7461
50 2.5 0 50 0 -2.5 4.3065
50 2.5 0 73 25 -18 27.1492
50 2.5 0 61 -5 29 22.8977
50 2.5 0 56 -27 -3 31.9030
50 2.5 0 58 24 15 19.4535
50 2.5 0 50 3.1736 0.5854 1.0
50 2.5 0 50 3.2972 0 1.0
50 2.5 0 50 1.8634 0.5757 1.0
50 2.5 0 50 3.2592 0.3350 1.0
60.2574 -34.0099 36.2677 60.4626 -34.1751 39.4387 1.2644
63.0109 -31.0961 -5.8663 62.8187 -29.7946 -4.0864 1.2630
61.2901 3.7196 -5.3901 61.4292 2.2480 -4.9620 1.8731
35.0831 -44.1164 3.7933 35.0232 -40.0716 1.5901 1.8645
22.7233 20.0904 -46.6940 23.0331 14.9730 -42.5619 2.0373
36.4612 47.8580 18.3852 36.2715 50.5065 21.2231 1.4146
90.8027 -2.0831 1.4410 91.1528 -1.6435 0.0447 1.4441
90.9257 -0.5406 -0.9208 88.6381 -0.8985 -0.7239 1.5381
6.7747 -0.2908 -2.4247 5.8714 -0.0985 -2.2286 0.6377
2.0776 0.0795 -1.1350 0.9033 -0.0636 -0.5514 0.9082
"""


@pytest.mark.parametrize("line", SHARMA.strip().splitlines())
def test_the_difference_of_two_colours_is_the_published_one(line):
    *colours, published = map(float, line.split())
    assert ciede2000(colours[:3], colours[3:]) == pytest.approx(published, abs=5e-5)


def test_white_and_grey_stay_what_they_are_to_everybody():
    for sight, matrix in SIGHTS.items():
        assert matrix.sum(axis=1) == pytest.approx(np.ones(3), abs=2e-6)
        assert seen("#ffffff", sight) == pytest.approx([100, 0, 0], abs=0.05)
        assert apart("#808080", "#808080", sight) == 0
    # Red and green of one lightness are what those without middle cones mix up, and those without short ones do not.
    red_and_green = {sight: apart("#b2182b", "#4d7a2b", sight) for sight in SIGHTS}
    assert red_and_green["deuteranopia"] < 5 < 45 < red_and_green["tritanopia"]


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("name", [*SEQUENTIAL, *DIVERGING])
def test_neighbouring_classes_are_told_apart_by_everybody(name, sight):
    close = [(one, other) for one, other in itertools.pairwise(PALETTES[name])
             if apart(one, other, sight) < LEAST_NEIGHBOURS]  # fmt: skip
    assert close == []


@pytest.mark.parametrize("sight", SIGHTS)
def test_a_class_is_no_reason_for_a_missing_value(sight):
    reasons = [*REASONS.values(), NOT_APART_COLOUR]
    close = [(name, one, other) for name, palette in PALETTES.items() for one in palette for other in reasons
             if apart(one, other, sight) < LEAST_REASON]  # fmt: skip
    assert close == []
    pairs = itertools.combinations(reasons, 2)
    assert [pair for pair in pairs if apart(*pair, sight) < LEAST_REASON] == []


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("name", SEQUENTIAL)
def test_a_higher_class_is_darker_to_everybody(name, sight):
    lightness = [seen(colour, sight)[0] for colour in PALETTES[name]]
    assert all(one - other >= 4 for one, other in itertools.pairwise(lightness))


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("name", DIVERGING)
def test_the_two_ends_of_a_change_are_told_apart_at_a_glance(name, sight):
    palette = PALETTES[name]
    half = len(palette) // 2
    for one, other in zip(palette[:half], palette[::-1], strict=False):
        assert apart(one, other, sight) > 1.5 * LEAST_OTHER
    # From the middle outwards both arms darken.
    for arm in (palette[:half][::-1], palette[-half:]):
        lightness = [seen(colour, sight)[0] for colour in arm]
        assert lightness == sorted(lightness, reverse=True)


@pytest.mark.parametrize("sight", SIGHTS)
def test_clusters_are_told_apart_at_a_glance(sight):
    assert len(PALETTES["cluster"]) == len(CLUSTERS)
    for one, other in itertools.combinations(PALETTES["cluster"], 2):
        assert apart(one, other, sight) > 2 * LEAST_OTHER


def test_palettes_are_of_a_kind_that_is_tested():
    assert set(PALETTES) == {*SEQUENTIAL, *DIVERGING, "cluster"}


def chart_colours():
    """Every set of colours that the charts name in a dict called ..._COLOURS."""
    found = {}
    modules = [charts, *(importlib.import_module(f"dashboard.sections.{part.name}")
                         for part in pkgutil.iter_modules(sections.__path__))]  # fmt: skip
    for module in modules:
        for name, value in vars(module).items():
            if re.search(r"COLOURS$", name) and isinstance(value, dict) and name != "STATUS_COLOURS":
                found[f"{module.__name__}.{name}"] = sorted(set(value.values()))
    # The causes of a gap stand in one dict, and never in one chart.
    together = (charts.CAUSES, charts.CAUSES_WITHOUT_QUOTA, ("gap_count", "reached_count"))
    found = {name: value for name, value in found.items() if value != sorted(set(charts.CAUSE_COLOURS.values()))}
    return found | {"/".join(causes): [charts.CAUSE_COLOURS[cause] for cause in causes] for causes in together}


@pytest.mark.parametrize("sight", SIGHTS)
def test_the_parts_of_a_chart_are_told_apart_by_everybody(sight):
    known = chart_colours()
    assert len(known) >= 4
    close = [(name, pair) for name, colours in known.items() for pair in itertools.combinations(colours, 2)
             if apart(*pair, sight) < LEAST_OTHER]  # fmt: skip
    assert close == []


def test_text_on_a_class_can_be_read():
    grounds = [colour for palette in PALETTES.values() for colour in palette] + list(REASONS.values())
    hard = {ground: round(contrast(ink_on(ground), ground), 2) for ground in grounds}
    assert {ground: ratio for ground, ratio in hard.items() if ratio < LEAST_CONTRAST} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_and_links_of_the_theme_can_be_read(theme):
    colours = {name.rpartition(".")[2]: value for name, value in OPTIONS.items() if name.startswith(f"theme.{theme}.")}
    for ground in ("backgroundColor", "secondaryBackgroundColor"):
        for ink in ("textColor", "linkColor"):
            assert contrast(colours[ink], colours[ground]) >= LEAST_CONTRAST
    assert contrast(colours["primaryColor"], colours["backgroundColor"]) >= LEAST_CONTRAST_OF_MARKS


def test_the_badge_can_be_read_on_a_page_and_over_a_map():
    ink, ground = (re.search(rf"\.badge {{[^}}]*{name}: (#[0-9a-f]+)", STYLE)[1] for name in ("color", "background"))
    ink = "#ffffff" if ink == "#fff" else ink
    assert contrast(ink, ground) >= LEAST_CONTRAST
    opacity = float(re.search(r"badge-map[^}]*opacity: ([0-9.]+)", STYLE)[1])
    for beneath in ("#ffffff", "#10191e", *PALETTES["need"]):
        assert contrast(mixed(ink, beneath, opacity), mixed(ground, beneath, opacity)) >= LEAST_CONTRAST


def test_statuses_have_a_colour_each():
    assert set(STATUS_COLOURS) == set(Status) - {Status.ok}
