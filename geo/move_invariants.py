"""What must hold of the cube of moves: it has the households of both periods, and nothing where there is only one."""

from sqlalchemy.dialects import postgresql

from geo.cube_invariants import parts_add_up
from geo.moves import build_ahead

_AHEAD = str(build_ahead().compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))
_OF_PERIOD = """
    (SELECT array_agg((old_kode, new_kode, happened_on) ORDER BY old_kode, new_kode, happened_on) FROM ahead
     WHERE ahead.period = {} AND provinsi_kode IN (old_kode, new_kode))
"""
# Each register in force with the one that it is compared with: the newest earlier one of its scheme and provinsi,
# unless the provinsi was split between them.
_COMPARED = f"""
    ahead AS ({_AHEAD}), register AS (
        SELECT source.period, scheme, is_fictional, provinsi_kode COLLATE "C" AS provinsi_kode
        FROM source CROSS JOIN LATERAL jsonb_array_elements_text(report->'provinsi') AS held (provinsi_kode)
        WHERE kind = 'register' AND status = 'ready' AND report->>'kind' = 'household'
    ), nearest AS (
        SELECT after.period, after.provinsi_kode, max(before.period) AS before
        FROM register AS after JOIN register AS before USING (provinsi_kode, scheme, is_fictional)
        WHERE before.period < after.period GROUP BY 1, 2
    ), compared AS (
        SELECT * FROM nearest
        WHERE {_OF_PERIOD.format("nearest.before")} IS NOT DISTINCT FROM {_OF_PERIOD.format("nearest.period")}
    )
"""

MOVE_INVARIANTS = {
    "stayed_and_entered_are_the_households": f"""
        WITH {_COMPARED}, counted AS (
            SELECT move.period, kode, desil, sum(household_count)::bigint AS household_count FROM move_count AS move
            WHERE level = 3 AND move <> 'left' GROUP BY 1, 2, 3
        ), stored AS (
            SELECT cell.period, kode, desil, household_count FROM desil_count AS cell
            JOIN compared ON compared.period = cell.period AND provinsi_kode = left(kode, 2)
            WHERE level = 3
        )
        SELECT kode || ' ' || period FROM (
            (SELECT * FROM counted EXCEPT SELECT * FROM stored)
            UNION ALL (SELECT * FROM stored EXCEPT SELECT * FROM counted)) AS differing
    """,
    "stayed_and_left_are_the_households_before": f"""
        WITH {_COMPARED}, counted AS (
            SELECT move.period, kode, desil_before, sum(household_count)::bigint AS household_count
            FROM move_count AS move WHERE level = 1 AND move <> 'entered' GROUP BY 1, 2, 3
        ), stored AS (
            SELECT compared.period, kode, desil, household_count FROM desil_count AS cell
            JOIN compared ON compared.before = cell.period AND provinsi_kode = kode
            WHERE level = 1
        )
        SELECT kode || ' ' || period FROM (
            (SELECT * FROM counted EXCEPT SELECT * FROM stored)
            UNION ALL (SELECT * FROM stored EXCEPT SELECT * FROM counted)) AS differing
    """,
    "no_moves_without_a_register_before": f"""
        WITH {_COMPARED}
        SELECT kode || ' ' || period FROM move_count WHERE level > 0 AND NOT EXISTS (
            SELECT FROM compared WHERE compared.period = move_count.period AND provinsi_kode = left(kode, 2))
    """,
    "move_count_adds_up": parts_add_up("move_count"),
}
