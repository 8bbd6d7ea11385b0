"""The types of emergency, one file each, in the order in which equal evidence is decided."""

from dispatch.screening.kind import Kind
from dispatch.screening.kinds import (
    animal,
    building_collapse,
    crime,
    domestic_violence,
    drowning,
    fallen_tree,
    fire,
    flood,
    gas_leak,
    labour,
    medical,
    mental_health,
    missing_person,
    other,
    rescue,
    traffic,
    utility_hazard,
)

KINDS: tuple[Kind, ...] = (
    drowning.KIND,
    fire.KIND,
    gas_leak.KIND,
    domestic_violence.KIND,
    mental_health.KIND,
    labour.KIND,
    traffic.KIND,
    crime.KIND,
    fallen_tree.KIND,
    utility_hazard.KIND,
    building_collapse.KIND,
    flood.KIND,
    rescue.KIND,
    medical.KIND,
    animal.KIND,
    missing_person.KIND,
    other.KIND,
)
BY_TYPE = {kind.type: kind for kind in KINDS}
