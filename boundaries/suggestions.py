"""Names of polygons without a code held against the official list: suggestions, which only a person can confirm."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from boundaries.crosswalk import BPS_LENGTH, CodeBook
from boundaries.errors import BoundaryError
from boundaries.levels import KODE_LENGTH, Level, is_kode, level_of

COLUMNS = ("given_code", "name", "place", "kode", "listed_name", "score", "reason")
CONFIRMATION = "setuju"
# Under this Dice coefficient of letter pairs two names have no more in common than any two names of a kecamatan.
SCORE_MIN = 0.6
_KIND_WORDS = re.compile(
    r"^(?:desa adat|desa|kelurahan|kel|ds|kampung|kp|gampong|gp|nagari|pekon|negeri|upt|kecamatan|kec|distrik"
    r"|kabupaten|kab|provinsi|prov)\b\.?\s*(?=\w)"
)
# The kota and the kabupaten of Jakarta govern nothing themselves; some publishers say so in the name, others do not.
_ADMINISTRATIVE = re.compile(r"^(kota )?(?:administrasi|adm)\b ?(?=\w)")
_NUMBERS = {
    "satu": "1", "dua": "2", "tiga": "3", "empat": "4", "lima": "5", "enam": "6", "tujuh": "7", "delapan": "8",
    "sembilan": "9", "sepuluh": "10", "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7",
    "viii": "8", "ix": "9", "x": "10",
}  # fmt: skip
_YES, _NO = frozenset({"ya", "y", "yes", "1", "setuju"}), frozenset({"tidak", "t", "no", "n", "0", ""})
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def bare_name(name: str) -> str:
    """Return what names are compared by: small letters and digits, without the word for the kind of wilayah.

    Numerals of every manner become digits: Sekampung I, Sekampung 1 and Sekampung Satu are one name.
    """
    text = re.sub(r"[^\w\s]|_", " ", name.lower())
    text = _ADMINISTRATIVE.sub(r"\1", _KIND_WORDS.sub("", " ".join(text.split())))
    return "".join(_NUMBERS.get(word, word) for word in text.split())


def name_similarity(one: str, other: str) -> float:
    """Return the Dice coefficient of the letter pairs of two bare names (Dice 1945), 0 to 1, ends of names counted."""
    return _dice(_letter_pairs(one), _letter_pairs(other))


def _letter_pairs(bare: str) -> frozenset[str]:
    padded = f" {bare} "
    counts = Counter(padded[at : at + 2] for at in range(len(padded) - 1))
    return frozenset(f"{pair}{nth}" for pair, count in counts.items() for nth in range(count))


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


@dataclass(frozen=True)
class _Listed:
    """A wilayah of the list that no polygon has yet."""

    kode: str
    bare: str
    pairs: frozenset[str]


class _Directory:
    """The free wilayah of the list by the kabupaten or provinsi that they lie in, and the kode behind place names."""

    def __init__(self, names: Mapping[str, str], taken: frozenset[str]) -> None:
        self.bare = {kode: bare_name(name) for kode, name in names.items()}
        self._free: dict[tuple[str, Level], list[_Listed]] = {}
        self._called: dict[tuple[str, str], list[str]] = {}
        self._named: dict[tuple[Level, str], list[str]] = {}
        for kode, bare in self.bare.items():
            level = level_of(kode)
            self._called.setdefault((kode.rpartition(".")[0], bare), []).append(kode)
            self._named.setdefault((level, bare), []).append(kode)
            if kode not in taken:
                listed = _Listed(kode, bare, _letter_pairs(bare))
                for upper in (Level.provinsi, Level.kabupaten):
                    if upper < level:
                        self._free.setdefault((kode[: KODE_LENGTH[upper]], level), []).append(listed)
                if level <= Level.kabupaten:
                    self._free.setdefault(("", level), []).append(listed)
                else:
                    self._free.setdefault((bare, level), []).append(listed)

    def free(self, place: str, level: Level, bare: str) -> list[_Listed]:
        """Return the wilayah of `level` in a provinsi or kabupaten that no polygon has.

        Where nothing states the place: all provinsi or kabupaten, but of kecamatan and desa only the one that alone
        has this name in the whole country.
        """
        if place or level <= Level.kabupaten:
            return self._free.get((place, level), [])
        return self._free.get((bare, level), []) if len(self._named.get((level, bare), ())) == 1 else []

    def place_of(self, row: Mapping[str, object]) -> str:
        """Return the kabupaten or provinsi that a row states by its parent, else by names; empty if neither does."""
        parent = row.get("parent_kode")
        place = parent[: KODE_LENGTH[Level.kabupaten]] if isinstance(parent, str) else ""
        if len(place) == KODE_LENGTH[Level.kabupaten]:
            return place
        for column in ("kabupaten_name",) if place else ("provinsi_name", "kabupaten_name"):
            name = row.get(column)
            bare = bare_name(name) if isinstance(name, str) else ""
            found = self._called.get((place, bare), [])
            if not found and place:
                # A kabupaten that a file of before a split puts into the provinsi that it has left.
                found = self._named.get((Level.kabupaten, bare), [])
            if len(found) != 1:
                break
            place = found[0]
        return place


@dataclass(frozen=True)
class _Match:
    """How near a row and a listed wilayah are: by name, then by the kecamatan."""

    row: int
    kode: str
    score: float
    nearness: float

    @property
    def rank(self) -> tuple[float, float]:
        return -self.score, -self.nearness


def suggest(uncoded: pd.DataFrame, book: CodeBook, taken: frozenset[str]) -> pd.DataFrame:
    """Return one row for each polygon without a kode: the free wilayah of the list whose name comes nearest.

    `uncoded` has given_code, name, parent_kode (the wilayah of today that it lies in, or NA), kecamatan_name,
    kabupaten_name, provinsi_name and level, as far as the file states them; `taken` are the kode that polygons have
    already. The answer has given_code, name, place, kode, listed_name, score (0 to 1) and reason: `same_name` in the
    same kecamatan, `same_name_elsewhere` in the kabupaten, or in the country where the file states no place and only
    one wilayah has the name, `similar_name`, `several_as_near` where two wilayah or two polygons are equally near,
    `none` with kode, listed_name and score NA. No kode is suggested twice.
    """
    rows = [dict(zip(uncoded.columns, values, strict=True)) for values in uncoded.itertuples(index=False, name=None)]
    directory = _Directory(book.names or {}, taken)
    matches = sorted(
        (match for at, row in enumerate(rows) for match in _matches(at, row, directory)),
        key=lambda match: (match.rank, match.row, match.kode),
    )
    best: dict[int, _Match] = {}
    used: set[str] = set()
    for match in matches:
        if match.row not in best and match.kode not in used:
            best[match.row] = match
            used.add(match.kode)
    equals = Counter((match.row, match.rank) for match in matches)
    rivals = Counter((match.kode, match.rank) for match in matches)
    answers = []
    for at, row in enumerate(rows):
        match = best.get(at)
        several = match is not None and max(equals[at, match.rank], rivals[match.kode, match.rank]) > 1
        answers.append(_answer(row, match, "several_as_near" if several else _reason(match), book))
    return pd.DataFrame(answers, columns=list(COLUMNS)).astype(
        {column: "Float64" if column == "score" else "string" for column in COLUMNS}
    )


def _matches(at: int, row: Mapping[str, object], directory: _Directory) -> list[_Match]:
    """Return the free wilayah that a row may be, only those of the same name where there are any in its kecamatan."""
    if not isinstance(row["name"], str):
        return []
    bare = bare_name(row["name"])
    kecamatan = bare_name(row["kecamatan_name"]) if isinstance(row.get("kecamatan_name"), str) else ""
    parent = row["parent_kode"] if isinstance(row.get("parent_kode"), str) else ""
    free = directory.free(directory.place_of(row), _level_of(row), bare)

    def nearness(listed: _Listed) -> float:
        above = listed.kode.rpartition(".")[0]
        return 1.0 if parent == above else name_similarity(kecamatan, directory.bare.get(above, ""))

    same = [_Match(at, listed.kode, 1.0, nearness(listed)) for listed in free if listed.bare == bare]
    if any(match.nearness == 1 for match in same):
        return [match for match in same if match.nearness == 1]
    pairs = _letter_pairs(bare)
    likeness = [(listed, _dice(pairs, listed.pairs)) for listed in free if listed.bare != bare]
    # Letter pairs can be the same in another order: only a name that is the same scores one.
    return same + [
        _Match(at, listed.kode, min(score, 0.99), nearness(listed)) for listed, score in likeness if score >= SCORE_MIN
    ]


def _level_of(row: Mapping[str, object]) -> Level:
    """Return the level of a row's layer, else that which the form of its given code states, desa where neither does."""
    if not pd.isna(row.get("level")):
        return Level(int(row["level"]))
    text = row["given_code"] if isinstance(row["given_code"], str) else ""
    if is_kode(text):
        return level_of(text)
    return next((level for level, length in BPS_LENGTH.items() if text.isdigit() and len(text) == length), Level.desa)


