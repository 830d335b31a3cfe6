"""What keeps okrbot from starting is one clear line and exit code 2; nothing is half done."""

import asyncio
import signal
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest
from aiohttp import web
from typer.testing import CliRunner

from bot.__main__ import CANNOT_START, INTERRUPTED, main
from bot.app import build
from bot.checks import StartProblem
from bot.settings import SettingsProblem, read
from storage.database import DatabaseProblem
from tests.bot.conftest import MANIFEST
from tests.bot.okrbot import Ended, Okrbot
from tests.bot.other_slack import OtherSlack
from tests.bot.servers import NOT_SLACK, serving

COMPANY = Path("tests/company.yaml").resolve()
NOWHERE = "127.0.0.1:9"
BAD_COMPANY = """\
company: {name: Northwind, zone: Mars/Base}
people:
  - {key: dana, slack: "@dana", shoe: 44}
teams:
  - {key: top, name: Top, channel: company, lead: nobody}
"""
STRANGERS = """\
company: {name: Northwind, zone: Europe/Rome}
people:
  - {key: dana, slack: "@dana"}
  - {key: ghost, slack: "@elna"}
teams:
  - {key: top, name: Top, channel: "#growht", lead: dana, people: [dana]}
"""


def stopped(ended: Ended) -> str:
    """The one line that was said, without the name in front of it."""
    assert ended.code == CANNOT_START, ended.err
    assert ended.out == ""
    said, _, rest = ended.err.partition("\n")
    assert rest == ""
    return said.removeprefix("okrbot: ")


async def problem_of(okrbot: Okrbot, **given: str) -> str:
    """What keeps `okrbot run` from starting with these settings."""
    with pytest.raises((StartProblem, DatabaseProblem)) as problem:
        async with await build(okrbot.read(**given)) as bot:
            await bot.connect()
    assert "\n" not in str(problem.value)
    return str(problem.value)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"slack_bot_token": ""}, "OKRBOT_SLACK_BOT_TOKEN is missing: the bot token starts with xoxb-"),
        ({"slack_app_token": ""}, "OKRBOT_SLACK_APP_TOKEN is missing: the app token starts with xapp-"),
        ({"slack_bot_token": "xapp-1"}, "OKRBOT_SLACK_BOT_TOKEN holds an app token (xapp-)"),
        ({"slack_bot_token": "xoxp-1"}, "OKRBOT_SLACK_BOT_TOKEN holds a user token (xoxp-)"),
        ({"slack_app_token": "xoxb-1"}, "OKRBOT_SLACK_APP_TOKEN holds a bot token (xoxb-)"),
        ({"slack_api_url": "slack.com/api"}, "OKRBOT_SLACK_API_URL: use an address such as https://slack.com/api/"),
        ({"tick_seconds": "soon"}, "OKRBOT_TICK_SECONDS: Input should be a valid number"),
        ({"tick_seconds": "0"}, "OKRBOT_TICK_SECONDS: Input should be greater than 0"),
        ({"log_level": "loud"}, "OKRBOT_LOG_LEVEL: use DEBUG, INFO, WARNING or ERROR"),
    ],
    ids=lambda given: ",".join(given) if isinstance(given, dict) else "",
)
def test_a_setting_that_cannot_be_used_is_named(
    given: dict[str, str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = {"slack_bot_token": "xoxb-1", "slack_app_token": "xapp-1", **given}
    ended = CliRunner().invoke(main, ["run"], env={f"OKRBOT_{name.upper()}": one for name, one in settings.items()})
    assert stopped(Ended(ended.exit_code, ended.stdout, ended.stderr)).startswith(said)


def test_all_bad_settings_are_named_together() -> None:
    with pytest.raises(SettingsProblem) as problem:
        read(_env_file=None, tick_seconds="soon", log_level="loud")
    assert "OKRBOT_TICK_SECONDS: " in str(problem.value)
    assert "OKRBOT_LOG_LEVEL: " in str(problem.value)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"slack_bot_token": "xoxb-wrong"}, "Slack does not accept OKRBOT_SLACK_BOT_TOKEN: invalid_auth"),
        ({"slack_app_token": "xapp-wrong"}, "Slack does not accept OKRBOT_SLACK_APP_TOKEN: invalid_auth"),
        ({"slack_api_url": f"http://{NOWHERE}/api"}, f"no answer from Slack at http://{NOWHERE}/api/ (unreachable)"),
    ],
    ids=["bot token", "app token", "address"],
)
async def test_slack_is_asked_before_anything_begins(okrbot: Okrbot, given: dict[str, str], said: str) -> None:
    assert (await problem_of(okrbot, **given)).startswith(said)


