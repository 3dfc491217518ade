"""Errors of the queries package: a question that the loaded data cannot answer."""

from boundaries.errors import PetadesilError


class QueryError(PetadesilError):
    """An unknown wilayah, level, program or period, or a period without data."""
