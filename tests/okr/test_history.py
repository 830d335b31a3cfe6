"""Walking a definition back: each earlier one is found again, and nobody reads what was never theirs to read."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr.authority import Actor
from okr.definitions import KeyResultDefinition, ObjectiveDefinition
from okr.history import Change, Past, Revised, concealed_until, may_read_past, measure_at, rewound, steps
from okr.measures import Measure, MeasureKind
from tests.making import key_result, person, team

BEGUN = datetime(2026, 10, 1, 9, tzinfo=UTC)
MEASURE = Measure(MeasureKind.INCREASE, baseline=Decimal(10), target=Decimal(30))
KEY_RESULT = KeyResultDefinition("love", "Visits", "dana", "dana", MEASURE)
LOVE = ObjectiveDefinition("growth", "2026-q4", "Become the shop people come back to")
TEAMS = {"growth": team(), "platform": team("platform", lead_id="marcus", member_ids=("marcus",))}
DANA, MARCUS = (
    Actor(one.slack_id, one, channels=frozenset({inside}))
    for one, inside in ((person("Dana Rossi"), "C0GROWTH"), (person("Marcus Green"), "C0PLATFORM"))
)

values = st.dictionaries(st.sampled_from(["title", "target", "owner", "state"]), st.integers(0, 5), max_size=4)


def lived(first: Mapping[str, int], later: list[dict[str, int]]) -> tuple[list[dict[str, int]], list[Change]]:
    """(each definition in turn, the changes that led from one to the next, the newest first)."""
    definitions, changes = [dict(first)], [Change("kr", BEGUN, "dana", None)]
    for number, wanted in enumerate(later, start=1):
        current = definitions[-1]
        after = {**current, **wanted}
        before = {name: current[name] for name in current if current[name] != after[name]}
        changes.insert(0, Change("kr", BEGUN + timedelta(days=number), "dana", before))
        definitions.append(after)
    return definitions, changes


FIRST = {"title": 0, "target": 0, "owner": 0, "state": 0}


@given(later=st.lists(values, max_size=8))
def test_walking_back_finds_every_earlier_definition(later: list[dict[str, int]]) -> None:
    definitions, changes = lived(FIRST, later)
    for number, definition in enumerate(definitions):
        just_after = BEGUN + timedelta(days=number, seconds=1)
        assert rewound(definitions[-1], changes, just_after) == definition
    assert rewound(definitions[-1], changes, BEGUN) is None


@given(later=st.lists(values, max_size=8))
def test_every_step_leads_from_one_definition_to_the_next(later: list[dict[str, int]]) -> None:
    definitions, changes = lived(FIRST, later)
    walked = list(steps(definitions[-1], changes))
    assert [one.after for one in walked] == definitions[::-1]
    assert [one.before for one in walked] == [*definitions[-2::-1], None]


def test_a_field_that_is_no_more_is_left_out() -> None:
    changes = [Change("kr", BEGUN, "dana", {"title": "Visits", "colour": "blue"})]
    assert rewound({"title": "Visitors"}, changes, BEGUN) == {"title": "Visits"}


def test_what_is_older_than_its_first_change_was_always_there() -> None:
    assert rewound({"title": "Visits"}, [], BEGUN) == {"title": "Visits"}


def revised(days: int, before: object, after: object, id: str = "kr") -> Revised:
    return Revised(id, BEGUN + timedelta(days=days), "dana", "", before, after)  # type: ignore[arg-type]


def test_an_answer_is_written_as_it_was_measured_then() -> None:
    higher = replace(KEY_RESULT, measure=replace(MEASURE, target=Decimal(40)))
    changes = [revised(5, KEY_RESULT, higher), revised(0, None, KEY_RESULT)]
    assert measure_at(higher.measure, changes, BEGUN + timedelta(days=4)) == MEASURE
    assert measure_at(higher.measure, changes, BEGUN + timedelta(days=5)) == higher.measure


@pytest.mark.parametrize(
    ("changes", "until"),
    [
        pytest.param([revised(5, replace(KEY_RESULT, private=True), KEY_RESULT)], 5, id="it was private"),
        pytest.param([revised(4, replace(LOVE, private=True), LOVE, "love")], 4, id="its objective was private"),
        pytest.param([revised(3, replace(KEY_RESULT, objective_id="secret"), KEY_RESULT)], 3, id="under another one"),
        pytest.param(
            [
                revised(6, replace(LOVE, private=False), replace(LOVE, private=True), "secret"),
                revised(4, replace(KEY_RESULT, objective_id="secret"), KEY_RESULT),
            ],
            4,
            id="under one that is private today",
        ),
        pytest.param(
            [
                revised(5, replace(KEY_RESULT, title="Calls"), KEY_RESULT),
                revised(2, replace(KEY_RESULT, private=True), replace(KEY_RESULT, title="Calls")),
            ],
            2,
            id="longer ago",
        ),
        pytest.param([revised(5, replace(KEY_RESULT, title="Calls"), KEY_RESULT)], None, id="never"),
        pytest.param([revised(5, None, KEY_RESULT)], None, id="it is new"),
    ],
)
def test_what_happened_in_private_stays_there(changes: list[Revised], until: int | None) -> None:
    objectives = {"love": LOVE, "secret": replace(LOVE, private=True)}
    found = concealed_until(KEY_RESULT, objectives, changes, lambda _, private: not private)
    assert found == (None if until is None else BEGUN + timedelta(days=until))
    assert concealed_until(KEY_RESULT, objectives, changes, lambda _, __: True) is None


def test_the_past_is_read_by_the_rights_of_today() -> None:
    now = key_result("Visits", owner_id="luca", check_in_owner_id="luca")
    secret, elsewhere = replace(now, private=True), replace(now, team_id="platform", private=True)
    for past, dana, marcus in (
        (Past(now, now), True, True),
        (Past(now, secret), True, False),
        (Past(secret, now), True, False),
        (Past(now, elsewhere), False, False),
    ):
        assert may_read_past(DANA, past, TEAMS) is dana
        assert may_read_past(MARCUS, past, TEAMS) is marcus
