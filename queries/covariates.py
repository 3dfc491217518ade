"""What the register says of each kecamatan, from which small-area models borrow strength."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text

# Each is known for every kecamatan with a register, sampled or not.
NAMES = (
    "register_exclusion_rate", "register_inclusion_rate", "desil_1_2_rate", "eligible_share_rate",
    "unranked_share_rate", "stale_days", "sparse_log",
)
_UNKNOWN_DENSITY = 1.0

_COUNTED = text("""
    WITH total AS (
        SELECT kode, eligible_count, received_count, gap_count, leak_count FROM program_total
        WHERE period = :period AND level = 3 AND program_id = :program_id
    ), desil AS (
        SELECT kode, sum(household_count) AS households,
               coalesce(sum(household_count) FILTER (WHERE desil <= 2), 0) AS poorest,
               coalesce(sum(household_count) FILTER (WHERE desil IS NULL), 0) AS unranked,
               sum(person_count) AS persons
        FROM desil_count WHERE period = :period AND level = 3 GROUP BY kode
    )
    SELECT desil.kode, households::float, poorest::float, unranked::float, persons::float,
           coalesce(eligible_count, 0)::float AS eligible, coalesce(received_count, 0)::float AS received,
           coalesce(gap_count, 0)::float AS gap, coalesce(leak_count, 0)::float AS leak,
           boundary.area_km2
    FROM desil LEFT JOIN total USING (kode)
    LEFT JOIN boundary_active ON boundary_active.level = 3 AND boundary_active.provinsi_kode = left(desil.kode, 2)
    LEFT JOIN boundary ON boundary.kode = desil.kode AND boundary.source_id = boundary_active.source_id
    WHERE left(desil.kode, 2) = ANY(:provinsi) ORDER BY desil.kode
""")

_HOUSEHOLDS = text("""
    SELECT kode, sum(household_count)::float FROM desil_count WHERE period = :period AND level = 2
    GROUP BY kode ORDER BY kode
""")

# The only aggregate that no cube holds; it is read once for each run of the estimates, never for a page.
_VISITED = text("""
    SELECT left(kode, 8) AS kode, avg(period - verified_on)::float AS stale_days
    FROM household WHERE period = :period AND provinsi_kode = ANY(:provinsi) GROUP BY 1
""")


def read_staleness(connection: Connection, period: date, provinsi: Sequence[str]) -> pd.Series:
    """Return the mean days since a family was last verified in the field, by kecamatan."""
    rows = connection.execute(_VISITED, {"period": period, "provinsi": list(provinsi)}).all()
    return pd.Series(dict(map(tuple, rows)), dtype=float, name="stale_days")


def read_households(connection: Connection, period: date) -> pd.Series:
    """Return how many families each kabupaten with a register has, by kode."""
    rows = connection.execute(_HOUSEHOLDS, {"period": period}).all()
    return pd.Series(dict(map(tuple, rows)), dtype=float, name="household_count")


def read_covariates(
    connection: Connection, period: date, provinsi: Sequence[str], program_id: int, unit: str, stale: pd.Series
) -> pd.DataFrame:
    """Return one row per kecamatan of these provinsi that has a register, by kode: the columns of NAMES, and
    household_count.

    Rates are 0 to 1; where a kecamatan has nobody eligible or receiving, the rate is that of all of them together, so
    that it says nothing of its own. stale_days is the logarithm of the mean days since the last verification, and
    sparse_log that of km2 per family, 0 where no boundary is loaded.
    """
    rows = connection.execute(
        _COUNTED, {"period": period, "provinsi": list(provinsi), "program_id": program_id}
    ).mappings().all()
    counted = pd.DataFrame(rows).set_index("kode") if rows else pd.DataFrame(index=pd.Index([], name="kode"))
    if counted.empty:
        return pd.DataFrame(columns=[*NAMES, "household_count"], dtype=float)
    # Pupils are not counted where no program means them: their share is one of all persons.
    base = counted["households"] if unit == "household" else counted["persons"]
    days = stale.reindex(counted.index)
    days = days.fillna(days.mean()).fillna(1.0).clip(lower=1.0)
    area = counted["area_km2"].astype(float)
    per_family = (area / counted["households"]).fillna(_UNKNOWN_DENSITY)
    return pd.DataFrame({
        "register_exclusion_rate": _rate(counted["gap"], counted["eligible"]),
        "register_inclusion_rate": _rate(counted["leak"], counted["received"]),
        "desil_1_2_rate": counted["poorest"] / counted["households"],
        "eligible_share_rate": counted["eligible"] / base,
        "unranked_share_rate": counted["unranked"] / counted["households"],
        "stale_days": np.log(days),
        "sparse_log": np.log(per_family),
        "household_count": counted["households"],
    })[[*NAMES, "household_count"]]  # fmt: skip


def _rate(part: pd.Series, whole: pd.Series) -> pd.Series:
    together = part.sum() / whole.sum() if whole.sum() > 0 else 0.0
    return (part / whole.where(whole > 0)).fillna(together)
