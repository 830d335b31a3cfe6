"""Public holidays where people are: the `holidays` library, and the country that a time zone lies in."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache
from importlib import resources

import holidays

from okr.goals import Person

MOST_YEARS = range(2000, 2101)


def is_holiday(person: Person, day: date) -> bool:
    """Whether it is a public holiday where the person is. Nobody has one where the country is not known."""
    return bool(_name(country_of(person), day, ""))


def holiday_name(person: Person, day: date, language: str) -> str:
    """What the holiday is called, in the language where the library has it; empty when it is none."""
    return _name(country_of(person), day, language)


def country_of(person: Person) -> str:
    """The person's own country, or else that of their zone; empty for a zone in none, such as UTC."""
    return person.country or _countries().get(person.zone, "")


def is_country(code: str) -> bool:
    """Whether the holidays of a country (IT), or of a region of it (DE-BY), are known."""
    return _known(code) is not None


@lru_cache(maxsize=20_000)
def _name(code: str, day: date, language: str) -> str:
    if not is_country(code) or day.year not in MOST_YEARS:
        return ""
    return _year(code, day.year, language).get(day, "")


@lru_cache(maxsize=1000)
def _year(code: str, year: int, language: str) -> dict[date, str]:
    country, _, region = code.partition("-")
    spoken = _spoken(code, language)
    return dict(holidays.country_holidays(country, subdiv=region or None, years=year, expand=False, language=spoken))


@cache
def _spoken(code: str, language: str) -> str | None:
    """The library's word for a language: it wants it_IT where one would say it, and is silent about what it lacks."""
    known = _known(code)
    assert known is not None  # noqa: S101 - asked of known countries alone
    spoken = sorted(known.supported_languages)
    wanted = [one for one in spoken if one.partition("_")[0] == language]
    english = [one for one in spoken if one.startswith("en")]
    return next(iter([*wanted, *(english if language else [])]), known.default_language)


@cache
def _known(code: str) -> holidays.HolidayBase | None:
    country, _, region = code.partition("-")
    if not re.fullmatch("[A-Z]{2}", country):
        return None
    try:
        return holidays.country_holidays(country, subdiv=region or None)
    except NotImplementedError:
        return None


@cache
def _countries() -> dict[str, str]:
    """The country of every zone that lies in one, old names of zones included."""
    files = resources.files("tzdata").joinpath("zoneinfo")
    found = {}
    for line in _lines(files.joinpath("zone.tab").read_text(encoding="utf-8")):
        country, _, zone, *_ = line.split("\t")
        found[zone] = country
    for line in _lines(files.joinpath("tzdata.zi").read_text(encoding="utf-8")):
        kind, *words = line.split(" ")
        if kind == "L" and words[1] not in found and words[0] in found:
            found[words[1]] = found[words[0]]
    return found


def _lines(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line and not line.startswith("#"))
