"""Fictional official figures: a poverty rate as a survey would have found it, and the population of each kabupaten."""

from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa

from boundaries.levels import KODE_LENGTH, Level
from geo.synthetic.period_tables import FICTIONAL_METADATA, PeriodTables

POVERTY_ON = date(2026, 3, 1)
POPULATION_ON = date(2025, 12, 31)
POVERTY_REFERENCE = "Angka FIKTIF untuk provinsi 99, dibuat menyerupai hasil survei konsumsi; bukan angka BPS"
POPULATION_REFERENCE = "Angka FIKTIF untuk provinsi 99, dibuat menyerupai data kependudukan; bukan angka Dukcapil"
# The share of persons below the line in the whole province, by the truth.
_POVERTY_RATE = 0.105
# Households that the survey asks in a kabupaten, and what its clusters cost.
_SURVEY_SIZE, _DESIGN_EFFECT = 620, 1.8
# Persons whom the civil registry counts and the register of families does not know.
_UNKNOWN_RATE, _UNKNOWN_SD = 0.024, 0.008


def draw_poverty(tables: PeriodTables, seed: int) -> pa.Table:
    """Return the poverty rate of the province and of each kabupaten, with a survey's error, in the columns of a file.

    The line lies where the stated share of all persons is below it by their true welfare; a kabupaten's error is that
    of a sample of some hundred households, the province's that of all of them.
    """
    rng = np.random.default_rng([seed, 14])
    family = pd.DataFrame({
        "kabupaten": _kabupaten(tables), "welfare": tables.truth["welfare"].to_numpy(),
        "person_count": tables.household["person_count"].to_numpy(),
    }).sort_values("welfare", ignore_index=True)
    below = family["person_count"].cumsum() / family["person_count"].sum() <= _POVERTY_RATE
    persons = family.groupby("kabupaten")["person_count"].sum()
    true_rate = (family["person_count"] * below).groupby(family["kabupaten"]).sum() / persons
    error = np.sqrt(true_rate * (1 - true_rate) * _DESIGN_EFFECT / _SURVEY_SIZE)
    found = (true_rate + rng.normal(0, 1, len(error)) * error).clip(lower=0.005)
    whole = (found * persons).sum() / persons.sum()
    return _as_file([_provinsi(tables), *found.index], np.concatenate([[whole], found]).round(4))


def draw_population(tables: PeriodTables, seed: int) -> pa.Table:
    """Return the population of the province and of each kabupaten: a little more than the register's persons."""
    rng = np.random.default_rng([seed, 15])
    persons = pd.Series(tables.household["person_count"].to_numpy()).astype("int64").groupby(_kabupaten(tables)).sum()
    unknown = np.clip(rng.normal(_UNKNOWN_RATE, _UNKNOWN_SD, len(persons)), 0, None)
    counted = np.round(persons / (1 - unknown)).astype("int64")
    return _as_file([_provinsi(tables), *persons.index], np.concatenate([[counted.sum()], counted]))


def _kabupaten(tables: PeriodTables) -> np.ndarray:
    return tables.household["kode"].to_pandas().str[: KODE_LENGTH[Level.kabupaten]].to_numpy()


def _provinsi(tables: PeriodTables) -> str:
    return tables.household["kode"][0].as_py()[: KODE_LENGTH[Level.provinsi]]


def _as_file(kode: list[str], value: np.ndarray) -> pa.Table:
    return pa.table({"kode": kode, "value": pa.array(value)}).replace_schema_metadata(FICTIONAL_METADATA)
