"""The small modal in which somebody chooses what to edit."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from blocks import ids, inputs
from blocks.language import Language
from blocks.message import View
from blocks.room import and_more
from blocks.text import context, plain
from okr.definitions import Titled

CHOICE = "definition"
MOST = 99
"""Groups of a menu in Slack, and more options than anybody would look through."""


def render(found: Sequence[Titled], open_to_more: Collection[str], language: Language) -> View:
    """Objectives, each with its key results; when there are too many, the rest is counted.

    `open_to_more` are the ids of the objectives under which one may write more.
    """
    shown = found[:MOST]
    groups = [
        {"label": plain(objective, 75), "options": _options(id, each, open_to_more, language)}
        for (id, objective), each in groupby(shown, key=lambda one: (one.objective_id, one.objective))
    ]
    menu = {"type": "static_select", "option_groups": groups}
    blocks = [inputs.labelled(CHOICE, language.plain("What do you want to edit?"), menu)]
    if len(found) > MOST:
        more = and_more(len(found) - MOST, language)
        rest = language.say("{more}: write some words of the title, as in `/okr edit customers`", more=more)
        blocks.append(context(rest))
    return {
        "type": "modal",
        "callback_id": ids.CHOICE_VIEW,
        "title": plain(language.plain("Edit"), 24),
        "submit": plain(language.plain("Next"), 24),
        "close": plain(language.plain("Cancel"), 24),
        "blocks": blocks,
    }


def read(view: Mapping[str, Any]) -> str:
    """The value of the option that was chosen."""
    return inputs.read_choice(view, CHOICE)


def _options(
    objective_id: str, each: Iterable[Titled], open_to_more: Collection[str], language: Language
) -> list[dict[str, Any]]:
    options = [_option(one, language) for one in each]
    return [*options, _more(objective_id, language)] if objective_id in open_to_more else options


def _more(objective_id: str, language: Language) -> dict[str, Any]:
    return inputs.option(language.plain("＋ A new key result"), ids.about_more(objective_id))


def _option(one: Titled, language: Language) -> dict[str, Any]:
    words = one.key_result or language.plain("The objective itself")
    return inputs.option(words, ids.about_definition(one.objective_id, one.key_result_id))
