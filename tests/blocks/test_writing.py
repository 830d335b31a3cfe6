"""The modals and messages around writing OKRs, whatever people wrote: Slack takes them, and nobody is called."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from blocks import (
    definition_choice,
    greeting,
    home,
    key_result_form,
    modal,
    notice,
    objective_form,
    review_form,
    saved,
    setup_form,
)
from blocks.home import Home
from blocks.key_result_form import KeyResultForm
from blocks.language import Language, language
from blocks.message import Message
from blocks.objective_form import ObjectiveForm
from blocks.review_form import Draft, ReviewForm
from blocks.room import and_more
from blocks.setup_form import SetupForm
from blocks.text import Mrkdwn, section
from okr.cadence import Rhythm
from okr.coaching import coach_key_result, coach_objective
from okr.definitions import KeyResultDefinition, ObjectiveDefinition, Titled, marks
from okr.goals import Cycle, State
from okr.measures import Measure, MeasureKind, Step, Unit, UnitKind
from tests.blocks.crowd import TEXTS
from tests.blocks.test_renderings import is_a_fine_modal, is_fine
from tests.making import MONDAY, ROME, person, team

readers = pytest.mark.parametrize("reader", [language("en-GB"), language("it-IT")], ids=["en", "it"])
texts = pytest.mark.parametrize("text", TEXTS)
LONGEST_MEASURES = (
    Measure(MeasureKind.INCREASE, Unit(UnitKind.CURRENCY, "EUR"), Decimal("-123456789012345.123456"), Decimal(10**14)),
    Measure(MeasureKind.MILESTONE, Unit(UnitKind.PERCENT), steps=tuple(Step("è" * 300, n * 2) for n in range(1, 51))),
)


def written(text: str, most: int) -> str:
    return (TEXTS[text] * 400)[:most]


def objective(text: str) -> ObjectiveDefinition:
    return ObjectiveDefinition("growth", "q4", written(text, 300), "dana", written(text, 3000))


def key_result(text: str, measure: Measure) -> KeyResultDefinition:
    return KeyResultDefinition("o", written(text, 300), "dana", "luca", measure, written(text, 3000), Decimal("0.5"))


@readers
@texts
@pytest.mark.parametrize("count", [1, 150])
def test_the_form_of_an_objective_is_taken(reader: Language, text: str, count: int) -> None:
    one = objective(text)
    teams = tuple(replace(team(name=written(text, 300)), id=f"t{number}") for number in range(count))
    cycles = tuple(Cycle(f"c{n}", written(text, 300), date(2026, 10, 1), date(2026, 12, 31)) for n in range(count))
    new = ObjectiveForm(one, "U0DANA001", teams, cycles, drafts=True)
    changed = replace(new, objective_id="o", seen=marks(one), disputed=tuple(marks(one)), by=written(text, 100))
    for form in (new, changed, replace(new, owner="")):
        is_a_fine_modal(objective_form.render(form, reader))


@readers
@texts
@pytest.mark.parametrize("measure", LONGEST_MEASURES, ids=["way", "steps"])
def test_the_form_of_a_key_result_is_taken(reader: Language, text: str, measure: Measure) -> None:
    one = key_result(text, measure)
    advice = (*coach_objective(one.title), *coach_key_result(one.title, measure, ""))
    said = tuple(saved.render(one.title, "key_result:k", reader, draft=True, advice=advice))
    new = KeyResultForm("o", one.title, "U0DANA001", number=99, saved=said, drafts=True)
    changed = KeyResultForm(
        "o",
        one.title,
        "U0DANA001",
        key_result_id="k",
        definition=one,
        check_in_owner="U0LUCA001",
        seen=marks(one),
        disputed=tuple(marks(one)),
        by=written(text, 100),
    )
    for form in (new, changed):
        is_a_fine_modal(key_result_form.render(form, reader))
    is_a_fine_modal(modal.told(reader, list(said)))


@readers
@texts
def test_a_review_and_its_verdict_are_taken(reader: Language, text: str) -> None:
    drafts = tuple(
        Draft(f"{number:024}", key_result(text, measure), written(text, 100))
        for number, measure in enumerate(LONGEST_MEASURES * 15)
    )
    is_a_fine_modal(review_form.render(ReviewForm("o", objective(text), drafts, (written(text, 100),) * 5), reader))
    for confirmed in (True, False):
        is_fine(review_form.say_verdict(written(text, 300), "Dana", written(text, 1000), reader, confirmed=confirmed))


@readers
@texts
def test_many_drafts_wait_in_a_notice_and_on_home(reader: Language, text: str) -> None:
    drafts = [titled(text, number) for number in range(0, 80, 2)]
    told = notice.render([], drafts, MONDAY, reader, ROME)
    is_fine(told)
    assert and_more(30, reader) in str(told.blocks)
    waits = Home(person("dana"), (), (), to_review=tuple(drafts), proposed=tuple((one, one.title) for one in drafts))
    blocks = home.render(waits, reader)["blocks"]
    assert len(blocks) <= 100
    assert str(blocks).count(and_more(30, reader)) == 2


@readers
@texts
@pytest.mark.parametrize("count", [2, 230])
def test_a_choice_of_what_to_edit_is_taken(reader: Language, text: str, count: int) -> None:
    is_a_fine_modal(definition_choice.render([titled(text, number) for number in range(count)], ["o0"], reader))


@readers
@texts
def test_setting_a_team_up_is_taken(reader: Language, text: str) -> None:
    people = tuple(f"U0PERSON{number:03}" for number in range(120))
    for form in (
        SetupForm("C0GROWTH", written(text, 100), people, "it", Rhythm(), "t"),
        SetupForm("", "", (), "en", Rhythm()),
        SetupForm("", "", (), "en", Rhythm(), set_by=written(text, 300)),
        SetupForm("", "", (), "en", Rhythm(), set_by=written(text, 300)),
    ):
        is_a_fine_modal(setup_form.render(form, reader))
    coming = Message(text=Mrkdwn("…"), blocks=[section(Mrkdwn("Monday"))] * 40)
    is_a_fine_modal(greeting.render_ready(written(text, 100), reader, coming))
    is_fine(greeting.render(reader))


def titled(text: str, number: int) -> Titled:
    """Each second one is a key result of the objective before it."""
    key_result = (f"k{number}", written(text, 300)) if number % 2 else ("", "")
    return Titled(f"o{number // 2}", written(text, 300), "growth", frozenset(), State.DRAFT, False, *key_result)
