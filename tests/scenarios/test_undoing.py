"""What was saved can be undone, for ten minutes."""

from tests.stage import Stage

RETURNING, REFUNDS, CARD = "Returning customers", "Refunds a week", "The loyalty card is out"
SHOP = "Become the shop people come back to"


async def test_what_was_changed_can_be_undone(lite: Stage) -> None:
    await lite.dana.types("/okr edit refunds")
    await lite.dana.submits({"Measure": "from 120 to 80", "Why does it change?": "A slip"})
    await lite.dana.clicks("Undo: Refunds a week")
    assert "Undone: Refunds a week" in lite.dana.modal.text
    assert await lite.kept("SELECT target FROM key_results WHERE title = 'Refunds a week'") == [("60",)]


async def test_what_was_written_can_be_undone_without_losing_what_is_typed_next(lite: Stage) -> None:
    await lite.dana.types("/okr new")
    await lite.dana.submits({"Objective": "Become a shop for gifts"})
    await lite.dana.submits({"Key result": "Visits", "Measure": "from 10 to 30"})
    await lite.dana.fills("Key result", "Orders with a card")
    await lite.dana.clicks("Undo: Visits")
    assert "Undone: Visits" in lite.dana.modal.text
    assert lite.dana.modal.values["Key result"] == "Orders with a card"
    await lite.comes("Mon 16 Nov 09:00")
    assert "Visits" not in lite.dana.reads()[-1].shown


async def test_after_ten_minutes_it_is_too_late_to_undo(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.dana.types("/okr edit refunds")
    await lite.dana.submits({"Key result": "Refunds in a week"})
    await lite.comes("Mon 16 Nov 09:11")
    await lite.dana.clicks("Undo: Refunds in a week")
    assert "That was more than ten minutes ago." in lite.dana.modal.text
    assert await lite.kept("SELECT count(*) FROM key_results WHERE title = 'Refunds in a week'") == [(1,)]


async def test_what_somebody_has_changed_since_is_not_undone(lite: Stage) -> None:
    await lite.dana.types("/okr edit refunds")
    await lite.dana.submits({"Key result": "Refunds in a week"})
    await lite.elena.types("/okr edit refunds")
    await lite.elena.submits({"Da dove viene il numero": "Il cruscotto"})
    await lite.dana.clicks("Undo: Refunds in a week")
    assert "It has changed again since." in lite.dana.modal.text
    assert await lite.kept("SELECT title FROM key_results WHERE source = 'Il cruscotto'") == [("Refunds in a week",)]
