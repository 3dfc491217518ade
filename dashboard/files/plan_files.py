"""The two files that carry a plan to the budget: the RKA sheet and the memo, made of what the page shows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from boundaries.levels import Level, parent_of
from dashboard import cache
from dashboard.addresses import Asked
from dashboard.errors import DashboardError
from dashboard.exports import file_stem
from dashboard.facts import source_lines
from dashboard.files.content import read_content, read_drawing
from dashboard.files.kinds import MOST_SHAPES
from dashboard.files.map_picture import plain_png
from dashboard.files.memo import memo_of
from dashboard.files.rka import rka_of
from dashboard.files.rka_content import PlanPlace
from dashboard.words import Words
from queries.plan_request import PlanRequest
from queries.planning import Plan
from queries.wilayah import Wilayah

QUESTION = "planning"


@dataclass(frozen=True)
class PlanKind:
    """One kind of file of a plan: its part of the name, its media type, and what makes it."""

    part: str
    media_type: str
    write: Callable[[Plan, PlanPlace], bytes]


PLAN_KINDS = {
    "xlsx": PlanKind("rka", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", rka_of),
    "pdf": PlanKind("memo", "application/pdf", memo_of),
}


def name_of(asked: Asked, kind: str) -> str:
    """Return the name of a plan's file, with FIKTIF first where anything under it is fictional."""
    plan = cache.budget_plan(asked.scope, asked.data_version)
    stem = file_stem(QUESTION, plan.result).replace(QUESTION, PLAN_KINDS[kind].part, 1)
    return f"{stem}_{plan.request.year}_{plan.request.stage}.{kind}"


def plan_file(asked: Asked, kind: str) -> bytes:
    """Return the bytes of a plan's file; the same plan is the same bytes.

    Raises QueryError where the request cannot be planned, DashboardError `plan_file_kind` for an unknown kind.
    """
    if kind not in PLAN_KINDS:
        raise DashboardError("plan_file_kind", kind=kind, known=", ".join(PLAN_KINDS))
    plan = cache.budget_plan(asked.scope, asked.data_version)
    return PLAN_KINDS[kind].write(plan, _place_of(asked, plan))


def _place_of(asked: Asked, plan: Plan) -> PlanPlace:
    words, version, request = Words(asked.language), asked.data_version, plan.request
    path = cache.path_of(asked.scope.wilayah, version)
    names = cache.program_names(version)
    above = tuple(sorted({parent for kode in plan.need.areas["kode"] if (parent := parent_of(kode))}))
    return PlanPlace(
        name=path[-1].name, path=" › ".join(step.name for step in path[1:] or path),
        provinsi=_name_at(path, Level.provinsi), kabupaten=_name_at(path, Level.kabupaten),
        groups=cache.names_of(above, version), program="" if request.target else names[asked.scope.program],
        covered=tuple(names[key] for key in request.covered),
        codes=cache.budget_codes(date(request.year, 1, 1), version), facts=_facts(request, words),
        sources=tuple(source_lines(plan.result, words)), picture=_picture(asked, plan), language=asked.language,
    )  # fmt: skip


def _name_at(path: list[Wilayah], level: Level) -> str:
    return next((step.name for step in path if step.level is level), "")


def _facts(request: PlanRequest, words: Words) -> tuple[tuple[str, str], ...]:
    if not request.shock:
        return ()
    return ((words("rka.fact.shock"), cache.kept_shock(request.shock).name),)


def _picture(asked: Asked, plan: Plan) -> bytes | None:
    """Return the page's map as a picture, None where no boundary is loaded or there are too many shapes to draw."""
    if len(plan.result.frame) > MOST_SHAPES:
        return None
    content = read_content(asked)
    drawing = read_drawing(content)
    return plain_png(content, drawing) if drawing.rows else None
