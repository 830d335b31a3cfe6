"""Strings that must read as something: a link, a date, a time, a zone, a number."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from playground.blockkit.rules import FINE, Found, Rule, Surface, every, fault, string

URL_LENGTH = 3000
OTHER_PICTURES = (".svg", ".webp", ".avif", ".heic", ".bmp", ".tif", ".tiff", ".ico", ".pdf")

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"\d{2}:\d{2}", re.ASCII)
_INTEGER = re.compile(r"-?\d+", re.ASCII)
_DECIMAL = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")


def is_web_address(value: str) -> bool:
    """Whether it is an http or https address with a host and without spaces."""
    if any(sign.isspace() for sign in value):
        return False
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host)


def is_date(value: str) -> bool:
    return bool(_DATE.fullmatch(value)) and _reads(date.fromisoformat, value)


def is_time(value: str) -> bool:
    return bool(_TIME.fullmatch(value)) and _reads(time.fromisoformat, value)


def is_zone(value: str) -> bool:
    return value in _zones()


def is_color(value: str) -> bool:
    return bool(_COLOR.fullmatch(value))


def as_number(value: str, *, decimal: bool) -> Decimal | None:
    """The number a `number_input` string stands for: no exponent, no thousands separator."""
    pattern = _DECIMAL if decimal else _INTEGER
    return Decimal(value) if pattern.fullmatch(value) else None


def formatted(reads: Callable[[str], bool], message: str, longest: int | None = None) -> Rule:
    """A string that `reads` as what it should be."""
    plain = string(longest)

    def check(value: Any, surface: Surface) -> Found:
        return plain(value, surface) or (FINE if reads(value) else fault(message))

    return check


def is_picture(value: str) -> bool:
    """Whether a web address may be that of a png, jpg or gif: any may that does not end like another kind."""
    return not urlsplit(value).path.lower().endswith(OTHER_PICTURES)


URL = formatted(is_web_address, "must be a valid http or https URL", URL_LENGTH)
PICTURE = every(URL, formatted(is_picture, "must be a png, jpg, jpeg or gif"))
DATE = formatted(is_date, "must be a real date in the format YYYY-MM-DD")
TIME = formatted(is_time, "must be a real time in the format HH:mm")
ZONE = formatted(is_zone, "must be a timezone of the IANA database")
COLOR = formatted(is_color, "must be a hex color such as #F405B3")


def _reads(parse: Callable[[str], object], value: str) -> bool:
    try:
        parse(value)
    except ValueError:
        return False
    return True


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
