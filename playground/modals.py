"""Opening, stacking, redrawing and publishing views."""

from typing import Literal

from playground.apps import InstalledApp
from playground.blockkit import check_view
from playground.errors import ApiError
from playground.jsons import Json
from playground.posting import refuse
from playground.slack import Slack
from playground.triggers import Trigger
from playground.views import DEEPEST_STACK, View, new_hash


def open_modal(slack: Slack, app: InstalledApp, trigger_id: str, drawn: Json) -> View:
    """A new modal for whoever gave the trigger."""
    check(slack, drawn, "modal")
    trigger = _spend(slack, app, trigger_id)
    return stack_up(slack, app, trigger.user, drawn, onto=None)


def push_modal(slack: Slack, app: InstalledApp, trigger_id: str, drawn: Json) -> View:
    """Another modal on top of the one the trigger came from."""
    check(slack, drawn, "modal")
    trigger = slack.triggers.check(trigger_id, app.app_id)
    stack = slack.workspace.stack(trigger.user)
    if not trigger.in_modal or not stack:
        raise ApiError("invalid_trigger_id")
    if len(stack) >= DEEPEST_STACK:
        raise ApiError("push_limit_reached")
    trigger.used = True
    return stack_up(slack, app, trigger.user, drawn, onto=stack[-1])


def stack_up(slack: Slack, app: InstalledApp, user: str, drawn: Json, *, onto: View | None) -> View:
    """Put a checked view on top of a person's stack."""
    stack = slack.workspace.stack(user)
    if len(stack) >= DEEPEST_STACK:
        raise ApiError("push_limit_reached")
    view = new_view(slack, app, user, drawn, "modal")
    if onto is not None:
        view.root_id, view.previous_id = onto.root_id, onto.id
    stack.append(view)
    slack.workspace.changed()
    return view


def redraw(slack: Slack, view: View, drawn: Json) -> None:
    """Show another version of an open view or Home tab, checked."""
    check(slack, drawn, view.type, but=view)
    view.redraw(drawn, slack.workspace.ids, slack.workspace.clock.now())
    slack.workspace.changed()


def publish_home(slack: Slack, app: InstalledApp, user: str, drawn: Json, hash_: str | None) -> View:
    """Draw an app's Home tab for one person."""
    check(slack, drawn, "home")
    if not app.home_enabled:
        raise ApiError("not_enabled")
    home = slack.workspace.homes.get((app.app_id, user))
    if home is None:
        home = new_view(slack, app, user, drawn, "home")
        slack.workspace.homes[app.app_id, user] = home
        slack.workspace.changed()
        return home
    if hash_ and hash_ != home.hash:
        raise ApiError("hash_conflict")
    home.redraw(drawn, slack.workspace.ids, slack.workspace.clock.now())
    slack.workspace.changed()
    return home


def check(slack: Slack, drawn: object, surface: Literal["modal", "home"], but: View | None = None) -> None:
    """Refuse a view that Slack would refuse, or whose external_id another view has."""
    refuse(check_view(drawn, surface))
    external_id = drawn.get("external_id") if isinstance(drawn, dict) else None
    if external_id and any(view.external_id == external_id and view is not but for view in slack.workspace.views()):
        raise ApiError("duplicate_external_id")


def new_view(slack: Slack, app: InstalledApp, user: str, drawn: Json, kind: Literal["modal", "home"]) -> View:
    workspace = slack.workspace
    view_id = workspace.ids.next("V")
    now = workspace.clock.now()
    view = View(view_id, kind, app, user, json={}, hash=new_hash(now), root_id=view_id)
    view.redraw(drawn, workspace.ids, now)
    return view


def _spend(slack: Slack, app: InstalledApp, trigger_id: str) -> Trigger:
    trigger = slack.triggers.check(trigger_id, app.app_id)
    trigger.used = True
    return trigger
