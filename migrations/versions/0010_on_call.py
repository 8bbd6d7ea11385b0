"""An incident may be taken by somebody on call, by phone and without an account."""

from core.migration import run_sql

revision = "0010_on_call"
down_revision = "0009_geo_roads"
branch_labels = None
depends_on = None

UP = """
ALTER TABLE incident ADD COLUMN taken_by_staff BIGINT;
ALTER TABLE incident ADD CONSTRAINT ck_incident_taken CHECK (
    num_nonnulls(taken_by, taken_by_staff) <= 1
    AND (taken_at IS NULL) = (num_nonnulls(taken_by, taken_by_staff) = 0));
"""

DOWN = """
ALTER TABLE incident DROP CONSTRAINT ck_incident_taken;
ALTER TABLE incident DROP COLUMN taken_by_staff;
"""


def upgrade() -> None:
    run_sql(UP)


def downgrade() -> None:
    run_sql(DOWN)
