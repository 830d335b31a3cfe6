"""Sending a file up to Slack: an address is asked for, the bytes go there, and then it can be shared."""

import io

import aiohttp
from slack_sdk.errors import SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient

from rituals.messenger import Attachment

UPLOAD_SECONDS = 120.0
"""For the bytes alone: a large file takes longer than any answer."""


async def upload(client: AsyncWebClient, http: aiohttp.ClientSession, file: Attachment) -> str:
    """The id of a file that nobody sees yet. The address is a secret of its own: no token goes there."""
    given = await client.files_getUploadURLExternal(filename=file.name, length=len(file.content))
    async with http.post(
        str(given["upload_url"]),
        data=io.BytesIO(file.content),
        timeout=aiohttp.ClientTimeout(total=UPLOAD_SECONDS, connect=5),
        proxy=client.proxy,
        ssl=client.ssl or True,
    ) as answer:
        if answer.status != 200:
            raise SlackRequestError(f"the upload was answered {answer.status}")
    return str(given["file_id"])


async def share(client: AsyncWebClient, file_id: str, name: str, channel: str) -> None:
    """Show it in a conversation; `channel` is that of the conversation, never a person."""
    await client.files_completeUploadExternal(files=[{"id": file_id, "title": name}], channel_id=channel)
