"""A catalogue of programs, what changes over time, and what surrounds a register.

Revision ID: 0003
"""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables; registers that are already counted must be loaded again, and are let go here."""
    op.execute((Path(__file__).parents[1] / "0003_catalogue_and_time.sql").read_text(encoding="utf-8"))
