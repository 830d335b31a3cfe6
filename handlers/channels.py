"""Who joins and leaves channels, as Slack tells it."""

from datetime import UTC, datetime

from handlers.setups import greet
from handlers.visits import Visit


async def join(visit: Visit) -> None:
    """`member_joined_channel`: somebody has, or the bot itself was invited."""
    if _is_ours(visit):
        await _begin_anew(visit)
        await greet(visit)
    else:
        await _note(visit, inside=True)


async def leave(visit: Visit) -> None:
    """`member_left_channel`: somebody has left or was removed, or the bot itself."""
    if _is_ours(visit):
        await _begin_anew(visit)
    else:
        await _note(visit, inside=False)


async def _begin_anew(visit: Visit) -> None:
    await visit.rituals.channels.forget(visit.workspace, visit.body["event"]["channel"], visit.now)


async def _note(visit: Visit, *, inside: bool) -> None:
    event = visit.body["event"]
    at = datetime.fromtimestamp(float(event["event_ts"]), UTC)
    await visit.rituals.channels.note(visit.workspace, event["channel"], event["user"], at, inside=inside)


def _is_ours(visit: Visit) -> bool:
    ours = {one.get("user_id") for one in visit.body.get("authorizations") or ()}
    return visit.body["event"].get("user") in ours
