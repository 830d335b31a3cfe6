"""The check-in modal: render() draws it and read() reads it back; nobody else knows its fields."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from blocks import ids, numbers, problems, standing
from blocks.language import Language
from blocks.message import Blocks, View
from blocks.text import (
    LABEL,
    Mrkdwn,
    actions,
    button,
    clip,
    context,
    divider,
    plain,
    section,
)
from okr.checkins import Answer, CheckIn, check_note, needs_note
from okr.confidence import Confidence
from okr.errors import AnswerProblem, Problem
from okr.goals import Action
from okr.standing import Standing

PER_PAGE = 3
"""Key results on one page: value and confidence each make six inputs, which is where a modal gets long."""
MOST_ACTIONS = 10
"""Slack takes at most ten checkboxes."""
NOTE_LENGTH = 1000
VALUE_LENGTH = 40


@dataclass(frozen=True)
class Question:
    """One key result on the form. `before` is the answer a change of colour is judged against, `by` who gave the
    last one if it was not the reader.
    """

    standing: Standing
    before: CheckIn | None = None
    actions: tuple[Action, ...] = ()
    ever_negative: bool = False
    by: str = ""

    @property
    def id(self) -> str:
        return self.standing.key_result.id


@dataclass(frozen=True)
class Form:
    """One page of a check-in, and what the pages after it ask.

    `rest` are the key results of the pages to come, `done` how many pages are behind, `gone` why some cannot be
    answered any more. `opened` are the questions whose details are open, `shown` the value each field started from
    (so that "+2" adds once) and `based_on` the answer. `day` is the prompt's date, `counts_for` that of the round it
    answers when the prompt's is over. What `edits` changes the newest answer.
    """

    questions: tuple[Question, ...]
    rest: tuple[str, ...] = ()
    done: int = 0
    opened: frozenset[str] = frozenset()
    day: date | None = None
    zone: str = "UTC"
    shown: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    """Questions that were sent without the note they need; the form says so above the field."""
    overtaken: frozenset[str] = frozenset()
    """Questions that somebody else answered while the form was open; the form says so above the field."""
    based_on: Mapping[str, str] = field(default_factory=dict)
    gone: tuple[Problem, ...] = ()
    counts_for: date | None = None
    edits: bool = False
    from_home: bool = False

    @property
    def pages(self) -> int:
        return self.done + 1 + -(-len(self.rest) // PER_PAGE)


@dataclass(frozen=True)
class Reading:
    """What a submitted page says: answers when all could be read, else an error for each field to mend.

    `missing` are questions that lack a note whose field was not open yet, `overtaken` those that somebody else has
    answered since the form was drawn.
    """

    answers: tuple[Answer, ...]
    errors: Mapping[str, str]
    missing: frozenset[str]
    overtaken: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Memo:
    """What the form remembers between being drawn and being read (Slack's private_metadata)."""

    ids: tuple[str, ...]
    rest: tuple[str, ...]
    done: int
    opened: frozenset[str]
    shown: Mapping[str, str]
    based_on: Mapping[str, str]
    day: date | None
    edits: bool
    from_home: bool


def render(form: Form, language: Language) -> View:
    """One page of the form, every field filled with what was said last."""
    title = language.plain("Check-in")
    if form.pages > 1:
        title = language.plain("Check-in {page} of {pages}", page=form.done + 1, pages=form.pages)
    last = not form.rest
    return {
        "type": "modal",
        "callback_id": ids.CHECK_IN_VIEW,
        "title": plain(title, 24),
        "submit": plain(language.plain("Save") if last else language.plain("Save and next"), 24),
        "close": plain(language.plain("Cancel"), 24),
        "private_metadata": _memo(form),
        "blocks": _blocks(form, language),
    }


def read_memo(view: Mapping[str, Any]) -> Memo:
    """What the form remembers, of a view as Slack sends it back."""
    memo = json.loads(view["private_metadata"])
    return Memo(
        ids=tuple(memo["ids"]),
        rest=tuple(memo["rest"]),
        done=memo["done"],
        opened=frozenset(memo["ids"][place] for place in memo["open"]),
        shown=dict(zip(memo["ids"], memo["shown"], strict=True)),
        based_on=dict(zip(memo["ids"], memo["last"], strict=True)),
        day=date.fromisoformat(memo["day"]) if memo["day"] else None,
        edits=memo["edits"],
        from_home=memo["home"],
    )


def read_confidence(view: Mapping[str, Any], key_result_id: str) -> Confidence | None:
    """The colour chosen so far."""
    state = _state(view, ids.field("confidence", key_result_id))
    return Confidence(state["selected_option"]["value"]) if state.get("selected_option") else None


def read(view: Mapping[str, Any], form: Form, language: Language) -> Reading:
    """Read a submitted page. `form` holds the same questions the page was drawn from, as they stand now."""
    memo = read_memo(view)
    answers: list[Answer] = []
    errors: dict[str, str] = {}
    missing: set[str] = set()
    for question in form.questions:
        try:
            answers.append(_answer(view, question, memo, language, errors))
        except AnswerProblem as problem:
            where = ids.field(ids.NOTE, question.id)
            if question.id in memo.opened:
                errors[where] = problems.say_plain(problem, language)
            else:
                missing.add(question.id)
        except _Unreadable:
            pass
    overtaken = {one.id for one in form.questions if one.by and memo.based_on.get(one.id) != _last(one)}
    told = not (errors or missing or overtaken)
    return Reading(tuple(answers) if told else (), errors, frozenset(missing), frozenset(overtaken))


class _Unreadable(Exception):
    """A field's error has been noted; there is no answer to build."""


def _memo(form: Form) -> str:
    keys = [question.id for question in form.questions]
    return json.dumps(
        {
            "ids": keys,
            "rest": form.rest,
            "done": form.done,
            "open": [place for place, key in enumerate(keys) if key in form.opened],
            "shown": [_shown(question, form) for question in form.questions],
            "last": [form.based_on.get(question.id, _last(question)) for question in form.questions],
            "day": form.day.isoformat() if form.day else "",
            "edits": form.edits,
            "home": form.from_home,
        },
        separators=(",", ":"),
    )


def _shown(question: Question, form: Form) -> str:
    if question.id in form.shown:
        return form.shown[question.id]
    return str(question.standing.value) if question.standing.value is not None else ""


def _last(question: Question) -> str:
    return question.standing.last.id if question.standing.last else ""


def _blocks(form: Form, language: Language) -> Blocks:
    blocks: Blocks = [context(problems.say(one, language)) for one in form.gone]
    if form.counts_for:
        when = language.day(form.counts_for)
        blocks.append(context(language.say("This counts for the check-in of {day}.", day=when)))
    for place, question in enumerate(form.questions):
        if place:
            blocks.append(divider())
        blocks.append(_heading(question, form, language))
        blocks.append(_value(question, form, language, focus=place == 0))
        blocks.append(_confidence(question, language))
        blocks += _details(question, form, language)
    return blocks


def _heading(question: Question, form: Form, language: Language) -> dict[str, Any]:
    one = question.standing
    lines = [standing.title(one), *standing.in_place_of(one, language), standing.facts(one, language, form.zone)]
    if question.id in form.overtaken:
        lines.append(
            language.say("⚠️ {name} answered this while you were at it. Save again to replace it.", name=question.by)
        )
    return section(Mrkdwn("\n").join(lines), block_id=f"about:{question.id}")


def _value(question: Question, form: Form, language: Language, *, focus: bool) -> dict[str, Any]:
    element = _steps(question, language) if _is_milestone(question) else _number(question, form, language)
    if focus:
        element["focus_on_load"] = True
    label = language.plain("Step reached") if _is_milestone(question) else language.plain("Value now")
    block = {
        "type": "input",
        "block_id": ids.field(ids.VALUE, question.id),
        "label": plain(label, LABEL),
        "element": element,
    }
    if not _is_milestone(question):
        example = numbers.example(question.standing.key_result.measure, question.standing.value, language.locale)
        hint = language.plain("For example {example}; +2 adds to the last value.", example=example)
        if question.standing.value is None:
            hint = language.plain("For example {example}.", example=example)
        block["hint"] = plain(hint, 150)
    return block


def _number(question: Question, form: Form, language: Language) -> dict[str, Any]:
    element: dict[str, Any] = {
        "type": "plain_text_input",
        "action_id": ids.VALUE,
        "max_length": VALUE_LENGTH,
    }
    shown = _shown(question, form)
    if shown:
        element["initial_value"] = numbers.write_input(Decimal(shown), language.locale)
    return element


def _steps(question: Question, language: Language) -> dict[str, Any]:
    measure = question.standing.key_result.measure
    options = [_option(f"{clip(step.title, 60)} ({step.percent}%)", str(step.percent)) for step in measure.steps]
    if measure.steps[0].percent:
        options.insert(0, _option(language.plain("Not begun"), "0"))
    element: dict[str, Any] = {"type": "static_select", "action_id": ids.VALUE, "options": options}
    if question.standing.value is not None:
        reached = measure.step_at(question.standing.value)
        percent = str(reached.percent) if reached else "0"
        element["initial_option"] = next((one for one in options if one["value"] == percent), options[0])
    return element


def _confidence(question: Question, language: Language) -> dict[str, Any]:
    options = [
        _option(standing.marked(Confidence.GREEN, language), "green", language.plain("I expect to reach the target.")),
        _option(
            standing.marked(Confidence.YELLOW, language),
            "yellow",
            language.plain("I may miss it unless something changes."),
        ),
        _option(standing.marked(Confidence.RED, language), "red", language.plain("I will miss it as things are.")),
    ]
    element: dict[str, Any] = {"type": "radio_buttons", "action_id": ids.CONFIDENCE, "options": options}
    if question.standing.last:
        given = question.standing.last.confidence.value
        element["initial_option"] = next(one for one in options if one["value"] == given)
    return {
        "type": "input",
        "block_id": ids.field("confidence", question.id),
        "label": plain(language.plain("Confidence"), LABEL),
        "element": element,
        "dispatch_action": True,
    }


def _details(question: Question, form: Form, language: Language) -> Blocks:
    if question.id not in form.opened:
        label = language.plain("Add details")
        about = question.standing.key_result.title
        return [
            actions(button(label, ids.DETAILS, question.id, about=about), block_id=ids.field("details", question.id))
        ]
    blocks: Blocks = []
    if question.id in form.missing:
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
        _text(question, ids.BLOCKER, language.plain("What stands in the way"), blocker),
    ]
    return blocks + _actions(question, language)


