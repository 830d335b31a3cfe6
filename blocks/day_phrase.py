"""One day, as people type it: Monday, 3 December, il 3/12, yesterday, 2026-12-03, due settimane fa."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from blocks.phrase_words import MONTH, MONTHS, NUMBER, WEEKDAY, WEEKDAYS, fold, number

NEAR = {
    "the day before yesterday": -2,
    "altro ieri": -2,
    "altroieri": -2,
    "yesterday": -1,
    "ieri": -1,
    "today": 0,
    "oggi": 0,
    "tomorrow": 1,
    "domani": 1,
    "dopodomani": 2,
    "the day after tomorrow": 2,
}
WEEKDAY_ALONE = re.compile(rf"(?:(?:on|this|next|questo|questa|prossimo) )?(?P<weekday>{WEEKDAY})(?: prossim[oa])?")
DATED = re.compile(
    rf"""(?:on\ |the\ |il\ |l\ )*(?:{WEEKDAY},?\ )?(?:
    (?P<iso>\d{{4}}-\d\d-\d\d)
    |(?P<day>\d{{1,2}}|primo)(?:st|nd|rd|th|o)?\ (?:of\ |di\ )?(?P<month>{MONTH})(?:\ (?P<year>\d{{4}}))?
    |(?P<month2>{MONTH})\ (?:the\ )?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:\ (?P<year2>\d{{4}}))?
    |(?P<bare>\d{{1,2}})(?:st|nd|rd|th|o)?)""",
    re.VERBOSE,
)
_NUMERIC = re.compile(r"\b(?P<one>\d{1,2})(?P<between>[/.])(?P<two>\d{1,2})(?:(?P=between)(?P<year>\d{4}|\d\d))?\b")
_NAMES = {number: word for word, number in reversed(MONTHS.items())}
_PAST_WEEKDAY = re.compile(
    rf"(?:(?:on|last|this|lo scorso|la scorsa|scorso|scorsa) )?(?P<weekday>{WEEKDAY})(?: scors[oa])?"
)
_AGO = re.compile(rf"(?P<count>a|{NUMBER}) (?:days?|giorn[io]|(?P<weeks>weeks?|settiman[ae])) (?:ago|fa)")
_CALENDAR = range(366 * 4 + 2)
"""Days in which any date comes by, the 29th of February too."""


def folded(text: str, decide: Callable[[str, Sequence[str]], str]) -> str:
    """The phrase as it is compared, with the month of 3/12 as a word. `decide` says which of two readings is meant."""

    def spelled(found: re.Match[str]) -> str:
        readings = _readings(found)
        if len(set(readings)) > 1:
            return decide(found[0], readings)
        return readings[0] if readings else found[0]

    return _NUMERIC.sub(spelled, " ".join(fold(text).replace(",", " ").split()))


def first(said: str, today: date, since: date) -> date | None:
    """The first such day from `since` on."""
    if said in NEAR:
        return today + timedelta(days=NEAR[said])
    if found := WEEKDAY_ALONE.fullmatch(said):
        return since + timedelta(days=(WEEKDAYS[found["weekday"]] - since.weekday()) % 7)
    dated = DATED.fullmatch(said)
    return _dated(dated, (since + timedelta(days=ahead) for ahead in _CALENDAR)) if dated else None


def newest(said: str, today: date) -> date | None:
    """The newest such day up to today, and a weekday the last one before it; a day that can only be one to come is
    that day.
    """
    if ago := _AGO.fullmatch(said):
        count = 1 if ago["count"] == "a" else number(ago["count"])
        return today - timedelta(days=count * (7 if ago["weeks"] else 1))
    if found := _PAST_WEEKDAY.fullmatch(said):
        return today - timedelta(days=(today.weekday() - WEEKDAYS[found["weekday"]] - 1) % 7 + 1)
    if dated := DATED.fullmatch(said):
        return _dated(dated, (today - timedelta(days=back) for back in _CALENDAR))
    return first(said, today, today + timedelta(days=1))


def _readings(found: re.Match[str]) -> list[str]:
    one, two, year = int(found["one"]), int(found["two"]), found["year"] or ""
    year = f" 20{year}" if len(year) == 2 else f" {year}" if year else ""
    return [f"{day} {_NAMES[month]}{year}" for day, month in ((one, two), (two, one)) if month in _NAMES]


def _dated(found: re.Match[str], days: Iterable[date]) -> date | None:
    """The day itself where its year is said, else the first of `days` that it can be."""
    day = int((found["day"] or found["day2"] or found["bare"] or "0").replace("primo", "1"))
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        if year := found["year"] or found["year2"]:
            return date(int(year), MONTHS[found["month"] or found["month2"]], day)
    except ValueError:
        return None
    month = MONTHS.get(found["month"] or found["month2"] or "")
    return next((one for one in days if one.day == day and month in (None, one.month)), None)
