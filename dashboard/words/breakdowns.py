"""The words of the register's breakdowns and of what would be under another rule or register."""

SCREEN = {}

# For each measure: definition, formula, denominator, limits.
CARDS = {}
