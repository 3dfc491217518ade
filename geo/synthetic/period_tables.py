"""One period of the fictional register in the columns of its files, each marked as fictional."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.synthetic.families import ADMINDUK
from geo.tables import COMPONENTS

FICTIONAL_METADATA = {b"petadesil.fictional": b"true"}


@dataclass(frozen=True)
class PeriodTables:
    """One period of a register, in the columns of its files; `truth` is never loaded."""

    household: pa.Table
    enrolment: pa.Table
    quota: pa.Table
    truth: pa.Table


def as_tables(
    family: pd.DataFrame, desil: np.ndarray, status_word: np.ndarray | None, true_desil: np.ndarray,
    listed: pd.DataFrame, quota: pd.DataFrame, kode: pd.Series,
) -> PeriodTables:  # fmt: skip
    """Put a period's families into tables: `desil` is 0 where there is none, `kode` is that of each desa then."""
    household_id = _ids(family["serial"].to_numpy())
    names = pa.array(kode.astype(object))
    desa = family["desa"].to_numpy()
    without_desil = desil == 0
    point = family["lon"].isna().to_numpy()
    household = pa.table({
        "household_id": household_id,
        "kode": names.take(pa.array(desa)),
        "desil": pa.array(desil, mask=without_desil),
        "status_word": pa.nulls(len(family), pa.string()) if status_word is None else pa.array(status_word),
        "score": pa.array(written_score(family["score"]), mask=without_desil),
        "person_count": pa.array(family["person_count"].to_numpy()),
        **{f"{name}_count": pa.array(family[f"{name}_count"].to_numpy()) for name in COMPONENTS},
        "head_sex": pa.array(family["head_sex"]).cast(pa.string()),
        "adminduk": pa.array(ADMINDUK).take(pa.array(family["adminduk"].to_numpy())),
        "verified_on": pa.array(
            family["verified"].to_numpy(), mask=~family["is_verified"].to_numpy(), type=pa.int32()
        ).cast(pa.date32()),
        "lon": pa.array(family["lon"].to_numpy(), mask=point),
        "lat": pa.array(family["lat"].to_numpy(), mask=point),
    })
    rows = pa.array(listed["row"].to_numpy())
    enrolment = pa.table({
        "household_id": household["household_id"].take(rows),
        "kode": household["kode"].take(rows),
        "program": pa.array(listed["program"].astype(object)),
        "stage": pa.array(listed["stage"]).cast(pa.string()),
        "unit_count": pa.array(listed["unit_count"].to_numpy()),
        "amount_idr": pa.array(listed["amount_idr"].to_numpy(), type=pa.int64()),
        "funding": pa.array(listed["funding"].astype(object)),
    })
    truth = pa.table({
        "household_id": household_id,
        "kode": household["kode"],
        "welfare": pa.array(family["welfare"].to_numpy().round(6)),
        "desil": pa.array(true_desil),
    })
    quota_table = pa.table({
        "kode": pa.array(quota["kode"].astype(object)),
        "program": pa.array(quota["program"].astype(object)),
        "places_count": pa.array(quota["places_count"].to_numpy(), type=pa.int64()),
    })
    marked = [table.replace_schema_metadata(FICTIONAL_METADATA) for table in (household, enrolment, quota_table, truth)]
    return PeriodTables(*marked)


def _ids(serial: np.ndarray) -> pa.Array:
    digits = pc.utf8_lpad(pc.cast(pa.array(serial), pa.string()), width=8, padding="0")
    return pc.binary_join_element_wise(pa.scalar("99-"), digits, pa.scalar(""))


def written_score(score: pd.Series) -> np.ndarray:
    """Return scores as files keep them, to six digits; desil are taken from what is kept: the file explains itself."""
    return score.to_numpy().round(6)
