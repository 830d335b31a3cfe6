"""The direct message that asks, its reminders and receipts, and the modals behind its buttons."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from blocks import checkin_form, later, modal, problems, prompt
from blocks.checkin_fields import Question
from blocks.checkin_form import Form
from blocks.language import Language
from blocks.leave import Answered
from blocks.prompt import Prompt
from okr.confidence import Scale
from okr.errors import Problem
from okr.goals import Action
from tests.blocks.crowd import crowd
from tests.making import MONDAY, ROME
from tests.snapshots.drawing import Drawn, end_of
from tests.snapshots.samples import (
    ANSWERED_GREEN,
    ANSWERED_RED,
    CONFIRMED,
    DANA,
    DIGEST_AT,
    IN_NUMBERS,
    LUCAS,
    NEVER,
    NEVER_AWAY,
    OFF_TRACK,
    RANGE,
    STEADY,
)

ASKED = Prompt(DANA, MONDAY, (OFF_TRACK, STEADY, RANGE, NEVER), DIGEST_AT, ("C0GROWTH",))
DONE = replace(ASKED, standings=(ANSWERED_RED, ANSWERED_GREEN, CONFIRMED))
REMINDER = replace(ASKED, reminder=1, standings=(OFF_TRACK, STEADY))
ACTIONS = tuple(Action(f"a{each}", "kr", f"Visit shop {each}") for each in range(1, 13))


def prompt_(reader: Language) -> Mapping[str, Drawn]:
    return {
        "Monday 09:00": prompt.render(ASKED, reader),
        "One key result, asked of a deputy": prompt.render(replace(ASKED, standings=(LUCAS,)), reader),
        "Two that may both stay as they are, for two channels": prompt.render(
            replace(ASKED, standings=(STEADY, RANGE), channels=("C0GROWTH", "C0PLATFORM"), can_wait=False), reader
        ),
        "Three that may all stay as they are": prompt.render(
            replace(ASKED, standings=(STEADY, RANGE, replace(LUCAS, repeatable=True))), reader
        ),
        "Half answered, after leave": prompt.render(
            replace(
                ASKED,
                standings=(STEADY, ANSWERED_RED),
                while_away=tuple([Answered(ANSWERED_GREEN, "Luca Bianchi")] * 6),
            ),
            reader,
        ),
        "The digest is out": prompt.render(replace(ASKED, standings=(STEADY, ANSWERED_RED), open=False), reader),
        "One is late": prompt.render(replace(ASKED, standings=(STEADY,), open=False), reader),
        "The next round is open": prompt.render(replace(ASKED, open=False, over=True), reader),
        "She went away": prompt.render_excused(MONDAY, reader),
        "Somebody else answers": prompt.render_handed_over(MONDAY, reader),
        "More than fit": end_of(prompt.render(replace(ASKED, standings=crowd("x", 1, 42)), reader)),
    }


def receipt(reader: Language) -> Mapping[str, Drawn]:
    one = replace(DONE, standings=(ANSWERED_GREEN,))
    return {
        "All answered": prompt.render(DONE, reader),
        "The only one answered": prompt.render(one, reader),
        "After the digest": prompt.render(replace(one, open=False), reader),
    }


def reminder(reader: Language) -> Mapping[str, Drawn]:
    return {
        "Two are open": prompt.render(REMINDER, reader),
        "One is open": prompt.render(replace(REMINDER, standings=(STEADY, ANSWERED_RED)), reader),
        "Followed": prompt.render(replace(REMINDER, standings=(ANSWERED_RED,)), reader),
        "Nobody followed": prompt.render(replace(REMINDER, open=False), reader),
    }


def checkin_modal(reader: Language) -> Mapping[str, Drawn]:
    red = Question(OFF_TRACK, OFF_TRACK.before, ACTIONS)
    opened = Form((red,), opened=frozenset({red.id}), missing=frozenset({red.id}), day=MONDAY, zone=ROME, edits=True)
    taken = Form((Question(STEADY, by="Luca Bianchi"),), overtaken=frozenset({Question(STEADY).id}), zone=ROME)
    gone = (Problem("answer.key_result_gone", title="Loyalty card launched"),)
    return {
        "The first of two pages": checkin_form.render(
            Form((Question(STEADY), Question(NEVER), Question(RANGE)), rest=("kr4",), zone=ROME, day=MONDAY), reader
        ),
        "A first value": checkin_form.render(Form((Question(replace(STEADY, last=None)),), zone=ROME), reader),
        "From 0 to 10": checkin_form.render(Form((Question(IN_NUMBERS, scale=Scale.ZERO_TO_TEN),), zone=ROME), reader),
        "From 1 to 5, after a colour": checkin_form.render(
            Form((Question(STEADY, scale=Scale.ONE_TO_FIVE),), zone=ROME), reader
        ),
        "With its details, and a note that is missing": checkin_form.render(opened, reader),
        "Somebody else was quicker": checkin_form.render(taken, reader),
        "For the round to come, in place of somebody; one is gone": checkin_form.render(
            Form((Question(LUCAS), Question(NEVER_AWAY)), gone=gone, counts_for=MONDAY, zone=ROME), reader
        ),
    }


def later_modal(reader: Language) -> Mapping[str, Drawn]:
    hours = [DIGEST_AT - timedelta(hours=hours) for hours in (20, 18, 2)]
    return {"Before the digest": later.render(hours, MONDAY, reader, ROME)}


def told_modals(reader: Language) -> Mapping[str, Drawn]:
    gone = Problem("answer.key_result_gone", title="Loyalty card launched")
    return {
        "While nobody knows yet": modal.waiting(reader),
        "While it is saved": modal.saving(reader),
        "One is saved": modal.saved(reader, 1),
        "Three are saved, one is gone": modal.saved(reader, 3, [gone]),
        "None is saved": modal.saved(reader, 0, [gone]),
        "A slow save has ended": modal.done(reader),
        "A problem": modal.notice(reader, problems.say(Problem("later.passed"), reader)),
        "Not saved": modal.notice(reader, problems.say_not_saved(reader)),
        "Nothing waits": problems.say_nothing_waits(reader),
        "Nobody foresaw it": problems.say_unexpected("5a0c", reader),
        "It takes long": problems.say_slow(reader),
    }
