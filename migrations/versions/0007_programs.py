"""Programs."""

revision = "0007_programs"
down_revision = "0006_console"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
