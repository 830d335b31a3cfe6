"""People as Slack knows them: news of somebody's zone, language, name or leaving."""

from handlers.visits import Visit
from okr.cadence import known_zone
from rituals.messenger import Member


async def change(visit: Visit) -> None:
    """`user_change` and `team_join`."""
    member = read_member(visit.body["event"]["user"])
    await visit.rituals.people.refresh(visit.workspace, member, visit.now)
    await visit.rituals.deliverer.deliver_changes(visit.now, workspace=visit.workspace)


def read_member(user: dict[str, object]) -> Member:
    """A Slack user object; any of its fields may be absent, null or empty."""
    profile = user.get("profile")
    named = profile if isinstance(profile, dict) else {}
    return Member(
        slack_id=str(user["id"]),
        display_name=str(named.get("display_name") or ""),
        real_name=str(named.get("real_name") or user.get("real_name") or ""),
        email=str(named.get("email") or ""),
        zone=known_zone(str(user.get("tz") or "")),
        locale=str(user.get("locale") or ""),
        deactivated=bool(user.get("deleted")),
        is_bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        outsider=bool(user.get("is_restricted") or user.get("is_ultra_restricted") or user.get("is_stranger")),
        status=str(named.get("status_text") or ""),
        status_emoji=str(named.get("status_emoji") or ""),
        status_until=_whole(named.get("status_expiration")),
    )


def _whole(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0
