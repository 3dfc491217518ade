"""What the classes of a breakdown are called in the reader's language."""

from dashboard.words import Words, is_absent
from dashboard.words.reports import CLASSES
from queries.result import Result, SourceNote


def source_name(source: SourceNote, words: Words) -> str:
    """Return what a loaded file is: the boundaries, a sample, or which of a register's files."""
    kind = source.content or source.kind
    kind = "register" if kind == "household" else kind
    return words(f"source.{kind}" + (".fictional" if source.is_fictional else ""))


def cause_name(result: Result, position: int, words: Words) -> str:
    """Return the words for a row's cause of inclusion."""
    return CLASSES["cause"][str(result.frame["cause"].iloc[position])][words.language]


def desil_name(result: Result, position: int, words: Words, key: str = "desil.none") -> str:
    """Return a row's desil, or the words stored under `key` where it has none."""
    desil = result.frame["desil"].iloc[position]
    return words(key) if is_absent(desil) else str(int(desil))


def dimension_name(result: Result, position: int, words: Words) -> str:
    """Return the words for what a row's group is told by: `Kepala keluarga`."""
    return CLASSES["dimension"][str(result.frame["dimension"].iloc[position])][words.language].capitalize()


def class_name(result: Result, position: int, words: Words) -> str:
    """Return the words for a row's class: `perempuan`, `ya`, `3–4`."""
    value = result.frame["class"].iloc[position]
    key = value if isinstance(value, str) else ""
    return CLASSES["class"][key][words.language] if key in CLASSES["class"] else key.replace("-", "–")


def set_name(result: Result, position: int, words: Words, names: dict[str, str]) -> str:
    """Return the names of the programs of a row's set."""
    keys = str(result.frame["received"].iloc[position])
    if not keys:
        return CLASSES["received"][""][words.language]
    return " + ".join(names[key] for key in keys.split(" + "))


def verdict_of(result: Result, position: int) -> str:
    """Return whether the rule permits a row's set: true, false or unknown."""
    value = result.frame["is_permitted"].iloc[position]
    return "unknown" if is_absent(value) else str(bool(value)).lower()
