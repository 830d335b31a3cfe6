"""Two people change one definition at once: nobody's change is lost, and what both have changed is decided by them."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr.definitions import KeyResultDefinition, ObjectiveDefinition, changes, check_reason, marks, merged
from okr.errors import Problem
from okr.goals import State
from okr.measures import Measure, MeasureKind

BASE = ObjectiveDefinition("team", "cycle", "Make customers come back", "dana", "They left")
MEASURE = Measure(MeasureKind.INCREASE, baseline=Decimal(10), target=Decimal(30))
KEY_RESULT = KeyResultDefinition("objective", "Visits", "dana", "dana", MEASURE)
texts = st.sampled_from(["one", "two", "three"])


def edits() -> st.SearchStrategy[ObjectiveDefinition]:
    return st.builds(lambda **given: replace(BASE, **given), title=texts, why=texts, owner_id=texts)


@given(wanted=edits(), current=edits(), base=edits())
def test_each_field_is_mine_or_theirs_or_disputed(
    wanted: ObjectiveDefinition, current: ObjectiveDefinition, base: ObjectiveDefinition
) -> None:
    made, disputed = merged(marks(base), wanted, current)
    for name in ("title", "why", "owner_id"):
        mine, theirs, before = (getattr(one, name) for one in (wanted, current, base))
        if mine == before:
            assert getattr(made, name) == theirs
        elif theirs in (before, mine):
            assert getattr(made, name) == mine
        else:
            assert name in disputed
            assert getattr(made, name) == theirs


@given(wanted=edits(), current=edits())
def test_saving_again_over_what_was_seen_replaces_it(wanted: ObjectiveDefinition, current: ObjectiveDefinition) -> None:
    assert merged(marks(current), wanted, current) == (wanted, ())


def test_another_measure_needs_a_reason_once_it_is_active() -> None:
    other = replace(KEY_RESULT, measure=replace(MEASURE, target=Decimal(40)))
    with pytest.raises(Problem, match=r"definition\.reason_missing"):
        check_reason(KEY_RESULT, other, "")
    check_reason(KEY_RESULT, other, "The market halved")
    check_reason(replace(KEY_RESULT, state=State.DRAFT), replace(other, state=State.DRAFT), "")


def test_another_title_needs_none() -> None:
    check_reason(KEY_RESULT, replace(KEY_RESULT, title="Visitors", source="The dashboard"), "")
    assert changes(KEY_RESULT, replace(KEY_RESULT, title="Visitors")) == {"title"}
