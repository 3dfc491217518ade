"""What several commands take: a month, a file, and a report as JSON."""

from datetime import date
from pathlib import Path

import click

from dashboard.errors import DashboardError

FILE = click.Path(path_type=Path)
json_option = click.option("--json", "as_json", is_flag=True, help="Satu objek JSON di keluaran standar.")


class Period(click.ParamType):
    """A month written YYYY-MM, as the date of its first day."""

    name = "YYYY-MM"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(f"{value}-01")
        except ValueError:
            raise DashboardError("period_malformed", period=value) from None
