"""`/okr doctor`, for admins: how okrbot itself is, and *Post again* for what only a person can settle."""

from blocks import doctor as words
from blocks import ids
from handlers.visits import Visit


async def examine(visit: Visit) -> None:
    """Who was asked, what came of it, what comes next, and whether okrbot is alive."""
    await visit.ack()
    reader = await visit.reader()
    found = await visit.rituals.doctor.look(visit.workspace, reader.actor, visit.now)
    await visit.reply(words.render(found, reader.language, reader.zone))


async def post_again(visit: Visit) -> None:
    """Committed, then acknowledged; pressed twice, it is sent once."""
    reader = await visit.reader()
    delivery_id, tries = ids.read_sending(visit.action["value"])
    planned = await visit.rituals.doctor.post_again(visit.workspace, reader.actor, delivery_id, tries, visit.now)
    await visit.ack()
    await visit.reply(words.render_again(planned=planned, language=reader.language))
    if planned:
        await visit.rituals.deliverer.deliver_all(visit.now, workspace=visit.workspace)
