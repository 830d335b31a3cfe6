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
    return _is_holiday(country_of(person), day)


def country_of(person: Person) -> str:
    """The person's own country, or else that of their zone; empty for a zone in none, such as UTC."""
    return person.country or _countries().get(person.zone, "")


def is_country(code: str) -> bool:
    """Whether the holidays of a country (IT), or of a region of it (DE-BY), are known."""
    return _known(code) is not None


@lru_cache(maxsize=20_000)
def _is_holiday(code: str, day: date) -> bool:
    return is_country(code) and day.year in MOST_YEARS and day in _year(code, day.year)


@lru_cache(maxsize=1000)
def _year(code: str, year: int) -> frozenset[date]:
    country, _, region = code.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=region or None, years=year, expand=False))


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
