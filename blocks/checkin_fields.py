"""The fields of the check-in modal about one key result: each is drawn and read back here."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from blocks import ids, inputs, numbers, problems, standing
from blocks.language import Language
from blocks.message import Blocks
from blocks.problems import confidence_word
from blocks.text import Mrkdwn, actions, button, clip, context
from okr.checkins import Answer, CheckIn, check_note
from okr.confidence import Confidence, Given, Scale
from okr.errors import Problem
from okr.goals import Action
from okr.standing import Standing

MOST_ACTIONS = 10
"""Slack takes at most ten checkboxes."""
NOTE_LENGTH = 1000
VALUE_LENGTH = 40


@dataclass(frozen=True)
class Question:
    """One key result on the form. `before` is the answer a change of colour is judged against, `by` who gave the
    last one if it was not the reader, `scale` what a confidence is given in.
    """

    standing: Standing
    before: CheckIn | None = None
    actions: tuple[Action, ...] = ()
    ever_negative: bool = False
    by: str = ""
    scale: Scale = Scale.COLOURS

    @property
    def id(self) -> str:
        return self.standing.key_result.id


class Unreadable(Exception):
    """A field's error has been noted; there is no answer to build."""


def value(question: Question, shown: str, language: Language, *, focus: bool) -> dict[str, Any]:
    where = ids.field(ids.VALUE, question.id)
    if _is_milestone(question):
        block = inputs.labelled(where, language.plain("Step reached"), _steps(question, language))
    else:
        block = inputs.labelled(
            where, language.plain("Value now"), _number(shown, language), hint=_example(question, language)
        )
    if focus:
        block["element"]["focus_on_load"] = True
    return block


def _number(shown: str, language: Language) -> inputs.Element:
    return inputs.text(numbers.write_input(Decimal(shown), language.locale) if shown else "", most=VALUE_LENGTH)


def _example(question: Question, language: Language) -> str:
    example = numbers.example(question.standing.key_result.measure, question.standing.value, language.locale)
    if question.standing.value is None:
        return language.plain("For example {example}.", example=example)
    return language.plain("For example {example}; +2 adds to the last value.", example=example)


def _steps(question: Question, language: Language) -> inputs.Element:
    measure = question.standing.key_result.measure
    options = [inputs.option(f"{clip(step.title, 60)} ({step.percent}%)", str(step.percent)) for step in measure.steps]
    if measure.steps[0].percent:
        options.insert(0, inputs.option(language.plain("Not begun"), "0"))
    if question.standing.value is None:
        return inputs.choice(options)
    reached = measure.step_at(question.standing.value)
    percent = str(reached.percent) if reached else "0"
    return inputs.choice(options, percent if percent in [one["value"] for one in options] else options[0]["value"])


def confidence(question: Question, language: Language) -> dict[str, Any]:
    last = question.standing.last
    given = _written(last.given.on(question.scale)) if last else ""
    if question.scale.numbers:
        element = inputs.choice([_numbered(one, language) for one in reversed(question.scale.answers)], given)
        hint = _rubric(question.scale, language)
    else:
        element = inputs.choice(_coloured(language), given, kind="radio_buttons")
        hint = ""
    block = inputs.labelled(ids.field("confidence", question.id), language.plain("Confidence"), element, hint=hint)
    element["action_id"] = ids.CONFIDENCE  # what the door listens to
    return {**block, "dispatch_action": True}


def _coloured(language: Language) -> list[dict[str, Any]]:
    """🟢 On track, each with what it means."""
    means = {
        Confidence.GREEN: language.plain("I expect to reach the target."),
        Confidence.YELLOW: language.plain("I may miss it unless something changes."),
        Confidence.RED: language.plain("I will miss it as things are."),
    }
    return [inputs.option(standing.marked(one, language), _written(one.given), words) for one, words in means.items()]


def _numbered(given: Given, language: Language) -> dict[str, Any]:
    """🟢 7 · On track"""
    shape, word = standing.SHAPES[given.confidence], confidence_word(given.confidence, language)
    return inputs.option(f"{shape} {given.number} · {word}", _written(given))


def _rubric(scale: Scale, language: Language) -> str:
    """One line that says what the numbers mean."""
    return language.plain(
        "{green}: I expect to reach the target. {yellow}: I may miss it. {red}: I will miss it as things are.",
        **standing.spans(scale),
    )


def _written(given: Given) -> str:
    """A colour as it is; a number with its scale, so that it reads the same whatever the scale is meanwhile."""
    return given.word if given.number is None else f"{given.scale.value}:{given.number}"


