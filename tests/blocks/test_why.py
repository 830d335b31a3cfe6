"""*Why this?* for any reader, with names and titles nobody should have: Slack takes the answer, and pings nobody."""

import pytest

from blocks import why
from blocks.language import language
from blocks.why import Answered, Asking, Forgotten, WhyAsked, WhyDigest, WhyTold, WhyWelcomed
from okr.absence import Excuse
from okr.cadence import Rhythm, Whose
from playground.blockkit import check_message
from tests.blocks.test_renderings import is_safe
from tests.making import MONDAY, ROME, at, person, team

NASTY = "<!channel> *& <@U123>* `x` " + "& " * 200
NOON, SOMEBODY = at("2026-11-16 12:00"), person(NASTY)
TEAMS = tuple(team(f"t{n}", name=NASTY, rhythm=Rhythm(whose=list(Whose)[n % 2])) for n in range(9))
KINDS = (Answered(NASTY), Answered(NASTY, owner=SOMEBODY), Answered(NASTY, instead_of=SOMEBODY))
ASKINGS = tuple(Asking(one, KINDS * 20, SOMEBODY, MONDAY, Excuse.HOLIDAY) for one in TEAMS)
ANSWERS = (
    WhyAsked(ASKINGS, ROME, NOON),
    WhyAsked(ASKINGS[:1], ROME, NOON, reminder=1),
    WhyAsked(ASKINGS[:1], ROME, NOON, reminder=2, chosen=True),
    WhyAsked(ASKINGS[:2], ROME, excuse=Excuse.AWAY),
    WhyDigest(TEAMS[0], MONDAY, SOMEBODY, NOON, SOMEBODY),
    WhyDigest(TEAMS[1], MONDAY, None, NOON, unposted=True),
    WhyTold(TEAMS),
    WhyWelcomed(MONDAY),
    WhyWelcomed(None),
    Forgotten(named=True),
    Forgotten(named=False),
)


@pytest.mark.parametrize("speaks", ["en-GB", "it-IT"])
@pytest.mark.parametrize("answer", ANSWERS, ids=lambda one: type(one).__name__)
def test_every_answer_is_taken_and_pings_nobody(answer: why.Why, speaks: str) -> None:
    message = why.render(answer, language(speaks))
    payload = {"text": message.text, "blocks": message.blocks}
    assert check_message(payload) == []
    assert 0 < len(message.text) <= 3_900
    is_safe({**payload, "blocks": [*message.blocks, *[_channel()]]})


def test_what_is_left_out_is_counted_and_what_to_do_is_never_lost() -> None:
    said = "\n".join(block["text"]["text"] for block in why.render(ANSWERS[0], language("en-GB")).blocks)
    assert said.count("and 52 more") == 3, "key results of each of three teams"
    assert "and 6 more" in said
    assert "*To change it:*" in said


def _channel() -> dict[str, object]:
    """What the check expects to be mentioned."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": "<#C0GROWTH>", "verbatim": True}}
