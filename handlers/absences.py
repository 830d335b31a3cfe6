"""`/okr away` and `/okr back`."""

from blocks import leave, leave_phrase
from blocks.message import Message
from handlers.homes import refresh_home
from handlers.visits import Visit
from okr import cadence
from rituals.actors import Reader


async def away(visit: Visit, rest: str) -> None:
    """From when to when somebody is away, in their words; committed, then acknowledged."""
    reader = await visit.reader()
    today = cadence.local_date(visit.now, reader.zone)
    absences = visit.rituals.absences
    if leave_phrase.is_called_off(rest):
        message = await _call_off(visit, reader)
    elif not rest and (known := await absences.known(visit.workspace, reader, visit.now)):
        message = leave.render_known(known, reader.language)
    else:
        first, last = leave_phrase.read(rest, today, month_first=reader.language.month_first)
        said = await absences.say(visit.workspace, reader, first, last, visit.now)
        message = leave.render_away(said, reader.language)
    await visit.ack()
    await visit.reply(message)
    await _bring_up_to_date(visit, reader)


async def _call_off(visit: Visit, reader: Reader) -> Message:
    """Whoever is away is back; whoever is not, stays."""
    absences = visit.rituals.absences
    if found := await absences.come_back(visit.workspace, reader, visit.now):
        return leave.render_back(found, reader.language)
    gone = await absences.call_off(visit.workspace, reader, visit.now)
    return leave.render_called_off(gone, cadence.local_date(visit.now, reader.zone), reader.language)


async def back(visit: Visit, rest: str) -> None:
    """Back before the end: what was answered meanwhile, and what waits; or the day on which they will be."""
    reader = await visit.reader()
    today = cadence.local_date(visit.now, reader.zone)
    absences = visit.rituals.absences
    if day := leave_phrase.read_back(rest, today, month_first=reader.language.month_first):
        said = await absences.come_back_on(visit.workspace, reader, day, visit.now)
        message = leave.render_back_on(said, reader.language)
    elif found := await absences.come_back(visit.workspace, reader, visit.now):
        message = leave.render_back(found, reader.language)
    else:
        coming = await absences.known(visit.workspace, reader, visit.now)
        message = leave.render_never_away(coming, reader.language)
    await visit.ack()
    await visit.reply(message)
    await _bring_up_to_date(visit, reader)


async def _bring_up_to_date(visit: Visit, reader: Reader) -> None:
    """The messages that stand, and Home."""
    await visit.rituals.deliverer.deliver_changes(visit.now, workspace=visit.workspace)
    again = await visit.rituals.actors.find(visit.workspace, reader.actor.slack_id, visit.now)
    await refresh_home(visit, again)
