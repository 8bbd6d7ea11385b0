"""Events of a hidden incident reach every agency that is or was on it in this round."""

from core.migration import run_sql
from dispatch import functions

revision = "0011_who_is_on_it"
down_revision = "0010_on_call"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql(functions.CREATE)


def downgrade() -> None:
    """The functions of this version serve the revision before too."""
