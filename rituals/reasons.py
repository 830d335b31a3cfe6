"""Why somebody got a message of ours: read from the memory when they ask, for them alone."""

from collections.abc import Sequence
from datetime import date

from blocks import why as words
from blocks.ids import AboutMessage
from blocks.why import Answered, Asking, Forgotten, Why, WhyAsked, WhyDigest, WhyFound, WhyTold, WhyWelcomed
from okr.absence import away_before
from okr.authority import Actor, may_read_of
from okr.calling import Calling
from okr.goals import KeyResult, Person
from okr.rounds import Ask, Round
from rituals.actors import Reader
from rituals.asking import call
from rituals.findings import message_key
from rituals.leads import led_by, notice_key
from rituals.welcomes import asked_in_teams, working_days
from storage import aims, asks, deliveries, findings, flags, key_results, people, revisions, rounds, teams
from storage.database import Database, Transaction


class Reasons:
    """Each method is one transaction that only reads."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def why(self, workspace: str, reader: Reader, about: AboutMessage) -> Why:
        """Why this reader got this message. A digest is everybody's in its channel; of all others only whoever they
        were for learns more.
        """
        person = reader.actor.person
        async with self.database.reading() as tx:
            found: Why | None = None
            if about.what == words.DIGEST:
                found = await _digest(tx, workspace, about.name)
            elif person and about.what == words.UNPOSTED:
                found = await _unposted(tx, workspace, person, about.name)
            elif person and about.day:
                found = await _personal(tx, workspace, reader.actor, person, about, about.day)
        return found or Forgotten(named=person is not None)


async def _personal(
    tx: Transaction, workspace: str, actor: Actor, person: Person, about: AboutMessage, day: date
) -> Why | None:
    match about.what:
        case words.PROMPT:
            return await _asked(tx, workspace, actor, person, day, about.part)
        case words.NOTICE:
            return await _told(tx, workspace, person, day)
        case words.FINDINGS:
            return await _found(tx, workspace, person, day)
        case words.WELCOME:
            return await _welcomed(tx, workspace, person, day)
    return None


async def _asked(
    tx: Transaction, workspace: str, actor: Actor, person: Person, day: date, part: int
) -> WhyAsked | None:
    planned = await deliveries.hour(tx, workspace, f"prompt:{person.id}:{day.isoformat()}:{part}")
    excused = await asks.excused_of_person(tx, workspace, person.id, day)
    asked = await asks.of_person(tx, workspace, person.id, day)
    if not asked and not excused:
        return None
    called = await call(tx, workspace, {round.team_id for _, round in (*asked, *excused)})
    known = await key_results.some(tx, workspace, [ask.key_result_id for ask, _ in asked or excused])
    now_asked = await asks.open_of_person(tx, workspace, person.id)
    all_teams = await teams.some(tx, workspace, {one.team_id for one in known})
    found = [one for one in known if may_read_of(actor, one, all_teams[one.team_id], asked=now_asked)]
    if not found:
        return None
    return WhyAsked(
        askings=tuple(await _askings(tx, workspace, person, called, asked or excused, {one.id: one for one in found})),
        zone=person.zone,
        at=planned.at if planned else min(ask.due_at for ask, _ in asked or excused),
        reminder=part,
        chosen=bool(planned and planned.chosen),
        excuse=None if asked else excused[0][0].excuse,
    )


async def _askings(
    tx: Transaction,
    workspace: str,
    person: Person,
    called: Calling,
    asked: Sequence[tuple[Ask, Round]],
    found: dict[str, KeyResult],
) -> list[Asking]:
    all_teams = await teams.some(tx, workspace, {round.team_id for _, round in asked})
    ids = {team.lead_id for team in all_teams.values() if team.lead_id}
    ids |= {id for one in found.values() for id in (one.owner_id, one.check_in_owner_id)}
    persons = await people.some(tx, workspace, ids)
    askings = []
    for round in {round.id: round for _, round in asked}.values():
        asks = [ask for ask, each in asked if each.id == round.id and ask.key_result_id in found]
        team = all_teams[round.team_id]
        moved, off = called.moved(team, person, round.date, asks[0].date) or (None, None) if asks else (None, None)
        theirs = sorted((found[ask.key_result_id] for ask in asks), key=lambda one: (one.title, one.id))
        answered = [_answered(one, person, persons) for one in theirs]
        lead = persons.get(team.lead_id or "")
        askings.append(Asking(team, tuple(answered), None if lead == person else lead, moved, off))
    return sorted(askings, key=lambda one: one.team.name)


def _answered(one: KeyResult, person: Person, persons: dict[str, Person]) -> Answered:
    if one.check_in_owner_id != person.id:
        return Answered(one.title, instead_of=persons[one.check_in_owner_id])
    return Answered(one.title, owner=None if one.owner_id == person.id else persons[one.owner_id])


async def _digest(tx: Transaction, workspace: str, round_id: str, *, unposted: bool = False) -> WhyDigest | None:
    round = (await rounds.some(tx, workspace, [round_id])).get(round_id)
    if round is None:
        return None
    team = (await teams.some(tx, workspace, [round.team_id]))[round.team_id]
    set_on, by = await revisions.rhythm_set(tx, workspace, team.id) or (None, "")
    persons = await people.some(tx, workspace, [one for one in (team.lead_id, by) if one])
    lead = persons.get(team.lead_id or "")
    return WhyDigest(team, round.date, lead, set_on, persons.get(by), unposted=unposted)


async def _unposted(tx: Transaction, workspace: str, person: Person, round_id: str) -> WhyDigest | None:
    planned = await deliveries.hour(tx, workspace, f"unposted:{round_id}")
    theirs = planned is not None and planned.person_id == person.id
    return await _digest(tx, workspace, round_id, unposted=True) if theirs else None


async def _told(tx: Transaction, workspace: str, person: Person, day: date) -> WhyTold | None:
    told = await flags.for_person(tx, workspace, person.id, day)
    found = await key_results.some(tx, workspace, told)
    by_id = await teams.some(tx, workspace, {one.team_id for one in found})
    if by_id:
        return WhyTold(tuple(by_id.values()))
    if await deliveries.hour(tx, workspace, notice_key(person.id, day)) is None:
        return None
    all_teams = await teams.every(tx, workspace)
    if names := await findings.of_notice(tx, workspace, person.id, day):
        pursued = await aims.around(tx, workspace, [about for _, about in names], person.zone)
        ids = {one.aim.objective.team_id for one in pursued}
        return WhyTold(tuple(one for id, one in all_teams.items() if id in ids), found=True) if ids else None
    led = await led_by(tx, workspace, person, all_teams)
    return WhyTold(tuple(one for id, one in all_teams.items() if id in led), proposed=True) if led else None


async def _found(tx: Transaction, workspace: str, person: Person, day: date) -> WhyFound | None:
    if await deliveries.hour(tx, workspace, message_key(person.id, day)) is None:
        return None
    return WhyFound(fewer=await findings.wants_fewer(tx, workspace, person.id))


async def _welcomed(tx: Transaction, workspace: str, person: Person, day: date) -> WhyWelcomed | None:
    if await deliveries.hour(tx, workspace, f"welcome:{person.id}:{day.isoformat()}") is None:
        return None
    works = working_days(person, await asked_in_teams(tx, workspace, person))
    return WhyWelcomed(away_before(person.absences, works, day))
