"""Wilayah, boundaries, programs, the register and its cubes.

Revision ID: 0001
"""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables in an empty database."""
    op.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    op.execute((Path(__file__).parents[1] / "0001_first_tables.sql").read_text(encoding="utf-8"))
