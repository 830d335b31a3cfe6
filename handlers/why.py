"""*Why this?* under a message of ours: answered to whoever presses it, about themselves."""

from blocks import ids
from blocks import why as words
from handlers.visits import Visit


async def explain(visit: Visit) -> None:
    """It only reads; old messages, and people nobody has named, get an answer too."""
    await visit.ack()
    reader = await visit.reader()
    found = await visit.rituals.reasons.why(visit.workspace, reader, ids.read_message(visit.action.get("value", "")))
    await visit.reply(words.render(found, reader.language))
