"""Speeds learned from arrivals; where a unit was when it set out and arrived."""

from core.migration import run_sql

revision = "0012_road_speeds"
down_revision = "0011_who_is_on_it"
branch_labels = None
depends_on = None

UP = """
CREATE TABLE road_speed (
    road text NOT NULL,
    band text NOT NULL,
    factor double precision NOT NULL CONSTRAINT ck_road_speed_factor CHECK (factor BETWEEN 0.2 AND 5),
    n integer NOT NULL CONSTRAINT ck_road_speed_n CHECK (n > 0),
    learned_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT pk_road_speed PRIMARY KEY (road, band)
);
ALTER TABLE road_revision ADD COLUMN speeds bigint NOT NULL DEFAULT 1;
CREATE FUNCTION road_speed_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE road_revision SET speeds = speeds + 1 WHERE id = 1;
    RETURN NULL;
END $$;
CREATE TRIGGER road_speed_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON road_speed
    FOR EACH STATEMENT EXECUTE FUNCTION road_speed_changed();

ALTER TABLE assignment_stamp ADD COLUMN geom geometry(Point, 4326);
ALTER TABLE assignment_stamp ADD COLUMN position_age_s double precision;
"""

DOWN = """
ALTER TABLE assignment_stamp DROP COLUMN position_age_s;
ALTER TABLE assignment_stamp DROP COLUMN geom;
DROP TABLE road_speed;
DROP FUNCTION road_speed_changed();
ALTER TABLE road_revision DROP COLUMN speeds;
"""


def upgrade() -> None:
    run_sql(UP)


def downgrade() -> None:
    run_sql(DOWN)
