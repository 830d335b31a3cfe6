"""`/okr` and its words."""

import re
from html import unescape

from blocks import command_words
from blocks import help as help_words
from blocks.message import Message
from blocks.text import Mrkdwn, channel_mention, mention
from handlers import absences, definitions, doctor, preview, setups
from handlers.checkins import open_form_for_all
from handlers.visits import Visit
from okr.errors import NotFound
from rituals.actors import Reader
from rituals.statuses import Question

PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
CHANNEL = re.compile(r"<#([CG][A-Z0-9]+)(?:\|[^>]*)?>")
MENTION = re.compile(r"<([@#])[A-Z0-9]+(?:\|([^>]*))?>")


async def command(visit: Visit) -> None:
    """The first word says what is wanted; `/okr` alone is `/okr status`."""
    said, rest = command_words.split(visit.body.get("text", ""))
    match said:
        case "status":
            await _status(visit, rest)
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
        case "away":
            await absences.away(visit, unescape(rest))
        case "back":
            await absences.back(visit, unescape(rest))
        case "help":
            await visit.ack()
            await visit.reply(help_words.render((await visit.reader()).language))
        case _:
            await visit.ack()
            await visit.reply(_unknown(_as_typed(rest), await visit.reader()))


async def _status(visit: Visit, rest: str) -> None:
    await visit.ack()
    reader = await visit.reader()
    try:
        answer = await visit.rituals.statuses.answer(visit.workspace, reader, read_question(rest), visit.now)
    except NotFound as problem:
        if problem.id != "not_found.team" or not command_words.nearest_subject(rest):
            raise
        answer = _unknown(_as_typed(rest), reader)
    await visit.reply(answer)


def _unknown(word: str, reader: Reader) -> Message:
    return help_words.render_unknown(word, reader.language, guest=reader.actor.outsider)


def read_question(rest: str) -> Question:
    """What stands behind `/okr status`: a word, a person, a channel, or else a team's name. Raises NotFound for a
    person or channel that Slack did not know, and for words behind one.

    Slack sends <, > and & of a typed text as entities; they are read only where no mention is looked for any more, or
    a typed "<@U1>" would become one.
    """
    if word := command_words.subject(unescape(rest)):
        return Question(word)
    if person := PERSON.match(rest):
        _nothing_more(rest[person.end() :], mention(person[1]))
        return Question("person", person[1])
    if channel := CHANNEL.match(rest):
        _nothing_more(rest[channel.end() :], channel_mention(channel[1]))
        return Question("channel", channel[1])
    if rest[0] in "@#":
        raise NotFound("not_found.handle" if rest[0] == "@" else "not_found.channel_name", name=_as_typed(rest))
    return Question("team", _as_typed(rest))


def _nothing_more(rest: str, about: Mrkdwn) -> None:
    if rest.strip():
        raise NotFound("not_found.more", text=_as_typed(rest.strip()), about=about)


def _as_typed(text: str) -> str:
    """Without Slack's ids and entities: <#C1|growth> was typed as #growth."""
    return unescape(MENTION.sub(lambda found: found[1] + (found[2] or "…"), text))
