"""The signs of life this process writes down, in a task of its own, so that not even a tick that hangs keeps it."""

import asyncio

import structlog

from okr.vitals import BEAT
from rituals.doctor import Doctor
from storage.database import FAILURES

BEAT_SECONDS = BEAT.total_seconds()
LAST_SECONDS = 2.0
GONE: tuple[type[Exception], ...] = (TimeoutError, *FAILURES)
log = structlog.get_logger()


class Pulse:
    """A database that is not there for a while costs some beats, and no more."""

    def __init__(self, doctor: Doctor, workspace: str) -> None:
        self.doctor = doctor
        self.workspace = workspace
        self._beating: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._beating = asyncio.create_task(self._beat(), name="pulse")

    async def stop(self) -> None:
        """Write down that the process has ended as it should."""
        if self._beating is None:
            return
        self._beating.cancel()
        await asyncio.gather(self._beating, return_exceptions=True)
        try:
            await asyncio.wait_for(self.doctor.end(self.workspace), LAST_SECONDS)
        except GONE as error:
            log.warning("end not written down", reason=type(error).__name__)

    async def _beat(self) -> None:
        while True:
            try:
                await self.doctor.beat(self.workspace)
            except FAILURES as error:
                log.warning("beat not written down", reason=type(error).__name__)
            await asyncio.sleep(BEAT_SECONDS)
