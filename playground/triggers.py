"""Trigger ids: the short-lived right to open a modal that every act of a person gives the app."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass

from playground.errors import ApiError
from playground.ids import Ids

REMEMBERED = 1000


@dataclass
class Trigger:
    app_id: str
    user: str
    given_at: float  # the loop's time: triggers age in real seconds, whatever the workspace's clock says
    in_modal: bool
    used: bool = False


class Triggers:
    """Gives out trigger ids and takes each back once, while it is fresh."""

    def __init__(self, ids: Ids, lifetime: float) -> None:
        self._ids = ids
        self._lifetime = lifetime
        self._given: OrderedDict[str, Trigger] = OrderedDict()

    def give(self, app_id: str, user: str, *, in_modal: bool = False) -> str:
        trigger_id = f"{self._ids.next('')}.{self._ids.next('T')}.{user.lower()}"
        now = asyncio.get_running_loop().time()
        self._given[trigger_id] = Trigger(app_id, user, now, in_modal)
        if len(self._given) > REMEMBERED:
            self._given.popitem(last=False)
        return trigger_id

    def check(self, trigger_id: str, app_id: str) -> Trigger:
        """The trigger, if the app may still use it; otherwise Slack's refusal."""
        trigger = self._given.get(trigger_id)
        if trigger is None or trigger.app_id != app_id:
            raise ApiError("invalid_trigger_id")
        if trigger.used:
            raise ApiError("exchanged_trigger_id")
        if asyncio.get_running_loop().time() - trigger.given_at > self._lifetime:
            raise ApiError("expired_trigger_id")
        return trigger

    def expire_all(self) -> None:
        """Let every trigger given so far be too old."""
        for trigger in self._given.values():
            trigger.given_at = float("-inf")
