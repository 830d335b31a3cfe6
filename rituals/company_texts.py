"""How the single texts of a company file are read: each kind of value from the text it stands as."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated
from zoneinfo import available_timezones

from babel.numbers import is_currency
from pydantic import PlainValidator

from okr.definitions import LONGEST_TITLE
from okr.measures import Unit, UnitKind
from okr.recurrence import LAST, Occasion
from rituals.company_marks import nearest, quoted, shown

LONGEST_TEXT, LONGEST_KEY, LONGEST_UNIT = 3000, 100, 30
MOST_DIGITS = 28  # as many as decimal arithmetic keeps
YEARS = range(2000, 2101)
MOST_COUNTED = 20
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": LAST}
SYMBOLS = {"€": "EUR", "£": "GBP", "$": "USD", "¥": "JPY", "₹": "INR"}
MACHINE_ZONES = {"Factory", "localtime"}  # in the zone database, but no place


def scalar(expected: str, read: Callable[[str], object]) -> PlainValidator:
    """A field read from text. `read` gives None, or raises ValueError in words, when the text is none of its kind."""

    def check(value: object) -> object:
        found = read(value) if isinstance(value, str) else None
        if found is None:
            raise ValueError(expected)
        return found

    return PlainValidator(check)


def choice(words: Mapping[str, object]) -> PlainValidator:
    *most, last = words
    return scalar(f"{', '.join(most)} or {last}", lambda text: words.get(_folded(text)))


def options(kind: type[StrEnum]) -> PlainValidator:
    return choice({member.value: member for member in kind})


def slug(title: str) -> str:
    """A key made of a title: small letters, digits and hyphens; "" when it has none."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _text(longest: int, *, least: int = 1, lines: bool = False) -> Callable[[str], str | None]:
    def read(text: str) -> str | None:
        clean = text.strip() if lines else " ".join(text.split())
        if any(unicodedata.category(char) == "Cc" and char not in "\n\t" for char in clean):
            raise ValueError("a text without control characters")
        return clean if least <= len(clean) <= longest else None

    return read


def _key(text: str) -> str | None:
    return text if re.fullmatch(r"[a-z0-9][a-z0-9-]*", text) and len(text) <= LONGEST_KEY else None


def _number(text: str) -> Decimal | None:
    plain = text.strip().replace("\u2212", "-")
    if re.fullmatch(r"[+-]?[0-9][0-9_]*(\.[0-9]+)?", plain):
        if sum(map(str.isdigit, plain)) > MOST_DIGITS:
            raise ValueError(f"a number of at most {MOST_DIGITS} digits")
        return Decimal(plain.replace("_", ""))
    if comma := re.fullmatch(r"([+-]?[0-9]+),([0-9]+)", plain):
        whole, rest = shown(comma[1]), shown(comma[2])
        raise ValueError(f"a number (write {whole}.{rest}" + (f" or {whole}{rest})" if len(rest) == 3 else ")"))
    if share := re.fullmatch(r"([+-]?[0-9.]+) ?%", plain):
        raise ValueError(f'a number (write {shown(share[1])}, and unit: "%")')
    return None


def _weight(text: str) -> Decimal | None:
    found = _number(text)
    return found if found is not None and found > 0 else None


def _whole(least: int, most: int) -> Callable[[str], int | None]:
    return lambda text: int(text) if re.fullmatch(r"[0-9]{1,3}", text) and least <= int(text) <= most else None


def _span(text: str) -> tuple[int, int] | None:
    found = re.fullmatch(r"([0-9]{1,2}) ?[-–] ?([0-9]{1,2})", text.strip())
    if not found:
        return None
    fewest, most = int(found[1]), int(found[2])
    return (fewest, most) if 1 <= fewest <= most <= MOST_COUNTED else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError as error:
        raise ValueError("a day that the calendar has") from error
    return day if day and day.year in YEARS else None


def _hour(text: str) -> time | None:
    found = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})", text)
    return time(int(found[1]), int(found[2])) if found and int(found[1]) < 24 and int(found[2]) < 60 else None


