"""users.info, users.list and users.lookupByEmail."""

from playground.errors import ApiError
from playground.jsons import Json
from playground.web_api.call import Call, Method, metadata


def info(call: Call) -> Json:
    return {"user": call.user_object(call.user(), locale=call.flag("include_locale"))}


def listed(call: Call) -> Json:
    locale = call.flag("include_locale")
    page, cursor = call.page(list(call.workspace.members.values()), default=1000)
    members = [call.user_object(member, locale=locale) for member in page]
    return {"members": members, "cache_ts": call.workspace.seconds(), **metadata(cursor)}


def lookup_by_email(call: Call) -> Json:
    email = call.text("email").lower()
    for member in call.workspace.members.values():
        if member.email and member.email.lower() == email and not member.deleted:
            return {"user": call.user_object(member)}
    raise ApiError("users_not_found")


METHODS = {
    "users.info": Method(info, scope="users:read"),
    "users.list": Method(listed, scope="users:read"),
    "users.lookupByEmail": Method(lookup_by_email, scope="users:read.email"),
}
