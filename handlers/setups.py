"""`/okr setup`, and the greeting in a channel the bot was invited to."""

from blocks import greeting, preview, setup_form
from blocks.setup_form import SetupWords
from handlers.homes import refresh_home
from handlers.visits import Visit
from okr.errors import Problem
from okr.preview import DAYS
from rituals.previews import Wanted


async def begin(visit: Visit) -> None:
    """`/okr setup` in a channel, and *Set up* in the greeting there."""
    await visit.ack()
    reader = await visit.reader()
    channel = str(visit.body.get("channel_id") or (visit.body.get("channel") or {}).get("id") or "")
    form = await visit.rituals.setups.begin(visit.workspace, reader, channel if channel[:1] in "CG" else "")
    await visit.open(setup_form.render(form, reader.language))


async def submit(visit: Visit) -> None:
    """A team was set up: what will happen in the next two weeks, and what to do next."""
    reader = await visit.reader()
    current = await visit.rituals.setups.rhythm(visit.workspace, setup_form.read_team(visit.view))
    words = setup_form.read(visit.view, reader.language, reader.today(visit.now), current)
    if not isinstance(words, SetupWords):
        await visit.ack(response_action="errors", errors=dict(words))
        return
    try:
        name = await visit.rituals.setups.save(
            visit.workspace, visit.workspace_name, reader, words, source=visit.source, now=visit.now
        )
    except Problem as problem:
        if problem.id not in setup_form.BESIDE_THE_CHANNEL:
            raise
        errors = setup_form.channel_problem(problem, reader.language)
        await visit.ack(response_action="errors", errors=dict(errors))
        return
    visit.known = None
    reader = await visit.reader()
    await visit.ack(response_action="update", view=greeting.render_ready(name, reader.language))
    visit.afterwards.append(lambda: _look_ahead(visit, name))
    visit.afterwards.append(lambda: refresh_home(visit, reader))


async def _look_ahead(visit: Visit, name: str) -> None:
    """Show the next two weeks under what was set up."""
    reader = await visit.reader()
    coming = await visit.rituals.previews.look(visit.workspace, reader, Wanted(DAYS, name, name), visit.now)
    await visit.show(greeting.render_ready(name, reader.language, preview.render(coming, reader.language)))


async def greet(visit: Visit) -> None:
    """The bot was invited to a channel."""
    event, actors = visit.body["event"], visit.rituals.actors
    inviter = event.get("inviter")
    reader = await actors.find(visit.workspace, inviter, visit.now) if inviter else None
    await visit.rituals.greetings.owe(visit.workspace, event["channel"], reader, visit.now)
    visit.afterwards.append(lambda: visit.rituals.deliverer.deliver_all(visit.now, workspace=visit.workspace))
