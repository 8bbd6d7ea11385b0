"""Console."""

revision = "0006_console"
down_revision = "0005_notifier"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
