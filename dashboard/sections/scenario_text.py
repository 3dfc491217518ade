"""A stored scenario in words: its assumptions by name, its effect in figures, and what it is called in short."""

from dataclasses import fields
from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd

from dashboard.words import ABSENT, Words
from dashboard.words.plan_report import RULE_NAMES
from queries.plan_request import WEIGHT_ONE, PlanRequest
from queries.scenarios import Scenario
from queries.stats.disclosure import SMALL

# Where most of the readers are; the hour is told with its zone.
ZONE = ZoneInfo("Asia/Jakarta")
# What a program of the register's own needs no words for: it is known by its name and rule.
_OF_TARGET = ("target", "desil", "component", "unit")
_MONEY = ("budget_idr", "benefit_idr", "administration_idr", "desa_idr")
# Not told where nobody asked for it.
_OPTIONAL = ("administration_idr", "desa_idr", "floor_count", "floor_pct", "cap_count", "cap_pct", "table", "shock")
# Rates 0 to 1, whole rupiah and counts of an effect, in the order in which they are shown.
EFFECT = (
    "planned_count", "exclusion_before", "exclusion_after", "field_after", "unmendable_rate", "expected",
    "robust_count", "inclusion_rate", "cost_per_eligible_idr", "served_count", "left_out_count", "gini",
    "benefit_idr", "desa_cost_idr", "administration_idr", "remainder_idr", "gap_to_optimum",
)  # fmt: skip


def rule_name(rule: str, words: Words) -> str:
    """Return the name of a rule of allocation."""
    return RULE_NAMES[rule][words.language]


def unit_name(scenario: Scenario, words: Words) -> str:
    """Return what a scenario counts, `KPM` for households."""
    return words(f"rka.unit.{scenario.unit}")


def made_at(moment: datetime, words: Words) -> str:
    """Return a moment as day, month, year and hour of western Indonesia."""
    local = moment.astimezone(ZONE)
    return f"{local.day} {words.month(local)}, {local:%H.%M} WIB"


def number_of(scenario: Scenario, words: Words) -> str:
    """Return a scenario's number, as it is referred to."""
    return words("scenario.number", id=scenario.id)


def program_asked(scenario: Scenario, programs: dict[str, str]) -> str:
    """Return the name of a scenario's program; a local one's with its spaces."""
    target = scenario.summary["assumptions"]["target"]
    return target.replace("_", " ") or programs.get(scenario.program, scenario.program)


def effect_name(name: str, level: str, words: Words) -> str:
    """Return what a figure of an effect is called, with its wilayah named by their level."""
    return _named(f"scenario.effect.{name}", level, words)


def assumption_name(name: str, level: str, words: Words) -> str:
    """Return what an assumption is called, with its wilayah named by their level."""
    return _named(f"scenario.assume.{name}", level, words)


def _named(key: str, level: str, words: Words) -> str:
    if f"{key}.level" not in words:
        return words(key)
    text = words(f"{key}.level", level=words(f"level.{level}").lower())
    return text[:1].upper() + text[1:]


def exclusion_text(scenario: Scenario, words: Words) -> str:
    """Return exclusion by the register before and after the plan."""
    effect = scenario.effect
    return f"{words.percent(effect['exclusion_before'])} → {words.percent(effect['exclusion_after'])}"


def effect_text(name: str, effect: dict, words: Words) -> str:
    """Return a figure of an effect as it is written; an estimate with its 95 % interval."""
    value = effect.get(name)
    if value is None:
        return ABSENT
    if name == "gap_to_optimum":
        return words.percent(value, 2)
    if name == "field_after":
        middle, lower, upper = (words.number(end * 100, 1) for end in value)
        return f"{middle} ({lower}–{upper}){words.percent_sign}"
    if name == "expected":
        middle, lower, upper = map(words.number, value)
        return f"{middle} ({lower}–{upper})"
    if name.endswith("_idr"):
        return words.number(value)
    if name == "gini":
        return words.number(value, 3)
    return words.number(value) if name.endswith("_count") else words.percent(value)


def count_texts(counts: pd.Series, is_small: pd.Series | None, words: Words) -> list[str]:
    """Return counts as text; `is_small` tells of some of them, by the same index, that they are fewer than ten."""
    small = pd.Series(False, index=counts.index) if is_small is None else is_small.loc[counts.index]
    return [words.count(count, SMALL if hides else "") for count, hides in zip(counts, small, strict=True)]


def assumptions_of(scenario: Scenario, words: Words, programs: dict[str, str]) -> dict[str, str]:
    """Return what a plan was asked for, by the name of each part; those that nobody asked for are left out.

    `programs` are the names of the catalogue by key.
    """
    asked = scenario.summary["assumptions"]
    told = {
        "wilayah": scenario.wilayah_name, "level": words(f"level.{scenario.level.name}"),
        "period": words.month(scenario.period),
        "program": program_asked(scenario, programs),
    }  # fmt: skip
    # JSON of the database keeps no order.
    for name in (field.name for field in fields(PlanRequest) if field.name in asked):
        value = asked[name]
        is_left_out = (name in _OF_TARGET and not asked["target"]) or (name in _OPTIONAL and value in (0, None, ""))
        if name == "target" or is_left_out:
            continue
        if name == "administration_bp" and asked["administration_idr"]:
            continue
        # The key of a table tells nobody anything.
        told[name] = (words("scenario.edited", count=words.number(len(scenario.summary["edited"])))
                      if name == "table" else _assumption_text(name, value, words, programs))  # fmt: skip
    if scenario.summary["sample"]:
        truth, frame = scenario.summary["sample"]
        told["sample"] = f"{words(f'truth.{truth}')} · {words(f'frame.{frame}')}"
    return told


def _assumption_text(name: str, value: object, words: Words, programs: dict[str, str]) -> str:
    if name in ("stage", "funding"):
        return words(f"rka.{name}.{value}")
    if name == "rule":
        return rule_name(value, words)
    if name in _MONEY:
        return words("planner.rupiah", amount=words.number(value))
    if name == "desil":
        return words.desil(tuple(value))
    if name == "component":
        return words(f"catalogue.component.{value}") if value else words("scenario.none")
    if name == "unit":
        return words(f"unit.{value}")
    if name == "covered":
        return ", ".join(programs.get(key, key) for key in value) or words("scenario.none")
    if name == "weights":
        parts = [words.number(weight / WEIGHT_ONE, 0 if weight % WEIGHT_ONE == 0 else 2) for weight in value]
        return words("scenario.weights.equal") if len(set(value)) == 1 else "; ".join(parts)
    if name == "probability":
        return words(f"scenario.probability.{value}")
    if name == "administration_bp":
        return words.percent(value / 10_000, 0 if value % 100 == 0 else 2)
    if name.endswith("_pct"):
        return words.percent(value / 100, 0)
    if name == "months":
        return words("scenario.months", count=value)
    # A year has no separator of thousands, and the number of an area none either.
    return str(value) if name in ("year", "shock") else words.number(value)
