"""Dispatch."""

revision = "0004_dispatch"
down_revision = "0003_registry"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
