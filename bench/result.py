"""One comparison: ours and the other's figure, their ratio, and the aim that the ratio should not pass."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class BenchResult:
    """`ours` and `other` are in `unit`; a ratio at or under `aim` is good."""

    name: str
    ours: float
    other_name: str
    other: float
    aim: float
    unit: str = "s"
    note: str = ""

    @property
    def ratio(self) -> float:
        """Return ours / other."""
        return self.ours / self.other

    @property
    def meets_its_aim(self) -> bool:
        """Tell whether the ratio is at or under its aim."""
        return self.ratio <= self.aim

    def line(self) -> str:
        """Return the comparison as a line of text."""
        sign = "ok" if self.meets_its_aim else "--"
        return (
            f"{sign}  {self.name}: {self.ours:.4g} {self.unit}, {self.other_name} {self.other:.4g} {self.unit},"
            f" ratio {self.ratio:.2g} (aim {self.aim:g})" + (f"; {self.note}" if self.note else "")
        )

    def as_dict(self) -> dict:
        """Return plain values, under the names that readers of the JSON rely on."""
        plain = asdict(self)
        return {
            "name": self.name, "ours_s": self.ours, "other": self.other_name, "other_s": self.other,
            "ratio": round(self.ratio, 4), "aim": self.aim, "unit": plain["unit"], "note": plain["note"],
        }
