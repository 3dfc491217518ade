"""Whose layout a layer has: the form told by its columns, the reason for it, and the level told by its codes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from boundaries.errors import BoundaryError
from boundaries.form import Form
from boundaries.levels import Level
from boundaries.publishers import FORMS, UNSTATED, is_known_publisher, publishers

AUTO = "auto"
CUSTOM = "custom"
# A shapefile cuts the names of its columns to this many characters.
_CUT = 10
# A level below a table's own is empty or a leftover in a few rows.
_FILLED_RATE_MIN = 0.5
# What programs and people write where nothing stands; `0` and `NA` stand for no code, but may stand in a name.
_NO_VALUE = frozenset(("", "-", "--", "null", "<null>", "none", "nan", "n/a", "#n/a"))
_NO_CODE = frozenset(("0", "0.0", "na"))
# Of the codes of a layer's own level at most every tenth stands more than once.
_DIFFERENT_RATE_MIN = 0.9
_SHOWN_LIMIT = 4
# Words that stand for a level anywhere in a layer's name (ADMINISTRASIDESA_AR_25K), and those that must stand alone.
_LEVEL_WORDS = {
    Level.desa: (r"desa|kelurahan|village", r"kel|(?:adm|admin|idn)_?4"),
    Level.kecamatan: (r"kecamatan|distrik|subdistrict", r"kec|(?:adm|admin|idn)_?3"),
    Level.kabupaten: (r"kabupaten|kabkota|regency|regencies", r"kab|kota|(?:adm|admin|idn)_?2"),
    Level.provinsi: (r"provinsi|propinsi|province", r"prov|(?:adm|admin|idn)_?1"),
}


@dataclass(frozen=True)
class Recognised:
    """A layer's form and where its columns are in the file.

    `columns` leads from the form's name of a column to the file's; `reason` are the file's columns that spoke for the
    form. `others` are the coarser levels that the same table could be, for `settle` to decide by the codes.
    """

    form: Form
    columns: Mapping[str, str]
    reason: tuple[str, ...]
    others: tuple["Recognised", ...] = ()

    @property
    def wanted(self) -> tuple[str, ...]:
        """Columns of the file to read; all others stay in it."""
        every = [*self.columns.values(), *(column for other in self.others for column in other.columns.values())]
        return tuple(dict.fromkeys(every))

    def kode_column(self, system: str) -> str | None:
        """Return the file's column of codes of `system`, None where it has none."""
        return self.columns.get(self.form.kode_column(system) or "")

    @property
    def systems(self) -> tuple[str, ...]:
        """The code systems that the file has a column of."""
        return tuple(system for system, column in self.form.kode.items() if column in self.columns)


@dataclass(frozen=True)
class Recognition:
    """What a file was recognised as: one publisher, the layers taken and the layers left aside.

    `was_stated` says that a person named the publisher; otherwise `reason` are the columns that spoke for it.
    """

    publisher: str
    reason: tuple[str, ...]
    layers: Mapping[str, Recognised]
    skipped: tuple[str, ...]
    was_stated: bool


def fit(form: Form, fields: Iterable[str]) -> Recognised | None:
    """Return where the columns of `form` are among `fields`, None if the layer is not of this form.

    It needs all marks, a name and, unless the form does without, the code of one system.
    """
    index = _Columns(fields)
    columns = {column: found for column in form.columns if (found := index.find(column)) is not None}
    marks = [index.find(column) for column in form.marks]
    names = [columns[column] for column in form.names if column in columns]
    codes = [columns[column] for column in form.kode.values() if column in columns]
    if None in marks or not names or (form.needs_kode and not codes):
        return None
    reason = tuple(dict.fromkeys([*codes, *(mark for mark in marks if mark), *names]))
    return Recognised(form, columns, reason)


def recognise(fields: Mapping[str, str] | Iterable[str], publisher: str) -> Recognised | None:
    """Return what a layer with these columns is, None if no form of `publisher` fits.

    `publisher` may be `auto`, or a label that no form knows: then the forms of all publishers are tried. Raises
    BoundaryError `publisher_ambiguous` if forms of two publishers fit.
    """
    found = _by_publisher(fields, _label(publisher))
    credited = [label for label in found if label != UNSTATED]
    if len(credited) > 1:
        _refuse_ambiguous({label: {"": found[label]} for label in credited}, ", ".join(fields))
    return found[credited[0]] if credited else found.get(UNSTATED)


