"""The pages of the check-in form: what each shows, offers and remembers."""

from dataclasses import replace

import pytest

from blocks import checkin_fields, checkin_form, later, modal
from blocks.checkin_form import Form, opened_at_first
from blocks.language import Language
from okr.confidence import Confidence
from okr.goals import Action
from tests.blocks.sending import ENGLISH, ITALIAN, field, inputs, numbered, question, read, sent
from tests.making import MONDAY, ROME, STEPPED, at, checkin

RED, YELLOW, GREEN = Confidence.RED, Confidence.YELLOW, Confidence.GREEN
NOON = at("2026-11-16 12:00", ROME)


@pytest.mark.parametrize(
    ("last", "before", "opens"),
    [
        pytest.param(None, None, False, id="never answered"),
        pytest.param(GREEN, GREEN, False, id="green as before"),
        pytest.param(RED, RED, True, id="red needs a note every time"),
        pytest.param(YELLOW, GREEN, True, id="an edit of a changed colour"),
    ],
)
def test_details_open_by_themselves_where_the_colour_needs_a_note(
    last: Confidence | None, before: Confidence | None, opens: bool
) -> None:
    asked = question(
        last=checkin(confidence=last) if last else None, before=checkin(confidence=before) if before else None
    )
    assert opened_at_first((asked,)) == (frozenset({"kr"}) if opens else frozenset())


def test_opening_details_changes_no_field_that_was_there() -> None:
    closed, opened = (
        Form((question(last=checkin(45)),), opened=ids_) for ids_ in (frozenset[str](), frozenset({"kr"}))
    )
    before, after = (inputs(checkin_form.render(form, ENGLISH)) for form in (closed, opened))
    assert [block for block in after if block in before] == before
    assert {block["block_id"] for block in after} - {block["block_id"] for block in before} == {
        "note:kr",
        "win:kr",
        "blocker:kr",
    }


def test_a_milestone_offers_its_steps_and_where_it_stands() -> None:
    element = field(checkin_form.render(Form((question(STEPPED, checkin(60)),)), ENGLISH), "value:kr")["element"]
    offered = [option["text"]["text"] for option in element["options"]]
    assert offered == ["Not begun", "Design agreed (20%)", "Beta with ten teams (60%)", "Open to all (100%)"]
    assert element["initial_option"]["value"] == "60"


def test_a_milestone_without_a_step_is_asked_back() -> None:
    assert read(Form((question(STEPPED),)), {"confidence:kr": "green"}).errors == {
        "value:kr": "Choose the step you have reached."
    }


def test_the_oldest_ten_actions_are_offered_and_the_rest_counted() -> None:
    many = tuple(Action(f"a{place}", "kr", f"Step {place}") for place in range(13))
    block = field(checkin_form.render(Form((question(actions=many),), opened=frozenset({"kr"})), ENGLISH), "actions:kr")
    assert [option["value"] for option in block["element"]["options"]] == [f"a{place}" for place in range(10)]
    assert block["hint"]["text"] == "and 3 more later"


@pytest.mark.parametrize("ticked", [[], ["a0"], ["a0", "a1"]])
def test_ticked_actions_are_done(ticked: list[str]) -> None:
    two = tuple(Action(f"a{place}", "kr", "Call") for place in range(2))
    form = Form((question(last=checkin(45), actions=two),), opened=frozenset({"kr"}))
    assert read(form, {"actions:kr": ticked}).answers[0].done_action_ids == frozenset(ticked)


def test_actions_that_were_not_shown_are_neither_done_nor_open() -> None:
    form = Form((question(last=checkin(45), actions=(Action("a", "kr", "Call"),)),))
    assert read(form).answers[0].done_action_ids is None


@pytest.mark.parametrize(
    ("done", "rest", "title", "submit"),
    [
        (0, 0, "Check-in", "Save"),
        (0, 4, "Check-in 1 of 3", "Save and next"),
        (1, 1, "Check-in 2 of 3", "Save and next"),
        (2, 0, "Check-in 3 of 3", "Save"),
    ],
)
def test_a_page_says_which_one_it_is_and_what_comes_after(done: int, rest: int, title: str, submit: str) -> None:
    view = checkin_form.render(Form(numbered(1), rest=tuple("abcd"[:rest]), done=done), ENGLISH)
    assert (view["title"]["text"], view["submit"]["text"]) == (title, submit)


def test_sixty_key_results_fit_in_what_the_form_remembers() -> None:
    everything = numbered(60)
    first = everything[: checkin_form.PER_PAGE]
    opened = frozenset(one.id for one in first)
    rest = tuple(one.id for one in everything[3:])
    form = Form(first, rest=rest, done=0, opened=opened, day=MONDAY, from_home=True)
    view = checkin_form.render(form, ENGLISH)
    assert len(view["private_metadata"]) <= 3000
    memo = checkin_form.read_memo(view)
    assert (memo.ids, memo.rest, memo.opened) == (tuple(one.id for one in first), rest, opened)
    assert (memo.done, memo.day, memo.from_home) == (0, MONDAY, True)
    assert set(memo.shown.values()) == {"-123456789012345.123456"}


@pytest.mark.parametrize("colour", [None, *Confidence])
def test_the_colour_chosen_so_far_can_be_asked_for(colour: Confidence | None) -> None:
    view = checkin_form.render(Form((question(last=checkin(confidence=colour) if colour else None),)), ENGLISH)
    assert checkin_fields.read_confidence(sent(view), "kr") == (colour.given if colour else None)


@pytest.mark.parametrize("reader", [ENGLISH, ITALIAN])
def test_no_label_of_a_form_is_too_long_to_be_read(reader: Language) -> None:
    told = question(STEPPED, checkin(60, RED), actions=(Action("a", "kr", "Call"),) * 12)
    pages = [Form((asked,), ("next",), 19, frozenset({"kr"})) for asked in (told, question(), question(last=checkin()))]
    views = [*(checkin_form.render(page, reader) for page in pages), later.render([NOON], MONDAY, reader, ROME)]
    views += [
        checkin_form.render(replace(pages[0], rest=(), opened=frozenset()), reader),
        modal.saved(reader, 60),
    ]
    cut = [text for view in views for text in _plain_texts(view) if text.endswith("…")]
    assert cut == []


def _plain_texts(payload: object) -> list[str]:
    if isinstance(payload, list):
        return [text for one in payload for text in _plain_texts(one)]
    if not isinstance(payload, dict):
        return []
    if payload.get("type") == "plain_text":
        return [payload["text"]]
    return [text for one in payload.values() for text in _plain_texts(one)]
