"""The bot among people: its greeting, help, leave, what it will send and why it did, how it is, what it cannot do."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from blocks import command_words, doctor, fates, greeting, help, leave, preview, problems, rhythm, rhythm_examples, why
from blocks.language import Language
from blocks.leave import Answered, Away, Leave, Return
from blocks.message import Message
from blocks.problems import SENTENCES
from blocks.why import Asking, Forgotten, WhyAsked, WhyDigest, WhyTold, WhyWelcomed
from okr.absence import Absence, Excuse
from okr.cadence import Rhythm, Whose
from okr.deliveries import WELCOME, DeliveryState, Kind
from okr.errors import Problem
from okr.examination import Examination, Loose
from okr.preview import Because, Coming, Preview, Spared
from okr.rollcall import Entry, Fate, NextRound, RollCall, Sending
from okr.rounds import RoundState
from okr.vitals import Vitals
from tests.making import MONDAY, ROME, round_of
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
    TUESDAY,
)


def greeting_(reader: Language) -> Mapping[str, Drawn]:
    return {"In a channel it was invited to": greeting.render(reader)}


def help_(reader: Language) -> Mapping[str, Drawn]:
    return {
        "/okr help": help.render(reader),
        "A message to the bot": help.render_hello(reader),
        "A slip": help.render_unknown("sttus", reader, guest=False),
        "No word of ours": help.render_unknown("lunch", reader, guest=True),
    }


def words_(reader: Language) -> Mapping[str, Drawn]:
    """What can be typed: the same in every language."""
    tables = {"Commands": command_words.COMMANDS, "Behind /okr status": command_words.SUBJECTS}
    return {
        name: "\n".join(f"{one}: {', '.join(words)}" for one, words in table.items()) for name, table in tables.items()
    }


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
    )
    spared = (
        Spared(NINE, Kind.PROMPT, Excuse.AWAY.value, LUCA, GROWTH, DANA),
        Spared(NINE, Kind.REMINDER, "enough messages this week", GIULIA, GROWTH),
        Spared(DIGEST_AT, Kind.DIGEST, "nobody is asked", None, PLATFORM),
        Spared(DIGEST_AT, Kind.NOTICE, "nothing happened meanwhile", GIULIA, GROWTH),
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


def why_(reader: Language) -> Mapping[str, Drawn]:
    kinds = (
        why.Answered("Returning customers"),
        why.Answered("Deliveries on time", owner=LUCA),
        why.Answered("Days until a refund", instead_of=GIULIA),
    )
    growth = Asking(GROWTH, kinds, LUCA)
    platform = Asking(
        replace(PLATFORM, rhythm=Rhythm(whose=Whose.TEAM)), kinds[:1] * 10, None, date(2026, 11, 13), Excuse.HOLIDAY
    )
    return {
        "A prompt": why.render(WhyAsked((growth,), ROME, NINE), reader),
        "A prompt for several teams": why.render(WhyAsked((growth, platform, platform, platform), ROME, NINE), reader),
        "A reminder": why.render(WhyAsked((growth,), ROME, NINE, reminder=1), reader),
        "A reminder at an hour of one's own": why.render(
            WhyAsked((growth,), ROME, NINE, reminder=1, chosen=True), reader
        ),
        "A prompt that nobody waits for": why.render(WhyAsked((growth,), ROME, NINE, excuse=Excuse.AWAY), reader),
        "A digest": why.render(WhyDigest(GROWTH, MONDAY, LUCA, NINE, LUCA), reader),
        "A digest that no channel took": why.render(WhyDigest(GROWTH, MONDAY, None, NINE, unposted=True), reader),
        "A notice about owners": why.render(WhyTold((GROWTH, PLATFORM)), reader),
        "A notice about drafts": why.render(WhyTold((GROWTH,), proposed=True), reader),
        "After leave": why.render(WhyWelcomed(MONDAY), reader),
        "After leave that nobody remembers": why.render(WhyWelcomed(None), reader),
        "Forgotten": why.render(Forgotten(named=True), reader),
        "Somebody else's": why.render(Forgotten(named=False), reader),
    }


def doctor_(reader: Language) -> Mapping[str, Drawn]:
    now = DIGEST_AT
    sent = Sending("d1", DeliveryState.SENT, now, sent_at=now)
    lost = Sending("d2", DeliveryState.UNKNOWN, now, "missing_scope: im:history", tries=2, settled_by_hand=True)
    parked = replace(lost, state=DeliveryState.FAILED, reason="channel_not_found", settled_by_hand=False)
    all_fates = tuple(
        Entry(replace(DANA, name=f"Person {n}"), fate, now, "away", message=parked) for n, fate in enumerate(Fate)
    )
    process = Vitals("p", "run", "box", 7, now, now, 2, 2, now)
    fine = RollCall(GROWTH, round_of(), (Entry(DANA, Fate.ANSWERED, now), Entry(LUCA, Fate.EXCUSED, now, "away")), sent)
    coming = NextRound(GROWTH, TUESDAY, now + timedelta(days=1), now + timedelta(days=2), fine.entries)
    well = Examination("Ruota", now, now, (process,), {"growth": fine}, (coming,), zone=ROME)
    empty = round_of(state=RoundState.OPEN)
    dead, mute = (
        replace(process, seen_at=now - timedelta(minutes=2)),
        replace(process, sockets=0, beaten_at=now - timedelta(hours=1)),
    )
    teams = {
        "a": RollCall(replace(GROWTH, id="a", name="All fates"), round_of(), all_fates, parked),
        "b": RollCall(replace(GROWTH, id="b", name="Empty"), empty, (), None),
        "c": RollCall(replace(GROWTH, id="c", name="Closed"), round_of(), (), None),
        "d": RollCall(
            replace(GROWTH, id="d", name="Dropped"), round_of(), (), replace(sent, state=DeliveryState.SKIPPED)
        ),
        "e": RollCall(replace(GROWTH, id="e", name="Due"), round_of(), (), replace(sent, state=DeliveryState.PLANNED)),
    }
    nobody = Entry(replace(DANA, name="Nobody knows why"), Fate.PARKED, now)
    teams["g"] = RollCall(replace(GROWTH, id="g", name="No reason"), round_of(), (nobody,), sent)
    rounds = [NextRound(one.team, None, None, None) for one in teams.values()]
    rounds.append(NextRound(replace(GROWTH, id="f", name="New"), TUESDAY, now - timedelta(hours=1), now, ()))
    bad = replace(
        well,
        processes=(
            dead,
            replace(dead, seen_at=now - timedelta(minutes=1, seconds=30)),
            mute,
            replace(process, sockets=None, beaten_at=None),
        ),
        last=teams,
        next=tuple(rounds),
        loose=(
            Loose(Kind.DIGEST, lost, team=GROWTH),
            Loose(Kind.PROMPT, parked, person=DANA),
            Loose(Kind.REMINDER, parked, person=LUCA),
            Loose(Kind.NOTICE, parked, person=NOAH),
        ),
        overdue=180,
    )
    crowded = replace(well, last={"growth": replace(fine, entries=fine.entries[:1] * 22)}, next=(coming,) * 60)
    return {
        "All is well": doctor.render(well, reader, ROME),
        "Something is wrong": doctor.render(bad, reader, ROME),
        "A company with a team too many": end_of(
            doctor.render(replace(crowded, next=(replace(coming, team=PLATFORM, entries=()),) * 38), reader, ROME)
        ),
        "A large company": end_of(doctor.render(crowded, reader, ROME)),
        "Post again": doctor.render_again(planned=True, language=reader),
        "Settled already": doctor.render_again(planned=False, language=reader),
        "okrbot doctor, in a terminal": doctor.write(well, reader, ROME),
    }


REASONS = (
    "not planned", "holiday", "day off", "away", "left", "answered before", "nobody is asked",
    "enough messages this week", "no hour for a reminder", "nothing happened meanwhile", "nothing left to tell",
    "the prompt of the day says it", "the round has closed", "not_in_channel", "channel_not_found",
    "cannot be written to", "cannot_dm_bot", "is_archived", "user_disabled", "missing_scope",
    "missing_scope: im:write", "invalid_auth", "ratelimited", "unreachable", "broken: KeyError",
)  # fmt: skip


def fates_(reader: Language) -> Mapping[str, Drawn]:
    return {
        "Fates": "\n".join(f"{one}: {fates.say_fate(one, reader)}" for one in Fate),
        "Reasons": "\n".join(f"{one}: {fates.say_reason(one, reader)}" for one in REASONS),
    }


def rhythms(reader: Language) -> Mapping[str, Drawn]:
    usual = Rhythm()
    every = {
        "The usual one": usual,
        "Every second Friday, the team's time": replace(
            usual, rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", whose=Whose.TEAM
        ),
        "Two days, digest the same day": replace(usual, rule="FREQ=WEEKLY;BYDAY=MO,TH", digest_days=0, reminders=0),
        "Two days, digest the next day": replace(usual, rule="FREQ=WEEKLY;BYDAY=MO,TH", reminders=1),
        "Two days, digest later": replace(usual, rule="FREQ=WEEKLY;BYDAY=MO,TH", digest_days=2),
        "A day of the month": replace(usual, rule="FREQ=MONTHLY;BYDAY=1MO,2MO,3MO,4MO", reminders=1),
        "The last Friday": replace(usual, rule="FREQ=MONTHLY;BYDAY=-1FR", digest_days=3),
        "Sundays of the month": replace(usual, rule="FREQ=MONTHLY;BYDAY=1SU,2SU,3SU,4SU,-1SU"),
        "Another first reminder": replace(usual, reminder_at=usual.at.replace(hour=16)),
        "One reminder, and an hour for the first of two": replace(
            usual, reminder_at=usual.at.replace(hour=16), reminders=1
        ),
        "A rule of one's own": replace(usual, rule="FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=6"),
    }
    said = {name: rhythm.say_rhythm(one, reader) for name, one in every.items()}
    examples = {id: str(rhythm_examples.example(id, reader)) for id in SENTENCES if rhythm_examples.example(id, reader)}
    return said | examples | {"Like nothing": rhythm_examples.nearest("?", reader, lambda text: False)}


FIELDS: dict[str, object] = {
    "text": "abc", "example": "47.5", "first": "1.5", "second": "1,500", "amount": Decimal(2), "less": Decimal(43),
    "value": Decimal(-2), "expected": "EUR", "whole": 15, "decimals": 6, "most": 26, "at": "09:00",
    "title": "Days until a refund", "team": "Growth", "was": "green", "now": "yellow", "owner": "Dana Rossi",
    "name": "Gowth", "nearest": "growth", "command": "status", "about": "growth", "day": FRIDAY, "last": FRIDAY,
    "scope": "groups:read",
}  # fmt: skip
"""What the fields of problems may hold; where a problem needs something else, it stands below."""
OTHERWISE: Mapping[str, Mapping[str, object]] = {
    "rhythm": {"example": "every Monday at 9:00", "first": "Monday", "second": "Friday"},
    "measure": {"first": "40%", "second": "60 EUR"},
    "preview": {"example": "/okr preview 14", "first": "growth", "second": "platform"},
    "as_of": {"example": "1 October", "first": MONDAY},
    "away": {"first": MONDAY},
    "away.two_readings": {"first": "3 December", "second": "12 March"},
    "as_of.two_readings": {"first": "3 December", "second": "12 March"},
}


def problems_(reader: Language) -> Mapping[str, Drawn]:
    said = {id: str(problems.say(_problem(id), reader)) for id in SENTENCES}
    one = Problem("number.minus_or_less", amount=Decimal(2), less=None, value=Decimal(-2))
    return {**said, "number.minus_or_less, without less": problems.say_plain(one, reader)}


def _problem(id: str) -> Problem:
    return Problem(id, **{**FIELDS, **OTHERWISE.get(id.partition(".")[0], {}), **OTHERWISE.get(id, {})})
