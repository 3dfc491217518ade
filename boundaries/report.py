"""What happened to a boundary file on its way in: counts, and every thing that was found or changed."""

from dataclasses import asdict, dataclass, field, replace

import shapely


@dataclass(frozen=True)
class Issue:
    """One finding: what it is, the code it concerns, areas before and after where geometry was changed.

    `geometry`, in EPSG:4326, shows the place in the file of findings; reports leave it out.
    """

    what: str
    kode: str | None = None
    name: str | None = None
    before_km2: float | None = None
    after_km2: float | None = None
    note: str | None = None
    geometry: shapely.Geometry | None = None


@dataclass
class BoundaryReport:
    """The account of one load; read = kept + rejected + duplicate, and kept counts desa and other areas alike.

    `unlisted_kode` are the codes of all levels that this file brought although the code list does not hold them, and
    `missing_count` the wilayah of the list, in the provinsi that the file draws, that it has no polygon of. `reason`
    names the columns by which the publisher was recognised; `repair_before` and `repair_after` count what was wrong.
    """

    file_name: str
    sha256: str
    publisher: str
    system: str
    vintage: int
    licence: str | None = None
    reason: tuple[str, ...] = ()
    is_fictional: bool = False
    status: str = "loaded"
    source_id: int | None = None
    layers: list[str] = field(default_factory=list)
    finest_level: str | None = None
    read_count: int = 0
    kept_count: int = 0
    rejected_count: int = 0
    duplicate_count: int = 0
    level_counts: dict[str, int] = field(default_factory=dict)
    other_counts: dict[str, int] = field(default_factory=dict)
    area_km2: float = 0.0
    other_area_km2: float = 0.0
    uncoded_count: int = 0
    confirmed_count: int = 0
    restored_count: int = 0
    suggestion_count: int = 0
    missing_count: int = 0
    repair_before: dict[str, float] = field(default_factory=dict)
    repair_after: dict[str, float] = field(default_factory=dict)
    invalid_ring_count: int = 0
    bad_edge_count: int = 0
    is_repaired: bool = False
    repaired_area_change_max_rate: float = 0.0
    repaired_area_change_total_rate: float = 0.0
    sum_error_max_rate: float = 0.0
    tolerance_degree: float = 0.0
    vertex_count: int = 0
    shape_vertex_count: int = 0
    shape_area_change_median_rate: float = 0.0
    shape_area_change_max_rate: float = 0.0
    shape_details: list[dict[str, object]] = field(default_factory=list)
    active_levels: dict[str, list[str]] = field(default_factory=dict)
    unlisted_kode: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    @property
    def issue_counts(self) -> dict[str, int]:
        """Number of findings of each sort."""
        counts: dict[str, int] = {}
        for issue in self.issues:
            counts[issue.what] = counts.get(issue.what, 0) + 1
        return counts

    def as_dict(self) -> dict[str, object]:
        """Return the report as plain values, ready for JSON."""
        issues = [{key: value for key, value in vars(issue).items() if key != "geometry"} for issue in self.issues]
        return {**asdict(replace(self, issues=[])), "issues": issues, "issue_counts": self.issue_counts}


@dataclass
class CodeReport:
    """The account of a code list or a crosswalk: rows read, kept, set aside, and wilayah written by level.

    `unlisted_kode` are the codes that were there before and that the list does not hold.
    """

    file_name: str
    sha256: str
    status: str = "loaded"
    read_count: int = 0
    kept_count: int = 0
    rejected_count: int = 0
    duplicate_count: int = 0
    level_counts: dict[str, int] = field(default_factory=dict)
    unlisted_kode: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        """Return the report as plain values, ready for JSON."""
        return asdict(self)
