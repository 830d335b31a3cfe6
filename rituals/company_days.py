"""How a company file says when people are not asked: days off, countries, and calendars that tell of leave."""

import re
from datetime import date
from typing import Annotated
from urllib.parse import urlsplit

from okr.absence import DayOff
from okr.definitions import LONGEST_TITLE
from rituals.company_texts import YEARS, scalar
from rituals.holidays import is_country

LONGEST_ADDRESS = 2000
DAYS = re.compile(r"(?P<first>\d{4}-\d{2}-\d{2})(?: to (?P<last>\d{4}-\d{2}-\d{2}))?(?: (?P<name>.+))?")


def _day_off(text: str) -> DayOff | None:
    found = DAYS.fullmatch(" ".join(text.split()))
    if not found:
        return None
    try:
        first = date.fromisoformat(found["first"])
        last = date.fromisoformat(found["last"]) if found["last"] else first
    except ValueError as error:
        raise ValueError("days that the calendar has") from error
    if last < first:
        raise ValueError(f"a last day that is not before {first}")
    if first.year not in YEARS or last.year not in YEARS:
        return None
    return DayOff(first, last, (found["name"] or "")[:LONGEST_TITLE].rstrip())


def _country(text: str) -> str | None:
    code = text.strip().upper()
    return code if is_country(code) else None


def _address(text: str) -> str | None:
    address = text.strip()
    try:
        parts = urlsplit(address)
        whole = bool(parts.scheme == "https" and parts.hostname and not parts.username and parts.port != 0)
    except ValueError:
        return None
    return address if whole and len(address) <= LONGEST_ADDRESS and not re.search(r"\s", address) else None


DaysOff = Annotated[
    DayOff, scalar('a day such as 2026-12-24 or "2026-12-24 to 2026-12-31", with a name after it if wanted', _day_off)
]
Country = Annotated[str, scalar("a country such as IT, or a region of it such as DE-BY", _country)]
Calendar = Annotated[str, scalar("the address of a calendar, starting with https://", _address)]
