"""Numbers the way people write them: read as the one number meant, written by the reader's locale.

What can be taken for two numbers is asked back rather than guessed (design, section 5, *Reading numbers*).
"""

from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import format_currency, format_decimal, format_percent, get_decimal_symbol

from blocks import numerals
from okr.errors import NumberProblem
from okr.measures import Measure, Unit, UnitKind

SAMPLE = Decimal("1234.5")
REMEMBERED = 4096
"""Values as they were written: a company says the same few again and again, and each takes Babel a while."""


def read(
    text: str,
    locale: Locale,
    unit: Unit,
    *,
    shown: Decimal | None = None,
    ever_negative: bool = False,
) -> Decimal:
    """Read what a person typed as a canonical Decimal: no exponent, no trailing zeros; `62 %` is 62.

    `shown` is the last value, which the form showed (None: never answered); `+2` is added to it. `ever_negative`
    says that this measure goes below zero, so that a minus is a value. A NumberProblem says what to mend.
    """
    if not numerals.plain(text):
        raise NumberProblem("number.empty")
    numeral = numerals.parse(text, locale, unit)
    if numeral is None:
        raise NumberProblem("number.unreadable", text=text, example=write_input(shown or SAMPLE, locale))
    value = numeral.readings[0]
    if numeral.sign == "+":
        return _added(text, numeral, locale, shown)
    if numeral.sign == "-" and value and not (ever_negative or (shown is not None and shown < 0)):
        raise _minus_or_less(text, value, locale, shown)
    if shown is not None:
        _refuse_two_readings(text, numeral, locale, near=-shown if numeral.sign else shown)
    return numerals.canonical(-value if numeral.sign else value)


@lru_cache(maxsize=REMEMBERED)
def write(value: Decimal, unit: Unit, locale: Locale) -> str:
    """Write a value for people: grouped, with its unit, with the decimals it has (6 at most)."""
    value = numerals.canonical(value)
    if unit.kind is UnitKind.PERCENT:
        return format_percent(value.scaleb(-2), locale=locale, decimal_quantization=False)
    if unit.kind is UnitKind.CURRENCY:
        return _money(value, unit.label, locale)
    number = format_decimal(value, locale=locale, decimal_quantization=False)
    return f"{number} {unit.label}".rstrip() if unit.kind is UnitKind.TEXT else number


def write_input(value: Decimal, locale: Locale) -> str:
    """Write a value as a text field is prefilled with it: no grouping, no unit. `read` gives it back."""
    return format(numerals.canonical(value), "f").replace(".", get_decimal_symbol(locale))


def example(measure: Measure, last: Decimal | None, locale: Locale) -> str:
    """An example of what may be typed: the last value, else one known of the measure, with its unit. A count that was
    always whole is no 1,234.5, and an example that looks like progress would put words into a mouth.
    """
    known = [one for one in (measure.baseline, measure.low, measure.high) if one is not None and one >= 0]
    return write(next(iter([*known, SAMPLE])) if last is None else last, measure.unit, locale)


def _added(text: str, numeral: numerals.Numeral, locale: Locale, shown: Decimal | None) -> Decimal:
    if shown is None:
        raise NumberProblem("number.relative_needs_last", text=text)
    _refuse_two_readings(text, numeral, locale, near=abs(shown))
    return numerals.fitting(shown + numeral.readings[0], text)


def _minus_or_less(text: str, amount: Decimal, locale: Locale, shown: Decimal | None) -> NumberProblem:
    """Ask back: `less` writes `amount` less than shown (None: no such value), `value` the negative number."""
    less = None if shown is None or amount > shown else _spelled(shown - amount, locale)
    spelled = _spelled(amount, locale)
    return NumberProblem("number.minus_or_less", text=text, amount=spelled, less=less, value=f"=-{spelled}")


def _refuse_two_readings(text: str, numeral: numerals.Numeral, locale: Locale, *, near: Decimal) -> None:
    """The locale decides between two readings, unless the other one is nearer the last value."""
    first, second = numeral.readings[0], numeral.readings[-1]
    if abs(second - near) < abs(first - near):
        one, other = (numeral.sign + _spelled(each, locale) for each in (first, second))
        raise NumberProblem("number.two_readings", text=text, first=one, second=other)


def _spelled(value: Decimal, locale: Locale) -> str:
    """Write a value so that it has one reading everywhere: four digits after a separator are no group."""
    text = write_input(value, locale)
    return f"{text}0" if numerals.has_two_readings(text) else text


def _money(value: Decimal, code: str, locale: Locale) -> str:
    """A whole amount has no decimals, any other at least its currency's."""
    pattern = locale.currency_formats["standard"].pattern
    whole = value == value.to_integral_value()
    return format_currency(
        value,
        code,
        pattern.replace(".00", "") if whole else pattern,
        locale=locale,
        currency_digits=not whole,
        decimal_quantization=False,
    ).strip()