def _occasion(text: str) -> Occasion | None:
    *ordinal, weekday = _folded(text).split() or [""]
    if weekday not in WEEKDAYS or len(ordinal) > 1 or not set(ordinal) <= set(ORDINALS):
        return None
    return Occasion(WEEKDAYS.index(weekday), ORDINALS[ordinal[0]] if ordinal else None)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones() - MACHINE_ZONES)


def _zone(text: str) -> str | None:
    if text in _zones():
        return text
    place = text[:60].replace(" ", "_").casefold()
    near = [zone for zone in sorted(_zones()) if zone.casefold().endswith(f"/{place}")] or nearest(text, _zones())
    raise ValueError(f"a zone such as Europe/Rome{f' (did you mean {quoted(near[0])}?)' if near else ''}")


def read_unit(text: str) -> Unit | None:
    """A unit by its word; None where it is none. Raises ValueError for the sign of a currency."""
    word = " ".join(text.split())
    if word in SYMBOLS:
        raise ValueError(f"a currency by its code (write {SYMBOLS[word]})")
    if word.casefold() in ("number", "%", "percent"):
        return Unit(UnitKind.NUMBER if word.casefold() == "number" else UnitKind.PERCENT)
    if re.fullmatch(r"[A-Z]{3}", word) and is_currency(word):
        return Unit(UnitKind.CURRENCY, word)
    label = _text(LONGEST_UNIT)(text)
    return Unit(UnitKind.TEXT, label) if label else None


_KEY = 'a key of small letters, digits and hyphens, such as "growth"'
Key = Annotated[str, scalar(_KEY, _key)]
Title = Annotated[str, scalar(f"a title of 1 to {LONGEST_TITLE} characters", _text(LONGEST_TITLE))]
Name = Annotated[str, scalar(f"a name of 1 to {LONGEST_TITLE} characters", _text(LONGEST_TITLE))]
Line = Annotated[str, scalar(f"a line of 1 to {LONGEST_TEXT:,} characters", _text(LONGEST_TEXT))]
Prose = Annotated[
    str, scalar(f"a text of at most {LONGEST_TEXT:,} characters", _text(LONGEST_TEXT, least=0, lines=True))
]
SlackName = Annotated[str, scalar('a Slack id, an e-mail or a display name ("@" needs quotes)', _text(LONGEST_TITLE))]
ChannelName = Annotated[str, scalar('a channel ("#" needs quotes: "#growth")', _text(LONGEST_TITLE))]
PersonKey = Annotated[str, scalar("the key of a person", str)]
TeamKey = Annotated[str, scalar("the key of a team", str)]
CycleKey = Annotated[str, scalar("the key of a cycle", str)]
GoalKey = Annotated[str, scalar("the key of an objective or a key result", str)]
Number = Annotated[Decimal, scalar("a number", _number)]
Weight = Annotated[Decimal, scalar("a number above 0", _weight)]
Percent = Annotated[int, scalar("a whole number from 0 to 100", _whole(0, 100))]
Priority = Annotated[int, scalar("a whole number from 1 (first) to 99", _whole(1, 99))]
Reminders = Annotated[int, scalar("0, 1 or 2", _whole(0, 2))]
Count = Annotated[int, scalar(f"a whole number from 1 to {MOST_COUNTED}", _whole(1, MOST_COUNTED))]
Span = Annotated[tuple[int, int], scalar(f"from how many to how many, such as 3-5 (at most {MOST_COUNTED})", _span)]
YesNo = Annotated[bool, scalar("true or false", {"true": True, "yes": True, "false": False, "no": False}.get)]
Day = Annotated[date, scalar("a date such as 2026-10-01", _day)]
Hour = Annotated[time, scalar("a time such as 09:00", _hour)]
Zone = Annotated[str, scalar("a zone such as Europe/Rome", _zone)]
Language = Annotated[str, choice({"en": "en", "it": "it"})]
Weekday = Annotated[int, choice({name: number for number, name in enumerate(WEEKDAYS)})]
On = Annotated[Occasion, scalar('a weekday such as monday, or "last friday" in a monthly rhythm', _occasion)]
Every = Annotated[str, choice({"week": "week", "2 weeks": "2 weeks", "month": "month"})]
UnitWord = Annotated[
    Unit, scalar(f"number, %, a currency code or a word of at most {LONGEST_UNIT} characters", read_unit)
]
