"""The questions that can be asked, by the name that a shell and a page know them by."""

from collections.abc import Callable

from sqlalchemy import Connection

from queries.causes import inclusion_causes
from queries.comparison import comparison
from queries.coverage import coverage
from queries.desil import desil_density, desil_distribution
from queries.field import field_errors
from queries.groups import coverage_by_desil, coverage_by_group
from queries.incidence import incidence, targeting_index
from queries.order import order
from queries.overlap import overlap, program_set
from queries.result import Result
from queries.sample_plan import SampleRequest, sample_plan
from queries.scope import Scope
from queries.targeting import targeting_errors


def planned_sample(connection: Connection, scope: Scope) -> Result:
    """Return the areas of the plan that a scope's request asks for, as a map and a list show them."""
    return sample_plan(connection, scope, SampleRequest.parse(scope.request)).result


QUERIES: dict[str, Callable[[Connection, Scope], Result]] = {
    "coverage": coverage,
    "coverage-by-desil": coverage_by_desil,
    "coverage-by-group": coverage_by_group,
    "desil-density": desil_density,
    "desil-distribution": desil_distribution,
    "targeting-errors": targeting_errors,
    "inclusion-causes": inclusion_causes,
    "comparison": comparison,
    "order": order,
    "overlap": overlap,
    "program-set": program_set,
    "incidence": incidence,
    "targeting-index": targeting_index,
    "field-errors": field_errors,
    "sample-plan": planned_sample,
}
