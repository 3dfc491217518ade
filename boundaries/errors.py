"""Errors of the boundaries package: a code and details, put into the reader's words at the top of the house."""


class PetadesilError(Exception):
    """A foreseen failure.

    `code` names the sentence in the dashboard's words (Indonesian and English); `details` fills its blanks.
    Nothing is half done when one is raised.
    """

    def __init__(self, code: str, **details: object) -> None:
        self.code = code
        self.details = details
        super().__init__(f"{code}: " + ", ".join(f"{key}={value}" for key, value in details.items()))


class BoundaryError(PetadesilError):
    """A code, a level or a boundary file that cannot be taken as it is."""
