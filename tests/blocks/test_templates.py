"""Templates are examples of what the product asks for: nothing about them could be said better, in either language."""

from collections import Counter
from itertools import chain

import pytest

from blocks import measure_phrase, templates
from blocks.language import Language, language
from blocks.templates import Department, KeyResultTemplate, Template
from okr.coaching import coach_key_result, coach_key_results, coach_objective
from okr.goals import Ambition
from okr.measures import MeasureKind

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
    assert templates.offer("gone", 0, ENGLISH) is None
    assert templates.offer("habit", 3, ENGLISH) is None
