"""Callers: what the composer made up reaches the running system, by app, SMS or telephone."""

from __future__ import annotations

import asyncio
import random
import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any

from siponcega.demo.api import Api
from siponcega.demo.colleague import Colleague
from siponcega.demo.compose import Told

RINGS_S = (7.0, 16.0)
TALKS_S = {"emergency": (12.0, 25.0), "ghost": (4.0, 8.0)}
OTHER_TALK_S = (8.0, 20.0)
ABANDONED_RINGS_S = (10.0, 18.0)
RING_BACK_S = (240.0, 420.0)
LATER_S = (35.0, 70.0)
NAME = "Warga (contoh)"
OUTCOMES = {"prank": "prank", "test": "test", "information": "information",
            "non_emergency": "information", "ghost": "prank"}  # fmt: skip


@dataclass(slots=True)
class Callers:
    """`send` returns when the contact is over: a call rings, is answered and ends.

    colleague: answers the telephone when no visitor does.
    """

    api: Api
    rng: random.Random
    colleague: Colleague
    hurry: float
    counted: Counter[str]

    async def send(self, told: Told) -> None:
        self.counted["contacts"] += 1
        self.counted["real" if told.real else "noise"] += 1
        if told.way == "call":
            await self._call(told)
        elif told.way == "sms":
            await self.api.sms(told.phone, told.text)
        else:
            await self._report(told)

    async def _report(self, told: Told) -> None:
        body: dict[str, Any] = {
            "text": told.text, "phone": told.phone, "name": NAME, "channel": told.channel,
        }  # fmt: skip
        if told.declared:
            body["type"] = told.type
        if told.pinned is not None:
            lon, lat = told.pinned
            body |= {"lon": lon, "lat": lat, "accuracy_m": self.rng.randint(8, 45)}
        taken = await self.api.report(body)
        if taken is not None and told.later is not None:
            await self._wait(LATER_S)
            await self.api.post(f"/api/v1/track/{taken['token']}/messages", {"text": told.later})

    async def _call(self, told: Told) -> None:
        call_id = f"contoh-{uuid.uuid4().hex[:12]}"
        contact_id = await self.api.call("ringing", call_id, told.phone)
        try:
            if told.class_ == "abandoned":
                await self._wait(ABANDONED_RINGS_S)
            else:
                await self._wait(RINGS_S)
                await self._talk(told, call_id, contact_id)
        finally:  # also when the robot is stopped: no telephone rings for ever
            await self.api.call("ended", call_id, told.phone)
        if told.class_ == "abandoned" and contact_id is not None:
            await self._wait(RING_BACK_S)
            await self.colleague.ring_back(contact_id, "wrong_number")

    async def _talk(self, told: Told, call_id: str, contact_id: int | None) -> None:
        if contact_id is None or not await self.colleague.answer(contact_id):  # a visitor has it
            await self.api.call("answered", call_id, told.phone)
            await self._wait(TALKS_S.get(told.class_, OTHER_TALK_S))
            return
        await self._wait((3.0, 6.0))
        if told.real and told.spot is not None:
            await self.colleague.open_incident(
                {
                    "type": told.type, "text": told.text, "place_text": told.spot.said,
                    "kelurahan_code": told.spot.kelurahan_code, "phone": told.phone,
                    "name": NAME, "contact_id": contact_id, "verified": True,
                }
            )  # fmt: skip
        await self._wait(TALKS_S.get(told.class_, OTHER_TALK_S))
        await self.colleague.hang_up(contact_id, OUTCOMES.get(told.class_, "reported"))

    async def _wait(self, span: tuple[float, float]) -> None:
        await asyncio.sleep(self.rng.uniform(*span) / self.hurry)
