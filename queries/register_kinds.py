"""What a register and its side files call people: status words by wilayah, and one word or kind as a map shows it."""

import re
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select, func, select

from geo import cube_tables
from queries.answer import Rate, in_scope, rows_of
from queries.breakdown import Axis, break_down
from queries.columns import Status
from queries.errors import QueryError
from queries.result import Result
from queries.scope import Scope
from queries.social_kinds import social_kinds
from queries.stats.disclosure import SHOWN, Shadow

WORD_GROUP = "word"
COUNT, TOTAL, SHARE = "kind_count", "kind_total_count", "kind_share_rate"
_NO_WORD = ""
_WORDS = Axis(("status_word",), first=(_NO_WORD,))


def build_status_words(scope: Scope) -> Select:
    """Return the statement of `status_words`: families and persons by wilayah and word, '' where there is none."""
    place, cube = rows_of(scope).subquery("place"), cube_tables.status_count
    counted = select(cube).where(in_scope(cube, scope)).subquery("counted")
    return (
        select(
            place, counted.c.kode.is_not(None).label("has_data"),
            func.coalesce(counted.c.status_word, _NO_WORD).label("status_word"),
            counted.c.household_count, counted.c.person_count,
        )
        .join_from(place, counted, counted.c.kode == place.c.kode, isouter=True)
        .order_by(place.c.kode, counted.c.status_word)
    )  # fmt: skip


def status_words(connection: Connection, scope: Scope) -> Result:
    """Return the families of each wilayah by status word, a row for each word that occurs; null is without a word.

    value = share_rate = household_count / total_household_count. Words are those of the source, letter by letter: two
    spellings are two words. A register of DTSEN has none. Raises QueryError.
    """
    result = break_down(
        connection, scope, "status-words", build_status_words, _WORDS,
        counts=("household_count", "person_count"),
        rates=(Rate("share_rate", "household_count", "total_household_count"),),
        shadows=(Shadow("person_count", ("household_count",)),),
        totals=("household_count",),
    )  # fmt: skip
    word = result.frame["status_word"]
    result.frame["status_word"] = word.where(word != _NO_WORD, pd.NA)
    return result


@dataclass(frozen=True)
class Kind:
    """One word or kind: `group` is word, ppks, psks or kat; `unit` is of a kind; a word None is "no word"."""

    group: str
    name: str | None
    unit: str = ""

    @property
    def key(self) -> str:
        """The short form that a link and a scope's `request` hold, as `word--Sangat_20Miskin`.

        Letters and digits stay, every other character becomes its bytes.
        """
        written = "".join(
            char if char.isalnum() else "".join(f"_{byte:02x}" for byte in char.encode()) for char in self.name or ""
        )
        return f"{self.group}-{self.unit}-{written}"

    @classmethod
    def parse(cls, key: str) -> "Kind":
        """Return the word or kind of a short form; raise QueryError `unknown_kind`."""
        parts = key.split("-")
        if len(parts) != 3 or bool(parts[1]) is (parts[0] == WORD_GROUP):
            raise QueryError("unknown_kind", kind=key)
        group, unit, written = parts
        try:
            name = re.sub("(?:_[0-9a-f]{2})+", lambda part: bytes.fromhex(part[0].replace("_", "")).decode(), written)
        except UnicodeDecodeError:
            raise QueryError("unknown_kind", kind=key) from None
        return cls(group, name or None, unit)


def register_kind(connection: Connection, scope: Scope) -> Result:
    """Return one status word, or one kind of a social group, a row per wilayah; `scope.request` names it.

    value = kind_share_rate = kind_count / kind_total_count: families with the word / all families; or what the source
    counted of the kind / of all kinds of that group and unit. The figures are those of `status_words` and
    `social_kinds`, masks included. A word that a wilayah's register does not hold counts nought there; a kind that its
    source did not write has no data. Raises QueryError `unknown_kind` for a request that names neither.
    """
    asked = Kind.parse(scope.request)
    words = status_words(connection, scope)
    has_none = words.frame["status_word"].isna().to_numpy()
    if asked.group == WORD_GROUP:
        whole, counts = words, {"household_count": COUNT, "total_household_count": TOTAL}
        is_asked = (words.frame["status_word"] == asked.name).fillna(False).to_numpy()
        chosen = has_none if asked.name is None else is_asked
    else:
        whole, counts = social_kinds(connection, scope), {"reported_count": COUNT, "total_reported_count": TOTAL}
        frame = whole.frame
        chosen = (frame["social_group"] == asked.group) & (frame["unit"] == asked.unit)
        chosen = (chosen & (frame["social_kind"] == asked.name)).to_numpy()
    names = counts | {"share_rate": SHARE}
    if chosen.any():
        frame, mask = (table[chosen].reset_index(drop=True).rename(columns=names)
                       for table in (whole.frame, whole.mask))  # fmt: skip
    else:
        frame, mask = _without_rows(words, has_none, asked)
    return Result(frame, replace(whole.provenance, query="register-kind", row_count=len(frame)), mask)


def _without_rows(words: Result, has_none: np.ndarray, asked: Kind) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of a word or kind that no wilayah of the scope has: nought families, or nothing written."""
    frame = words.frame[has_none].reset_index(drop=True).rename(columns={"total_household_count": TOTAL})
    mask = words.mask[has_none].reset_index(drop=True).rename(columns={"total_household_count": TOTAL})
    is_word = asked.group == WORD_GROUP
    has_data = frame["status"] != Status.no_data
    frame[COUNT] = pd.array([0 if is_word and known else None for known in has_data], dtype="Int64")
    frame[SHARE] = (frame[COUNT] / frame[TOTAL]).astype("Float64").where(frame["status"] == Status.ok)
    if not is_word:
        frame[TOTAL] = pd.array([None] * len(frame), dtype="Int64")
        frame["status"], mask[TOTAL] = Status.no_data.value, SHOWN
        frame["reporting_count"] = pd.array([None] * len(frame), dtype="Int64")
    frame["value"], frame["numerator"], frame["denominator"] = frame[SHARE], frame[COUNT], frame[TOTAL]
    mask[COUNT] = SHOWN
    return frame.drop(columns=["household_count", "person_count", "share_rate"]), mask[[COUNT, TOTAL]]
