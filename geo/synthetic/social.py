"""What social services report beside the register: people in need (PPKS), those who help (PSKS), remote communities."""

import csv
from importlib.resources import files

import numpy as np
import pandas as pd
import pyarrow as pa

from boundaries.levels import KODE_LENGTH, Level, kind_of
from geo.entitlement import PUPILS
from geo.synthetic.period_tables import FICTIONAL_METADATA

KAT_KIND = "Komunitas adat terpencil"
_KAT_KECAMATAN, _KAT_DESA = 5, 3
_KAT_SHARE = (0.2, 0.6)
# Some kecamatan send no report: that is no zero.
_SILENT_RATE = 0.03
_STRUCK_RATE = 0.08
_UNEVEN_SHAPE = 4.0


def count_social(seed: int, year_half: int, desa: pd.DataFrame, household: pa.Table) -> pa.Table:
    """Return the counts of one half of a year, in the columns of a social file: 26 kinds of PPKS, 12 of PSKS, and KAT.

    PPKS and PSKS are reported by kecamatan, KAT by desa. `desa` has kode and remoteness, `household` is the register's
    table of that time. Counts follow the register: poor, old, disabled, in the city or far away.
    """
    # Which kecamatan is silent, struck, or counts much is its own lot; each half of a year is counted anew.
    lot = np.random.default_rng([seed, 13])
    rng = np.random.default_rng([seed, 13, year_half])
    kat = _draw_kat(lot, desa, household)
    base = _count_bases(desa, household, kat)
    is_silent = lot.random(len(base)) < _SILENT_RATE
    place = {
        "even": np.ones(len(base)), "fixed": np.ones(len(base)), "city": 0.35 + 3.0 * base["city"].to_numpy(),
        "poor": (base["poor"] / base["household"]).to_numpy() / (base["poor"].sum() / base["household"].sum()),
        "struck": (lot.random(len(base)) < _STRUCK_RATE) / _STRUCK_RATE,
    }
    parts = []
    for row in _read_kinds():
        mean = float(row["rate"]) * base[row["base"]].to_numpy() * place[row["place"]]
        uneven = lot.gamma(_UNEVEN_SHAPE, 1 / _UNEVEN_SHAPE, len(base))
        count = rng.poisson(mean * uneven)
        if row["base"] in ("kat", "seat") or row["place"] == "fixed":
            count = np.round(mean).astype(np.int64)
        parts.append(pd.DataFrame({"kode": base.index, "social_group": row["social_group"], "kind": row["kind"],
                                   "unit": row["unit"], "reported_count": count})[~is_silent])  # fmt: skip
    parts.append(pd.DataFrame({"kode": kat.index, "social_group": "kat", "kind": KAT_KIND, "unit": "household",
                               "reported_count": kat.to_numpy()}))  # fmt: skip
    whole = pd.concat(parts).sort_values(["social_group", "kode", "kind"], ignore_index=True)
    return pa.Table.from_pandas(whole, preserve_index=False).replace_schema_metadata(FICTIONAL_METADATA)


def _draw_kat(rng: np.random.Generator, desa: pd.DataFrame, household: pa.Table) -> pd.Series:
    """Return the households of remote communities, by the code of the few desa that hold them."""
    size = household["kode"].to_pandas().value_counts()
    lived_in = desa[desa["kode"].isin(size.index) & desa["kode"].map(kind_of).eq("desa")]
    kecamatan = lived_in["kode"].str[: KODE_LENGTH[Level.kecamatan]]
    remote = lived_in["remoteness"].groupby(kecamatan).mean().sort_values(ascending=False, kind="stable")
    chosen = lived_in[kecamatan.isin(remote.index[:_KAT_KECAMATAN])].sort_values("remoteness", kind="stable")
    kode = chosen.groupby(kecamatan)["kode"].tail(_KAT_DESA).sort_values().to_numpy()
    count = np.maximum(rng.uniform(*_KAT_SHARE, len(kode)) * size.reindex(kode).to_numpy(), 1).astype(np.int64)
    return pd.Series(count, index=kode)


def _count_bases(desa: pd.DataFrame, household: pa.Table, kat: pd.Series) -> pd.DataFrame:
    """Return for each kecamatan what a kind's rate is a rate of, and the share of its desa that are kelurahan."""
    columns = ["kode", "desil", "head_sex", "person_count", "child_0_6_count", "elderly_count", "disability_count",
               *(f"{stage}_count" for stage in PUPILS)]  # fmt: skip
    family = household.select(columns).to_pandas()
    length = KODE_LENGTH[Level.kecamatan]
    is_poor = family["desil"].eq(1)
    counted = pd.DataFrame({
        "household": 1, "person": family["person_count"], "child": family["child_0_6_count"],
        "pupil": sum(family[f"{stage}_count"] for stage in PUPILS), "elderly": family["elderly_count"],
        "disability": family["disability_count"], "poor": is_poor, "poor_woman": is_poor & family["head_sex"].eq("P"),
    })
    base = counted.groupby(family["kode"].str[:length].to_numpy()).sum()
    part = desa["kode"].str[:length].to_numpy()
    base["desa"] = pd.Series(part).value_counts().reindex(base.index)
    base["city"] = desa["kode"].map(kind_of).eq("kelurahan").groupby(part).mean().reindex(base.index)
    base["kecamatan"] = 1
    # One office for a whole kabupaten stands in its first kecamatan.
    base["seat"] = ~base.index.str[: KODE_LENGTH[Level.kabupaten]].duplicated()
    base["kat"] = kat.groupby(kat.index.str[:length]).sum().reindex(base.index, fill_value=0)
    return base


def _read_kinds() -> list[dict[str, str]]:
    return list(csv.DictReader((files("geo.synthetic") / "social_kind.csv").read_text("utf-8").splitlines()))
