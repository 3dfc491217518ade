"""The sample planner: how many households, in how many desa, bring each area's interval to a wanted width."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from boundaries.levels import Level
from queries.answer import require_scope
from queries.columns import ANSWER, Status, whole_numbers
from queries.errors import QueryError
from queries.field import MEASURES
from queries.result import Provenance, Result
from queries.sample_basis import Basis, read_basis
from queries.scope import Scope
from queries.stats import sampling
from queries.stats.errors import StatisticsError
from queries.what_if import refuse_what_if

LEVELS = (Level.provinsi, Level.kabupaten, Level.kecamatan)
# Assumptions that the reader is shown and may change; no office has published such costs.
WIDTH, DESA_IDR, HOUSEHOLD_IDR = 0.2, 1_500_000, 150_000
MOST_IDR = 10**15
# For a desa or a household; with it the cost of every family in the country is still a number of 64 bits.
MOST_COST_IDR = 999_999_999
WIDTHS_COMPARED = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4)
_TEXT = re.compile(r"([ei])-(\d{1,3})-(\d{1,9})-(\d{1,9})-(\d{1,13}|x)-(\d{1,3}|x)")


@dataclass(frozen=True)
class SampleRequest:
    """What a plan is asked for: which error, how sure, at which costs.

    `width` of the 95 % interval is 0 to 1 (20 points are 0.2), costs are whole rupiah, `budget_idr` None has no limit,
    and `rho`, how alike the answers within a desa are (0 to 1), is estimated or assumed where it is None.
    """

    measure: str = "exclusion"
    width: float = WIDTH
    desa_idr: int = DESA_IDR
    household_idr: int = HOUSEHOLD_IDR
    budget_idr: int | None = None
    rho: float | None = None

    @property
    def text(self) -> str:
        """The request in short, as an address carries it: whole points, rupiah, and hundredths of rho."""
        budget = "x" if self.budget_idr is None else str(self.budget_idr)
        rho = "x" if self.rho is None else str(round(self.rho * 100))
        return f"{self.measure[0]}-{round(self.width * 100)}-{self.desa_idr}-{self.household_idr}-{budget}-{rho}"

    @classmethod
    def parse(cls, text: str) -> "SampleRequest":
        """Return the request that `text` stands for; the first request where it stands for none."""
        found = _TEXT.fullmatch(text)
        if not found:
            return cls()
        measure, width, desa, household, budget, rho = found.groups()
        return cls(
            "exclusion" if measure == "e" else "inclusion", int(width) / 100, int(desa), int(household),
            None if budget == "x" else int(budget), None if rho == "x" else int(rho) / 100,
        )  # fmt: skip


@dataclass(frozen=True)
class WidthCost:
    """What one width would cost without a budget, and how many areas can reach it at all."""

    width: float
    interview_count: int
    cost_idr: int
    reachable_count: int


@dataclass(frozen=True)
class SamplePlan:
    """A plan: one row per area in `result`, and their totals.

    `width` is the wanted one, or the one that the budget buys; an area's own is in its row. `is_met`: every area that
    can be planned reaches the wanted width. `rho_from`: given, sample or assumed. `remainder_idr` None: no budget.
    """

    request: SampleRequest
    result: Result
    rho: float
    rho_from: str
    width: float
    is_met: bool
    interview_count: int
    visited_desa_count: int
    cost_idr: int
    remainder_idr: int | None
    costs: tuple[WidthCost, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether no area could be planned."""
        return not self.interview_count


def check_request(request: SampleRequest) -> None:
    """Raise QueryError `unknown_measure`, `plan_width`, `plan_cost`, `plan_budget` or `plan_rho`."""
    if request.measure not in MEASURES:
        raise QueryError("unknown_measure", measure=request.measure, known=", ".join(MEASURES))
    if not 0 < request.width <= 1:
        raise QueryError("plan_width", width=f"{request.width * 100:g}")
    for cost in (request.desa_idr, request.household_idr):
        if not 0 <= cost <= MOST_COST_IDR:
            raise QueryError("plan_cost", cost=cost)
    if request.budget_idr is not None and not 0 < request.budget_idr <= MOST_IDR:
        raise QueryError("plan_budget", budget=request.budget_idr)
    if request.rho is not None and not 0 <= request.rho <= 1:
        raise QueryError("plan_rho", rho=f"{request.rho:g}")


