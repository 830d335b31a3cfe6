"""The coach is silent about what is well written, points out what could be said better, and never breaks."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okr.coaching import (
    Advice,
    coach_key_result,
    coach_key_results,
    coach_objective,
    coach_objectives,
    coach_personal_objectives,
)
from okr.goals import Ambition
from okr.measures import Measure
from tests.okr.good_okrs import EURO, GOOD_KEY_RESULTS, GOOD_OBJECTIVES, PERCENT, steps, way, within

ASPIRATIONAL = Ambition.ASPIRATIONAL
SOURCE = "The monthly report"


def ids(advices: tuple[Advice, ...]) -> list[str]:
    return [advice.id for advice in advices]


@pytest.mark.parametrize("title", GOOD_OBJECTIVES)
def test_nothing_is_said_about_a_good_objective(title: str) -> None:
    assert coach_objective(title) == ()


@pytest.mark.parametrize(("title", "measure"), GOOD_KEY_RESULTS, ids=[title for title, _ in GOOD_KEY_RESULTS])
@pytest.mark.parametrize("ambition", Ambition)
def test_nothing_is_said_about_a_good_key_result(title: str, measure: Measure, ambition: Ambition) -> None:
    assert coach_key_result(title, measure, SOURCE, ambition) == ()


@pytest.mark.parametrize(
    "title",
    [
        # nouns that look like verbs, and verbs that are none here
        "Launch partners signed",
        "Launch readiness score",
        "Launch page conversion",
        "Launch events attended by partners",
        "Build time in minutes",
        "Build failures on the main branch",
        "Building costs",
        "Open rate",
        "Open positions filled",
        "Open source contributors",
        "Release 2.0 adopted by teams",
        "Released features that are used",
        "Design system used by teams",
        "Hold time on the phone",
        "Run rate",
        "Write latency",
        "Set up time",
        "Ship more often",
        "Publishing platform in new countries",
        "Organised crime cases solved",
        "Pubblica amministrazione soddisfatta",
        "Lancia Ypsilon consegnate in orario",
        "Lanci riusciti al primo tentativo",
        "Completa soddisfazione dei clienti",
        "Programma fedeltà",
        "Testa del mercato",
        "Launch of the app rated",
        "Creazione di nuovi posti di lavoro",
        "Organizzazione del magazzino valutata dagli operatori",
        # with the number that makes them an outcome
        "Launch the loyalty card with 40% of customers",
        "Lanciare la carta fedeltà al 40 per cento dei clienti",
        "Build the shop to €2M in sales",
        # with words for what is counted
        "Launch of the app: active users",
        "Lancio dell'app: partner attivi",
        # one result, whatever stands beside "and"
        "Improve speed and reliability",
        "Increase sales in Italy and Spain",
        "Reduce the time it takes to find and reduce duplicates",
        "Cut and grow",
        "Aumentare ricavi e margini",
        # other languages and other signs
        "Den Treuepass einführen",
        "Lancer la carte de fidélité",
        "Lanzar la tarjeta",
        "ポイントカードを始める",
        "إطلاق بطاقة الولاء",
        "🚀",
        "…",
        "l'",
        "launch",
    ],
)
def test_what_may_be_a_result_is_never_called_work(title: str) -> None:
    assert coach_key_result(title, None, "") == ()


@pytest.mark.parametrize(
    "title",
    [
        "Web3 for everyone who is curious",
        "Grow our B2B and B2C business with joy",
        "Bring 5G and 4K pictures to every village",
        "Get SOC 2 and ISO 27001 behind us",
        "Make phase 2 of the move feel easy",
        "Be the number 1 choice of students",
        "Be the #1 choice of students",
        "Be a top 10 employer for parents",
        "Live the 80/20 rule in every meeting",
        "Make 1:1 meetings worth everybody's time",
        "Be proud of our 3-year plan",
        "Be ready by 31 December for anything",
        "Essere pronti il 3 maggio per tutto",
        "Start 2027 with a clear head",
        "Be carbon neutral before Horizon 2030 ends",
        "Celebrate 50 years with those who made them",
        "Festeggiare i 50 anni dell'azienda con chi ci ha scelto",
        "1️⃣ Make customers proud of our shop",
        "O1: Make customers proud of our shop",
        "Obiettivo 2 - Rendere i clienti fieri di noi",
        "Onboarding 2.0 that people talk about at home",
    ],
)
def test_a_digit_in_a_name_a_date_or_a_figure_of_speech_is_no_metric(title: str) -> None:
    assert coach_objective(title) == ()


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("Increase revenue by 20%", "20%"),
        ("Increase revenue by 20 %", "20 %"),
        ("Aumentare i ricavi del 20 per cento", "20 per cento"),
        ("Reach €5M with happy customers", "€5M"),
        ("Arrivare a 5 milioni con clienti felici", "5 milioni"),
        ("Delight 1,000 customers in Italy", "1,000"),
        ("Deliziare 1.000 clienti in Italia", "1.000"),
        ("Arrivare insieme all'80% dei rinnovi", "80%"),
        ("10x our impact on small towns", "10x"),
        ("Bring NPS 60 home this year", "60"),
        ("Be loved in 12 new markets", "12"),
        ("KR 3: Be loved in 12 new markets", "12"),
        ("Run B2B with 50+ partners who love us", "50+"),
    ],
)
def test_a_number_to_be_reached_is_a_metric_in_an_objective(title: str, number: str) -> None:
    assert coach_objective(title) == (Advice("title.number", {"number": number}),)


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        pytest.param(None, True, id="not measured yet"),
        pytest.param(way("0", "1"), True, id="done or not"),
        pytest.param(way("0", "100", PERCENT), True, id="how much of it is done"),
        pytest.param(way("0", "12"), True, id="how often it is done"),
        pytest.param(steps("Built", "Out"), True, id="how far it is"),
        pytest.param(way("0", "40", PERCENT), False, id="a share of people"),
        pytest.param(way("0", "5000"), False, id="many people"),
        pytest.param(way("3", "12"), False, id="more than before"),
        pytest.param(way("9", "4"), False, id="less than before"),
        pytest.param(way("0", "10", EURO), False, id="money"),
        pytest.param(within("2", "5"), False, id="something watched"),
    ],
)
def test_work_is_an_outcome_when_its_number_says_what_it_changes(measure: Measure | None, said: bool) -> None:
    assert ("title.task_with_use" in ids(coach_key_result("Launch the loyalty card", measure, SOURCE))) is said


@pytest.mark.parametrize(
    ("title", "measure", "ambition", "said"),
    [
        ("A shop in Milan", way("0", "1"), Ambition.COMMITTED, ["measure.done_or_not"]),
        ("A shop in Milan", way("0", "1"), ASPIRATIONAL, ["measure.all_or_nothing"]),
        ("A shop in Milan", steps("Open"), Ambition.COMMITTED, ["measure.done_or_not"]),
        ("A shop in Milan", steps("Signed", "Open"), ASPIRATIONAL, []),
        ("Open the shop in Milan", way("0", "1"), ASPIRATIONAL, ["title.task_with_use"]),
        ("Launch the shop with 40% regulars", way("0", "1"), Ambition.COMMITTED, ["measure.done_or_not"]),
        ("Share of returns", way("0", "1", PERCENT), ASPIRATIONAL, []),
        ("Cost per order", way("0", "1", EURO), ASPIRATIONAL, []),
        ("Incidents", way("1", "0"), ASPIRATIONAL, []),
        ("Increase uptime", within("99", "100"), Ambition.COMMITTED, ["measure.steady_but_moves"]),
        ("Ridurre il magazzino", within("10", "20"), Ambition.COMMITTED, ["measure.steady_but_moves"]),
        ("Growth stays healthy", within("5", "10"), Ambition.COMMITTED, []),
        ("Maintain uptime", way("95", "99", PERCENT), Ambition.COMMITTED, ["measure.moves_but_steady"]),
        ("Mantenere la qualità", way("95", "99", PERCENT), Ambition.COMMITTED, ["measure.moves_but_steady"]),
        ("Maintenance costs", way("95", "90", EURO), Ambition.COMMITTED, []),
        ("Maintain uptime", within("99", "100"), Ambition.COMMITTED, []),
    ],
)
def test_a_measure_fits_its_title_and_leaves_room_for_a_way(
    title: str, measure: Measure, ambition: Ambition, said: list[str]
) -> None:
    assert ids(coach_key_result(title, measure, SOURCE, ambition)) == said


@pytest.mark.parametrize(
    ("measure", "source", "said"),
    [
        (way("40", "60"), "", ["source.missing"]),
        (way("40", "60"), " \u200e\n", ["source.missing"]),
        (way("40", "60"), "–", ["source.missing"]),
        (way("40", "60"), "CRM", []),
        (within("99", "100"), "", ["source.missing"]),
        (steps("Designed", "Out"), "", []),
        (None, "", []),
    ],
)
def test_a_number_has_a_source_and_steps_need_none(measure: Measure | None, source: str, said: list[str]) -> None:
    assert ids(coach_key_result("Returning customers", measure, source)) == said


def test_each_field_gets_one_advice_at_most_in_the_order_of_the_form() -> None:
    found = coach_key_result("Increase sales and reduce returns", within("1", "2"), "")
    assert [advice.about for advice in found] == ["title", "measure", "source"]


@pytest.mark.parametrize("nothing", ["", " ", "\n\t", "\u200f\u200e", "🎉🎉", "–", "…", "“”"])
def test_nothing_is_said_before_something_is_written(nothing: str) -> None:
    assert coach_objective(nothing) == ()
    assert coach_key_result(nothing, way("0", "1"), "") == ()


@pytest.mark.parametrize(
    ("count", "said"), [(0, []), (1, []), (4, []), (5, ["count.objectives"]), (40, ["count.objectives"])]
)
def test_a_team_has_up_to_four_objectives(count: int, said: list[str]) -> None:
    assert ids(coach_objectives(count)) == said
    assert coach_objectives(count, most=count) == ()


@pytest.mark.parametrize(("count", "said"), [(5, []), (6, ["count.personal_objectives"])])
def test_more_objectives_than_one_person_can_look_after_are_pointed_out(count: int, said: list[str]) -> None:
    assert ids(coach_personal_objectives(count, "Dana Rossi")) == said
    assert coach_personal_objectives(count, "Dana Rossi", most=count) == ()


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, []),
        (1, ["count.few_key_results"]),
        (2, ["count.few_key_results"]),
        (3, []),
        (5, []),
        (6, ["count.key_results"]),
    ],
)
def test_an_objective_has_three_to_five_key_results(count: int, said: list[str]) -> None:
    assert ids(coach_key_results(count)) == said
    assert coach_key_results(count, fewest=count, most=count) == ()


@pytest.mark.parametrize(
    "word", ["launch", "5", "1,", "…", "(", "'", "l'", "and increase ", "e ", "\u202e", "🎉", "a-"]
)
def test_very_long_titles_are_read_in_a_moment(word: str) -> None:
    for title in (word * 10_000, f"{word} " * 10_000):
        assert len(coach_objective(title)) <= 1
        assert len(coach_key_result(title, None, "")) <= 1


@given(title=st.text(max_size=80), source=st.text(max_size=10))
@settings(max_examples=150, deadline=None)
def test_anything_can_be_written_and_nothing_breaks(title: str, source: str) -> None:
    given: dict[str, Any] = {"measure": way("0", "1"), "source": source}
    assert len(coach_objective(title)) <= 1
    assert len(coach_key_result(title, **given)) <= 3
    assert len(coach_key_result(f"Launch the {title}", **given)) <= 3
    assert len(coach_key_result(f"Lanciare l'{title}", **given)) <= 3