def _missing_note(question: Question, language: Language) -> Mrkdwn:
    return language.say(
        "⚠️ “{title}” needs a note for this colour; then save again.", title=clip(question.standing.key_result.title, 60)
    )


def _text(question: Question, name: str, label: str, initial: str, hint: str = "") -> dict[str, Any]:
    element: dict[str, Any] = {
        "type": "plain_text_input",
        "action_id": name,
        "multiline": True,
        "max_length": NOTE_LENGTH,
    }
    if initial:
        element["initial_value"] = initial[:NOTE_LENGTH]
    block: dict[str, Any] = {
        "type": "input",
        "block_id": ids.field(name, question.id),
        "label": plain(label, LABEL),
        "element": element,
        "optional": True,
    }
    if hint:
        block["hint"] = plain(hint, 150)
    return block


def _actions(question: Question, language: Language) -> Blocks:
    if not question.actions:
        return []
    shown = question.actions[:MOST_ACTIONS]
    block = {
        "type": "input",
        "block_id": ids.field(ids.ACTIONS, question.id),
        "label": plain(language.plain("Actions done"), LABEL),
        "element": {
            "type": "checkboxes",
            "action_id": ids.ACTIONS,
            "options": [_option(one.title, one.id) for one in shown],
        },
        "optional": True,
    }
    more = len(question.actions) - len(shown)
    if more:
        block["hint"] = plain(language.plain_count("and {count} more later", "and {count} more later", more), 150)
    return [block]


