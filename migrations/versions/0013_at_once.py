"""Reports are kept and acted on in one call; live incidents by place are found by their own column."""

from core.migration import run_sql
from dispatch import functions

revision = "0013_at_once"
down_revision = "0012_road_speeds"
branch_labels = None
depends_on = None

UP = """
ALTER TABLE incident ADD COLUMN live_geom geometry(POINT,4326) GENERATED ALWAYS AS (
    CASE WHEN state IN ('open', 'assigned', 'active', 'controlled') THEN geom END) STORED;
DROP INDEX ix_incident_live;
DROP INDEX ix_incident_board;
CREATE INDEX ix_incident_live_geom ON incident USING gist (live_geom)
    WHERE live_geom IS NOT NULL;
"""

DOWN = """
DROP INDEX ix_incident_live_geom;
ALTER TABLE incident DROP COLUMN live_geom;
CREATE INDEX ix_incident_board ON incident (id) WHERE live;
CREATE INDEX ix_incident_live ON incident USING gist (geom) WHERE live;
"""


def upgrade() -> None:
    run_sql(UP)
    run_sql(functions.CREATE)


def downgrade() -> None:
    """Tables only. The functions of an older version are made by its own code: go down to 0010_on_call
    with this one, then up again with that one."""
    run_sql(functions.DROP)
    run_sql(DOWN)
