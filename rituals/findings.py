"""What is found in what a team pursues, and the message that tells an owner of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from blocks import findings as words
from blocks.language import language
from okr import cadence
from okr.authority import may_read
from okr.deliveries import ENOUGH, NO_HOUR, UNREACHABLE, Delivery
from okr.findings import Family, Finding, in_order
from okr.goals import Person, Team
from okr.judging import judge
from okr.nightly_look import missed, of_key_result, of_objective
from rituals.actors import actor_of
from rituals.drawing import Drawn
from rituals.leads import lead_of
from rituals.welcomes import asked_in_teams, working_days
from storage import aims, company, findings, people, standards, standings, teams, weeks
from storage.aims import Pursued
from storage.database import Transaction
from storage.findings import Name, Said

SWITCHED_OFF = "coaching is switched off"


@dataclass(frozen=True)
class Seen:
    """A finding, when its key result was last answered for, and when the rounds closed that were missed since."""

    finding: Finding
    answered_at: datetime | None = None
    closings: tuple[datetime, ...] = ()

    def level_at(self, moment: datetime, level: int) -> int:
        """How bad it was when it was said; `level` is how bad when that was planned."""
        if self.finding.family is Family.SILENCE:
            return sum(one <= moment for one in self.closings)
        return level


def message_key(person_id: str, day: date) -> str:
    """The natural name of an owner's message."""
    return f"findings:{person_id}:{day.isoformat()}"


async def found_in(
    tx: Transaction, workspace: str, pursued: Sequence[Pursued], today: date, now: datetime, *, planned: bool = False
) -> list[Seen]:
    """What is found in these objectives and under them, or is still so of what is `planned` to be said."""
    results = {one.id: one for each in pursued for one in each.key_results}
    known = await standings.read(tx, workspace, results)
    most = (await standards.of(tx, workspace)).limits.most_key_results
    seen = [Seen(finding) for each in pursued if (finding := of_objective(each.aim, today, most))]
    for each in pursued:
        for one in each.key_results:
            standing = judge(known[one.id], now, today)
            if finding := of_key_result(known[one.id], standing, each.aim, now, planned=planned):
                closings = tuple(round.closes_at for round in missed(known[one.id]))
                seen.append(Seen(finding, standing.last.at if standing.last else None, closings))
    return seen


async def still_found(
    tx: Transaction, workspace: str, names: Collection[Name], reader: Person, now: datetime
) -> list[Finding]:
    """Which of these are still found, in the order in which they are told."""
    return in_order(one.finding for one in await _still_seen(tx, workspace, names, reader, now))


async def drawn(tx: Transaction, delivery: Delivery, now: datetime) -> Drawn:
    """An owner's message: what is still so, and still theirs, of what it was to say. One that stands says also what the
    lead was told.
    """
    assert delivery.person_id is not None  # noqa: S101 - owed to a person
    assert delivery.date is not None  # noqa: S101 - about a date
    workspace = delivery.workspace
    person = (await people.some(tx, workspace, [delivery.person_id]))[delivery.person_id]
    address = (await people.addresses(tx, workspace, [person.id]))[person.id]
    if not delivery.is_update and (reason := await _unsaid(tx, workspace, person, delivery.date, now)):
        return Drawn(address, reason=reason)
    said = await findings.of_message(tx, workspace, person.id, delivery.date)
    found = [one for one in await still_found(tx, workspace, said.keys(), person, now) if one.owner_id == person.id]
    if not (found or delivery.is_update):
        return Drawn(address, reason="nothing left to tell")
    told = words.Told(
        day=delivery.date,
        zone=person.zone,
        leads=await _leads(tx, workspace, person, found),
        told=await _told(tx, workspace, said.values()),
        fewer=await findings.wants_fewer(tx, workspace, person.id),
    )
    return Drawn(address, words.render(person, found, told, language(person.locale)))


async def for_lead(tx: Transaction, delivery: Delivery, lead: Person, now: datetime) -> words.Open:
    """What a lead's notice says of findings nobody has answered, or nobody owns, as far as it is theirs to hear."""
    said, seen = await _of_notice(tx, delivery, lead, now)
    settled = await _settled(tx, delivery.workspace, said, seen)
    found = [one.finding for one in seen if one.finding.name not in settled]
    theirs = [one for one in found if await _is_theirs(tx, delivery.workspace, lead, one, said[one.name], now)]
    owners = await people.some(tx, delivery.workspace, {one.owner_id for one in theirs if one.owner_id})
    return words.Open(tuple(in_order(theirs)), {id: one.name for id, one in owners.items()})


