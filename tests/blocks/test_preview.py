"""A preview of a company however large, with names nobody should have: Slack takes it, and nothing goes uncounted."""

import re
from datetime import timedelta

import pytest

from blocks import preview
from blocks.language import language
from blocks.message import Message
from okr.absence import Excuse
from okr.deliveries import WELCOME, Kind
from okr.preview import Because, Coming, Preview, Spared
from tests.blocks.test_renderings import is_fine
from tests.making import MONDAY, NEW_YORK, ROME, at, person, team

NOW = at("2026-11-16 09:00", ROME)
NASTY = "<!channel> *& <@U123>* `x` " + "long " * 30
KINDS = ((Kind.PROMPT, 0), (Kind.REMINDER, 1), (Kind.DIGEST, 0), (Kind.NOTICE, 0), (Kind.NOTICE, WELCOME))


def company(messages: int) -> Preview:
    """As many messages, one an hour, of every kind and for every reason; as many that are not sent."""
    teams = tuple(team(f"t{number}", name=NASTY) for number in range(6))
    away = person(NASTY, id="away")
    reasons = tuple(Because(one, away if nth % 2 else None, MONDAY, Excuse.HOLIDAY) for nth, one in enumerate(teams))
    coming, spared = [], []
    for number in range(messages):
        kind, part = KINDS[number % len(KINDS)]
        moment, who = NOW + timedelta(hours=number), person(NASTY, id=f"p{number}", zone=NEW_YORK)
        whom = None if kind is Kind.DIGEST else who
        coming.append(Coming(moment, kind, part, f"№{number}; {NASTY}", whom, teams[0], reasons))
        spared.append(Spared(moment, kind, "away", whom, teams[0], away if number % 3 else None))
    return Preview(
        NASTY, 92, ROME, teams, tuple(coming), tuple(spared), tuple(one.person for one in coming if one.person)
    )


@pytest.mark.parametrize("speaks", ["en-GB", "it-IT"])
@pytest.mark.parametrize("messages", [0, 1, 20, 3_000])
def test_slack_takes_it_and_what_does_not_fit_is_counted(speaks: str, messages: int) -> None:
    message = preview.render(company(messages), language(speaks))
    is_fine_without_a_channel(message)
    assert len(message.blocks) <= 40
    assert sum(len(text) for text in _texts(message)) <= 9_500
    shown = sum(len(re.findall(r"\n\d\d:\d\d ", text)) for text in _texts(message))
    counted = sum(int(found) for text in _texts(message) for found in re.findall(r"(\d+)[^\n]*`okrbot preview`", text))
    assert shown + counted == 2 * messages


def test_the_terminal_shows_every_message_under_its_own_day() -> None:
    written = preview.write(company(1_000), language("en-GB"))
    assert all(f"№{number};" in written for number in range(1_000))
    assert "&lt;" not in written
    first = written.split("\n\n")[1].splitlines()
    assert first[0] == "Monday 16 November"
    assert first[1].startswith("  03:00 (America/New_York) question to <!channel>"), "09:00 in Rome is 03:00 there"


def is_fine_without_a_channel(message: Message) -> None:
    """Slack takes it, and it mentions nobody."""
    channel = {"type": "section", "text": {"type": "mrkdwn", "text": "<#C0GROWTH>", "verbatim": True}}
    is_fine(Message(message.text, [*message.blocks, channel]))


def _texts(message: Message) -> list[str]:
    texts = [block["text"]["text"] for block in message.blocks if "text" in block]
    return texts + [one["text"] for block in message.blocks for one in block.get("elements", [])]
