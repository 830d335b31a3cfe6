"""Who answers for a team: its lead, else the nearest one up the tree, else an admin."""

from itertools import permutations

from okr.goals import Person
from okr.leads import below, nearest_lead
from tests.making import person, team

TOP, GROWTH, CARDS = team("top", lead_id="elena"), team(parent_id="top"), team("cards", parent_id="growth")
TREE = {one.id: one for one in (TOP, GROWTH, CARDS)}
LUCA, ELENA = person("Luca Bianchi"), person("Elena Ferri")
ADMINS = [person("Zoe Admin", admin=True), person("Ada Admin", admin=True)]


def nearest(*people: Person, besides: str = "") -> Person | None:
    return nearest_lead(TREE, {one.id: one for one in people}, CARDS, besides=besides)


def test_the_nearest_lead_up_the_tree_who_can_be_told() -> None:
    assert nearest(LUCA, ELENA) == LUCA
    assert nearest(person("Luca Bianchi", deactivated=True), ELENA) == ELENA
    assert nearest(person("Luca Bianchi", unreachable="cannot_dm_bot"), ELENA) == ELENA
    assert nearest(LUCA, ELENA, besides="luca") == ELENA


def test_without_any_it_is_always_the_same_admin() -> None:
    assert {nearest(*some) for some in permutations(ADMINS)} == {ADMINS[1]}
    assert nearest() is None


def test_below_a_team_stands_itself_and_all_under_it() -> None:
    assert below(TREE, ["growth"]) == {"growth", "cards"}
    assert below(TREE, []) == set()
