"""`/okr preview`: what will reach somebody, a team, or everybody, and when."""

import re
from html import unescape

from blocks import preview as words
from handlers.visits import Visit
from okr.errors import NotFound, Problem
from okr.preview import DAYS, read_days
from rituals.previews import Wanted

CHANNEL = re.compile(r"<#([CG][A-Z0-9]+)(?:\|[^>]*)?>")
PERSON = re.compile(r"<@[^>]*>")
NUMBER = re.compile(r"[-+]?\d[\d.,]*")
UNITS, LINKS, EVERYBODY = ("d", "day", "days", "giorno", "giorni"), ("for", "per"), ("all", "everybody", "tutti")
EXAMPLE = "/okr preview 30"


async def look(visit: Visit, rest: str) -> None:
    """It only reads, and it may take a while."""
    await visit.ack()
    reader = await visit.reader()
    found = await visit.rituals.previews.look(visit.workspace, reader, read_wanted(rest), visit.now)
    await visit.reply(words.render(found, reader.language))


def read_wanted(rest: str) -> Wanted:
    """[team, #channel or all] [days], such as "growth 30"; Slack sends <, > and & of a typed text as entities. Raises
    Problem.
    """
    said = rest.split()
    if said and said[-1].lower() in UNITS and len(said) > 1 and NUMBER.fullmatch(said[-2]):
        said.pop()
    days = DAYS
    if said and NUMBER.fullmatch(said[-1]):
        days = read_days(said.pop(), EXAMPLE)
        if said and said[-1].lower() in LINKS:
            said.pop()
    name = " ".join(said)
    if PERSON.fullmatch(name) or name.startswith("@"):
        raise Problem("preview.person")
    if name.startswith("#"):
        raise NotFound("not_found.channel_name", name=unescape(name))
    if channel := CHANNEL.fullmatch(name):
        return Wanted(days, channel=channel[1])
    name = {"me": "", **dict.fromkeys(EVERYBODY, "all")}.get(name.lower(), name)
    return Wanted(days, name=unescape(name), whole=unescape(rest))
