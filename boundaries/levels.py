"""The five levels of wilayah, and what the shape of a Kemendagri code says about them."""

import re
from enum import IntEnum

from boundaries.errors import BoundaryError

NATION_KODE = "ID"
FICTIONAL_PROVINSI = "99"


class Level(IntEnum):
    """A level of wilayah; the number is its depth below the nation."""

    nasional = 0
    provinsi = 1
    kabupaten = 2
    kecamatan = 3
    desa = 4

    @classmethod
    def parse(cls, name: str) -> "Level":
        """Return the level called `name`; raise BoundaryError `unknown_level`."""
        try:
            return cls[name]
        except KeyError:
            raise BoundaryError("unknown_level", level=name, known=", ".join(cls.__members__)) from None


KODE_LENGTH = {Level.provinsi: 2, Level.kabupaten: 5, Level.kecamatan: 8, Level.desa: 13}
_KODE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?")


def is_kode(text: str) -> bool:
    """Tell whether `text` has the form of a code of this system: dotted Kemendagri, or `ID`."""
    return text == NATION_KODE or _KODE.fullmatch(text) is not None


def level_of(kode: str) -> Level:
    """Return the level of a dotted code; raise BoundaryError `malformed_kode`."""
    if kode == NATION_KODE:
        return Level.nasional
    if not is_kode(kode):
        raise BoundaryError("malformed_kode", kode=kode)
    return Level(kode.count(".") + 1)


def parent_of(kode: str) -> str | None:
    """Return the code one level up, `ID` for a provinsi, None for the nation."""
    level = level_of(kode)
    if level is Level.nasional:
        return None
    return NATION_KODE if level is Level.provinsi else kode.rpartition(".")[0]


def ancestor_of(kode: str, level: Level) -> str:
    """Return the code of `kode` itself or of the wilayah above it at `level`."""
    if level > level_of(kode):
        raise BoundaryError("level_below_kode", kode=kode, level=level.name)
    return NATION_KODE if level is Level.nasional else kode[: KODE_LENGTH[level]]


def kode_range(kode: str) -> tuple[str, str]:
    """Return `(low, high)` such that `low <= k < high`, in C collation, holds for `kode` and all below it."""
    level_of(kode)
    return ("0", ":") if kode == NATION_KODE else (kode, kode + "/")


def kind_of(kode: str) -> str:
    """Return the kind that a code states by itself.

    Kabupaten and kota: second segment of 71 and above is a kota. Desa: fourth segment 1xxx kelurahan, 2xxx desa,
    3xxx desa adat (Permendagri 58/2021, lampiran).
    """
    level = level_of(kode)
    if level is Level.kabupaten:
        return "kota" if kode[3:5] >= "71" else "kabupaten"
    if level is Level.desa:
        return {"1": "kelurahan", "2": "desa", "3": "desa_adat"}.get(kode[9], "desa")
    return level.name
