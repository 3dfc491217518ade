"""Errors of the geo package: the server, the schema, and files that cannot be loaded."""

from boundaries.errors import PetadesilError


class GeoError(PetadesilError):
    """A database or a data file that cannot serve."""
