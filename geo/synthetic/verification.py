"""Fictional verification samples: two stages within every kecamatan, and what the field would have found there."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet

from boundaries.levels import KODE_LENGTH, Level, kind_of
from geo.synthetic.period_tables import FICTIONAL_METADATA
from geo.tables import COMPONENTS

DESA_PER_KECAMATAN = 2
HOUSEHOLD_PER_DESA = 12
# Of the families of a desa; who is not registered is poorer than the others, by this much in log rupiah.
_UNREGISTERED_RATE = 0.05
_UNREGISTERED_LOSS = 0.25
# Two tests of one family differ by their errors, and by what changed since the last visit.
_TEST_ERROR_SD = 0.13
_YEARLY_CHANGE_SD = 0.10
_LISTED_DESA = 4
_LISTED_HOUSEHOLDS = 20
_FIELD_DAYS = 28


class Drawn(NamedTuple):
    """A drawn sample, each array of shape (n,): positions in the frame, and the design of each sampled household."""

    positions: np.ndarray
    weight: np.ndarray
    stratum_cluster_count: np.ndarray
    cluster_household_count: np.ndarray


def draw_rows(
    rng: np.random.Generator,
    desa_code: np.ndarray,
    kecamatan_code: np.ndarray,
    desa_per_kecamatan: int = DESA_PER_KECAMATAN,
    household_per_desa: int = HOUSEHOLD_PER_DESA,
) -> Drawn:
    """Draw desa within each kecamatan, and households within each drawn desa, at random without replacement.

    `desa_code` and `kecamatan_code`, shape (N,), number the desa and the kecamatan of each household from 0, as
    `pandas.factorize` does; a frame in the order of its desa is drawn from fastest. Fewer are drawn where there are
    fewer. The weight is the inverse inclusion probability, (desa of the kecamatan / drawn) * (households of the desa /
    drawn).
    """
    size = np.bincount(desa_code)
    order = None if (np.diff(desa_code) >= 0).all() else np.argsort(desa_code, kind="stable")
    start = np.cumsum(size) - size
    present = np.flatnonzero(size)
    first = start[present] if order is None else order[start[present]]
    kecamatan = kecamatan_code[first]
    desa_count = np.bincount(kecamatan)
    # Desa in random order within their kecamatan: the first of each are the drawn ones.
    shuffled = np.lexsort((rng.random(len(present)), kecamatan))
    place = np.arange(len(present)) - (np.cumsum(desa_count) - desa_count)[kecamatan[shuffled]]
    drawn = np.sort(shuffled[place < desa_per_kecamatan])
    stratum_size, cluster_size = desa_count[kecamatan[drawn]], size[present[drawn]]
    within = _draw_within(rng, cluster_size, household_per_desa)
    is_drawn = within >= 0
    positions = (start[present[drawn]][:, None] + within)[is_drawn]
    weight = (stratum_size / np.minimum(stratum_size, desa_per_kecamatan)) * (
        cluster_size / np.minimum(cluster_size, household_per_desa)
    )
    taken = is_drawn.sum(axis=1)
    return Drawn(
        positions if order is None else order[positions],
        *(np.repeat(values, taken) for values in (weight, stratum_size, cluster_size)),
    )


def _draw_within(rng: np.random.Generator, size: np.ndarray, count: int) -> np.ndarray:
    """Return for each cluster `count` distinct numbers below its size, -1 where it has fewer; shape (clusters, count).

    Floyd's algorithm (Bentley and Floyd 1987, Communications of the ACM 30), one step for all clusters at a time.
    """
    chosen = np.full((len(size), count), -1)
    taken = np.minimum(size, count)
    for step in range(count):
        top = np.maximum(size - taken + step, 0)
        draw = rng.integers(0, top + 1)
        repeated = (chosen[:, :step] == draw[:, None]).any(axis=1)
        chosen[:, step] = np.where(step < taken, np.where(repeated, top, draw), -1)
    return chosen


def draw_verification(household: pa.Table, truth: pa.Table, period: date, seed: int) -> pa.Table:
    """Draw a sample from a fictional register, in which the field measured consumption: the desil of the truth.

    `household` and `truth` are those of `geo.synthetic.period_tables.PeriodTables`, row by row the same households.
    """
    _require_same_rows(household, truth)
    rng = np.random.default_rng([seed, 11, period.toordinal()])
    kode = household["kode"].to_pandas().astype(str)
    drawn = draw_rows(rng, *_codes(kode))
    rows = pa.array(drawn.positions)
    return _as_file(
        rng, period, drawn, kode.to_numpy()[drawn.positions], "consumption", "register",
        household_id=household["household_id"].take(rows), observed_desil=truth["desil"].take(rows),
    )


def draw_listing(household: pa.Table, truth: pa.Table, period: date, seed: int) -> pa.Table:
    """Draw a sample from a listing of some desa of the largest kabupaten, families outside the register included.

    The proxy-means test is repeated: it finds what the register's desil got wrong by its age and by the test's error.
    Unregistered families are made of registered ones of the same desa, poorer, and without an id; a few receive.
    """
    _require_same_rows(household, truth)
    rng = np.random.default_rng([seed, 12, period.toordinal()])
    kabupaten = household["kode"].to_pandas().astype(str).str[: KODE_LENGTH[Level.kabupaten]]
    names = list(kabupaten.value_counts().index)
    # Some programs are for desa: a kota has none.
    chosen = next((name for name in names if kind_of(name) == "kabupaten"), names[0])
    inside = np.flatnonzero(kabupaten == chosen)
    frame = household.take(pa.array(inside)).to_pandas()
    frame["test"] = _repeat_test(rng, frame, truth["welfare"].to_numpy()[inside], period)
    is_donor = rng.random(len(frame)) < _UNREGISTERED_RATE / (1 - _UNREGISTERED_RATE)
    stranger = frame[is_donor].assign(household_id=None)
    stranger["test"] -= _UNREGISTERED_LOSS
    listed = pd.concat([frame, stranger]).sort_values("kode", kind="stable", ignore_index=True)
    drawn = draw_rows(rng, *_codes(listed["kode"]), _LISTED_DESA, _LISTED_HOUSEHOLDS)
    sample = listed.iloc[drawn.positions]
    ranked = np.sort(household["score"].drop_null().to_numpy())
    observed = 1 + np.searchsorted(ranked, sample["test"].to_numpy()) * 10 // max(len(ranked), 1)
    is_stranger = sample["household_id"].isna().to_numpy()
    counts = {name: _where(is_stranger, sample[name], pa.int16())
              for name in ("person_count", *(f"{component}_count" for component in COMPONENTS))}
    receives = np.where(rng.random(len(sample)) < 0.1, "sembako", "")
    return _as_file(
        rng, period, drawn, sample["kode"].to_numpy(dtype=object), "proxy_means", "listing",
        household_id=pa.array(sample["household_id"].to_numpy(dtype=object), pa.string(), from_pandas=True),
        observed_desil=pa.array(np.minimum(observed, 10), pa.int16()),
        **counts, received=_where(is_stranger, receives, pa.string()),
    )


def write_verification(folder: Path, label: str, period: date, seed: int) -> list[Path]:
    """Draw both samples from the register and truth that `write_register` wrote to a folder; return their files.

    `FIKTIF_verification_<label>_<year>-<month>.parquet` and `FIKTIF_verification_listing_<label>_...`.
    """
    household, truth = (
        parquet.read_table(folder / f"FIKTIF_{name}_{label}_{period:%Y-%m}.parquet") for name in ("household", "truth")
    )
    samples = {"": draw_verification(household, truth, period, seed),
               "listing_": draw_listing(household, truth, period, seed)}
    written = []
    for mark, sample in samples.items():
        path = folder / f"FIKTIF_verification_{mark}{label}_{period:%Y-%m}.parquet"
        # A file is there only when it is whole.
        part = path.with_name(path.name + ".part")
        parquet.write_table(sample, part, compression="zstd")
        part.replace(path)
        written.append(path)
    return written


def _require_same_rows(household: pa.Table, truth: pa.Table) -> None:
    if not household["household_id"].equals(truth["household_id"]):
        raise ValueError("household and truth are not of the same households in the same order")


def _codes(kode: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    return pd.factorize(kode)[0], pd.factorize(kode.str[: KODE_LENGTH[Level.kecamatan]])[0]


def _repeat_test(rng: np.random.Generator, frame: pd.DataFrame, welfare: np.ndarray, period: date) -> np.ndarray:
    """Return a second score: the first with a new error, the wider the older it is; without one, the welfare's."""
    days = (pd.Timestamp(period) - pd.to_datetime(frame["verified_on"])).dt.days.fillna(0).clip(lower=0)
    deviation = np.hypot(np.sqrt(2) * _TEST_ERROR_SD, _YEARLY_CHANGE_SD * np.sqrt(days / 365))
    first = frame["score"].astype(float).fillna(pd.Series(welfare, frame.index))
    return (first + rng.normal(0, 1, len(frame)) * deviation).to_numpy()


