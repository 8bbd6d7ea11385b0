"""Who is meant: not twice who knows already, and of a merge only the crews that it sends elsewhere."""

from __future__ import annotations

from datetime import timedelta

from dispatch import merging
from tests.notifier.world import World


async def test_one_need_that_is_exhausted_again_and_again_tells_once_in_ten_minutes(
    world: World,
) -> None:
    await world.run("DELETE FROM duty WHERE kind = 'on_call'")
    on_call, incident = await world.crew(duty="on_call"), await world.incident()
    jobs = [await world.assignment(await world.crew(), incident, "declined") for _ in range(3)]

    async def told() -> list[str]:
        return [world.to(row) for row in await world.deliveries()]

    for job in jobs[:2]:
        await world.happen("ladder.exhausted", incident_id=incident, assignment_id=job)
    assert await told() == [on_call.phone]

    await world.run("UPDATE assignment SET capability = 'boat' WHERE id = $1", jobs[2])
    await world.happen("ladder.exhausted", incident_id=incident, assignment_id=jobs[2])
    assert await told() == [on_call.phone] * 2, "another need is news"
    relief = await world.crew(duty="on_call")
    await world.happen("ladder.exhausted", incident_id=incident, assignment_id=jobs[0])
    assert await told() == [on_call.phone] * 2 + [relief.phone], "who came since has not heard"

    await world.run("UPDATE delivery SET state = 'failed'")
    await world.happen("ladder.exhausted", incident_id=incident, assignment_id=jobs[0])
    assert len(await told()) == 5, "what failed told nobody"


async def test_a_need_still_unmet_after_ten_minutes_tells_again(world: World) -> None:
    await world.run("DELETE FROM duty WHERE kind = 'on_call'")
    await world.crew(duty="on_call")
    incident = await world.incident()
    job = await world.assignment(await world.crew(), incident, "declined")
    said = {"incident_id": incident, "assignment_id": job, "step": 9}
    for minutes, told in ((16, 1), (7, 1), (5, 2), (1, 2)):
        await world.run(
            """INSERT INTO event (kind, incident_id, audience, actor_kind, at, payload)
               VALUES ('ladder.exhausted', $1, 'desk', 'system', now() - $2::interval, $3)""",
            incident,
            timedelta(minutes=minutes),
            said,
        )
        await world.catch_up()
        assert len(await world.deliveries()) == told, f"{minutes} minutes ago"


async def test_a_crew_under_way_hears_where_the_incident_is_that_theirs_was_merged_into(
    world: World,
) -> None:
    under_way, there = await world.crew(), await world.crew()
    one, into = await world.incident(), await world.incident()
    await world.run(
        """UPDATE incident SET place_label = 'Jl. Kenari', lingkungan = NULL,
               geom = ST_SetSRID(ST_MakePoint(99.17, 3.34), 4326) WHERE id = $1""",
        into,
    )
    job = await world.assignment(under_way, one, "en_route")
    await world.assignment(there, into, "en_route")
    async with world.db.tx() as tx:
        await merging.merge(tx, one, into)
    await world.catch_up()
    (row,) = await world.deliveries("template = 'moved'")
    assert world.to(row) == under_way.phone, "the others go where they went before"
    code = await world.code(job)
    said = f"LOKASI PINDAH ({code}) {under_way.unit_code}: sekarang Jl. Kenari"
    assert world.body(row).startswith(said)

    async with world.db.tx() as tx:
        await merging.unmerge(tx, one)
    await world.catch_up()
    _, back = await world.deliveries("template = 'moved'")
    assert world.to(back) == under_way.phone
    assert "sekarang Jl. Contoh dekat masjid" in world.body(back)


async def test_a_crew_already_there_hears_nothing_of_a_merge_at_the_same_place(
    world: World,
) -> None:
    crew, one, into = await world.crew(), await world.incident(), await world.incident()
    await world.assignment(crew, one, "en_route")
    async with world.db.tx() as tx:
        await merging.merge(tx, one, into)
    await world.catch_up()
    assert await world.deliveries("template = 'moved'") == []


async def test_a_hand_over_refused_twice_is_told_to_the_supervisors(world: World) -> None:
    await world.run("DELETE FROM duty WHERE kind IN ('on_call', 'desk')")
    plain, chief = await world.crew(duty="on_call"), await world.crew(duty="desk")
    incident = await world.incident()
    async with world.db.tx() as tx:
        handover = await tx.fetchval(
            "INSERT INTO handover (incident_id, to_name, attempt) "
            "VALUES ($1, 'Kabupaten contoh', 2) RETURNING id",
            incident,
        )
    event = {"handover_id": handover, "incident_id": incident, "reason": "refused"}
    await world.happen("handover.escalated", **event)
    await world.run("UPDATE staff SET role = 'supervisor' WHERE id = $1", chief.staff_id)
    await world.happen("handover.escalated", **event)
    rows = await world.deliveries("template = 'handover_refused'")
    assert [world.to(row) for row in rows] == [plain.phone, chief.phone]
    assert f"(K{incident})" in world.body(rows[0]) and "Kabupaten contoh" in world.body(rows[0])
