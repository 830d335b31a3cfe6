"""Templates are examples of what the product asks for: nothing about them could be said better, in either language."""

from collections import Counter
from datetime import date
from itertools import chain

import pytest

from blocks import ids, key_result_form, measure_phrase, objective_form, refill, templates
from blocks.key_result_form import KeyResultForm, KeyResultWords, Row
from blocks.language import Language, language
from blocks.message import View
from blocks.objective_form import ObjectiveForm
from blocks.templates import Department, KeyResultTemplate, Offer, Template
from okr.coaching import coach_key_result, coach_key_results, coach_objective
from okr.definitions import ObjectiveDefinition
from okr.goals import Ambition, Cycle
from okr.measures import MeasureKind
from tests.blocks.crowd import TEXTS
from tests.blocks.test_renderings import is_a_fine_modal
from tests.making import team

ENGLISH, ITALIAN = language("en-GB"), language("it-IT")
LOCALES = ("en-US", "en-GB", "de-DE", "fr-CH", "hi-IN", "it-IT", "it-CH")
"""Where people live who read templates in these languages, and write numbers differently."""
readers = pytest.mark.parametrize("reader", [ENGLISH, ITALIAN], ids=["en", "it"])


def every(reader: Language) -> list[Template]:
    return [*chain.from_iterable(department.templates for department in templates.departments(reader))]


def key_results(reader: Language) -> list[KeyResultTemplate]:
    return [*chain.from_iterable(one.key_results for one in every(reader))]


def kinds(department: Department, reader: Language) -> Counter[MeasureKind]:
    phrases = (key_result.measure for one in department.templates for key_result in one.key_results)
    return Counter(measure_phrase.read(phrase, reader.locale).kind for phrase in phrases)


@readers
def test_there_are_three_objectives_with_three_key_results_for_each_department(reader: Language) -> None:
    shape = [[len(one.key_results) for one in department.templates] for department in templates.departments(reader)]
    assert shape == [[3, 3, 3]] * 5
    assert [department.name for department in templates.departments(ENGLISH)] == [
        "Product",
        "Engineering",
        "Marketing",
        "Sales",
        "Customer success",
    ]


def test_both_languages_have_the_same_ids_and_other_words() -> None:
    assert [one.id for one in every(ENGLISH)] == [one.id for one in every(ITALIAN)]
    assert len({one.id for one in every(ENGLISH)}) == 15
    assert not {one.title for one in every(ENGLISH)} & {one.title for one in every(ITALIAN)}
    assert not {one.why for one in every(ENGLISH)} & {one.why for one in every(ITALIAN)}


@readers
def test_nothing_about_an_objective_could_be_said_better(reader: Language) -> None:
    assert {one.title: coach_objective(one.title) for one in every(reader) if coach_objective(one.title)} == {}
    assert [one.id for one in every(reader) if coach_key_results(len(one.key_results))] == []
    assert [one.title for one in every(reader) if len(one.title) > 75 or not one.why] == []


@readers
@pytest.mark.parametrize("ambition", Ambition)
def test_nothing_about_a_key_result_could_be_said_better(reader: Language, ambition: Ambition) -> None:
    said = {
        one.title: coach_key_result(one.title, measure_phrase.read(one.measure, reader.locale), one.source, ambition)
        for one in key_results(reader)
    }
    assert {title: advice for title, advice in said.items() if advice} == {}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_measure_is_read_the_same_wherever_its_reader_lives_and_said_back(locale: str) -> None:
    reader = language(locale)
    at_home = ENGLISH if reader.code == "en" else ITALIAN
    for one in key_results(reader):
        measure = measure_phrase.read(one.measure, reader.locale)
        assert measure == measure_phrase.read(one.measure, at_home.locale), one
        assert measure_phrase.read(measure_phrase.say(measure, reader), reader.locale) == measure, one


@readers
def test_each_department_grows_something_lowers_something_and_keeps_something(reader: Language) -> None:
    for department in templates.departments(reader):
        found = kinds(department, reader)
        assert set(found) == {MeasureKind.INCREASE, MeasureKind.DECREASE, MeasureKind.KEEP_WITHIN}, department.name


def test_what_a_template_says_is_told_from_peoples_own_words() -> None:
    assert all(templates.wrote(one.title) and templates.wrote(one.why) for one in (*every(ENGLISH), *every(ITALIAN)))
    assert all(templates.wrote(one.measure) for one in key_results(ITALIAN))
    assert not templates.wrote("Make the first week feel effortless, for once")
    assert not templates.wrote("")


def test_a_template_that_is_no_more_offers_nothing() -> None:
    assert templates.find("", ENGLISH) is None
    assert templates.offered(Offer("gone"), ENGLISH) is None
    assert templates.offered(Offer("habit", 3), ENGLISH) is None
    assert templates.offered(None, ENGLISH) is None


