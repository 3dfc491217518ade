"""Two sides of the same question: a period beside another, or the rule in force beside one that could be."""

from dataclasses import replace

import pandas as pd
from sqlalchemy import Connection

from queries.columns import ANSWER, Status
from queries.errors import QueryError
from queries.incidence import worst_of
from queries.result import Result
from queries.scope import Scope
from queries.targeting import targeting_errors

RATES = {"exclusion_rate": "exclusion_change_rate", "inclusion_rate": "inclusion_change_rate"}
OTHER = "_other"


def comparison(connection: Connection, scope: Scope) -> Result:
    """Return targeting errors of each wilayah on two sides, the second with the suffix `_other`, and their changes.

    With `against` the other side is that period, and `limits` or `rule_on` hold for both sides; without it the sides
    are the rule in force and the what-if. value = exclusion_change_rate = other less base, and inclusion_change_rate
    likewise, each with a status of its own: the graver one of its sides, so inclusion is `not_applicable` where one
    side is DTKS without recipients from outside it. A change has no numerator and denominator; those of its sides are
    in the frame. The denominators differ: eligible under DTKS are the poorest 40 % that were registered at all, under
    DTSEN desil of every family, so a change between the two is one of the register as much as of the program. Raises
    QueryError `nothing_to_compare`, and those of `targeting_errors` for each side.
    """
    if scope.against is None and not scope.is_what_if:
        raise QueryError("nothing_to_compare")
    if scope.against is None:
        sides = scope.at(rule_on=None, limits=None), scope
    else:
        sides = scope.at(against=None), scope.at(period=scope.against, against=None)
    base, other = (targeting_errors(connection, side) for side in sides)
    frame = base.frame.drop(columns=[name for name in ANSWER if name not in ("kode", "name", "level", "kind")])
    figures = other.frame.drop(columns=[*ANSWER]).add_suffix(OTHER)
    # Both sides are the same wilayah in the same order: rows come from the list of wilayah, not from the data.
    frame = pd.concat([frame, figures], axis=1)
    for rate, change in RATES.items():
        status = rate.replace("_rate", "_status")
        changed = change.replace("_rate", "_status")
        frame[changed] = worst_of(frame[status], frame[status + OTHER])
        difference = frame[rate + OTHER] - frame[rate]
        frame[change] = difference.where(frame[changed] == Status.ok).astype("Float64")
    frame["status"], frame["value"] = frame["exclusion_change_status"], frame["exclusion_change_rate"]
    for name in ("numerator", "denominator"):
        frame[name] = pd.array([None] * len(frame), dtype="Int64")
    for name in ("se", "lower", "upper"):
        frame[name] = pd.array([None] * len(frame), dtype="Float64")
    origin = base.provenance
    sources = dict.fromkeys((*origin.sources, *other.provenance.sources))
    return Result(
        frame[[*ANSWER, *(name for name in frame.columns if name not in ANSWER)]],
        replace(
            origin, query="comparison", scope=scope.at(limits=other.provenance.scope.limits), sources=tuple(sources),
            sql=f"{origin.sql};\n\n{other.provenance.sql}",
        ),
        pd.concat([base.mask, other.mask.add_suffix(OTHER)], axis=1),
    )  # fmt: skip
