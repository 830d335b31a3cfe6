"""People of the other workspace: what their clients send when they type, press and submit."""

import copy
import secrets
from dataclasses import dataclass
from typing import Any

from tests.bot import other_blocks
from tests.bot import other_workspace as workspace
from tests.bot.other_methods import Refusal, check_view, kept_view
from tests.bot.other_slack import OtherSlack

Json = dict[str, Any]


@dataclass(frozen=True)
class Someone:
    """One person at their client."""

    slack: OtherSlack
    id: str

    @property
    def dm(self) -> list[Json]:
        """The messages in the conversation with the bot."""
        return self.slack.messages.get(self.slack.dm(self.id), [])

    async def types(self, words: str, channel: str = workspace.GROWTH) -> Json:
        """A slash command: returns the reply that comes through its response_url."""
        command, _, text = words.partition(" ")
        before = len(self.slack.replies)
        said = await self.slack.deliver("slash_commands", self._command(command, text, channel))
        assert said == {}
        return await self.slack.until(lambda: self.slack.replies[before:] and self.slack.replies[-1])

    async def opens(self, action_id: str, message: Json) -> Json:
        """Press a button of a message that opens a form: returns the form."""
        known = set(self.slack.views)
        await self.clicks(action_id, message)
        opened = await self.slack.until(lambda: [one for one in self.slack.views if one not in known])
        return self.slack.views[opened[0]]

    async def clicks(self, action_id: str, message: Json) -> None:
        """Press the first button with this action."""
        block, element = _find(message, action_id)
        where = {"type": "message", "message_ts": message["ts"], "channel_id": self.slack.dm(self.id)}
        payload = self._base("block_actions") | {
            "container": {**where, "is_ephemeral": False},
            "trigger_id": self.slack.trigger(self.id),
            "channel": {"id": where["channel_id"], "name": "directmessage"},
            "message": message,
            "state": {"values": {}},
            "response_url": self.slack.response_url(),
            "actions": [_pressed(block, element)],
        }
        assert await self.slack.deliver("interactive", payload, answers=False) == {}

    async def submits(self, view: Json, answers: dict[str, list[str]]) -> Json:
        """Press the form's button: returns the ack. Answers are by label, one after the other where it is met
        again; the other fields stay as they were prefilled.
        """
        view = self.slack.views[view["id"]]
        sent = {**view, "state": {"values": _state(view, copy.deepcopy(answers))}}
        payload = self._base("view_submission") | {"trigger_id": self.slack.trigger(self.id), "view": sent}
        said = await self.slack.deliver("interactive", payload | {"response_urls": []})
        self._take(view, said)
        return said

    async def opens_home(self) -> Json:
        """Turn to the Home tab: returns what is published there."""
        known = self.slack.homes.get(self.id)
        event = {"type": "app_home_opened", "user": self.id, "channel": self.slack.dm(self.id), "tab": "home"}
        about = {"team_id": workspace.TEAM, "api_app_id": workspace.APP, "type": "event_callback", "token": "t"}
        about |= {"event_id": f"Ev7{secrets.token_hex(4)}", "event_time": 1790000000, "is_ext_shared_channel": False}
        about |= {"authorizations": [{"team_id": workspace.TEAM, "user_id": workspace.BOT_USER, "is_bot": True}]}
        event["event_ts"] = self.slack.next_ts()
        await self.slack.deliver("events_api", {**about, "event": event}, answers=False)
        await self.slack.until(lambda: self.slack.homes.get(self.id) is not known)
        return self.slack.homes[self.id]

    def _command(self, command: str, text: str, channel: str) -> Json:
        where = {"channel_id": channel, "channel_name": self.slack.channels[channel]["name"]}
        who = {"user_id": self.id, "user_name": "old-handle", "team_id": workspace.TEAM, "team_domain": "other"}
        what = {"command": command, "text": text, "api_app_id": workspace.APP, "is_enterprise_install": "false"}
        how = {"response_url": self.slack.response_url(), "trigger_id": self.slack.trigger(self.id), "token": "t"}
        return {**where, **who, **what, **how}

    def _base(self, kind: str) -> Json:
        user = {"id": self.id, "username": "old-handle", "name": "old-handle", "team_id": workspace.TEAM}
        team = {"id": workspace.TEAM, "domain": "other"}
        about = {"api_app_id": workspace.APP, "token": "t", "enterprise": None, "is_enterprise_install": False}
        return {"type": kind, "user": user, "team": team, **about}

    def _take(self, view: Json, said: Json) -> None:
        """What the client does with the acknowledgement of a submission."""
        match said.get("response_action"):
            case None | "clear":
                del self.slack.views[view["id"]]
            case "update":
                try:
                    self.slack.views[view["id"]] = kept_view(check_view(said, "modal"), before=view)
                except Refusal as refusal:
                    self.slack.refused.append(f"ack: {refusal.error} {refusal.more}")
            case "errors":
                inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
                if not said["errors"] or said["errors"].keys() - inputs:
                    self.slack.refused.append(f"ack: errors beside {sorted(said['errors'].keys() - inputs)}")
            case other:
                self.slack.refused.append(f"ack: {other}")


def shown(message: Json) -> str:
    """All the text of a message's or a view's blocks."""
    found: list[str] = []
    for block in message["blocks"]:
        texts = [block.get("text"), *block.get("elements", [])]
        found += [text["text"] for text in texts if isinstance(text, dict) and isinstance(text.get("text"), str)]
    return "\n".join(found)


def _find(message: Json, action_id: str) -> tuple[Json, Json]:
    for block in message["blocks"]:
        for element in other_blocks.elements([block]):
            if element["action_id"] == action_id:
                return block, element
    raise AssertionError(f"no {action_id} in {shown(message)}")


def _pressed(block: Json, element: Json) -> Json:
    kept = {name: element[name] for name in ("type", "action_id", "value", "text") if name in element}
    return {**kept, "block_id": block["block_id"], "action_ts": "1790000000.000100"}


def _state(view: Json, answers: dict[str, list[str]]) -> Json:
    values: Json = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            given = answers.get(block["label"]["text"])
            answer = given.pop(0) if given else None
            values[block["block_id"]] = {block["element"]["action_id"]: _value(block["element"], answer)}
    assert not any(answers.values()), f"no field for {answers}"
    return values


def _value(element: Json, answer: str | None) -> Json:
    kind = element["type"]
    if kind == "plain_text_input":
        return {"type": kind, "value": element.get("initial_value") if answer is None else answer or None}
    if kind == "checkboxes":
        return {"type": kind, "selected_options": element.get("initial_options", [])}
    chosen = next((one for one in element["options"] if one["value"] == answer), element.get("initial_option"))
    return {"type": kind, "selected_option": chosen}
