"""What cannot be read as a number is refused with a way to mend it."""

from decimal import Decimal

import pytest

from okr.measures import Unit, UnitKind
from tests.blocks.some_numbers import COUNT, DAYS, EURO, LOCALES, problem


@pytest.mark.parametrize("name", LOCALES)
@pytest.mark.parametrize(
    "text",
    [
        *("1.23.456", "1,23,456", "1.234.56", "1.234,567.8", "1.5,5", "0.123.456", "0 125", "12 50", "3 4"),
        *("1,234.", "1 '000", "1. 000", "5 ,", "..5", "1.234.567.", "1_000", "½", "5½", "5²", "①", "٣"),
        *("NaN", "nan", "inf", "-Infinity", "1e3", "1E+3", "0x10", "--3", "+-3", "-+3", "5-", "(3)", "5-7", "5+5"),
        *("-", "+", "=", "=5", "abc", "%", "€", "days", "34 days", "34 weeks", "12kk", "12 bn", "€1200", "12 EUR"),
    ],
)
def test_what_is_no_number_is_unreadable(name: str, text: str) -> None:
    refused = problem(text, name, shown=Decimal(45), ever_negative=True)
    assert (refused.id, refused.fields) == ("number.unreadable", {"text": text, "example": "45"})


@pytest.mark.parametrize(("text", "unit"), [("34 weeks", DAYS), ("34 mm", Unit(UnitKind.TEXT, "m"))])
def test_another_word_than_the_units_is_unreadable(text: str, unit: Unit) -> None:
    assert problem(text, "it", unit).fields == {"text": text, "example": "1234,5"}


@pytest.mark.parametrize("text", ["", " ", "\u00a0\u202f", "\u200b"])
def test_an_empty_field_says_so(text: str) -> None:
    assert problem(text).id == "number.empty"


@pytest.mark.parametrize("unit", [COUNT, EURO, DAYS])
@pytest.mark.parametrize("text", ["62 %", "%62", "+2 %", "-2%"])
def test_percent_on_another_unit_is_refused(unit: Unit, text: str) -> None:
    refused = problem(text, unit=unit, shown=Decimal(45))
    assert (refused.id, refused.fields) == ("number.percent_on_other_unit", {"text": text})


@pytest.mark.parametrize("text", ["$1200", "1200 USD", "GBP 1200", "1200£", "12k $"])
def test_another_currency_is_refused(text: str) -> None:
    refused = problem(text, "it", EURO)
    assert (refused.id, refused.fields) == ("number.wrong_currency", {"text": text, "expected": "EUR"})


def test_a_plus_with_nothing_shown_is_refused() -> None:
    assert problem("+2").id == "number.relative_needs_last"


@pytest.mark.parametrize(
    "text",
    ["1" * 16, "1" * 5000, "0.1234567", "1.2345678991k", "1000000000000k", f"1.{'0' * 40}1k", "+999999999999999"],
)
def test_longer_numbers_than_are_kept_are_refused(text: str) -> None:
    refused = problem(text, shown=Decimal(45))
    assert (refused.id, refused.fields) == ("number.too_long", {"text": text, "whole": 15, "decimals": 6})