async def test_missing_scopes_are_named(slack: OtherSlack, okrbot: Okrbot) -> None:
    slack.scopes -= {"im:history", "channels:read"}
    assert (await problem_of(okrbot)).startswith("the Slack app lacks im:history, channels:read: ")
    assert not (okrbot.folder / "okrbot.sqlite3").exists()


async def test_scopes_an_admin_may_refuse_are_not_missed(slack: OtherSlack, okrbot: Okrbot) -> None:
    slack.scopes -= set(MANIFEST["oauth_config"]["scopes"]["bot_optional"])
    async with await build(okrbot.read()) as bot:
        await bot.connect()
        await slack.until(lambda: slack.sockets)


@pytest.mark.parametrize("answer", NOT_SLACK.values(), ids=NOT_SLACK)
async def test_a_server_that_is_not_slack_is_told_apart(okrbot: Okrbot, answer: Callable[[], web.Response]) -> None:
    async with serving(answer) as url:
        said = await problem_of(okrbot, slack_api_url=url)
    assert said.startswith(f"no answer from Slack at {url} (")
    assert said.endswith("see OKRBOT_SLACK_API_URL and the network")


async def test_what_slack_says_at_the_start_is_all_that_is_said(okrbot: Okrbot) -> None:
    async with serving(NOT_SLACK["a page"]) as url:
        ended = await Okrbot(okrbot.folder, okrbot.settings | {"slack_api_url": url}).ends("run")
    assert stopped(ended) == f"no answer from Slack at {url} (http 200): see OKRBOT_SLACK_API_URL and the network"


def _a_file_in_the_way() -> None:
    Path("taken").write_text("a file, not a folder")


def _newer() -> None:
    with closing(sqlite3.connect("okrbot.sqlite3")) as connection, connection:
        connection.execute("CREATE TABLE workspaces (id TEXT)")
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")


def _of_another_program() -> None:
    with closing(sqlite3.connect("okrbot.sqlite3")) as connection, connection:
        connection.execute("CREATE TABLE customers (id TEXT)")


def _no_database() -> None:
    Path("okrbot.sqlite3").write_text("The quick brown fox jumps over the lazy dog. " * 50)


def _nothing() -> None: ...


