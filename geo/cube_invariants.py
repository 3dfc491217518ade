"""What must hold of the cubes: they equal the rows that they count, parts add up, and each measure has its identity."""

from geo import cube_tables
from geo.cubes import Cubes
from geo.tables import COMPONENTS

OWN_UNITS = (
    "CASE program.unit WHEN 'person' THEN person_count WHEN 'pupil' THEN sd_count + smp_count + sma_count ELSE 1 END"
)
# How many units of a benefit's component a household has: its members of it, or the program's own unit.
_UNITS = "CASE component " + " ".join(f"WHEN '{name}' THEN {name}_count" for name in COMPONENTS) + (
    f" ELSE {OWN_UNITS.replace('program.unit', 'unit')} END"
)
# A cube leaves out the programs that no enrolment names.
KNOWN = "(SELECT DISTINCT period, program_id FROM program_count) AS known"
REACHED = "least(unit_count, entitled_count)"
_QUALIFIED = "least(unit_count, qualified_count)"
_LEAKING_IDR = f"amount_idr - amount_idr * {REACHED} / unit_count"
# The household's class in each dimension, null outside the register.
_CLASS = {
    "head_sex": "head_sex",
    "elderly": "CASE WHEN elderly_count > 0 THEN 'yes' WHEN elderly_count = 0 THEN 'no' END",
    "disability": "CASE WHEN disability_count > 0 THEN 'yes' WHEN disability_count = 0 THEN 'no' END",
    "size": "CASE WHEN person_count > 4 THEN '5+' WHEN person_count > 2 THEN '3-4'"
            " WHEN person_count > 0 THEN '1-2' END",
}


def differing_rows(counted: str, stored: str) -> str:
    """Return the query of the rows, with period and kode, that one side has and the other has not."""
    return f"""
        WITH counted AS ({counted}), stored AS ({stored})
        SELECT kode || ' ' || period FROM (
            (SELECT * FROM counted EXCEPT SELECT * FROM stored)
            UNION ALL (SELECT * FROM stored EXCEPT SELECT * FROM counted)) AS differing
    """


def parts_add_up(name: str) -> str:
    """Compare each wilayah's rows with the sums of the rows one level below."""
    info = cube_tables.metadata.tables[name].info
    key, counts, finest = ", ".join(info["key"]), ", ".join(info["counts"]), int(info["finest"])
    sums = ", ".join(f"sum({count})::bigint AS {count}" for count in info["counts"])
    return differing_rows(
        f"""
            SELECT period, level - 1 AS level,
                   CASE level WHEN 1 THEN 'ID' WHEN 2 THEN left(kode, 2) WHEN 3 THEN left(kode, 5)
                   ELSE left(kode, 8) END COLLATE "C" AS kode, {key}, {sums}
            FROM {name} WHERE level > 0 GROUP BY 1, 2, 3, {key}
        """,
        f"SELECT period, level::integer AS level, kode, {key}, {counts} FROM {name} WHERE level < {finest}",
    )


def _households_by(*key: str) -> str:
    names = ", ".join(key)
    return (
        f"SELECT period, {names}, count(*) AS household_count, sum(person_count)::bigint AS person_count"
        f" FROM household GROUP BY period, {names}"
    )


def _count_groups(dimension: str) -> str:
    """Return the query that counts one dimension's classes in each kecamatan from the rows themselves."""
    return f"""
        SELECT period, kode, program_id, '{dimension}' AS dimension, class,
               sum(e)::bigint AS eligible_count, sum(t)::bigint AS received_count, sum(r)::bigint AS reached_count
        FROM (
            SELECT period, left(household.kode, 8) COLLATE "C" AS kode, program_id, {_CLASS[dimension]} AS class,
                   {OWN_UNITS} AS e, 0 AS t, 0 AS r
            FROM household JOIN {KNOWN} USING (period) JOIN program ON program.id = program_id
            WHERE eligible & (1 << program_id) <> 0
            UNION ALL
            SELECT period, left(kode, 8) COLLATE "C", program_id, {_CLASS[dimension]}, 0, unit_count, {REACHED}
            FROM enrolment JOIN {KNOWN} USING (period, program_id)
        ) AS row GROUP BY period, kode, program_id, class
    """


