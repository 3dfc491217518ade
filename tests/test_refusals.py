"""What a server, a database or a disk refuses becomes one sentence with its reason, and never a stack trace."""

import click
import psycopg
import pytest
from click.testing import CliRunner
from sqlalchemy import exc

from dashboard import cli
from dashboard.errors import of_database, of_file


def refused(kind, message, wrapped=exc.OperationalError):
    return wrapped("SELECT 1", {}, kind(message))


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (psycopg.OperationalError, "database_down"),
        (psycopg.errors.ConnectionFailure, "database_down"),
        (psycopg.errors.CannotConnectNow, "database_down"),
        (psycopg.errors.DiskFull, "database_refused"),
        (psycopg.errors.UndefinedFile, "database_refused"),
        (psycopg.errors.InvalidPassword, "database_refused"),
        (psycopg.errors.QueryCanceled, "database_refused"),
        (psycopg.errors.UniqueViolation, "database_refused"),
        (psycopg.errors.UndefinedTable, "schema_old"),
        (psycopg.errors.UndefinedColumn, "schema_old"),
    ],
)
def test_only_a_server_that_is_not_there_is_called_unreachable(kind, code):
    assert of_database(refused(kind, "first line.\nsecond line")).code == code
    assert of_database(kind("first line.\nsecond line")).details == {"reason": "first line"}


def test_an_error_of_a_file_names_it():
    failure = of_file(PermissionError(13, "Permission denied", "out/FIKTIF.parquet"))
    assert failure.details["reason"] == "out/FIKTIF.parquet: Permission denied"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (refused(psycopg.errors.DiskFull, "could not extend file: No space left on device"), "No space left on device"),
        (refused(psycopg.errors.UniqueViolation, "duplicate key", exc.IntegrityError), "duplicate key"),
        (refused(psycopg.errors.UndefinedTable, 'relation "x" does not exist', exc.ProgrammingError), "does not exist"),
        (psycopg.errors.DiskFull("could not write"), "could not write"),
        (PermissionError(13, "Permission denied", "out"), "out: Permission denied"),
    ],
)
def test_a_command_that_is_refused_says_so_in_one_line(monkeypatch, error, words):
    @click.command()
    def failing():
        raise error

    monkeypatch.setattr(cli.CommandGroup, "get_command", lambda self, ctx, name: failing)
    done = CliRunner().invoke(cli.main, ["status"], prog_name="petadesil")
    assert done.exit_code == 1
    assert words in done.stderr and len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.output


def test_a_fault_of_the_program_itself_is_not_hidden(monkeypatch):
    @click.command()
    def failing():
        raise KeyError("x")

    monkeypatch.setattr(cli.CommandGroup, "get_command", lambda self, ctx, name: failing)
    assert isinstance(CliRunner().invoke(cli.main, ["status"], prog_name="petadesil").exception, KeyError)
