"""Whatever stands in a company file, it is a company or problems."""

import time
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rituals.company_file import CompanyFile, CompanyProblems, FileProblem, parse
from rituals.company_schema import Form
from tests.rituals.good_company import (
    GOOD,
    forms_below,
    problems,
)


@pytest.mark.parametrize(
    "text",
    [
        "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9)),
        "[" * 100_000,
        "a: &a " + "[" * 30 + "]" * 30 + "\nb: &b " + "[" * 20 + "*a" + "]" * 20 + "\n",
        "- " * 100_000,
        "%YAML 1." + "9" * 5000 + "\n---\na: b\n",
    ],
    ids=["laughs", "brackets", "deep aliases", "dashes", "version"],
)
def test_a_bomb_is_one_problem_at_once(text: str) -> None:
    started = time.perf_counter()
    assert len(problems(text)) == 1
    assert time.perf_counter() - started < 5


def test_a_file_has_at_most_two_mebibytes() -> None:
    [problem] = problems(GOOD + "#" + "è" * (1024 * 1024))
    assert "at most 2 MiB" in str(problem)


def test_a_hopeless_file_is_still_answered() -> None:
    found = problems(GOOD + "".join(f"nonsense{number}: {number}\n" for number in range(20_000)))
    assert len(found) == 20_000


def _answers(text: str) -> None:
    found: tuple[FileProblem, ...] = ()
    try:
        file = parse(text)
    except CompanyProblems as caught:
        file, found = None, caught.problems
    assert isinstance(file, CompanyFile) or found
    assert all(each.line >= 1 and each.expected and each.got for each in found)


@given(st.text(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_company_or_problems(text: str) -> None:
    _answers(text)


@given(st.text(st.sampled_from("ab:-[]{}&*!|>%@`'\"#, \n\t?\\~<0"), max_size=120))
@settings(max_examples=300, deadline=None)
def test_any_yaml_like_text_is_a_company_or_problems(text: str) -> None:
    _answers(text)


NAMES = sorted({name for model in forms_below(Form) for name in model.names()})
LEAVES = st.none() | st.text(max_size=12) | st.sampled_from(["dana", "ruota", "q4", "love", "rides", "1", "2026-10-01"])
TREES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6)
)


@given(st.dictionaries(st.sampled_from(NAMES), TREES, max_size=6), st.integers(0, 3))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_shape_of_fields_is_a_company_or_problems(tree: dict[str, Any], depth: int) -> None:
    whole: dict[str, Any] = yaml.safe_load(GOOD.replace("2026", "x2026"))
    target: Any = whole
    for path in (["teams", 0], ["objectives", 0], ["objectives", 0, "key_results", 0], ["company"])[depth]:
        target = target[path]
    target.update(tree)
    _answers(yaml.safe_dump(whole, allow_unicode=True))


@given(st.integers(0, len(GOOD)), st.integers(0, 12), st.text(max_size=6))
@settings(max_examples=300, deadline=None)
def test_a_slip_of_the_hand_is_a_company_or_problems(at: int, gone: int, typed: str) -> None:
    _answers(GOOD[:at] + typed + GOOD[at + gone :])
