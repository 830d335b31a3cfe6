"""*Later* on a prompt: choosing an hour before the digest."""

from blocks import ids, later
from handlers.visits import Visit


async def open_later(visit: Visit) -> None:
    """Offer the hours that are left."""
    await visit.ack()
    reader = await visit.reader()
    day = ids.read_day(visit.action["value"])
    if day is None:
        return
    hours = await visit.rituals.prompts.later_hours(visit.workspace, reader, day, visit.now)
    await visit.open(later.render(hours, day, reader.language, reader.zone))


async def submit_later(visit: Visit) -> None:
    """Move the next reminder to the chosen hour."""
    reader = await visit.reader()
    day, chosen = later.read(visit.view)
    await visit.rituals.prompts.put_off(visit.workspace, reader, day, chosen, visit.now)
    await visit.ack()
