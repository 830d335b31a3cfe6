"""The settings, read once. The only reader of the environment.

Names start with OKRBOT_ throughout: Bolt reads SLACK_… variables by itself and would change its mode.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SLACK = "https://slack.com/api/"


class SettingsProblem(Exception):
    """A setting is missing or cannot be used; the words say which and what to do."""


class Engine(StrEnum):
    """Who keeps time: the bot's own process, or workers on any number of machines (docs/scale.md)."""

    LOCAL = "local"
    DISTRIBUTED = "distributed"


class Settings(BaseSettings):
    """Every setting, with its default. `.env` is read too; the environment wins."""

    model_config = SettingsConfigDict(env_prefix="OKRBOT_", env_file=".env", extra="ignore")

    slack_bot_token: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_api_url: str = SLACK
    database_url: str = "sqlite:///okrbot.sqlite3"
    engine: Engine = Engine.LOCAL
    tick_seconds: Annotated[float, Field(gt=0, le=300)] = 15
    lease_seconds: Annotated[float, Field(gt=0)] = 60
    quarantine_seconds: Annotated[float, Field(gt=0)] = 60
    posts_per_minute: Annotated[float, Field(gt=0)] = 300
    updates_per_minute: Annotated[float, Field(gt=0)] = 50
    channel_posts_per_second: Annotated[float, Field(gt=0)] = 1
    connections: Annotated[int, Field(ge=1, le=500)] = 32
    health_port: Annotated[int, Field(ge=0, le=65535)] = 8301
    health_host: str = "127.0.0.1"
    calendar_hosts: str = ""
    archive_folder: str = ""
    archive_days: Annotated[int, Field(ge=1, le=36500)] = 30
    log_level: str = "INFO"

    @field_validator("slack_api_url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        """The SDK joins the method's name to it, so it ends with a slash."""
        if not url.startswith(("https://", "http://")):
            raise ValueError(f"use an address such as {SLACK}")
        return url if url.endswith("/") else f"{url}/"

    @field_validator("log_level")
    @classmethod
    def _is_a_level(cls, level: str) -> str:
        if level.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("use DEBUG, INFO, WARNING or ERROR")
        return level.upper()


def read(**given: object) -> Settings:
    """Read the settings. Raises SettingsProblem with every setting that cannot be used."""
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        problems = [
            f"OKRBOT_{str(one['loc'][0]).upper()}: {one['msg'].removeprefix('Value error, ')}" for one in error.errors()
        ]
        raise SettingsProblem("; ".join(problems)) from error


def require_tokens(settings: Settings, *, app_token: bool = True) -> None:
    """Raise SettingsProblem when a token is missing or is plainly the other one."""
    bot, app = settings.slack_bot_token.get_secret_value(), settings.slack_app_token.get_secret_value()
    if not bot:
        raise SettingsProblem(
            "OKRBOT_SLACK_BOT_TOKEN is missing: the bot token starts with xoxb- (see docs/install.md)"
        )
    if bot.startswith("xapp-"):
        raise SettingsProblem("OKRBOT_SLACK_BOT_TOKEN holds an app token (xapp-): the bot token starts with xoxb-")
    if bot.startswith("xoxp-"):
        raise SettingsProblem("OKRBOT_SLACK_BOT_TOKEN holds a user token (xoxp-): the bot token starts with xoxb-")
    if app_token and not app:
        raise SettingsProblem(
            "OKRBOT_SLACK_APP_TOKEN is missing: the app token starts with xapp- (see docs/install.md)"
        )
    if app_token and app.startswith("xoxb-"):
        raise SettingsProblem("OKRBOT_SLACK_APP_TOKEN holds a bot token (xoxb-): the app token starts with xapp-")
