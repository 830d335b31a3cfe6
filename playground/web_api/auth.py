"""auth.test and team.info."""

from playground.jsons import Json
from playground.web_api.call import Call, Method


def test(call: Call) -> Json:
    workspace = call.workspace
    return {
        "url": f"{call.slack.url}/",
        "team": workspace.name,
        "user": call.app.name,
        "team_id": workspace.team_id,
        "user_id": call.app.bot_user_id,
        "bot_id": call.app.bot_id,
        "is_enterprise_install": False,
    }


def team(call: Call) -> Json:
    workspace = call.workspace
    return {
        "team": {
            "id": workspace.team_id,
            "name": workspace.name,
            "domain": workspace.domain,
            "email_domain": "",
            "url": f"{call.slack.url}/",
        }
    }


METHODS = {"auth.test": Method(test), "team.info": Method(team, scope="team:read")}
