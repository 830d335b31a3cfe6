"""Numbers as people type them: each has the one meaning, or the field asks which one is meant."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from babel import Locale
from hypothesis import example as given_example
from hypothesis import given, settings
from hypothesis import strategies as st

from blocks.numbers import example, read, write, write_input
from okr.errors import NumberProblem
from okr.measures import Measure, MeasureKind, Unit, UnitKind

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


@pytest.mark.parametrize("name", LOCALES)
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", "7"),
        ("1000", "1000"),
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("1.50", "1.5"),
        ("1,2340", "1.234"),
        ("100", "100"),
        ("100,0", "100"),
        ("007", "7"),
        ("-0", "0"),
        ("0.0", "0"),
        ("5.", "5"),
        (".5", "0.5"),
        (",500", "0.5"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("01.000", "1"),
        ("1234.567", "1234.567"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1,234.567", "1234.567"),
        ("1.234,567", "1234.567"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("12 500", "12500"),
        ("12\u00a0500", "12500"),
        ("12\u202f500", "12500"),
        ("12\u2009500,25", "12500.25"),
        ("1 234.567", "1234.567"),
        ("1'000", "1000"),
        ("1’000’000.5", "1000000.5"),
        ("１２，５", "12.5"),
        ("\u200b42\u200e ", "42"),
        ("999999999999999.999999", "999999999999999.999999"),
        ("0,000001", "0.000001"),
        ("1.5000000000", "1.5"),
    ],
)
def test_a_number_with_one_reading_is_the_same_everywhere(name: str, text: str, value: str) -> None:
    assert str(read(text, LOCALES[name], COUNT)) == value
    assert str(read(text, LOCALES[name], COUNT, shown=Decimal("1.234"))) == value


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("en", "1.000", "1"),
        ("en", "1,000", "1000"),
        ("it", "1.000", "1000"),
        ("it", "1,000", "1"),
        ("de", "1.234", "1234"),
        ("de", "1,234", "1.234"),
        ("fr", "12.500", "12500"),
        ("fr", "12,500", "12.5"),
        ("it", "1.200k", "1200000"),
        ("en", "1.200k", "1200"),
    ],
)
def test_the_locale_decides_between_two_readings(name: str, text: str, value: str) -> None:
    assert str(read(text, LOCALES[name], COUNT)) == value
    assert str(read(text, LOCALES[name], COUNT, shown=Decimal(value))) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,00,000", "100000"),
        ("12,34,567.25", "1234567.25"),
        ("99,99,99,99,99,99,999", "999999999999999"),
        ("1,234", "1234"),
        ("1,234,567", "1234567"),
        ("1.234.567,5", "1234567.5"),
    ],
)
def test_digits_in_pairs_are_read_where_the_locale_writes_them_so(text: str, value: str) -> None:
    assert str(read(text, Locale.parse("en_IN"), COUNT)) == value


@pytest.mark.parametrize("text", ["1,0,000", "123,45,678", "0,00,000", "1.00.000", "1,00,00", "1,00,0000"])
def test_digits_in_other_groups_are_unreadable_there_too(text: str) -> None:
    with pytest.raises(NumberProblem):
        read(text, Locale.parse("en_IN"), COUNT)


@pytest.mark.parametrize("name", LOCALES)
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12k", "12000"),
        ("12K", "12000"),
        ("12 k", "12000"),
        ("1.2k", "1200"),
        ("1,25k", "1250"),
        ("1.234567899k", "1234.567899"),
        ("1.234567891m", "1234567.891"),
        ("3M", "3000000"),
        ("3m", "3000000"),
        ("3 mln", "3000000"),
        ("1,2 Mio.", "1200000"),
        ("1.2 mio", "1200000"),
    ],
)
def test_thousands_and_millions_may_be_shortened(name: str, text: str, value: str) -> None:
    assert str(read(text, LOCALES[name], COUNT)) == value


@pytest.mark.parametrize("name", LOCALES)
@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("62 %", PERCENT, "62"),
        ("62%", PERCENT, "62"),
        ("62", PERCENT, "62"),
        ("3,5 %", PERCENT, "3.5"),
        ("3.5\u202f％", PERCENT, "3.5"),
        ("%62", PERCENT, "62"),
        ("€1200", EURO, "1200"),
        ("€ 1200,50", EURO, "1200.5"),
        ("1200 €", EURO, "1200"),
        ("1200\u00a0€", EURO, "1200"),
        ("EUR 1200", EURO, "1200"),
        ("1200 eur", EURO, "1200"),
        ("€1.2M", EURO, "1200000"),
        ("12k€", EURO, "12000"),
        ("1,2 Mio. €", EURO, "1200000"),
        ("$1200", Unit(UnitKind.CURRENCY, "USD"), "1200"),
        ("$1200", Unit(UnitKind.CURRENCY, "CAD"), "1200"),
        ("CA$1200", Unit(UnitKind.CURRENCY, "CAD"), "1200"),
        ("£5", Unit(UnitKind.CURRENCY, "GBP"), "5"),
        ("34 days", DAYS, "34"),
        ("34 Days", DAYS, "34"),
        ("34days", DAYS, "34"),
        ("34", DAYS, "34"),
        ("3k days", DAYS, "3000"),
        ("34 m", Unit(UnitKind.TEXT, "m"), "34"),
        ("34 m", DAYS, "34000000"),
        ("34 5-star reviews", Unit(UnitKind.TEXT, "5-star reviews"), "34"),
    ],
)
def test_the_units_own_mark_may_stand_beside_the_number(name: str, text: str, unit: Unit, value: str) -> None:
    assert str(read(text, LOCALES[name], unit)) == value


def test_a_grouped_amount_follows_the_locale_with_its_sign_before_or_after() -> None:
    assert read("€1.200", LOCALES["it"], EURO) == 1200
    assert read("1.200 €", LOCALES["de"], EURO) == 1200
    assert read("€1,200", LOCALES["en"], EURO) == 1200
    assert problem("€1.200", "en", EURO, shown=Decimal(1100)).fields["second"] == "1200"


def test_kroner_are_not_thousands() -> None:
    assert read("1200 kr", Locale.parse("nb"), Unit(UnitKind.CURRENCY, "NOK")) == 1200


def test_the_dot_of_a_currency_is_not_a_decimal_sign() -> None:
    assert read("kr.1200", Locale.parse("da"), Unit(UnitKind.CURRENCY, "DKK")) == 1200
    assert problem("Rs.1200", unit=Unit(UnitKind.CURRENCY, "INR")).id == "number.unreadable"


@pytest.mark.parametrize("text", ["-3", "−3", "–3", "- 3", "－3", "=-3"])
def test_a_minus_is_a_value_where_values_go_below_zero(text: str) -> None:
    assert read(text, LOCALES["it"], COUNT, ever_negative=True) == -3
    assert read(text, LOCALES["it"], COUNT, shown=Decimal(-1)) == -3


@pytest.mark.parametrize("text", ["-€3", "€-3", "−3 €", "€ −3"])
def test_a_minus_may_stand_on_either_side_of_the_currency(text: str) -> None:
    assert read(text, LOCALES["en"], EURO, ever_negative=True) == -3


@pytest.mark.parametrize(
    ("text", "shown", "amount", "less"),
    [
        ("-2", "45", "2", "43"),
        ("−2", "45", "2", "43"),
        ("-45", "45", "45", "0"),
        ("-46", "45", "46", None),
        ("-2", None, "2", None),
        ("-0,5", "1.734", "0,5", "1,2340"),
        ("-1.000", "1200", "1000", "200"),
        ("-1k", "1200", "1000", "200"),
    ],
)
def test_a_minus_is_asked_back_where_nothing_was_ever_negative(
    text: str, shown: str | None, amount: str, less: str | None
) -> None:
    last = None if shown is None else Decimal(shown)
    asked = problem(text, "it", shown=last)
    assert asked.id == "number.minus_or_less"
    assert asked.fields == {"text": text, "amount": amount, "less": less, "value": f"=-{amount}"}


def test_the_first_value_below_zero_can_be_said() -> None:
    asked = problem("-3", shown=Decimal(45))
    assert read(str(asked.fields["value"]), LOCALES["en"], COUNT, shown=Decimal(45)) == -3


@pytest.mark.parametrize(
    ("text", "unit", "shown", "value"),
    [
        ("+2", COUNT, "45", "47"),
        ("+ 2", COUNT, "45", "47"),
        ("+0,5", COUNT, "45", "45.5"),
        ("+2 %", PERCENT, "60", "62"),
        ("+€5", EURO, "10", "15"),
        ("€+5", EURO, "10", "15"),
        ("+1k", COUNT, "45", "1045"),
        ("+2", COUNT, "-2", "0"),
        ("+1.000", COUNT, "50000", "51000"),
    ],
)
def test_a_plus_adds_to_the_value_shown(text: str, unit: Unit, shown: str, value: str) -> None:
    assert str(read(text, LOCALES["it"], unit, shown=Decimal(shown))) == value


@pytest.mark.parametrize(
    ("name", "text", "shown", "first", "second"),
    [
        ("en", "1.000", "900", "1", "1000"),
        ("it", "1.000", "1.2", "1000", "1"),
        ("it", "1,500", "1200", "1,5", "1500"),
        ("it", "1.234", "1", "1234", "1,2340"),
        ("en", "1,234", "1", "1234", "1.2340"),
        ("de", "1.234k", "1200", "1234000", "1234"),
        ("fr", "-1.500", "-2", "-1500", "-1,5"),
        ("it", "+1.000", "45", "+1000", "+1"),
        ("it", "=-1.500", "1", "=-1500", "=-1,5"),
    ],
)
def test_a_reading_nearer_the_last_value_than_the_locales_is_asked_about(
    name: str, text: str, shown: str, first: str, second: str
) -> None:
    asked = problem(text, name, shown=Decimal(shown))
    assert asked.id == "number.two_readings"
    assert asked.fields == {"text": text, "first": first, "second": second}


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


def is_canonical(value: Decimal) -> bool:
    text = str(value)
    bare = text.rstrip("0") == text if "." in text else True
    return value.is_finite() and "E" not in text and bare and text != "-0"


def both_readings(text: str, locale: Locale) -> tuple[Decimal, Decimal]:
    """What an ambiguous text can mean, the locale's reading first."""
    digits = text.lstrip("+-=").rstrip(" kM")
    sign = -1 if "-" in text else 1
    scale = sign * {"k": 10**3, "M": 10**6}.get(text[-1], 1)
    grouped = Decimal(digits.replace(",", "").replace(".", "")) * scale
    decimal = Decimal(digits.replace(",", ".")) * scale
    groups_first = (locale.language == "en") == ("," in digits)
    return (grouped, decimal) if groups_first else (decimal, grouped)
