"""Rupiah as people write them: read with or without separators and magnitudes, and written in full and in short."""

import re

import streamlit as st

from dashboard.words import Words

MAGNITUDES = {
    "": 1, "ribu": 10**3, "rb": 10**3, "thousand": 10**3, "k": 10**3, "juta": 10**6, "jt": 10**6, "million": 10**6,
    "mn": 10**6, "miliar": 10**9, "milyar": 10**9, "m": 10**9, "billion": 10**9, "bn": 10**9, "triliun": 10**12,
    "t": 10**12, "trillion": 10**12,
}  # fmt: skip
MOST_DIGITS = 16
_AMOUNT = re.compile(r"(?:rp\.?|idr)?\s*([0-9][0-9.,\s]*?)\s*([a-z]*)", flags=re.IGNORECASE)
_IN_THOUSANDS = re.compile(r"[0-9]{1,3}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*")
_WITH_FRACTION = re.compile(r"([0-9]+)[.,]([0-9]{1,3})")
# Written in front of an amount; it survives the end of the run in which it was typed.
UNREAD = "budget_unread"


def read_amount(text: str, language: str = "id") -> int | None:
    """Return the whole rupiah that a text stands for: `25.000.000.000`, `Rp 25 miliar`, `2,5 juta`, `5000 jt`.

    A separator before groups of three digits parts thousands; one before one to three digits is the decimal sign of an
    amount with a magnitude, where no thousands are meant (`2.500 juta` is 2,500 million). `25 m` is 25 miliar, and in
    English 25 million. None for what is no amount, has parts of a rupiah, or more than 16 digits.
    """
    found = _AMOUNT.fullmatch(text.replace("\N{NO-BREAK SPACE}", " ").strip())
    if not found or found[2].lower() not in MAGNITUDES:
        return None
    number, magnitude = found[1].strip(), found[2].lower()
    unit = 10**6 if magnitude == "m" and language == "en" else MAGNITUDES[magnitude]
    if number.isdecimal():
        whole, fraction = number, ""
    elif _IN_THOUSANDS.fullmatch(number):
        whole, fraction = re.sub("[., ]", "", number), ""
    elif (parts := _WITH_FRACTION.fullmatch(number)) and unit > 1:
        whole, fraction = parts.groups()
    else:
        return None
    amount, rest = divmod(int(whole + fraction) * unit, 10 ** len(fraction))
    return None if rest or len(str(amount)) > MOST_DIGITS else amount


def full(words: Words, amount: int) -> str:
    """Return every rupiah of an amount: `Rp 5.000.000.000`."""
    return words("planner.rupiah", amount=words.number(amount))


def short(words: Words, amount: int) -> str:
    """Return an amount in short, with decimals only where it has some: `Rp 25 miliar`, `Rp 2,5 miliar`."""
    unit, name = words.magnitude(amount)
    scaled = amount / unit
    digits = next((digits for digits in (0, 1, 2) if round(scaled, digits) == scaled), 2)
    return words("planner.rupiah", amount=words.number(scaled, digits) + name)


def at_least(words: Words, amount: int) -> str:
    """Return an amount in short that is not below it: two decimals, rounded up."""
    step = max(1, int(words.magnitude(amount)[0]) // 100)
    return short(words, -(-amount // step) * step)


def unread(words: Words) -> None:
    """Say which amount could not be read, once: the value before is kept."""
    told = st.session_state.pop(UNREAD, None)
    if told:
        field, text = told
        st.warning(words("plan.unread", field=field, text=text.replace("`", "'")[:60]),
                   icon=":material/edit:")  # fmt: skip
