"""Keys and Slack accounts of people, from one company file to the next."""

from itertools import permutations

import pytest

from okr.company import renamed, taken

KNOWN = {"a": "U1", "b": "U2"}


@pytest.mark.parametrize(
    ("wanted", "moves"),
    [
        pytest.param({"a": "U1", "b": "U2"}, set(), id="nothing changed"),
        pytest.param({"c": "U1"}, {("a", "c")}, id="a new key"),
        pytest.param({"c": "U3"}, set(), id="somebody new"),
        pytest.param({"a": "U2", "b": "U1"}, set(), id="the accounts changed hands"),
        pytest.param({"a": "U3", "c": "U1"}, {("a", "c")}, id="the old key is given anew"),
        pytest.param({"b": "U1", "c": "U2"}, {("b", "c"), ("a", "b")}, id="each took the next key"),
    ],
)
def test_a_person_with_a_new_key_is_the_same_account(wanted: dict[str, str], moves: set[tuple[str, str]]) -> None:
    for order in permutations(wanted.items()):
        found = renamed(KNOWN, dict(order))
        assert set(found) == moves
        assert taken(KNOWN, dict(order)) == {}
        held = dict(KNOWN)
        for old, new in found:
            assert new not in held, "no key belongs to two at any moment"
            held[new] = held.pop(old)


def test_an_account_of_somebody_left_out_is_taken() -> None:
    assert taken(KNOWN, {"a": "U2"}) == {"a": "b"}
