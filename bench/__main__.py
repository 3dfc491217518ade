"""Runs the benchmarks that are named, or all, and prints name, ours, the other, ratio and aim."""

import json
import os
import platform
import sys
from contextlib import nullcontext

import click

from bench import allocation, boundaries, cubes, points, reads, simulation, small_area, wire
from bench.ground import prepared
from bench.peer import PeerUnavailable
from bench.result import BenchResult

BENCHMARKS = {
    "cubes": cubes.run, "queries": reads.run, "wire": wire.run, "small-areas": small_area.run,
    "simulation": simulation.run, "allocation": allocation.run, "points": points.run, "boundaries": boundaries.run,
}
_NEED_NO_GROUND = {"small-areas", "allocation", "points", "boundaries"}


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(list(BENCHMARKS)))
@click.option("--size", default=1_000_000, show_default=True, help="Households of the register.")
@click.option("--json", "as_json", is_flag=True)
def main(names: tuple[str, ...], size: int, as_json: bool) -> None:
    """Exit with 1 when a ratio is above its aim, or when a peer to compare with is lacking."""
    results: list[BenchResult] = []
    chosen, is_complete = names or tuple(BENCHMARKS), True
    needs_ground = not _NEED_NO_GROUND.issuperset(chosen)
    with prepared(size) if needs_ground else nullcontext() as ground:
        for name in chosen:
            try:
                for result in BENCHMARKS[name](ground):
                    results.append(result)
                    if not as_json:
                        click.echo(result.line())
            except PeerUnavailable as lacking:
                is_complete = False
                click.echo(f"--  {name}, not compared: {lacking}", err=True)
    machine = {"cpus": os.cpu_count(), "machine": platform.machine(), "python": platform.python_version()}
    # A register that was not made has no size.
    households = size if needs_ground else None
    if as_json:
        click.echo(json.dumps({"machine": machine, "size": households, "results": [r.as_dict() for r in results]}))
    else:
        ground_size = f", {households} households" if households else ""
        click.echo(f"{machine['cpus']} cpus, {machine['machine']}, Python {machine['python']}{ground_size}")
    sys.exit(not (is_complete and all(result.meets_its_aim for result in results)))


if __name__ == "__main__":
    main()
