"""A company of any size, written by bulk SQL where importing and living through years would take hours.

Everything is as the real path leaves it: past weeks have their rounds, asks, answers and messages.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import bindparam
from sqlalchemy import text as sql

from benchmarks import weeks
from benchmarks.days import BEFORE, DUE, MONDAY, WEEK
from benchmarks.rows import FIRST, ID, insert, run
from benchmarks.server import TEAM
from rituals.bundle import Rituals
from storage.columns import UTCDateTime
from storage.database import Database, Transaction


@dataclass(frozen=True)
class Company:
    """`people` in teams of `team_size`, each with `key_results`, `weeks` of answers behind them; the first `due` of
    them are due at DUE, the others a week later.
    """

    people: int
    due: int
    key_results: int = 1
    weeks: int = 1
    team_size: int = 10

    @property
    def teams(self) -> int:
        return max(1, self.people // self.team_size)

    async def write(self, url: str) -> None:
        """Write it into an empty, migrated database."""
        database = Database(url)
        try:
            async with database.transaction() as tx:
                await _write(tx, self)
                for week in range(self.weeks, 0, -1):
                    await weeks.live_through(tx, self, week)
            await database.take_stock()
            if not url.startswith("sqlite"):
                async with database.transaction() as tx:  # what autovacuum does by itself a minute later
                    await (await tx.connection()).execute(sql("ANALYZE"))
        finally:
            await database.close()

    async def open_in_bulk(self, url: str) -> None:
        """The same by bulk SQL, without reminders, for so many people that opening their rounds would take long."""
        database = Database(url)
        try:
            async with database.transaction() as tx:
                await weeks.begin(tx, self)
        finally:
            await database.close()

    async def open(self, url: str) -> None:
        """Open every round that is due, as a tick does: everybody is owed a prompt, and none is sent."""
        database = Database(url)
        try:
            rounds = Rituals(database, None).rounds  # type: ignore[arg-type]  # nothing is sent here
            while await rounds.open_next(DUE):
                pass
        finally:
            await database.close()


async def let_some_be_due_before(url: str, most: int) -> None:
    """The prompts of the first so many people are due a minute earlier, to go out before what is measured."""
    database = Database(url)
    some = "SELECT id FROM deliveries WHERE state = 'planned' AND kind = 'prompt' ORDER BY id LIMIT :most"
    early = sql(f"UPDATE deliveries SET due_at = :before WHERE id IN ({some})").bindparams(
        bindparam("before", BEFORE, type_=UTCDateTime)
    )
    try:
        async with database.transaction() as tx:
            await (await tx.connection()).execute(early, {"most": most})
    finally:
        await database.close()


def slack_id(number: int) -> str:
    return f"U{FIRST + number}"


def key_result_id(number: int) -> str:
    return f"k{FIRST + number}"


async def _write(tx: Transaction, company: Company) -> None:
    size, teams = company.people, company.teams
    given = {
        "monday": MONDAY,
        "starts": MONDAY - timedelta(days=46),
        "ends": MONDAY + timedelta(days=45),
        "anchor": date(2024, 1, 1),
        "due": DUE,
        "next": DUE + WEEK,
        "nine": time(9),
        "ten": time(10),
        "three": time(15),
    }
    due_teams = max(1, company.due // company.team_size) if company.due else 0
    await run(
        tx,
        "INSERT INTO workspaces (id, name, company, imported_at, scale, most_objectives, most_personal_objectives,"
        " fewest_key_results, most_key_results, messages_a_week, coaching)"
        f" VALUES ('{TEAM}', 'Bench', 'Bench', :due, 'colours', 4, 5, 3, 5, 3, true)",
        given,
    )
    await run(
        tx,
        f"INSERT INTO cycles (workspace_id, id, key, name, starts, ends, state)"
        f" VALUES ('{TEAM}', 'c', '2026-q4', '2026-Q4', :starts, :ends, 'active')",
        given,
    )
    await insert(
        tx,
        "people",
        size,
        {
            "id": f"'p' || {ID}",
            "key": f"'p' || {ID}",
            "slack_id": f"'U' || {ID}",
            "name": "'Person ' || i",
            "zone": "'Europe/Rome'",
            "locale": "'en-GB'",
            "deactivated": "false",
            "unreachable": "''",
            "admin": "false",
            "slack_admin": "false",
            "outsider": "false",
            "country": "''",
            "calendar": "''",
            "has_home": "false",
            "fewer": "false",
        },
    )
    await insert(
        tx,
        "teams",
        teams,
        {
            "id": f"'t' || {ID}",
            "key": f"'t' || {ID}",
            "name": f"'Team ' || {ID}",
            "channel": f"'C' || {ID}",
            "zone": "'Europe/Rome'",
            "language": "'en'",
            "rule": "'FREQ=WEEKLY;BYDAY=MO'",
            "at": ":nine",
            "whose": "'member'",
            "anchor": ":anchor",
            "digest_days": "1",
            "digest_at": ":ten",
            "reminders": "2",
            "reminder_at": ":three",
            "days_off": "'[]'",
            "next_date": ":monday",
            "opens_next": ":due",
        },
        given,
    )
    later = f"UPDATE teams SET next_date = :monday, opens_next = :next WHERE id >= 't{FIRST + due_teams}'"
    await run(tx, later, {**given, "monday": MONDAY + WEEK})
    await insert(
        tx,
        "team_members",
        size,
        {"team_id": f"'t' || ({FIRST} + i / {company.team_size})", "person_id": f"'p' || {ID}"},
    )
    await insert(
        tx,
        "objectives",
        teams,
        {
            "id": f"'o' || {ID}",
            "key": f"'o' || {ID}",
            "team_id": f"'t' || {ID}",
            "cycle_id": "'c'",
            "title": "'Become the shop people come back to'",
            "why": "''",
            "ambition": "'committed'",
            "state": "'active'",
            "private": "false",
        },
    )
    await insert(
        tx,
        "key_results",
        size * company.key_results,
        {
            "id": f"'k' || {ID}",
            "key": f"'k' || {ID}",
            "objective_id": f"'o' || ({FIRST} + i / {company.team_size * company.key_results})",
            "owner_id": f"'p' || ({FIRST} + i / {company.key_results})",
            "check_in_owner_id": f"'p' || ({FIRST} + i / {company.key_results})",
            "title": "'Returning customers in shop ' || i || ' & café'",
            "measure": "'increase'",
            "unit_kind": "'percent'",
            "unit_label": "''",
            "baseline": "'40'",
            "target": "CAST(62 + i % 30 AS TEXT)",
            "steps": "'[]'",
            "weight": "'1'",
            "source": "''",
            "state": "'active'",
            "private": "false",
        },
    )
