"""What the person who sends boundary files states about them; what is left open the files themselves must tell."""

from dataclasses import dataclass, field

from boundaries.errors import BoundaryError
from boundaries.form import Form
from boundaries.levels import Level
from boundaries.publishers import SYSTEMS

AUTO = "auto"


@dataclass(frozen=True)
class Statement:
    """Publisher and code system (or `auto`), year of the boundaries, and what the files may not show themselves.

    `crs` is an authority's code (`EPSG:32748`), `mapping` the layout of a file of no known publisher, `confirmed` the
    kode that a person confirmed for a code or name that had none.
    """

    vintage: int
    publisher: str = AUTO
    system: str = AUTO
    level: Level | None = None
    layer: str | None = None
    licence: str | None = None
    crs: str | None = None
    mapping: Form | None = None
    confirmed: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.system not in (AUTO, *SYSTEMS):
            raise BoundaryError("unknown_system", system=self.system, known=", ".join((AUTO, *SYSTEMS)))
