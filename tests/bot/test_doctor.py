"""`okrbot doctor`, on a command line of its own while okrbot runs elsewhere."""

from pathlib import Path

from tests.bot.okrbot import Okrbot
from tests.bot.other_slack import OtherSlack

COMPANY = Path("tests/company.yaml").resolve()


async def test_it_says_that_there_is_nothing_yet_and_makes_nothing(okrbot: Okrbot) -> None:
    ended = await okrbot.ends("doctor")
    assert ended.code == 2
    assert ended.err.startswith("okrbot: there is no database sqlite:///okrbot.sqlite3")
    assert list(okrbot.folder.iterdir()) == []


async def test_it_needs_no_token_and_tells_by_its_exit_code_whether_okrbot_is_alive(
    slack: OtherSlack, okrbot: Okrbot
) -> None:
    tokenless = Okrbot(okrbot.folder, {"health_port": "0"})
    assert (await okrbot.ends("import", str(COMPANY))).code == 0
    asleep = await tokenless.ends("doctor")
    assert asleep.code == 1
    assert asleep.out.startswith("okrbot in Other Wind: ⚠ Something needs attention.")
    assert "Nobody keeps time" in asleep.out

    async with okrbot.runs("run"):
        await slack.until(lambda: len(slack.sockets) == 2)
        awake = await tokenless.ends("doctor")
    assert awake.code == 0, awake.out
    assert awake.out.startswith("okrbot in Other Wind: ✓ All is well.")
    assert "2 of 2 connections to Slack, keeps time" in awake.out
    assert "Times are those of Europe/Rome." in awake.out
