"""What is written beside the code says what the code does: the settings, and the app at Slack."""

import ast
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from dotenv import dotenv_values
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

import handlers
from bot.checks import NEEDED
from bot.settings import Settings
from bot.slack import SlackMessenger
from faults.__main__ import SWEEP, TEN_YEARS
from faults.scenarios import REAL, SCENARIOS
from rituals.bundle import Rituals
from storage.database import Database
from tests.bot.conftest import MANIFEST

ENV_EXAMPLE = Path(".env.example")
FAULTS = Path("docs/faults.md")
FEATURES, SETTINGS = MANIFEST["features"], MANIFEST["settings"]
SCOPES = MANIFEST["oauth_config"]["scopes"]

SCOPES_OF_METHODS = {
    "apps.connections.open": set(),  # connections:write, of the app token
    "auth.test": set(),
    "chat.delete": {"chat:write"},
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.history": {"im:history"},  # of our own DMs
    "conversations.info": {"channels:read", "groups:read"},
    "conversations.list": {"channels:read", "groups:read"},
    "conversations.members": {"channels:read", "groups:read"},
    "conversations.open": {"im:write"},
    "conversations.replies": {"im:history"},
    "files.completeUploadExternal": {"files:write"},
    "files.getUploadURLExternal": {"files:write"},
    "users.info": {"users:read", "users:read.email"},
    "users.list": {"users:read", "users:read.email"},
    "views.open": set(),
    "views.publish": set(),
    "views.push": set(),
    "views.update": set(),
}
SCOPES_OF_EVENTS = {
    "app_home_opened": set(),
    "member_joined_channel": {"channels:read", "groups:read"},
    "member_left_channel": {"channels:read", "groups:read"},
    "message": {"im:history"},  # message.im alone
    "team_join": {"users:read"},
    "user_change": {"users:read"},
}


def text(most: int, pattern: str = "") -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": most, **({"pattern": pattern} if pattern else {})}


