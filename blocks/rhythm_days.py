"""The days in what is left of a phrase: every second Monday, the last Friday of the month, il lunedì e il giovedì."""

import re
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from blocks.phrase_words import NUMBER, NUMBERS, ORDINAL, ORDINALS, WEEKDAY, WEEKDAYS, number
from okr.errors import RhythmProblem
from okr.recurrence import LAST, MOST_WEEKS, Every, Occasion, recurrence
from okr.recurrence import ORDINALS as KNOWN_ORDINALS


@dataclass(frozen=True)
class Days:
    """None stands for what was not said; `days` may be empty where only weeks or months were named."""

    every: Every | None = None
    interval: int | None = None
    days: tuple[Occasion, ...] = ()


_WEEKS = r"(?:weeks?|settiman[ae])"
_WORKING = " and ".join(("monday", "tuesday", "wednesday", "thursday", "friday"))
_SHAPES = (
    # what people write, and the one shape it stands for
    (rf"(?:from |da |dal )?\b({WEEKDAY}) ?(?:to|through|thru|until|-|a|al) ?({WEEKDAY})\b", "{range}"),
    (r"\b(?:working days?|work ?days?|week ?days?|business days?|giorn[oi] lavorativ[oi])\b", _WORKING),
    (r"\b(?:(?:of|in) )?(?:the|each|every|a|once a|per) month\b|\bof month\b|\bmonthly\b", "{month}"),
    (r"\b(?:(?:(?:del|nel|al|di ogni|ogni|una volta al) mese)|mensile|mensilmente|tutti i mesi)\b", "{month}"),
    (r"\b(?:a )?(?:settimane alterne|alternate weeks)\b", "{weeks:2}"),
    (rf"\b(?:once |una volta )?(?:every|each|ogni) (?:other|alternate|altra) {_WEEKS}\b", "{weeks:2}"),
    (rf"\b(?:once |una volta )?(?:every|each|ogni) ({ORDINAL}) {_WEEKS}\b", "{weeks:ordinal}"),
    (rf"\b(?:once |una volta )?(?:every|each|ogni) ({NUMBER}) {_WEEKS}\b", "{weeks:number}"),
    (rf"\b(?:every|each|ogni|tutte le|once a|a|per|una volta alla|alla) {_WEEKS}\b", "{weeks:1}"),
    (r"\b(?:weekly|settimanale|settimanalmente)\b", "{weeks:1}"),
    (r"\b(?:fortnightly|bi-?weekly|(?:every|each) fortnight|quindicinale)\b", "{weeks:2}"),
    (r"\bogni (?:15|quindici|quattordici) giorni\b", "{weeks:2}"),
    (r"\b(?:una )?settimana si,? (?:e )?(?:una )?(?:settimana )?no\b", "{weeks:2}"),
    (r"\b(?:every|each|ogni) (\d{1,3}) (?:days|giorni)\b", "{weeks:days}"),
    (rf"\b(?:a )?({WEEKDAY}) altern[ie]\b", r"{other} \1"),
    (rf"\b(?:un[oa]? )?({WEEKDAY}) si,? (?:e )?(?:un[oa]? )?(?:altr[oa] )?no\b", r"{other} \1"),
    (r"\b(?:every|each|ogni) (?:other|alternate|altr[oa])\b|\balternate\b", "{other}"),
)  # fmt: skip
_EVERY = ("every", "each", "all", "ogni", "tutti", "tutte")
_FILLERS = (
    *("the", "on", "in", "and", "a"),
    *("i", "il", "la", "le", "gli", "lo", "di", "del", "al", "nel", "nei", "e", "ed"),
)
_ENGLISH_SECOND = ("second", "2nd")


@dataclass
class _Shape:
    """What the words about the days came to."""

    every: bool = False
    other: bool = False
    month: bool = False
    weeks: int = 0
    count: int = 0


