"""Elements to type into, and the pickers of dates and times."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.blockkit.formats import DATE, TIME, ZONE, as_number
from playground.blockkit.objects import CONFIRM, DISPATCH_ACTION_CONFIG, element, plain_text
from playground.blockkit.richtext import RICH_TEXT
from playground.blockkit.rules import (
    FINE,
    Found,
    Rule,
    Surface,
    boolean,
    by_type,
    fault,
    integer,
    list_of,
    only_on,
    string,
)

_PICKED: Mapping[str, Rule] = {"confirm": CONFIRM, "focus_on_load": boolean}
_HINTED: Mapping[str, Rule] = {"placeholder": plain_text(150)}
_TYPED: Mapping[str, Rule] = {
    "focus_on_load": boolean,
    "dispatch_action_config": DISPATCH_ACTION_CONFIG,
    **_HINTED,
}

PICKERS: Mapping[str, Rule] = {
    "datepicker": element({}, {"initial_date": DATE, **_PICKED, **_HINTED}),
    "timepicker": element({}, {"initial_time": TIME, "timezone": ZONE, **_PICKED, **_HINTED}),
    # Ten digits of UNIX seconds: from September 2001 on.
    "datetimepicker": element({}, {"initial_date_time": integer(10**9, 10**10 - 1), **_PICKED}),
}


def _lengths_agree(value: Any, surface: Surface) -> Found:
    least, most = value.get("min_length", 0), value.get("max_length", 3000)
    if least > most:
        return fault("min_length must not be greater than max_length", "min_length")
    preset = value.get("initial_value")
    if preset is None:
        return FINE
    if len(preset) > most:
        return fault(f"must be less than {most + 1} characters", "initial_value")
    if len(preset) < least:
        return fault(f"must be more than {least - 1} characters", "initial_value")
    return FINE


def _numbers_agree(value: Any, surface: Surface) -> Found:
    """The bounds and the preset are strings that read as numbers of the allowed kind."""
    decimal = value["is_decimal_allowed"]
    kind = "number" if decimal else "whole number"
    numbers = {}
    for key in ("min_value", "max_value", "initial_value"):
        if key in value:
            numbers[key] = as_number(value[key], decimal=decimal)
            if numbers[key] is None:
                return fault(f"must be a string that reads as a {kind}", key)
    least, most, preset = map(numbers.get, ("min_value", "max_value", "initial_value"))
    if least is not None and most is not None and least > most:
        return fault("min_value must not be greater than max_value", "min_value")
    if preset is not None and least is not None and preset < least:
        return fault(f"must not be less than the min_value {least}", "initial_value")
    if preset is not None and most is not None and preset > most:
        return fault(f"must not be greater than the max_value {most}", "initial_value")
    return FINE


def _lines_agree(value: Any, surface: Surface) -> Found:
    if value.get("min_lines", 1) > value.get("max_lines", 100):
        return fault("min_lines must not be greater than max_lines", "min_lines")
    return FINE


_modal = only_on("modal")

RICH_TEXT_INPUT = only_on("modal", "home")(
    element(
        {},
        {
            "initial_value": by_type({"rich_text": RICH_TEXT}),
            "min_lines": integer(1, 100),
            "max_lines": integer(1, 100),
            **_TYPED,
        },
        _lines_agree,
    )
)

FIELDS: Mapping[str, Rule] = {
    "plain_text_input": element(
        {},
        {
            "initial_value": string(),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
            **_TYPED,
        },
        _lengths_agree,
    ),
    "number_input": _modal(
        element(
            {"is_decimal_allowed": boolean},
            {"initial_value": string(), "min_value": string(), "max_value": string(), **_TYPED},
            _numbers_agree,
        )
    ),
    "email_text_input": _modal(element({}, {"initial_value": string(), **_TYPED})),
    "url_text_input": _modal(element({}, {"initial_value": string(), **_TYPED})),
    "file_input": _modal(element({}, {"filetypes": list_of(string()), "max_files": integer(1, 10)})),
    "rich_text_input": RICH_TEXT_INPUT,
}
