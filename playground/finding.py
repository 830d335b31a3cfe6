"""Finding what a person means on the screen: places to look in, elements by what they are called."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from playground.elements import Element, elements_in
from playground.errors import CannotDoError
from playground.interactions import Place
from playground.jsons import Json, text_of
from playground.seen import clickable, named_fields
from playground.values import Plain


@dataclass(frozen=True)
class Found:
    """An element where it stands, and the value a click on it means."""

    place: Place
    element: Element
    value: Plain = None


def find_button(places: Iterable[Place], label: str, user: str, nth: int = 1) -> Found:
    """The nth clickable thing with that label or accessibility_label, places in the order given."""
    there: list[str] = []
    found: list[Found] = []
    for place in places:
        for element in elements_in(place.blocks):
            if element.keeps_value or not element.visible_to(user):
                continue
            spoken = str(element.json.get("accessibility_label", ""))
            for shown, value in clickable(element):
                there.append(shown if not spoken else f"{shown} ({spoken})")
                if label in (shown, spoken):
                    found.append(Found(place, element, value))
    return _nth(found, nth, f"to click called {label!r}", there)


def find_field(places: Iterable[Place], label: str, fits: Callable[[Element], bool], nth: int = 1) -> Found:
    """The nth element that holds a value and is called that: by its label, placeholder or own name."""
    there: list[str] = []
    found: list[Found] = []
    for place in places:
        for name, element in named_fields(place.blocks):
            if fits(element):
                there.append(name)
                if label == name or label in element.names:
                    found.append(Found(place, element))
    return _nth(found, nth, f"called {label!r}", there)


def option_value(element: Element, options: list[Json], text: str) -> str:
    """The value of the option a person reads as that text."""
    for option in options:
        if text_of(option["text"]) == text:
            return str(option["value"])
    offered = ", ".join(repr(text_of(option["text"])) for option in options)
    raise CannotDoError(f"{element.label or element.type} does not offer {text!r}. It offers: {offered}")


def _nth(found: list[Found], nth: int, what: str, there: list[str]) -> Found:
    if len(found) >= nth:
        return found[nth - 1]
    # The same thing on every message would drown the list.
    listed = ", ".join(repr(name) for name in dict.fromkeys(there)) or "nothing"
    count = f" number {nth}" if nth > 1 else ""
    raise CannotDoError(f"There is nothing{count} {what}. There is: {listed}")