def new_objective(reader: Language) -> View:
    cycle = Cycle("q4", "2026-Q4", date(2026, 10, 1), date(2026, 12, 31))
    form = ObjectiveForm(ObjectiveDefinition("growth", "q4", ""), "U0DANA001", (team(),), (cycle,))
    return objective_form.render(form, reader)


def filled(view: View) -> View:
    """As Slack sends a form back: with what stands in its fields."""
    values = {}
    for block in view["blocks"]:
        if element := block.get("element"):
            kinds = {"initial_value": "value", "initial_user": "selected_user", "initial_option": "selected_option"}
            state = {kinds[name]: value for name, value in element.items() if name in kinds}
            values[block["block_id"]] = {element["action_id"]: state}
    return {**view, "state": {"values": values}}


def choosing(view: View, id: str, **texts: str) -> View:
    """A form in which a template was chosen and texts were typed, as Slack sends it."""
    sent = filled(view)
    options = [option for group in view["blocks"][0]["element"]["option_groups"] for option in group["options"]]
    chosen = next((option for option in options if option["value"] == id), None)
    sent["state"]["values"][ids.TEMPLATE] = {ids.TEMPLATE: {"selected_option": chosen}}
    for name, text in texts.items():
        sent["state"]["values"][name] = {name: {"value": text}}
    return sent


@readers
def test_the_form_of_an_objective_is_taken_with_every_template(reader: Language) -> None:
    view = new_objective(reader)
    is_a_fine_modal(view)
    for one in every(reader):
        view = objective_form.from_template(choosing(view, one.id), reader)
        is_a_fine_modal(view)
        words = objective_form.read(filled(view))
        assert (words.title, words.why, words.template) == (one.title, one.why, one.id)
        assert len(view["private_metadata"]) < 3000


@readers
@pytest.mark.parametrize("text", TEXTS)
def test_whatever_was_typed_before_a_template_was_chosen_stands_there_as_it_was(reader: Language, text: str) -> None:
    typed = (TEXTS[text] * 30)[:300]
    title = {objective_form.TITLE: typed}
    view = objective_form.from_template(choosing(new_objective(reader), "habit", **title), reader)
    is_a_fine_modal(view)
    field = next(block for block in view["blocks"] if block["block_id"] == objective_form.TITLE)
    assert field["element"]["initial_value"] == typed


def test_a_field_that_is_filled_has_another_id_each_time_or_slack_would_keep_the_old_words() -> None:
    view, seen = new_objective(ENGLISH), []
    for id in ("habit", "calm", "habit", ""):
        seen.append({block["block_id"] for block in view["blocks"] if "element" in block})
        view = objective_form.from_template(choosing(view, id), ENGLISH)
    fields = [sorted(id for id in each if id.startswith((objective_form.TITLE, objective_form.WHY))) for each in seen]
    assert len({id for each in fields for id in each}) == 2 * len(fields)


def test_a_template_that_is_no_more_is_forgotten_when_a_form_comes_back() -> None:
    view = new_objective(ENGLISH)
    sent = choosing(view, "habit")
    sent["state"]["values"][ids.TEMPLATE][ids.TEMPLATE] = {"selected_option": {"value": "gone"}}
    back = refill.again(sent)
    assert "initial_option" not in back["blocks"][0]["element"]
    assert refill.again(choosing(view, "habit"))["blocks"][0]["element"]["initial_option"]["value"] == "habit"


@readers
def test_each_key_result_of_each_template_is_taken_and_read_back(reader: Language) -> None:
    for one in every(reader):
        for place, key_result in enumerate(one.key_results):
            form = KeyResultForm("o", one.title, "U0DANA001", offer=Offer(one.id, place))
            view = key_result_form.render(form, reader)
            is_a_fine_modal(view)
            words = key_result_form.read(filled(view), reader)
            assert isinstance(words, KeyResultWords)
            assert (words.title, words.source, words.offer) == (key_result.title, key_result.source, form.offer)
            assert words.measure == measure_phrase.read(key_result.measure, reader.locale)
            assert len(view["private_metadata"]) < 3000
            assert key_result_form.read_unsent(filled(view)) == ("o", {})


def test_no_two_forms_of_a_row_share_an_id() -> None:
    offer = Offer("habit")
    row = [Row("o", 1, offer), Row("o", 1, offer.following), Row("o", 2, offer.following.following), Row("o", 2)]
    assert len({one.at("title") for one in row}) == len(row)


def test_a_row_begun_with_a_template_goes_on_blank_behind_its_last() -> None:
    view = key_result_form.render(KeyResultForm("o", "Habit", "U0DANA001", number=2, offer=Offer("habit", 3)), ENGLISH)
    is_a_fine_modal(view)
    assert view["close"]["text"] == "Done"
    assert key_result_form.read_row(view) == Row("o", 2, Offer("habit", 3))