def read(text: str) -> Days:
    """Raises RhythmProblem when any word says nothing about days, or all of them together say two things."""
    _refuse(text)
    shape = _Shape()
    days: list[Occasion] = []
    ordinals: list[int] = []
    named, fresh = "", False  # an ordinal after a weekday begins a new group
    words = _shaped(text).split()
    for before, word in pairwise(["", *words]):
        if word in WEEKDAYS:
            days += [Occasion(WEEKDAYS[word], ordinal) for ordinal in (ordinals or (None,))]
            fresh = True
        elif word in ORDINALS:
            ordinals = [ORDINALS[word]] if fresh else [*ordinals, ORDINALS[word]]
            named, fresh = word, False
        elif not _is_shape(word, before, shape):
            raise RhythmProblem("rhythm.unreadable")
    if named and not fresh:  # an ordinal of nothing
        raise RhythmProblem("rhythm.unreadable")
    return _settled(shape, tuple(days), named)


def _refuse(text: str) -> None:
    """Ways to ask that there are none of, said as such."""
    if re.search(
        r"\b(?:daily|every day|each day|ogni giorno|tutti i giorni|quotidian[oa](?:mente)?)\b(?! lavorativ)", text
    ):
        raise RhythmProblem("rhythm.every_day")
    of_month = r"(?:\d{1,2}(?:st|nd|rd|th|o)?|first|last|first day|last day|primo|ultimo|primo giorno|ultimo giorno)"
    if re.search(rf"\b{of_month} (?:of (?:the|each|every)|every|each|del|di ogni|ogni) (?:month|mese)\b", text):
        raise RhythmProblem("rhythm.day_of_month")


def _shaped(text: str) -> str:
    for pattern, shape in _SHAPES:
        text = re.sub(pattern, partial(_shape, shape), text)
    return re.sub(r"[,;&+/()]", " ", text)


def _shape(shape: str, found: re.Match[str]) -> str:
    if shape == "{range}":
        first, last = WEEKDAYS[found[1]], WEEKDAYS[found[2]]
        names = {day: name for name, day in WEEKDAYS.items()}
        return " ".join(names[(first + days) % 7] for days in range((last - first) % 7 + 1))
    if shape == "{weeks:ordinal}":
        return f"{{weeks:{ORDINALS[found[1]]}}}"
    if shape == "{weeks:number}":
        return f"{{weeks:{number(found[1])}}}"
    if shape == "{weeks:days}":
        days = int(found[1])
        return f"{{weeks:{days // 7}}}" if days % 7 == 0 else found[0]
    return found.expand(shape)


def _is_shape(word: str, before: str, shape: _Shape) -> bool:
    if weeks := re.fullmatch(r"\{weeks:(-?\d+)\}", word):
        taken, shape.weeks = shape.weeks, int(weeks[1]) or -1
        return not taken
    if word == "{month}":
        taken, shape.month = int(shape.month), True
        return not taken
    if word == "{other}":
        shape.other = True
    elif word in _EVERY:
        shape.every = True
    elif before in _EVERY and (word in NUMBERS or re.fullmatch(r"\d{1,3}", word)):
        shape.count = number(word)
    elif word not in _FILLERS:
        return False
    return True


def _settled(shape: _Shape, days: tuple[Occasion, ...], named: str) -> Days:
    ordinals = {day.ordinal for day in days if day.ordinal}
    mixed = bool(ordinals) and any(day.ordinal is None for day in days)
    ways = [shape.month, bool(shape.weeks), shape.other, bool(shape.count)]
    counted = shape.weeks or (2 if shape.other else 0) or shape.count
    if mixed or sum(ways) > 1 or (counted and ordinals) or ((shape.other or shape.count or shape.every) and not days):
        raise RhythmProblem("rhythm.unreadable")
    if counted and not 1 <= counted <= MOST_WEEKS:
        raise RhythmProblem("rhythm.too_rare", most=MOST_WEEKS)
    if not ordinals <= set(KNOWN_ORDINALS):
        raise RhythmProblem("rhythm.no_fifth")
    if shape.month:
        return Days(Every.MONTH, 1, days)
    if ordinals and shape.every and len(ordinals) == 1 and not ordinals & {1, LAST}:
        [ordinal] = ordinals
        weekly = recurrence(Every.WEEK, ordinal, days)
        if named in _ENGLISH_SECOND:
            return Days(Every.WEEK, 2, weekly.days)
        monthly = recurrence(Every.MONTH, 1, days)
        raise RhythmProblem("rhythm.two_readings", first=weekly, second=monthly)
    if ordinals:
        return Days(Every.MONTH, 1, days)
    if days or counted:
        return Days(Every.WEEK, counted or 1, days)
    return Days()
