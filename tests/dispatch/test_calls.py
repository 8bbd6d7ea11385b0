"""Telephone calls are contacts before a word is said; hang-ups are tasks, never noise."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from core.actor import Actor
from core.context import Context
from core.errors import BadInput, Conflict, IllegalMove, NotFound
from dispatch import calls
from tests.dispatch.world import World, phone

EXCHANGE = Actor("gateway", name="phone")


async def hear(ctx: Context, event: str, call: str, number: str | None = None) -> int:
    raw = f"{event} {call}".encode()
    return await calls.call_event(ctx, EXCHANGE, event, call, number, "112-1", raw)


async def test_rings_is_answered_and_ends(world: World, ctx: Context) -> None:
    number = phone()
    who = await world.account("operator")
    contact = await hear(ctx, "ringing", "C1", number)
    assert await hear(ctx, "ringing", "C1", number) == contact
    row = await world.do(calls.answer, contact, who.account_id)
    assert (row["state"], row["claimed_by"]) == ("answered", who.account_id)
    assert await hear(ctx, "answered", "C1") == contact
    await world.do(calls.end, contact, "reported")
    assert await hear(ctx, "ended", "C1") == contact
    row = await world.row("contact", contact)
    assert (row["state"], row["outcome"]) == ("ended", "reported")
    assert row["answered_at"] and row["ended_at"]
    assert await world.events(subject_type="contact", subject_id=contact) == [
        "contact.ringing",
        "contact.answered",
        "contact.ended",
    ]
    blob = await world.value("SELECT phone_enc FROM contact_private WHERE contact_id = $1", contact)
    assert world.vault.decrypt_text(blob) == number


async def test_hung_up_before_anybody_answered(world: World, ctx: Context) -> None:
    contact = await hear(ctx, "ringing", "C2", phone())
    await hear(ctx, "ended", "C2")
    row = await world.row("contact", contact)
    assert (row["state"], row["outcome"]) == ("ended", "abandoned")
    await world.do(calls.called_back, contact, "reported")
    assert (await world.row("contact", contact))["state"] == "called_back"
    assert (await world.row("contact", contact))["outcome"] == "reported"


@pytest.mark.parametrize("order", list(permutations(["ringing", "answered", "ended"])))
async def test_in_whatever_order_the_exchange_tells(
    world: World, ctx: Context, order: tuple[str, ...]
) -> None:
    call = "-".join(order)
    contacts = {await hear(ctx, event, call) for event in order}
    assert len(contacts) == 1
    row = await world.row("contact", contacts.pop())
    assert row["state"] == "ended"
    was_answered = order.index("answered") < order.index("ended")
    assert row["outcome"] == (None if was_answered else "abandoned")


async def test_two_who_answer_the_same_call(world: World, ctx: Context) -> None:
    first, second = await world.account("operator"), await world.account("operator")
    contact = await hear(ctx, "ringing", "C3")
    await world.do(calls.answer, contact, first.account_id)
    await world.do(calls.answer, contact, first.account_id)
    with pytest.raises(Conflict) as refused:
        await world.do(calls.answer, contact, second.account_id)
    assert refused.value.params["who"] == "Contoh operator"


async def test_an_operators_own_call(world: World, ctx: Context) -> None:
    who = await world.account("operator")
    contact = await world.do(
        calls.begin, world.vault, phone(), None, who.account_id, b'{"line": null}'
    )
    row = await world.row("contact", contact)
    assert (row["state"], row["claimed_by"]) == ("answered", who.account_id)
    await world.do(calls.end, contact, "silent")
    assert (await world.row("contact", contact))["outcome"] == "silent"


@pytest.mark.parametrize("act", [calls.end, calls.called_back])
async def test_an_outcome_nobody_knows(world: World, ctx: Context, act: Any) -> None:
    contact = await hear(ctx, "ringing", f"C4{act.__name__}")
    with pytest.raises(BadInput):
        await world.do(act, contact, "whatever")
    with pytest.raises(BadInput):
        await hear(ctx, "sneezed", "C5")
    with pytest.raises(NotFound):
        await world.do(calls.answer, 2**40, 1)


async def test_a_call_that_rings_cannot_be_called_back(world: World, ctx: Context) -> None:
    contact = await hear(ctx, "ringing", "C6")
    with pytest.raises(IllegalMove):
        await world.do(calls.called_back, contact, None)
