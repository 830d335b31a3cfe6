"""Words and sentences that stand in many places: commands, fates, rhythms, problems."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from blocks import command_words, fates, problems, rhythm, rhythm_examples
from blocks.language import Language
from blocks.problems import SENTENCES
from okr.cadence import Rhythm, Whose
from okr.errors import Problem
from okr.rollcall import Fate
from tests.making import MONDAY
from tests.snapshots.drawing import Drawn
from tests.snapshots.samples import (
    FRIDAY,
)


def words_(reader: Language) -> Mapping[str, Drawn]:
    """What can be typed: the same in every language."""
    tables = {"Commands": command_words.COMMANDS, "Behind /okr status": command_words.SUBJECTS}
    return {
        name: "\n".join(f"{one}: {', '.join(words)}" for one, words in table.items()) for name, table in tables.items()
    }


REASONS = (
    "not planned", "holiday", "day off", "away", "left", "answered before", "nobody is asked",
    "enough messages this week", "no hour for a reminder", "nothing happened meanwhile", "nothing left to tell",
    "coaching is switched off",
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
    "scope": "groups:read", "reason": "file_uploads_disabled",
}  # fmt: skip
"""What the fields of problems may hold; where a problem needs something else, it stands below."""
OTHERWISE: Mapping[str, Mapping[str, object]] = {
    "rhythm": {"example": "every Monday at 9:00", "first": "Monday", "second": "Friday"},
    "measure": {"first": "40%", "second": "60 EUR"},
    "share": {"part": "shops", "whole": "EUR"},
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
