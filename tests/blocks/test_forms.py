"""The check-in form: what is drawn reads back as exactly what was meant."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blocks import checkin_form, ids
from blocks.checkin_fields import Question
from blocks.checkin_form import Form, Reading
from blocks.language import Language
from blocks.problems import confidence_word
from blocks.standing import SHAPES
from okr.checkins import Answer, CheckIn, needs_note
from okr.confidence import Confidence, Given, Scale
from okr.goals import Action
from okr.measures import Measure, Unit, UnitKind
from tests.blocks import strategies as any_
from tests.blocks.sending import ENGLISH, FRENCH, GERMAN, ITALIAN, field, inputs, numbered, question, read, sent
from tests.making import FALLS, GROWS, STAYS, STEPPED, checkin

RED, YELLOW, GREEN = Confidence.RED, Confidence.YELLOW, Confidence.GREEN
EUROS = replace(GROWS, unit=Unit(UnitKind.CURRENCY, "EUR"), baseline=Decimal(0), target=Decimal(50000))
quick = settings(deadline=None, derandomize=True, max_examples=30)


@pytest.mark.parametrize(
    ("measure", "reader", "typed", "value"),
    [
        pytest.param(GROWS, ENGLISH, "47.5", "47.5", id="percent in English"),
        pytest.param(GROWS, ITALIAN, "47,5 %", "47.5", id="percent in Italian"),
        pytest.param(FALLS, ENGLISH, "6 days", "6", id="days"),
        pytest.param(STAYS, FRENCH, "97,25", "97.25", id="a corridor in French"),
        pytest.param(EUROS, ITALIAN, "€ 12.500", "12500", id="euros in Italian"),
        pytest.param(EUROS, ENGLISH, "12k", "12000", id="thousands"),
        pytest.param(STEPPED, ENGLISH, "60", "60", id="a step"),
        pytest.param(STEPPED, ITALIAN, "0", "0", id="no step yet"),
    ],
)
def test_a_filled_form_gives_exactly_the_answers(measure: Measure, reader: Language, typed: str, value: str) -> None:
    asked = question(measure, actions=(Action("a1", "kr", "Call ten customers"), Action("a2", "kr", "Write it up")))
    form = Form((asked,), opened=frozenset({"kr"}))
    answered = {
        "value:kr": typed,
        "confidence:kr": "yellow",
        "note:kr": " Two shops *closed*\nin May ",
        "win:kr": "Turin",
        "blocker:kr": "<@U123> is away",
        "actions:kr": ["a2"],
    }
    assert read(form, answered, reader) == Reading(
        (
            Answer(
                "kr",
                Decimal(value),
                YELLOW.given,
                note="Two shops *closed*\nin May",
                win="Turin",
                blocker="<@U123> is away",
                done_action_ids=frozenset({"a2"}),
            ),
        ),
        {},
        frozenset(),
    )


def test_value_and_colour_are_enough() -> None:
    reading = read(Form((question(),)), {"value:kr": "45", "confidence:kr": "green"})
    assert reading.answers == (Answer("kr", Decimal(45), GREEN.given),)


@pytest.mark.parametrize("given", [one for scale in Scale for one in scale.answers], ids=str)
@pytest.mark.parametrize("reader", [ENGLISH, ITALIAN])
def test_each_confidence_of_each_scale_is_offered_and_read_as_it_was_given(given: Given, reader: Language) -> None:
    form = Form((question(scale=given.scale),), opened=frozenset({"kr"}))
    element = field(checkin_form.render(form, reader), "confidence:kr")["element"]
    offered = element["options"][given.scale.answers[::-1].index(given)]
    changes = {"value:kr": "45", "confidence:kr": offered["value"], "note:kr": "Two shops closed"}
    assert read(form, changes, reader).answers[0].given == given
    assert SHAPES[given.confidence] in offered["text"]["text"]
    assert confidence_word(given.confidence, reader) in offered["text"]["text"]
    again = Form((question(last=checkin(level=given.level, scale=given.scale), scale=given.scale),))
    assert field(checkin_form.render(again, reader), "confidence:kr")["element"]["initial_option"] == offered


@pytest.mark.parametrize(("scale", "spans"), [(Scale.ZERO_TO_TEN, "7–10 4–6 0–3"), (Scale.ONE_TO_FIVE, "4–5 3 1–2")])
def test_beside_numbers_stands_what_they_mean(scale: Scale, spans: str) -> None:
    hint = field(checkin_form.render(Form((question(scale=scale),)), ENGLISH), "confidence:kr")["hint"]["text"]
    assert re.findall(r"[\d–]+(?=:)", hint) == spans.split()


def test_a_form_from_before_the_scale_was_changed_is_read_as_it_was_filled_in() -> None:
    drawn = checkin_form.render(Form((question(scale=Scale.ONE_TO_FIVE),)), ENGLISH)
    returned = sent(drawn, {"value:kr": "45", "confidence:kr": "1-5:4"})
    meanwhile = Form((question(scale=Scale.ZERO_TO_TEN),))
    assert checkin_form.read(returned, meanwhile, ENGLISH).answers[0].given == Given(7, Scale.ONE_TO_FIVE)


def test_another_number_of_the_same_colour_needs_no_note() -> None:
    before = checkin(level=8, scale=Scale.ZERO_TO_TEN)
    form = Form((question(last=before, before=before, scale=Scale.ZERO_TO_TEN),))
    assert read(form, {"confidence:kr": "0-10:10"}).answers[0].given.number == 10
    assert read(form, {"confidence:kr": "0-10:6"}).missing == {"kr"}


@given(any_.forms(), any_.languages)
@quick
def test_a_form_sent_unchanged_says_what_was_said_last(form: Form, reader: Language) -> None:
    """Or asks for what that lacks: a first answer, or the note its colour needs."""
    reading = read(form, reader=reader)
    expected = {one.id: _same(one, one.id in form.opened) for one in form.questions if one.standing.last}
    wanting = {
        one.id
        for one in form.questions
        if one.id in expected
        and needs_note(expected[one.id].confidence, one.before)
        and not expected[one.id].note.strip()
    }
    assert reading.missing == wanting - form.opened
    first = {block_id for one in form.questions if one.id not in expected for block_id in _both(one)}
    assert set(reading.errors) == first | {ids.field(ids.NOTE, id) for id in wanting & form.opened}
    if not reading.errors and not reading.missing:
        assert list(reading.answers) == list(expected.values())
    else:
        assert reading.answers == ()


def _both(one: Question) -> tuple[str, str]:
    return f"value:{one.id}", f"confidence:{one.id}"


def _same(one: Question, opened: bool) -> Answer:
    """The last answer again; a note and a win belong to their round, what stands in the way goes on."""
    last, measure = one.standing.last, one.standing.key_result.measure
    assert last is not None
    value = last.value
    if measure.is_milestone:
        reached = measure.step_at(value)
        value = Decimal(reached.percent if reached else 0)
    note, win = (last.note, last.win) if one.standing.answered else ("", "")
    note, win, blocker = (text[:1000].strip() if opened else text for text in (note, win, last.blocker))
    done: frozenset[str] | None = frozenset() if opened and one.actions else None
    return Answer(one.id, value, last.given.on(one.scale), note, win, blocker, done)


@given(form=any_.forms(), reader=any_.languages, data=st.data())
@quick
def test_whatever_is_typed_is_answered_or_mended_beside_a_field_of_the_form(
    form: Form, reader: Language, data: st.DataObject
) -> None:
    view = checkin_form.render(form, reader)
    texts = {
        block["block_id"]: data.draw(any_.texts)[: block["element"]["max_length"]]
        for block in inputs(view)
        if block["element"]["type"] == "plain_text_input"
    }
    reading = checkin_form.read(sent(view, texts), form, reader)
    assert set(reading.errors) <= {block["block_id"] for block in inputs(view)}
    assert all(0 < len(text) <= 1000 for text in reading.errors.values())
    assert bool(reading.answers) is not bool(reading.errors or reading.missing)


@pytest.mark.parametrize(
    ("reader", "shown"),
    [(ENGLISH, "12500.5"), (ITALIAN, "12500,5"), (FRENCH, "12500,5"), (GERMAN, "12500,5")],
)
def test_the_last_value_stands_in_its_field_in_the_readers_way(reader: Language, shown: str) -> None:
    view = checkin_form.render(Form((question(EUROS, checkin("12500.5")),)), reader)
    assert field(view, "value:kr")["element"]["initial_value"] == shown


def test_adding_to_the_value_shown_adds_once_however_often_it_is_sent() -> None:
    form = Form((question(last=checkin(45)),))
    view = sent(checkin_form.render(form, ENGLISH), {"value:kr": "+2"})
    recorded = Form((question(last=checkin(47), answered=True),))
    assert [checkin_form.read(view, now, ENGLISH).answers[0].value for now in (form, recorded)] == [47, 47]


def test_a_redrawn_form_still_adds_to_the_value_it_first_showed() -> None:
    first = checkin_form.read_memo(checkin_form.render(Form((question(last=checkin(45)),)), ENGLISH))
    redrawn = Form((question(last=checkin(50)),), opened=frozenset({"kr"}), shown=first.shown)
    assert read(redrawn, {"value:kr": "+2"}).answers[0].value == 47


def test_what_can_be_read_in_two_ways_is_asked_back_beside_its_field() -> None:
    form = Form((question(EUROS, checkin(1200)),))
    reading = read(form, {"value:kr": "1.250"})
    assert reading.answers == ()
    assert reading.errors == {"value:kr": "“1.250” can be read in two ways. Write 1.25 or 1250."}


@pytest.mark.parametrize(
    ("before", "chosen", "last"),
    [(checkin(confidence=GREEN), "yellow", GREEN), (checkin(confidence=YELLOW), "green", YELLOW), (None, "red", None)],
)
def test_a_note_that_is_needed_opens_its_field_and_is_then_asked_for_beside_it(
    before: CheckIn | None, chosen: str, last: Confidence | None
) -> None:
    asked = question(last=checkin(confidence=last) if last else None, before=before)
    changes = {"value:kr": "45", "confidence:kr": chosen}
    reading = read(Form((asked,)), changes)
    assert reading == Reading((), {}, frozenset({"kr"}))
    opened = Form((asked,), opened=reading.missing, missing=reading.missing)
    assert "needs a note" in str(checkin_form.render(opened, ENGLISH))
    assert set(read(opened, changes).errors) == {"note:kr"}
    assert read(opened, {**changes, "note:kr": "The sale is over"}).answers[0].note == "The sale is over"


def test_a_wrong_value_and_a_missing_note_are_told_together() -> None:
    form = Form((question(),), opened=frozenset({"kr"}))
    reading = read(form, {"value:kr": "many", "confidence:kr": "red"})
    assert set(reading.errors) == {"value:kr", "note:kr"}


def test_one_field_to_mend_keeps_the_whole_page_from_being_recorded() -> None:
    one, two = numbered(2)
    assert read(Form((one, two)), {f"value:{one.id}": "many"}).answers == ()


def test_an_edit_keeps_the_note_and_the_win_of_the_round() -> None:
    told = checkin(note="Two shops closed", win="Turin", blocker="Staff")
    edited = read(Form((question(last=told, answered=True),)), {"value:kr": "46"}).answers[0]
    assert (edited.note, edited.win, edited.blocker) == ("Two shops closed", "Turin", "Staff")


def test_a_new_round_keeps_only_what_still_stands_in_the_way() -> None:
    told = checkin(note="Two shops closed", win="Turin", blocker="Staff")
    answer = read(Form((question(last=told),)), {"value:kr": "46"}).answers[0]
    assert (answer.note, answer.win, answer.blocker) == ("", "", "Staff")


def test_what_no_longer_stands_in_the_way_can_be_taken_out() -> None:
    form = Form((question(last=checkin(blocker="Staff")),), opened=frozenset({"kr"}))
    assert read(form, {"blocker:kr": ""}).answers[0].blocker == ""


def test_an_edit_may_take_its_note_out_unless_the_colour_needs_it() -> None:
    told = checkin(confidence=YELLOW, note="Two shops closed")
    unchanged = question(last=told, answered=True, before=checkin(confidence=YELLOW))
    assert read(Form((unchanged,), opened=frozenset({"kr"})), {"note:kr": ""}).answers[0].note == ""
    dropped = question(last=told, answered=True, before=checkin(confidence=GREEN))
    assert set(read(Form((dropped,), opened=frozenset({"kr"})), {"note:kr": " "}).errors) == {"note:kr"}
