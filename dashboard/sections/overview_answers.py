"""What the overview and its print ask of the cache: the chosen wilayah now and before, its parts, its programs."""

from datetime import date

from dashboard import cache
from dashboard.state import View
from queries.columns import Status
from queries.result import Result
from queries.scope import Scope
from queries.wilayah import MONTHS_BACK


def ask(view: View, query: str, scope: Scope) -> Result:
    """Return a query's answer for a scope, in the view's data version."""
    return cache.answer(query, scope, view.data_version)


def own(view: View, query: str) -> Result:
    """Return a query's answer for the chosen wilayah alone."""
    return ask(view, query, view.own_scope())


def parts(view: View, query: str) -> Result:
    """Return a query's answer for the wilayah of the map: a desa's are its neighbours in the kecamatan."""
    return ask(view, query, view.scope())


def periods_of(view: View) -> tuple[date, ...]:
    """Return the view's own period and up to six before it, newest first."""
    return (view.period, *view.earlier[:MONTHS_BACK])


def program_rows(view: View, result: Result) -> list[int]:
    """Return the positions of a program sheet's rows that have data."""
    return [at for at, status in enumerate(result.frame["status"]) if status != Status.no_data]


def name_of_program(view: View, key: str) -> str:
    """Return a program's short name."""
    return cache.programs(view.data_version)[key].name


def status_of(result: Result) -> str:
    """Return the status of an answer's first row."""
    return str(result.frame["status"].iloc[0])
