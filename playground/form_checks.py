"""What Slack's client checks in a form before it is sent."""

import re
from decimal import Decimal, InvalidOperation

from playground.elements import Element
from playground.values import Plain
from playground.views import View

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
URL = re.compile(r"https?://\S+")


def client_side_errors(view: View) -> dict[str, str]:
    """What stands under the fields of a form that may not be sent yet, by block_id."""
    errors: dict[str, str] = {}
    for element in view.inputs():
        problem = _problem(element, view.values.plain(element))
        if problem:
            errors[element.block_id] = problem
    return errors


def _problem(element: Element, value: Plain) -> str | None:
    if not value:
        return None if element.block.get("optional") else "Please complete this required field"
    if isinstance(value, list):
        return None
    shortest = element.json.get("min_length") or 0
    if len(value) < shortest:
        return f"Enter at least {shortest} characters"
    if element.type == "number_input":
        return _number_problem(element, value)
    if element.type == "email_text_input" and not EMAIL.fullmatch(value):
        return "Enter a valid email address"
    if element.type == "url_text_input" and not URL.fullmatch(value):
        return "Enter a valid URL"
    return None


def _number_problem(element: Element, value: str) -> str | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return "Enter a number"
    if not number.is_finite():
        return "Enter a number"
    if not element.json.get("is_decimal_allowed") and "." in value:
        return "Enter a whole number"
    least, most = element.json.get("min_value"), element.json.get("max_value")
    if least is not None and number < Decimal(least):
        return f"Enter a number that is at least {least}"
    if most is not None and number > Decimal(most):
        return f"Enter a number that is at most {most}"
    return None
