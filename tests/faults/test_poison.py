"""What no Slack would send: wrong types, nulls, gaps and deep nesting. It is acknowledged, logged once, and over."""

import json
from collections.abc import Iterator
from copy import deepcopy
from random import Random
from typing import Any

import pytest
from structlog.testing import capture_logs

from playground.traffic import Entry
from tests.form import fills_in
from tests.stage import Stage

RETURNING, REFUNDS = "Returning customers", "Refunds a week"
SEED, EACH = 20261116, 12
GONE = object()
"""In the place of a field that is left out."""


def nested(depth: int) -> list[Any]:
    deep: list[Any] = []
    for _ in range(depth):
        deep = [deep]
    return deep


JUNK = (GONE, None, True, -7, "x" * 5000, [], {}, nested(400))
NO_ENVELOPES = (
    "[" * 200_000,
    "{",
    "null",
    '"text"',
    json.dumps({"envelope_id": 7}),
    json.dumps({"envelope_id": None, "type": "events_api"}),
    json.dumps({"envelope_id": "1", "type": "interactive", "payload": None}),
    json.dumps({"envelope_id": "2", "type": [], "payload": {}}),
    json.dumps({"type": "hello", "num_connections": "many"}),
    json.dumps({"type": {"a": 1}}),
)


@pytest.mark.timeout(180)
async def test_whatever_is_in_a_payload_it_is_acknowledged_and_logged_once(lite: Stage) -> None:
    chance, sent = Random(SEED), 0  # noqa: S311 - chance that can be repeated
    for entry in await _payloads(lite):
        paths = list(_paths(entry.body))
        for path in [(), *chance.sample(paths, min(EACH, len(paths)))]:
            poison = _with(entry.body, path, chance.choice(JUNK))
            with capture_logs() as logs:
                assert await lite.playground.deliver_as_it_is(lite.slack_app, entry.kind, poison), (entry.name, path)
                await lite.settle()
            errors = [line["event"] for line in logs if line["log_level"] == "error"]
            assert len(errors) <= 1, (entry.name, path, errors)
            sent += 1
    assert sent > 80
    assert (await lite.kept("SELECT count(*) % 2 FROM checkins")) == [(0,)], (
        "a form of two is taken whole or not at all"
    )
    await _still_serves(lite)


async def test_what_is_no_envelope_costs_no_connection(lite: Stage) -> None:
    for text in NO_ENVELOPES:
        await lite.playground.write_as_it_is(lite.slack_app, text)
    await _still_serves(lite)


@pytest.mark.parametrize("value", [7, None, [], "kr:nothing:2026-13-45", "day:yesterday", "x" * 5000])
async def test_whoever_presses_a_button_that_makes_no_sense_is_told_so(lite: Stage, value: object) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.dana.clicks("Later")
    await lite.dana.closes_all()
    pressed = next(one for one in lite.playground.traffic if one.kind == "interactive")
    poison = _with(pressed.body, ("actions", 0, "value"), value)
    assert await lite.playground.deliver_as_it_is(lite.slack_app, "interactive", poison)
    await lite.settle()
    assert lite.dana.sees_ephemerals() != []
    await _still_serves(lite)


async def _payloads(stage: Stage) -> list[Entry]:
    """One of each kind of act and event, as Slack sends them."""
    await stage.comes("Mon 16 Nov 09:00")
    await stage.dana.opens_home()
    await stage.playground.change(stage.dana, real_name="Dana Verdi")
    await stage.dana.types("/okr status")
    await stage.dana.uses_shortcut("okr_checkin")
    await stage.dana.closes_all()
    await stage.dana.clicks("Later")
    await stage.dana.closes_all()
    await stage.dana.clicks("Check in", message=stage.dana.reads()[0])
    await fills_in(stage.dana, REFUNDS, "110", "At risk", note="Two shops late")
    await fills_in(stage.dana, RETURNING, "45", "On track")
    await stage.dana.submits()
    sent = {_kind(one): one for one in stage.playground.traffic if one.direction == "to bot"}
    assert {"slash_commands", "interactive", "events_api"} == {one.kind for one in sent.values()}
    assert any("view_submission" in kind for kind in sent)
    return list(sent.values())


def _kind(entry: Entry) -> tuple[str, ...]:
    acted = (entry.body.get("actions") or [{}])[0].get("action_id", "")
    return entry.kind, str(entry.body.get("type")), str((entry.body.get("event") or {}).get("type")), acted


def _paths(value: object, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands in a payload."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inside:
        yield (*here, name)
        yield from _paths(one, (*here, name))


def _with(payload: Any, path: tuple[Any, ...], junk: object) -> Any:
    """The payload with something else in one place."""
    if not path:
        return None if junk is GONE else junk
    changed = deepcopy(payload)
    place = changed
    for name in path[:-1]:
        place = place[name]
    if junk is GONE:
        del place[path[-1]]
    else:
        place[path[-1]] = junk
    return changed


async def _still_serves(stage: Stage) -> None:
    """The next person is answered, on the connections there were."""
    assert "Marcus Green" in (await stage.asks(stage.marcus, "/okr status")).shown
    assert stage.running.sockets is not None
    assert stage.running.sockets.sight.open == 2
    assert b"okrbot_sockets_replaced_total{" not in stage.running.metrics.page()
