"""The command that brings a verification sample in: load verification."""

import json
from datetime import date
from pathlib import Path

import click

from dashboard.commands.flags import Period, json_option
from dashboard.commands.lifecycle import demo_option, prepare_database
from dashboard.commands.options import refuse_mixing
from dashboard.words import Words
from dashboard.words.reports import LOADING, REASONS, SAMPLE
from geo.config import Settings
from geo.verification_load import load_verification
from geo.verification_read import stated_provinsi
from geo.verification_report import VerificationReport


@click.command(help="Sampel verifikasi satu periode: apa yang ditemukan di lapangan pada keluarga yang terambil.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--period", required=True, type=Period(), help="Bulan register yang diperiksa.")
@click.option("--dry-run", is_flag=True, help="Periksa saja.")
@demo_option
@json_option
@click.pass_obj
def verification(
    settings: Settings, file: Path, period: date, dry_run: bool, demo: bool | None, as_json: bool
) -> None:
    refuse_mixing(file.name, stated_provinsi(file), bool(demo))
    engine = prepare_database(settings, demo=bool(demo))
    report = load_verification(engine, file, period, dry_run=dry_run)
    if as_json:
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False))
    else:
        for line in told(report, Words(settings.language)):
            click.echo(line)


def told(report: VerificationReport, words: Words) -> list[str]:
    """Return the lines that tell a load: its ledger, the reasons of what was set apart, the sample and its warnings."""
    language, number = words.language, words.number
    plain = report.as_dict()
    lines = []
    if report.status in ("already_loaded", "dry_run"):
        lines.append(LOADING[report.status][language].format(period=plain["period"]))
    lines.append(SAMPLE["rows"][language].format(
        period=plain["period"], truth=SAMPLE[f"truth.{report.truth}"][language],
        frame=SAMPLE[f"frame.{report.frame}"][language].format(program=report.program),
        **{name: number(plain[name]) for name in ("rows_in", "kept", "quarantined", "duplicates")},
    ))  # fmt: skip
    for reason, count in report.by_reason.items():
        lines.append(LOADING["reason"][language].format(count=number(count), reason=REASONS[reason][language]))
    counts = {name: number(plain[name]) for name in ("strata", "clusters", "desa", "unregistered")}
    lines.append(SAMPLE["made_of"][language].format(weight_sum=number(report.weight_sum), **counts))
    for code, count in report.warnings.items():
        lines.append(SAMPLE[f"warning.{code}"][language].format(count=number(count)))
    if report.ignored_columns:
        lines.append(LOADING["ignored"][language].format(columns=", ".join(report.ignored_columns)))
    for name in report.replaced if report.status != "already_loaded" else []:
        key = "would_replace" if report.status == "dry_run" else "replaces"
        lines.append(SAMPLE[key][language].format(file=name))
    if report.status == "loaded":
        lines.append(SAMPLE["estimate_next"][language].format(period=plain["period"]))
    return lines
