"""What a plan changes by the field: exclusion before, whom no budget reaches through the list, and exclusion after.

The three are one account: of those truly eligible and not covered, a share is not on the list of the plan's target at
all (not registered, or at a wrong desil), and the plan reaches a part of the rest. So whoever pays everybody on the
list is left with just those who are not on it.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from sqlalchemy import Connection, select

from geo import tables
from geo.field_tables import estimate
from queries.columns import Status
from queries.eligibility import Eligibility, FieldTotals
from queries.plan_request import PlanRequest
from queries.scope import Scope
from queries.stats.disclosure import LEAST_DENOMINATOR

SEED = 5
BOUNDS = (0.025, 0.975)


@dataclass(frozen=True)
class Interval:
    """An estimate with its 95 % interval."""

    value: float
    lower: float
    upper: float


class StoredExclusion(NamedTuple):
    """Exclusion of a wilayah as the estimates have it: direct, or by the model where that is more certain."""

    estimate: float
    se: float
    lower: float
    upper: float


@dataclass(frozen=True)
class FieldAccount:
    """Exclusion by the field before a plan in `before`, with its draws (b,); `off_share` of it is off the list."""

    before: Interval
    draws: np.ndarray
    off_share: float
    off_draws: np.ndarray

    @property
    def off_list(self) -> Interval:
        """Of the truly eligible, the share that no budget reaches through this list."""
        return interval_of(self.before.value * self.off_share, self.draws * self.off_draws)

    def after(self, reached: float, reached_draws: np.ndarray) -> Interval:
        """Return exclusion after a plan that reaches this part (0 to 1) of the truly eligible on the list."""
        left = self.off_share + (1 - self.off_share) * (1 - reached)
        left_draws = self.off_draws + (1 - self.off_draws) * (1 - reached_draws)
        return interval_of(self.before.value * left, self.draws * left_draws)


def interval_of(value: float, draws: np.ndarray) -> Interval:
    """Return an estimate with the 95 % interval of its draws."""
    return Interval(value, *map(float, np.quantile(draws, BOUNDS)))


def read_exclusion(
    connection: Connection, scope: Scope, request: PlanRequest, eligibility: Eligibility
) -> StoredExclusion | None:
    """Return the exclusion that the estimates tell of the scope's wilayah, by the same sample; None without one.

    Where another program counts as covering, for a target of the plan's own and for an area of a shock none is stored.
    """
    if not eligibility.truth or request.covered or request.target or request.shock:
        return None
    program_id = select(tables.program.c.id).where(tables.program.c.key == scope.program).scalar_subquery()
    row = connection.execute(
        select(estimate.c.estimate, estimate.c.se, estimate.c.lower, estimate.c.upper, estimate.c.denominator).where(
            estimate.c.period == scope.period, estimate.c.kode == scope.wilayah, estimate.c.measure == "exclusion",
            estimate.c.truth == eligibility.truth, estimate.c.frame == eligibility.frame,
            estimate.c.program_id == program_id, estimate.c.status == Status.ok.value, estimate.c.se.is_not(None),
        )
    ).one_or_none()
    if row is None or (scope.disclosure == "published" and row.denominator < LEAST_DENOMINATOR):
        return None
    return StoredExclusion(*row[:4])


def account_of(field: FieldTotals | None, stored: StoredExclusion | None) -> FieldAccount | None:
    """Return the account of a wilayah from its own sampled totals; exclusion is the stored one where there is one."""
    if field is None or field.gap.value <= 0:
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        off = np.nan_to_num(field.off_list.draws / field.gap.draws, nan=0.0, posinf=1.0)
        own = np.nan_to_num(field.gap.draws / field.eligible.draws, nan=0.0, posinf=1.0)
    off, own = np.clip(off, 0, 1), np.clip(own, 0, 1)
    off_share = min(max(field.off_list.value / field.gap.value, 0.0), 1.0)
    if stored is None:
        return FieldAccount(interval_of(field.gap.value / field.eligible.value, own), own, off_share, off)
    noise = np.random.default_rng(SEED).standard_normal(len(own))
    draws = np.clip(stored.estimate + stored.se * noise, 0, 1)
    return FieldAccount(Interval(stored.estimate, stored.lower, stored.upper), draws, off_share, off)
