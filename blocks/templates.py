"""Objectives to start from, by department, with their key results: texts of the product, in the reader's language."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from blocks.language import LANGUAGES, LOCALES, Language


@dataclass(frozen=True)
class KeyResultTemplate:
    """`measure` is a phrase as a person would type it; it is the key result number `number` of `count`."""

    title: str
    measure: str
    source: str
    number: int
    count: int


@dataclass(frozen=True)
class Template:
    """An objective to start from. Its id is the same in every language."""

    id: str
    title: str
    why: str
    key_results: tuple[KeyResultTemplate, ...]


@dataclass(frozen=True)
class Department:
    name: str
    templates: tuple[Template, ...]


@dataclass(frozen=True)
class Offer:
    """Which key result of a template a form is filled with; `place` counts from 0."""

    template: str
    place: int = 0

    @property
    def following(self) -> "Offer":
        return Offer(self.template, self.place + 1)


def departments(language: Language) -> tuple[Department, ...]:
    return _departments(language.code)


def find(id: str, language: Language) -> Template | None:
    """None for no id, and for one that is no more."""
    every = (one for department in departments(language) for one in department.templates)
    return next((one for one in every if one.id == id), None)


def offered(offer: Offer | None, language: Language) -> KeyResultTemplate | None:
    """None without an offer, and behind the template's last one."""
    template = find(offer.template, language) if offer else None
    if offer is None or template is None or offer.place >= len(template.key_results):
        return None
    return template.key_results[offer.place]


def wrote(text: str) -> bool:
    """Whether a text is a template's, in any language, and so nobody's own words."""
    return text in _texts()


@cache
def _departments(code: str) -> tuple[Department, ...]:
    written = yaml.safe_load((LOCALES / f"templates.{code}.yaml").read_text(encoding="utf-8"))
    return tuple(Department(one["department"], tuple(map(_template, one["objectives"]))) for one in written)


def _template(written: dict[str, Any]) -> Template:
    count = len(written["key results"])
    numbered = enumerate(written["key results"], start=1)
    key_results = tuple(KeyResultTemplate(**one, number=number, count=count) for number, one in numbered)
    return Template(written["id"], written["title"], written["why"], key_results)


@cache
def _texts() -> frozenset[str]:
    every = [one for code in LANGUAGES for department in _departments(code) for one in department.templates]
    objectives = (text for one in every for text in (one.title, one.why))
    key_results = (
        text for one in every for each in one.key_results for text in (each.title, each.measure, each.source)
    )
    return frozenset((*objectives, *key_results))
