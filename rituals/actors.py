"""Who acts: their person, their rights and their language, of people the company names and of others."""

import time
from dataclasses import dataclass
from datetime import date, datetime

from blocks.language import Language, language
from okr import cadence
from okr.authority import Actor
from okr.goals import Person
from rituals.messenger import Member, Messenger, SendError
from storage import channels, people
from storage.database import Database, Transaction

REMEMBERED_SECONDS = 600
MOST_REMEMBERED = 1000


@dataclass(frozen=True)
class Reader:
    """An actor with what it takes to answer them."""

    actor: Actor
    language: Language
    zone: str

    def today(self, now: datetime) -> date:
        return cadence.local_date(now, self.zone)


class Actors:
    """Only people named in the company are kept in the memory; others are remembered for ten minutes, here."""

    def __init__(self, database: Database, messenger: Messenger) -> None:
        self.database = database
        self.messenger = messenger
        self._strangers: dict[tuple[str, str], tuple[float, Member | None]] = {}

    async def find(self, workspace: str, slack_id: str, now: datetime) -> Reader:
        """Whoever acts with this Slack id, with their rights of now."""
        async with self.database.reading() as tx:
            person = await people.by_slack(tx, workspace, slack_id)
            if person:
                actor = await actor_of(tx, workspace, person, now)
                return Reader(actor, language(person.locale), person.zone)
        member = await self._stranger(workspace, slack_id)
        async with self.database.reading() as tx:
            admin = await people.is_admin(tx, workspace, None, slack_admin=bool(member and member.is_admin))
            inside = await channels.of_member(tx, workspace, slack_id, now)
        if member is None:
            return Reader(Actor(slack_id, outsider=True), language("en-US"), "UTC")
        actor = Actor(slack_id, admin=admin, outsider=member.outsider, channels=inside)
        return Reader(actor, language(member.locale), member.zone or "UTC")

    async def _stranger(self, workspace: str, slack_id: str) -> Member | None:
        """Ask Slack about somebody unknown; who cannot be asked about has the fewest rights."""
        kept = self._strangers.get((workspace, slack_id))
        if kept and time.monotonic() - kept[0] < REMEMBERED_SECONDS:
            return kept[1]
        try:
            member = await self.messenger.member(workspace, slack_id)
        except SendError:
            return None
        if len(self._strangers) >= MOST_REMEMBERED:
            self._strangers.clear()
        self._strangers[workspace, slack_id] = (time.monotonic(), member)
        return member


async def actor_of(tx: Transaction, workspace: str, person: Person, now: datetime) -> Actor:
    """Somebody the company names, with their rights of now: whoever acts, and whomever a message is for."""
    slack_admin, outsider = await people.slack_marks(tx, workspace, person.id)
    admin = await people.is_admin(tx, workspace, person.id, slack_admin=slack_admin)
    inside = await channels.of_member(tx, workspace, person.slack_id, now)
    return Actor(person.slack_id, person, admin=admin, outsider=outsider, channels=inside)
