"""What the nightly look has found, in every reader's words: Slack takes it, whatever people wrote."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from blocks import findings, notice
from blocks.findings import Open, Told
from blocks.language import language
from okr.findings import Finding, What
from tests.blocks.test_renderings import is_fine
from tests.making import LOVE, MONDAY, ROME, at, key_result, person, standing

DATES = {"starts": MONDAY, "ends": MONDAY, "cycle": "2026-Q4", "first": MONDAY, "last": date(2027, 1, 1)}
FIELDS: Mapping[What, Mapping[str, Any]] = {
    What.OWNER_LEFT: {"name": "<!channel> Dana"},
    What.DATES: DATES,
    What.NO_KEY_RESULT: {},
    What.TOO_MANY: {"count": 7, "most": 5},
    What.MISSED: {"count": 3},
    What.NOT_STARTED: {"count": 14},
    What.STALE: {"at": at("2026-11-02 09:05", ROME)},
    What.BEHIND: {"count": 31},
    What.GREEN_BEHIND: {"count": 31},
    What.RED_AHEAD: {"count": 12},
    What.HEADING_LOW: {"score": Decimal("0.21")},
    What.HEADING_HIGH: {"score": Decimal("0.94")},
}
SHAPES = {What.OWNER_LEFT, What.NO_KEY_RESULT, What.TOO_MANY}
NASTY = "<!channel> *& <@U123>* `x` " + "long " * 60


def found(what: What, title: str = "Returning customers", number: int = 0) -> Finding:
    about = LOVE if what in SHAPES else key_result(title, id=f"k{number}")
    return Finding(what, about, "dana", FIELDS[what])


@pytest.mark.parametrize("speaks", ["en-GB", "it-IT"])
@pytest.mark.parametrize("count", [0, 1, 40])
def test_slack_takes_the_message_and_the_notice(speaks: str, count: int) -> None:
    reader, many = language(speaks), [found(What.BEHIND, NASTY, number) for number in range(count)]
    told = Told(MONDAY, ROME, leads=[NASTY] * 3, told={one.name: (NASTY, MONDAY) for one in many})
    message = findings.render(person("<!here>" + "a" * 300, id="dana"), many, told, reader)
    is_fine(message)
    if count:
        is_fine(notice.render([], [], MONDAY, reader, ROME, Open(tuple(many), {"dana": NASTY})))
    assert ("30" in str(message.blocks[-3:])) is (count == 40), "what is not shown is counted"


@pytest.mark.parametrize("what", What)
@pytest.mark.parametrize("speaks", ["en-GB", "it-IT"])
def test_each_has_one_line_of_its_own_and_a_button_that_helps(what: What, speaks: str) -> None:
    reader = language(speaks)
    line = findings.sentence(found(what), reader, MONDAY, ROME)
    others = {findings.sentence(found(one), reader, MONDAY, ROME) for one in What if one is not what}
    assert line not in others
    assert "\n" not in line
    assert "{" not in line
    for value in ("31", "0.2", "0,2", "14", "7"):
        if value in str(FIELDS[what].get("count", "")):
            assert value in line
    (block,) = findings.entries([found(what)], reader, MONDAY, ROME)
    assert block["accessory"]["type"] == "button"


def test_scores_are_written_the_readers_way() -> None:
    low = found(What.HEADING_LOW)
    assert "about 0.2." in findings.sentence(low, language("en-GB"), MONDAY, ROME)
    assert "circa 0,2." in findings.sentence(low, language("it-IT"), MONDAY, ROME)


def test_a_health_metric_called_green_is_outside_its_range() -> None:
    outside = Finding(What.GREEN_BEHIND, key_result(), "dana")
    assert "outside its range" in findings.sentence(outside, language("en-GB"), MONDAY, ROME)


def test_a_notice_of_whoever_has_left_reads_the_findings_out_too() -> None:
    gone = standing("Refunds a week", owner=person(deactivated=True))
    open = Open((found(What.BEHIND, "Returning customers"),))
    told = notice.render([gone], [], MONDAY, language("en-GB"), ROME, open)
    assert "Refunds a week" in told.text
    assert "Returning customers: It was 31 points behind its pace" in told.text
