"""`/okr tree`, and its button on Home: what contributes to what."""

from blocks import tree as words
from handlers.statuses import CHANNEL, as_typed
from handlers.visits import Visit
from okr.errors import NotFound
from rituals.trees import WantedTree


async def look(visit: Visit, rest: str) -> None:
    """The whole tree, or that of a team, by its name or its channel."""
    await visit.ack()
    reader = await visit.reader()
    found = await visit.rituals.trees.look(visit.workspace, reader, read_wanted(rest), visit.now)
    await visit.reply(words.render(found, reader.language))


async def open_tree(visit: Visit) -> None:
    """*Tree* on Home."""
    await visit.ack()
    reader = await visit.reader()
    found = await visit.rituals.trees.look(visit.workspace, reader, WantedTree(), visit.now)
    await visit.open(words.render_view(found, reader.language))


def read_wanted(rest: str) -> WantedTree:
    """What stands behind the command; Slack sends <, > and & of a typed text as entities. Raises NotFound."""
    if channel := CHANNEL.fullmatch(rest):
        return WantedTree(channel=channel[1])
    if rest.startswith("#"):
        raise NotFound("not_found.channel_name", name=as_typed(rest))
    return WantedTree(name=as_typed(rest))
