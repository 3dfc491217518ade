"""The budget codes in force on a day, by what they are for; one that is not known is left for the user to fill in."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from geo.plan_tables import budget_code
from queries.what_if import in_force


@dataclass(frozen=True)
class BudgetCode:
    """One code: a rung down to a sub kegiatan, or a rekening; `code` is None where no source could confirm it."""

    kind: str
    purpose: str
    code: str | None
    name: str
    valid_from: date
    valid_to: date | None
    reference: str
    note_id: str
    note_en: str


def codes_on(connection: Connection, on: date) -> dict[str, BudgetCode]:
    """Return the codes that hold on a day, by their purpose; of two, the newer."""
    columns = budget_code.c
    rows = connection.execute(
        select(*(columns[name] for name in BudgetCode.__dataclass_fields__))
        .where(in_force(budget_code, on))
        .order_by(columns.purpose, columns.valid_from)
    )
    return {row.purpose: BudgetCode(*row) for row in rows}
