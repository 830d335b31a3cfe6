"""Leave in a calendar (ICS): all-day events, and those marked out of office, whose title names it."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Calendar

from okr.absence import names_leave
from rituals.absences import Found

Component = Any
"""An event as icalendar has it; its properties are of thirty kinds, so whoever reads one says what they expect."""

DAY = timedelta(days=1)
MOST_OCCURRENCES = 400
RHYTHMS = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
OUT_OF_OFFICE = ("X-MICROSOFT-CDO-BUSYSTATUS", "X-MICROSOFT-CDO-INTENDEDSTATUS")
UNTITLED = ("away", "assente")
"""What calendars that hide their titles call an event that is marked out of office."""
CORE = time(10), time(16)
"""An event with hours takes a day when it takes these."""


class BrokenCalendar(Exception):
    """This is no calendar, or not one that can be read with certainty."""


@dataclass(frozen=True)
class _Span:
    first: date
    last: date


def leave_in(content: bytes, zone: str, since: date, until: date) -> list[Found]:
    """The leave that a calendar tells of between two days, for somebody in a zone. Raises BrokenCalendar."""
    try:
        events: list[Component] = list(Calendar.from_ical(content).walk("VEVENT"))
        moved = {(_uid(one), _day_of(one["RECURRENCE-ID"].dt, zone)) for one in events if "RECURRENCE-ID" in one}
        found = {
            (_uid(one), span.first): span
            for one in events
            if _is_leave(one)
            for span in _spans(one, zone, since, until)
            if "RECURRENCE-ID" in one or (_uid(one), span.first) not in moved
        }
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError) as error:
        raise BrokenCalendar(type(error).__name__) from error
    return [Found(span.first, span.last, _origin(uid, span.first)) for (uid, _), span in sorted(found.items())]


def _is_leave(event: Component) -> bool:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return False
    title = str(event.get("SUMMARY", ""))
    marked = any(str(event.get(name, "")).upper() == "OOF" for name in OUT_OF_OFFICE)
    if marked and title.strip().casefold() in UNTITLED:
        return True
    return names_leave(title) and (marked or not isinstance(event["DTSTART"].dt, datetime))


def _spans(event: Component, zone: str, since: date, until: date) -> Iterator[_Span]:
    """The days each occurrence takes, as far as they lie between the two days."""
    begins: date = event["DTSTART"].dt
    length = _length(event)
    for start in _starts(event, begins, length, since, until):
        span = _days(start, start + length, zone)
        if span and span.first <= until and span.last >= since:
            yield span


def _length(event: Component) -> timedelta:
    begins: date = event["DTSTART"].dt
    if "DTEND" in event:
        length: timedelta = event["DTEND"].dt - begins
    elif "DURATION" in event:
        length = event["DURATION"].dt
    else:
        length = timedelta() if isinstance(begins, datetime) else DAY
    return max(length, timedelta())


def _starts(event: Component, begins: date, length: timedelta, since: date, until: date) -> Iterator[date]:
    """When the event begins each time, in its own clock: a date, or a datetime as the calendar has it."""
    if "RRULE" not in event:
        yield begins
        return
    rule: str = event["RRULE"].to_ical().decode()
    if not re.search(rf"FREQ=({'|'.join(RHYTHMS)})\b", rule) or re.search(r"INTERVAL=0*(;|$)", rule):
        raise ValueError("a rhythm that no leave has")
    timed = isinstance(begins, datetime)
    wall = begins.replace(tzinfo=None) if isinstance(begins, datetime) else datetime.combine(begins, time())
    # Without a zone throughout: the rule is read on the calendar's own wall, as its author meant it.
    repeated = rrulestr(re.sub(r"(UNTIL=\d{8}(?:T\d{6})?)Z", r"\1", rule), dtstart=wall)
    left_out = {_wall(one.dt) for one in _dates(event.get("EXDATE"))}
    first = datetime.combine(since - DAY, time()) - length
    for count, start in enumerate(repeated.xafter(first, inc=True)):
        if start.date() > until or count >= MOST_OCCURRENCES:
            return
        if start not in left_out:
            yield start.replace(tzinfo=begins.tzinfo) if timed and isinstance(begins, datetime) else start.date()


def _days(start: date, end: date, zone: str) -> _Span | None:
    if not isinstance(start, datetime):
        last = end - DAY
        return _Span(start, max(start, last))
    begins, ends = _local(start, zone), _local(end, zone) if isinstance(end, datetime) else _local(start, zone)
    taken = [day for day in _each(begins.date(), ends.date()) if _takes(begins, ends, day)]
    return _Span(taken[0], taken[-1]) if taken else None


def _takes(begins: datetime, ends: datetime, day: date) -> bool:
    first, last = (datetime.combine(day, hour, tzinfo=begins.tzinfo) for hour in CORE)
    return begins <= first and ends >= last


def _each(first: date, last: date) -> Iterator[date]:
    for distance in range(min((last - first).days, MOST_OCCURRENCES) + 1):
        yield first + timedelta(days=distance)


def _local(moment: datetime, zone: str) -> datetime:
    """A time without a zone is meant on the wall of whoever reads it."""
    there = ZoneInfo(zone)
    return moment.astimezone(there) if moment.tzinfo else moment.replace(tzinfo=there)


def _wall(moment: date) -> datetime:
    return moment.replace(tzinfo=None) if isinstance(moment, datetime) else datetime.combine(moment, time())


def _day_of(moment: date, zone: str) -> date:
    return _local(moment, zone).date() if isinstance(moment, datetime) else moment


def _dates(given: Any) -> Iterator[Any]:
    for one in given if isinstance(given, list) else [given] if given else []:
        yield from one.dts


def _uid(event: Component) -> str:
    return str(event.get("UID", "")) or str(event.get("SUMMARY", ""))


def _origin(uid: str, first: date) -> str:
    """What a calendar calls its events may name people, so it is kept out of the memory."""
    return hashlib.sha256(f"{uid}|{first}".encode()).hexdigest()[:16]
