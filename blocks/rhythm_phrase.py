"""What a phrase such as "every second Monday at 10; digest Tuesday at 10" says of a rhythm, and what it leaves open.

The parts are cut out one after another, wherever they stand; what is left must be days, or nothing was understood.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, time

from blocks import phrase_days, phrase_hours, rhythm_days
from blocks.phrase_words import NUMBER, WEEKDAYS, any_of, fold, number
from okr.cadence import Whose
from okr.errors import RhythmProblem
from okr.recurrence import Every, Occasion

LONGEST = 1000
"""Characters of a phrase: the longest rhythm there is is said in fewer."""


@dataclass(frozen=True)
class Phrase:
    """None stands for what was not said. `digest_weekday` or `digest_days` is given, never both."""

    every: Every | None = None
    interval: int | None = None
    days: tuple[Occasion, ...] = ()
    at: time | None = None
    whose: Whose | None = None
    starts: date | None = None
    digest_weekday: int | None = None
    digest_days: int | None = None
    digest_at: time | None = None
    reminders: int | None = None
    reminder_at: time | None = None
    two_hour: bool = False
    """The hour of the first of two reminders is only noted: fewer are wanted now."""


def read(text: str, today: date) -> Phrase:
    """Everything the phrase says. Raises RhythmProblem when a word of it means nothing here, or two things."""
    folded = fold(text)
    if not folded:
        raise RhythmProblem("rhythm.empty")
    if len(folded) > LONGEST:
        raise RhythmProblem("rhythm.unreadable")
    left, start = phrase_days.cut(folded, today)
    left, said = _reminders(phrase_hours.mark(left), Phrase(starts=start.day if start else None))
    left, said = _digest(left.replace(":", " "), said)
    left, said = _whose(left, said)
    left, at = _hour(left)
    days = rhythm_days.read(left)
    said = replace(said, at=at, every=days.every, interval=days.interval, days=days.days)
    if start and start.weekday is not None and said.every is Every.WEEK and not said.days:
        said = replace(said, days=(Occasion(start.weekday),))
    if said == Phrase():
        raise RhythmProblem("rhythm.unreadable")
    return said


# reminders

_HOUR = r"<\d{4}>"
_COUNTS = {"no": 0, "without": 0, "zero": 0, "0": 0, "nessun": 0, "senza": 0} | {
    "one": 1, "a single": 1, "single": 1, "just one": 1, "1": 1, "un": 1, "un solo": 1, "uno": 1, "solo un": 1,
    "two": 2, "2": 2, "due": 2,
}  # fmt: skip
_REMINDERS = re.compile(
    rf"""[,;]?\ ?\b(?:and\ |with\ |e\ |con\ )?(?:the\ |il\ )?
    (?:(?P<count>{any_of(_COUNTS)})\ )?(?:first\ |primo\ )?(?:reminders?|promemoria)\b
    (?:\ \((?:with\ two|con\ due):?\ (?:the\ first|il\ primo)\ (?P<noted>{_HOUR})\)
    |(?:,?\ (?:the\ first|il\ primo)(?:\ one)?)?\ (?P<at>{_HOUR}))?""",
    re.VERBOSE,
)


def _reminders(text: str, said: Phrase) -> tuple[str, Phrase]:
    found = _REMINDERS.search(text)
    if found is None or not (found["count"] or found["at"]):
        return text, said
    count = _COUNTS[found["count"]] if found["count"] else None
    if found["at"] and count in (0, 1):
        raise RhythmProblem("rhythm.single_reminder")
    hour = phrase_hours.MARKED.match(found["at"] or found["noted"] or "")
    at = phrase_hours.read(hour) if hour else None
    left = f"{text[: found.start()]} ; {text[found.end() :]}"
    return left, replace(said, reminders=count, reminder_at=at, two_hour=bool(found["noted"]))


# the digest

_DIGEST = re.compile(
    r"(?:\b(?:and|with|then|e|con|poi) )?(?:\b(?:a|the|its|il|un) )?\b(?:digest|riepilogo)\b"
    r"(?P<body>[^;,]*?)(?=$|[;,]| (?:every|each|ogni|tutti|tutte|ognuno)\b)"
)
_NEEDLESS = (
    *("is", "out", "comes", "goes", "posted", "follows", "following", "next", "on", "at", "in", "the", "of"),
    *("our", "team's", "team", "time", "esce", "arriva", "seguente", "prossimo", "il", "la", "lo", "di", "del"),
    *("al", "alla", "ora", "nostra"),
)
_SAME_DAY = ("same day", "that day", "giorno stesso", "stesso giorno", "in giornata")
_DAY_AFTER = ("next day", "day after", "following day", "giorno dopo", "giorno seguente", "giorno successivo")
_DAYS_AFTER = re.compile(
    rf"(?P<n>{NUMBER}) (?:days?|giorn[oi]) (?:later|after|dopo)|(?:after|dopo) (?P<m>{NUMBER}) (?:days?|giorn[oi])"
)


def _digest(text: str, said: Phrase) -> tuple[str, Phrase]:
    found = _DIGEST.search(text)
    if found is None:
        return text, said
    body, at = _hour(found["body"])
    days = _digest_days(body)
    rest = [] if days is not None else [word for word in body.split() if word not in _NEEDLESS]
    weekday = WEEKDAYS.get(rest[0]) if len(rest) == 1 else None
    if (rest and weekday is None) or (at is None and weekday is None and days is None):
        raise RhythmProblem("rhythm.unreadable")
    left = f"{text[: found.start()]} ; {text[found.end() :]}"
    return left, replace(said, digest_weekday=weekday, digest_days=days, digest_at=at)


def _digest_days(body: str) -> int | None:
    plain = " ".join(word for word in body.split() if word not in ("the", "il", "lo", "on", "esce", "comes"))
    if plain in _SAME_DAY:
        return 0
    if plain in _DAY_AFTER:
        return 1
    found = _DAYS_AFTER.fullmatch(plain)
    return number(found["n"] or found["m"]) if found else None


def _hour(text: str) -> tuple[str, time | None]:
    """The text without its one hour, and that hour."""
    found = phrase_hours.MARKED.search(text)
    return (text[: found.start()] + " " + text[found.end() :], phrase_hours.read(found)) if found else (text, None)


# whose clock

_CLOCK = r"(?:time\ ?zone|zone|time|clock)"
_MEMBER = re.compile(
    rf"""
    (?:\b(?:each\ (?:person|member|owner)|each|everyone|everybody)\ )?(?:\b(?:in|on|at)\ )?
        \b(?:their|his|her|one's)\ own\ (?:local\ )?{_CLOCK}\b
    |(?:\b(?:in|on)\ )?\b(?:each\ )?(?:person|member|owner|everyone|everybody)(?:'s)?\ (?:own\ )?{_CLOCK}\b
    |(?:\b(?:in|on|at)\ )?\b(?:their\ )?local\ time\b
    |(?:\b(?:ognuno|ciascuno)\ )?(?:\b(?:alla|nella|sulla|a|col|con\ il|nel|sul)\ )?
        \b(?:sua|propria|loro|suo|proprio)\ (?:ora|zona|fuso)(?:\ orari[oa]|\ locale)?\b
    |(?:\b(?:alla|nella)\ )?\bora\ (?:di\ (?:ognuno|ciascuno)|locale)\b""",
    re.VERBOSE,
)
_TEAM = re.compile(
    r"(?:\b(?:in|on|at) )?\b(?:the )?(?:our|team's|team) (?:own )?(?:time ?zone|zone|time|clock)\b"
    r"|(?:\b(?:alla|nella|sulla) )?\b(?:ora|fuso(?: orario)?|zona) (?:del|di) (?:nostro )?team\b"
    r"|(?:\b(?:alla|nella|sulla) )?\bnostra ora\b|\bora nostra\b"
)


def _whose(text: str, said: Phrase) -> tuple[str, Phrase]:
    for pattern, whose in ((_MEMBER, Whose.MEMBER), (_TEAM, Whose.TEAM)):
        if found := pattern.search(text):
            return f"{text[: found.start()]} ; {text[found.end() :]}", replace(said, whose=whose)
    return text, said
