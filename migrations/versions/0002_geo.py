"""Areas and places."""

revision = "0002_geo"
down_revision = "0001b_security"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
