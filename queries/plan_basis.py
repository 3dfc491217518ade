"""What plans start from, and the problem that one of them sets: need, chances, money and limits, or who is at fault."""

from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection

from queries.answer import require_scope
from queries.eligibility import Eligibility, read_eligibility
from queries.errors import QueryError
from queries.plan_field import StoredExclusion, read_exclusion
from queries.plan_need import Need, read_need
from queries.plan_request import WEIGHT_ONE, PlanRequest, check_plan
from queries.result import SourceNote
from queries.scope import Scope
from queries.stats.allocation import Allocation, Problem, allocate, check_problem
from queries.stats.errors import StatisticsError
from queries.what_if import refuse_what_if


@dataclass(frozen=True)
class Ground:
    """What plans start from, whatever their budget and rule: need, chances, exclusion by the estimates, and sources."""

    scope: Scope
    need: Need
    eligibility: Eligibility
    exclusion: StoredExclusion | None
    notes: tuple[SourceNote, ...]
    version: str


@dataclass(frozen=True)
class Basis:
    """One request on its ground: `group` (n,) are the rows' groups of chances, `problem` what is to be shared out."""

    request: PlanRequest
    need: Need
    eligibility: Eligibility
    group: np.ndarray
    problem: Problem


def read_ground(connection: Connection, scope: Scope, request: PlanRequest) -> Ground:
    """Return what a plan over the wilayah of a scope starts from; only `request.ground` counts.

    Raises QueryError, those of `check_plan`, `read_need` and `read_eligibility`.
    """
    check_plan(request)
    refuse_what_if(scope, "plan")
    notes, version = require_scope(connection, scope)
    need = read_need(connection, scope, request)
    eligibility = read_eligibility(connection, scope, request, need.classes, list(need.areas["kode"]))
    exclusion = read_exclusion(connection, scope, request, eligibility)
    return Ground(scope, need, eligibility, exclusion, (*notes, *eligibility.sources), version)


def ceiling_of(request: PlanRequest, money_idr: int) -> int:
    """Return the least ceiling that leaves this much after administration."""
    if request.administration_idr:
        return money_idr + request.administration_idr
    # Administration is rounded down, so a ceiling is enough as soon as its other share passes one rupiah less.
    return max(money_idr - 1, 0) * 10_000 // (10_000 - request.administration_bp) + min(money_idr, 1)


def basis_of(ground: Ground, request: PlanRequest) -> Basis:
    check_plan(request)
    need, chances = ground.need.limited(request), ground.eligibility
    group = chances.group_of(list(need.areas["kode"]))
    problem = Problem(
        need=need.need, value=chances.expected[group] * _weights(request, need), eligible=need.eligible_count,
        covered=need.covered_count, money_idr=request.money_idr, unit_cost_idr=request.unit_cost_idr,
        fixed_idr=request.desa_idr, floor=need.floor, cap=need.cap,
    )  # fmt: skip
    basis = Basis(request, need, chances, group, problem)
    _check(basis)
    return basis


def _weights(request: PlanRequest, need: Need) -> np.ndarray:
    return np.array([request.weights[desil - 1] for desil in need.classes]) / WEIGHT_ONE


def _check(basis: Basis) -> None:
    request, need = basis.request, basis.need
    try:
        check_problem(basis.problem)
    except StatisticsError as error:
        details = error.details
        if error.code in ("money_below_floors", "nothing_to_buy"):
            least = ceiling_of(request, details["least_idr"])
            code = "plan_below_floors" if error.code == "money_below_floors" else "plan_nothing_to_buy"
            raise QueryError(code, budget=request.budget_idr, least=least,
                             request=request.at(budget_idr=least).text) from None  # fmt: skip
        if error.code == "no_need":
            raise QueryError("plan_no_need") from None
        if error.code == "no_room":
            raise QueryError("plan_no_room", request=request.at(cap_count=None, cap_pct=None).text) from None
        if error.code in ("cap_below_floor", "floor_above_need"):
            rows = details["rows"]
            raise QueryError(
                f"plan_{error.code}", names=need.named(rows), count=len(rows), floor=int(need.floor[rows[0]]),
                cap=int(need.cap[rows[0]]), need=int(need.need_count[rows[0]]),
            ) from None  # fmt: skip
        if error.code == "bad_shares":
            raise QueryError("plan_shares") from None
        raise


def worth_of(basis: Basis) -> np.ndarray:
    """Return what a unit is worth in each joint draw, the desil weights included, shape (b, g, d)."""
    return basis.eligibility.draws * _weights(basis.request, basis.need)


def shares_of(basis: Basis, rule: str) -> np.ndarray | None:
    """Return the reader's own shares; until there are any, each wilayah's part of the need."""
    if rule != "own":
        return None
    return basis.need.need_count.astype(float) if basis.need.shares is None else basis.need.shares


def allocated(basis: Basis, rule: str) -> Allocation:
    shares = shares_of(basis, rule)
    try:
        return allocate(basis.problem, rule, shares, worth_of(basis), basis.group)
    except StatisticsError as error:
        if error.code != "bad_shares":
            raise
        raise QueryError("plan_shares") from None
