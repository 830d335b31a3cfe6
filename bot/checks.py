"""What must be right before the bot starts: each problem is one clear line, and exit code 2."""

from dataclasses import dataclass

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

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
    except SlackApiError as error:
        raise StartProblem(f"Slack does not accept OKRBOT_SLACK_BOT_TOKEN: {_reason(error)}") from error
    except (TimeoutError, SlackClientError, aiohttp.ClientError, OSError, ValueError) as error:
        raise StartProblem(f"cannot reach Slack at {client.base_url}: {type(error).__name__}") from error
    headers = {name.lower(): value for name, value in answer.headers.items()}
    if "x-oauth-scopes" in headers:
        granted = {scope.strip() for scope in headers["x-oauth-scopes"].split(",")}
        missing = [scope for scope in NEEDED if scope not in granted]
        if missing:
            raise StartProblem(
                f"the Slack app lacks {', '.join(missing)}: add under OAuth & Permissions and reinstall it"
            )
    return Workspace(str(answer["team_id"]), str(answer.get("team") or ""), str(answer.get("user_id") or ""))


async def check_app_token(client: AsyncWebClient, token: str) -> None:
    """Open one Socket Mode address and leave it unused: the handler itself would try a wrong token for ever."""
    try:
        await client.apps_connections_open(app_token=token)
    except SlackApiError as error:
        if _reason(error) in ("ratelimited", "rate_limited"):
            return
        hint = " (it needs the scope connections:write)" if _reason(error) == "missing_scope" else ""
        raise StartProblem(f"Slack does not accept OKRBOT_SLACK_APP_TOKEN: {_reason(error)}{hint}") from error
    except (TimeoutError, SlackClientError, aiohttp.ClientError, OSError, ValueError) as error:
        raise StartProblem(f"cannot reach Slack at {client.base_url}: {type(error).__name__}") from error


def _reason(error: SlackApiError) -> str:
    return str(error.response.get("error") or error)
