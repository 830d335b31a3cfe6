"""`/okr` and its words."""

from html import unescape

from blocks import command_words
from blocks import help as help_words
from handlers import absences, definitions, doctor, exports, histories, preview, setups, statuses, trees
from handlers.checkins import open_form_for_all
from handlers.visits import Visit


async def command(visit: Visit) -> None:
    """The first word says what is wanted; `/okr` alone is `/okr status`."""
    said, rest = command_words.split(visit.body.get("text", ""))
    match said:
        case "status":
            await statuses.status(visit, rest)
        case "tree":
            await trees.look(visit, rest)
        case "history":
            await histories.history(visit, statuses.as_typed(rest))
        case "checkin":
            await open_form_for_all(visit)
        case "setup":
            await setups.begin(visit)
        case "new":
            await definitions.begin(visit)
        case "edit":
            await definitions.choose(visit, rest)
        case "doctor":
            await doctor.examine(visit)
        case "preview":
            await preview.look(visit, rest)
        case "export":
            await exports.export(visit, rest)
        case "away":
            await absences.away(visit, unescape(rest))
        case "back":
            await absences.back(visit, unescape(rest))
        case "help":
            await visit.ack()
            await visit.reply(help_words.render((await visit.reader()).language))
        case _:
            await visit.ack()
            await visit.reply(statuses.unknown(statuses.as_typed(rest), await visit.reader()))
