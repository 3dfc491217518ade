"""What must hold of the cubes that a plan stands on: they equal the rows, and add up to the programs' cube."""

from geo.cube_invariants import KNOWN, OWN_UNITS, REACHED, differing_rows
from geo.tables import COMPONENTS

_COUNTED = ", ".join([
    "count(*)", "sum(person_count)::bigint", *(f"count(*) FILTER (WHERE {name}_count > 0)" for name in COMPONENTS),
    *(f"sum({name}_count)::bigint" for name in COMPONENTS),
])
_STORED = ", ".join([
    "household_count", "person_count", *(f"{name}_household_count" for name in COMPONENTS),
    *(f"{name}_count" for name in COMPONENTS),
])

PLAN_INVARIANTS = {
    "enrolment_knows_its_households_programs": """
        SELECT enrolment.kode || ' ' || enrolment.period FROM enrolment LEFT JOIN household
          ON (household.period, household.provinsi_kode, household.household_id)
           = (enrolment.period, enrolment.provinsi_kode, enrolment.household_id)
        WHERE enrolment.received IS DISTINCT FROM household.received
    """,
    "need_equals_households": differing_rows(
        f"""
            SELECT period, household.kode, program.id AS program_id, desil, received, sum({OWN_UNITS})::bigint
            FROM household JOIN {KNOWN} USING (period)
            JOIN program ON program.id = program_id AND household.eligible & (1 << program.id) <> 0
            GROUP BY period, household.kode, program.id, desil, received HAVING sum({OWN_UNITS}) > 0
        """,
        "SELECT period, kode, program_id, desil, received, eligible_count FROM need_count WHERE level = 4",
    ),
    "need_equals_enrolments": differing_rows(
        f"""
            SELECT period, kode, program_id, desil, received, sum({REACHED})::bigint
            FROM enrolment JOIN {KNOWN} USING (period, program_id) WHERE entitled_count > 0
            GROUP BY period, kode, program_id, desil, received
        """,
        "SELECT period, kode, program_id, desil, received, reached_count FROM need_count"
        " WHERE level = 4 AND reached_count > 0",
    ),
    "needs_add_up_to_the_program": differing_rows(
        "SELECT period, level, kode, program_id, desil, sum(eligible_count)::bigint, sum(reached_count)::bigint,"
        " sum(gap_idr)::bigint FROM need_count GROUP BY period, level, kode, program_id, desil",
        "SELECT period, level, kode, program_id, desil, eligible_count, reached_count, gap_idr FROM program_count"
        " WHERE eligible_count > 0",
    ),
    "targets_equal_households": differing_rows(
        f"""
            SELECT period, kode, desil, received, {_COUNTED} FROM household
            WHERE NOT EXISTS (
                SELECT FROM {KNOWN} JOIN program_rule AS rule ON rule.program_id = known.program_id
                 AND basis = 'register' AND known.period BETWEEN valid_from AND coalesce(valid_to, 'infinity'::date)
                WHERE known.period = household.period AND adminduk = ANY (excluded_adminduk))
            GROUP BY period, kode, desil, received
        """,
        f"SELECT period, kode, desil, received, {_STORED} FROM target_count WHERE level = 4",
    ),
    # Published counts are rounded one by one; what is planned is a decision and stays exact.
    "scenario_lines_add_up": """
        SELECT line.kode || ' ' || scenario.id FROM scenario_line AS line JOIN scenario ON scenario.id = scenario_id
        WHERE planned_count <> (SELECT coalesce(sum(value::bigint), 0) FROM jsonb_each_text(planned_by_desil))
           OR disclosure = 'exact' AND (need_count <> eligible_count - covered_count OR planned_count > need_count)
        UNION ALL
        SELECT wilayah_kode || ' ' || scenario.id FROM scenario JOIN scenario_line ON scenario_id = scenario.id
        GROUP BY scenario.id HAVING sum(amount_idr) > budget_idr
    """,
}
