"""A Chromium looking at the demo's page."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright

from bot.demo.play import Show, running

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIETLY = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
SCREENSHOTS = Path(".artifacts/screenshots")


@pytest.fixture(autouse=True)
def _a_browser_is_there() -> None:
    if CHROMIUM:
        return
    if os.environ.get("OKRBOT_REQUIRE_BROWSER") == "1":
        pytest.fail("no Chromium on this machine, and OKRBOT_REQUIRE_BROWSER=1 asks for one")
    pytest.skip("no Chromium on this machine: the browser tests are skipped")


@pytest.fixture
async def show() -> AsyncIterator[Show]:
    """The demo with three weeks of history, one minute before Monday 09:00."""
    async with running(port=0, weeks=3) as show:
        yield show


@pytest.fixture
async def page(show: Show) -> AsyncIterator[Page]:
    """The demo's page, open as Dana. Nothing the page does may end in an error in its console."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIETLY)
        page = await browser.new_page(viewport={"width": 1280, "height": 900}, device_scale_factor=2)
        page.set_default_timeout(15_000)
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(show.address)
        await page.wait_for_selector("body.ready")
        yield page
        await browser.close()
        assert complaints == []


@pytest.fixture
def keep(page: Page):  # type: ignore[no-untyped-def]
    """Keep a picture of the page under a name."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)

    async def keep(name: str) -> None:
        await page.wait_for_timeout(150)  # let the dialog's fade end; nothing waits on this
        await page.screenshot(path=SCREENSHOTS / f"{name}.png")

    return keep
