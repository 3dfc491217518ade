"""The questions that can be asked, by the name that a shell and a page know them by."""

from collections.abc import Callable

import pandas as pd
from sqlalchemy import Connection

from queries.causes import inclusion_causes
from queries.comparison import comparison
from queries.coverage import concentration, coverage
from queries.data_age import data_age
from queries.desil import desil_density, desil_distribution
from queries.field import field_errors
from queries.groups import coverage_by_desil, coverage_by_group
from queries.hot_spots import hot_spots
from queries.incidence import incidence, targeting_index
from queries.monitoring import monitoring
from queries.moves import desil_moves
from queries.official import official_figures
from queries.order import order
from queries.overlap import overlap, program_set
from queries.planning import plan_rows
from queries.priorities import priorities
from queries.program_sheet import program_sheet
from queries.register_kinds import register_kind, status_words
from queries.result import Result
from queries.sample_plan import SampleRequest, sample_plan
from queries.scenario_comparison import scenario_difference
from queries.scope import Scope
from queries.social_kinds import social_kinds
from queries.targeting import targeting_errors
from queries.trend import change, trend
from queries.without import without, without_concentration


def planned_sample(connection: Connection, scope: Scope) -> Result:
    """Return the areas of the plan that a scope's request asks for, as a map and a list show them."""
    return sample_plan(connection, scope, SampleRequest.parse(scope.request)).result


QUERIES: dict[str, Callable[[Connection, Scope], Result]] = {
    "coverage": coverage,
    "coverage-by-desil": coverage_by_desil,
    "coverage-by-group": coverage_by_group,
    "data-age": data_age,
    "desil-density": desil_density,
    "desil-distribution": desil_distribution,
    "targeting-errors": targeting_errors,
    "inclusion-causes": inclusion_causes,
    "comparison": comparison,
    "trend": trend,
    "change": change,
    "desil-moves": desil_moves,
    "order": order,
    "overlap": overlap,
    "program-set": program_set,
    "hot-spots": hot_spots,
    "incidence": incidence,
    "targeting-index": targeting_index,
    "field-errors": field_errors,
    "sample-plan": planned_sample,
    "plan": plan_rows,
    "scenario-difference": scenario_difference,
    "monitoring": monitoring,
    "status-words": status_words,
    "social-kinds": social_kinds,
    "register-kind": register_kind,
    "without": without,
    "program-sheet": program_sheet,
    "official-figures": official_figures,
    "priorities": priorities,
}

# How few wilayah hold half of what a query counts.
CONCENTRATIONS: dict[str, Callable[[Connection, Scope], pd.Series | None]] = {
    "coverage": concentration, "without": without_concentration,
}
