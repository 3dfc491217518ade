"""What the command prints of loaded boundaries: counts that add up, what was repaired, and every kind of finding."""

from collections.abc import Sequence

import click

from boundaries.report import BoundaryReport
from dashboard.words import Words, one_line
from dashboard.words.boundaries import BOUNDARIES, ISSUES, REPAIRS
from geo.boundary_sources import BoundarySource

_SHOWN_ISSUES = 8


def issue_words(language: str) -> dict[str, str]:
    """Return the sentence of every kind of finding."""
    return {what: sentence[language] for what, sentence in ISSUES.items()}


def tell_report(report: BoundaryReport, words: Words) -> None:
    """Print the account of one load."""
    language = words.language
    for key, details in _lines(report, words):
        click.echo(one_line(BOUNDARIES[key][language].format(**details)))
    for level, codes in report.active_levels.items():
        click.echo(BOUNDARIES["in_force"][language].format(
            level=words(f"level.{level}"), count=words.number(len(codes)), provinsi=", ".join(codes),
        ))  # fmt: skip
    for what, count in report.issue_counts.items():
        label = ISSUES.get(what, {}).get(language, what)
        click.echo(BOUNDARIES["issue"][language].format(what=label, count=words.number(count)))
        shown = [issue for issue in report.issues if issue.what == what][:_SHOWN_ISSUES]
        click.echo("      " + ", ".join(_one(issue) for issue in shown))


def tell_sources(sources: Sequence[BoundarySource], words: Words) -> None:
    """Print every source that is kept, and where it is in force."""
    if not sources:
        click.echo(BOUNDARIES["no_source"][words.language])
    for source in sources:
        counts = source.level_counts.items()
        levels = ", ".join(f"{words.number(count)} {words(f'level.{level.name}')}" for level, count in counts)
        click.echo(BOUNDARIES["source"][words.language].format(
            id=source.id, file=one_line(source.file_name), publisher=source.publisher, vintage=source.vintage,
            levels=levels, licence=source.licence or "-",
        ))  # fmt: skip
        for level, codes in source.active.items():
            click.echo(BOUNDARIES["in_force"][words.language].format(
                level=words(f"level.{level.name}"), count=words.number(len(codes)), provinsi=", ".join(codes),
            ))  # fmt: skip
        if not source.active:
            click.echo(BOUNDARIES["not_in_force"][words.language])


def _one(issue) -> str:
    text = f"{issue.kode or '-'} {issue.name or ''}".strip()
    return str(one_line(f"{text} ({issue.note})" if issue.note else text))


def _lines(report: BoundaryReport, words: Words) -> list[tuple[str, dict]]:
    number = words.number
    levels = ", ".join(f"{number(count)} {name}" for name, count in report.level_counts.items() if count)
    others = ", ".join(f"{number(count)} {name}" for name, count in report.other_counts.items() if count) or "0"
    head = {"loaded": "loaded", "already_loaded": "already_loaded"}.get(report.status, "checked")
    lines = [
        (head, {"file": report.file_name}),
        ("recognised", {"publisher": report.publisher, "system": report.system, "reason": ", ".join(report.reason)}),
        ("counts", {"read": number(report.read_count), "kept": number(report.kept_count),
                    "rejected": number(report.rejected_count), "duplicates": number(report.duplicate_count)}),
        ("levels", {"levels": levels, "others": others}),
        ("codes_told", {"uncoded": number(report.uncoded_count), "restored": number(report.restored_count),
                        "confirmed": number(report.confirmed_count), "suggested": number(report.suggestion_count),
                        "missing": number(report.missing_count)}),
        ("area", {"area": number(report.area_km2, 1), "other": number(report.other_area_km2, 1),
                  "error": f"{report.sum_error_max_rate:.1e}"}),
        ("repair", {"change": words.percent(report.repaired_area_change_max_rate, 2)}),
    ]  # fmt: skip
    for key, before in report.repair_before.items():
        after = report.repair_after.get(key, 0)
        if before or after:
            decimals = 3 if key.endswith("_km2") else 0
            lines.append(("repaired", {"what": REPAIRS[key][words.language], "before": number(before, decimals),
                                       "after": number(after, decimals)}))  # fmt: skip
    for detail in report.shape_details:
        lines.append(("shapes", {
            "detail": BOUNDARIES[f"detail_{detail['detail']}"][words.language],
            "level": words(f"level.{detail['level']}"),
            "tolerance": words.number(detail["tolerance_degree"], 5), "vertices": number(detail["vertex_count"]),
            "kept": number(detail["kept_count"]), "change": words.percent(detail["change_max_rate"], 1),
        }))  # fmt: skip
    return lines
