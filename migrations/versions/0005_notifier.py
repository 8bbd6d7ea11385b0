"""Notifier."""

revision = "0005_notifier"
down_revision = "0004_dispatch"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
