"""Parts of a printed page that are drawn smaller, all alike, where they would not fit it."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, KeepInFrame

from dashboard.files.print import WIDTH

# Points: more than any page.
ENDLESS = 1e6


def fitted(parts: Sequence[Flowable]) -> Flowable:
    """Return parts that together take what is left of the page at most."""
    return _Fitted(list(parts))


class _Fitted(Flowable):
    def __init__(self, parts: list[Flowable]) -> None:
        super().__init__()
        self.parts, self.scale = KeepInFrame(WIDTH, 0, parts, mode="overflow"), 1.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size that the parts take."""
        self.parts.canv = self.canv
        needed = self.parts.wrap(WIDTH, ENDLESS)[1]
        # A hair less than the room, which is compared again after rounding.
        self.scale = min(1.0, (height - 1) / needed)
        return width, needed * self.scale

    def draw(self) -> None:
        """Draw the parts."""
        self.canv.scale(self.scale, self.scale)
        self.parts.drawOn(self.canv, 0, 0)
