"""`/okr away` and `/okr back`."""

from blocks import leave, leave_phrase
from handlers.homes import refresh_home
from handlers.visits import Visit
from okr import cadence


async def away(visit: Visit, rest: str) -> None:
    """From when to when somebody is away, in their words; committed, then acknowledged."""
    reader = await visit.reader()
    today = cadence.local_date(visit.now, reader.zone)
    first, last = leave_phrase.read(rest, today, month_first=reader.language.month_first)
    said = await visit.rituals.absences.say(visit.workspace, reader, first, last, visit.now)
    await visit.ack()
    await visit.reply(leave.render_away(said, reader.language))
    await visit.rituals.deliverer.deliver_changes(visit.now, workspace=visit.workspace)
    await refresh_home(visit, reader)


async def back(visit: Visit) -> None:
    """Back before the end: what was answered meanwhile, and what waits."""
    reader = await visit.reader()
    found = await visit.rituals.absences.come_back(visit.workspace, reader, visit.now)
    await visit.ack()
    await visit.reply(leave.render_back(found, reader.language) if found else leave.render_never_away(reader.language))
    await visit.rituals.deliverer.deliver_changes(visit.now, workspace=visit.workspace)
    await refresh_home(visit, reader)