def recognise_all(
    layers: Mapping[str, Mapping[str, str] | Iterable[str]],
    publisher: str,
    *,
    form: Form | None = None,
    sent: object = None,
) -> Recognition:
    """Return what the layers of a file are; `form` (of a mapping file) is then the only one tried.

    One file has one publisher. Raises BoundaryError `publisher_ambiguous` when the columns fit the layouts of two (with
    what each would take), `columns_missing` when no layer fits; `sent` is what the message calls the file.
    """
    shown = ", ".join(layers) if sent is None else sent
    label = _label(publisher)
    if form is not None:
        owner = form.publishers[0] if form.publishers else UNSTATED
        found = {name: {owner: taken} for name, fields in layers.items() if (taken := fit(form, fields))}
    else:
        found = {name: taken for name, fields in layers.items() if (taken := _by_publisher(fields, label))}
    chosen = _choose(found, shown)
    taken = {
        name: fits.get(chosen) or fits[UNSTATED] for name, fits in found.items() if chosen in fits or UNSTATED in fits
    }
    if not any(not each.form.is_other for each in taken.values()):
        every = list(dict.fromkeys(column for fields in layers.values() for column in fields))
        raise BoundaryError(
            "columns_missing",
            path=shown,
            publisher=publisher,
            found=_shorten(every, 20),
            expected=f"{form.key}: {_needs(form)}" if form else _nearest(every, label),
        )
    was_stated = label not in (AUTO, CUSTOM)
    reason = dict.fromkeys(column for each in taken.values() for column in each.reason)
    return Recognition(
        publisher=label if was_stated else chosen,
        reason=tuple(reason),
        layers=taken,
        skipped=tuple(name for name in layers if name not in taken),
        was_stated=was_stated,
    )


def is_missing(values: pd.Series, missing: Iterable[str] = (), *, is_code: bool = False) -> pd.Series:
    """Tell where a column has no value: empty, a word for nothing, or one of the form's own (`missing`)."""
    text = values.astype("string").str.strip()
    nothing = _NO_VALUE | _NO_CODE if is_code else _NO_VALUE
    return (text.isna() | text.str.lower().isin(nothing) | text.isin(list(missing))).astype(bool)


def settle(
    recognised: Recognised, values: pd.DataFrame, *, layer: str, level: Level | None = None, sent: object = None
) -> Recognised:
    """Return the level that a table is, of those that its columns allow.

    Publishers use one table for all levels, and a table dissolved from desa keeps a code of the first desa in each row:
    neither the columns nor the deepest code tell the level. Of the levels whose codes are filled, that one is right
    whose codes are all different while those above repeat. If codes of several levels are all different (a single row,
    a sample, a dissolved table), the level that a person stated decides, then the word for one of them in the layer's
    name; else nothing does. A level that the codes disprove is not taken because it was stated.

    `values` has the file's columns `recognised.wanted`. Raises BoundaryError `level_not_proven`.
    """
    choices = (recognised, *recognised.others)
    if len(choices) == 1:
        return recognised
    possible = _settled_by_value(choices, values) or _possible(choices, values, level)
    if len(possible) > 1:
        stated = [each for each in possible if each.form.level is level]
        possible = stated or [each for each in possible if _is_named(each.form.level, layer)] or possible
    if len(possible) > 1:
        raise BoundaryError(
            "level_not_proven",
            path=layer if sent is None else sent,
            layer=layer,
            known=", ".join(each.form.level.name for each in possible),
        )
    return replace(possible[0], others=())


def _possible(choices: tuple[Recognised, ...], values: pd.DataFrame, level: Level | None) -> list[Recognised]:
    """Return the levels that the codes allow, finest first; never none."""
    ids = [(each, _ids(each, values).dropna()) for each in choices]
    filled = [(each, codes) for each, codes in ids if len(codes) and len(codes) >= _FILLED_RATE_MIN * len(values)]
    different = [each for each, codes in filled if codes.is_unique]
    # A row that stands twice, or an island kept apart, does not make a layer one of another level.
    nearly = [each for each, codes in filled if codes.nunique() >= _DIFFERENT_RATE_MIN * len(codes)]
    coded = [each for each, codes in ids if len(codes)][:1]
    stated = [each for each in choices if each.form.level is level]
    # Without any code the names of the own level still differ, while those of the levels above repeat.
    names = [(each, _texts(values[each.columns[_first_name(each)]], each).dropna()) for each in choices]
    named = [each for each, texts in names if len(texts) and texts.nunique() >= _DIFFERENT_RATE_MIN * len(texts)]
    return different or nearly or coded or stated or named or [choices[0]]


class _Columns:
    """Finds a form's column among a file's: by its name, then without regard to case, then as a shapefile cuts it."""

    def __init__(self, fields: Iterable[str]) -> None:
        self._exact = tuple(str(field) for field in fields)
        self._lower: dict[str, str] = {}
        for field in self._exact:
            self._lower.setdefault(field.lower(), field)

    def find(self, column: str) -> str | None:
        if column in self._exact:
            return column
        return self._lower.get(column.lower()) or self._lower.get(column[:_CUT].lower())


def _label(publisher: str) -> str:
    return publisher.strip().lower()