def _reason(match: _Match | None) -> str:
    if match is None:
        return "none"
    if match.score < 1:
        return "similar_name"
    return "same_name" if match.nearness == 1 else "same_name_elsewhere"


def _answer(row: Mapping[str, object], match: _Match | None, reason: str, book: CodeBook) -> tuple[object, ...]:
    place = ", ".join(
        row[column]
        for column in ("kecamatan_name", "kabupaten_name", "provinsi_name")
        if isinstance(row.get(column), str)
    )
    found = (pd.NA, pd.NA, pd.NA) if match is None else (match.kode, book.names[match.kode], round(match.score, 2))
    return row["given_code"], row["name"], place, *found, reason


def write_suggestions(table: pd.DataFrame, path: Path) -> None:
    """Write suggestions as CSV in UTF-8, whole or not at all, with an empty column `setuju` for a person's yes or no.

    A cell that a spreadsheet would take for a formula begins with an apostrophe, and so does a code that it would take
    for a number.
    """
    written = table.loc[:, list(COLUMNS)].astype("object").where(table.notna(), "")
    partial = path.with_name(f"{path.name}.partial")
    with partial.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow((*COLUMNS, CONFIRMATION))
        writer.writerows((*map(_plain, row), "") for row in written.itertuples(index=False, name=None))
    partial.replace(path)


