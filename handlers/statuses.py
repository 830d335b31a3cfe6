"""`/okr status`: how things stand, now or on a day that has passed."""

import re
from dataclasses import replace
from html import unescape

from blocks import command_words, past_phrase
from blocks import help as help_words
from blocks.message import Message
from blocks.text import Mrkdwn, channel_mention, mention
from handlers.visits import Visit
from okr.errors import NotFound
from rituals.actors import Reader
from rituals.questions import Question

PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
CHANNEL = re.compile(r"<#([CG][A-Z0-9]+)(?:\|[^>]*)?>")
MENTION = re.compile(r"<([@#])[A-Z0-9]+(?:\|([^>]*))?>")


async def status(visit: Visit, rest: str) -> None:
    """The answer, for whoever asked alone; what means nothing gets the nearest word that does."""
    await visit.ack()
    reader = await visit.reader()
    asked, day = past_phrase.cut(rest, reader.today(visit.now), month_first=reader.language.month_first)
    try:
        question = replace(read_question(asked), day=day)
        answer = await visit.rituals.statuses.answer(visit.workspace, reader, question, visit.now)
    except NotFound as problem:
        if problem.id != "not_found.words" or not command_words.nearest_subject(asked):
            raise
        answer = unknown(as_typed(asked), reader)
    await visit.reply(answer)


def unknown(word: str, reader: Reader) -> Message:
    return help_words.render_unknown(word, reader.language, guest=reader.actor.outsider)


def read_question(rest: str) -> Question:
    """What stands behind `/okr status`: a word, a person, a channel, a priority, or else a team's name or words of a
    title. Raises NotFound for a person or channel that Slack did not know, and for words behind one.

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
        raise NotFound("not_found.handle" if rest[0] == "@" else "not_found.channel_name", name=as_typed(rest))
    if priority := command_words.priority(unescape(rest)):
        return Question("priority", priority)
    return Question("team", as_typed(rest))


def _nothing_more(rest: str, about: Mrkdwn) -> None:
    if rest.strip():
        raise NotFound("not_found.more", text=as_typed(rest.strip()), about=about)


def as_typed(text: str) -> str:
    """Without Slack's ids and entities: <#C1|growth> was typed as #growth."""
    return unescape(MENTION.sub(lambda found: found[1] + (found[2] or "…"), text))