async def not_for_lead(tx: Transaction, delivery: Delivery, now: datetime) -> list[Said]:
    """What a lead's notice was to say and is not theirs to hear any more: whoever leads today hears of it instead."""
    assert delivery.person_id is not None  # noqa: S101 - owed to a person
    lead = (await people.some(tx, delivery.workspace, [delivery.person_id]))[delivery.person_id]
    said, seen = await _of_notice(tx, delivery, lead, now)
    found = [(one.finding, said[one.finding.name]) for one in seen]
    return [told for one, told in found if not await _is_theirs(tx, delivery.workspace, lead, one, told, now)]


async def may_hear(tx: Transaction, workspace: str, lead: Person, team: Team, one: Finding, now: datetime) -> bool:
    """What is private is told only to who may read it."""
    return may_read(await actor_of(tx, workspace, lead, now), team, private=one.about.private)


async def _still_seen(
    tx: Transaction, workspace: str, names: Collection[Name], reader: Person, now: datetime
) -> list[Seen]:
    pursued = await aims.around(tx, workspace, [about for _, about in names], reader.zone)
    found = await found_in(tx, workspace, pursued, cadence.local_date(now, reader.zone), now, planned=True)
    return [one for one in found if one.finding.name in names]


async def _of_notice(
    tx: Transaction, delivery: Delivery, lead: Person, now: datetime
) -> tuple[dict[Name, Said], list[Seen]]:
    """What a lead's notice was to tell, and what is still so of it."""
    assert delivery.date is not None  # noqa: S101 - about a date
    said = await findings.of_notice(tx, delivery.workspace, lead.id, delivery.date)
    return said, await _still_seen(tx, delivery.workspace, said.keys(), lead, now) if said else []


async def _settled(tx: Transaction, workspace: str, said: Mapping[Name, Said], seen: Sequence[Seen]) -> set[Name]:
    """What its owner has answered, or somebody has changed, since the owner read of it."""
    keys = {name: message_key(one.person_id, one.day) for name, one in said.items() if one.lead_id != one.person_id}
    sent = await findings.sent_at(tx, workspace, set(keys.values()))
    since = {name: at for name, key in keys.items() if (at := sent.get(key))}
    changed = await aims.changed_since(
        tx, workspace, [id for _, id in since], {id: at for (_, id), at in since.items()}
    )
    answered = {one.finding.name: one.answered_at for one in seen if one.answered_at}
    return {name for name, at in since.items() if name[1] in changed or (name in answered and answered[name] > at)}


async def _is_theirs(tx: Transaction, workspace: str, lead: Person, one: Finding, said: Said, now: datetime) -> bool:
    """Whether they are still whom the look would tell of it, and may read it."""
    team = (await teams.some(tx, workspace, [one.about.team_id]))[one.about.team_id]
    besides = "" if said.lead_id == said.person_id else said.person_id
    nearest = await lead_of(tx, workspace, team, besides=besides)
    leads = nearest is not None and nearest.id == lead.id
    return leads and await may_hear(tx, workspace, lead, team, one, now)


async def _unsaid(tx: Transaction, workspace: str, person: Person, day: date, now: datetime) -> str:
    """Why a message that was planned is not sent, empty when it is. What is still so is found again."""
    manners = await company.manners(tx, workspace)
    works = working_days(person, await asked_in_teams(tx, workspace, person))
    if not manners.coaching:
        return SWITCHED_OFF
    if person.deactivated:
        return "the person has left"
    if person.unreachable:
        return UNREACHABLE
    today = cadence.local_date(now, person.zone)
    if person.is_away(today):
        return "away"
    if today != day or not cadence.may_remind(now, person.zone, last_message=None, works=works):
        return NO_HOUR
    return ENOUGH if await weeks.sent(tx, workspace, person.id, day) >= manners.messages_a_week else ""


async def _leads(tx: Transaction, workspace: str, person: Person, found: Iterable[Finding]) -> list[str]:
    """The names of those who hear of it when the owner stays silent."""
    by_id = await teams.some(tx, workspace, {one.about.team_id for one in found})
    hear = [await lead_of(tx, workspace, one, besides=person.id) for one in by_id.values() if one.lead_id != person.id]
    return list(dict.fromkeys(one.name for one in hear if one))


async def _told(tx: Transaction, workspace: str, said: Iterable[Said]) -> Mapping[Name, tuple[str, date]]:
    """Which lead hears of what, and when."""
    told = [(one.name, one.lead_id, one.lead_day) for one in said]
    leads = await people.some(tx, workspace, {lead for _, lead, _ in told if lead})
    return {name: (leads[lead].name, day) for name, lead, day in told if lead and day}
