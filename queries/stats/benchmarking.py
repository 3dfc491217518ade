"""Estimates of areas made to agree with the direct estimate above them, and what that does to their error.

The weighted mean of a group's estimates is brought to the group's target, by one factor (ratio) or one addend
(difference) per group (Pfeffermann and Barnard 1991; Steorts and Ghosh 2013). A target that is itself poorly known
makes every area below it worse: benchmark to a level whose own error is small beside the areas' (docs/method.md).
"""

from dataclasses import dataclass

import numpy as np

from queries.stats.errors import StatisticsError

KINDS = ("ratio", "difference")


@dataclass(frozen=True)
class Benchmarked:
    """`estimate` (..., m); per group (..., G) the `adjustment` (factor or addend) and whether it `is_reached`.

    A group that is not reached keeps its estimates, with the adjustment NaN: it has no target, no weight, or (ratio)
    only zeros to multiply.
    """

    estimate: np.ndarray
    adjustment: np.ndarray
    is_reached: np.ndarray


def benchmark(
    estimate: np.ndarray, weight: np.ndarray, target: np.ndarray, group: np.ndarray, kind: str = "ratio",
    upper: float | None = 1.0,
) -> Benchmarked:
    """Bring the weighted mean of the estimates (m,) of each group to its target (G,); `group` (m,) codes 0..G-1.

    With `upper` (1 for rates; None for amounts) the answer stays in 0..upper: an estimate that would leave it stops at
    the end, and the others of its group take over what it could not, by the same factor or addend. Estimates may come
    as replicates (B, m) with targets (B, G). `weight` (m,) >= 0; an area without weight moves with its group.
    Raises StatisticsError: unknown_method, shape_mismatch, not_finite (estimate), weight_not_positive (negative or
    missing), target_out_of_bounds.
    """
    estimate, weight, target = (np.asarray(given, float) for given in (estimate, weight, target))
    group = np.asarray(group)
    if kind not in KINDS:
        raise StatisticsError("unknown_method", method=kind)
    areas, groups = estimate.shape[-1], target.shape[-1]
    if weight.shape != (areas,) or group.shape != (areas,) or estimate.shape[:-1] != target.shape[:-1]:
        raise StatisticsError("shape_mismatch", estimate=estimate.shape, weight=weight.shape, target=target.shape)
    if areas and (group.min() < 0 or group.max() >= groups):
        raise StatisticsError("shape_mismatch", groups=groups, group_min=int(group.min()), group_max=int(group.max()))
    if not np.isfinite(estimate).all():
        raise StatisticsError("not_finite", name="estimate", position=int(np.argwhere(~np.isfinite(estimate))[0][-1]))
    if not ((weight >= 0) & np.isfinite(weight)).all():
        position = int(np.flatnonzero(~((weight >= 0) & np.isfinite(weight)))[0])
        raise StatisticsError("weight_not_positive", position=position)
    known = target[np.isfinite(target)]
    if upper is not None and known.size and (known.min() < 0 or known.max() > upper):
        raise StatisticsError("target_out_of_bounds", lowest=float(known.min()), highest=float(known.max()))

    flat, targets = estimate.reshape(-1, areas), target.reshape(-1, groups)
    answer = flat.copy()
    adjustment = np.full(targets.shape, np.nan)
    is_reached = np.zeros(targets.shape, dtype=bool)
    for code in range(groups):
        members = np.flatnonzero(group == code)
        if members.size and weight[members].sum() > 0:
            share = weight[members] / weight[members].sum()
            moved, how, good = _move(flat[:, members], share, targets[:, code], kind, upper)
            answer[:, members], adjustment[:, code], is_reached[:, code] = moved, how, good
    return Benchmarked(
        answer.reshape(estimate.shape), adjustment.reshape(target.shape), is_reached.reshape(target.shape)
    )


def _move(
    estimate: np.ndarray, share: np.ndarray, target: np.ndarray, kind: str, upper: float | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Move rows of estimates (B, k) until their mean by `share` is the target (B,); say how, and whether it worked."""
    low, high = (0.0, upper) if upper is not None else (-np.inf, np.inf)
    estimate_in = np.clip(estimate, low, high)
    is_free = np.ones(estimate.shape, dtype=bool)
    moved = estimate_in.copy()
    how = np.full(len(estimate), np.nan)
    # Each round stops at least one more estimate at an end, or is the last.
    for _ in range(estimate.shape[1] + 1):
        fixed = np.sum(np.where(is_free, 0, moved * share), axis=1)
        free_mean = np.sum(np.where(is_free, estimate_in * share, 0), axis=1)
        free_share = np.sum(np.where(is_free, share, 0), axis=1)
        base = free_mean if kind == "ratio" else free_share
        goal = target - fixed - (0 if kind == "ratio" else free_mean)
        how = np.divide(goal, base, out=how, where=np.abs(base) > 0)
        tried = estimate_in * how[:, None] if kind == "ratio" else estimate_in + how[:, None]
        with np.errstate(invalid="ignore"):
            over, under = is_free & (tried > high), is_free & (tried < low)
        moved = np.where(is_free, np.clip(tried, low, high), moved)
        # Both ends cannot be fixed in one round: what one side gives back may bring the other inside again.
        overshoot = np.sum(np.where(over, (tried - high) * share, 0), axis=1)
        undershoot = np.sum(np.where(under, (low - tried) * share, 0), axis=1)
        stop = np.where((overshoot >= undershoot)[:, None], over, under)
        if not stop.any():
            break
        moved = np.where(stop, np.where(over, high, low), moved)
        is_free &= ~stop
    reached = np.sum(moved * share, axis=1)
    is_near = np.abs(reached - target) <= 1e-9 * np.maximum(1, np.abs(target))
    is_good = np.isfinite(target) & np.isfinite(how) & is_near
    return np.where(is_good[:, None], moved, estimate), np.where(is_good, how, np.nan), is_good
