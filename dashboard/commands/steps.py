"""Steps of a long command: each printed with the time that it took, or a bar that says how far the whole is."""

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

class Progress:
    """Shows how far a long load is: a bar on a terminal, elsewhere a line for each step with the time that it took."""

    _WIDTH = 28

    def __init__(self, language: str) -> None:
        self._words = Words(language)
        self._language = language
        self._is_terminal = sys.stderr.isatty()
        self._step: str | None = None
        self._started = time.perf_counter()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *failure: object) -> None:
        if self._step is not None:
            self._finish(1.0 if failure[0] is None else None)

    def __call__(self, step: str, done: float) -> None:
        """Say that `step` goes on, and that `done` (0 to 1) of the whole is behind it."""
        if step != self._step and not self._is_terminal and self._step is not None:
            self._finish(done)
        if step != self._step:
            self._step, self._started = step, time.perf_counter()
        if self._is_terminal:
            self._draw(done)

    def _draw(self, done: float) -> None:
        filled = round(self._WIDTH * done)
        bar = "█" * filled + "░" * (self._WIDTH - filled)
        label = STEPS[self._step][self._language]
        click.echo(f"\r  {bar} {self._words.percent(done, 0):>6}  {label:<40}", err=True, nl=False)

    def _finish(self, done: float | None) -> None:
        if self._is_terminal:
            if done is not None:
                self._draw(done)
            click.echo(err=True)
        elif done is not None:
            seconds = self._words.number(time.perf_counter() - self._started, 1)
            click.echo(f"  {STEPS[self._step][self._language]}: {seconds} s", err=True)
