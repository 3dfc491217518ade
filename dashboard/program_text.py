"""What the page and the command say of a program of the catalogue: amounts, whom it is for, when, each as text."""

from datetime import date

from dashboard.words import ABSENT, Words
from queries.program_catalogue import CatalogueBenefit, CatalogueEntry, CatalogueRule

HEADS = ("program", "target", "benefit", "unit", "dates", "measured", "kind", "funding")


def exact_rupiah(amount: int, words: Words) -> str:
    """Return an amount with all its digits: a rule's own, never one in millions."""
    prefix = "Rp" if words.language == "id" else "IDR"
    return f"{prefix}\N{NO-BREAK SPACE}{words.number(amount)}"


def month_and_year(day: date, words: Words) -> str:
    """Return a day as `Apr 2021`."""
    return f"{words.month(day, short=True)} {day.year}"


def dates_of(first: date, last: date | None, words: Words) -> str:
    """Return from when to when something holds: `Apr 2021 – kini`, or one month."""
    start = month_and_year(first, words)
    end = words("catalogue.now") if last is None else month_and_year(last, words)
    return start if start == end else f"{start} – {end}"


def target_of(rule: CatalogueRule, words: Words) -> str:
    """Return whom a rule means in two words: its desil, or what it goes by instead."""
    if rule.limits is None:
        return words(f"catalogue.basis.{rule.basis}")
    low, high = rule.limits
    return words.desil(tuple(range(low, high + 1)))


def benefit_of(entry: CatalogueEntry, words: Words) -> str:
    """Return what one unit or member receives in a year: an amount, the least and the most, or that it is not fixed."""
    if not entry.benefits:
        return words("catalogue.no_benefit")
    amounts = sorted({benefit.amount_idr for benefit in entry.benefits if benefit.amount_idr is not None})
    if not amounts:
        return words("catalogue.no_amount")
    if len(amounts) == 1:
        return exact_rupiah(amounts[0], words)
    return f"{exact_rupiah(amounts[0], words)} – {words.number(amounts[-1])}"


def measured_of(entry: CatalogueEntry, words: Words) -> str:
    """Return since when registers hold recipients, or why none does."""
    if entry.is_measured:
        return words("catalogue.measured.since", month=month_and_year(entry.measured_from, words))
    return words("catalogue.measured.none" if entry.rule.basis == "register" else "catalogue.measured.never")


def row_of(entry: CatalogueEntry, words: Words) -> dict[str, str]:
    """Return a program's line of the catalogue's table, by HEADS."""
    last = None if any(rule.valid_to is None for rule in entry.rules) else max(rule.valid_to for rule in entry.rules)
    return {
        "program": entry.name,
        "target": target_of(entry.rule, words),
        "benefit": benefit_of(entry, words),
        "unit": words(f"catalogue.unit.{entry.unit}"),
        "dates": dates_of(min(rule.valid_from for rule in entry.rules), last, words),
        "measured": measured_of(entry, words),
        "kind": words(f"catalogue.kind.{entry.kind}"),
        "funding": entry.rule.funding,
    }


def in_force_first(entries: list[CatalogueEntry]) -> list[CatalogueEntry]:
    """Return the programs in force on the catalogue's day, then the others; each in the order of the catalogue."""
    return sorted(entries, key=lambda entry: not entry.is_in_force)


def note_of(row: CatalogueRule | CatalogueBenefit, words: Words) -> str:
    """Return a rule's or a benefit's note in the reader's language as a sentence's start, empty where it has none."""
    note = row.note_id if words.language == "id" else row.note_en
    return note[:1].upper() + note[1:]


def conditions_of(rule: CatalogueRule, words: Words) -> list[str]:
    """Return whom a rule means, a line for each condition."""
    if rule.limits is None:
        return [words(f"catalogue.meant.{rule.basis}")]
    lines = [words("catalogue.meant.desil", desil=target_of(rule, words))]
    if rule.components:
        names = [words(f"catalogue.component.{name}") for name in rule.components]
        lines.append(words("catalogue.meant.components", components=", ".join(names)))
    if rule.excluded_adminduk:
        names = [words(f"catalogue.excluded.{name}") for name in rule.excluded_adminduk]
        lines.append(words("catalogue.meant.excluded", excluded=", ".join(names)))
    if rule.wilayah_kinds:
        kinds = [words(f"catalogue.where.{kind}") for kind in rule.wilayah_kinds]
        lines.append(words("catalogue.meant.kinds", kinds=_listed(kinds, words)))
    else:
        lines.append(words("catalogue.meant.everywhere"))
    return lines


def benefit_lines(entry: CatalogueEntry, words: Words) -> list[tuple[str, str, str]]:
    """Return for each benefit: who receives it, how much, and up to how many in one family."""
    lines = []
    for benefit in entry.benefits:
        unit = words(f"catalogue.unit.{entry.unit}")
        whom = words(f"catalogue.component.{benefit.component}") if benefit.component else unit
        amount = (words("catalogue.no_amount") if benefit.amount_idr is None
                  else exact_rupiah(benefit.amount_idr, words))  # fmt: skip
        # A family is paid once as a matter of course; only a member's cap says something.
        most = words("catalogue.most", count=benefit.max_count) if benefit.max_count and benefit.component else ABSENT
        lines.append((words("catalogue.each", unit=whom), amount, most))
    return lines


def _listed(names: list[str], words: Words) -> str:
    if len(names) == 1:
        return names[0]
    return words("catalogue.and", first=", ".join(names[:-1]), last=names[-1])
