"""Errors of the dashboard package: what the program's own doors cannot do, and what a database or a disk refused."""

from boundaries.errors import PetadesilError

# SQLSTATE classes and codes that mean "no server": no state at all, connection exceptions, and one that is starting.
_NO_SERVER = ("08", "57P03")
# A table or column that is not there: the database was made by an older version.
_OLD_SCHEMA = ("42P01", "42703")


class DashboardError(PetadesilError):
    """A port, a tool or an address of the dashboard that cannot serve."""


def of_database(error: Exception) -> DashboardError:
    """Return the sentence's code for an error of SQLAlchemy or psycopg: no server, an earlier schema, or a refusal."""
    original = getattr(error, "orig", None) or error
    state = getattr(original, "sqlstate", None)
    is_operational = any(kind.__name__ == "OperationalError" for kind in type(original).__mro__)
    is_down = state.startswith(_NO_SERVER) if state else is_operational
    reason = first_line(str(original))
    if state in _OLD_SCHEMA:
        return DashboardError("schema_old", reason=reason)
    return DashboardError("database_down" if is_down else "database_refused", reason=reason)


def of_file(error: OSError) -> DashboardError:
    """Return the sentence's code for a file or folder that could not be read or written."""
    named = f"{error.filename}: {error.strerror}" if error.filename else str(error)
    return DashboardError("file_not_written", reason=first_line(named))


def first_line(text: str) -> str:
    """Return the first line of a message, without the full stop that the sentence around it brings."""
    return (text.strip() or "-").splitlines()[0].rstrip(" .")
