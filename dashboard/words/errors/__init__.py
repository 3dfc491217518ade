"""The sentence for each error code: what is wrong, where, and what to do."""

from dashboard.words.errors import boundaries, field, machine, questions, register
from dashboard.words.errors.terms import TERMS

__all__ = ["ERRORS", "TERMS"]

ERRORS = machine.ERRORS | questions.ERRORS | boundaries.ERRORS | register.ERRORS | field.ERRORS
