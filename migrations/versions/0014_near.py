"""The rows of the nearest-neighbour search know the vehicle, so that the search reads nothing else."""

from core.migration import run_sql
from dispatch import functions

revision = "0014_near"
down_revision = "0013_at_once"
branch_labels = None
depends_on = None

UP = """
LOCK TABLE unit IN SHARE ROW EXCLUSIVE MODE;  -- first, as whoever moves a unit has it
ALTER TABLE unit_capability ADD COLUMN vehicle_class TEXT;
UPDATE unit_capability c SET vehicle_class = u.vehicle_class FROM unit u WHERE u.id = c.unit_id;
ALTER TABLE unit_capability ALTER COLUMN vehicle_class SET NOT NULL;

CREATE OR REPLACE FUNCTION unit_capability_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_free boolean := NEW.state = 'available' AND NOT NEW.busy;
BEGIN
    IF TG_OP = 'INSERT' OR NEW.capabilities IS DISTINCT FROM OLD.capabilities THEN
        DELETE FROM unit_capability
        WHERE unit_id = NEW.id AND capability <> ALL (NEW.capabilities);
        INSERT INTO unit_capability (unit_id, capability, geom, free, vehicle_class)
        SELECT NEW.id, c, coalesce(NEW.geom, NEW.home), is_free, NEW.vehicle_class
        FROM unnest(NEW.capabilities) AS c
        ON CONFLICT (unit_id, capability) DO UPDATE
        SET geom = excluded.geom, free = excluded.free, vehicle_class = excluded.vehicle_class;
    ELSE
        UPDATE unit_capability SET geom = coalesce(NEW.geom, NEW.home), free = is_free,
            vehicle_class = NEW.vehicle_class
        WHERE unit_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER unit_keeps_capabilities
    AFTER INSERT OR UPDATE OF state, busy, geom, home, capabilities, vehicle_class ON unit
    FOR EACH ROW EXECUTE FUNCTION unit_capability_follows();
"""

DOWN = """
LOCK TABLE unit IN SHARE ROW EXCLUSIVE MODE;
CREATE OR REPLACE FUNCTION unit_capability_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_free boolean := NEW.state = 'available' AND NOT NEW.busy;
BEGIN
    IF TG_OP = 'INSERT' OR NEW.capabilities IS DISTINCT FROM OLD.capabilities THEN
        DELETE FROM unit_capability
        WHERE unit_id = NEW.id AND capability <> ALL (NEW.capabilities);
        INSERT INTO unit_capability (unit_id, capability, geom, free)
        SELECT NEW.id, c, coalesce(NEW.geom, NEW.home), is_free
        FROM unnest(NEW.capabilities) AS c
        ON CONFLICT (unit_id, capability) DO UPDATE
        SET geom = excluded.geom, free = excluded.free;
    ELSE
        UPDATE unit_capability SET geom = coalesce(NEW.geom, NEW.home), free = is_free
        WHERE unit_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER unit_keeps_capabilities
    AFTER INSERT OR UPDATE OF state, busy, geom, home, capabilities ON unit
    FOR EACH ROW EXECUTE FUNCTION unit_capability_follows();
ALTER TABLE unit_capability DROP COLUMN vehicle_class;
"""


def upgrade() -> None:
    run_sql(UP)
    run_sql(functions.CREATE)


def downgrade() -> None:
    """Tables only, as 0013_at_once: the functions are made by the older version's own code."""
    run_sql(functions.DROP)
    run_sql(DOWN)
