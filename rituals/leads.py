"""Who leads, or stands in for a lead, and the one notice they get on a Monday, about everything that came up."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from okr import cadence
from okr.authority import Actor, may_read
from okr.definitions import Titled, waiting
from okr.deliveries import Kind
from okr.goals import Person, Team
from okr.leads import below, nearest_lead
from storage import deliveries, people, teams
from storage.database import Transaction

MONDAY = 0
NOTICE_HOUR = time(9)


async def lead_of(tx: Transaction, workspace: str, team: Team, *, besides: str = "") -> Person | None:
    """The nearest lead up the tree, else an admin. It reads no more than that line of the tree."""
    line = await teams.upwards(tx, workspace, team)
    leads = await people.some(tx, workspace, {one.lead_id for one in line.values() if one.lead_id})
    if found := nearest_lead(line, leads, team, besides=besides):
        return found
    return nearest_lead(line, leads | await people.admins(tx, workspace), team, besides=besides)


async def acting(tx: Transaction, workspace: str, team: Team) -> Team:
    """The team with the lead who answers for it today: its own, or the nearest one up the tree."""
    lead = await lead_of(tx, workspace, team)
    return replace(team, lead_id=lead.id) if lead else team


async def led_by(tx: Transaction, workspace: str, person: Person, all_teams: Mapping[str, Team]) -> set[str]:
    """The teams this person answers for: those they lead, and those under them that have no lead who can be told."""
    own = {one.id for one in all_teams.values() if one.lead_id == person.id}
    around = set(all_teams) if person.admin else below(all_teams, own)
    leads = await people.some(tx, workspace, {lead for id in around if (lead := all_teams[id].lead_id)})
    known = leads | (await people.admins(tx, workspace) if person.admin else {})
    return {id for id in around if nearest_lead(all_teams, known, all_teams[id]) == person}


def to_review(titles: Iterable[Titled], lead: Actor, all_teams: Mapping[str, Team]) -> list[Titled]:
    """The objectives with drafts that wait for whoever answers for their team; what is private is its team's."""
    drafts = [one for one in waiting(titles) if may_read(lead, all_teams[one.team_id], private=one.private)]
    return list({one.objective_id: one for one in drafts}.values())


def next_notice(lead: Person, now: datetime) -> tuple[date, datetime]:
    """The lead's next Monday, and its hour."""
    day = cadence.next_weekday(cadence.local_date(now, lead.zone) - timedelta(days=1), MONDAY)
    due = cadence.instant(day, NOTICE_HOUR, lead.zone)
    if due <= now:
        day += timedelta(days=7)
        due = cadence.instant(day, NOTICE_HOUR, lead.zone)
    return day, due


def notice_key(lead_id: str, day: date) -> str:
    """The natural name of a lead's notice."""
    return f"notice:{day.isoformat()}:{lead_id}"


async def owe_notice(tx: Transaction, workspace: str, lead: Person, day: date, due: datetime) -> None:
    """Owe it once, whatever it will say."""
    await deliveries.plan(tx, workspace, notice_key(lead.id, day), Kind.NOTICE, due, person_id=lead.id, day=day)


async def tell_of_drafts(tx: Transaction, workspace: str, team: Team, now: datetime) -> None:
    """Something was proposed for a team: whoever leads it hears of it."""
    if lead := await lead_of(tx, workspace, team):
        await owe_notice(tx, workspace, lead, *next_notice(lead, now))
