"""The drawn sample as a file for the field: household ids and their design, nothing else of a household."""

import numpy as np
import pandas as pd
from sqlalchemy import Connection, func, select

from boundaries.levels import KODE_LENGTH, NATION_KODE, kode_range
from geo import tables
from geo.field_tables import TRUTHS
from queries.errors import QueryError
from queries.sample_plan import SamplePlan
from queries.scope import Scope
from queries.stats.sampling import DrawnSample, draw_two_stage

# What `load verification` reads; the name of the desa is for the interviewer and is ignored there.
COLUMNS = (
    "household_id", "kode", "desa_name", "stratum", "cluster", "weight", "stratum_cluster_count",
    "cluster_household_count", "truth", "frame", "observed_desil", "observed_adminduk", "observed_on",
)  # fmt: skip
MOST_SEED = 2**32 - 1


def draw_sample(
    connection: Connection, scope: Scope, plan: SamplePlan, seed: int, truth: str = "consumption"
) -> pd.DataFrame:
    """Draw the households of a plan from the scope's register; return one row each in the columns of COLUMNS.

    Two stages of simple random sampling without replacement: desa within the area (the stratum is its kode), households
    within the desa (the cluster). A desa with fewer households than planned gives all of them. The columns to observe
    are empty. The same seed, plan and register give the same sample; no name, NIK, address or point is in it. Raises
    QueryError `plan_seed`, `plan_truth`, `plan_is_empty`.
    """
    if truth not in TRUTHS:
        raise QueryError("plan_truth", truth=truth, known=", ".join(TRUTHS))
    desa, of_desa, place, drawn = _draw(connection, scope, plan, seed)
    ids = _read_ids(connection, scope, desa["kode"].iloc[np.unique(of_desa)])
    of_row = desa.iloc[of_desa]
    kode = of_row["kode"].to_numpy()
    return pd.DataFrame({
        "household_id": [ids[one][number] for one, number in zip(kode, place, strict=True)],
        "kode": kode, "desa_name": of_row["name"].to_numpy(), "stratum": of_row["area"].to_numpy(),
        "cluster": kode, "weight": drawn.weight, "stratum_cluster_count": drawn.area_desa_count,
        "cluster_household_count": drawn.desa_household_count, "truth": truth, "frame": "register",
        "observed_desil": "", "observed_adminduk": "", "observed_on": "",
    })[list(COLUMNS)]  # fmt: skip


def draw_desa(connection: Connection, scope: Scope, plan: SamplePlan, seed: int) -> pd.DataFrame:
    """Return the desa that `draw_sample` visits with this seed: kode, name, area (its kode), area_name.

    `desa_interview_count` is the area's plan: a desa with fewer households gives all it has, and how many those are is
    not told. Raises QueryError `plan_seed`, `plan_is_empty`.
    """
    desa, of_desa, _, _ = _draw(connection, scope, plan, seed)
    columns = plan.result.frame[["kode", "name", "desa_interview_count"]]
    columns.columns = ["area", "area_name", "desa_interview_count"]
    return desa.iloc[np.unique(of_desa)][["kode", "name", "area"]].merge(columns, on="area", how="left")


def _draw(
    connection: Connection, scope: Scope, plan: SamplePlan, seed: int
) -> tuple[pd.DataFrame, np.ndarray, np.ndarray, DrawnSample]:
    """Return the desa of the frame, and for each drawn household its desa's row, its place in the desa, its design."""
    if not 0 <= seed <= MOST_SEED:
        raise QueryError("plan_seed", seed=seed)
    if plan.is_empty:
        raise QueryError("plan_is_empty")
    areas = plan.result.frame
    desa = _read_desa(connection, scope)
    desa["area"] = desa["kode"].str[: KODE_LENGTH[scope.level]]
    number_of = pd.Series(np.arange(len(areas)), index=areas["kode"].astype(str))
    counts = desa["household_count"].to_numpy()
    visited, wanted = (areas[name].fillna(0).to_numpy(dtype=np.int64)
                       for name in ("visited_desa_count", "desa_interview_count"))  # fmt: skip
    # A draw needs to know only how many households each desa has: the register's rows are read for drawn desa alone.
    drawn = draw_two_stage(
        seed, np.repeat(np.arange(len(desa)), counts),
        np.repeat(desa["area"].map(number_of).fillna(-1).to_numpy(dtype=np.int64), counts), visited, wanted,
    )  # fmt: skip
    first = np.cumsum(counts) - counts
    of_desa = np.searchsorted(first, drawn.position, side="right") - 1
    return desa, of_desa, drawn.position - first[of_desa], drawn


def _within(column, scope: Scope):
    low, high = kode_range(scope.wilayah)
    return column.is_not(None) if scope.wilayah == NATION_KODE else (column >= low) & (column < high)


def _read_desa(connection: Connection, scope: Scope) -> pd.DataFrame:
    household, wilayah = tables.household, tables.wilayah
    held = (
        select(household.c.kode, func.count().label("household_count"))
        .where(household.c.period == scope.period, _within(household.c.kode, scope))
        .group_by(household.c.kode).subquery("held")
    )  # fmt: skip
    rows = connection.execute(
        select(held, wilayah.c.name).join_from(held, wilayah, wilayah.c.kode == held.c.kode).order_by(held.c.kode)
    ).all()
    return pd.DataFrame(rows, columns=["kode", "household_count", "name"]).astype({"household_count": np.int64})


def _read_ids(connection: Connection, scope: Scope, kode: pd.Series) -> dict[str, list[str]]:
    """Return the ids of the households of these desa, in an order that no server setting changes."""
    household = tables.household
    rows = connection.execute(
        select(household.c.kode, household.c.household_id)
        .where(household.c.period == scope.period, household.c.kode.in_(list(kode)))
        .order_by(household.c.kode, household.c.household_id.collate("C"))
    )
    ids: dict[str, list[str]] = {}
    for place, household_id in rows:
        ids.setdefault(place, []).append(household_id)
    return ids
