"""How a number stands in a text field: its sign, its digits and separators, and the marks around them.

Both the Italian and the English way of grouping are known, so some numerals have two readings.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import get_decimal_symbol, list_currencies

from okr.errors import NumberProblem
from okr.measures import Unit, UnitKind

WHOLE_DIGITS, DECIMALS = 15, 6
SCALES = {"": 0, "k": 3, "m": 6, "mln": 6, "mio": 6}

_SAME_CHARACTER = ("<wide>", "<narrow>", "<small>", "<noBreak>", "<font>")  # not <super>: 5² is not 52
_LOOKALIKES = {"−": "-", "–": "-", "’": "'", "‘": "'", "ʼ": "'"}

# [sign] [mark] [sign] number [scale and mark]; a separator may begin the number, but not in "Rs.1200"
_SHAPE = re.compile(
    r"(?P<sign>=?-|\+)? ?(?P<head>[^0-9+=-]*?) ?(?P<late_sign>[+-])? ?"
    r"(?P<number>(?:(?<![^ +-])[.,])?[0-9][0-9., ']*?) ?(?P<tail>[^0-9., '].*)?"
)
_SCALED = re.compile(r"(?:(?P<word>mln|mio)\.?|(?P<letter>[km])) ?(?P<mark>.*)")
_GROUPED = re.compile(
    r"(?P<whole>[1-9][0-9]{0,2}(?P<group>[., '])[0-9]{3}(?:(?P=group)[0-9]{3})*)"
    r"(?:(?!(?P=group))[.,](?P<fraction>[0-9]+))?"
)
# the last three digits together and those before in pairs, as in 12,34,567: only where the reader's locale does so
_PAIRED = re.compile(r"(?P<whole>[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3})(?:\.(?P<fraction>[0-9]+))?")
_PAIRS = (3, 2)
_DECIMAL = re.compile(r"(?P<whole>[0-9]*)(?:(?P<separator>[.,])(?P<fraction>[0-9]*))?")


@dataclass(frozen=True)
class Numeral:
    """A sign ("", "+", "-", or "=-" for a minus that is meant) and one or two readings, the locale's first."""

    sign: str
    readings: tuple[Decimal, ...]


def parse(text: str, locale: Locale, unit: Unit) -> Numeral | None:
    """Take a typed number apart; None when it is none. A mark of another unit is a NumberProblem."""
    shape = _SHAPE.fullmatch(_without_word(plain(text), unit))
    if shape is None or (shape["sign"] and shape["late_sign"]):
        return None
    scale, mark = _scale_and_mark(shape["tail"] or "", locale, unit)
    if not all(_belongs(each, text, locale, unit) for each in (shape["head"], mark) if each):
        return None
    readings = _readings(shape["number"], SCALES[scale], locale)
    sign = shape["sign"] or shape["late_sign"] or ""
    return Numeral(sign, tuple(fitting(reading, text) for reading in readings)) if readings else None


def plain(text: str) -> str:
    """Write every kind of space, dash, apostrophe and digit in one way, in small letters."""
    return written(text).casefold()


def written(text: str) -> str:
    """The same with its capitals."""
    return " ".join("".join(map(_plain_character, unicodedata.normalize("NFC", text))).split())


def currencies(mark: str, locale: Locale) -> frozenset[str]:
    """The codes of the currencies a sign, a code or a symbol may stand for."""
    return _currencies(locale).get(plain(mark), frozenset())


def fitting(value: Decimal, text: str) -> Decimal:
    """Give the canonical value, or say that it is longer than what is kept."""
    whole, _, fraction = format(value.copy_abs(), "f").partition(".")
    if len(whole.lstrip("0")) > WHOLE_DIGITS or len(fraction.rstrip("0")) > DECIMALS:
        raise NumberProblem("number.too_long", text=text, whole=WHOLE_DIGITS, decimals=DECIMALS)
    return canonical(value)


