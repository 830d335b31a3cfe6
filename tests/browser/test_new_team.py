"""A new team on the page: from the bot's greeting to its first digest, with no file and no terminal."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Locator, Page, expect

from bot.demo.play import Show, opened
from playground import Channel

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


@pytest.fixture
async def show() -> AsyncIterator[Show]:
    """The demo on a Sunday evening; nobody has described a company."""
    async with opened(port=0, weeks=0) as show:
        yield show


@pytest.fixture
def launch(show: Show) -> Channel:
    """The channel Dana has made for her team."""
    return show.playground.channel("launch", [show.cast.people["dana"], show.cast.people["luca"]])


def newest(page: Page) -> Locator:
    return page.get_by_test_id("message").last


async def test_a_new_team_gets_from_the_greeting_to_its_first_digest(  # type: ignore[no-untyped-def]
    launch: Channel, page: Page, show: Show, keep
) -> None:
    # The bot is invited, and greets.
    await launch.invite(show.cast.app)
    await page.get_by_test_id("channel-launch").click()
    await expect(newest(page)).to_contain_text("Hello! I am here so that goals are not forgotten")
    await keep("greeting")

    # Set up: everything is filled in already.
    await newest(page).get_by_role("button", name="Set up").click()
    modal = page.get_by_test_id("modal")
    await expect(modal.get_by_label("What the team is called")).to_have_value("Launch")
    await keep("setup")
    await page.get_by_test_id("modal-submit").click()
    await expect(modal).to_contain_text("Launch is set up.")
    await keep("setup-done")

    # An objective, and its key results one after the other.
    await modal.get_by_role("button", name="Write an objective").click()
    await modal.get_by_label("Objective").fill("Increase revenue by 20%")
    await keep("objective")
    await page.get_by_test_id("modal-submit").click()
    await expect(modal).to_contain_text("does more as a key result")
    await modal.get_by_label("Key result").fill("Customers sent by a friend")
    await modal.get_by_label("Measure").fill("5% to 15%")
    await modal.get_by_label("Where the number comes from").fill("The question at the till")
    await keep("key-result")
    await page.get_by_test_id("modal-submit").click()
    await expect(modal).to_contain_text("Saved: Customers sent by a friend")
    while await modal.count():
        await page.get_by_test_id("modal-close").click()
        await page.wait_for_timeout(100)

    # Monday: Dana is asked and answers.
    await page.get_by_test_id("app-okrbot").click()
    await page.get_by_test_id("app-messages-tab").click()
    await page.get_by_test_id("clock-next-event").click()
    await expect(newest(page)).to_contain_text("Hello Dana, 1 key result to check in")
    await newest(page).get_by_role("button", name="Check in", exact=True).click()
    await modal.get_by_label("Value now").fill("7")
    await modal.get_by_text("On track").click()
    await page.get_by_test_id("modal-submit").click()
    await expect(newest(page)).to_contain_text("Thank you, Dana.")

    # Tuesday: the channel reads its first digest.
    await show.clock.move_by(60 * 26)
    await page.get_by_test_id("channel-launch").click()
    await expect(newest(page)).to_contain_text("Launch: check-in of Monday")
    await expect(newest(page)).to_contain_text("Customers sent by a friend")
    await keep("first-digest")
