"""`/okr export`, for admins: everything they may read as a file in their direct message."""

from html import unescape

from blocks import command_words, export_form, export_words, modal
from handlers.visits import Visit
from okr.errors import Problem


async def export(visit: Visit, rest: str) -> None:
    """With a format behind it the file comes at once, else the form asks for one."""
    await visit.ack()
    reader = await visit.reader()
    visit.rituals.handouts.begin(reader)
    if not rest:
        await visit.open(export_form.render(reader.language))
        return
    wanted = command_words.export(unescape(rest))
    if wanted is None:
        raise Problem("export.unknown", text=unescape(rest))
    await visit.rituals.handouts.send(visit.workspace, reader, wanted, visit.now)
    await visit.reply(export_words.render_sent(reader.language))


async def submit(visit: Visit) -> None:
    """It only reads, and it may take a while: the form waits meanwhile."""
    reader = await visit.reader()
    await visit.hold()
    await visit.rituals.handouts.send(visit.workspace, reader, export_form.read(visit.view), visit.now)
    sent = modal.notice(reader.language, export_words.say_sent(reader.language))
    await visit.ack(response_action="update", view=sent)
