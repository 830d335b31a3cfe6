"""Leave, and what will be sent."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from blocks import leave, preview
from blocks.language import Language
from blocks.leave import Answered, Away, Leave, Return
from blocks.message import Message
from okr.absence import Absence, Excuse
from okr.deliveries import FINDINGS, WELCOME, Kind
from okr.preview import Because, Coming, Preview, Spared
from tests.making import MONDAY, ROME
from tests.snapshots.drawing import Drawn, end_of
from tests.snapshots.samples import (
    ANSWERED_GREEN,
    ANSWERED_RED,
    DANA,
    DIGEST_AT,
    FRIDAY,
    GIULIA,
    GROWTH,
    LUCA,
    NINE,
    NOAH,
    PLATFORM,
    PRIYA,
    STEADY,
)


def away_(reader: Language) -> Mapping[str, Drawn]:
    friday = date(2026, 12, 4)
    week = Leave(Absence(date(2026, 11, 30), friday), date(2026, 12, 7), date(2026, 12, 7), MONDAY, True, LUCA)
    now = replace(week, absence=Absence(MONDAY, FRIDAY), deputy=None)
    day = Absence(MONDAY, MONDAY)
    return {
        "From a day to come, with a deputy": leave.render_away(week, reader),
        "From today on, without one": leave.render_away(now, reader),
        "Today": leave.render_away(replace(now, absence=day, asked=False), reader),
        "Another day": leave.render_away(replace(week, absence=Absence(friday, friday)), reader),
        "As long as Slack says so": leave.render_away(
            replace(now, absence=Absence(MONDAY, None), back=None, asked_again=None), reader
        ),
        "Asked later than back": leave.render_away(replace(week, asked_again=date(2026, 12, 14)), reader),
        "Never asked again": leave.render_back_on(replace(week, asked_again=None, asked=False), reader),
        "/okr away alone": leave.render_known(week, reader),
        "Called off": leave.render_called_off(week.absence, MONDAY, reader),
        "Nothing to call off": leave.render_called_off(None, MONDAY, reader),
        "Never away": leave.render_never_away(None, reader),
        "Not away yet": leave.render_never_away(week, reader),
        "Above one's own": leave.say_away(Away(now.absence, MONDAY), reader),
        "Above another's": "\n".join(
            leave.say_away(Away(one, MONDAY, LUCA), reader) for one in (Absence(MONDAY, None), day, now.absence)
        ),
    }


def welcome_back(reader: Language) -> Mapping[str, Drawn]:
    answered = (Answered(ANSWERED_GREEN, "Luca Bianchi"), Answered(ANSWERED_RED, "Giulia Conti"))
    return {
        "On the first day of work": leave.render_return(Return(DANA, answered, (STEADY,)), MONDAY, reader),
        "/okr back": leave.render_back(Return(DANA, answered), reader),
        "Nothing happened": leave.render_back(Return(DANA), reader),
    }


def previewed(own: bool = False) -> Preview:
    """A fortnight: of one person, or of everybody."""
    because = (Because(GROWTH), Because(GROWTH, LUCA), Because(PLATFORM, None, MONDAY, Excuse.HOLIDAY))
    hello = "Hello Dana, 2 key results to check in"
    coming = (
        Coming(NINE, Kind.PROMPT, 0, hello, DANA, None, because),
        Coming(NINE + timedelta(hours=6), Kind.REMINDER, 1, "A small reminder", DANA, None, because[1:2]),
        Coming(NINE + timedelta(hours=8), Kind.PROMPT, 0, "Hello Noah", NOAH, None, because[2:]),
        Coming(DIGEST_AT, Kind.DIGEST, 0, "Growth: check-in of Monday 16 November", None, GROWTH),
        Coming(DIGEST_AT, Kind.NOTICE, WELCOME, "Welcome back, Luca", LUCA, None, because[:1]),
        Coming(DIGEST_AT, Kind.NOTICE, 0, "1 draft waits for you", LUCA, None, because[:1]),
        Coming(DIGEST_AT, Kind.NOTICE, FINDINGS, "Luca, one thing you may want to look at:", LUCA),
    )
    spared = (
        Spared(NINE, Kind.PROMPT, Excuse.AWAY.value, LUCA, GROWTH, DANA),
        Spared(NINE, Kind.REMINDER, "enough messages this week", GIULIA, GROWTH),
        Spared(DIGEST_AT, Kind.DIGEST, "nobody is asked", None, PLATFORM),
        Spared(DIGEST_AT, Kind.NOTICE, "nothing happened meanwhile", GIULIA, GROWTH, part=WELCOME),
        Spared(DIGEST_AT, Kind.NOTICE, "nothing left to tell", LUCA),
        Spared(DIGEST_AT, Kind.NOTICE, "enough messages this week", GIULIA, part=FINDINGS),
    )
    if own:
        return Preview("", 1, ROME, (GROWTH,), coming[:2], spared[:1], own=True)
    return Preview("Ruota", 14, ROME, (GROWTH, PLATFORM), coming, spared, (PRIYA,))


def coming_first(reader: Language) -> Message:
    """What a team that was just set up is shown."""
    return preview.render(replace(previewed(), about="Growth"), reader)


def preview_(reader: Language) -> Mapping[str, Drawn]:
    whole, nothing = previewed(), Preview("", 14, ROME, own=True, idle=(DANA,))
    many = tuple(
        replace(one, because=tuple(Because(replace(GROWTH, id=str(n))) for n in range(5))) for one in whole.coming[:1]
    )
    return {
        "Mine": preview.render(previewed(own=True), reader),
        "Nothing for me": preview.render(nothing, reader),
        "A company's": preview.render(whole, reader),
        "Nothing for anybody": preview.render(replace(nothing, own=False, idle=(), about="Growth"), reader),
        "More than fit": end_of(preview.render(replace(whole, coming=many * 400, spared=()), reader)),
        "okrbot preview, in a terminal": preview.write(whole, reader),
    }
