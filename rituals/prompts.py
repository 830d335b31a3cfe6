"""The prompt of one person and date: what it says now, and putting its next reminder off."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from blocks import prompt as words
from blocks.language import language
from blocks.message import Message
from okr import cadence
from okr.authority import Actor, may_read_of
from okr.deliveries import ENOUGH, NO_HOUR, UNREACHABLE, Delivery, Kind
from okr.errors import TooLate
from okr.goals import KeyResult, Person, Team
from okr.rounds import Ask, Round, RoundState
from okr.standing import Standing
from rituals.actors import Reader, actor_of
from rituals.drawing import Drawn
from rituals.welcomes import welcome, working_days
from storage import asks, company, key_results, people, reminders, rounds, standings, teams, weeks
from storage.database import Database, Transaction
from storage.standings import Look

Subject = tuple[str, date]
"""A person's id and one of their dates."""


class Prompts:
    """Draws prompts and reminders from today's data."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def draw(self, workspace: str, deliveries: Sequence[Delivery], now: datetime) -> Mapping[str, Drawn]:
        """What each delivery says now. A prompt nobody needs any more is skipped, one that stands is kept true."""
        async with self.database.reading() as tx:
            subjects = {one.id: _subject(one) for one in deliveries}
            found = await _prompts(tx, workspace, list(subjects.values()), now)
            addresses = await people.addresses(tx, workspace, {person_id for person_id, _ in subjects.values()})
            drawn = {}
            for one in deliveries:
                subject = subjects[one.id]
                drawn[one.id] = await _drawn(tx, one, found.get(subject), addresses[subject[0]], now)
                await asyncio.sleep(0)  # a hundred at one go would let whoever clicks meanwhile wait
            return drawn

    async def later_hours(self, workspace: str, reader: Reader, day: date, now: datetime) -> tuple[datetime, ...]:
        """The hours *Later* offers. Raises TooLate when there is none, or no reminder to move."""
        async with self.database.reading() as tx:
            prompt, works = await _open(tx, workspace, reader, day, now)
            hours = cadence.later_times(now, zone=reader.zone, digest_at=prompt.digest_at, works=works)
            if not hours:
                raise TooLate("later.no_hour")
            await _next_reminder(tx, workspace, reader, day)
            return hours

    async def put_off(self, workspace: str, reader: Reader, day: date, chosen: int, now: datetime) -> datetime:
        """Move the next reminder to the chosen hour (Unix seconds), one that was offered; never adds one, and leaves
        out those before it. Raises TooLate.
        """
        moment = datetime.fromtimestamp(chosen, UTC)
        async with self.database.transaction() as tx:
            prompt, works = await _open(tx, workspace, reader, day, now)
            if not cadence.may_choose(moment, now, zone=reader.zone, digest_at=prompt.digest_at, works=works):
                raise TooLate("later.passed")
            reminder = await _next_reminder(tx, workspace, reader, day)
            if not await reminders.move(tx, workspace, reminder, moment):
                raise TooLate("later.no_reminder")
            await reminders.leave_out(tx, workspace, _person_id(reader), day, before=moment)
            return moment


async def _open(
    tx: Transaction, workspace: str, reader: Reader, day: date, now: datetime
) -> tuple[words.Prompt, cadence.Works]:
    """What the reader is asked on a date, and when they work. Raises TooLate when they are asked nothing."""
    prompt = await _prompt(tx, workspace, _person_id(reader), day, now)
    if prompt is None:
        raise TooLate("later.no_hour")
    return prompt, await _works(tx, workspace, prompt)


async def _next_reminder(tx: Transaction, workspace: str, reader: Reader, day: date) -> str:
    reminder = await reminders.next_one(tx, workspace, _person_id(reader), day)
    if reminder is None:
        raise TooLate("later.no_reminder")
    return reminder


async def _drawn(
    tx: Transaction, delivery: Delivery, prompt: words.Prompt | None, address: str, now: datetime
) -> Drawn:
    if prompt is None and delivery.is_update:
        return Drawn(address, await _called_off(tx, delivery, now))
    if prompt is None:
        return Drawn(address, reason="nothing is asked")
    if not delivery.is_update and (reason := await _no_longer_needed(tx, delivery, prompt, now)):
        return Drawn(address, reason=reason)
    back = None if delivery.part else await welcome(tx, delivery.workspace, prompt.person, prompt.day, now)
    shown = replace(prompt, reminder=delivery.part, while_away=back.answered if back else ())
    return Drawn(address, words.render(shown, language(prompt.person.locale)))


async def _called_off(tx: Transaction, delivery: Delivery, now: datetime) -> Message:
    """What a message says that stands although nothing is asked by it any more."""
    person_id, day = _subject(delivery)
    person = (await people.some(tx, delivery.workspace, [person_id]))[person_id]
    away = person.is_away(day) or person.is_away(cadence.local_date(now, person.zone))
    render = words.render_excused if away else words.render_handed_over
    return render(day, language(person.locale), delivery.part)


async def _no_longer_needed(tx: Transaction, delivery: Delivery, prompt: words.Prompt, now: datetime) -> str:
    """Why a message that was planned is not sent, empty when it is."""
    if prompt.person.deactivated:
        return "the person has left"
    if prompt.person.unreachable:
        return UNREACHABLE
    if not prompt.open:
        return "the round has closed"
    if not prompt.waiting:
        return "answered before"
    if delivery.kind is Kind.REMINDER and not delivery.chosen:
        last = await reminders.last_sent(tx, delivery.workspace, prompt.person.id, prompt.day)
        crowded = await reminders.another_goes_out(tx, delivery, now)
        works = await _works(tx, delivery.workspace, prompt)
        if crowded or not cadence.may_remind(now, prompt.person.zone, last_message=last, works=works):
            return NO_HOUR
        if await _is_enough(tx, delivery.workspace, prompt.person, prompt.day):
            return ENOUGH
    return ""


async def _is_enough(tx: Transaction, workspace: str, person: Person, day: date) -> bool:
    """Reminders give way before coaching that is still to come this week."""
    most = (await company.manners(tx, workspace)).messages_a_week
    counted = await weeks.sent(tx, workspace, person.id, day)
    return counted + await weeks.coaching_to_come(tx, workspace, person.id, day) >= most


async def _works(tx: Transaction, workspace: str, prompt: words.Prompt) -> cadence.Works:
    """On which days the person works for at least one of the teams that still wait for an answer."""
    waiting = await teams.some(tx, workspace, {one.key_result.team_id for one in prompt.waiting or prompt.standings})
    return working_days(prompt.person, waiting)


async def _prompt(tx: Transaction, workspace: str, person_id: str, day: date, now: datetime) -> words.Prompt | None:
    return (await _prompts(tx, workspace, [(person_id, day)], now)).get((person_id, day))


async def _prompts(
    tx: Transaction, workspace: str, subjects: Sequence[Subject], now: datetime
) -> dict[Subject, words.Prompt]:
    """What these persons are asked on these dates, a handful of queries for a whole batch."""
    asked = await asks.of_people(tx, workspace, subjects)
    persons = await people.some(tx, workspace, {person_id for person_id, _ in asked})
    all_teams = await teams.some(tx, workspace, {round.team_id for many in asked.values() for _, round in many})
    found = await key_results.some(tx, workspace, [ask.key_result_id for many in asked.values() for ask, _ in many])
    by_id = {one.id: one for one in found}
    asked = await _readable(tx, workspace, asked, by_id, persons, all_teams, now)
    looks: list[tuple[Subject, Look]] = [
        (subject, Look(by_id[ask.key_result_id], cadence.local_date(now, persons[subject[0]].zone), round))
        for subject, many in asked.items()
        for ask, round in many
    ]
    seen = [look for _, look in looks]
    standing = await standings.judge(tx, workspace, seen, now=now, persons=persons, all_teams=all_teams)
    by_subject: dict[Subject, list[Standing]] = {}
    for (subject, _), one in zip(looks, standing, strict=True):
        by_subject.setdefault(subject, []).append(one)
    can_wait = await reminders.to_come(tx, workspace, subjects)
    newest = {id: many[0].id for id, many in (await rounds.newest(tx, workspace, all_teams)).items()}
    return {
        subject: _assembled(
            persons[subject[0]],
            subject[1],
            ones,
            [round for _, round in asked[subject]],
            all_teams,
            can_wait=subject in can_wait,
            over=all(newest.get(round.team_id) not in (None, round.id) for _, round in asked[subject]),
        )
        for subject, ones in by_subject.items()
    }


async def _readable(
    tx: Transaction,
    workspace: str,
    asked: Mapping[Subject, list[tuple[Ask, Round]]],
    by_id: Mapping[str, KeyResult],
    persons: Mapping[str, Person],
    all_teams: Mapping[str, Team],
    now: datetime,
) -> dict[Subject, list[tuple[Ask, Round]]]:
    """What they may read of it. Whoever was asked in somebody's place reads what is private while the round is open:
    what becomes of it later is not for them.
    """
    kept: dict[Subject, list[tuple[Ask, Round]]] = {}
    for (person_id, day), many in asked.items():
        actor: Actor | None = None
        for ask, round in many:
            one = by_id[ask.key_result_id]
            if one.private and round.state is not RoundState.OPEN:
                actor = actor or await actor_of(tx, workspace, persons[person_id], now)
                if not may_read_of(actor, one, all_teams[one.team_id]):
                    continue
            kept.setdefault((person_id, day), []).append((ask, round))
    return kept


def _assembled(
    person: Person,
    day: date,
    standing: list[Standing],
    asked_in: list[Round],
    all_teams: Mapping[str, Team],
    *,
    can_wait: bool,
    over: bool,
) -> words.Prompt:
    by_team = {round.team_id: round for round in asked_in}
    still_open = [round for round in asked_in if round.state is RoundState.OPEN]
    waiting_for = {one.key_result.team_id for one in standing if not one.answered} or set(by_team)
    closing = [by_team[team].closes_at for team in waiting_for if by_team[team] in still_open]
    return words.Prompt(
        person=person,
        day=day,
        standings=tuple(standing),
        digest_at=min(closing, default=max(round.closes_at for round in asked_in)),
        channels=tuple(dict.fromkeys(all_teams[team].channel for team in sorted(by_team))),
        open=bool(still_open),
        over=over and not still_open,
        can_wait=can_wait,
    )


def _subject(delivery: Delivery) -> Subject:
    assert delivery.person_id is not None  # noqa: S101 - prompts are owed to a person
    assert delivery.date is not None  # noqa: S101 - about a date
    return delivery.person_id, delivery.date


def _person_id(reader: Reader) -> str:
    if reader.actor.person is None:
        raise TooLate("later.no_reminder")
    return reader.actor.person.id
