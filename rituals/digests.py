"""The digest of a round: what its message, and the messages in its thread, say now."""

from datetime import datetime

from blocks import digest as words
from blocks.language import language
from blocks.message import Message
from okr import cadence
from okr.deliveries import Delivery, Kind
from okr.digest import summarise
from okr.goals import State
from rituals.messenger import Posted
from rituals.prompts import Nothing
from storage import deliveries, key_results, rounds, standings, teams
from storage.database import Database, Transaction


class Digests:
    """Draws digests from today's data, as far as it belongs to their round."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def message(self, delivery: Delivery, now: datetime) -> Message | Nothing:
        """What this part of the digest says now."""
        parts = await self.parts(delivery, now)
        if delivery.part < len(parts):
            return parts[delivery.part]
        if not delivery.is_update:
            return Nothing("the digest became shorter")
        return words.nothing_more(language(await self._team_language(delivery)))

    async def parts(self, delivery: Delivery, now: datetime) -> list[Message]:
        """The whole digest, its message first."""
        assert delivery.round_id is not None  # noqa: S101 - a digest is owed for a round
        async with self.database.reading() as tx:
            round = await rounds.by_id(tx, delivery.workspace, delivery.round_id)
            team = (await teams.every(tx, delivery.workspace))[round.team_id]
            asked = [ask for ask in await rounds.asks_of_round(tx, delivery.workspace, round.id) if not ask.excused]
            found = await key_results.some(tx, delivery.workspace, [ask.key_result_id for ask in asked])
            alive = [one for one in found if one.state in (State.ACTIVE, State.DONE) and not one.private]
            standing = await standings.gather(
                tx,
                delivery.workspace,
                alive,
                now=now,
                today=cadence.local_date(now, team.zone),
                rounds_by_team={team.id: round},
            )
            missed = await rounds.missed_since(tx, delivery.workspace, team.id, round.date)
        circumstances = words.Circumstances(missed=tuple(missed), updated=delivery.is_update)
        return words.render(summarise(team, round, standing), language(team.language), circumstances)

    async def address(self, delivery: Delivery) -> str:
        """The channel it goes to: the team's, as it is now."""
        assert delivery.round_id is not None  # noqa: S101 - a digest is owed for a round
        async with self.database.reading() as tx:
            round = await rounds.by_id(tx, delivery.workspace, delivery.round_id)
            return (await teams.every(tx, delivery.workspace))[round.team_id].channel

    async def owe_thread(
        self, tx: Transaction, delivery: Delivery, posted: Posted, *, parts: int, now: datetime
    ) -> None:
        """Once the digest stands, owe the parts that go on in its thread and are not owed yet."""
        assert delivery.round_id is not None  # noqa: S101 - a digest is owed for a round
        owed = await deliveries.parts_of_round(tx, delivery.workspace, delivery.round_id)
        for part in set(range(1, parts)) - owed:
            await deliveries.plan(
                tx,
                delivery.workspace,
                f"digest:{delivery.round_id}:{part}",
                Kind.DIGEST,
                now,
                round_id=delivery.round_id,
                part=part,
                channel=posted.channel,
                thread_ts=posted.ts,
            )

    async def _team_language(self, delivery: Delivery) -> str:
        assert delivery.round_id is not None  # noqa: S101 - a digest is owed for a round
        async with self.database.reading() as tx:
            round = await rounds.by_id(tx, delivery.workspace, delivery.round_id)
            return (await teams.every(tx, delivery.workspace))[round.team_id].language
