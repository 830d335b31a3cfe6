"""`/okr` and its words."""

import re
from html import unescape

from blocks import help as help_words
from blocks.message import Message
from handlers import absences, doctor, preview
from handlers.checkins import open_form_for_all
from handlers.visits import Visit
from okr.errors import NotFound
from rituals.actors import Reader
from rituals.statuses import Question

PERSON = re.compile(r"^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$")
CHANNEL = re.compile(r"^<#([CG][A-Z0-9]+)(?:\|[^>]*)?>$")
WORDS = {"at-risk": "at-risk", "at risk": "at-risk", "behind": "behind", "stale": "stale", "me": "me", "": "me"}


async def command(visit: Visit) -> None:
    """The first word says what is wanted; `/okr` alone is `/okr status`."""
    first, _, rest = " ".join(visit.body.get("text", "").split()).partition(" ")
    match first.lower():
        case "" | "status":
            await _status(visit, rest)
        case "checkin" | "check-in":
            await open_form_for_all(visit)
        case "doctor":
            await doctor.examine(visit)
        case "preview":
            await preview.look(visit, rest)
        case "away":
            await absences.away(visit, unescape(rest))
        case "back":
            await absences.back(visit, rest)
        case "help" | "?":
            await visit.ack()
            await visit.reply(help_words.render((await visit.reader()).language))
        case _:
            await visit.ack()
            await visit.reply(_unknown(first, await visit.reader()))


async def _status(visit: Visit, rest: str) -> None:
    await visit.ack()
    reader = await visit.reader()
    try:
        answer = await visit.rituals.statuses.answer(visit.workspace, reader, read_question(rest), visit.now)
    except NotFound as problem:
        if problem.id != "not_found.team" or not help_words.nearest_status(rest):
            raise
        answer = _unknown(rest, reader)
    await visit.reply(answer)


def _unknown(word: str, reader: Reader) -> Message:
    return help_words.render_unknown(unescape(word), reader.language, guest=reader.actor.outsider)


def read_question(rest: str) -> Question:
    """What stands behind `/okr status`: a word, a person, a channel, or else a team's name.

    Slack sends <, > and & of a typed text as entities; they are read only where no mention is looked for any more, or
    a typed "<@U1>" would become one.
    """
    if word := WORDS.get(rest.lower()):
        return Question(word)
    if person := PERSON.match(rest):
        return Question("person", person[1])
    if channel := CHANNEL.match(rest):
        return Question("channel", channel[1])
    return Question("team", unescape(rest))
