"""`make screenshots`: take every picture of docs/images anew, in a Chromium that looks at the playground's page."""

import asyncio
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.async_api import Locator, Page, async_playwright

from blocks.message import Message
from bot.demo.cast import Cast, gather
from playground import Playground, PlaygroundClock, modals, posting
from tests.snapshots.pictures import PICTURES, Picture

IMAGES = Path("docs/images")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
WHOLE = """
.dialog { width: 560px; max-height: none; border: 1px solid var(--line); border-radius: 0; box-shadow: none; }
.home { flex: none; height: max-content; }
"""
"""A form and Home are shown to their end, however long they are, and nothing behind them."""
WINDOW = {"width": 930, "height": 2000}
MODAL, OTHERS = 1.5, 1.25
"""How much larger they are taken: all are about as wide then."""


async def take_all() -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for name, picture in PICTURES.items():
            scale = MODAL if picture.place == "modal" else OTHERS
            page = await browser.new_page(viewport=WINDOW, device_scale_factor=scale, bypass_csp=True)
            await _take(picture, page, IMAGES / f"{name}.png")
            await page.close()
        await browser.close()


async def _take(picture: Picture, page: Page, path: Path) -> None:
    """In a playground of its own, so that nothing else is on the page."""
    playground = Playground(PlaygroundClock(datetime(2026, 11, 16, 8, tzinfo=UTC)))
    cast = gather(playground)
    await playground.start(port=0)
    try:
        where = _show(picture, playground, cast)
        await page.goto(f"{playground.url}/#{cast.people['dana'].id}/{where}")
        await page.wait_for_selector("body.ready")
        await page.add_style_tag(content=WHOLE)
        await page.wait_for_timeout(400)  # let fonts come and the dialog's fade end
        await _framed(picture, page).screenshot(path=path)
    finally:
        await playground.stop()


def _show(picture: Picture, playground: Playground, cast: Cast) -> str:
    """Put it before Dana's eyes; gives where on the page that is."""
    slack, app, dana = playground._slack, cast.app, cast.people["dana"].id
    rooms = {one.name: one for one in slack.workspace.conversations.values()}
    known = {f"U0{key.upper()}": one.id for key, one in cast.people.items()}
    known |= {f"C0{name.upper()}": one.id for name, one in rooms.items()}
    drawn = picture.drawn()
    if isinstance(drawn, Message):
        room = slack.workspace.dm(dana, app.bot_user_id) if picture.place == "direct message" else rooms["growth"]
        payload = _named({"text": drawn.text, "blocks": drawn.blocks}, known)
        posting.post(slack, app, room, payload, ephemeral_to=dana if picture.place == "answer" else None)
        return "messages" if room.is_im else room.id
    assert isinstance(drawn, dict)
    if picture.place == "home":
        modals.publish_home(slack, app, dana, _named(drawn, known), None)
        return "home"
    modals.stack_up(slack, app, dana, _named(drawn, known), onto=None)
    return "messages"


def _named(payload: Any, known: dict[str, str]) -> Any:
    """With the ids that people and channels have in this playground."""
    text = json.dumps(payload)
    for sample, real in known.items():
        text = text.replace(sample, real)
    return json.loads(text)


def _framed(picture: Picture, page: Page) -> Locator:
    match picture.place:
        case "modal":
            return page.get_by_test_id("modal")
        case "home":
            return page.get_by_test_id("home")
        case _:
            return page.get_by_test_id("message").last


if __name__ == "__main__":
    asyncio.run(take_all())
