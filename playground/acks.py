"""What an acknowledgement brings with it, and what happens when it cannot be used."""

from typing import Any

from playground import modals
from playground.apps import InstalledApp
from playground.conversations import Conversation
from playground.errors import ApiError
from playground.jsons import Json
from playground.members import Member
from playground.posting import post, say
from playground.slack import Slack
from playground.views import View

TROUBLE = "We had some trouble connecting. Try again?"
MOST_OPTIONS = 100


def take_command_answer(
    slack: Slack, app: InstalledApp, member: Member, conversation: Conversation, typed: str, payload: Any
) -> bool:
    """Show what a command was answered with; False when the answer was no use."""
    if not payload:
        return True
    answer = {"text": payload} if isinstance(payload, str) else payload
    if not isinstance(answer, dict):
        return _unusable(slack, "command", payload, "not an object")
    if not any(answer.get(key) for key in ("text", "blocks", "attachments")):
        return True
    in_channel = answer.get("response_type") == "in_channel"
    shown = {key: value for key, value in answer.items() if key not in ("response_type", "replace_original")}
    try:
        if in_channel:
            say(slack, member, conversation, typed)
        post(slack, app, conversation, shown, ephemeral_to=None if in_channel else member.id)
    except ApiError as refusal:
        return _refused(slack, "command", payload, refusal)
    return True


def take_submission_answer(slack: Slack, view: View, payload: Any) -> None:
    """Do with a submitted view what the acknowledgement asks: close, clear, redraw, push, show errors."""
    if not _apply(slack, view, payload):
        view.trouble = TROUBLE
    slack.workspace.changed()


def take_options(slack: Slack, payload: Any) -> list[Json] | None:
    """The options an app offers for what was typed, or None when the answer was no use."""
    options: list[Json] = []
    if isinstance(payload, dict):
        options += payload.get("options") or []
        for group in payload.get("option_groups") or []:
            options += group.get("options") or []
        if len(options) <= MOST_OPTIONS and all("text" in one and "value" in one for one in options):
            return options
    _unusable(slack, "block_suggestion", payload, "needs at most 100 options, each with text and value")
    return None


def _apply(slack: Slack, view: View, payload: Any) -> bool:
    stack = slack.workspace.stack(view.user)
    if view not in stack:
        return True  # the person closed it meanwhile
    if not payload:
        stack.remove(view)
        return True
    if not isinstance(payload, dict):
        return _unusable(slack, "view_submission", payload, "not an object")
    action = payload.get("response_action")
    if action == "errors":
        return _show_errors(slack, view, payload)
    if action == "clear":
        stack.clear()
        return True
    if action in ("update", "push"):
        return _show_view(slack, view, payload, push=action == "push")
    return _unusable(slack, "view_submission", payload, f"unknown response_action {action!r}")


def _show_errors(slack: Slack, view: View, payload: Json) -> bool:
    errors = payload.get("errors")
    inputs = {element.block_id for element in view.inputs()}
    if not isinstance(errors, dict) or not errors:
        return _unusable(slack, "view_submission", payload, "errors must not be empty")
    for block_id, text in errors.items():
        if block_id not in inputs:
            return _unusable(slack, "view_submission", payload, f"{block_id!r} is no input block of the view")
        if not isinstance(text, str) or not text:
            return _unusable(slack, "view_submission", payload, f"the error of {block_id!r} has no text")
    view.errors = dict(errors)
    return True


def _show_view(slack: Slack, view: View, payload: Json, *, push: bool) -> bool:
    drawn: Json = payload.get("view")  # type: ignore[assignment]  # whatever else it is, the check refuses
    try:
        if push:
            modals.check(slack, drawn, "modal")
            modals.stack_up(slack, view.app, view.user, drawn, onto=view)
        else:
            modals.redraw(slack, view, drawn)
    except ApiError as refusal:
        return _refused(slack, "view_submission", payload, refusal)
    return True


def _refused(slack: Slack, name: str, payload: Any, refusal: ApiError) -> bool:
    messages = refusal.details.get("response_metadata", {}).get("messages", [])
    slack.traffic.add(
        "from bot", "ack", name, payload, error=refusal.error, messages=tuple(messages), summary="unusable"
    )
    return False


def _unusable(slack: Slack, name: str, payload: Any, why: str) -> bool:
    slack.traffic.add("from bot", "ack", name, payload, error="invalid_ack", messages=(why,), summary="unusable")
    return False