def _read(chosen: str) -> Given:
    scale, _, word = chosen.rpartition(":")
    return next(one for one in Scale(scale or Scale.COLOURS).answers if one.word == word)


def details(question: Question, language: Language, *, opened: bool, missing: bool) -> Blocks:
    if not opened:
        label = language.plain("Add details")
        about = question.standing.key_result.title
        return [
            actions(button(label, ids.DETAILS, question.id, about=about), block_id=ids.field("details", question.id))
        ]
    blocks: Blocks = []
    if missing:
        blocks.append(context(_missing_note(question, language)))
    last = question.standing.last if question.standing.answered else None
    blocker = question.standing.last.blocker if question.standing.last else ""
    blocks += [
        _text(
            question,
            ids.NOTE,
            language.plain("Note"),
            last.note if last else "",
            hint=language.plain("Needed for Off track, and when the colour changes."),
        ),
        _text(question, ids.WIN, language.plain("A win to share"), last.win if last else ""),
        _text(
            question,
            ids.BLOCKER,
            language.plain("What stands in the way"),
            blocker,
            hint=language.plain("From last time. Empty it once it is out of the way.") if blocker else "",
        ),
    ]
    return blocks + _actions(question, language)


def _missing_note(question: Question, language: Language) -> Mrkdwn:
    return language.say(
        "⚠️ “{title}” needs a note for this colour; then save again.", title=clip(question.standing.key_result.title, 60)
    )


def _text(question: Question, name: str, label: str, initial: str, hint: str = "") -> dict[str, Any]:
    element = inputs.text(initial, most=NOTE_LENGTH, lines=True)
    return inputs.labelled(ids.field(name, question.id), label, element, hint=hint, optional=True)


def _actions(question: Question, language: Language) -> Blocks:
    if not question.actions:
        return []
    shown = question.actions[:MOST_ACTIONS]
    more = len(question.actions) - len(shown)
    hint = language.plain_count("and {count} more later", "and {count} more later", more) if more else ""
    element: inputs.Element = {"type": "checkboxes", "options": [inputs.option(one.title, one.id) for one in shown]}
    label = language.plain("Actions done")
    return [inputs.labelled(ids.field(ids.ACTIONS, question.id), label, element, hint=hint, optional=True)]


def read_confidence(view: Mapping[str, Any], key_result_id: str) -> Given | None:
    """What is chosen so far."""
    chosen = inputs.read_choice(view, ids.field("confidence", key_result_id))
    return _read(chosen) if chosen else None


def read_answer(
    view: Mapping[str, Any],
    question: Question,
    language: Language,
    errors: dict[str, str],
    *,
    shown: str,
    opened: bool,
) -> Answer:
    value = _read_value(view, question, shown, language, errors)
    given = read_confidence(view, question.id)
    if given is None:
        problem = Problem("answer.confidence_missing")
        errors[ids.field("confidence", question.id)] = problems.say_plain(problem, language)
    kept = question.standing.last
    note, win, blocker = (
        inputs.read_text(view, ids.field(name, question.id)) for name in (ids.NOTE, ids.WIN, ids.BLOCKER)
    )
    if not opened and kept:
        blocker = kept.blocker
        note, win = (kept.note, kept.win) if question.standing.answered else ("", "")
    if given is None:
        raise Unreadable
    offered = inputs.state(view, ids.field(ids.ACTIONS, question.id))
    answer = Answer(
        key_result_id=question.id,
        value=Decimal(0) if value is None else value,
        given=given,
        note=note,
        win=win,
        blocker=blocker,
        done_action_ids=frozenset(one["value"] for one in offered["selected_options"] or ()) if offered else None,
    )
    check_note(answer, question.before)
    if value is None:
        raise Unreadable
    return answer


def _read_value(
    view: Mapping[str, Any], question: Question, shown: str, language: Language, errors: dict[str, str]
) -> Decimal | None:
    where = ids.field(ids.VALUE, question.id)
    if _is_milestone(question):
        if chosen := inputs.read_choice(view, where):
            return Decimal(chosen)
        errors[where] = problems.say_plain(Problem("answer.step_missing"), language)
        return None
    try:
        return numbers.read(
            inputs.state(view, where).get("value") or "",
            language.locale,
            question.standing.key_result.measure.unit,
            shown=Decimal(shown) if shown else None,
            ever_negative=question.ever_negative,
        )
    except Problem as problem:
        errors[where] = problems.say_plain(problem, language)
        return None


def _is_milestone(question: Question) -> bool:
    return question.standing.key_result.measure.is_milestone
