"""The nightly look at what each team pursues: its owners hear of what is found, and after two silent weeks its lead."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

import structlog

from okr import cadence
from okr.calling import Calling
from okr.company import Manners
from okr.deliveries import FINDINGS, Kind
from okr.findings import SILENCE, Finding, is_said_again
from okr.goals import Person, Team
from rituals.actors import Reader
from rituals.asking import call
from rituals.attempts import attempt
from rituals.findings import Seen, found_in, may_hear, message_key
from rituals.leads import lead_of, next_notice, notice_key, owe_notice
from storage import aims, company, deliveries, findings, key_results, people, teams, weeks
from storage.database import Database, Transaction
from storage.findings import Said
from storage.teams import Due

HOUR = time(10)
"""When an owner reads of what was found, on their clock."""
APART, FEWER_APART = timedelta(days=7), timedelta(days=28)
"""How long after such a message the next one comes at the earliest, and for whoever wants fewer of them."""
HORIZON = 28
"""Days among which a decent one is looked for."""
log = structlog.get_logger()


class Looks:
    """Each method is one act; `look_next` says whether to call it again.

    A team that cannot be looked at is logged, passed over until the next tick, and tried again then.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self._trouble: tuple[datetime | None, frozenset[str]] = (None, frozenset())

    async def look_next(self, now: datetime) -> bool:
        """Look at one team whose night has come, of any workspace."""
        at, ids = self._trouble
        passed_over = ids if at == now else frozenset[str]()
        async with self.database.reading() as tx:
            due = await teams.to_look_at(tx, now, but=passed_over)
        if due is None:
            return False
        if error := await attempt(self._look(due, now)):
            log.error("look failed", workspace=due.workspace, team=due.team_id, exc_info=error)
            self._trouble = now, passed_over | {due.team_id}
        return True

    async def want(self, workspace: str, reader: Reader, *, fewer: bool) -> None:
        """Somebody wants to hear less often of what is found, or as often as before."""
        if reader.actor.person:
            async with self.database.transaction() as tx:
                await findings.want(tx, workspace, reader.actor.person.id, fewer=fewer)

    async def _look(self, due: Due, now: datetime) -> None:
        async with self.database.transaction() as tx:
            await teams.lock_planning(tx, due.workspace)
            team = (await teams.some(tx, due.workspace, [due.team_id]))[due.team_id]
            if not await teams.claim_look(tx, due, looks_next=cadence.next_night(now, team.zone)):
                return
            manners = await company.manners(tx, due.workspace)
            if manners.coaching:
                await _look_at(tx, due.workspace, team, manners, now)


async def _look_at(tx: Transaction, workspace: str, team: Team, manners: Manners, now: datetime) -> None:
    """Owe what is new or worse to its owners, and tell the lead of what an owner leaves without a word."""
    pursued = await aims.of_team(tx, workspace, team.id, team.zone)
    today = cadence.local_date(now, team.zone)
    found = await found_in(tx, workspace, pursued, today, now)
    if not found:
        return
    said = await findings.about(tx, workspace, [one.finding.about.id for one in found])
    keys = {key for one in said.values() for key in (_key(one), _lead_key(one)) if key}
    sent = await findings.sent_at(tx, workspace, keys)
    unsaid, silent = [], []
    for one in found:
        before = said.get(one.finding.name)
        if before is None or _key(before) not in sent or _is_anothers(one.finding, before):
            unsaid.append(one.finding)
        elif (at := sent[_key(before)]) is None:
            continue
        elif is_said_again(one.finding, before.day, one.level_at(at, before.level), today):
            unsaid.append(one.finding)
        elif _lead_key(before) not in sent and today - before.day >= SILENCE and not _answered(one, at):
            silent.append((one.finding, before, at))
    await _say(tx, workspace, team, unsaid, manners, now)
    await _tell(tx, workspace, team, silent, now)


def _key(said: Said) -> str:
    """The message in which something was said."""
    if said.lead_id == said.person_id:
        return notice_key(said.person_id, said.day)
    return message_key(said.person_id, said.day)


def _lead_key(said: Said) -> str:
    """The notice in which a lead is told, empty while none is. One that was not sent tells nobody."""
    return notice_key(said.lead_id, said.lead_day) if said.lead_id and said.lead_day else ""


def _is_anothers(finding: Finding, said: Said) -> bool:
    """Whoever it was said to does not own it any more."""
    return said.lead_id != said.person_id != finding.owner_id


