"""What is added up of the stored cubes: the nation's rows, and each program's totals, its split and its order."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, text

from boundaries.levels import NATION_KODE
from geo import cube_tables


def write_nation(connection: Connection, period: date, names: Iterable[str]) -> None:
    """Add up the provinsi of a period into the nation's own rows of these cubes."""
    for name in names:
        info = cube_tables.metadata.tables[name].info
        key, counts = ", ".join(info["key"]), ", ".join(info["counts"])
        sums = ", ".join(f"sum({count})" for count in info["counts"])
        connection.execute(
            text(f"DELETE FROM {name} WHERE period = :period AND level = 0"), {"period": period}
        )
        connection.execute(
            text(
                f"INSERT INTO {name} (period, level, kode, {key}, {counts})"
                f" SELECT period, 0, :nation, {key}, {sums} FROM {name}"
                f" WHERE period = :period AND level = 1 GROUP BY period, {key}"
            ),
            {"period": period, "nation": NATION_KODE},
        )


_TOTAL = """
WITH total AS (
    SELECT level, kode, program_id, sum(eligible_count) AS e, sum(received_count) AS t, sum(reached_count) AS r,
           sum(paid_count) AS paid, sum(gap_idr) AS gap_idr, sum(leak_idr) AS leak_idr,
           coalesce(sum(eligible_count - reached_count) FILTER (WHERE desil = 1), 0) AS poorest_gap,
           coalesce(sum(reached_count) FILTER (WHERE desil IN (3, 4)), 0) AS later_reached
    FROM program_count WHERE period = :period GROUP BY level, kode, program_id
), base AS (
    SELECT total.*, greatest(quota.places_count, t) AS k FROM total
    JOIN quota ON quota.period = :period AND quota.kode = total.kode AND quota.program_id = total.program_id
    UNION ALL
    SELECT total.*, NULL FROM total WHERE level = 4 AND NOT EXISTS (
        SELECT FROM quota WHERE quota.period = :period AND quota.program_id = total.program_id
        AND quota.kode IN (total.kode, left(total.kode, 8), left(total.kode, 5), left(total.kode, 2)))
), part AS (
    SELECT level, kode, program_id, k, greatest(0, e - k) AS no_quota, greatest(0, e - t) AS too_few,
           least(e - r, t - r) AS misallocated, least(poorest_gap, later_reached) AS out_of_order
    FROM base
), place AS (
    SELECT * FROM (VALUES (0, 0), (1, 2), (2, 5), (3, 8), (4, 13)) AS place (at_level, width)
), split AS (
    SELECT at_level AS level, CASE at_level WHEN 0 THEN :nation ELSE left(kode, width) END AS kode, program_id,
           CASE WHEN count(*) = count(k) THEN sum(k) END AS quota_count,
           CASE WHEN count(*) = count(k) THEN sum(no_quota) END AS no_quota_count,
           CASE WHEN count(*) = count(k) THEN sum(too_few - no_quota) END AS unused_quota_count,
           sum(too_few) AS too_few_places_count, sum(misallocated) AS misallocated_count,
           sum(out_of_order) AS out_of_order_count
    FROM part JOIN place ON at_level <= level GROUP BY 1, 2, 3
)
INSERT INTO program_total (period, level, kode, program_id, eligible_count, received_count, reached_count, gap_count,
                           leak_count, paid_count, gap_idr, leak_idr, quota_count, no_quota_count,
                           unused_quota_count, too_few_places_count, misallocated_count, poorest_gap_count,
                           later_reached_count, out_of_order_count)
SELECT :period, level, kode, program_id, e, t, r, e - r, t - r, paid, gap_idr, leak_idr, quota_count, no_quota_count,
       unused_quota_count, too_few_places_count, misallocated_count, poorest_gap, later_reached, out_of_order_count
FROM total LEFT JOIN split USING (level, kode, program_id)
ORDER BY level, program_id, kode
"""


def write_totals(connection: Connection, period: date) -> None:
    """Add up the desil of each program in a period, split its gap, and count who is served out of order.

    The base of both is the wilayah for which a quota is set, else the desa; above it each part is the sum over the
    base, below it the parts are null (docs/method.md). Out of order: of desil 1, those left out while as many of
    desil 3 or 4 receive within the rule.
    """
    connection.execute(text("DELETE FROM program_total WHERE period = :period"), {"period": period})
    # The period's rows are new to the planner, which takes them for one and walks through all of them for each.
    connection.execute(text("SELECT set_config('enable_nestloop', 'off', true)"))
    connection.execute(text(_TOTAL), {"period": period, "nation": NATION_KODE})
    connection.execute(text("SELECT set_config('enable_nestloop', 'on', true)"))
