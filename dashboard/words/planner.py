"""The words of the sample planner."""

SCREEN = {}
