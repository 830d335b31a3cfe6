"""*Later* and the buttons: what is chosen and pressed reads back as what was meant."""

from datetime import date, timedelta

import pytest

from blocks import ids, later
from blocks.language import Language
from tests.blocks.sending import ENGLISH, FRENCH, ITALIAN, field, sent
from tests.making import MONDAY, ROME, at

NOON = at("2026-11-16 12:00", ROME)


@pytest.mark.parametrize("reader", [ENGLISH, ITALIAN, FRENCH])
@pytest.mark.parametrize("chosen", range(6))
def test_later_reads_back_as_the_hour_that_was_chosen(reader: Language, chosen: int) -> None:
    hours = [NOON + timedelta(hours=each) for each in range(6)]
    view = later.render(hours, MONDAY, reader, ROME)
    moment = int(hours[chosen].timestamp())
    assert later.read(sent(view, {ids.LATER_HOUR: str(moment)})) == (MONDAY, moment)
    assert later.read(sent(view)) == (MONDAY, int(hours[0].timestamp()))


def test_later_names_the_hours_of_the_persons_clock() -> None:
    view = later.render([NOON], MONDAY, ENGLISH, "Asia/Kolkata")
    assert field(view, ids.LATER_HOUR)["element"]["options"][0]["text"]["text"] == "Monday 16:30"


@pytest.mark.parametrize("day", [MONDAY, date(2027, 1, 4)])
def test_a_button_says_what_it_is_about(day: date) -> None:
    assert ids.read_day(ids.about_day(day)) == day
    assert ids.read_key_result(ids.about_day(day)) is None
    assert ids.read_day(ids.about_key_result("0a1b", day)) == day
    assert ids.read_key_result(ids.about_key_result("0a1b", day)) == "0a1b"
    assert ids.read_day(ids.about_key_result("0a1b")) is None
    assert ids.read_key_result("all:") is None
    assert ids.read_day("all:") is None
