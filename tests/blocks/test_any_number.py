"""Whatever is typed for a number, it has one reading, or a problem that can be mended."""

from decimal import Decimal

import pytest
from babel import Locale
from hypothesis import example as given_example
from hypothesis import given
from hypothesis import strategies as st

from blocks.numbers import read
from okr.errors import NumberProblem
from okr.measures import Unit
from tests.blocks.some_numbers import (
    COUNT,
    LOCALES,
    is_canonical,
    locales,
    problem,
    relaxed,
    small,
    two_ways,
    units,
    values,
)


@relaxed
@given(two_ways, locales, small)
def test_two_readings_are_asked_about_exactly_when_the_locales_is_farther_from_the_last_value(
    text: str, locale: Locale, shown: Decimal
) -> None:
    first, second = both_readings(text, locale)
    last = abs(shown) if text.startswith("+") else shown
    if abs(second - last) < abs(first - last):
        assert problem(text, locale.language, shown=shown, ever_negative=True).id == "number.two_readings"
    else:
        value = read(text, locale, COUNT, shown=shown, ever_negative=True)
        assert value == (shown + first if text.startswith("+") else first)


@relaxed
@given(two_ways, locales, locales, small | values)
@given_example("1.000", LOCALES["it"], LOCALES["en"], Decimal(1000))
@given_example("1.234", LOCALES["it"], LOCALES["en"], Decimal(1000))
@given_example("1.234", LOCALES["it"], LOCALES["it"], Decimal(1234))
def test_every_spelling_offered_for_two_readings_reads_back_anywhere(
    text: str, locale: Locale, elsewhere: Locale, shown: Decimal
) -> None:
    claimed = both_readings(text, locale)
    near_second = abs(claimed[1]) if text.startswith("+") else claimed[1]
    asked = problem(text, locale.language, shown=near_second, ever_negative=True)
    assert asked.id == "number.two_readings"
    for spelling, claim in zip((asked.fields["first"], asked.fields["second"]), claimed, strict=True):
        expected = shown + claim if text.startswith("+") else claim
        if abs(expected) < 10**15:
            assert read(str(spelling), elsewhere, COUNT, shown=shown, ever_negative=True) == expected


@relaxed
@given(st.text(), locales, units, st.none() | values, st.booleans())
def test_nothing_but_a_number_problem_is_ever_raised(
    text: str, locale: Locale, unit: Unit, shown: Decimal | None, ever_negative: bool
) -> None:
    read_or_refuse(text, locale, unit, shown, ever_negative)


@relaxed
@given(
    st.text(alphabet="0123456789.,' +-−=%€$kKmlnioeEx\u00a0\u202f５²", min_size=1, max_size=12),
    locales,
    units,
    st.none() | values,
    st.booleans(),
)
def test_no_text_like_a_number_gives_a_nan_an_infinity_or_an_exponent(
    text: str, locale: Locale, unit: Unit, shown: Decimal | None, ever_negative: bool
) -> None:
    read_or_refuse(text, locale, unit, shown, ever_negative)


@pytest.mark.parametrize("piece", ["1", "1 ", ".", "1.", "1.000.", " ", "k", "$", "-", "+.", "a ", "1k "])
def test_a_field_full_of_rubbish_is_refused_at_once(piece: str) -> None:
    assert problem(piece * 3000).id.startswith("number.")


def read_or_refuse(text: str, locale: Locale, unit: Unit, shown: Decimal | None, ever_negative: bool) -> None:
    try:
        value = read(text, locale, unit, shown=shown, ever_negative=ever_negative)
    except NumberProblem:
        return
    assert is_canonical(value)


def both_readings(text: str, locale: Locale) -> tuple[Decimal, Decimal]:
    """What an ambiguous text can mean, the locale's reading first."""
    digits = text.lstrip("+-=").rstrip(" kM")
    sign = -1 if "-" in text else 1
    scale = sign * {"k": 10**3, "M": 10**6}.get(text[-1], 1)
    grouped = Decimal(digits.replace(",", "").replace(".", "")) * scale
    decimal = Decimal(digits.replace(",", ".")) * scale
    groups_first = (locale.language == "en") == ("," in digits)
    return (grouped, decimal) if groups_first else (decimal, grouped)
