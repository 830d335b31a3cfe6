"""Numbers as people read them, and as they stand in a field to be changed."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from babel import Locale
from hypothesis import example as given_example
from hypothesis import given
from hypothesis import strategies as st

from blocks.numbers import example, read, write, write_input
from okr.measures import Measure, MeasureKind, Unit, UnitKind
from tests.blocks.some_numbers import (
    COUNT,
    DAYS,
    EURO,
    LOCALES,
    PERCENT,
    SLACKS,
    is_canonical,
    locales,
    relaxed,
    units,
    values,
)


@dataclass(frozen=True)
class Written:
    value: str
    unit: Unit
    en: str
    it: str
    de: str
    fr: str


@pytest.mark.parametrize("name", LOCALES)
@pytest.mark.parametrize(
    "case",
    [
        Written("1234.5", COUNT, "1,234.5", "1.234,5", "1.234,5", "1\u202f234,5"),
        Written("-1200", COUNT, "-1,200", "-1.200", "-1.200", "-1\u202f200"),
        Written("1E+3", COUNT, "1,000", "1.000", "1.000", "1\u202f000"),
        Written("0.0000010", COUNT, "0.000001", "0,000001", "0,000001", "0,000001"),
        Written("0.12345678", COUNT, "0.123457", "0,123457", "0,123457", "0,123457"),
        Written("62", PERCENT, "62%", "62%", "62\u00a0%", "62\u00a0%"),
        Written("3.50", PERCENT, "3.5%", "3,5%", "3,5\u00a0%", "3,5\u00a0%"),
        Written("1200", EURO, "€1,200", "1.200\u00a0€", "1.200\u00a0€", "1\u202f200\u00a0€"),
        Written("1200.5", EURO, "€1,200.50", "1.200,50\u00a0€", "1.200,50\u00a0€", "1\u202f200,50\u00a0€"),
        Written("-3", EURO, "-€3", "-3\u00a0€", "-3\u00a0€", "-3\u00a0€"),
        Written("34", DAYS, "34 days", "34 days", "34 days", "34 days"),
        Written("34", Unit(UnitKind.TEXT), "34", "34", "34", "34"),
    ],
)
def test_a_value_is_written_the_readers_way(name: str, case: Written) -> None:
    assert write(Decimal(case.value), case.unit, LOCALES[name]) == getattr(case, name)


@pytest.mark.parametrize(
    ("value", "en", "it"),
    [
        ("1234567.5", "1234567.5", "1234567,5"),
        ("1.234", "1.234", "1,234"),
        ("-3.50", "-3.5", "-3,5"),
        ("1E+3", "1000", "1000"),
        ("-0", "0", "0"),
        ("0.12345678", "0.123457", "0,123457"),
    ],
)
def test_a_field_is_prefilled_without_groups_or_unit(value: str, en: str, it: str) -> None:
    assert write_input(Decimal(value), LOCALES["en"]) == en
    assert write_input(Decimal(value), LOCALES["it"]) == it


@pytest.mark.parametrize(
    ("unit", "last", "text"),
    [
        (COUNT, "118", "118"),
        (COUNT, None, "120"),
        (COUNT, "1234.5", "1.234,5"),
        (PERCENT, "35.9", "35,9%"),
        (EURO, "21500", "21.500\u00a0€"),
        (EURO, "8.4", "8,40\u00a0€"),
        (DAYS, "34", "34 days"),
    ],
)
def test_the_example_is_what_was_said_last_or_else_where_it_began(unit: Unit, last: str | None, text: str) -> None:
    measure = Measure(MeasureKind.DECREASE, unit, baseline=Decimal(120), target=Decimal(60))
    assert example(measure, None if last is None else Decimal(last), LOCALES["it"]) == text


@relaxed
@given(values, values, locales, units, st.booleans())
def test_the_example_can_be_typed(edge: Decimal, last: Decimal, locale: Locale, unit: Unit, answered: bool) -> None:
    shown = last if answered else None
    measure = Measure(MeasureKind.KEEP_WITHIN, unit, high=edge)
    assert read(example(measure, shown, locale), locale, unit, shown=shown) is not None


@relaxed
@given(values, locales, units)
@given_example(Decimal("1.234"), LOCALES["it"], COUNT)
@given_example(Decimal("-1.234"), LOCALES["en"], COUNT)
def test_a_prefilled_field_reads_back_exactly(value: Decimal, locale: Locale, unit: Unit) -> None:
    text = write_input(value, locale)
    assert read(text, locale, unit, shown=value) == value
    assert read(text, locale, unit, ever_negative=True) == value


@relaxed
@given(values, locales | st.sampled_from(SLACKS).map(Locale.parse), units)
@given_example(Decimal("1.5"), LOCALES["it"], Unit(UnitKind.CURRENCY, "KWD"))
@given_example(Decimal(100000), Locale.parse("en_IN"), COUNT)
@given_example(Decimal("-1234567.25"), Locale.parse("hi_IN"), EURO)
def test_what_is_written_for_people_reads_back(value: Decimal, locale: Locale, unit: Unit) -> None:
    again = read(write(value, unit, locale), locale, unit, shown=value)
    assert again == value
    assert is_canonical(again)
