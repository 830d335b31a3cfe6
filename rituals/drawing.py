"""Drawing what is owed: one protocol for prompts, digests and notices, many at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from blocks.message import Message
from okr.deliveries import Delivery


@dataclass(frozen=True)
class Drawn:
    """What a delivery says now and where it goes. Without a message there is nothing to say: `reason` has why.

    `parts` is how many messages it is the first of. The address is given even then: a message whose answer was lost
    is looked for there.
    """

    address: str
    message: Message | None = None
    reason: str = ""
    parts: int = 1

    def __post_init__(self) -> None:
        if not self.address:
            raise ValueError("a delivery goes somewhere")


class Drawing(Protocol):
    """What knows the words of one kind of delivery."""

    async def draw(self, workspace: str, deliveries: Sequence[Delivery], now: datetime) -> Mapping[str, Drawn]:
        """Draw deliveries of one workspace from today's data, by their ids."""
