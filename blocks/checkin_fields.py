"""The fields of the check-in modal about one key result: each is drawn and read back here."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from blocks import ids, numbers, problems, standing
from blocks.language import Language
from blocks.message import Blocks
from blocks.text import LABEL, Mrkdwn, actions, button, clip, context, plain
from okr.checkins import Answer, CheckIn, check_note
from okr.confidence import Confidence
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


class Unreadable(Exception):
    """A field's error has been noted; there is no answer to build."""


def value(question: Question, shown: str, language: Language, *, focus: bool) -> dict[str, Any]:
    element = _steps(question, language) if _is_milestone(question) else _number(question, shown, language)
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


def _number(question: Question, shown: str, language: Language) -> dict[str, Any]:
    element: dict[str, Any] = {
        "type": "plain_text_input",
        "action_id": ids.VALUE,
        "max_length": VALUE_LENGTH,
    }
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


def confidence(question: Question, language: Language) -> dict[str, Any]:
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


def read_confidence(view: Mapping[str, Any], key_result_id: str) -> Confidence | None:
    """The colour chosen so far."""
    state = _state(view, ids.field("confidence", key_result_id))
    return Confidence(state["selected_option"]["value"]) if state.get("selected_option") else None


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
    confidence = read_confidence(view, question.id)
    if confidence is None:
        problem = Problem("answer.confidence_missing")
        errors[ids.field("confidence", question.id)] = problems.say_plain(problem, language)
    kept = question.standing.last
    note, win, blocker = (_typed(view, ids.field(name, question.id)) for name in (ids.NOTE, ids.WIN, ids.BLOCKER))
    if not opened and kept:
        blocker = kept.blocker
        note, win = (kept.note, kept.win) if question.standing.answered else ("", "")
    if confidence is None:
        raise Unreadable
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
        raise Unreadable
    return answer


def _read_value(
    view: Mapping[str, Any], question: Question, shown: str, language: Language, errors: dict[str, str]
) -> Decimal | None:
    where = ids.field(ids.VALUE, question.id)
    state = _state(view, where)
    if _is_milestone(question):
        if state.get("selected_option"):
            return Decimal(state["selected_option"]["value"])
        errors[where] = problems.say_plain(Problem("answer.step_missing"), language)
        return None
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
