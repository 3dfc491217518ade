"""The words of what the field says: estimates with intervals, their reliability, and the models behind them."""

SCREEN = {}

# For each measure: definition, formula, denominator, limits.
CARDS = {}
