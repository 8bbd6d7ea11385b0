"""The whole loop of the quick survey through every room: an end, an SMS, three digits, a figure."""

import pytest

from core import timers
from core.events import consume, sequencer
from core.events.kinds import IncidentRef
from core.events.log import append
from core.settings import Settings
from dispatch.intake import Intake
from geo import eta, seed
from geo.geography import Geography
from notifier import simulator_routes
from programs.satisfaction.options import Options
from programs.satisfaction.quick import CONSUMER
from programs.satisfaction.results import quick
from programs.worker import timers as program_timers
from tests.fixtures.web import Served, serving
from tests.notifier.world import World, phone


@pytest.fixture
def settings_of_simulator(fresh_settings: Settings) -> Settings:
    fresh_settings.gateways = "simulator"
    return fresh_settings


async def hear(served: Served) -> None:
    async with served.context.db.tx() as tx:
        await sequencer.seal(tx)
    for _ in range(2):  # the first step makes the cursor
        await consume.step(served.context.db, CONSUMER)


async def test_from_the_end_of_an_incident_to_the_index(settings_of_simulator: Settings) -> None:
    async with serving(settings_of_simulator, [simulator_routes.router]) as served:
        db, world = served.context.db, World(served.context)
        async with db.tx() as tx:
            await seed.seed(tx)
            geography = await Geography.load(tx, served.context.settings.city)
        served.app.state.intake = Intake(served.context, geography, eta.current())

        number, silent, incident = phone(), phone(), await world.incident()
        await world.report(number, incident_id=incident)
        await world.report(silent, incident_id=incident, silent=True)
        async with db.tx() as tx:
            closed = IncidentRef(incident_id=incident, disposition="handled")
            await append(tx, "incident.closed", closed, incident_id=incident)
        await hear(served)
        await world.catch_up()
        assert await world.deliveries("template = 'survey_quick'") == []

        await world.run("UPDATE timer SET due_at = due_at - interval '24 hours'")
        while await timers.run_due(db, program_timers(served.context)):
            pass
        await world.catch_up()
        (row,) = await world.deliveries("template = 'survey_quick'")
        assert world.to(row) == number
        assert "Balas mis. 4 4 3" in world.body(row)
        assert "http://127.0.0.1:8000/n/" in world.body(row)

        sent = await served.as_().post(
            "/api/v1/inbound/simulator", json={"from": number, "text": "4 4 3"}
        )
        assert sent.status_code < 300
        await hear(served)
        async with db.read() as tx:
            shown = await quick(tx, Options(min_respondents=1))
            answered = await tx.fetchval("SELECT count(*) FROM contact WHERE channel = 'sms'")
        assert (shown.index, shown.answers) == ("91.67", 1)
        assert answered == 0  # an answer is no report