def _option(text: str, value: str, description: str = "") -> dict[str, Any]:
    option: dict[str, Any] = {"text": plain(text, 75), "value": value}
    if description:
        option["description"] = plain(description, 75)
    return option


def _answer(
    view: Mapping[str, Any], question: Question, memo: Memo, language: Language, errors: dict[str, str]
) -> Answer:
    value = _read_value(view, question, memo, language, errors)
    confidence = read_confidence(view, question.id)
    if confidence is None:
        problem = Problem("answer.confidence_missing")
        errors[ids.field("confidence", question.id)] = problems.say_plain(problem, language)
    details = question.id in memo.opened
    kept = question.standing.last
    note, win, blocker = (_typed(view, ids.field(name, question.id)) for name in (ids.NOTE, ids.WIN, ids.BLOCKER))
    if not details and kept:
        blocker = kept.blocker
        note, win = (kept.note, kept.win) if question.standing.answered else ("", "")
    if confidence is None:
        raise _Unreadable
    offered = _state(view, ids.field(ids.ACTIONS, question.id))
    answer = Answer(
        key_result_id=question.id,
        value=Decimal(0) if value is None else value,
        confidence=confidence,
        note=note,
        win=win,
        blocker=blocker,
        done_action_ids=frozenset(one["value"] for one in offered["selected_options"] or ()) if offered else None,
    )
    check_note(answer, question.before)
    if value is None:
        raise _Unreadable
    return answer


def _read_value(
    view: Mapping[str, Any], question: Question, memo: Memo, language: Language, errors: dict[str, str]
) -> Decimal | None:
    where = ids.field(ids.VALUE, question.id)
    state = _state(view, where)
    if _is_milestone(question):
        if state.get("selected_option"):
            return Decimal(state["selected_option"]["value"])
        errors[where] = problems.say_plain(Problem("answer.step_missing"), language)
        return None
    shown = memo.shown.get(question.id, "")
    try:
        return numbers.read(
            state.get("value") or "",
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


def _typed(view: Mapping[str, Any], block_id: str) -> str:
    return (_state(view, block_id).get("value") or "").strip()


def _state(view: Mapping[str, Any], block_id: str) -> Mapping[str, Any]:
    fields = view["state"]["values"].get(block_id, {})
    return next(iter(fields.values()), {})


def opened_at_first(questions: tuple[Question, ...]) -> frozenset[str]:
    """Questions whose details open by themselves: the colour they start with needs a note."""
    return frozenset(
        question.id
        for question in questions
        if question.standing.last and needs_note(question.standing.last.confidence, question.before)
    )