def sample_plan(connection: Connection, scope: Scope, request: SampleRequest) -> SamplePlan:
    """Return the cheapest two-stage sample that brings the interval of each wilayah of a scope to the wanted width.

    Under a budget that does not pay for it, every area is given the sample for the least equal width that it pays for.
    value = width_rate, the expected width of the 95 % interval. `plan_status` of an area: reached, not_reachable (not
    even with all of its households), budget_too_small, one_desa (an interval needs two), no_data (no register),
    not_applicable (nobody to ask about). In `published` disclosure the register's counts are rounded before they are
    used. Raises QueryError: as `check_request`, `plan_level`, `budget_too_small`, `no_what_if`, and those of every
    query.
    """
    check_request(request)
    refuse_what_if(scope, "sample-plan")
    if scope.level not in LEVELS:
        raise QueryError("plan_level", level=scope.level.name)
    notes, version = require_scope(connection, scope)
    basis = read_basis(connection, scope, request.measure)
    rho, rho_from = (basis.rho, basis.rho_from) if request.rho is None else (request.rho, "given")
    areas = _areas(basis, rho, request)
    plan, width, remainder = _allocate(areas, request)
    frame = _frame(basis, plan, request)
    is_planned = plan.desa_count > 0
    return SamplePlan(
        request,
        Result(frame, Provenance("sample-plan", scope, basis.sql, (*notes, *basis.sources), len(frame), version),
               pd.DataFrame({"household_count": basis.areas["mask"]})),
        float(rho), rho_from, width,
        is_met=bool(is_planned.any() and (frame["plan_status"][is_planned] == "reached").all()),
        interview_count=int(plan.household_count.sum()), visited_desa_count=int(plan.desa_count.sum()),
        cost_idr=int(plan.cost_idr.sum()), remainder_idr=remainder, costs=_costs(areas),
    )  # fmt: skip


def _areas(basis: Basis, rho: float, request: SampleRequest) -> sampling.Areas:
    known, count = basis.areas, len(basis.areas)
    # With one desa there is no comparison between desa, hence no interval: nothing is planned there.
    is_open = (known["desa_count"] >= 2).to_numpy()
    return sampling.Areas(
        desa_count=np.where(is_open, known["desa_count"], 0).astype(np.int64),
        household_count=np.where(is_open, known["household_count"], 0).astype(np.int64),
        rate=known["expected_rate"].to_numpy(dtype=float), rho=np.full(count, float(rho)),
        eligible_share=known["answering_rate"].to_numpy(dtype=float),
        desa_idr=np.full(count, request.desa_idr, dtype=np.int64),
        household_idr=np.full(count, request.household_idr, dtype=np.int64),
    )  # fmt: skip


def _allocate(areas: sampling.Areas, request: SampleRequest) -> tuple[sampling.SamplePlan, float, int | None]:
    if request.budget_idr is None:
        return sampling.required_sample(areas, request.width), request.width, None
    try:
        given = sampling.allocate_budget(areas, request.budget_idr, request.width)
    except StatisticsError as error:
        if error.code != "budget_too_small":
            raise
        raise QueryError("budget_too_small", budget=request.budget_idr, least=error.details["least_idr"]) from None
    return given.plan, given.width, given.remainder_idr


def _frame(basis: Basis, plan: sampling.SamplePlan, request: SampleRequest) -> pd.DataFrame:
    known = basis.areas
    is_planned, has_register = plan.desa_count > 0, known["household_count"] > 0
    status = np.select(
        [~has_register, is_planned], [Status.no_data.value, Status.ok.value], Status.not_applicable.value
    )
    plan_status = np.select(
        [~has_register, known["answering_rate"] == 0, known["desa_count"] == 1,
         plan.width <= request.width + sampling.WIDTH_STEP, plan.is_reachable],
        ["no_data", "not_applicable", "one_desa", "reached", "budget_too_small"], "not_reachable",
    )  # fmt: skip

    def whole(values: np.ndarray, is_there: np.ndarray = is_planned) -> pd.arrays.IntegerArray:
        return whole_numbers(np.where(is_there, values, np.nan).astype(float))

    width = pd.array(np.where(is_planned, plan.width, np.nan), dtype="Float64")
    none = pd.array([pd.NA] * len(known), dtype="Float64")
    frame = known[["kode", "name", "level", "kind"]].assign(
        status=status, value=width, numerator=whole(plan.household_count), denominator=whole(plan.desa_count),
        se=none, lower=none, upper=none,
    )[list(ANSWER)]  # fmt: skip
    return frame.assign(
        household_count=whole(known["household_count"], has_register),
        desa_count=whole(known["desa_count"], has_register), visited_desa_count=whole(plan.desa_count),
        desa_interview_count=whole(plan.desa_household_count), interview_count=whole(plan.household_count),
        answer_count=whole(np.round(plan.household_count * known["answering_rate"].to_numpy())),
        width_rate=width, cost_idr=whole(plan.cost_idr), plan_status=plan_status,
        expected_rate=known["expected_rate"].astype("Float64"), rate_from=known["rate_from"],
        answering_rate=known["answering_rate"].astype("Float64"),
    )  # fmt: skip


def _costs(areas: sampling.Areas) -> tuple[WidthCost, ...]:
    plans = [(width, sampling.required_sample(areas, width)) for width in WIDTHS_COMPARED]
    return tuple(
        WidthCost(width, int(plan.household_count.sum()), int(plan.cost_idr.sum()),
                  int((plan.is_reachable & (plan.desa_count > 0)).sum()))
        for width, plan in plans
    )  # fmt: skip