def _by_publisher(fields: Iterable[str], label: str) -> dict[str, Recognised]:
    """Return the best form of each publisher that fits; that of anybody only where no publisher's does."""
    names = tuple(fields)
    fits: dict[str, list[Recognised]] = {}
    for form in FORMS:
        is_allowed = not form.publishers or label in form.publishers or not is_known_publisher(label)
        if is_allowed and (taken := fit(form, names)):
            for owner in form.publishers or (UNSTATED,):
                fits.setdefault(owner, []).append(taken)
    best = {owner: _best(taken) for owner, taken in fits.items()}
    return {owner: taken for owner, taken in best.items() if owner != UNSTATED or len(best) == 1}


def _best(fits: list[Recognised]) -> Recognised:
    """Return the finest form, of these the one with most columns, with the coarser ones of its family beside it."""
    first = max(fits, key=lambda each: (int(each.form.level or 0), len(each.columns)))
    if first.form.family is None:
        return first
    others = {each.form.level: each for each in reversed(fits) if each.form.family == first.form.family}
    coarser = [others[level] for level in sorted(others, reverse=True) if level < first.form.level]
    return replace(first, others=tuple(coarser))


def _choose(found: Mapping[str, Mapping[str, Recognised]], shown: object) -> str:
    """Return the publisher that alone accounts for every layer that has one."""
    credited = [fits for fits in found.values() if UNSTATED not in fits]
    owners = list(dict.fromkeys(owner for fits in credited for owner in fits))
    complete = [owner for owner in owners if all(owner in fits for fits in credited)]
    if len(owners) > 1 and len(complete) != 1:
        _refuse_ambiguous(
            {owner: {name: fits[owner] for name, fits in found.items() if owner in fits} for owner in owners}, shown
        )
    return (complete or [UNSTATED])[0]


def _refuse_ambiguous(options: Mapping[str, Mapping[str, Recognised]], shown: object) -> None:
    described = []
    for owner, taken in options.items():
        layers = [
            f"{name}: {', '.join(each.reason)}" if name else ", ".join(each.reason) for name, each in taken.items()
        ]
        described.append(f"--publisher {owner} ({_shorten(layers, _SHOWN_LIMIT, '; ')})")
    raise BoundaryError("publisher_ambiguous", path=shown, known=", ".join(options), options="; ".join(described))


def _nearest(columns: list[str], label: str) -> str:
    """Return, for an error, the layouts that share most columns with a file, and what each still needs."""
    forms = [form for form in FORMS if label in form.publishers] or list(FORMS)
    index = _Columns(columns)
    shared = {form.key: sum(index.find(column) is not None for column in form.columns) for form in forms}
    near = sorted(forms, key=lambda form: -shared[form.key] / len(form.columns))
    listed = [f"{form.key}: {_needs(form)}" for form in near[:_SHOWN_LIMIT]]
    return "; ".join(listed) + f" ({', '.join((*publishers(), 'custom'))})"


def _needs(form: Form) -> str:
    codes = "/".join(form.kode.values())
    return ", ".join(dict.fromkeys([*form.marks, *([codes] if codes else []), "/".join(form.names)]))


def _shorten(items: list[str], limit: int, separator: str = ", ") -> str:
    return separator.join(items[:limit]) + (f"{separator}… (+{len(items) - limit})" if len(items) > limit else "")


def _settled_by_value(choices: tuple[Recognised, ...], values: pd.DataFrame) -> list[Recognised]:
    """Return the level that all rows state themselves, none where the form has no such column or the rows disagree."""
    for each in choices:
        if each.form.level_value is not None:
            column, value = each.form.level_value
            stated = values[each.columns[column]].dropna().astype("string").str.strip().str.upper()
            if len(stated) and (stated == value.upper()).all():
                return [each]
    return []


def _ids(each: Recognised, values: pd.DataFrame) -> pd.Series:
    """Return the codes of this level, or the publisher's own numbers where it has none; NA where nothing stands."""
    named = [*each.form.kode.values(), each.form.own_id]
    ids = pd.Series(pd.NA, index=values.index, dtype="string")
    for column in (each.columns[name] for name in named if name in each.columns):
        ids = ids.fillna(_texts(values[column], each, is_code=True))
    return ids


def _texts(given: pd.Series, each: Recognised, *, is_code: bool = False) -> pd.Series:
    return given.astype("string").str.strip().mask(is_missing(given, each.form.missing, is_code=is_code))


def _first_name(each: Recognised) -> str:
    return next(name for name in each.form.names if name in each.columns)


def _is_named(level: Level | None, layer: str) -> bool:
    """Tell whether the layer's name has a word for `level` and for no other."""
    name = layer.lower()
    told = [
        each
        for each, (anywhere, alone) in _LEVEL_WORDS.items()
        if re.search(rf"{anywhere}|(?<![a-z])(?:{alone})(?![a-z0-9])", name)
    ]
    return told == [level]
