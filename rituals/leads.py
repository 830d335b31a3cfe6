"""The one notice a lead gets on a Monday, about everything that came up."""

from datetime import date, datetime, time, timedelta

from okr import cadence
from okr.deliveries import Kind
from okr.goals import Person, Team
from okr.leads import nearest_lead
from storage import deliveries, people, teams
from storage.database import Transaction

MONDAY = 0
NOTICE_HOUR = time(9)


def next_notice(lead: Person, now: datetime) -> tuple[date, datetime]:
    """The lead's next Monday, and its hour."""
    day = cadence.next_weekday(cadence.local_date(now, lead.zone) - timedelta(days=1), MONDAY)
    due = cadence.instant(day, NOTICE_HOUR, lead.zone)
    if due <= now:
        day += timedelta(days=7)
        due = cadence.instant(day, NOTICE_HOUR, lead.zone)
    return day, due


async def owe_notice(tx: Transaction, workspace: str, lead: Person, day: date, due: datetime) -> None:
    """Owe it once, whatever it will say."""
    key = f"notice:{day.isoformat()}:{lead.id}"
    await deliveries.plan(tx, workspace, key, Kind.NOTICE, due, person_id=lead.id, day=day)


async def tell_of_drafts(tx: Transaction, workspace: str, team: Team, now: datetime) -> None:
    """Something was proposed for a team: whoever leads it hears of it."""
    lead = nearest_lead(await teams.every(tx, workspace), await people.every(tx, workspace), team)
    if lead:
        await owe_notice(tx, workspace, lead, *next_notice(lead, now))
