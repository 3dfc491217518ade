"""The account of a register's load: what became of every row of every file."""

from dataclasses import dataclass, field
from datetime import date


@dataclass
class RegisterReport:
    """What became of every row of a load: rows in = kept + quarantined + duplicates, for each file and in all."""

    period: date
    scheme: str
    status: str = "loaded"
    files: list[dict] = field(default_factory=list)
    by_reason: dict[str, int] = field(default_factory=dict)
    ignored_columns: list[str] = field(default_factory=list)
    outside_register_count: int = 0
    outside_programs: list[str] = field(default_factory=list)
    point_elsewhere_count: int = 0
    quota_below_count: int = 0
    ended_count: int = 0
    stated_desa_count: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    def as_dict(self) -> dict:
        """Return the report as plain values, with the sums over the files."""
        sums = {
            name: sum(entry[name] for entry in self.files)
            for name in ("rows_in", "kept", "quarantined", "duplicates")
        }
        return sums | {
            "by_reason": self.by_reason, "period": self.period.isoformat()[:7], "scheme": self.scheme,
            "status": self.status, "files": self.files, "ignored_columns": self.ignored_columns,
            "outside_register_count": self.outside_register_count,
            "point_elsewhere_count": self.point_elsewhere_count, "quota_below_count": self.quota_below_count,
            "ended_count": self.ended_count, "stated_desa_count": self.stated_desa_count,
            "seconds": self.seconds,
        }
