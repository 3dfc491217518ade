"""The account of a verification sample's load: what became of every row, and what the sample is made of."""

from dataclasses import dataclass, field
from datetime import date


@dataclass
class VerificationReport:
    """What became of every row: rows_in = kept + quarantined + duplicates. Counts of the sample are of kept rows.

    `warnings` holds what was accepted and should be known: the code of each with its count.
    """

    period: date
    truth: str = ""
    frame: str = ""
    program: str | None = None
    status: str = "loaded"
    file_name: str = ""
    rows_in: int = 0
    kept: int = 0
    quarantined: int = 0
    duplicates: int = 0
    by_reason: dict[str, int] = field(default_factory=dict)
    strata: int = 0
    clusters: int = 0
    desa: int = 0
    unregistered: int = 0
    weight_sum: float = 0.0
    lonely_clusters: int = 0
    warnings: dict[str, int] = field(default_factory=dict)
    ignored_columns: list[str] = field(default_factory=list)
    provinsi: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)

    def as_dict(self) -> dict:
        """Return the report as plain values."""
        return {**vars(self), "period": f"{self.period:%Y-%m}"}
