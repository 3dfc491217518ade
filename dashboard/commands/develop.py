"""Commands for those who change the program: test, lint, bench."""

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from importlib.util import find_spec
from pathlib import Path

import click

from dashboard.errors import DashboardError
from dashboard.words.lifecycle import LIFECYCLE
from geo.config import Settings, is_continuous_integration

_PASS_ON = {"ignore_unknown_options": True, "help_option_names": []}
_FAILED_BY_SKIPS = 1
# A file's tests stay together, since they share what they set up; `-n0` among the words runs all in one process.
_SIDE_BY_SIDE = ("--numprocesses=auto", "--dist=loadfile")


@click.command(help="Seluruh uji; kata sesudahnya diteruskan ke pytest.", context_settings=_PASS_ON)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def test(ctx: click.Context, arguments: tuple[str, ...]) -> None:
    settings: Settings = ctx.obj
    _need("pytest", "test")
    with tempfile.TemporaryDirectory(prefix="petadesil-") as folder:
        report = Path(folder) / "report.xml"
        code = _run(settings, "-m", "pytest", f"--junitxml={report}", *_SIDE_BY_SIDE, *arguments)
        if code == 0 and is_continuous_integration():
            skipped = skipped_tests(report)
            if skipped:
                sentence = LIFECYCLE["skipped"][settings.language]
                click.echo(sentence.format(count=len(skipped), names=", ".join(skipped)), err=True)
                code = _FAILED_BY_SKIPS
    ctx.exit(code)


@click.command(help="Gaya penulisan (ruff) dan arah impor (import-linter).")
@click.pass_context
def lint(ctx: click.Context) -> None:
    settings: Settings = ctx.obj
    for name in ("ruff", "importlinter"):
        _need(name, "lint")
    style = _run(settings, "-m", "ruff", "check", ".")
    direction = _run(settings, "-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())")
    ctx.exit(style or direction)


@click.command(help="Tolok ukur berdampingan; kata sesudahnya diteruskan.", context_settings=_PASS_ON)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def bench(ctx: click.Context, arguments: tuple[str, ...]) -> None:
    ctx.exit(_run(ctx.obj, "-m", "bench", *arguments))


def skipped_tests(report: Path) -> list[str]:
    """Return the names of the tests that a JUnit report says were left out; an expected failure was not."""
    return [
        case.get("name", "?")
        for case in ElementTree.parse(report).iter("testcase")
        if any(skip.get("type") != "pytest.xfail" for skip in case.findall("skipped"))
    ]


def _need(module: str, command: str) -> None:
    if find_spec(module) is None:
        raise DashboardError("tool_missing", name=module, command=command)


def _run(settings: Settings, *arguments: str) -> int:
    # The project's own folder, wherever the caller stands: the tools read their settings from it.
    return subprocess.run([sys.executable, *arguments], cwd=settings.project_root).returncode
