"""The Home tab: drawn when it is opened, and kept fresh for those who use it."""

from handlers.visits import Visit
from rituals.actors import Reader


async def open_home(visit: Visit) -> None:
    """Somebody opened the app; the Messages tab needs nothing."""
    if visit.body["event"].get("tab") != "home":
        return
    reader = await visit.rituals.actors.find(visit.workspace, visit.body["event"]["user"], visit.now)
    visit.known = reader
    await refresh_home(visit, reader, opened=True)


async def refresh_home(visit: Visit, reader: Reader, *, opened: bool = False) -> None:
    """Draw the person's Home tab anew, if they have ever opened it."""
    person = reader.actor.person
    people = visit.rituals.people
    if person and opened:
        await people.note_home(visit.workspace, person.id)
    if opened or (person and await people.has_home(visit.workspace, person.id)):
        view = await visit.rituals.statuses.home(visit.workspace, reader, visit.now)
        await visit.client.views_publish(user_id=reader.actor.slack_id, view=view)
