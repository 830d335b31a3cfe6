"""The small vocabulary every block and element is described in.

A rule looks at one JSON value and returns what is wrong with it: nothing, or pairs of a pointer
(relative to that value) and a message. Pointers are only put together when something is wrong,
so a faultless payload costs little more than a walk over it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

Surface = Literal["message", "modal", "home"]
Found = tuple[tuple[str, str], ...]
Rule = Callable[[Any, Surface], Found]

FINE: Found = ()
PLACES: Mapping[Surface, str] = {"message": "a message", "modal": "a modal", "home": "a Home tab"}


def fault(message: str, *path: str | int) -> Found:
    """One finding, `path` keys below the value that was looked at."""
    return (("".join(map(_step, path)), message),)


def below(key: str | int, found: Found) -> Found:
    """The same findings, seen from the parent that holds the value under `key`."""
    step = _step(key)
    return tuple((step + pointer, message) for pointer, message in found)


def _step(key: str | int) -> str:
    return "/" + str(key).replace("~", "~0").replace("/", "~1")


def anything(value: Any, surface: Surface) -> Found:
    return FINE


def boolean(value: Any, surface: Surface) -> Found:
    return FINE if isinstance(value, bool) else fault("must provide a boolean")


def any_object(value: Any, surface: Surface) -> Found:
    return FINE if isinstance(value, dict) else fault("must provide an object")


def string(longest: int | None = None, shortest: int = 1) -> Rule:
    """A string of so many characters; Slack counts characters, not bytes."""

    def check(value: Any, surface: Surface) -> Found:
        if not isinstance(value, str):
            return fault("must provide a string")
        if len(value) < shortest:
            return fault(f"must be more than {shortest - 1} characters")
        if longest is not None and len(value) > longest:
            return fault(f"must be less than {longest + 1} characters")
        return FINE

    return check


def integer(least: int | None = None, most: int | None = None) -> Rule:
    def check(value: Any, surface: Surface) -> Found:
        if not isinstance(value, int) or isinstance(value, bool):
            return fault("must provide an integer")
        if least is not None and value < least:
            return fault(f"must be greater than {least - 1}")
        if most is not None and value > most:
            return fault(f"must be less than {most + 1}")
        return FINE

    return check


def number(value: Any, surface: Surface) -> Found:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return fault("must provide a number")
    # JSON has no NaN and no infinity, but Python's reader lets them through.
    return FINE if value - value == 0 else fault("must provide a finite number")


def one_of(*values: str) -> Rule:
    def check(value: Any, surface: Surface) -> Found:
        if isinstance(value, str) and value in values:
            return FINE
        return fault(f"must be a valid enum value: {', '.join(values)}")

    return check


def list_of(item: Rule, least: int = 1, most: int | None = None, *also: Rule) -> Rule:
    """An array; the rules in `also` see it only when all its items are in order."""

    def check(value: Any, surface: Surface) -> Found:
        if not isinstance(value, list):
            return fault("must provide an array")
        if len(value) < least:
            return fault(f"no fewer than {least} items allowed")
        if most is not None and len(value) > most:
            return fault(f"no more than {most} items allowed")
        found = FINE
        for index, entry in enumerate(value):
            if inner := item(entry, surface):
                found += below(index, inner)
        return found or _first(also, value, surface)

    return check


def shape(required: Mapping[str, Rule], optional: Mapping[str, Rule], *also: Rule) -> Rule:
    """An object with these fields and no others.

    The rules in `also` compare fields with each other; they run only when every field is in
    order by itself, so they may rely on the types.
    """
    rules = {**required, **optional}

    def check(value: Any, surface: Surface) -> Found:
        if not isinstance(value, dict):
            return fault("must provide an object")
        found = FINE
        for key, entry in value.items():
            rule = rules.get(key)
            if rule is None:
                found += fault(f"invalid additional property: {key}")
            elif inner := rule(entry, surface):
                found += below(key, inner)
        for key in required:
            if key not in value:
                found += fault(f"missing required field: {key}")
        return found or _first(also, value, surface)

    return check


def typed(required: Mapping[str, Rule], optional: Mapping[str, Rule], *also: Rule) -> Rule:
    """A shape that also carries the `type` by which `by_type` found it."""
    return shape({"type": anything, **required}, optional, *also)


def by_type(variants: Mapping[str, Rule]) -> Rule:
    """An object whose `type` says which of the rules holds for it."""

    def check(value: Any, surface: Surface) -> Found:
        if not isinstance(value, dict):
            return fault("must provide an object")
        if "type" not in value:
            return fault("missing required field: type")
        kind = value["type"]
        rule = variants.get(kind) if isinstance(kind, str) else None
        return rule(value, surface) if rule else fault(f"unsupported type: {kind}", "type")

    return check


def only_on(*surfaces: Surface) -> Callable[[Rule], Rule]:
    """Narrows a rule to the surfaces where Slack shows such a block or element."""

    def narrow(rule: Rule) -> Rule:
        def check(value: Any, surface: Surface) -> Found:
            if surface in surfaces:
                return rule(value, surface)
            return fault(f"unsupported type: {value['type']} is not allowed in {PLACES[surface]}", "type")

        return check

    return narrow


def every(*rules: Rule) -> Rule:
    """All of these, the first that is broken being told."""

    def check(value: Any, surface: Surface) -> Found:
        return _first(rules, value, surface)

    return check


def either(*keys: str) -> Rule:
    """At least one of these fields."""
    names = " or ".join(f"`{key}`" for key in keys)

    def check(value: Any, surface: Surface) -> Found:
        return FINE if any(key in value for key in keys) else fault(f"must define either {names}")

    return check


def exactly_one(*keys: str) -> Rule:
    """One of these fields, and not the others with it."""
    names = " or ".join(f"`{key}`" for key in keys)

    def check(value: Any, surface: Surface) -> Found:
        count = sum(key in value for key in keys)
        return FINE if count == 1 else fault(f"must define either {names}" + ", not both" * (count > 1))

    return check


def unique(message: str, key: str | None = None) -> Rule:
    """No two items of an array are the same, or carry the same value under `key`."""

    def check(value: Any, surface: Surface) -> Found:
        marks = value if key is None else [entry.get(key) for entry in value]
        for index, mark in enumerate(marks):
            if mark is not None and mark in marks[:index]:
                return fault(message, index) if key is None else fault(message, index, key)
        return FINE

    return check


def _first(rules: tuple[Rule, ...], value: Any, surface: Surface) -> Found:
    for rule in rules:
        if found := rule(value, surface):
            return found
    return FINE
