"""The rules of a program by date: what a reader may put beside the rule in force."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from geo import tables


@dataclass(frozen=True)
class Rule:
    """Who a program meant from `valid_from` to `valid_to` (None: until now): desil `limits`, and its source."""

    valid_from: date
    valid_to: date | None
    limits: tuple[int, int]
    reference: str

    def holds_on(self, day: date) -> bool:
        """Tell whether the rule is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def list_rules(connection: Connection, program_key: str) -> list[Rule]:
    """Return a program's rules that a register can be held against, the newest first; none of an unknown program."""
    program, rule = tables.program, tables.program_rule
    rows = connection.execute(
        select(rule.c.valid_from, rule.c.valid_to, rule.c.desil_min, rule.c.desil_max, rule.c.reference)
        .join(program, program.c.id == rule.c.program_id)
        .where(program.c.key == program_key, rule.c.basis == "register")
        .order_by(rule.c.valid_from.desc())
    ).all()
    return [Rule(row.valid_from, row.valid_to, (row.desil_min, row.desil_max), row.reference) for row in rows]
