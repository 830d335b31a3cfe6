"""`/okr history`: who said and changed what, and when."""

from handlers.visits import Visit


async def history(visit: Visit, words: str) -> None:
    """What became of one's own key results, or of the one whose title holds the words."""
    await visit.ack()
    reader = await visit.reader()
    await visit.reply(await visit.rituals.histories.tell(visit.workspace, reader, words, visit.now))
