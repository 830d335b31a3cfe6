"""Values for tests of the pure layers: each maker needs only what its test is about.

The quarter runs from 1 October to 31 December 2026; `MONDAY`, 16 November, is its middle.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from okr.cadence import Rhythm
from okr.checkins import CheckIn, Via
from okr.confidence import Confidence
from okr.goals import KeyResult, Objective, Person, Team
from okr.measures import Measure, MeasureKind, Step, Unit, UnitKind
from okr.rounds import Round, RoundState
from okr.standing import Standing

MONDAY = date(2026, 11, 16)
ROME, NEW_YORK, KOLKATA, AUCKLAND = "Europe/Rome", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"
PERCENT = Unit(UnitKind.PERCENT)
GROWS = Measure(MeasureKind.INCREASE, PERCENT, baseline=Decimal(40), target=Decimal(60))
FALLS = Measure(MeasureKind.DECREASE, Unit(UnitKind.TEXT, "days"), baseline=Decimal(12), target=Decimal(4))
STAYS = Measure(MeasureKind.KEEP_WITHIN, PERCENT, low=Decimal(95), high=Decimal(99))
STEPPED = Measure(
    MeasureKind.MILESTONE, steps=(Step("Design agreed", 20), Step("Beta with ten teams", 60), Step("Open to all", 100))
)
LOVE = Objective("love", "growth", "Become the shop people come back to", "2026-Q4")


def at(when: str, zone: str = "UTC") -> datetime:
    """ "2026-11-16 09:00" on a zone's wall, as an instant."""
    return datetime.fromisoformat(when).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def person(name: str = "Dana Rossi", **given: Any) -> Person:
    id = given.pop("id", None) or name.split()[0].lower()
    return Person(**{"id": id, "slack_id": f"U0{id.upper()}", "name": name, "zone": ROME, "locale": "en-GB"} | given)


def team(key: str = "growth", **given: Any) -> Team:
    usual: dict[str, Any] = {
        "id": key,
        "key": key,
        "name": key.capitalize(),
        "parent_id": None,
        "channel": f"C0{key.upper()}",
        "lead_id": "luca",
        "zone": ROME,
        "language": "en",
        "rhythm": Rhythm(),
        "member_ids": ("dana", "luca"),
    }
    return Team(**usual | given)


def key_result(title: str = "Returning customers", measure: Measure = GROWS, **given: Any) -> KeyResult:
    usual: dict[str, Any] = {
        "id": title.lower().replace(" ", "-"),
        "team_id": "growth",
        "objective": LOVE,
        "owner_id": "dana",
        "check_in_owner_id": "dana",
        "starts": date(2026, 10, 1),
        "ends": date(2026, 12, 31),
    }
    return KeyResult(title=title, measure=measure, **usual | given)


def checkin(value: object = 45, confidence: Confidence = Confidence.GREEN, **given: Any) -> CheckIn:
    """An answer of last Monday, unless the test says when."""
    usual: dict[str, Any] = {
        "id": "c1",
        "key_result_id": "returning-customers",
        "round_id": "r1",
        "note": "",
        "win": "",
        "blocker": "",
        "author_id": "dana",
        "via": Via.MODAL,
        "at": at("2026-11-09 09:05", ROME),
    }
    return CheckIn(value=Decimal(str(value)), **{"level": confidence.level} | usual | given)


def standing(title: str = "Returning customers", measure: Measure = GROWS, **given: Any) -> Standing:
    """How a key result of Dana's stands on Monday; `owner` is asked too unless `asked` is given."""
    owner = given.pop("owner", person())
    asked = given.pop("asked", owner)
    one = given.pop("key_result", None) or key_result(title, measure, owner_id=owner.id, check_in_owner_id=asked.id)
    return Standing(**{"key_result": one, "owner": owner, "asked": asked, "today": MONDAY} | given)


def coloured(title: str, colour: Confidence, value: object = 52, **given: Any) -> Standing:
    """A key result that was answered this Monday; 52 of 40 to 60 is on its pace."""
    last = checkin(value, colour, round_id="r2", at=at("2026-11-16 09:05", ROME))
    return standing(title, **{"last": last, "answered": True} | given)


def round_of(day: date = MONDAY, **given: Any) -> Round:
    usual: dict[str, Any] = {
        "id": "r2",
        "team_id": "growth",
        "state": RoundState.CLOSED,
        "opens_at": at("2026-11-16 09:00", ROME),
        "closes_at": at("2026-11-17 10:00", ROME),
    }
    return Round(date=day, **usual | given)


def changed(one: Standing, **fields: Any) -> Standing:
    """The same standing of a key result that differs in these fields."""
    return replace(one, key_result=replace(one.key_result, **fields))
