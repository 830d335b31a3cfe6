"""okrbot as an admin starts it: a process of its own, with nothing in its environment but OKRBOT_ settings."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings import Settings, read

SCRIPT = str(Path(sys.executable).with_name("okrbot"))
MODULE = (sys.executable, "-m", "bot")
STOP_SECONDS = 10.0


@dataclass(frozen=True)
class Ended:
    """How a process ended and what it said."""

    code: int | None
    out: str
    err: str


@dataclass
class Okrbot:
    """Runs in a folder of its own; `settings` are named without their OKRBOT_."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    command: tuple[str, ...] = (SCRIPT,)

    def read(self, **given: str) -> Settings:
        """What the process would read, with some of it changed."""
        named = {"database_url": f"sqlite:///{self.folder / 'okrbot.sqlite3'}", **self.settings, **given}
        return read(_env_file=None, **named)

    async def ends(self, *arguments: str) -> Ended:
        """Run a command that ends by itself."""
        return await _ended(await self._start(*arguments), 50)

    @asynccontextmanager
    async def runs(self, *arguments: str, end: signal.Signals = signal.SIGTERM) -> AsyncIterator[list[Ended]]:
        """Run a command while the block lasts, then ask it to stop; how it ended is in the list after the block."""
        ended: list[Ended] = []
        process = await self._start(*arguments)
        try:
            yield ended
            process.send_signal(end)
            ended.append(await _ended(process, STOP_SECONDS))
        finally:
            if process.returncode is None:
                process.kill()
                print((await _ended(process, STOP_SECONDS)).err)  # noqa: T201 - for whoever reads the failure

    async def _start(self, *arguments: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *self.command,
            *arguments,
            cwd=self.folder,
            env={f"OKRBOT_{name.upper()}": value for name, value in self.settings.items()},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )


async def _ended(process: asyncio.subprocess.Process, seconds: float) -> Ended:
    out, err = await asyncio.wait_for(process.communicate(), seconds)
    return Ended(process.returncode, out.decode(), err.decode())