def _plain(value: object) -> object:
    is_risky = isinstance(value, str) and (value.startswith(_FORMULA) or re.fullmatch(r"\d+(\.\d+)?", value))
    return f"'{value}" if is_risky else value


def read_confirmations(path: Path, book: CodeBook) -> dict[str, str]:
    """Return the kode of each given code to which a person has said yes, from a file of suggestions.

    Raises BoundaryError: `file_missing`, `table_unreadable`, `table_columns_missing`, and with the line of the file
    `confirmation_unclear` (neither yes nor no), `confirmation_without_code`, `confirmation_code_mangled`,
    `confirmation_kode_unknown`, `confirmation_twice`.
    """
    found: dict[str, str] = {}
    line_of: dict[str, int] = {}
    for line, row in _confirmation_rows(path):
        said = row[CONFIRMATION].lower()
        if said in _NO:
            continue
        given, kode = row["given_code"], row["kode"]
        where = {"path": path, "line": line, "given_code": given, "kode": kode}
        if said not in _YES:
            raise BoundaryError("confirmation_unclear", said=row[CONFIRMATION], **where)
        if not given or not kode:
            raise BoundaryError("confirmation_without_code", **where)
        if re.fullmatch(r"\d[.,]?\d*[eE]\+?\d+|\d+[.,]0+", given):
            raise BoundaryError("confirmation_code_mangled", **where)
        if not is_kode(kode) or (book.known is not None and kode not in book.known):
            raise BoundaryError("confirmation_kode_unknown", **where)
        for code in (f"given_code {given}", f"kode {kode}"):
            if code in line_of:
                raise BoundaryError("confirmation_twice", repeated=code, first=line_of[code], **where)
            line_of[code] = line
        found[given] = kode
    return found


def _confirmation_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    if not path.is_file():
        raise BoundaryError("file_missing", path=path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BoundaryError("table_unreadable", path=path) from error
    header = text.partition("\n")[0]
    reader = csv.DictReader(text.splitlines(), delimiter=max(",;\t", key=header.count))
    needed = ("given_code", "kode", CONFIRMATION)
    missing = [name for name in needed if name not in (reader.fieldnames or ())]
    if missing:
        raise BoundaryError(
            "table_columns_missing", path=path, missing=", ".join(missing), found=", ".join(reader.fieldnames or ())
        )
    for row in reader:
        # A spreadsheet that keeps the apostrophe of a text cell keeps it in the file too.
        yield reader.line_num, {name: (row[name] or "").strip().removeprefix("'").strip() for name in needed}


def differing_names(kode: pd.Series, name: pd.Series, book: CodeBook) -> pd.DataFrame:
    """Return the polygons that the list names otherwise: kode, name, listed_name, score, elsewhere.

    `score` is the likeness (0 to 1); `elsewhere` the kode of the wilayah in the same one above that the list gives
    this name, NA if none: two polygons may have changed places. Nothing is corrected by it.
    """
    bare_of = {} if book.names is None else {one: bare_name(listed) for one, listed in book.names.items()}
    called: dict[tuple[str, str], str] = {}
    for one, bare in bare_of.items():
        called.setdefault((one.rpartition(".")[0], bare), one)
    rows = []
    for one, given in zip(kode, name, strict=True):
        if not isinstance(one, str) or not isinstance(given, str) or one not in bare_of:
            continue
        bare = bare_name(given)
        if bare != bare_of[one]:
            other = called.get((one.rpartition(".")[0], bare), pd.NA)
            rows.append((one, given, book.names[one], round(name_similarity(bare, bare_of[one]), 2), other))
    return pd.DataFrame(rows, columns=["kode", "name", "listed_name", "score", "elsewhere"])
