"""Causes, groups, sets and other rules in the cubes; verification samples and what is estimated from them.

Revision ID: 0002
"""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the tables; registers that are already counted must be loaded again, and are let go here."""
    op.execute((Path(__file__).parents[1] / "0002_field_and_causes.sql").read_text(encoding="utf-8"))
