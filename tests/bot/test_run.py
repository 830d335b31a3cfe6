"""okrbot in a process of its own, against another server that speaks Slack's protocol."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from blocks import ids
from bot.app import Bot, build
from tests.bot import other_workspace as workspace
from tests.bot.okrbot import MODULE, Okrbot
from tests.bot.other_people import Someone, shown
from tests.bot.other_slack import OtherSlack

COMPANY = Path("tests/company.yaml").resolve()
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WITHOUT_PLAYGROUND = """
import atexit, runpy, sys

class Wall:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "playground" or name.startswith("bot.demo"):
            raise ImportError(f"{name} was wanted")

sys.meta_path.insert(0, Wall())
atexit.register(lambda: print("loaded:", sorted(one for one in sys.modules if one.startswith(("playground", "bot.")))))
runpy.run_module("bot", run_name="__main__", alter_sys=True)
"""


@pytest.fixture
async def slack(slack: OtherSlack) -> AsyncIterator[OtherSlack]:
    yield slack
    assert slack.refused == []


@pytest.fixture
def dana(slack: OtherSlack) -> Someone:
    return Someone(slack, workspace.DANA)


@pytest.fixture
def file(okrbot: Okrbot) -> Path:
    """The company file, its quarter lying around today."""
    today = datetime.now(UTC).date()
    text = COMPANY.read_text(encoding="utf-8").replace("2026-10-01", str(today - timedelta(days=40)))
    made = okrbot.folder / "company.yaml"
    made.write_text(text.replace("2026-12-31", str(today + timedelta(days=40))), encoding="utf-8")
    return made


@pytest.fixture
async def company(okrbot: Okrbot, file: Path) -> None:
    """The company, imported here: a process of its own would take a second."""
    text = file.read_text(encoding="utf-8")  # noqa: ASYNC240 - nobody waits for it
    async with await build(okrbot.read()) as bot:
        await _imports(bot, text, datetime.now(UTC))


@pytest.fixture
async def asked(okrbot: Okrbot, file: Path) -> date:
    """A company whose round opened last midnight while nothing was running."""
    day = (datetime.now(UTC) - timedelta(minutes=1)).date()
    async with await build(okrbot.read()) as bot:
        await _imports(bot, _asked_on(day, file, digest_after=2), _midnight(day) - timedelta(hours=1))
    return day


def _asked_on(day: date, file: Path, *, digest_after: int) -> str:
    """The company, everywhere in UTC, asked at midnight of this day and some days later summed up."""
    asked, digest = WEEKDAYS[day.weekday()], WEEKDAYS[(day.weekday() + digest_after) % 7]
    rhythm = f'{{on: {asked}, at: "00:00", whose: team, reminders: 0, digest: {{on: {digest}, at: "00:01"}}}}'
    text = file.read_text(encoding="utf-8").replace("  language: en\n", f"  language: en\n  rhythm: {rhythm}\n", 1)
    for zone in ("Europe/Rome", "America/New_York", "Asia/Kolkata"):
        text = text.replace(zone, "UTC")
    return text


async def _never() -> web.Response:
    return await asyncio.get_running_loop().create_future()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


async def _imports(bot: Bot, text: str, now: datetime) -> None:
    await bot.rituals.companies.import_file(workspace.TEAM, "Other Wind", text, now, dry_run=False)


async def test_it_starts_answers_and_stops_with_only_the_address_and_the_tokens_changed(
    slack: OtherSlack, okrbot: Okrbot, dana: Someone, file: Path
) -> None:
    imported = await okrbot.ends("import", str(file))
    assert (imported.code, imported.err) == (0, "")
    async with okrbot.runs("run") as ended:
        await slack.until(lambda: slack.sockets)
        reply = await dana.types("/okr status")
    assert reply["response_type"] == "ephemeral"
    assert "Returning customers" in shown(reply)
    assert "Refunds a week" in shown(reply)
    assert "Uptime" not in shown(reply)
    assert ended[0].code == 0
    assert "Traceback" not in ended[0].err


async def test_people_are_answered_while_slack_still_counts_its_members(
    slack: OtherSlack, okrbot: Okrbot, dana: Someone, company: None
) -> None:
    slack.instead["users.list"] = _never
    async with okrbot.runs("run") as ended:
        await slack.until(lambda: slack.sockets and slack.asked("users.list"))
        reply = await dana.types("/okr status")
    assert "Returning customers" in shown(reply)
    assert ended[0].code == 0
    assert "Traceback" not in ended[0].err


async def test_it_runs_as_a_module_and_control_c_stops_it_as_kindly(slack: OtherSlack, okrbot: Okrbot) -> None:
    async with Okrbot(okrbot.folder, okrbot.settings, MODULE).runs("run", end=signal.SIGINT) as ended:
        await slack.until(lambda: slack.sockets)
    assert ended[0].code == 0
    assert "Traceback" not in ended[0].err


async def test_it_can_be_stopped_while_it_is_still_starting(slack: OtherSlack, okrbot: Okrbot) -> None:
    async with okrbot.runs("run") as ended:
        await slack.until(lambda: slack.asked("auth.test"))
    assert ended[0].code == 0
    assert "Traceback" not in ended[0].err


async def test_not_even_the_most_talkative_log_has_tokens_or_what_people_wrote(
    slack: OtherSlack, okrbot: Okrbot, dana: Someone, company: None
) -> None:
    talkative = Okrbot(okrbot.folder, okrbot.settings | {"log_level": "debug"})
    async with talkative.runs("run") as ended:
        await slack.until(lambda: slack.sockets)
        await dana.types("/okr status a private matter")
    assert "socket open" in ended[0].err
    for secret in ("xoxb-", "xapp-", "ticket=", "a private matter", "Returning customers"):
        assert secret not in ended[0].err


async def test_whoever_owes_an_answer_is_asked_once_answers_and_reads_a_receipt(
    slack: OtherSlack, okrbot: Okrbot, dana: Someone, asked: date
) -> None:
    luca, priya = Someone(slack, workspace.LUCA), Someone(slack, workspace.PRIYA)
    async with okrbot.runs("run"):
        await slack.until(lambda: dana.dm and luca.dm and priya.dm and slack.sockets)
        (prompt,) = dana.dm
        assert "Returning customers" in shown(prompt)
        assert "Refunds a week" in shown(prompt)

        form = await dana.opens(ids.CHECK_IN, prompt)
        said = await dana.submits(form, {"Value now": ["many", "70"], "Confidence": ["green", "green"]})
        assert [words for words in said["errors"].values() if "many" in words]
        seen = len(slack.asked("chat.update"))
        assert await dana.submits(form, {"Value now": ["45,5", "70"], "Confidence": ["green", "yellow"]}) == {}
        await slack.until(lambda: len(slack.asked("chat.update")) > seen)
        assert "45.5" in shown(prompt)
        assert "70" in shown(prompt)

        assert "45.5" in shown(await dana.types("/okr status"))
        assert "45.5" in shown(await dana.opens_home())

    async with okrbot.runs("run"):
        await slack.until(lambda: slack.sockets)
        assert "45.5" in shown(await dana.types("/okr status"))
    assert [len(one.dm) for one in (dana, luca, priya)] == [1, 1, 1]


async def test_the_digest_of_a_round_that_closed_meanwhile_is_posted_where_the_bot_was_invited(
    slack: OtherSlack, okrbot: Okrbot, file: Path
) -> None:
    day = (datetime.now(UTC) - timedelta(minutes=2)).date() - timedelta(days=1)
    async with await build(okrbot.read()) as bot:
        await _imports(bot, _asked_on(day, file, digest_after=1), _midnight(day) - timedelta(hours=1))
        await bot.ticker.tick(_midnight(day))
    slack.calls.clear()
    async with okrbot.runs("run"):
        await slack.until(lambda: {workspace.GROWTH, workspace.PLATFORM} <= slack.messages.keys() and slack.sockets)
    digest = slack.messages[workspace.GROWTH][0]
    assert "Returning customers" in shown(digest)
    assert "<@U7K1DANA>" not in shown(digest)
    assert workspace.SUPPORT not in slack.messages
    assert [one for one in slack.refused if "not_in_channel" not in one] == []
    slack.refused.clear()


async def test_it_follows_when_slack_asks_for_a_new_connection(
    slack: OtherSlack, okrbot: Okrbot, dana: Someone, company: None
) -> None:
    async with okrbot.runs("run") as ended:
        await slack.until(lambda: slack.sockets)
        first = slack.sockets[0]
        await slack.refresh_connections()
        await slack.until(lambda: slack.sockets and first not in slack.sockets)
        assert "Returning customers" in shown(await dana.types("/okr status"))
    assert ended[0].code == 0


async def test_running_and_importing_never_load_the_playground(
    slack: OtherSlack, okrbot: Okrbot, dana: Someone, file: Path
) -> None:
    walled = Okrbot(okrbot.folder, okrbot.settings, (sys.executable, "-c", WITHOUT_PLAYGROUND))
    imported = await walled.ends("import", str(file))
    async with walled.runs("run") as ended:
        await slack.until(lambda: slack.sockets)
        await dana.types("/okr status")
    for one in (imported, ended[0]):
        assert one.code == 0, one.err
        assert "'bot.app'" in one.out
        assert "playground" not in one.out
        assert "bot.demo" not in one.out


async def test_an_admin_is_sent_the_company_as_a_file(slack: OtherSlack, okrbot: Okrbot, company: None) -> None:
    elena = Someone(slack, workspace.ELENA)
    async with okrbot.runs("run") as ended:
        await slack.until(lambda: slack.sockets)
        reply = await elena.types("/okr export yaml")
    words, sent = elena.dm
    assert "okrbot import" in shown(words)
    [file] = sent["files"]
    assert slack.files[file["id"]]["content"].startswith(b"# Keep this file private.")
    assert file["title"].endswith(".yaml")
    assert shown(reply) == "Il tuo file è nei nostri messaggi diretti."
    assert ended[0].code == 0
