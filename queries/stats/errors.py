"""The error family of the statistics: a code and its details, put into words where a reader meets it."""


class StatisticsError(ValueError):
    """Input that a statistic cannot be computed from."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code, details)
        self.code = code
        self.details = details
