"""What a plan stands on, kept scenarios, areas struck by a shock, and codes of the budget.

Revision ID: 0004
"""

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the tables; registers that are already counted must be loaded again, and are let go here."""
    op.execute((Path(__file__).parents[1] / "0004_planning.sql").read_text(encoding="utf-8"))
