"""Who may see exact figures: until there are accounts, nobody, unless every household is fictional."""

from queries.errors import QueryError
from queries.scope import Disclosure
from queries.wilayah import DataState


def may_be_exact(state: DataState) -> bool:
    """Tell whether every loaded register is fictional."""
    return all(source.is_fictional for source in state.sources if source.kind == "register")


def allowed_disclosure(state: DataState, asked: str | None, setting: str | None) -> Disclosure:
    """Return how figures are shown, from what a reader asks for and what the server is set to (each may be None).

    `published` is always granted, `exact` on fictional households only, where it is also the default. Raises
    QueryError `exact_not_allowed`.
    """
    if "published" in (asked, setting):
        return "published"
    if may_be_exact(state):
        return "exact"
    if "exact" in (asked, setting):
        raise QueryError("exact_not_allowed")
    return "published"
