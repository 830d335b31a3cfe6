"""The stand-in as a whole, for the parts of it that need one another."""

from dataclasses import dataclass, field

from playground.clock import Clock, World
from playground.faults import Faults
from playground.files import Files
from playground.response_urls import ResponseUrls
from playground.socket_mode import SocketMode
from playground.traffic import Traffic
from playground.triggers import Triggers
from playground.workspace import Workspace

SETTLING_ROUNDS = 20


@dataclass
class Slack:
    """State, connections and short-lived rights, tied together."""

    workspace: Workspace
    traffic: Traffic
    socket: SocketMode
    triggers: Triggers
    response_urls: ResponseUrls
    files: Files
    faults: Faults = field(default_factory=Faults)
    world: World | None = None
    url: str = ""

    @classmethod
    def create(cls, clock: Clock, *, redelivery_after: float, patience: float, trigger_lifetime: float) -> "Slack":
        workspace = Workspace(clock)
        traffic = Traffic(clock)
        return cls(
            workspace=workspace,
            traffic=traffic,
            socket=SocketMode(traffic, redelivery_after=redelivery_after, patience=patience),
            triggers=Triggers(workspace.ids, trigger_lifetime),
            response_urls=ResponseUrls(),
            files=Files(workspace.ids),
        )

    async def settle(self) -> None:
        """Return when every envelope is acknowledged and the app's world is idle."""
        for _ in range(SETTLING_ROUNDS):
            await self.socket.idle()
            if self.world is not None:
                await self.world.settle()
            if not self.socket.busy:
                return
