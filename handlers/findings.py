"""*Fewer of these* under what the nightly look has found, and the way back."""

from blocks import findings as words
from blocks.message import Message
from blocks.text import section
from handlers.visits import Visit


async def choose_how_often(visit: Visit) -> None:
    """Committed, then answered where they are."""
    reader = await visit.reader()
    fewer = visit.action.get("value") == "fewer"
    await visit.rituals.looks.want(visit.workspace, reader, fewer=fewer)
    await visit.ack()
    text = words.say_fewer(reader.language, fewer=fewer)
    await visit.reply(Message(text=text, blocks=[section(text)]))
