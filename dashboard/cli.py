"""The command `petadesil`: finds a command when it is named, and puts every foreseen failure into one sentence."""

import dataclasses
import sys

import click

from boundaries.errors import PetadesilError
from dashboard.commands.lazy import LazyGroup
from dashboard.errors import DashboardError, of_database, of_file
from dashboard.words import LANGUAGES, Words
from dashboard.words.lifecycle import GROUP_HELP
from geo.config import read_settings

# Each command's module is read only when it is called.
COMMANDS = {
    "up": "lifecycle:up",
    "down": "lifecycle:down",
    "status": "lifecycle:status",
    "demo": "lifecycle:demo",
    "serve": "lifecycle:serve",
    "doctor": "lifecycle:doctor",
    "load": "load:load",
    "boundaries": "boundaries:boundaries",
    "synth": "register:synth",
    "cubes": "register:cubes",
    "estimate": "estimate:estimate",
    "sample": "sample:sample",
    "plan": "plan:plan",
    "scenario": "scenario:scenario",
    "query": "ask:query",
    "check": "ask:check",
    "programs": "catalogue:programs",
    "test": "develop:test",
    "lint": "develop:lint",
    "bench": "develop:bench",
}


class CommandGroup(LazyGroup):
    """The group of all commands, whose failures become sentences here and nowhere else."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except PetadesilError as error:
            sentence = _words(ctx).error(error.code, **error.details)
        except click.UsageError as error:
            misuse = _misuse_of(error, ctx)
            click.echo(_words(ctx).error(misuse.code, **misuse.details), err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            # Whoever reads the output went away; click itself knows what to do.
            raise
        except Exception as error:
            failure = _failure_of(error)
            if failure is None:
                raise
            sentence = _words(ctx).error(failure.code, **failure.details)
        click.echo(sentence, err=True)
        ctx.exit(1)


def _failure_of(error: Exception) -> DashboardError | None:
    if isinstance(error, OSError):
        return of_file(error)
    # A command that never loaded SQLAlchemy cannot have failed through it, and should not wait for it here.
    for module, family in (("sqlalchemy.exc", "DBAPIError"), ("psycopg", "Error")):
        if module in sys.modules and isinstance(error, getattr(sys.modules[module], family)):
            return of_database(error)
    return None


def _misuse_of(error: click.UsageError, ctx: click.Context) -> DashboardError:
    """Return the sentence's code for words that a command does not take: click's own are in English only."""
    help_line = f"{(error.ctx or ctx).command_path} --help"
    if isinstance(error, click.NoSuchOption):
        return DashboardError("usage_option", option=error.option_name, help=help_line)
    param = getattr(error, "param", None)
    if param is None:
        return DashboardError("usage", help=help_line)
    name = param.opts[-1] if isinstance(param, click.Option) else (param.metavar or param.human_readable_name)
    if isinstance(error, click.MissingParameter):
        return DashboardError("usage_missing", name=name, help=help_line)
    accepted = ", ".join(param.type.choices) if isinstance(param.type, click.Choice) else param.type.name
    return DashboardError("usage_value", name=name, accepted=accepted, help=help_line)


def _words(ctx: click.Context) -> Words:
    language = ctx.params.get("lang") or getattr(ctx.obj, "language", "id")
    return Words(language)


@click.group(
    cls=CommandGroup, places=COMMANDS, help=GROUP_HELP, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option("--lang", type=click.Choice(LANGUAGES), help="Bahasa pesan / language of messages (PETADESIL_LANG).")
@click.version_option(package_name="petadesil", prog_name="petadesil")
@click.pass_context
def main(ctx: click.Context, lang: str | None) -> None:
    settings = read_settings()
    ctx.obj = dataclasses.replace(settings, language=lang) if lang else settings


if __name__ == "__main__":
    main(prog_name="petadesil")
