"""A year in many zones, with outages and kills: everybody is asked once in each round, when their clock shows the hour.

The rituals live through it on a memory of their own, for this is about the ledger and time; Slack is a postbox.
"""

import asyncio
import re
import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import text as sql

from bot import logs
from faults.almanac import Almanac, Session
from faults.fan_out import Tally
from faults.memories import rows
from faults.postbox import Killed, Letter, Postbox
from faults.round_the_world import channels, company, members, slack_id
from faults.walls import every_zone
from rituals.bundle import Rituals
from rituals.deliverer import Deliverer
from rituals.pacing import Limits
from scheduling.ticker import Ticker
from storage.database import Database

YEARS = (2011, 2026, 2012, 2027, 2013, 2028, 2014, 2029, 2015, 2030)
"""No years had more kinds of clock change than those that have passed, and in the first one the date line moved."""
WORKSPACE = "T0WORLD"
RECOVERY = timedelta(seconds=130)
"""After so long, lease and quarantine of whoever was killed have run out."""
LATE = 3 * RECOVERY
NOBODYS_COUNTRY = "ZZ"
"""Where no day is a holiday: those move rounds, which is another story."""
QUICK = Limits(posts_per_minute=10_000_000, updates_per_minute=10_000_000, channel_per_second=1_000_000)
MISSED = re.compile(r"I was not running on (.*?), so nobody was asked then\.")


