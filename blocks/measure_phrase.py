"""What a key result measures, as people type it: from 31% to 45%, €1.2k → €2k, at most 60 min, tra 2 e 5 giorni, or
its steps, one to a line.

`read` and `say` go together: what is said reads back as the same measure.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from babel import Locale
from babel.numbers import get_territory_currencies

from blocks import numbers, numerals
from blocks.language import Language
from okr.errors import MeasureProblem, NumberProblem
from okr.measures import Measure, MeasureKind, Step, Unit, UnitKind

LONGEST_UNIT = 20
FIRST_CURRENCIES = ("EUR", "USD", "GBP", "CHF", "JPY", "CAD", "AUD")
"""What a sign such as $ stands for where the reader's own country does not decide."""

_START = r"(?:from|starting at|da|dal|dallo|dalla|dai|dalle|dall)[ ']+"
_TOWARDS = (
    r" ?(?:→|⇒|->|=>|>) ?",
    r" (?:up to|down to|to|fino a|a|al|ad|alla|allo) | all[' ]+",
    r"(?<=[^ ]) ?- ?(?=[^ ])",
)
_BETWEEN = (
    re.compile(r"(?:keep |stay |tieni |mantieni |resta )?(?:between|tra|fra) (?P<low>.+?) (?:and|to|e|a) (?P<high>.+)"),
    re.compile(r"(?:keep|stay|hold|within|tieni|mantieni|resta|entro) (?P<low>.+?) ?(?: to | a |-) ?(?P<high>.+)"),
)
_KEEP = r"(?:keep |stay |hold |tieni |mantieni |resta )?"
_THE = r"(?: il| lo| l'| i| la| le)?"
_LEAST = re.compile(
    rf"{_KEEP}(?:at least|above|over|not below|min\.?|>=|≥|almeno|sopra|oltre|minimo){_THE} ?(?P<one>.+)"
)
_MOST = re.compile(
    rf"{_KEEP}(?:at most|below|under|within|not above|max\.?|<=|≤|al massimo|sotto|entro|massimo){_THE} ?(?P<one>.+)"
)
_AMOUNT = re.compile(
    r"(?P<sign>-(?=[^0-9.,]))? ?(?P<head>[^0-9+=.,-]*)(?P<number>[+=-]*[.,]?[0-9][0-9., ']*)(?P<tail>.*)"
)
_SCALE = re.compile(r"(?P<scale>mln|mio|[km])\b\.? ?(?P<rest>.*)")
_LINES, _COMMAS = re.compile(r"[\n;]"), re.compile(r"[\n;]|,(?![0-9])")
_STEP = re.compile(r"(?P<title>.*?[^ (:=-])[ (:=-]+(?P<percent>[0-9]{1,3}) ?%\)?")
_BULLET = re.compile(r"^(?:[-*•–] +|[0-9]{1,2}[.)] +)")


@dataclass(frozen=True)
class _Amount:
    """A number with the unit it was written with, None where it has none of its own."""

    value: Decimal
    unit: Unit | None


def read(text: str, locale: Locale) -> Measure:
    """The one measure meant. Raises MeasureProblem with an example, and NumberProblem."""
    if not text.strip():
        raise MeasureProblem("measure.empty")
    said = numerals.written(text)
    if measure := _way(said, locale) or _corridor(said, locale):
        return measure
    if steps := _steps(_parts(text)):
        return Measure(MeasureKind.MILESTONE, Unit(UnitKind.PERCENT), steps=steps)
    if _amount(said, locale):
        raise MeasureProblem("measure.from_where", text=said)
    raise MeasureProblem("measure.unreadable", text=text)


def say(measure: Measure, language: Language) -> str:
    """A measure in words, as a person would type it."""
    if measure.is_milestone:
        return "\n".join(f"{step.title} {step.percent}%" for step in measure.steps)
    low, high = (measure.low, measure.high) if measure.is_corridor else (measure.baseline, measure.target)
    one, two = ("" if each is None else numbers.write(each, measure.unit, language.locale) for each in (low, high))
    if not measure.is_corridor:
        return language.plain("from {baseline} to {target}", baseline=one, target=two)
    if one and two:
        return language.plain("between {low} and {high}", low=one, high=two)
    return language.plain("at least {low}", low=one) if one else language.plain("at most {high}", high=two)


def _way(said: str, locale: Locale) -> Measure | None:
    plain = re.sub(rf"^{_START}", "", said, flags=re.IGNORECASE)
    for towards in _TOWARDS:
        for found in re.finditer(towards, plain, flags=re.IGNORECASE):
            pair = _pair(plain[: found.start()], plain[found.end() :], locale)
            if pair:
                baseline, target, unit = pair
                kind = MeasureKind.INCREASE if target > baseline else MeasureKind.DECREASE
                return Measure(kind, unit, baseline=baseline, target=target)
    return None