def canonical(value: Decimal) -> Decimal:
    """The one Decimal for a value: at most 6 decimals, no exponent, no trailing zeros, no negative zero."""
    if -int(value.as_tuple().exponent) > DECIMALS:
        value = round(value, DECIMALS)
    whole, _, fraction = format(value, "f").partition(".")
    return Decimal(f"{whole}.{fraction}".rstrip("0").rstrip(".")) if value else Decimal(0)


def has_two_readings(text: str) -> bool:
    """True for digits that one convention groups and the other divides, such as `1.234`."""
    return bool(_DECIMAL.fullmatch(text) and _GROUPED.fullmatch(text))


def _plain_character(character: str) -> str:
    if character.isspace():
        return " "
    if unicodedata.category(character) == "Cf":  # direction marks, zero-width joiners
        return ""
    if unicodedata.decomposition(character).startswith(_SAME_CHARACTER):
        character = unicodedata.normalize("NFKC", character)
    return _LOOKALIKES.get(character, character)


def _without_word(typed: str, unit: Unit) -> str:
    """Drop the unit's own word. It goes before scales: `34 m` is 34 when the unit is m."""
    word = plain(unit.label) if unit.kind is UnitKind.TEXT else ""
    if not word or not typed.endswith(word):
        return typed
    rest = typed.removesuffix(word)
    stands_apart = rest.endswith(" ") or (rest[-1:].isdigit() and not word[0].isdigit())
    return rest.rstrip() if stands_apart else typed


def _scale_and_mark(tail: str, locale: Locale, unit: Unit) -> tuple[str, str]:
    """Tell `k €` from `kr`: what is a currency's mark as a whole has no scale."""
    scaled = _SCALED.fullmatch(tail)
    if scaled is None or (unit.kind is UnitKind.CURRENCY and tail in _currencies(locale)):
        return "", tail
    return scaled["word"] or scaled["letter"], scaled["mark"]


def _belongs(mark: str, text: str, locale: Locale, unit: Unit) -> bool:
    """True when the mark is the unit's own, False when it is nothing known; another unit's is a problem."""
    if mark == "%" and unit.kind is not UnitKind.PERCENT:
        raise NumberProblem("number.percent_on_other_unit", text=text)
    if unit.kind is not UnitKind.CURRENCY:
        return mark == "%"
    codes = _currencies(locale).get(mark, frozenset())
    if unit.label.upper() in codes or mark == plain(unit.label):
        return True
    if codes:
        raise NumberProblem("number.wrong_currency", text=text, expected=unit.label)
    return False


@lru_cache(maxsize=64)
def _currencies(locale: Locale) -> dict[str, frozenset[str]]:
    """What each code and symbol may stand for; a bare $ is any dollar's, since people at home write it so."""
    marks: dict[str, set[str]] = {plain(code): {code} for code in list_currencies()}
    for symbols in (Locale("en").currency_symbols, locale.currency_symbols):
        for code, symbol in symbols.items():
            bare = [sign for sign in symbol if unicodedata.category(sign) == "Sc"]
            for mark in (symbol, *bare):
                marks.setdefault(plain(mark), set()).add(code)
    return {mark: frozenset(codes) for mark, codes in marks.items()}


def _readings(number: str, power: int, locale: Locale) -> list[Decimal]:
    grouped, decimal = _GROUPED.fullmatch(number), _DECIMAL.fullmatch(number)
    if locale.decimal_formats[None].grouping == _PAIRS:
        grouped = grouped or _PAIRED.fullmatch(number)
    decimal_first = decimal is not None and decimal["separator"] == get_decimal_symbol(locale)
    ways = (decimal, grouped) if decimal_first else (grouped, decimal)
    return [_shifted(re.sub("[., ']", "", way["whole"]), way["fraction"] or "", power) for way in ways if way]


def _shifted(whole: str, fraction: str, power: int) -> Decimal:
    """Move the decimal sign within the digits: arithmetic would round long ones."""
    fraction = fraction.ljust(power, "0")
    return Decimal(f"{whole}{fraction[:power]}.{fraction[power:]}")
