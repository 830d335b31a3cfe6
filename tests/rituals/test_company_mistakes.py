"""What an admin reads about a bad company file: every problem at once, each where it stands."""

import pytest

from okr.errors import Problem
from rituals.company_file import FileProblem, parse
from tests.rituals.bad_companies import BAD
from tests.rituals.good_company import KR, good, problems


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_told_where_and_what(case: str) -> None:
    text, line, path, said = BAD[case]
    found = problems(text)
    matching = [each for each in found if (each.line, each.path) == (line, path) and said in str(each)]
    assert matching, "\n".join(map(str, found))


# These drag another problem along, since what others refer to or need is gone.
NOT_ALONE = {
    "an unknown field",
    "an unknown field at the top",
    "no teams",
    "a person without a key",
    "a person that is a text",
    "a key twice",
    "a key with capitals",
    "a key with a newline",
    "a goal with two meanings",
}
ALONE = [case for case in BAD if case not in NOT_ALONE]


@pytest.mark.parametrize("case", ALONE)
def test_one_mistake_is_one_problem(case: str) -> None:
    assert len(problems(BAD[case][0])) == 1


def test_a_problem_reads_as_one_sentence() -> None:
    problem = FileProblem(42, "objectives[2].key_results[0].target", "a number", '"many"')
    assert str(problem) == 'line 42, objectives[2].key_results[0].target: expected a number, got "many"'
    assert str(FileProblem(1, "", "one document", "nothing")) == "line 1: expected one document, got nothing"


def test_every_problem_is_listed_at_once_by_line() -> None:
    text = good(
        ("Europe/Rome", "Rome"),
        ("parent: ruota", "parent: routa"),
        ("2026-12-31", "2026-09-01"),
        ("title: Be loved", "titel: Be loved"),
        ("        owner: dana", "        owner: eve"),
        ("target: 20", "target: 1,5"),
        ("assignee: luca", "asignee: luca"),
    )
    found = problems(text)
    assert [(each.line, each.path) for each in found] == [
        (1, "company.zone"),
        (12, "teams[1].parent"),
        (17, "cycles[0].to"),
        (19, "objectives[0].title"),
        (22, "objectives[0].titel"),
        (27, f"{KR}.owner"),
        (30, f"{KR}.target"),
        (33, f"{KR}.actions[0].asignee"),
    ]


def test_the_problems_are_a_problem_of_the_rules_and_print_line_by_line() -> None:
    with pytest.raises(Problem) as caught:
        parse(good(("Europe/Rome", "Rome"), ("target: 20", "target: many")))
    assert str(caught.value).splitlines() == [
        'line 1, company.zone: expected a zone such as Europe/Rome (did you mean "Europe/Rome"?), got "Rome"',
        f'line 30, {KR}.target: expected a number, got "many"',
    ]


def test_a_mistake_in_the_companys_rhythm_is_told_once() -> None:
    text = good(("zone: Europe/Rome}", "zone: Europe/Rome, rhythm: {every: 2 weeks}}"))
    assert [each.path for each in problems(text)] == ["company.rhythm.from"]


def test_what_is_shown_of_a_value_is_short_and_harmless() -> None:
    [problem] = problems(good(("key: q4", 'key: "\\e[31m' + "x" * 300 + '"'), ("cycle: q4", "cycle: other")))[:1]
    assert "\x1b" not in str(problem)
    assert len(problem.got) < 100
