"""What must be right before the bot starts: each problem is one clear line, and exit code 2."""

from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from bot import slack
from handlers.failures import FAILURES
from rituals.messenger import MISSING_SCOPE, Refused, SendError

NEEDED = ("chat:write", "commands", "im:history", "users:read", "channels:read")
"""Scopes without which the ritual cannot work; the manifest asks for more, which may be refused."""


class StartProblem(Exception):
    """The bot cannot start; the words say why and what to do."""


@dataclass(frozen=True)
class Workspace:
    """Where the bot token is at home."""

    id: str
    name: str
    bot_user_id: str


async def check_bot_token(client: AsyncWebClient) -> Workspace:
    """auth.test, once, and the scopes it lists. Raises StartProblem."""
    try:
        answer = await client.auth_test()
    except FAILURES as error:
        raise _problem(client, "OKRBOT_SLACK_BOT_TOKEN", slack.failure(error)) from error
    headers = {name.lower(): value for name, value in answer.headers.items()}
    if "x-oauth-scopes" in headers:
        granted = {scope.strip() for scope in headers["x-oauth-scopes"].split(",")}
        missing = [scope for scope in NEEDED if scope not in granted]
        if missing:
            raise StartProblem(
                f"the Slack app lacks {', '.join(missing)}: add under OAuth & Permissions and reinstall it"
            )
    return Workspace(str(answer["team_id"]), str(answer.get("team") or ""), str(answer.get("user_id") or ""))


async def check_app_token(client: AsyncWebClient, token: str) -> str:
    """The address of a first Socket Mode connection; empty when Slack asks for patience. Raises StartProblem."""
    try:
        return str((await client.apps_connections_open(app_token=token))["url"])
    except FAILURES as error:
        failure = slack.failure(error)
        if failure.reason not in slack.LATER:
            raise _problem(client, "OKRBOT_SLACK_APP_TOKEN", failure) from error
        return ""


def _problem(client: AsyncWebClient, setting: str, failure: SendError) -> StartProblem:
    if not isinstance(failure, Refused):
        return StartProblem(
            f"no answer from Slack at {client.base_url} ({failure.reason}): see OKRBOT_SLACK_API_URL and the network"
        )
    hint = " (an app token needs the scope connections:write)" if failure.reason.startswith(MISSING_SCOPE) else ""
    return StartProblem(f"Slack does not accept {setting}: {failure.reason}{hint}")
