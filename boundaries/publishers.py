"""What publishers call their columns, as data: one form for each layout of a boundary layer that is known."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from boundaries.errors import BoundaryError
from boundaries.levels import Level

SYSTEMS = ("kemendagri", "bps", "fiktif")


@dataclass(frozen=True)
class Form:
    """One layout of a layer: which column holds what.

    `kode` names the column of each code system, `names` the columns of the name (the first that is filled counts),
    `upper_names` those of the wilayah above. A form without publishers is anybody's. `has_official_names` says that
    names follow the Kemendagri list, so that they replace names known before.
    """

    key: str
    kode: dict[str, str]
    names: tuple[str, ...]
    level: Level | None = None
    is_other: bool = False
    publishers: tuple[str, ...] = ()
    kode_bps: str | None = None
    upper_names: dict[Level, str] = field(default_factory=dict)
    marks: tuple[str, ...] = ()
    has_official_names: bool = True

    @property
    def required(self) -> frozenset[str]:
        """Columns without which a layer is not of this form."""
        return frozenset(self.marks) | frozenset(self.upper_names.values()) | {self.names[-1], *self.kode.values()}

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read; all others stay in the file."""
        wanted = [*self.kode.values(), *self.names, *self.upper_names.values()]
        return tuple(dict.fromkeys(wanted + ([self.kode_bps] if self.kode_bps else [])))

    def kode_column(self, system: str) -> str | None:
        """Return the column that holds codes of `system`; fictional codes stand where Kemendagri's do."""
        return self.kode.get("kemendagri" if system == "fiktif" else system)


_HDX_UPPER = {Level.kecamatan: "district", Level.kabupaten: "regency", Level.provinsi: "province"}

FORMS = (
    Form(
        key="hdx_desa_both_systems",
        publishers=("hdx",),
        level=Level.desa,
        kode={"kemendagri": "kode_kemendagri", "bps": "kode_bps"},
        names=("nama_kemendagri", "village"),
        kode_bps="kode_bps",
        upper_names=_HDX_UPPER,
        has_official_names=False,
    ),
    Form(
        key="hdx_desa",
        publishers=("hdx",),
        level=Level.desa,
        kode={"bps": "village_code"},
        names=("village",),
        kode_bps="village_code",
        upper_names=_HDX_UPPER,
        has_official_names=False,
    ),
    Form(
        key="nation_kabupaten",
        publishers=("hdx",),
        level=Level.kabupaten,
        kode={"kemendagri": "kode"},
        names=("nama",),
        kode_bps="kode_bps_2020",
        upper_names={Level.provinsi: "provinsi"},
        marks=("kode_prov",),
    ),
    Form(
        key="nation_provinsi",
        publishers=("hdx",),
        level=Level.provinsi,
        kode={"kemendagri": "kode"},
        names=("nama",),
        marks=("n_kabkota",),
    ),
    Form(
        key="nation_other",
        publishers=("hdx",),
        is_other=True,
        kode={"bps": "kode_bps_2020"},
        names=("nama_hdx",),
        kode_bps="kode_bps_2020",
        marks=("provinsi_hdx",),
    ),
    Form(
        key="cahyadsn_desa",
        publishers=("cahyadsn",),
        level=Level.desa,
        kode={"kemendagri": "kode"},
        names=("nama",),
        upper_names={Level.kecamatan: "kecamatan", Level.kabupaten: "kabkota", Level.provinsi: "provinsi"},
        marks=("kode_kec",),
    ),
    Form(key="plain_indonesian", kode={"kemendagri": "kode"}, names=("nama",)),
    Form(key="plain_english", kode={"kemendagri": "kode"}, names=("name",)),
    Form(key="plain_bps", kode={"bps": "kode_bps"}, names=("nama",), kode_bps="kode_bps", has_official_names=False),
)


def check_system(system: str) -> str:
    """Return `system` if it is one of the code systems; raise BoundaryError `unknown_system`."""
    if system not in SYSTEMS:
        raise BoundaryError("unknown_system", system=system, known=", ".join(SYSTEMS))
    return system


def recognise(columns: Iterable[str], publisher: str) -> Form | None:
    """Return the form of a layer with these columns, or None.

    A publisher that is known has only its own forms and nobody's, so that a file is not credited to the wrong one.
    """
    present = frozenset(columns)
    label = publisher.strip().lower()
    is_known = any(label in form.publishers for form in FORMS)
    for form in FORMS:
        is_allowed = not form.publishers or label in form.publishers or not is_known
        if is_allowed and form.required <= present:
            return form
    return None


def expected_columns(publisher: str) -> str:
    """Return, in words for an error, the columns that a file of `publisher` may have."""
    label = publisher.strip().lower()
    own = [form for form in FORMS if label in form.publishers] or [form for form in FORMS if not form.publishers]
    return "; ".join(f"{form.key}: {', '.join(sorted(form.required))}" for form in own)
