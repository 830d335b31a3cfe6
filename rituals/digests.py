"""The digest of a round: what its message, and the messages in its thread, say now."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from blocks import digest as words
from blocks.language import language
from blocks.message import Message
from okr import cadence
from okr.absence import Excuse
from okr.authority import may_stand_in_channel
from okr.deliveries import Delivery
from okr.digest import summarise
from okr.goals import KeyResult, State, Team
from okr.history import Moved, moved
from okr.rounds import Ask, Round
from rituals.company_digests import besides
from rituals.drawing import Drawn
from storage import asks, channels, key_results, past, people, prompts, rounds, standings, teams
from storage.database import Database, Transaction


class Digests:
    """Draws digests from today's data, as far as it belongs to their round."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def draw(self, workspace: str, deliveries: Sequence[Delivery], now: datetime) -> Mapping[str, Drawn]:
        """What each message of a digest says now: part 0 is the digest itself, the others go on in its thread."""
        async with self.database.reading() as tx:
            return {one.id: await _drawn(tx, one, now) for one in deliveries}


async def _drawn(tx: Transaction, delivery: Delivery, now: datetime) -> Drawn:
    team, messages = await digest_of(tx, delivery, now, in_channel=True)
    return _part(messages, delivery, team.channel, words.nothing_more(language(team.language)))


async def digest_of(
    tx: Transaction, delivery: Delivery, now: datetime, *, in_channel: bool = False
) -> tuple[Team, list[Message]]:
    """The team, and the digest of the round a delivery is owed for with the messages that go on in its thread.

    What is private to the team stands in it only where it is read `in_channel`, and that channel is known to be a
    private one: anybody can join another.
    """
    assert delivery.round_id is not None  # noqa: S101 - a digest is owed for a round
    round = await rounds.by_id(tx, delivery.workspace, delivery.round_id)
    team = (await teams.some(tx, delivery.workspace, [round.team_id]))[round.team_id]
    every = [ask for ask in await asks.of_round(tx, delivery.workspace, round.id) if ask.excuse is not Excuse.LEFT]
    shows_private = in_channel and await channels.is_closed(tx, delivery.workspace, team.channel, now)
    known = await key_results.some(tx, delivery.workspace, [ask.key_result_id for ask in every])
    found = [one for one in known if may_stand_in_channel(one, team, closed=shows_private)]
    asked = [ask for ask in every if ask.key_result_id in {one.id for one in found}]
    standing = await standings.gather(
        tx,
        delivery.workspace,
        [one for one in found if one.is_asked or one.state is State.DONE],
        now=now,
        today=cadence.local_date(now, team.zone),
        rounds_by_team={team.id: round},
    )
    missed = await rounds.missed_since(tx, delivery.workspace, team.id, round.date)
    opened = (await rounds.newest(tx, delivery.workspace, [team.id])).get(team.id, [])
    over = any(one.date > round.date for one in opened)
    circumstances = words.Circumstances(
        missed=tuple(missed),
        updated=delivery.is_update,
        over=over,
        moved=await _moved(tx, delivery.workspace, round, opened, [one.key_result for one in standing]),
    )
    unreached = await _unreached(tx, delivery.workspace, asked)
    beside = await besides(tx, delivery.workspace, round, now) if team.is_company else ()
    summed = summarise(team, round, standing, unreached=unreached, beside=beside)
    return team, words.render(summed, language(team.language), circumstances)


async def _moved(
    tx: Transaction, workspace: str, round: Round, newest_first: Sequence[Round], shown: Sequence[KeyResult]
) -> tuple[Moved, ...]:
    """The goals that were changed since the round before this one was summed up, each with who changed it."""
    earlier = next((one for one in newest_first if one.date < round.date), None)
    if earlier is None:
        return ()
    recorded = await past.recorded(tx, workspace, [one.id for one in shown])
    changed = [
        found
        for one in shown
        if (found := moved(one.title, recorded.revised.get(one.id, []), earlier.closes_at, round.closes_at))
    ]
    by = await people.some(tx, workspace, {one.by for one in changed})
    return tuple(replace(one, by=by[one.by].name if one.by in by else "") for one in changed)


async def _unreached(tx: Transaction, workspace: str, asked: Sequence[Ask]) -> set[str]:
    """Whom no question of these has reached: okrbot was not running at their hour, or Slack did not take it."""
    subjects = {(ask.person_id, ask.date) for ask in asked if not ask.excused}
    reached = {person_id for person_id, _ in await prompts.reached(tx, workspace, list(subjects))}
    return {person_id for person_id, _ in subjects} - reached


def _part(messages: list[Message], delivery: Delivery, channel: str, nothing_more: Message) -> Drawn:
    if delivery.part == 0:
        return Drawn(channel, messages[0], parts=len(messages))
    if delivery.part < len(messages):
        return Drawn(channel, messages[delivery.part])
    if delivery.is_update:
        return Drawn(channel, nothing_more)
    return Drawn(channel, reason="the digest became shorter")
