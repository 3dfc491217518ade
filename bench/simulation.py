"""Small-area estimates held against a truth that is known: many samples of one fixed design from one province.

The design was fixed beforehand: two desa per kecamatan by simple random sampling, 12 households in each, and the four
covariates below, all from the register alone. The truth is the desil by true welfare, which no loader ever sees.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as parquet
from sqlalchemy import Connection, select

from bench.ground import PERIOD, PROVINSI, Ground
from bench.result import BenchResult
from boundaries.levels import KODE_LENGTH, Level
from geo import tables
from geo.engine import read_only
from geo.entitlement import Rule, read_rules
from geo.synthetic.verification import draw_rows
from queries.covariates import NAMES, read_covariates, read_staleness
from queries.stats.small_area import Answers, Areas, estimate_areas

COVARIATES = ("register_exclusion_rate", "register_inclusion_rate", "desil_1_2_rate", "stale_days")
SAMPLES = 500
REPLICATES = 100
_SEED = 20_261_101
# Programs and measures, by the mean number of answers that a kecamatan has in its 24 households: 7, 3, 11 and 5.
CASES = (("pkh", "exclusion"), ("pkh", "inclusion"), ("sembako", "exclusion"), ("sembako", "inclusion"))
LEAST_GAIN, NOMINAL, TOLERANCE = 0.30, 0.95, 0.02


@dataclass(frozen=True)
class Population:
    """Every household of the province for one program: codes of desa and kecamatan, arrays (N,); areas (D,)."""

    desa: np.ndarray
    kecamatan: np.ndarray
    is_meant: np.ndarray
    receives: np.ndarray
    known: np.ndarray
    areas: Areas

    def answers(self, measure: str, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return numerator and denominator of an error for households, as 0 and 1."""
        is_meant, receives = self.is_meant[rows], self.receives[rows]
        if measure == "exclusion":
            return (is_meant & ~receives).astype(float), is_meant.astype(float)
        return (receives & ~is_meant).astype(float), receives.astype(float)

    def true_rates(self, measure: str) -> np.ndarray:
        """Return the true error of each kecamatan."""
        top, bottom = self.answers(measure, np.arange(len(self.desa)))
        count = len(self.areas.group)
        return np.bincount(self.kecamatan, top, count) / np.bincount(self.kecamatan, bottom, count)


@dataclass(frozen=True)
class Simulated:
    """What many samples said of each kecamatan, arrays (D,); `cover` is the share of intervals that held the truth."""

    bias: np.ndarray
    rmse: np.ndarray
    direct_rmse: np.ndarray
    cover: np.ndarray
    width: np.ndarray

    @property
    def gain(self) -> float:
        """By how much the mean RMSE lies under the direct estimate's."""
        return 1 - self.rmse.mean() / self.direct_rmse.mean()


def read_population(connection: Connection, period: date, program: str, truth_file: Path) -> Population:
    """Return the population of a program in the fictional province, with what its register knows of each kecamatan."""
    rule = next(rule for rule in read_rules(connection, period) if rule.key == program)
    household = tables.household
    rows = connection.execute(
        select(
            household.c.household_id, household.c.kode, household.c.qualified, household.c.eligible,
            household.c.received,
        )
        .where(household.c.period == period, household.c.provinsi_kode == PROVINSI)
    ).all()
    register = pd.DataFrame(rows, columns=["household_id", "kode", "qualified", "eligible", "received"])
    truth = parquet.read_table(truth_file, columns=["household_id", "desil"]).to_pandas()
    joined = register.merge(truth, on="household_id", validate="one_to_one").sort_values("kode", ignore_index=True)
    kecamatan, names = pd.factorize(joined["kode"].str[: KODE_LENGTH[Level.kecamatan]], sort=True)
    stale = read_staleness(connection, period, [PROVINSI])
    covariates = read_covariates(connection, period, [PROVINSI], rule.program_id, rule.unit, stale)[list(COVARIATES)]
    by_register, receives = ((joined[name].to_numpy() & rule.bit) != 0 for name in ("eligible", "received"))
    return Population(
        pd.factorize(joined["kode"])[0], kecamatan, _is_meant(joined, rule), receives, 2 * by_register + receives,
        Areas(
            covariates.loc[names].to_numpy(), COVARIATES, np.bincount(kecamatan), np.zeros(len(names), dtype=int),
            pd.factorize(names.str[: KODE_LENGTH[Level.kabupaten]], sort=True)[0],
        ),
    )


def _is_meant(joined: pd.DataFrame, rule: Rule) -> np.ndarray:
    is_qualified = (joined["qualified"].to_numpy() & rule.bit) != 0
    return is_qualified & joined["desil"].between(rule.desil_min, rule.desil_max).to_numpy()


def simulate(population: Population, measure: str, samples: int, replicates: int, seed: int) -> Simulated:
    """Draw samples of the fixed design and estimate each; every estimate is held against the truth."""
    rng = np.random.default_rng(seed)
    truth = population.true_rates(measure)
    count = len(truth)
    error, direct_error, covered, width = (np.empty((samples, count)) for _ in range(4))
    for number in range(samples):
        drawn = draw_rows(rng, population.desa, population.kecamatan)
        rows, area = drawn.positions, population.kecamatan[drawn.positions]
        top, bottom = population.answers(measure, rows)
        found = estimate_areas(
            Answers(top, bottom, drawn.weight, area, population.desa[rows], population.known[rows]), population.areas,
            selects=False, replicates=replicates,
        )
        error[number] = found.estimate - truth
        covered[number] = (found.lower <= truth) & (truth <= found.upper)
        width[number] = found.upper - found.lower
        weight = np.bincount(area, drawn.weight * bottom, count)
        direct = np.bincount(area, drawn.weight * top, count) / np.where(weight > 0, weight, np.nan)
        direct_error[number] = direct - truth
    return Simulated(
        error.mean(axis=0), np.sqrt((error**2).mean(axis=0)), np.sqrt(np.nanmean(direct_error**2, axis=0)),
        covered.mean(axis=0), width.mean(axis=0),
    )


def run(ground: Ground) -> Iterator[BenchResult]:
    """Give the RMSE against the direct estimate's, and how far coverage lies from 95 % against two points."""
    assert set(COVARIATES) <= set(NAMES)
    truth_file = next((ground.settings.home / "register").glob("FIKTIF_truth_*.parquet"))
    for program, measure in CASES:
        with read_only(ground.engine) as connection:
            population = read_population(connection, PERIOD, program, truth_file)
        found = simulate(population, measure, SAMPLES, REPLICATES, _SEED)
        name = f"small areas, {program} {measure}, {SAMPLES} samples"
        low, middle, high = np.quantile(found.cover, [0.05, 0.5, 0.95])
        yield BenchResult(
            f"{name}: RMSE", float(found.rmse.mean()), "direct", float(found.direct_rmse.mean()), 1 - LEAST_GAIN,
            unit="of a rate",
            note=f"bias {found.bias.mean():+.4f} on average, {found.bias.std():.4f} its spread over areas",
        )
        yield BenchResult(
            f"{name}: coverage {found.cover.mean():.1%}, off by", abs(float(found.cover.mean()) - NOMINAL), "allowed",
            TOLERANCE, 1.0, unit="of a rate",
            note=f"areas: 5 % under {low:.1%}, half under {middle:.1%}, 5 % over {high:.1%};"
                 f" mean width {found.width.mean():.3f}",
        )
