"""Leave in a calendar: which events count, for which days."""

from datetime import date

import pytest

from rituals.calendar_events import BrokenCalendar, leave_in
from tests.making import AUCKLAND, ROME

SINCE, UNTIL = date(2026, 11, 15), date(2027, 3, 1)
OOF = "X-MICROSOFT-CDO-BUSYSTATUS:OOF"


def calendar(*events: list[str]) -> bytes:
    body = "".join("BEGIN:VEVENT\r\n" + "\r\n".join(lines) + "\r\nEND:VEVENT\r\n" for lines in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n{body}END:VCALENDAR\r\n".encode()


def event(title: str, start: str, end: str = "", *more: str, uid: str = "1") -> list[str]:
    """`start` and `end` are days, or moments as calendars write them."""
    kind = ";VALUE=DATE" if len(start) == 8 else ""
    return [f"UID:{uid}", f"SUMMARY:{title}", f"DTSTART{kind}:{start}", *([f"DTEND{kind}:{end}"] if end else []), *more]


def days(*events: list[str], zone: str = ROME) -> list[str]:
    return [f"{one.first}..{one.last}" for one in leave_in(calendar(*events), zone, SINCE, UNTIL)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (event("Vacation", "20261123", "20261128"), ["2026-11-23..2026-11-27"]),
        (event("Ferie", "20261123"), ["2026-11-23..2026-11-23"]),
        (event("Ferie", "20261123", "", "DURATION:P3D"), ["2026-11-23..2026-11-25"]),
        (event("Company offsite", "20261123", "20261128"), []),
        (event("Vacation planning", "20261123T100000Z", "20261123T110000Z"), []),
        (event("Vacation", "20261123T000000Z", "20261127T000000Z"), []),
        (event("Out of office", "20261123T080000Z", "20261125T170000Z", OOF), ["2026-11-23..2026-11-25"]),
        (event("Away", "20261123T080000Z", "20261123T170000Z", OOF), ["2026-11-23..2026-11-23"]),
        (event("Out of office", "20261123T140000Z", "20261123T150000Z", OOF), []),
        (event("Vacation", "20261123", "20261128", "STATUS:CANCELLED"), []),
        (event("Vacation", "20260601", "20260610"), []),
        (event("Vacation", "20261110", "20261118"), ["2026-11-10..2026-11-17"]),
        (
            event("Ferie", "20261120", "", "RRULE:FREQ=WEEKLY;COUNT=2"),
            ["2026-11-20..2026-11-20", "2026-11-27..2026-11-27"],
        ),
        (
            event("Ferie", "20261120", "", "RRULE:FREQ=WEEKLY;UNTIL=20261204", "EXDATE;VALUE=DATE:20261127"),
            ["2026-11-20..2026-11-20", "2026-12-04..2026-12-04"],
        ),
    ],
)
def test_events_that_name_leave_are_leave(given: list[str], expected: list[str]) -> None:
    assert days(given) == expected


def test_an_occurrence_that_was_moved_counts_where_it_is_now() -> None:
    every_friday = event("Ferie", "20261120", "", "RRULE:FREQ=WEEKLY;COUNT=2")
    moved = event("Ferie", "20261126", "20261127", "RECURRENCE-ID;VALUE=DATE:20261127")
    assert sorted(days(every_friday, moved)) == ["2026-11-20..2026-11-20", "2026-11-26..2026-11-26"]


def test_hours_are_read_on_the_persons_clock() -> None:
    out = event("Out of office", "20261122T200000Z", "20261123T050000Z", OOF)
    assert (days(out, zone=AUCKLAND), days(out)) == (["2026-11-23..2026-11-23"], [])


def test_the_same_event_has_the_same_origin_and_its_title_stays_out_of_it() -> None:
    (one,) = leave_in(calendar(event("Ferie", "20261123")), ROME, SINCE, UNTIL)
    (other,) = leave_in(calendar(event("Vacation in Bali", "20261123", "20261125")), ROME, SINCE, UNTIL)
    assert one.origin == other.origin
    assert "Bali" not in repr(other)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>Please sign in</html>",
        b"BEGIN:VCALENDAR\r\n",
        calendar(["UID:1", "SUMMARY:Ferie"]),
        calendar(event("Ferie", "20269999")),
        calendar(event("Ferie", "20261120", "", "RRULE:FREQ=SECONDLY")),
        calendar(event("Ferie", "20261120", "", "RRULE:FREQ=DAILY;INTERVAL=0")),
        calendar(event("Ferie", "20261120", "20261120T100000Z")),
        b"\xff\xfe\x00",
    ],
)
def test_what_cannot_be_read_with_certainty_is_broken(content: bytes) -> None:
    with pytest.raises(BrokenCalendar):
        leave_in(content, ROME, SINCE, UNTIL)