def _where(is_kept: np.ndarray, values, kind: pa.DataType) -> pa.Array:
    return pa.array(np.asarray(values), kind, mask=~is_kept)


def _as_file(
    rng: np.random.Generator, period: date, drawn: Drawn, kode: np.ndarray, truth: str, frame: str, **columns: pa.Array
) -> pa.Table:
    """Put a sample into the columns that `load verification` reads; a stratum is a kecamatan, a cluster a desa."""
    count = len(drawn.positions)
    first = np.datetime64(period, "D")
    table = {
        "household_id": columns.pop("household_id"),
        "kode": pa.array(kode, pa.string()),
        "stratum": pa.array([code[: KODE_LENGTH[Level.kecamatan]] for code in kode], pa.string()),
        "cluster": pa.array(kode, pa.string()),
        "weight": pa.array(drawn.weight, pa.float64()),
        "stratum_cluster_count": pa.array(drawn.stratum_cluster_count, pa.int32()),
        "cluster_household_count": pa.array(drawn.cluster_household_count, pa.int32()),
        "truth": pa.array(np.repeat(truth, count), pa.string()),
        "frame": pa.array(np.repeat(frame, count), pa.string()),
        "observed_desil": columns.pop("observed_desil"),
        "observed_on": pa.array(first + rng.integers(0, _FIELD_DAYS, count), pa.date32()),
        **columns,
    }
    return pa.table(table).replace_schema_metadata(FICTIONAL_METADATA)
