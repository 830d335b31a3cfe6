"""Filling in a check-in form by the titles of key results, in whatever language the form is."""

from collections.abc import Iterator
from typing import NamedTuple

from playground import Person
from playground.jsons import Json, text_of

SHAPES = {"On track": "🟢", "At risk": "⚠️", "Off track": "🛑"}


class Field(NamedTuple):
    """An input of the form on screen: which key result it is about, its label, and the how manieth of that label."""

    title: str
    name: str
    label: str
    nth: int
    element: Json


async def fills_in(
    person: Person,
    title: str,
    value: str = "",
    colour: str = "",
    *,
    note: str = "",
    win: str = "",
    blocker: str = "",
) -> None:
    """Fill in what is given for one key result of the form on top; `colour` is said in English, or is a number."""
    if value:
        await _puts(person, find(person, title, "value"), value)
    if colour:
        await _puts(person, find(person, title, "confidence"), SHAPES.get(colour, f" {colour} ·"))
    for name, text in (("note", note), ("win", win), ("blocker", blocker)):
        if text:
            await opens_details(person, title)
            await _puts(person, find(person, title, name), text)


async def opens_details(person: Person, title: str) -> None:
    """Click *Add details* under one key result, unless they are open."""
    assert person.modal is not None
    heading = ""
    for block in person.modal.json["blocks"]:
        heading = _title(block) if block["type"] == "section" else heading
        if block["type"] == "actions" and heading == title:
            await person.clicks(block["elements"][0]["accessibility_label"])
            return


def find(person: Person, title: str, name: str) -> Field:
    """The field on screen; name is value, confidence, note, win, blocker or actions."""
    found = [one for one in fields(person) if one.title == title and one.name == name]
    assert found, f"the form asks nothing called {name} about {title!r}; it asks about {titles(person)}"
    return found[0]


def titles(person: Person) -> list[str]:
    """The key results the form on top asks about, in its order."""
    return list(dict.fromkeys(one.title for one in fields(person)))


def fields(person: Person) -> Iterator[Field]:
    """The inputs of the form on top, each under the key result whose heading stands before it."""
    assert person.modal is not None
    title, counted = "", dict[str, int]()
    for block in person.modal.json["blocks"]:
        if block["type"] == "section":
            title = _title(block)
        elif block["type"] == "input":
            label = text_of(block["label"])
            counted[label] = counted.get(label, 0) + 1
            yield Field(title, block["block_id"].partition(":")[0], label, counted[label], block["element"])


def _title(section: Json) -> str:
    return str(section["text"]["text"].split("\n")[0].strip("*"))


async def _puts(person: Person, field: Field, text: str) -> None:
    if field.element["type"] == "plain_text_input":
        await person.fills(field.label, text, nth=field.nth)
    else:
        await person.chooses(field.label, _option(field.element, text), nth=field.nth)


def _option(element: Json, text: str) -> str:
    """The whole text of the first option that has this in it."""
    return next(shown for shown in (text_of(one["text"]) for one in element["options"]) if text in shown)
