"""apps.connections.open."""

from playground.jsons import Json
from playground.web_api.call import Call, Method


def open_connection(call: Call) -> Json:
    url = call.slack.url.replace("http", "ws", 1)
    return {"url": f"{url}/link/?ticket={call.slack.socket.ticket(call.app)}&app_id={call.app.app_id}"}


METHODS = {"apps.connections.open": Method(open_connection, caller="app")}
