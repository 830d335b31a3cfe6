"""The hours in a phrase: 10, 10:30, 9.30, 4pm, noon, half past nine, le 9 e mezza, le 4 del pomeriggio."""

import re
from datetime import time

from blocks.phrase_words import NUMBERS, any_of, number
from okr.errors import RhythmProblem

NAMED = {"noon": 12, "midday": 12, "mezzogiorno": 12, "midnight": 0, "mezzanotte": 0}
PAST = {"mezza": 30, "mezzo": 30, "un quarto": 15, "tre quarti": 45}
MORNING = ("am", "in the morning", "di mattina", "del mattino", "della mattina")
AFTERNOON = ("pm", "in the afternoon", "in the evening", "del pomeriggio", "di pomeriggio", "di sera", "della sera")
NIGHTLY = range(1, 7)
"""An hour written 4 may mean 04:00 or 16:00; nobody is guessed out of bed."""

MARKED = re.compile(r"<(\d\d)(\d\d)>")
_WRITTEN = re.compile(
    rf"""(?<![\w.:/<-])
    (?:(?P<at>(?:at|by|alle|alla|per\ le|h|ore|@)(?:\ ore)?)\s*)?
    (?P<half>half\ past\s)?
    (?P<hour>\d{{1,2}}|(?<=\s){any_of(NUMBERS)}\b)
    (?:\s?[:.]\s?(?P<minute>\d\d)|h(?P<hminute>\d\d)?|\se\s(?P<past>{any_of(PAST)}|\d\d))?
    (?:\s?(?P<part>{any_of((*MORNING, *AFTERNOON))}|o'clock))?
    (?![\w/>]|[.:-]\d)""",
    re.VERBOSE,
)
_NAMED = re.compile(rf"(?:(?:at|by|a|alle|alla)\s)?\b({any_of(NAMED)})\b")


def mark(text: str) -> str:
    """The folded phrase with every hour in it as <hhmm>. Raises RhythmProblem for one that no clock shows."""
    return _WRITTEN.sub(_marked, _NAMED.sub(lambda found: f"<{NAMED[found[1]]:02}00>", text))


def read(marked: re.Match[str]) -> time:
    return time(int(marked[1]), int(marked[2]))


def _marked(found: re.Match[str]) -> str:
    hour, minute = number(found["hour"]), _minute(found)
    signs = (found["at"], found["minute"], found["part"], found["half"], found["past"])
    if not any(signs) and not found[0].endswith("h") and found["hminute"] is None:
        return found[0]  # a number, but of something else
    part = found["part"]
    wrong = part in ("am", "pm") and not 1 <= hour <= 12
    if part in MORNING and hour == 12:
        hour = 0
    elif part in AFTERNOON and hour < 12:
        hour += 12
    elif part not in MORNING and hour in NIGHTLY and not found["hour"].startswith("0"):
        raise RhythmProblem(
            "rhythm.two_readings",
            text=found[0].strip(),
            first=f"{hour:02}:{minute:02}",
            second=f"{hour + 12:02}:{minute:02}",
        )
    if wrong or hour > 23 or minute > 59:
        raise RhythmProblem("rhythm.no_hour", text=found[0].strip(), example="09:30")
    return f"<{hour:02}{minute:02}>"


def _minute(found: re.Match[str]) -> int:
    if found["half"]:
        return 30
    past = found["past"]
    return PAST[past] if past in PAST else int(found["minute"] or found["hminute"] or past or 0)