CUBE_INVARIANTS = {
    "desil_count_equals_households": differing_rows(
        _households_by("kode", "desil"),
        "SELECT period, kode, desil, household_count, person_count FROM desil_count WHERE level = 4",
    ),
    "without_equals_households": differing_rows(
        "SELECT period, kode, desil, count(*), sum(person_count)::bigint FROM household WHERE received = 0"
        " GROUP BY period, kode, desil",
        "SELECT period, kode, desil, without_count, without_person_count FROM desil_count"
        " WHERE level = 4 AND without_count > 0",
    ),
    "age_equals_households": differing_rows(
        """
            SELECT period, kode, CASE WHEN verified_on IS NULL THEN 'never'
                WHEN verified_on >= period - interval '1 year' THEN 'under_1'
                WHEN verified_on >= period - interval '2 years' THEN '1_to_2'
                WHEN verified_on >= period - interval '3 years' THEN '2_to_3' ELSE 'over_3' END AS age_class, count(*)
            FROM household GROUP BY 1, 2, 3
        """,
        "SELECT period, kode, age_class, household_count FROM age_count WHERE level = 4",
    ),
    "status_words_equal_households": differing_rows(
        _households_by("kode", "status_word"),
        "SELECT period, kode, status_word, household_count, person_count FROM status_count WHERE level = 4",
    ),
    "overlap_count_equals_households": differing_rows(
        _households_by("kode", "received"),
        "SELECT period, kode, received, household_count, person_count FROM overlap_count WHERE level = 4",
    ),
    "sets_equal_households": differing_rows(
        'SELECT period, left(kode, 8) COLLATE "C" AS kode, eligible, received, count(*),'
        " sum(person_count)::bigint FROM household GROUP BY 1, 2, 3, 4",
        "SELECT period, kode, eligible, received, household_count, person_count FROM set_count WHERE level = 3",
    ),
    "sets_add_up_to_the_overlap": differing_rows(
        "SELECT period, kode, received, sum(household_count)::bigint, sum(person_count)::bigint"
        " FROM set_count GROUP BY period, kode, received",
        "SELECT period, kode, received, household_count, person_count FROM overlap_count WHERE level < 4",
    ),
    "received_equals_enrolments": differing_rows(
        "SELECT period, kode, program_id, desil, sum(unit_count)::bigint AS received_count"
        f" FROM enrolment JOIN {KNOWN} USING (period, program_id) GROUP BY period, kode, program_id, desil",
        "SELECT period, kode, program_id, desil, received_count FROM program_count"
        " WHERE level = 4 AND received_count > 0",
    ),
    **{
        f"{sort}_equals_households": differing_rows(
            f"""
                SELECT period, household.kode, program.id AS program_id, desil,
                       sum({OWN_UNITS})::bigint
                FROM household JOIN {KNOWN} USING (period)
                JOIN program ON program.id = program_id AND household.{sort} & (1 << program.id) <> 0
                GROUP BY period, household.kode, program.id, desil
            """,
            f"SELECT period, kode, program_id, desil, {sort}_count FROM program_count"
            f" WHERE level = 4 AND {sort}_count > 0",
        )
        for sort in ("eligible", "qualified")
    },
    "reached_equals_enrolments": differing_rows(
        f"""
            SELECT period, kode, program_id, desil, sum({REACHED})::bigint,
                   coalesce(sum(unit_count) FILTER (WHERE stage = 'tersalur'), 0)::bigint,
                   sum({_LEAKING_IDR})::bigint
            FROM enrolment JOIN {KNOWN} USING (period, program_id) GROUP BY period, kode, program_id, desil
        """,
        "SELECT period, kode, program_id, desil, reached_count, paid_count, leak_idr FROM program_count"
        " WHERE level = 4 AND received_count > 0",
    ),
    "rupiah_equals_enrolments": differing_rows(
        f"""
            SELECT period, kode, program_id, desil, sum({_QUALIFIED})::bigint,
                   sum(qualified_idr * {_QUALIFIED} / greatest(qualified_count, 1::smallint))::bigint,
                   sum(amount_idr)::bigint, sum(amount_idr * {_QUALIFIED} / unit_count)::bigint,
                   coalesce(sum(amount_idr) FILTER (WHERE welfare_idr IS NOT NULL), 0)::bigint,
                   coalesce(sum(welfare_idr), 0)::bigint
            FROM enrolment JOIN {KNOWN} USING (period, program_id) GROUP BY period, kode, program_id, desil
        """,
        "SELECT period, kode, program_id, desil, qualified_reached_count, qualified_reached_idr, received_idr,"
        " qualified_received_idr, scored_idr, welfare_idr FROM program_count WHERE level = 4 AND received_count > 0",
    ),
    "gap_idr_equals_entitlement": f"""
        WITH benefit AS (
            SELECT program_benefit.*, program.unit, coalesce(valid_to, 'infinity'::date) AS last_on
            FROM program_benefit JOIN program ON program.id = program_id
        ), part AS (
            SELECT period, household.kode, program_id, desil, received,
                   benefit.amount_idr * least(max_count, {_UNITS}) AS idr,
                   household.eligible & (1 << program_id) <> 0 AS is_eligible
            FROM household JOIN benefit ON household.qualified & (1 << program_id) <> 0
             AND period BETWEEN valid_from AND last_on AND {_UNITS} > 0
            UNION ALL
            SELECT period, kode, program_id, desil, received,
                   -(entitled_idr * {REACHED} / greatest(entitled_count, 1::smallint)), true
            FROM enrolment
            UNION ALL
            SELECT period, kode, program_id, desil, NULL, 0, false FROM program_count WHERE level = 4
        ), cell AS MATERIALIZED (
            SELECT period, kode, program_id, desil, received,
                   coalesce(sum(idr) FILTER (WHERE is_eligible), 0)::bigint AS gap_idr,
                   coalesce(sum(idr) FILTER (WHERE idr > 0), 0)::bigint AS qualified_idr
            FROM part JOIN {KNOWN} USING (period, program_id) GROUP BY 1, 2, 3, 4, 5
        ), counted AS (
            SELECT period, kode, program_id, desil, sum(gap_idr)::bigint, sum(qualified_idr)::bigint
            FROM cell GROUP BY 1, 2, 3, 4
        ), stored AS (
            SELECT period, kode, program_id, desil, gap_idr, qualified_idr FROM program_count WHERE level = 4
        ), counted_need AS (
            SELECT period, kode, program_id, desil, received, gap_idr FROM cell WHERE gap_idr <> 0
        ), need AS (
            SELECT period, kode, program_id, desil, received, gap_idr FROM need_count WHERE level = 4 AND gap_idr <> 0
        )
        SELECT kode || ' ' || period FROM (
            (SELECT * FROM counted EXCEPT SELECT * FROM stored)
            UNION ALL (SELECT * FROM stored EXCEPT SELECT * FROM counted)) AS differing
        UNION ALL
        SELECT kode || ' ' || period FROM (
            (SELECT * FROM counted_need EXCEPT SELECT * FROM need)
            UNION ALL (SELECT * FROM need EXCEPT SELECT * FROM counted_need)) AS differing
    """,
    "household_received_equals_enrolments": """
        SELECT household.kode || ' ' || household.period FROM household
        LEFT JOIN (SELECT period, household_id, bit_or(1 << program_id) AS received FROM enrolment
                   WHERE is_in_register GROUP BY period, household_id) AS counted
        USING (period, household_id)
        WHERE household.received <> coalesce(counted.received, 0)
    """,
    "reached_is_within_both": """
        SELECT kode || ' ' || period FROM program_count
        WHERE reached_count > eligible_count OR reached_count > received_count OR paid_count > received_count
           OR gap_idr < 0 OR leak_idr < 0 OR qualified_reached_count > least(qualified_count, received_count)
           OR qualified_received_idr > received_idr OR scored_idr > received_idr
    """,
    "qualified_within_the_limits_is_eligible": """
        SELECT kode || ' ' || period FROM program_count AS cell
        JOIN program_rule AS rule ON rule.program_id = cell.program_id
         AND period BETWEEN valid_from AND coalesce(valid_to, 'infinity'::date)
        WHERE (eligible_count, reached_count, gap_idr, leak_idr) IS DISTINCT FROM
              CASE WHEN desil BETWEEN desil_min AND desil_max
              THEN ROW (qualified_count, qualified_reached_count, qualified_idr - qualified_reached_idr,
                        received_idr - qualified_received_idr)
              ELSE ROW (0::bigint, 0::bigint, 0::bigint, received_idr) END
    """,
    "leak_has_its_cause": f"""
        SELECT kode || ' ' || period FROM enrolment JOIN {KNOWN} USING (period, program_id)
        WHERE (leak_cause IS NULL) <> (unit_count <= entitled_count)
           OR (leak_cause IS NOT DISTINCT FROM 'outside') = is_in_register
    """,
    "causes_equal_enrolments": differing_rows(
        f"""
            SELECT period, kode, program_id, leak_cause AS cause, sum(unit_count - {REACHED})::bigint AS leak_count,
                   sum({_LEAKING_IDR})::bigint AS leak_idr
            FROM enrolment JOIN {KNOWN} USING (period, program_id)
            WHERE leak_cause IS NOT NULL GROUP BY 1, 2, 3, 4
        """,
        "SELECT period, kode, program_id, cause, leak_count, leak_idr FROM leak_cause_count WHERE level = 4",
    ),
    "causes_add_up_to_the_leak": differing_rows(
        "SELECT period, kode, program_id, sum(leak_count)::bigint, sum(leak_idr)::bigint FROM leak_cause_count"
        " GROUP BY period, kode, program_id",
        "SELECT period, kode, program_id, leak_count, leak_idr FROM program_total"
        " WHERE leak_count > 0",
    ),
    "groups_equal_households": differing_rows(
        " UNION ALL ".join(_count_groups(dimension) for dimension in _CLASS),
        "SELECT period, kode, program_id, dimension, class, eligible_count, received_count, reached_count"
        " FROM group_count WHERE level = 3 AND (eligible_count > 0 OR received_count > 0)",
    ),
    "groups_add_up_to_the_totals": differing_rows(
        "SELECT period, kode, program_id, dimension, sum(eligible_count)::bigint, sum(received_count)::bigint,"
        " sum(reached_count)::bigint FROM group_count GROUP BY period, kode, program_id, dimension",
        f"SELECT period, kode, program_id, dimension, eligible_count, received_count, reached_count FROM program_total"
        f" CROSS JOIN unnest(ARRAY{list(_CLASS)}) AS dimension WHERE level < 4",
    ),
    "totals_equal_the_desil": """
        SELECT counted.kode || ' ' || counted.period FROM program_total AS stored
        FULL JOIN (SELECT period, level, kode, program_id, sum(eligible_count) AS e, sum(received_count) AS t,
                          sum(reached_count) AS r, sum(paid_count) AS paid, sum(gap_idr) AS gap, sum(leak_idr) AS leak
                   FROM program_count GROUP BY period, level, kode, program_id) AS counted
        USING (period, level, kode, program_id)
        WHERE (eligible_count, received_count, reached_count, gap_count, leak_count, paid_count, gap_idr, leak_idr)
              IS DISTINCT FROM (e, t, r, e - r, t - r, paid, gap, leak)
    """,
    "split_adds_up_to_the_gap": """
        SELECT kode || ' ' || period FROM program_total
        WHERE too_few_places_count + misallocated_count <> gap_count
           OR no_quota_count + unused_quota_count <> too_few_places_count
           OR least(too_few_places_count, misallocated_count, unused_quota_count) < 0
    """,
    "order_equals_the_desil": differing_rows(
        "SELECT period, level, kode, program_id, sum(CASE desil WHEN 1 THEN eligible_count - reached_count ELSE 0 END),"
        " sum(CASE WHEN desil IN (3, 4) THEN reached_count ELSE 0 END) FROM program_count"
        " GROUP BY period, level, kode, program_id",
        "SELECT period, level, kode, program_id, poorest_gap_count, later_reached_count FROM program_total",
    ),
    "order_adds_up_over_its_base": """
        WITH base AS (
            SELECT cell.* FROM program_total AS cell JOIN quota USING (period, kode, program_id)
            UNION ALL
            SELECT cell.* FROM program_total AS cell WHERE level = 4 AND NOT EXISTS (
                SELECT FROM quota WHERE quota.period = cell.period AND quota.program_id = cell.program_id
                AND cell.kode LIKE quota.kode || '%')
        ), counted AS (
            SELECT base.period, above.level, above.kode, base.program_id,
                   sum(least(base.poorest_gap_count, base.later_reached_count)) AS out_of_order_count
            FROM base JOIN program_total AS above
              ON above.period = base.period AND above.program_id = base.program_id AND above.level <= base.level
             AND (above.level = 0 OR above.kode = left(base.kode, length(above.kode)))
            GROUP BY 1, 2, 3, 4
        )
        SELECT stored.kode || ' ' || stored.period FROM program_total AS stored
        LEFT JOIN counted USING (period, level, kode, program_id)
        WHERE stored.out_of_order_count IS DISTINCT FROM counted.out_of_order_count
    """,
    "quota_covers_recipients": """
        SELECT quota.kode || ' ' || quota.period FROM quota JOIN program_total USING (period, kode, program_id)
        WHERE places_count < received_count
    """,
    **{f"{name}_adds_up": parts_add_up(name) for name in Cubes._fields},
}
