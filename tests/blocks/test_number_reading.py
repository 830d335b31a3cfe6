"""Numbers as people type them: read, refused, or asked back."""

from decimal import Decimal

import pytest
from babel import Locale

from blocks.numbers import read
from okr.errors import NumberProblem
from okr.measures import Unit, UnitKind
from tests.blocks.some_numbers import COUNT, DAYS, EURO, LOCALES, PERCENT, problem


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
