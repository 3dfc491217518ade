"""The description of one layout of a boundary layer, and of the levels that one layout can hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from boundaries.levels import Level


@dataclass(frozen=True)
class Form:
    """One layout of a layer: which column holds what.

    `kode` names the column of each code system (`kemendagri`, `bps`, and `iso` for a provinsi's ISO 3166-2 code);
    `names` the columns of the name (the first that is filled counts), `upper_names` and `upper_kode` those of the
    wilayah above. Forms of one `family` are the levels that one table can hold. A form without publishers is
    anybody's. `has_official_names` says that names follow the Kemendagri list, so that they replace names known before.
    `own_id` numbers a row where it has no code; `area` is the column of a stated area and the km2 of its unit;
    `label` the columns of a stated label point, longitude first; `missing` the texts that mean no value; `level_value`
    the column and the value by which each row states its level. A form that does not need a kode may be all names.
    """

    key: str
    kode: Mapping[str, str]
    names: tuple[str, ...]
    level: Level | None = None
    is_other: bool = False
    publishers: tuple[str, ...] = ()
    kode_bps: str | None = None
    upper_names: Mapping[Level, str] = field(default_factory=dict)
    marks: tuple[str, ...] = ()
    has_official_names: bool = True
    family: str | None = None
    upper_kode: Mapping[Level, Mapping[str, str]] = field(default_factory=dict)
    own_id: str | None = None
    area: tuple[str, float] | None = None
    label: tuple[str, str] | None = None
    missing: tuple[str, ...] = ()
    level_value: tuple[str, str] | None = None
    needs_kode: bool = True

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read; all others stay in the file."""
        wanted = [*self.kode.values(), *self.names, *self.upper_names.values()]
        wanted += [column for kode in self.upper_kode.values() for column in kode.values()]
        wanted += [column for column in (self.kode_bps, self.own_id) if column]
        wanted += [self.area[0]] if self.area else []
        wanted += list(self.label or ())
        wanted += [self.level_value[0]] if self.level_value else []
        return tuple(dict.fromkeys(wanted))

    def kode_column(self, system: str) -> str | None:
        """Return the column that holds codes of `system`; fictional codes stand where Kemendagri's do."""
        return self.kode.get("kemendagri" if system == "fiktif" else system)


@dataclass(frozen=True)
class Part:
    """The columns of one level within a family."""

    kode: Mapping[str, str]
    names: tuple[str, ...]
    own_id: str | None = None
    area: tuple[str, float] | None = None
    marks: tuple[str, ...] = ()
    level_value: tuple[str, str] | None = None


def family(key: str, publisher: str, parts: Mapping[Level, Part], **common: object) -> tuple[Form, ...]:
    """Return one form for each level of a family, finest first; each knows the columns of the levels above it."""
    forms = []
    for level in sorted(parts, reverse=True):
        part = parts[level]
        above = [upper for upper in sorted(parts, reverse=True) if upper < level]
        forms.append(
            Form(
                key=f"{key}_{level.name}",
                family=key,
                publishers=(publisher,),
                level=level,
                kode=part.kode,
                names=part.names,
                kode_bps=part.kode.get("bps"),
                # A level that shares its name column with this one cannot tell the name above.
                upper_names={u: parts[u].names[0] for u in above if parts[u].names[0] not in part.names},
                upper_kode={u: parts[u].kode for u in above if parts[u].kode},
                own_id=part.own_id,
                area=part.area,
                marks=part.marks,
                level_value=part.level_value,
                has_official_names=False,
                **common,
            )
        )
    return tuple(forms)
