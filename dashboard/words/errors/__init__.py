"""The sentence for each error code: what is wrong, where, and what to do."""

from dashboard.words.errors import (
    boundaries,
    field,
    machine,
    plan,
    questions,
    register,
    scenario,
    shock,
    sources,
    terms,
    upload,
)

__all__ = ["ERRORS", "TERMS"]

ERRORS = (
    machine.ERRORS | questions.ERRORS | boundaries.ERRORS | register.ERRORS | field.ERRORS | plan.ERRORS
    | scenario.ERRORS | shock.ERRORS | upload.ERRORS | sources.ERRORS
)
TERMS = terms.TERMS | plan.TERMS | scenario.TERMS
