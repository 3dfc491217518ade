"""Errors of the dashboard package: what the program's own doors cannot do."""

from boundaries.errors import PetadesilError


class DashboardError(PetadesilError):
    """A port, a tool or an address of the dashboard that cannot serve."""
