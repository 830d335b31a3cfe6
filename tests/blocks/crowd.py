"""Sixty key results in which every word is the same text: what is worst for every limit at once."""

from dataclasses import replace
from decimal import Decimal
from itertools import cycle, islice, product

from okr.checkins import Via
from okr.confidence import Confidence
from okr.goals import Objective
from okr.measures import Measure, MeasureKind, Step, Unit, UnitKind
from okr.standing import Standing
from tests.making import at, checkin, key_result, person, standing

LONG, LONGEST = 3_500, 40_000
TEXTS = {
    "channel": "<!channel>",
    "member": "<@U123>",
    "group": "<#C1|x>",
    "link": "<http://x|y>",
    "everyone": "@here @channel",
    "markup": "*_~```",
    "ampersands": "&",
    "lines": "one\ntwo\r\n",
    "right to left": "\u202eevil\u2066 ",
    "emoji": "👩‍👩‍👧‍👦",
    "words": "Customers who come back ",
}


def crowd(text: str, length: int = LONG, count: int = 60) -> tuple[Standing, ...]:
    """Standings of every measure, colour and history; the text is repeated to this length."""
    long = (text * length)[:length]
    kinds = product(_measures(long), (None, *Confidence), (True, False), (True, False))
    return tuple(_standing(long, place, *kind) for place, kind in enumerate(islice(cycle(kinds), count)))


def _standing(
    text: str, place: int, measure: Measure, colour: Confidence | None, answered: bool, stale: bool
) -> Standing:
    owner = person(text, id=f"owner{place}", locale="en-GB")
    one = key_result(f"№{place}; {text}", measure, id=f"{place:024x}", objective=Objective("o", "growth", text, "Q4"))
    made = standing(key_result=one, owner=owner, stale=stale and not answered)
    if colour is None:
        return made
    words = {"note": text, "win": text, "blocker": text}
    last = checkin(80, colour, via=Via.ONE_TAP if place % 2 else Via.MODAL, **words)
    before = checkin(20, Confidence.GREEN, at=at("2026-11-02 09:00"), **words)
    return replace(made, last=last, before=before, answered=answered, late=answered, in_review=not answered)


def _measures(text: str) -> list[Measure]:
    unit = Unit(UnitKind.TEXT, text[:30])
    return [
        Measure(MeasureKind.MILESTONE, steps=(Step(text, 20), Step(text, 80), Step(text, 100))),
        Measure(MeasureKind.INCREASE, unit, baseline=Decimal("0.000001"), target=Decimal(10**15 - 1)),
        Measure(MeasureKind.DECREASE, unit, baseline=Decimal(10**15 - 1), target=Decimal("-0.000001")),
        Measure(MeasureKind.KEEP_WITHIN, unit, low=Decimal("79.999999"), high=Decimal(10**15 - 1)),
    ]