def _corridor(said: str, locale: Locale) -> Measure | None:
    folded = said.casefold()
    for pattern in _BETWEEN:
        found = pattern.fullmatch(folded)
        low, high = (said[slice(*found.span(name))] if found else "" for name in ("low", "high"))
        pair = _pair(low, high, locale)
        if pair:
            return Measure(MeasureKind.KEEP_WITHIN, pair[2], low=pair[0], high=pair[1])
    for pattern, side in ((_LEAST, "low"), (_MOST, "high")):
        found = pattern.fullmatch(folded)
        amount = _amount(said[slice(*found.span("one"))], locale) if found else None
        if amount:
            edges = {side: amount.value}
            return Measure(MeasureKind.KEEP_WITHIN, amount.unit or Unit(), low=edges.get("low"), high=edges.get("high"))
    return None


def _pair(one: str, two: str, locale: Locale) -> tuple[Decimal, Decimal, Unit] | None:
    """Two amounts of one unit; what only one of them names holds for both."""
    first, second = _amount(one, locale), _amount(two, locale)
    if first is None or second is None:
        return None
    if first.unit and second.unit and first.unit != second.unit:
        raise MeasureProblem("measure.two_units", first=one.strip(), second=two.strip())
    return first.value, second.value, first.unit or second.unit or Unit()


def _amount(text: str, locale: Locale) -> _Amount | None:
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        return None
    scaled = _SCALE.fullmatch(found["tail"].strip().casefold())
    scale, mark = (scaled["scale"], scaled["rest"]) if scaled and len(scaled["rest"]) < 5 else ("", "")
    mark = mark or ("" if scale else found["tail"].strip())
    head = found["head"].strip()
    if head and mark:
        return None
    unit = _unit(mark or head, locale)
    if unit is None or (head and unit.kind is UnitKind.TEXT):
        return None
    numeral = numerals.parse(f"{found['number'].strip()}{scale}", locale, Unit())
    if numeral is None:
        return None
    value, other = numeral.readings[0], numeral.readings[-1]
    if abs(value) < abs(other):  # 1,000 in a country where that is 1: nobody writes a goal with three decimals
        raise NumberProblem(
            "number.two_readings",
            text=found["number"].strip(),
            first=numbers.write_input(other, locale),
            second=numbers.write_input(value, locale),
        )
    return _Amount(-value if found["sign"] or "-" in numeral.sign else value, unit if mark or head else None)


def _unit(mark: str, locale: Locale) -> Unit | None:
    """The unit a mark stands for; a word is its own. None for what can be none."""
    if not mark:
        return Unit()
    if mark.casefold() in ("%", "percent"):
        return Unit(UnitKind.PERCENT)
    if codes := numerals.currencies(mark, locale):
        own = [code for code in get_territory_currencies(locale.territory) if code in codes] if locale.territory else []
        known = [*own, *(code for code in FIRST_CURRENCIES if code in codes), *sorted(codes)]
        return Unit(UnitKind.CURRENCY, known[0])
    is_word = len(mark) <= LONGEST_UNIT and mark[0].isalpha() and not any(char.isdigit() for char in mark)
    return Unit(UnitKind.TEXT, mark) if is_word else None


def _parts(text: str) -> list[str]:
    """Lines, or what commas part where each part has its share: a sentence may have a comma, too."""
    for parted in (_LINES, _COMMAS):
        parts = [_BULLET.sub("", " ".join(part.split())) for part in parted.split(text)]
        parts = [part for part in parts if part]
        if len(parts) > 1 and (parted is _LINES or all(_STEP.fullmatch(numerals.written(part)) for part in parts)):
            return parts
    return []


def _steps(parts: list[str]) -> tuple[Step, ...]:
    """Steps with the share each stands for, or without any: then they are spread evenly."""
    if not parts:
        return ()
    found = [_STEP.fullmatch(numerals.written(part)) for part in parts]
    if not any(found):
        return tuple(Step(part, round(100 * place / len(parts))) for place, part in enumerate(parts, start=1))
    steps = [Step(one["title"], int(one["percent"])) for one in found if one]
    rising = all(one.percent < two.percent for one, two in pairwise(steps))
    if len(steps) < len(parts) or not rising or steps[-1].percent != 100:
        raise MeasureProblem("measure.steps")
    return tuple(steps)
