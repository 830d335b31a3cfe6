"""The prompt of one person and date: what it says now, and putting its next reminder off."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from blocks import prompt as words
from blocks.language import language
from blocks.message import Message
from okr import cadence
from okr.deliveries import Delivery, Kind
from okr.errors import TooLate
from okr.rounds import RoundState
from rituals.actors import Reader
from storage import deliveries, key_results, people, rounds, standings, teams
from storage.database import Database, Transaction


@dataclass(frozen=True)
class Nothing:
    """There is no longer anything to say; `reason` goes into the ledger."""

    reason: str


class Prompts:
    """Draws prompts and reminders from today's data."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def message(self, delivery: Delivery, now: datetime) -> Message | Nothing:
        """What the delivery says now. A prompt nobody needs any more is skipped, one that stands is kept true."""
        assert delivery.person_id is not None  # noqa: S101 - prompts are owed to a person
        assert delivery.date is not None  # noqa: S101 - about a date
        async with self.database.reading() as tx:
            prompt = await _prompt(tx, delivery.workspace, delivery.person_id, delivery.date, now, delivery.part)
            last = await deliveries.last_sent(tx, delivery.workspace, delivery.person_id, delivery.date)
        if prompt is None:
            return Nothing("nothing is asked")
        if not delivery.is_update:
            if prompt.person.deactivated:
                return Nothing("the person has left")
            if not prompt.open:
                return Nothing("the round has closed")
            if not prompt.waiting:
                return Nothing("answered before")
            unasked = delivery.kind is Kind.REMINDER and not delivery.chosen
            if unasked and not cadence.may_remind(now, prompt.person.zone, last_message=last):
                return Nothing("no hour for a reminder")
        return words.render(prompt, language(prompt.person.locale))

    async def address(self, delivery: Delivery) -> str:
        """The conversation the message goes to."""
        assert delivery.person_id is not None  # noqa: S101 - prompts are owed to a person
        async with self.database.reading() as tx:
            return await people.address(tx, delivery.workspace, delivery.person_id)

    async def later_hours(self, workspace: str, reader: Reader, day: date, now: datetime) -> tuple[datetime, ...]:
        """The hours *Later* offers. Raises TooLate when there is none, or no reminder to move."""
        async with self.database.reading() as tx:
            return (await self._later(tx, workspace, reader, day, now))[1]

    async def put_off(self, workspace: str, reader: Reader, day: date, chosen: int, now: datetime) -> datetime:
        """Move the next reminder to the chosen hour (Unix seconds); never adds one. Raises TooLate."""
        async with self.database.transaction() as tx:
            reminder, _ = await self._later(tx, workspace, reader, day, now)
            moment = datetime.fromtimestamp(chosen, UTC)
            prompt = await _prompt(tx, workspace, _person_id(reader), day, now, 0)
            if prompt is None or not now < moment < prompt.digest_at:
                raise TooLate("later.passed")
            await deliveries.move(tx, workspace, reminder, moment)
            return moment

    async def _later(
        self, tx: Transaction, workspace: str, reader: Reader, day: date, now: datetime
    ) -> tuple[str, tuple[datetime, ...]]:
        person_id = _person_id(reader)
        prompt = await _prompt(tx, workspace, person_id, day, now, 0)
        hours = cadence.later_times(now, zone=reader.zone, digest_at=prompt.digest_at) if prompt else ()
        if not hours:
            raise TooLate("later.no_hour")
        reminder = await deliveries.next_reminder(tx, workspace, person_id, day)
        if reminder is None:
            raise TooLate("later.no_reminder")
        return reminder, hours


async def _prompt(
    tx: Transaction, workspace: str, person_id: str, day: date, now: datetime, reminder: int
) -> words.Prompt | None:
    asked = [
        (ask, round) for ask, round in await rounds.asks_of_person(tx, workspace, person_id, day) if not ask.excused
    ]
    if not asked:
        return None
    person = (await people.some(tx, workspace, [person_id]))[person_id]
    by_team = {round.team_id: round for _, round in asked}
    found = await key_results.some(tx, workspace, [ask.key_result_id for ask, _ in asked])
    today = cadence.local_date(now, person.zone)
    standing = await standings.gather(tx, workspace, found, now=now, today=today, rounds_by_team=by_team)
    all_teams = await teams.every(tx, workspace)
    still_open = [round for _, round in asked if round.state is RoundState.OPEN]
    waiting_for = {one.key_result.team_id for one in standing if not one.answered} or set(by_team)
    digest_at = min((by_team[team].closes_at for team in waiting_for if by_team[team] in still_open), default=None)
    next_reminder = await deliveries.next_reminder(tx, workspace, person_id, day)
    return words.Prompt(
        person=person,
        day=day,
        standings=tuple(standing),
        digest_at=digest_at or max(round.closes_at for _, round in asked),
        channels=tuple(dict.fromkeys(all_teams[team].channel for team in sorted(by_team))),
        reminder=reminder,
        open=bool(still_open),
        can_wait=next_reminder is not None,
    )


def _person_id(reader: Reader) -> str:
    if reader.actor.person is None:
        raise TooLate("later.no_reminder")
    return reader.actor.person.id
