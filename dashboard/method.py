"""How a figure is made, in words: the sections of docs/method.md and docs/metode.md that belong to its card."""

import re
from functools import lru_cache
from pathlib import Path

import streamlit as st

from dashboard.errors import DashboardError
from dashboard.state import View

FOLDER = Path(__file__).parents[1] / "docs"
FILES = {"id": "metode.md", "en": "method.md"}
_ANCHOR = re.compile(r'^<a id="([a-z-]+)"></a>\n', flags=re.MULTILINE)
_HEADING = re.compile(r"^#+ ", flags=re.MULTILINE)
_RELATIVE_LINK = re.compile(r"\[([^\]]+)\]\((?!https?:)[^)]*\)")

# The sections of each figure that a query gives, the one that defines it first.
_OF_RULE = ("coverage", "eligibility")
_OF_OTHER = ("what-if", "dtks", "coverage")
_OF_PLAN = ("plan", "plan-rules", "plan-chances", "plan-money", "coverage", "eligibility")
_OF_FIELD = ("verification", "estimates", "small-areas", "reliability", "ranks", "colours", "limits")
_SECTIONS = {
    "without_rate": ("without", "eligibility", "priorities", "official"),
    "without_count": ("without", "eligibility", "priorities", "official"),
    "coverage_rate": _OF_RULE,
    "exclusion_rate": (*_OF_RULE, "split", "what-if"),
    "gap_count": (*_OF_RULE, "split", "what-if"),
    "gap_idr": (*_OF_RULE, "split", "what-if"),
    "inclusion_rate": (*_OF_RULE, "inclusion-causes", "what-if"),
    "leak_count": ("inclusion-causes", *_OF_RULE),
    "leak_idr": ("inclusion-causes", *_OF_RULE),
    "no_quota_count": ("split",),
    "unused_quota_count": ("split",),
    "too_few_places_count": ("split",),
    "misallocated_count": ("split",),
    "out_of_order_rate": ("order", "split"),
    "out_of_order_count": ("order", "split"),
    "forbidden_count": ("overlap",),
    "any_coverage_rate": ("overlap", "eligibility"),
    "all_coverage_rate": ("overlap", "eligibility"),
    "none_rate": ("overlap", "eligibility"),
    "share_rate": ("desil",),
    "household_count": ("desil",),
    "household_per_km2": ("desil",),
    "exclusion_change_rate": _OF_OTHER,
    "inclusion_change_rate": _OF_OTHER,
    "exclusion_rate_other": _OF_OTHER,
    "inclusion_rate_other": _OF_OTHER,
    "exclusion_rise_rate": ("change", *_OF_RULE),
    "gap_rise_count": ("change", *_OF_RULE),
    "share_rise_rate": ("change", "desil"),
    "desil_one_without_rise_rate": ("change", "desil"),
    "move_rate": ("moves", "desil"),
    "recipient_share_rate": ("incidence",),
    "benefit_share_rate": ("incidence",),
    "population_share_rate": ("incidence",),
    "cgh_rate": ("incidence",),
    "targeting_differential_rate": ("incidence",),
    "adequacy_rate": ("incidence",),
    "field_exclusion_rate": _OF_FIELD,
    "field_inclusion_rate": _OF_FIELD,
    "exclusion_difference_rate": ("difference", *_OF_FIELD),
    "inclusion_difference_rate": ("difference", *_OF_FIELD),
    "paid_rate": ("monitoring", "coverage"),
    "quota_used_rate": ("monitoring", "split"),
    "old_rate": ("data-age",),
    "kind_count": ("register-kinds", "dtks"),
    "kind_share_rate": ("register-kinds", "dtks"),
    "exclusion_cluster": ("hot-spots", *_OF_RULE),
    "inclusion_cluster": ("hot-spots", *_OF_RULE),
    "share_cluster": ("hot-spots", "desil"),
    "interview_count": ("planner", "estimates", "reliability"),
    "width_rate": ("planner", "estimates", "reliability"),
    "planned_rise_count": ("scenarios",),
    "uncovered_rise_count": ("scenarios",),
    "exclusion_after_rate": _OF_PLAN,
    "planned_count": ("plan-rules", "plan", "plan-chances", "plan-money"),
    "amount_idr": ("plan-money", "plan", "plan-rules"),
    "uncovered_count": _OF_PLAN,
}


def explain(view: View, place: str) -> None:
    """Draw how the page's measure is computed, closed at first; the text is sent only when it is opened.

    `place` tells two on one page apart.
    """
    words = view.words
    opened = st.expander(words("card.method"), key=f"method_{place}", on_change="rerun")
    if not opened.open:
        return
    parts = sections_of(view.measure.key)
    with opened:
        try:
            chosen = parts[0]
            if len(parts) > 1:
                chosen = st.selectbox(
                    words("card.method.part"), parts, format_func=lambda part: section_title(part, view.language),
                    key=f"method_part_{place}_{view.measure.key}", label_visibility="collapsed",
                )  # fmt: skip
            st.markdown(section(chosen, view.language))
        except DashboardError as error:
            st.warning(words.error(error.code, **error.details))


def section(section_id: str, language: str) -> str:
    """Return a section of the method as Markdown that can stand on a page.

    Its heading is of the fourth level, and a link within the documents is plain text. Raises DashboardError
    `method_missing` where the documents are not beside the packages: they are part of the checkout that an editable
    installation runs from, and of no wheel.
    """
    return read_sections(language)[section_id]


def section_title(section_id: str, language: str) -> str:
    """Return the heading of a section; raises as `section`."""
    return section(section_id, language).partition("\n")[0].removeprefix("#### ")


def section_of(measure_key: str) -> str:
    """Return the section that defines a measure; KeyError for a measure without one."""
    return sections_of(measure_key)[0]


def sections_of(measure_key: str) -> tuple[str, ...]:
    """Return the sections that a measure's card offers, the one that defines it first; KeyError as `section_of`."""
    return _SECTIONS[measure_key]


@lru_cache
def read_sections(language: str) -> dict[str, str]:
    """Return every section of the method by its id, in the order of the document; raises as `section`."""
    path = FOLDER / FILES[language]
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        raise DashboardError("method_missing", path=str(path)) from None
    _, *parts = _ANCHOR.split(text)
    return {name: _for_a_page(body) for name, body in zip(parts[::2], parts[1::2], strict=True)}


def _for_a_page(body: str) -> str:
    return _RELATIVE_LINK.sub(r"\1", _HEADING.sub("#### ", body.strip()))
