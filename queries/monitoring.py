"""The sheet that leadership follows: need, errors, payment, age and change of every wilayah, one row each."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pandas as pd
from sqlalchemy import Connection

from queries.columns import ANSWER, Status
from queries.data_age import data_age
from queries.program_sheet import program_sheet
from queries.result import Result
from queries.scope import Scope
from queries.stats.disclosure import SHOWN
from queries.trend import change, trend
from queries.wilayah import MONTHS_BACK, data_state
from queries.without import without

# Of every program that is measured, and of the chosen one: what the sheet takes from `program-sheet`.
EXCLUSION = {"eligible_count": "", "gap_count": "", "exclusion_rate": "", "status": "exclusion_status"}
CHOSEN = (
    "eligible_count", "received_count", "gap_count", "leak_count", "paid_count", "quota_count", "exclusion_rate",
    "inclusion_rate", "inclusion_status", "paid_rate", "paid_status", "quota_used_rate", "quota_status",
)
AGE = ("household_count", "old_count", "old_rate")
RISE = ("gap_rise_count", "exclusion_rise_rate", "exclusion_rise_status")
SINCE_BEFORE, SINCE_SIX = "", "six_"
MONTH = "exclusion_rate_"


def monitoring(connection: Connection, scope: Scope) -> Result:
    """Return the sheet of a scope's wilayah; the chosen program is the scope's.

    value = without_rate = without_count / desil_one_count: households of desil 1 that receive no loaded program. For
    each program that is measured, `..._<program>`: eligible_count, gap_count, exclusion_rate and its status. For the
    chosen one also inclusion_rate, paid_rate and quota_used_rate; its exclusion_rate in this and up to six earlier
    periods of the same scheme, `exclusion_rate_<year>_<month>`; and what it rose by since the period before
    (`exclusion_rise_rate`, `gap_rise_count`) and since the first of those six (`exclusion_rise_six_rate`,
    `gap_rise_six_count`). Everything is taken from the disclosed answers of `without`, `program-sheet`, `data-age`,
    `trend` and `change`: what they mask stays masked. Raises QueryError.
    """
    scope = scope.at(desil=(1,), programs=(), against=None, request="")
    state = data_state(connection)
    earlier = state.earlier(scope.period, scope.wilayah)[:MONTHS_BACK] if scope.period in state.periods else ()
    since = {SINCE_BEFORE: earlier[:1], SINCE_SIX: earlier[1:][-1:]}
    changes = {
        name: change(connection, scope.at(against=period)) for name, periods in since.items() for period in periods
    }
    sheet, poorest, age, months = (query(connection, scope) for query in (program_sheet, without, data_age, trend))
    return assemble(scope, poorest, sheet, age, months, changes, [scope.period, *earlier])


def assemble(
    scope: Scope, poorest: Result, sheet: Result, age: Result, months: Result, changes: Mapping[str, Result],
    periods: list[date],
) -> Result:  # fmt: skip
    """Return the sheet of the scope's program from disclosed answers about the same wilayah.

    `poorest`, `age` and each of `changes` have a row for a wilayah, `sheet` for a wilayah and program, `months` for a
    wilayah and period. A wilayah that one of them lacks has no data there.
    """
    kode = poorest.frame["kode"].tolist()
    columns: dict[str, object] = {}
    masks: dict[str, object] = {}

    def take(result: Result, names: Mapping[str, str], only: tuple[str, str] | None = None) -> None:
        is_own = (result.frame[only[0]] == only[1]).to_numpy() if only else slice(None)
        frame = result.frame.loc[is_own]
        mask = result.mask.loc[is_own].set_axis(frame["kode"], axis=0).reindex(kode)
        frame = frame.set_index("kode", drop=False).reindex(kode)
        for name, given in names.items():
            is_status = name.endswith("status")
            columns[given] = (frame[name].fillna(Status.no_data.value) if is_status else frame[name]).array
            if name in mask:
                masks[given] = mask[name].fillna(SHOWN).to_numpy(dtype=object)

    take(poorest, _same(*ANSWER, "without_count", "without_rate") | {"household_count": "desil_one_count"})
    for program in measured_programs(sheet):
        names = {name: f"{given or name}_{program}" for name, given in EXCLUSION.items()}
        take(sheet, names, ("program", program))
    take(sheet, _same(*CHOSEN) | {"status": "exclusion_status"}, ("program", scope.program))
    take(age, _same(*AGE) | {"status": "old_status"})
    for since, result in changes.items():
        take(result, {name: name.replace("_rise_", f"_rise_{since}") for name in RISE})
    for period in sorted(periods):
        take(months, {"exclusion_rate": f"{MONTH}{period:%Y_%m}"}, ("period_on", period.isoformat()))
    answers = (sheet, months, *changes.values())
    sources = dict.fromkeys(source for result in answers for source in result.provenance.sources)
    provenance = replace(
        sheet.provenance, query="monitoring", scope=scope, sources=tuple(sources), row_count=len(kode)
    )  # fmt: skip
    return Result(pd.DataFrame(columns), provenance, pd.DataFrame(masks, dtype=object))


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def measured_programs(sheet: Result) -> list[str]:
    """Return the programs that any wilayah has eligible units of, in the order of the sheet."""
    known = sheet.frame[~sheet.frame["status"].isin([Status.no_data, Status.not_applicable])]
    return list(dict.fromkeys(known["program"]))


def earlier_in(sheet: Result) -> list[date]:
    """Return the earlier periods that a sheet has an exclusion of, the oldest first."""
    months = [name.removeprefix(MONTH) for name in sheet.frame if re.fullmatch(MONTH + r"\d{4}_\d{2}", name)]
    periods = (date(int(month[:4]), int(month[5:]), 1) for month in months)
    return sorted(period for period in periods if period < sheet.provenance.scope.period)
