"""Forms as Slack sends them back: what was shown in each field, and what the person made of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from blocks import checkin_form
from blocks.checkin_fields import Question
from blocks.checkin_form import Form, Reading
from blocks.language import Language, language
from blocks.message import View
from okr.checkins import CheckIn
from okr.measures import Measure
from tests.making import GROWS, checkin, standing

ENGLISH, ITALIAN, FRENCH, GERMAN = (language(locale) for locale in ("en-GB", "it-IT", "fr-FR", "de-DE"))


def sent(view: View, changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The submitted view. `changes` go by block id: a text, an option's value, or the values that are ticked."""
    fields = {block["block_id"]: block["element"] for block in inputs(view)}
    changes = changes or {}
    assert set(changes) <= set(fields), f"not on the form: {set(changes) - set(fields)}"
    values = {
        block_id: {element["action_id"]: _state(element, changes.get(block_id, ...))}
        for block_id, element in fields.items()
    }
    return {**view, "id": "V1", "hash": "1.a", "state": {"values": values}}


def inputs(view: View) -> list[dict[str, Any]]:
    return [block for block in view["blocks"] if block["type"] == "input"]


def question(measure: Measure = GROWS, last: CheckIn | None = None, **given: Any) -> Question:
    """One key result of id "kr"; `answered` says that the last answer is of this round."""
    more = {name: given.pop(name) for name in ("before", "actions", "ever_negative", "scale") if name in given}
    one = standing(measure=measure, last=last, **given)
    return Question(replace(one, key_result=replace(one.key_result, id=given.get("id", "kr"))), **more)


def numbered(count: int) -> tuple[Question, ...]:
    """Questions as the memory names them, each with the longest value that is kept."""
    longest = checkin("-123456789012345.123456")
    made = [question(last=longest) for _ in range(count)]
    return tuple(
        Question(replace(one.standing, key_result=replace(one.standing.key_result, id=f"{place:024x}")))
        for place, one in enumerate(made)
    )


def read(form: Form, changes: Mapping[str, Any] | None = None, reader: Language = ENGLISH) -> Reading:
    """Draw the form, let the person change these fields, and read it."""
    return checkin_form.read(sent(checkin_form.render(form, reader), changes), form, reader)


def field(view: View, block_id: str) -> dict[str, Any]:
    return next(block for block in inputs(view) if block["block_id"] == block_id)


def _state(element: Mapping[str, Any], change: Any) -> dict[str, Any]:
    kind = element["type"]
    if kind == "plain_text_input":
        typed = element.get("initial_value") if change is ... else change
        assert len(typed or "") <= element["max_length"], "Slack's client lets nobody type more"
        return {"type": kind, "value": typed or None}
    if kind == "checkboxes":
        ticked = element.get("initial_options", []) if change is ... else [_option(element, one) for one in change]
        return {"type": kind, "selected_options": ticked}
    chosen = element.get("initial_option") if change is ... else _option(element, change)
    return {"type": kind, "selected_option": chosen}


def _option(element: Mapping[str, Any], value: str) -> dict[str, Any]:
    """The offered option of this value; what is not offered cannot be chosen."""
    return next(option for option in element["options"] if option["value"] == value)