@pytest.mark.parametrize(
    ("url", "before", "said"),
    [
        (f"postgresql://me:secret@{NOWHERE}/okr", _nothing, "cannot reach the database postgresql://me:***@"),
        ("sqlite:///taken/okrbot.sqlite3", _a_file_in_the_way, "cannot make the folder of taken/okrbot.sqlite3"),
        ("sqlite:///okrbot.sqlite3", _newer, "the database sqlite:///okrbot.sqlite3 was made by a newer okrbot"),
        ("sqlite:///okrbot.sqlite3", _of_another_program, "sqlite:///okrbot.sqlite3 has tables that okrbot did not"),
        ("sqlite:///okrbot.sqlite3", _no_database, "cannot reach the database sqlite:///okrbot.sqlite3: file is not"),
        ("sqlite://", _nothing, "OKRBOT_DATABASE_URL names no file: write sqlite:///okrbot.sqlite3"),
        ("mysql://me@there/okr", _nothing, "OKRBOT_DATABASE_URL must start with sqlite:// or postgresql://, not mysql"),
        ("postgresql://there:port/okr", _nothing, "OKRBOT_DATABASE_URL is not a database URL"),
    ],
    ids=["closed port", "folder", "newer", "foreign", "no database", "in memory", "scheme", "port"],
)
async def test_a_database_that_cannot_be_used_is_left_as_it_is(
    okrbot: Okrbot, url: str, before: Callable[[], None], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(okrbot.folder)
    before()
    found = _dump()
    problem = await problem_of(okrbot, database_url=url)
    assert problem.startswith(said)
    assert "secret" not in problem
    assert _dump() == found


async def test_a_database_from_the_future_is_named_in_one_line(okrbot: Okrbot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(okrbot.folder)
    _newer()
    said = stopped(await okrbot.ends("run"))
    assert said.startswith("the database sqlite:///okrbot.sqlite3 was made by a newer okrbot")


async def test_a_company_file_that_cannot_be_read_is_named(okrbot: Okrbot) -> None:
    assert stopped(await okrbot.ends("import", "nowhere.yaml")) == "cannot read nowhere.yaml: No such file or directory"


async def test_a_company_file_is_taken_as_a_whole_or_not_at_all(okrbot: Okrbot) -> None:
    (okrbot.folder / "bad.yaml").write_text(BAD_COMPANY)
    (okrbot.folder / "strangers.yaml").write_text(STRANGERS)
    bad, strangers = await okrbot.ends("import", "bad.yaml"), await okrbot.ends("import", "strangers.yaml")
    assert bad.code == strangers.code == CANNOT_START
    assert bad.err.splitlines() == [
        'okrbot: line 1, company.zone: expected a zone such as Europe/Rome, got "Mars/Base"',
        'line 3, people[0].shoe: expected a known field, got "shoe"',
        'line 5, teams[0].lead: expected the key of a person, got "nobody"',
        "Nothing was written.",
    ]
    assert strangers.err.splitlines() == [
        'okrbot: line 4, people[1].slack: expected a member of this workspace (did you mean "elena"?), got "@elna"',
        'line 6, teams[0].channel: expected a channel the bot can see (did you mean "growth"?), got "#growht"',
        "Nothing was written.",
    ]
    assert _rows(okrbot.folder) == 0


async def _unavailable() -> web.Response:
    return web.Response(status=503)


async def _refused() -> web.Response:
    return web.json_response({"ok": False, "error": "team_access_not_granted"})


async def _never() -> web.Response:
    return await asyncio.get_running_loop().create_future()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (_unavailable, "no answer from Slack (http 503): try again, and see OKRBOT_SLACK_API_URL and the network"),
        (_refused, "Slack refused: team_access_not_granted"),
    ],
)
async def test_an_import_tells_a_refusal_from_no_answer(
    slack: OtherSlack, okrbot: Okrbot, answer: Callable[[], Awaitable[web.Response]], said: str
) -> None:
    slack.instead["users.list"] = answer
    assert stopped(await okrbot.ends("import", str(COMPANY))) == said
    assert _rows(okrbot.folder) == 0


async def test_an_import_that_was_interrupted_has_not_gone_well(slack: OtherSlack, okrbot: Okrbot) -> None:
    slack.instead["users.list"] = _never
    async with okrbot.runs("import", str(COMPANY), end=signal.SIGINT) as ended:
        await slack.until(lambda: slack.asked("users.list"))
    assert (ended[0].code, ended[0].out, ended[0].err) == (INTERRUPTED, "", "")
    assert _rows(okrbot.folder) == 0


async def test_a_dry_run_writes_nothing_and_a_second_import_changes_nothing(okrbot: Okrbot) -> None:
    tried = await okrbot.ends("import", "--dry-run", str(COMPANY))
    assert (tried.code, tried.err) == (0, "")
    assert tried.out.startswith("company.yaml → Other Wind: 5 people added, 4 teams added, ")
    assert "Nothing was written: this was a dry run." in tried.out
    assert _rows(okrbot.folder) == 0

    first = await okrbot.ends("import", str(COMPANY))
    again = await okrbot.ends("import", str(COMPANY))
    assert (first.code, first.err) == (again.code, again.err) == (0, "")
    assert "Nothing was written" not in first.out
    assert "Please invite the bot: /invite in #support" in first.out
    assert again.out.startswith("company.yaml → Other Wind: 5 people as before, 4 teams as before, ")
    assert "added" not in again.out
    assert "changed" not in again.out
    assert _rows(okrbot.folder) > 0


def _dump() -> list[str]:
    """What is in the database, if it is one."""
    file = Path("okrbot.sqlite3")
    if not file.exists() or not file.read_bytes().startswith(b"SQLite"):
        return []
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())


def _rows(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "okrbot.sqlite3")) as connection:
        tables = ("workspaces", "people", "teams", "objectives", "key_results", "revisions")
        return sum(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)
