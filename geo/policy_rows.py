"""The rows of a table that ships with this version: policy, and facts of wilayah, each with its reference."""

import csv
from importlib.resources import files


def policy_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of `geo/policy/<name>.csv`, each value as text."""
    with files("geo.policy").joinpath(f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