def fields(given: dict[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "object", "properties": given, "required": list(required), "additionalProperties": False}


def some(one: dict[str, Any], most: int) -> dict[str, Any]:
    return {"type": "array", "items": one, "maxItems": most, "uniqueItems": True}


FLAG = {"type": "boolean"}
SHORTCUT = {
    "name": text(24),
    "type": {"enum": ["global", "message"]},
    "callback_id": text(255),
    "description": text(150),
}
COMMAND = {"command": text(32, r"^/\S+$"), "description": text(2000), "usage_hint": text(1000), "should_escape": FLAG}
HOME = {"home_tab_enabled": FLAG, "messages_tab_enabled": FLAG, "messages_tab_read_only_enabled": FLAG}
SCHEMA = fields(
    {
        "_metadata": fields({"major_version": {"enum": [1, 2]}}),
        "display_information": fields(
            {
                "name": text(35),
                "description": text(140),
                "long_description": {"type": "string", "minLength": 175, "maxLength": 4000},
                "background_color": text(7, "^#([0-9a-f]{3}|[0-9a-f]{6})$"),
            },
            "name",
        ),
        "features": fields(
            {
                "app_home": fields(HOME),
                "bot_user": fields({"display_name": text(80), "always_online": FLAG}, "display_name"),
                "shortcuts": some(fields(SHORTCUT, *SHORTCUT), 10),
                "slash_commands": some(fields(COMMAND, "command", "description"), 50),
            }
        ),
        "oauth_config": fields({"scopes": fields({"bot": some(text(80), 255), "bot_optional": some(text(80), 255)})}),
        "settings": fields(
            {
                "event_subscriptions": fields({"bot_events": some(text(80), 100)}),
                "interactivity": fields({"is_enabled": FLAG}, "is_enabled"),
                "org_deploy_enabled": FLAG,
                "socket_mode_enabled": FLAG,
                "token_rotation_enabled": FLAG,
            }
        ),
    },
    "display_information",
)


class Notebook(AsyncApp):
    """An app that notes what is registered on it."""

    def __init__(self) -> None:
        async def nobody() -> AuthorizeResult | None:
            return None

        super().__init__(client=AsyncWebClient(), authorize=nobody)
        self.noted: dict[str, set[str]] = {"command": set(), "shortcut": set(), "event": set()}

    def command(self, command: Any, *args: Any, **more: Any) -> Callable[..., Any]:
        self.noted["command"].add(command)
        return super().command(command, *args, **more)

    def shortcut(self, constraints: Any, *args: Any, **more: Any) -> Callable[..., Any]:
        self.noted["shortcut"].add(constraints)
        return super().shortcut(constraints, *args, **more)

    def event(self, event: Any, *args: Any, **more: Any) -> Callable[..., Any]:
        self.noted["event"].add(event)
        return super().event(event, *args, **more)


@pytest.fixture
def registered(tmp_path: Path) -> dict[str, set[str]]:
    app = Notebook()
    database = Database(f"sqlite:///{tmp_path / 'never-opened.sqlite3'}")
    messenger = SlackMessenger("xoxb-1", "http://127.0.0.1:9/", None)  # type: ignore[arg-type]
    handlers.register(app, Rituals(database, messenger), lambda: datetime.now(UTC))
    return app.noted


def test_the_example_lists_every_setting_with_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = dotenv_values(ENV_EXAMPLE)
    assert list(listed) == [f"OKRBOT_{name.upper()}" for name in Settings.model_fields]
    assert Settings(_env_file=ENV_EXAMPLE) == Settings(_env_file=None)


def test_the_example_says_what_each_setting_is_for() -> None:
    lines = ENV_EXAMPLE.read_text(encoding="utf-8").splitlines()
    for place, line in enumerate(lines):
        if line.startswith("OKRBOT_"):
            assert lines[place - 1].startswith("# "), line


def test_the_manifest_is_one_slack_takes() -> None:
    jsonschema.validate(MANIFEST, SCHEMA)
    assert set(SCOPES["bot_optional"]) <= set(SCOPES["bot"])


def test_the_manifest_lets_the_bot_hear_and_be_heard() -> None:
    assert FEATURES["app_home"]["home_tab_enabled"]
    assert FEATURES["app_home"]["messages_tab_enabled"]
    assert SETTINGS["interactivity"]["is_enabled"]
    assert SETTINGS["socket_mode_enabled"]
    assert not SETTINGS["token_rotation_enabled"]  # nobody here renews a token
    assert all(one["should_escape"] for one in FEATURES["slash_commands"])  # else @dana arrives without her id


def test_the_manifest_lists_the_commands_that_are_answered(registered: dict[str, set[str]]) -> None:
    assert {one["command"] for one in FEATURES["slash_commands"]} == registered["command"]


def test_the_manifest_lists_the_shortcuts_that_are_answered(registered: dict[str, set[str]]) -> None:
    assert {one["callback_id"] for one in FEATURES["shortcuts"]} == registered["shortcut"]


def test_the_manifest_lists_the_events_that_are_heard(registered: dict[str, set[str]]) -> None:
    assert {one.partition(".")[0] for one in SETTINGS["event_subscriptions"]["bot_events"]} == registered["event"]
    assert "message.im" in SETTINGS["event_subscriptions"]["bot_events"]


def test_the_manifest_asks_for_the_scopes_that_are_used_and_no_more(registered: dict[str, set[str]]) -> None:
    used = {"commands"}
    used.update(*(SCOPES_OF_METHODS[method] for method in _methods_used()))
    used.update(*(SCOPES_OF_EVENTS[event] for event in registered["event"]))
    assert set(SCOPES["bot"]) == used


def test_the_bot_starts_without_the_scopes_an_admin_may_refuse() -> None:
    assert set(NEEDED) == set(SCOPES["bot"]) - set(SCOPES["bot_optional"])


def test_whatever_is_said_to_be_survived_names_what_shows_it() -> None:
    rows = [line for line in FAULTS.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    promised = [row for row in rows if row.count("|") == 4][1:]
    assert len(promised) > 20
    for row in promised:
        shown_by = row.split("|")[3]
        files = re.findall(r"\]\((.+?)\)", shown_by)
        assert files, row
        assert all((FAULTS.parent / file).is_file() for file in files), row
        assert set(re.findall("`(.+?)`", shown_by)) <= {one.name for one in (*SCENARIOS, REAL)} | {SWEEP, TEN_YEARS}


def _methods_used() -> set[str]:
    """Every Web API method the doors and the wiring call, by the client's names and by Slack's own."""
    used = set()
    for file in (*Path("handlers").glob("*.py"), *Path("bot").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and "_" in node.attr and _is_method(node.attr):
                used.add(node.attr.replace("_", "."))
            elif isinstance(node, ast.Constant) and re.fullmatch(r"[a-z]+(\.[a-zA-Z]+)+", str(node.value)):
                name = str(node.value)
                used |= {name} if _is_method(name.replace(".", "_")) else set()
    return used


def _is_method(name: str) -> bool:
    return name not in ("api_call",) and not name.startswith("_") and callable(getattr(AsyncWebClient, name, None))
