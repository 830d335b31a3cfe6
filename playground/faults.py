"""Faults on demand: what Slack's Web API does on a bad day."""

from dataclasses import dataclass, field
from random import Random
from typing import Literal

Kind = Literal["error", "ratelimited", "status", "lost", "slow", "garbage"]


@dataclass
class Fault:
    """One misbehaviour, for the next few calls of a method."""

    kind: Kind
    method: str
    times: int
    error: str = ""
    status: int = 200
    seconds: float = 0.0
    channel: str | None = None


@dataclass
class Faults:
    """The faults waiting to happen; each call takes the first that fits."""

    waiting: list[Fault] = field(default_factory=list)
    _lossy: dict[str, tuple[float, Random]] = field(default_factory=dict)

    def refuse(self, method: str, error: str, *, times: int = 1, channel: str | None = None) -> None:
        """Answer ok:false with an error, without doing anything."""
        self.waiting.append(Fault("error", method, times, error=error, channel=channel))

    def ratelimit(self, method: str, retry_after: float = 1, *, times: int = 1, channel: str | None = None) -> None:
        """Answer 429 with Retry-After, without doing anything."""
        self.waiting.append(Fault("ratelimited", method, times, seconds=retry_after, channel=channel))

    def break_down(self, method: str, status: int = 500, *, times: int = 1) -> None:
        """Answer an HTTP error with an HTML body, without doing anything."""
        self.waiting.append(Fault("status", method, times, status=status))

    def lose_answer(self, method: str, *, times: int = 1) -> None:
        """Do what was asked, then drop the connection instead of answering."""
        self.waiting.append(Fault("lost", method, times))

    def lose_some(self, method: str, share: float, chance: Random) -> None:
        """Lose the answers of a share of all calls, from now on."""
        self._lossy[method] = (share, chance)

    def garble(self, method: str, *, times: int = 1) -> None:
        """Do what was asked, then answer something that is not JSON."""
        self.waiting.append(Fault("garbage", method, times))

    def slow_down(self, method: str, seconds: float, *, times: int = 1) -> None:
        """Do what was asked, and answer late (in real seconds)."""
        self.waiting.append(Fault("slow", method, times, seconds=seconds))

    def clear(self) -> None:
        self.waiting.clear()
        self._lossy.clear()

    def take(self, method: str, channel: str | None) -> Fault | None:
        """The fault that befalls this call, used up by one."""
        for fault in self.waiting:
            if fault.method in (method, "*") and fault.channel in (None, channel):
                fault.times -= 1
                if fault.times <= 0:
                    self.waiting.remove(fault)
                return fault
        share, chance = self._lossy.get(method, (0.0, None))
        return Fault("lost", method, 1) if chance and chance.random() < share else None
