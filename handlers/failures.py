"""All that calling Slack can end in."""

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

FAILURES = (SlackApiError, SlackClientError, aiohttp.ClientError, TimeoutError, OSError, ValueError, AttributeError)
"""The SDK raises the last two over answers that are no JSON object."""
