"""Ten years of answers against a month of them: what `/okr status` and the form of one person take."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from benchmarks.company import Company, slack_id
from benchmarks.days import DUE
from benchmarks.ground import Ground
from benchmarks.memories import memory
from benchmarks.results import Line, at_most
from benchmarks.server import TEAM
from benchmarks.sides import Measure, measured, rituals
from blocks import checkin_form
from rituals.bundle import Rituals
from rituals.questions import Question
from storage.database import Database

KEY_RESULTS = 40
SHORT = 4


@dataclass(frozen=True)
class Size:
    weeks: int
    times: int
    rounds: int


SIZES = {"full": Size(520, 20, 5), "quick": Size(520, 20, 3), "smallest": Size(6, 2, 1)}


def run(ground: Ground) -> list[Line]:
    size = SIZES[ground.scale]
    with (
        memory(ground.database_url, ground.folder, _company(SHORT), opened=True) as month,
        memory(ground.database_url, ground.folder, _company(size.weeks), opened=True) as years,
    ):
        lines = []
        for what, act in (("/okr status", show_status), ("the form", show_form)):
            short, long = [], []
            for _ in range(size.rounds):
                short.append(ground.alone(act, month.url, size.times))
                long.append(ground.alone(act, years.url, size.times))
            lines.append(
                Line.ratio(
                    f"{what} of {KEY_RESULTS} key results after {size.weeks} weeks (after {SHORT})",
                    [one.seconds / one.count * 1000 for one in long],
                    [one.seconds / one.count * 1000 for one in short],
                    "{:.1f} ms",
                    at_most(1.2),
                )
            )
    return lines


def _company(weeks: int) -> Company:
    return Company(1, due=1, key_results=KEY_RESULTS, weeks=weeks, team_size=1)


def show_status(url: str, times: int) -> Measure:
    """What the bot does between the acknowledgement of `/okr status` and its answer."""

    async def show(done: Rituals) -> None:
        reader = await done.actors.find(TEAM, slack_id(0), DUE)
        await done.statuses.answer(TEAM, reader, Question("me"), DUE)

    return asyncio.run(_shown(url, times, show))


def show_form(url: str, times: int) -> Measure:
    """What the bot does between a click on *Check in* and opening the form."""

    async def show(done: Rituals) -> None:
        reader = await done.actors.find(TEAM, slack_id(0), DUE)
        form = await done.checkins.find(TEAM, reader, DUE)
        checkin_form.render(form, reader.language)

    return asyncio.run(_shown(url, times, show))


async def _shown(url: str, times: int, show: Callable[[Rituals], Awaitable[None]]) -> Measure:
    database = Database(url)
    done = rituals(database)

    async def again() -> None:
        for _ in range(times):
            await show(done)

    try:
        await show(done)
        return await measured(times, again)
    finally:
        await database.close()
