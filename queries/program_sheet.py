"""Every program beside the others: who is eligible, reached and paid, the gap, and the use of the quota."""

from sqlalchemy import Connection, Select, func, select, true

from boundaries.levels import Level
from geo import cube_tables, tables
from queries.answer import Rate, answer, in_scope, rows_of
from queries.coverage import COUNTS, SHADOWS, WHOLES
from queries.result import Result
from queries.scope import Scope
from queries.stats.disclosure import Amount
from queries.targeting import sees_all_recipients
from queries.what_if import refuse_what_if


def build_program_sheet(scope: Scope) -> Select:
    """Return the statement of `program_sheet`: units of each program, rupiah a year, by wilayah and program."""
    place, cube, program = rows_of(scope).subquery("place"), cube_tables.program_total, tables.program
    total = select(cube).where(in_scope(cube, scope)).subquery("total")
    columns = (total.c[name] for name in (*COUNTS, "gap_idr") if name != "unpaid_count")
    # The catalogue holds programs that no register tells of; rows of nothing would hide the others.
    measured = select(cube.c.program_id).where(cube.c.level == int(Level.nasional))
    asked = program.c.key.in_(scope.programs) if scope.programs else program.c.id.in_(measured)
    return (
        select(
            place, program.c.key.label("program"), program.c.unit, total.c.kode.is_not(None).label("has_data"),
            *columns, (total.c.received_count - total.c.paid_count).label("unpaid_count"),
            sees_all_recipients(scope, place, program.c.key).label("sees_all"),
            (func.coalesce(total.c.quota_count, 0) > 0).label("has_quota"),
        )
        .join_from(place, program, true())
        .join(total, (total.c.kode == place.c.kode) & (total.c.program_id == program.c.id), isouter=True)
        .where(asked)
        .order_by(place.c.kode, program.c.id)
    )  # fmt: skip


def program_sheet(connection: Connection, scope: Scope) -> Result:
    """Return a row for each wilayah of a scope and each of its `programs`; where it names none, of every measured one.

    A program is measured where the register of any period holds its recipients.
    Counts are in the program's `unit`. value = coverage_rate = reached / eligible; exclusion_rate = gap / eligible;
    inclusion_rate = leak / received, `not_applicable` under DTKS unless recipients outside the register are loaded;
    paid_rate = paid / received; quota_used_rate = received / quota, `not_applicable` where no quota is known. A program
    that nobody reported for a wilayah has no data there. The counts are protected as those of `coverage` are, so that
    the two cannot be subtracted. Raises QueryError, `no_what_if` among them.
    """
    refuse_what_if(scope, "program-sheet")
    return answer(
        connection, scope, "program-sheet", build_program_sheet, counts=COUNTS,
        rates=(
            Rate("coverage_rate", "reached_count", "eligible_count"),
            Rate("exclusion_rate", "gap_count", "eligible_count"),
            Rate("inclusion_rate", "leak_count", "received_count", "inclusion_status", "sees_all"),
            Rate("paid_rate", "paid_count", "received_count", "paid_status"),
            Rate("quota_used_rate", "received_count", "quota_count", "quota_status", "has_quota"),
        ),
        wholes=WHOLES, amounts=(Amount("gap_idr", "gap_count"),), shadows=SHADOWS, hidden=("unpaid_count",),
    )  # fmt: skip
