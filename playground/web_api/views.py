"""views.open, .push, .update and .publish."""

from typing import Any

from playground import modals
from playground.errors import ApiError
from playground.jsons import Json
from playground.views import View
from playground.web_api.call import Call, Method


def open_view(call: Call) -> Json:
    view = modals.open_modal(call.slack, call.app, call.text("trigger_id"), _drawn(call))
    return _shown(call, view)


def push(call: Call) -> Json:
    view = modals.push_modal(call.slack, call.app, call.text("trigger_id"), _drawn(call))
    return _shown(call, view)


def update(call: Call) -> Json:
    drawn = _drawn(call)
    view = _open_view(call)
    wanted = call.args.get("hash")
    if wanted and wanted != view.hash:
        raise ApiError("hash_conflict")
    modals.redraw(call.slack, view, drawn)
    return _shown(call, view)


def publish(call: Call) -> Json:
    user = call.text("user_id")
    member = call.workspace.members.get(user)
    if member is None or member.is_bot:
        raise ApiError("user_not_found" if member is None else "invalid_arguments")
    hash_ = call.args.get("hash")
    view = modals.publish_home(call.slack, call.app, user, _drawn(call), str(hash_) if hash_ else None)
    return _shown(call, view)


def _drawn(call: Call) -> Any:
    if not call.args.get("view"):
        raise ApiError("invalid_arguments", messages=["[ERROR] missing required field: view"])
    return call.args["view"]


def _open_view(call: Call) -> View:
    view_id, external_id = call.args.get("view_id"), call.args.get("external_id")
    if not view_id and not external_id:
        raise ApiError("invalid_arguments", messages=["[ERROR] missing required field: view_id"])
    for view in call.workspace.views():
        if view.app is call.app and (view.id == view_id if view_id else view.external_id == external_id):
            return view
    raise ApiError("not_found")


def _shown(call: Call, view: View) -> Json:
    return {"view": view.as_object(call.workspace.team_id)}


METHODS = {
    "views.open": Method(open_view),
    "views.push": Method(push),
    "views.update": Method(update),
    "views.publish": Method(publish),
}
