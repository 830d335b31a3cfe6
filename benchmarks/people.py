"""What Slack brings when people do things: commands, clicks, and forms filled in and sent."""

from itertools import count
from typing import Any

from benchmarks.company import key_result_id, slack_id
from benchmarks.processes import Slack
from benchmarks.server import TEAM
from blocks import ids

Json = dict[str, Any]
_turn = count(1)


def command(server: Slack, person: int, text: str) -> Json:
    """`/okr` with some words."""
    payload = {
        **_who(person),
        "command": "/okr",
        "text": text,
        "response_url": f"{server.url}/respond",
        "channel_id": "C1",
        "user_id": slack_id(person),
        "team_id": TEAM,
        "trigger_id": _trigger(),
    }
    return server.act("slash_commands", payload)


def click(server: Slack, person: int) -> Json:
    """*Check in* beside a key result of theirs; the answer has the view that opens."""
    action = {
        "type": "button",
        "block_id": "b",
        "action_id": ids.CHECK_IN,
        "value": ids.about_key_result(key_result_id(person)),
        "action_ts": "1763280000.000100",
    }
    payload = {
        **_who(person),
        "type": "block_actions",
        "container": {"type": "message", "channel_id": "D1", "message_ts": "1763280000.000100"},
        "actions": [action],
        "response_url": f"{server.url}/respond",
        "trigger_id": _trigger(),
    }
    return server.act("interactive", payload, opens=True)


def submit(server: Slack, person: int, view: Json, value: str) -> Json:
    """The form of one key result, with a value and *On track*."""
    state: Json = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            state[block["block_id"]] = {element["action_id"]: _answer(element, value)}
    sent = {**view, "state": {"values": state}}
    payload = {
        **_who(person),
        "type": "view_submission",
        "view": sent,
        "trigger_id": _trigger(),
    }
    return server.act("interactive", payload)


def _answer(element: Json, value: str) -> Json:
    if element["type"] == "plain_text_input":
        return {"type": element["type"], "value": value}
    return {"type": element["type"], "selected_option": element["options"][0]}


def _who(person: int) -> Json:
    user = {"id": slack_id(person), "username": f"p{person}", "team_id": TEAM}
    return {"user": user, "team": {"id": TEAM, "domain": "bench"}, "api_app_id": "A1", "token": "t"}


def _trigger() -> str:
    return f"{next(_turn)}.1.benchmark"
