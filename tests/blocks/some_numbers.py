"""Numbers, units and locales for the tests of numbers."""

from decimal import Decimal
from typing import Any

import pytest
from babel import Locale
from hypothesis import settings
from hypothesis import strategies as st

from blocks.numbers import read
from okr.errors import NumberProblem
from okr.measures import Unit, UnitKind

LOCALES = {name: Locale.parse(name) for name in ("en", "it", "de", "fr")}
SLACKS = ("en_US", "en_GB", "en_IN", "de_CH", "es_MX", "fr_CA", "hi_IN", "ja_JP", "ko_KR", "pl_PL", "pt_BR", "zh_CN")
"""Locales with ways of their own to group digits; two of them put those before the last three in pairs."""
COUNT = Unit()
PERCENT = Unit(UnitKind.PERCENT)
EURO = Unit(UnitKind.CURRENCY, "EUR")
DAYS = Unit(UnitKind.TEXT, "days")
UNITS = [
    COUNT,
    PERCENT,
    *(Unit(UnitKind.CURRENCY, code) for code in ("EUR", "USD", "GBP", "CHF", "NOK", "KWD", "JPY", "XOF", "CAD")),
    *(Unit(UnitKind.TEXT, word) for word in ("days", "", "m", "k", "mln", "m²", "% of users", "5-star reviews")),
]

locales = st.sampled_from(list(LOCALES.values()))
units = st.sampled_from(UNITS)
values = st.decimals(-(10**15) + 1, 10**15 - 1, places=6) | st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(-(10**7), 10**7), st.integers(0, 6)
)
small = st.decimals(-2000, 2000, places=3)
two_ways = st.from_regex(r"(\+|-|=-)?[1-9][0-9]{0,2}[.,][0-9]{3}( ?[kM])?", fullmatch=True)
relaxed = settings(deadline=None, max_examples=300)


def problem(text: str, name: str = "en", unit: Unit = COUNT, **known: Any) -> NumberProblem:
    with pytest.raises(NumberProblem) as caught:
        read(text, LOCALES[name], unit, **known)
    return caught.value


def is_canonical(value: Decimal) -> bool:
    text = str(value)
    bare = text.rstrip("0") == text if "." in text else True
    return value.is_finite() and "E" not in text and bare and text != "-0"
