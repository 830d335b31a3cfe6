"""What could be better about an objective or a key result is said, and blocks nothing."""

from tests.stage import Stage

RETURNING, REFUNDS, CARD = "Returning customers", "Refunds a week", "The loyalty card is out"
SHOP = "Become the shop people come back to"


async def test_what_could_be_better_is_said_with_a_button_to_change_it_and_blocks_nothing(lite: Stage) -> None:
    await lite.dana.types("/okr new")
    await lite.dana.submits({"Objective": "Increase revenue by 20%"})
    assert lite.dana.modal.title == "Key result 1"
    assert "💡 “20%” does more as a key result" in lite.dana.modal.text
    await lite.dana.clicks("Edit: Increase revenue by 20%")
    assert lite.dana.modal.title == "Objective"
    await lite.dana.submits({"Objective": "Become the shop people come back to"})
    assert "Saved: Become the shop people come back to" in lite.dana.modal.text
    await lite.dana.closes()
    assert lite.dana.modal.title == "Key result 1"


async def test_a_task_in_disguise_is_pointed_out_with_what_it_could_change(lite: Stage) -> None:
    await lite.dana.types("/okr new")
    await lite.dana.submits({"Objective": "Become the shop people come back to"})
    assert "💡" not in lite.dana.modal.text
    await lite.dana.submits({"Key result": "Launch the loyalty card", "Measure": "Designed\nLaunched"})
    assert "People who use the loyalty card, from 0% to 40%" in lite.dana.modal.text
