"""What somebody writes to the bot in their direct message: it reads no messages, and says so."""

from blocks import help as help_words
from handlers.visits import Visit


async def point_to_help(visit: Visit) -> None:
    """One line for a person's own words; edits, deletions and what apps post are no news."""
    event = visit.body["event"]
    if event.get("subtype") or event.get("bot_id") or event.get("channel_type") != "im":
        return
    reader = await visit.rituals.actors.find(visit.workspace, event["user"], visit.now)
    visit.known = reader
    message = help_words.render_hello(reader.language)
    await visit.client.chat_postMessage(channel=event["channel"], text=message.text, blocks=message.blocks)