def _answered(seen: Seen, since: datetime) -> bool:
    return seen.answered_at is not None and seen.answered_at > since


# To the owners


async def _say(
    tx: Transaction, workspace: str, team: Team, unsaid: Sequence[Finding], manners: Manners, now: datetime
) -> None:
    owners = await people.some(tx, workspace, {one.owner_id for one in unsaid if one.owner_id})
    there = {id: one for id, one in owners.items() if not (one.deactivated or one.unreachable)}
    mornings = await _mornings(tx, workspace, team, there, manners, now)
    for one in unsaid:
        owner = there.get(one.owner_id or "")
        if owner is None:
            await _tell_instead(tx, workspace, team, one, now)
        elif morning := mornings[owner.id]:
            day, due = morning
            await findings.say(tx, workspace, one, owner.id, day)
            key = message_key(owner.id, day)
            await deliveries.plan(tx, workspace, key, Kind.NOTICE, due, person_id=owner.id, day=day, part=FINDINGS)


async def _mornings(
    tx: Transaction, workspace: str, team: Team, owners: Mapping[str, Person], manners: Manners, now: datetime
) -> dict[str, tuple[date, datetime] | None]:
    """By person, the day and the moment at which they hear of it."""
    if not owners:
        return {}
    asked = await key_results.active(tx, workspace, asked_ids=owners)
    called = await call(tx, workspace, {team.id, *(one.team_id for one in asked)})
    return {id: await _morning(tx, workspace, called, team, one, manners, now) for id, one in owners.items()}


async def _morning(
    tx: Transaction, workspace: str, called: Calling, team: Team, person: Person, manners: Manners, now: datetime
) -> tuple[date, datetime] | None:
    """With the message that is still to go, if there is one; else on a working day that brings no question, if there
    is any, and not in a week that is full already. None while they are away for long.
    """
    at = partial(cadence.instant, at=HOUR, zone=person.zone)
    last = await findings.last_message(tx, workspace, person.id)
    if last and at(last) > now:
        return last, at(last)
    apart = FEWER_APART if await findings.wants_fewer(tx, workspace, person.id) else APART
    today = cadence.local_date(now, person.zone)
    first = max(today, last + apart) if last else today
    full = await weeks.sent(tx, workspace, person.id, today) >= manners.messages_a_week
    answers_in = [called.teams[id] for id, ids in called.asked.items() if person.id in ids]
    works = [called.days_off(one, person).works for one in answers_in or [team]]
    decent = [
        day
        for day in (first + timedelta(days=distance) for distance in range(HORIZON))
        if at(day) > now
        and not person.is_away(day)
        and any(one(day) for one in works)
        and not (full and day - timedelta(days=day.weekday()) <= today)
    ]
    quiet = (day for day in decent[:7] if not any(called.next_asked(one, person, day) == day for one in answers_in))
    found = next(quiet, None) or next(iter(decent), None)
    return (found, at(found)) if found else None


# To the lead


async def _tell(
    tx: Transaction, workspace: str, team: Team, silent: Sequence[tuple[Finding, Said, datetime]], now: datetime
) -> None:
    """Once, with the lead's next notice; the owner's message says so. A lead's own are theirs to see to."""
    since = {one.about.id: at for one, _, at in silent}
    changed = await aims.changed_since(tx, workspace, list(since), since)
    for one, before, _ in silent:
        if one.about.id in changed or team.lead_id == before.person_id:
            continue
        lead = await lead_of(tx, workspace, team, besides=before.person_id)
        if lead and await may_hear(tx, workspace, lead, team, one, now):
            await _owe(tx, workspace, lead, one, now)
            await deliveries.freshen_one(tx, workspace, message_key(before.person_id, before.day))


async def _tell_instead(tx: Transaction, workspace: str, team: Team, one: Finding, now: datetime) -> None:
    """Nobody owns it who could be told: whoever leads the team hears of it first."""
    lead = await lead_of(tx, workspace, team)
    if lead and await may_hear(tx, workspace, lead, team, one, now):
        day, _ = next_notice(lead, now)
        await findings.say(tx, workspace, one, lead.id, day)
        await _owe(tx, workspace, lead, one, now)


async def _owe(tx: Transaction, workspace: str, lead: Person, one: Finding, now: datetime) -> None:
    day, due = next_notice(lead, now)
    await findings.tell(tx, workspace, one.name, lead.id, day)
    await owe_notice(tx, workspace, lead, day, due)
