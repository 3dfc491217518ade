"""Named steps of a long command, each printed with the time that it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from dashboard.words import Words
from dashboard.words.lifecycle import STEPS


class Steps:
    """Prints on standard error, so that standard output stays the answer's own."""

    def __init__(self, language: str) -> None:
        self._words = Words(language)
        self._language = language
        self._started = time.perf_counter()

    @contextmanager
    def step(self, name: str, **details: object) -> Iterator[None]:
        """Print a step's name while it runs and its time when it is done; a failed step prints no time."""
        label = STEPS[name][self._language].format(**details)
        is_terminal = sys.stderr.isatty()
        if is_terminal:
            click.echo(f"  {label} ...", err=True, nl=False)
        started = time.perf_counter()
        try:
            yield
        except BaseException:
            if is_terminal:
                click.echo(err=True)
            raise
        seconds = self._words.number(time.perf_counter() - started, 1)
        click.echo(("\r" if is_terminal else "") + f"  {label}: {seconds} s", err=True)

    def present(self, name: str, **details: object) -> None:
        """Print that a step has nothing to do."""
        label = STEPS[name][self._language].format(**details)
        click.echo(f"  {label}: {STEPS['present'][self._language]}", err=True)

    @property
    def total_seconds(self) -> str:
        """Return the time since the first step, in the reader's numbers."""
        return self._words.number(time.perf_counter() - self._started, 1)
