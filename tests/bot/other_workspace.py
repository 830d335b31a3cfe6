"""The people and channels of the other workspace, with all that makes real ones untidy."""

from typing import Any

Json = dict[str, Any]

TEAM, BOT_USER, BOT, APP = "T7QXW2M", "U7BOTBOT1", "B7QQQ01", "A7QQQ02"
DANA, LUCA, ELENA, MARCUS, PRIYA, NORA = "U7K1DANA", "U7K2LUCA", "U7K3ELEN", "W7K4MARC", "U7K5PRIY", "U7K6NORA"
COMPANY, GROWTH, PLATFORM, SUPPORT, CLOSED = "C7COMPANY", "C7GROWTH01", "G7PLATFORM", "C7SUPPORT1", "C7OLDGROWTH"


def members() -> list[Json]:
    """Slackbot, people with and without a display name, other bots, somebody who left, and somebody unknown."""
    return [
        {"id": "USLACKBOT", "team_id": TEAM, "name": "slackbot", "real_name": "Slackbot", "is_bot": False}
        | {"profile": {"real_name": "Slackbot", "display_name": "Slackbot", "always_active": True}, "updated": 0},
        _person(DANA, "dana", "Dana Rossi", "Europe/Rome", "en-GB", email="dana@northwind.example"),
        _person("U7OLDDANA", "dana", "Dana Older", None, None, deleted=True),
        _person(LUCA, "", "luca", "Europe/Rome", "it-IT"),
        {"id": "U7POLLBOT", "team_id": TEAM, "name": "polly", "is_bot": True, "profile": {"display_name": None}},
        _person(ELENA, "elena", "Elena Ferri", "Europe/Rome", "it-IT", is_admin=True),
        _person(MARCUS, "Marcus", None, "America/New_York", "en-US", is_owner=True),
        _person(PRIYA, "priya", "Priya Nair", "Asia/Kolkata", None),
        _person(NORA, "nora", "Nora Member", "Europe/Rome", "en-GB", is_restricted=True),
        {"id": BOT_USER, "team_id": TEAM, "name": "okrbot", "deleted": False, "is_bot": True, "profile": {}},
    ]


def channels() -> list[Json]:
    """Public and private ones, and an archived one."""
    return [
        _channel(COMPANY, "company"),
        _channel(CLOSED, "old-growth", is_archived=True),
        _channel(GROWTH, "growth"),
        _channel(PLATFORM, "platform", is_private=True),
        _channel(SUPPORT, "support", is_member=False),
    ]


def _person(slack_id: str, display: str, real: str | None, tz: str | None, locale: str | None, **more: Any) -> Json:
    """A user object. What Slack does not know is sometimes null, sometimes "", and sometimes not there."""
    profile = {"real_name": real, "display_name": display, "status_text": "", "status_emoji": None, "image_48": "x"}
    if "email" in more:
        profile["email"] = more.pop("email")
    user = {
        "id": slack_id,
        "team_id": TEAM,
        "name": f"{slack_id.lower()}-handle",
        "profile": profile,
        "color": "9f69e7",
    }
    user |= {"deleted": False, "is_bot": False, "is_app_user": False, "updated": 1790000000, **more}
    if real is not None:
        user["real_name"] = real
    if tz is not None:
        user |= {"tz": tz, "tz_label": "somewhere", "tz_offset": 3600}
    if locale is not None:
        user["locale"] = locale
    return user


def _channel(slack_id: str, name: str, **more: Any) -> Json:
    kind = {"is_channel": True, "is_group": False, "is_im": False, "is_mpim": False, "is_private": False}
    about = {"topic": {"value": "", "creator": "", "last_set": 0}, "num_members": 4, "updated": 1790000000000}
    return {
        "id": slack_id,
        "name": name,
        "is_archived": False,
        "is_member": True,
        "created": 1,
        **kind,
        **about,
        **more,
    }
