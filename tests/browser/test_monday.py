"""A Monday on the page, as Dana lives it."""

import pytest
from playwright.async_api import Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


def newest(page: Page) -> Locator:
    return page.get_by_test_id("message").last


async def test_dana_goes_through_her_monday(page: Page, keep) -> None:  # type: ignore[no-untyped-def]
    # 08:59: nothing yet today; a minute later the prompt is there.
    await page.get_by_test_id("clock-next-event").click()
    await expect(newest(page)).to_contain_text("Hello Dana, 2 key results to check in")
    await expect(newest(page)).to_contain_text("35.9% (Mon 9 Nov) · target 45%")
    await keep("prompt")

    # Check in: a number that has two readings, and a note that is missing.
    await newest(page).get_by_role("button", name="Check in", exact=True).click()
    modal = page.get_by_test_id("modal")
    await expect(modal).to_contain_text("New riders take a second ride within a week")
    await modal.get_by_label("Value now").first.fill("about 37")
    await keep("modal")
    await page.get_by_test_id("modal-submit").click()
    errors = modal.get_by_test_id("field-error")
    await expect(errors.first).to_contain_text("is not a number I can read")
    await expect(errors.nth(1)).to_contain_text("Off track needs a note")
    await expect(modal.get_by_label("Value now").first).to_have_value("about 37")
    await keep("modal-errors")

    # Mended: both pages of it are recorded and the message becomes the receipt.
    await modal.get_by_label("Value now").first.fill("37,5")
    await modal.get_by_label("Note").first.fill("The release is out since Friday")
    await page.get_by_test_id("modal-submit").click()
    await expect(modal).to_have_count(0)
    await expect(newest(page)).to_contain_text("Thank you, Dana. 2 key results checked in.")
    await expect(newest(page)).to_contain_text("37.5% (Mon 16 Nov)")
    await keep("receipt")

    # Edit: the same form, filled with what was said.
    await newest(page).get_by_role("button", name="Edit: New riders take a second ride").click()
    await expect(modal.get_by_label("Value now")).to_have_value("37.5")
    await modal.get_by_label("Value now").fill("+0.5")
    await page.get_by_test_id("modal-submit").click()
    await expect(newest(page)).to_contain_text("38% (Mon 16 Nov)")

    # Home shows the same, and her teams.
    await page.get_by_test_id("app-home-tab").click()
    home = page.get_by_test_id("home")
    await expect(home).to_contain_text("Your key results")
    await expect(home).to_contain_text("38% (today)")
    await expect(home).to_contain_text("Your teams")
    await keep("home")


async def test_nothing_changed_takes_one_click_and_the_digest_tells_the_channel(page: Page, show, keep) -> None:  # type: ignore[no-untyped-def]
    await page.get_by_test_id("clock-next-event").click()
    await expect(newest(page)).to_contain_text("2 key results to check in")
    await newest(page).get_by_role("button", name="Nothing changed: New riders come").click()
    await expect(newest(page)).to_contain_text("1 key result to go")
    await expect(newest(page)).to_contain_text("confirmed Mon 16 Nov")

    # The digest is posted on Tuesday at ten; Dana still owes one answer, and is named once.
    await show.clock.move_by(60 * 26)
    await page.get_by_test_id("channel-growth").click()
    await expect(newest(page)).to_contain_text("Growth: check-in of Monday 16 November")
    await expect(newest(page)).to_contain_text("Still waiting to hear from")
    await keep("digest")

    # A late answer still changes it.
    await page.get_by_test_id("app-okrbot").click()
    await page.get_by_test_id("app-messages-tab").click()
    prompts = page.get_by_test_id("message")
    await prompts.get_by_role("button", name="Check in", exact=True).first.click()
    modal = page.get_by_test_id("modal")
    await modal.get_by_label("Value now").fill("38")
    await modal.get_by_label("Note").fill("Late, sorry")
    await page.get_by_test_id("modal-submit").click()
    await expect(modal).to_have_count(0)
    await page.get_by_test_id("channel-growth").click()
    await expect(newest(page)).to_contain_text("With a late answer from Dana Rossi")

    # A slash command is answered where it was typed, for Dana's eyes only.
    await page.get_by_test_id("composer").fill("/okr status at-risk")
    await page.get_by_test_id("composer").press("Escape")
    await page.get_by_test_id("composer-send").click()
    await expect(newest(page)).to_contain_text("At risk or off track")
    await expect(newest(page)).to_contain_text("Only visible to you")
    await keep("status")
