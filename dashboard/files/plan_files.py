"""The two files that carry a plan to the budget: the RKA sheet and the memo, made of what the page shows."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from boundaries.levels import Level, parent_of
from dashboard import cache
from dashboard.addresses import Asked
from dashboard.exports import file_stem
from dashboard.facts import source_lines
from dashboard.files.content import read_content, read_drawing
from dashboard.files.kinds import MOST_SHAPES
from dashboard.files.map_picture import plain_png
from dashboard.files.memo import memo_of
from dashboard.files.rka import rka_of
from dashboard.files.rka_content import PlanPlace
from dashboard.words import Words
from geo.scenario_write import mark_exported
from queries.plan_request import PlanRequest
from queries.planning import Plan
from queries.scenario_plan import stored_plan
from queries.scenarios import read_scenario
from queries.wilayah import Wilayah

# What the map of a file shows: whom the plan leaves uncovered.
QUESTION, MEASURE = "planning", "exclusion_after_rate"


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


def plan_file(asked: Asked, kind: str) -> tuple[str, bytes]:
    """Return the name and the bytes of a plan's file; the same plan is the same bytes.

    Raises QueryError where the request cannot be planned.
    """
    plan = cache.budget_plan(asked.scope, asked.data_version)
    place = _place_of(asked, plan, _picture(asked, plan))
    return _name_of(plan, kind), PLAN_KINDS[kind].write(plan, place)


def scenario_file(asked: Asked, kind: str) -> tuple[str, bytes]:
    """Return the name and the bytes of a stored scenario's file, and mark it as exported: nothing changes it anymore.

    What it says is what was stored; there is no map once the data have changed, since it would draw another plan.
    Raises QueryError `unknown_scenario`, `scenario_not_allowed`.
    """
    with cache.reading(asked.data_version) as connection:
        stored = read_scenario(connection, int(asked.measure), asked.scope.disclosure)
    one, plan = stored.scenario, stored_plan(stored)
    drawn = replace(asked, part="export", question=QUESTION, measure=MEASURE, scope=one.scope)
    picture = None if one.is_outdated else _picture(drawn, plan)
    words = Words(asked.language)
    facts = (
        (words("rka.fact.scenario"), f"{one.id}: {one.name}"), (words("rka.fact.author"), one.author),
        (words("rka.fact.note"), one.note),
    )  # fmt: skip
    place = _place_of(drawn, plan, picture, tuple(fact for fact in facts if fact[1]))
    content = PLAN_KINDS[kind].write(plan, place)
    with cache.writing() as connection:
        mark_exported(connection, one.id)
    stem = _name_of(plan, kind).removesuffix(f".{kind}")
    return f"{stem}_skenario-{one.id}.{kind}", content


def _name_of(plan: Plan, kind: str) -> str:
    request, scope = plan.request, plan.result.provenance.scope
    stem = file_stem(PLAN_KINDS[kind].part, plan.result)
    if request.target:
        stem = stem.replace(f"_{scope.program}_", f"_{request.target}_")
    return f"{stem}_{request.year}_{request.stage}_{request.rule}_{request.budget_idr}.{kind}"


def _place_of(
    asked: Asked, plan: Plan, picture: bytes | None, facts: tuple[tuple[str, str], ...] = ()
) -> PlanPlace:  # fmt: skip
    words, version, request = Words(asked.language), asked.data_version, plan.request
    path = cache.path_of(asked.scope.wilayah, version)
    names = cache.program_names(version)
    above = tuple(sorted({parent for kode in plan.need.areas["kode"] if (parent := parent_of(kode))}))
    return PlanPlace(
        name=path[-1].name, path=" › ".join(step.name for step in path[1:] or path),
        provinsi=_name_at(path, Level.provinsi), kabupaten=_name_at(path, Level.kabupaten),
        groups=cache.names_of(above, version), program="" if request.target else names[asked.scope.program],
        covered=tuple(names[key] for key in request.covered),
        codes=cache.budget_codes(date(request.year, 1, 1), version), facts=(*facts, *_facts(request, words)),
        sources=tuple(source_lines(plan.result, words)), picture=picture, language=asked.language,
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
