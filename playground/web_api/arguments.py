"""Reading the arguments of a call from a query, a form or a JSON body."""

import json
from typing import Any

from aiohttp import web

from playground.errors import ApiError
from playground.jsons import Json

# Arguments that are structures: a form carries them as JSON text. With Slack's word for unreadable ones.
STRUCTURES = {
    "blocks": "invalid_blocks_format",
    "files": "invalid_arguments",
    "attachments": "invalid_attachments_format",
    "metadata": "invalid_metadata_format",
    "view": "invalid_arguments",
    "message": "invalid_arguments",
}


async def read_arguments(request: web.Request) -> Json:
    """Everything the call was given, the token left out; raises ApiError where it cannot be read."""
    args: Json = dict(request.query)
    if request.method == "POST":
        if request.content_type == "application/json":
            args |= _json_object(await request.text())
        else:
            args |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    args.pop("token", None)
    for name, error in STRUCTURES.items():
        if isinstance(args.get(name), str):
            args[name] = _structure(args[name], error)
    return args


async def read_token(request: web.Request) -> str:
    """The token of the Authorization header, or of the arguments."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme == "Bearer" and token:
        return token.strip()
    if request.method == "POST" and request.content_type != "application/json":
        posted = (await request.post()).get("token")
        if isinstance(posted, str):
            return posted
    return request.query.get("token", "")


def _json_object(body: str) -> Json:
    try:
        decoded = json.loads(body or "{}")
    except ValueError:
        raise ApiError("invalid_json") from None
    if not isinstance(decoded, dict):
        raise ApiError("json_not_object")
    return decoded


def _structure(text: str, error: str) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError:
        raise ApiError(error) from None
