"""Pairs of codes by vintage, shapes at three details, and areas among the official figures.

Revision ID: 0005
"""

from pathlib import Path

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the tables and columns; boundaries that are loaded keep one shape for every detail."""
    op.execute((Path(__file__).parents[1] / "0005_boundaries.sql").read_text(encoding="utf-8"))
