"""The other Slack, started for each test, and okrbot pointed at it by settings alone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import yaml

from tests.bot.okrbot import Okrbot
from tests.bot.other_slack import OtherSlack, granted

MANIFEST = yaml.safe_load(Path("slack/manifest.yaml").read_text(encoding="utf-8"))


@pytest.fixture
async def slack() -> AsyncIterator[OtherSlack]:
    async with OtherSlack(granted(MANIFEST)) as slack:
        yield slack


@pytest.fixture
def okrbot(tmp_path: Path, slack: OtherSlack) -> Okrbot:
    """Only the address and the tokens differ from an installation at Slack."""
    settings = {
        "slack_api_url": slack.api_url,
        "slack_bot_token": slack.bot_token,
        "slack_app_token": slack.app_token,
    }
    return Okrbot(tmp_path, settings)
