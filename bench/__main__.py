"""Runs the benchmarks that are named, or all, and prints name, ours, the other, ratio and aim."""

import json
import os
import platform
import sys

import click

from bench import cubes, reads, simulation, small_area, wire
from bench.ground import prepared
from bench.result import BenchResult

BENCHMARKS = {
    "cubes": cubes.run, "queries": reads.run, "wire": wire.run, "small-areas": small_area.run,
    "simulation": simulation.run,
}


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(list(BENCHMARKS)))
@click.option("--size", default=1_000_000, show_default=True, help="Households of the register.")
@click.option("--json", "as_json", is_flag=True)
def main(names: tuple[str, ...], size: int, as_json: bool) -> None:
    """Exit with 1 when a ratio is above its aim."""
    results: list[BenchResult] = []
    with prepared(size) as ground:
        for name in names or BENCHMARKS:
            for result in BENCHMARKS[name](ground):
                results.append(result)
                if not as_json:
                    click.echo(result.line())
    machine = {"cpus": os.cpu_count(), "machine": platform.machine(), "python": platform.python_version()}
    if as_json:
        click.echo(json.dumps({"machine": machine, "size": size, "results": [r.as_dict() for r in results]}))
    else:
        click.echo(f"{machine['cpus']} cpus, {machine['machine']}, Python {machine['python']}, {size} households")
    sys.exit(any(not result.meets_its_aim for result in results))


if __name__ == "__main__":
    main()
