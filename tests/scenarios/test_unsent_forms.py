"""What was typed into a form that was closed is there the next time."""

from datetime import UTC, datetime

from tests.stage import Stage

RETURNING, REFUNDS, CARD = "Returning customers", "Refunds a week", "The loyalty card is out"
SHOP = "Become the shop people come back to"


async def test_what_was_typed_into_a_form_that_was_closed_is_there_the_next_time(lite: Stage) -> None:
    await lite.dana.types("/okr new")
    await lite.dana.fills("Objective", "Become the shop people come back to")
    await lite.dana.closes()
    await lite.dana.types("/okr new")
    assert "What you typed last time is back." in lite.dana.modal.text
    assert lite.dana.modal.values["Objective"] == "Become the shop people come back to"
    await lite.dana.submits()
    await lite.dana.closes_all()
    await lite.dana.types("/okr new")
    assert lite.dana.modal.values["Objective"] in ("", None)


async def test_a_key_result_that_was_not_sent_is_there_when_one_goes_on_with_its_objective(lite: Stage) -> None:
    await lite.dana.types("/okr new")
    await lite.dana.submits({"Objective": "Become a shop for gifts"})
    await lite.dana.submits({"Key result": "Visits", "Measure": "from 10 to 30"})
    await lite.dana.fills("Key result", "Orders with a card")
    await lite.dana.clicks("Done")
    await lite.dana.types("/okr edit gifts")
    await lite.dana.closes()
    await lite.dana.types("/okr edit")
    groups = lite.dana.modal.json["blocks"][0]["element"]["option_groups"]
    more = [one["options"][-1]["value"] for one in groups if one["label"]["text"] == "Become a shop for gifts"]
    reader = await lite.running.rituals.actors.find(lite.running.workspace.id, lite.dana.id, datetime.now(UTC))
    form = await lite.running.rituals.key_results.begin(lite.running.workspace.id, reader, more[0].partition(":")[2])
    assert form.unsent["kr_title"]["kr_title"]["value"] == "Orders with a card"


async def test_a_form_into_which_nobody_typed_leaves_nothing_behind(lite: Stage) -> None:
    await lite.dana.types("/okr new")
    await lite.dana.closes()
    assert await lite.kept("SELECT count(*) FROM unsent") == [(0,)]
