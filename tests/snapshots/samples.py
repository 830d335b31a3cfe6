"""The people, key results and moments that all snapshots show: a Monday at Growth, 16 November 2026."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from okr.absence import Excuse
from okr.checkins import Via
from okr.confidence import Confidence, Scale
from okr.definitions import Titled
from okr.goals import Cycle, State
from okr.measures import Measure, MeasureKind, Unit, UnitKind
from tests.making import (
    FALLS,
    KOLKATA,
    LOVE,
    MONDAY,
    NEW_YORK,
    ROME,
    STAYS,
    STEPPED,
    at,
    checkin,
    person,
    standing,
    team,
)

GREEN, YELLOW, RED = Confidence.GREEN, Confidence.YELLOW, Confidence.RED
TUESDAY, FRIDAY = date(2026, 11, 17), date(2026, 11, 20)
NINE, DIGEST_AT = at("2026-11-16 09:00", ROME), at("2026-11-17 10:00", ROME)
DANA, LUCA, GIULIA = person(), person("Luca Bianchi"), person("Giulia Conti")
PRIYA, NOAH = person("Priya Nair", zone=KOLKATA), person("Noah Kim", zone=NEW_YORK)
GONE = person("Ada Neri", deactivated=True)
GROWTH, PLATFORM = team(next_date=MONDAY), team("platform", lead_id="noah", zone=NEW_YORK)
QUARTER, YEAR = (
    Cycle("q4", "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
    Cycle("y26", "2026", date(2026, 1, 1), date(2026, 12, 31)),
)
EUROS = Measure(MeasureKind.INCREASE, Unit(UnitKind.CURRENCY, "EUR"), baseline=Decimal(10_000), target=Decimal(50_000))

TODAY, LAST_WEEK, BEFORE_THAT = (at(f"2026-11-{day} 09:05", ROME) for day in ("16", "09", "02"))
NOTE = "Two shops in Turin closed for a week"
BLOCKER = "The new till has no customer numbers yet"
WIN = "The loyalty card is in all forty shops"

NEVER = standing("Loyalty card launched", STEPPED)
LAST_RED = checkin(41, RED, blocker=BLOCKER, note=NOTE)
LAST_GREEN = checkin(52, GREEN)
OFF_TRACK = standing("Returning customers", last=LAST_RED, before=checkin(45, YELLOW, at=BEFORE_THAT))
STEADY = standing("Days until a refund", FALLS, last=checkin(8, GREEN), repeatable=True)
RANGE = standing("Deliveries on time", STAYS, last=checkin(97, YELLOW), repeatable=True)
REVENUE = standing("Revenue of the card", EUROS, last=checkin(21_500, GREEN, at=LAST_WEEK))
LUCAS = standing("Customers who write a review", owner=LUCA, asked=DANA, instead_of=LUCA, last=LAST_GREEN)

ANSWERED_RED = replace(
    OFF_TRACK, last=checkin(41, RED, at=TODAY, note=NOTE, blocker=BLOCKER), before=checkin(45, YELLOW), answered=True
)
ANSWERED_GREEN = replace(STEADY, last=checkin(6, GREEN, at=TODAY, win=WIN), before=checkin(8, GREEN), answered=True)
CONFIRMED = replace(RANGE, last=checkin(97, YELLOW, at=TODAY, via=Via.ONE_TAP), before=checkin(97), answered=True)
IN_NUMBERS = replace(
    RANGE,
    last=checkin(97, level=6, scale=Scale.ZERO_TO_TEN, at=TODAY),
    before=checkin(97, level=8, scale=Scale.ZERO_TO_TEN),
    answered=True,
)
GREEN_IN_NUMBERS = replace(ANSWERED_GREEN, last=checkin(6, level=9, scale=Scale.ZERO_TO_TEN, at=TODAY))
REACHED = replace(NEVER, last=checkin(100, GREEN, at=TODAY), key_result=replace(NEVER.key_result, state=State.DONE))
STALE = replace(REVENUE, stale=True, last=checkin(12_000, GREEN, at=at("2026-10-19 09:05", ROME)))
FAR_BEHIND = standing("Visits to the shop", EUROS, last=checkin(11_000, GREEN, at=TODAY), answered=True)
AHEAD = standing("Shops with the card", EUROS, last=checkin(49_000, GREEN, at=TODAY), answered=True)
AWAY = replace(REVENUE, excuse=Excuse.AWAY)
HOLIDAY = replace(RANGE, excuse=Excuse.HOLIDAY)
NEVER_AWAY = replace(NEVER, excuse=Excuse.DAY_OFF)

TITLED = tuple(
    Titled("love", LOVE.title, "growth", frozenset({"dana"}), State.ACTIVE, False, id, title)
    for id, title in (("", ""), ("kr1", "Returning customers"), ("kr2", "Days until a refund"))
)
LEFT_BEHIND = (standing("Letters answered", owner=GONE, last=LAST_GREEN),)
UNREACHABLE = (standing("Parcels returned", owner=replace(PRIYA, unreachable="cannot be written to")),)
LEAST, MOST = (
    Measure(MeasureKind.KEEP_WITHIN, STAYS.unit, low=STAYS.low),
    Measure(MeasureKind.KEEP_WITHIN, high=STAYS.high),
)
CLOSE_CALLS = (
    standing("Said yesterday", last=checkin(51, at=NINE - timedelta(days=1))),
    standing("Above the least", LEAST, last=checkin(90)),
    standing("Below the most", MOST, last=checkin(90)),
    standing("Not begun", STEPPED, last=checkin(0)),
)
"""What is said by a hair, and rarely."""