class Year:
    """`live` it, then `tally` what became of it."""

    def __init__(self, almanac: Almanac, folder: Path) -> None:
        self.almanac = almanac
        self.now = almanac.begins
        self.postbox = Postbox(members(almanac.zones), channels(almanac.groups), lambda: self.now)
        self.url = f"sqlite:///{folder / 'year.sqlite3'}"
        self.kills = 0
        self._start()

    async def live(self) -> Tally:
        began = time.monotonic()
        await self._describe()
        for moment in self.almanac.ticks:
            await self._come(moment)
        await self.database.close()
        tally = self.tally()
        tally.seconds = time.monotonic() - began
        return tally

    def tally(self) -> Tally:
        """Hold what the postbox has against the almanac."""
        tally = Tally(runs=1, kills=self.kills + len(self.almanac.outages))
        asked, digests = self._letters()
        for (zone, day), dues in self.almanac.dues.items():
            if self.almanac.is_looked_at(day):
                self._judge_prompt(tally, f"{zone} on {day}", dues, asked.pop((slack_id(zone), day), []))
        for (who, day), letters in asked.items():
            if self.almanac.is_looked_at(day):
                tally.doubled += len(letters)
                tally.remarks.append(f"{who} was asked on {day}, for no reason")
        tally.remarks += self._judge_digests(digests)
        return tally

    def _start(self) -> None:
        """A process that knows nothing of the one before it; leases are counted in the year's time too."""
        self.database = Database(self.url)
        self.rituals = Rituals(self.database, self.postbox)
        self.rituals.deliverer = Deliverer(self.database, self.postbox, limits=QUICK, real=lambda: self.now)

    async def _restart(self) -> None:
        await self.database.close()
        self._start()

    async def _describe(self) -> None:
        await self.database.prepare()
        text = company(self.almanac.groups, self.almanac.zones, self.almanac.year)
        await self.rituals.companies.import_file(WORKSPACE, "The world", text, self.now, dry_run=False)
        async with self.database.transaction() as tx:
            connection = await tx.connection()
            await connection.execute(sql("UPDATE people SET country = :country"), {"country": NOBODYS_COUNTRY})
        await self.rituals.rounds.replan(WORKSPACE, self.now)

    async def _come(self, moment: datetime) -> None:
        if any(self.now < ends <= moment for _, ends in self.almanac.outages):
            await self._restart()
        self.now = max(self.now, moment)
        if moment in self.almanac.deadly:
            await self._die()
        await self._tick()

    async def _tick(self) -> None:
        await Ticker(self.rituals).turn_rounds(self.now)
        await self.rituals.deliverer.deliver_some(self.now)

    async def _die(self) -> None:
        """While messages go out, and again while the next process makes up for it."""
        for _ in range(2):
            self.postbox.kill_after(1)
            try:
                await self._tick()
            except* Killed:
                self.kills += 1
            self.postbox.spare()
            await self._restart()
            self.now += RECOVERY

    def _letters(self) -> tuple[dict[tuple[str, date], list[Letter]], dict[tuple[str, date], list[Letter]]]:
        """(prompts by Slack id and local date, digests by team and nominal date), but those that were deleted again."""
        ledger = (
            "SELECT d.id, d.kind, p.slack_id, d.date, t.key, r.date FROM deliveries d"
            " LEFT JOIN people p ON p.id = d.person_id"
            " LEFT JOIN rounds r ON r.id = d.round_id LEFT JOIN teams t ON t.id = r.team_id"
        )
        about = {id: rest for id, *rest in rows(self.url, ledger)}
        asked: dict[tuple[str, date], list[Letter]] = {}
        digests: dict[tuple[str, date], list[Letter]] = {}
        for letter in self.postbox.letters:
            kind, who, day, team, nominal = about[letter.delivery]
            if letter.thread or letter.posted in self.postbox.deleted:
                continue
            if kind == "prompt":
                asked.setdefault((who, date.fromisoformat(day)), []).append(letter)
            else:
                digests.setdefault((team, date.fromisoformat(nominal)), []).append(letter)
        return asked, digests

    def _judge_prompt(self, tally: Tally, name: str, dues: list[Session], letters: list[Letter]) -> None:
        """One message when the hour had come; none if nobody was at work before the last of these rounds closed."""
        back = self.almanac.tick_from(self.almanac.asked_at(dues))
        owed = back is not None and any(one.closes > back for one in dues)
        tally.prompts += owed
        tally.lost += owed and not letters
        tally.doubled += max(0, len(letters) - owed)
        if len(letters) != owed:
            tally.remarks.append(f"{name}: {len(letters)} prompts instead of {int(owed)}, due {back}")
        elif back and owed and not back <= letters[0].at <= back + LATE:
            tally.remarks.append(f"{name}: asked at {letters[0].at} instead of {back}")

    def _judge_digests(self, digests: dict[tuple[str, date], list[Letter]]) -> Iterator[str]:
        """A digest for each round that opened, when it closed, and none twice; a round that did not open is mentioned
        in the next.
        """
        for (team, day), letters in digests.items():
            if len(letters) > 1:
                yield f"{team} on {day}: {len(letters)} digests"
        missed: dict[str, list[date]] = {}
        for session in self.almanac.sessions():
            name = f"{session.group.name} on {session.nominal}"
            letters = digests.get((session.group.name, session.nominal), [])
            if not self._took_place(session):
                missed.setdefault(session.group.name, []).append(session.nominal)
                if letters:
                    yield f"{name}: a digest of a round that never opened"
                continue
            posted, told = self.almanac.tick_from(session.closes), missed.pop(session.group.name, [])
            if posted is None:
                continue
            if len(letters) != 1:
                yield f"{name}: {len(letters)} digests instead of 1"
            elif not posted <= letters[0].at <= posted + LATE:
                yield f"{name}: digest at {letters[0].at} instead of {posted}"
            elif (said := _said_missed(letters[0])) != [f"{day.day} {day:%b}" for day in told]:
                yield f"{name}: {said} were said to be missed instead of {told}"

    def _took_place(self, session: Session) -> bool:
        opened = self.almanac.tick_from(session.at)
        return opened is not None and opened < session.closes


def _said_missed(digest: Letter) -> list[str]:
    """The days, "16 Nov", on which nobody was asked according to a digest."""
    found = MISSED.search(digest.said)
    return [f"{number} {month[:3]}" for number, month in re.findall(r"(\d+) (\w+)", found[1])] if found else []


def lived_through(year: int, folder: Path, seed: int) -> tuple[int, Tally]:
    """A year in every zone there is, by a process of its own."""
    logs.configure("ERROR")
    with tempfile.TemporaryDirectory(dir=folder) as made:
        lived = asyncio.run(Year(Almanac(every_zone(), year, seed), Path(made)).live())
    lived.remarks = [f"{year}, seed {seed}: {remark}" for remark in lived.remarks]
    return year, lived
