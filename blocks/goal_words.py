"""The words that objectives and key results have in common in their forms."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from blocks import ids, inputs, measure_phrase, refill
from blocks.language import Language
from blocks.message import Blocks, View
from blocks.text import Mrkdwn, clip, section
from okr.definitions import KeyResultDefinition, ObjectiveDefinition, Titled
from okr.goals import Ambition, State
from okr.measures import Measure

PRIORITIES, NO_PRIORITY = 5, "none"
NOTHING_ABOVE = "nothing"
SHOWN = 100
"""Characters of what somebody else has written meanwhile."""
Definition = ObjectiveDefinition | KeyResultDefinition
MOST_OPTIONS = 100
"""Options of a menu in Slack."""


def ambition(one: Ambition, language: Language) -> str:
    return {
        Ambition.COMMITTED: language.plain("Committed"),
        Ambition.ASPIRATIONAL: language.plain("Aspirational"),
    }[one]


def ambition_means(one: Ambition, language: Language) -> str:
    return {
        Ambition.COMMITTED: language.plain("We promise all of it."),
        Ambition.ASPIRATIONAL: language.plain("A stretch: 70% of it would be a success."),
    }[one]


def state(one: State, language: Language) -> str:
    return {
        State.DRAFT: language.plain("Draft"),
        State.ACTIVE: language.plain("Active"),
        State.PAUSED: language.plain("Paused"),
        State.DONE: language.plain("Done"),
        State.ABANDONED: language.plain("Abandoned"),
    }[one]


def state_means(one: State, language: Language) -> str:
    return {
        State.DRAFT: language.plain("Waits for the team’s lead to confirm it."),
        State.ACTIVE: language.plain("I ask for it in every round."),
        State.PAUSED: language.plain("I do not ask for it until it is active again."),
        State.DONE: language.plain("Reached; I ask for it no more."),
        State.ABANDONED: language.plain("Given up; I ask for it no more."),
    }[one]


def state_field(id: str, current: State, language: Language) -> dict[str, Any]:
    """Where it stands in its life. What is a draft is confirmed elsewhere, and nothing becomes one again."""
    states = [one for one in State if one is current or one is not State.DRAFT]
    if current is State.DRAFT:
        states = [State.DRAFT, State.ABANDONED]
    options = [inputs.option(state(one, language), one.value, state_means(one, language)) for one in states]
    return inputs.labelled(id, language.plain("State"), inputs.choice(options, current.value))


def priority_field(id: str, current: int | None, language: Language) -> dict[str, Any]:
    """How early it comes among others, 1 being the first."""
    numbers = sorted({*range(1, PRIORITIES + 1), *([current] if current else [])})
    options = [inputs.option(language.plain("None"), NO_PRIORITY)]
    options += [inputs.option(str(number), str(number)) for number in numbers]
    chosen = inputs.choice(options, str(current) if current else NO_PRIORITY)
    return inputs.labelled(id, language.plain("Priority, 1 first"), chosen, optional=True)


def read_priority(view: Mapping[str, Any], id: str) -> int | None:
    chosen = inputs.read_choice(view, id)
    return int(chosen) if chosen and chosen != NO_PRIORITY else None


def day_fields(starts_id: str, ends_id: str, starts: date | None, ends: date | None, language: Language) -> Blocks:
    """Its own first and last day, where they are not the cycle's."""
    first, last = language.plain("First day, if not the cycle’s"), language.plain("Last day, if not the cycle’s")
    return [
        inputs.labelled(starts_id, first, inputs.day(starts), optional=True),
        inputs.labelled(ends_id, last, inputs.day(ends), optional=True),
    ]


def above_field(
    id: str, above: Sequence[Titled], now: tuple[str | None, str | None], language: Language, *, hint: str = ""
) -> dict[str, Any]:
    """What something may contribute to: objectives, each followed by its key results. `now` is the objective, or the
    key result, that it contributes to already.
    """
    options = [inputs.option(language.plain("Nothing"), NOTHING_ABOVE)]
    options += [
        inputs.option(
            f"– {one.title}" if one.key_result_id else one.title,
            ids.about_definition(one.objective_id, one.key_result_id),
        )
        for one in above[: MOST_OPTIONS - 2]
    ]
    chosen = NOTHING_ABOVE
    if any(now):
        chosen = ids.about_definition(now[0] or "", now[1] or "")
    if chosen not in [each["value"] for each in options]:
        options.insert(1, inputs.option(language.plain("As it is"), chosen))
    menu = inputs.choice(options, chosen)
    return inputs.labelled(id, language.plain("Contributes to"), menu, hint=hint, optional=True)


def read_above(view: Mapping[str, Any], id: str) -> tuple[str, str] | None:
    """(the objective, or empty; the key result, or empty); None where the form did not ask."""
    chosen = inputs.read_choice(view, id)
    if chosen == NOTHING_ABOVE:
        return "", ""
    return ids.read_definition(chosen) if chosen else None


def field(name: str, language: Language) -> str:
    """A field of a definition, as its label on the form says."""
    return {
        "title": language.plain("title"),
        "why": language.plain("why it matters"),
        "owner_id": language.plain("owner"),
        "check_in_owner_id": language.plain("who is asked"),
        "ambition": language.plain("ambition"),
        "state": language.plain("state"),
        "measure": language.plain("measure"),
        "source": language.plain("source of the number"),
        "weight": language.plain("weight"),
        "parent_objective_id": language.plain("what it contributes to"),
        "parent_key_result_id": language.plain("what it contributes to"),
        "priority": language.plain("priority"),
        "private": language.plain("private"),
        "starts": language.plain("first day"),
        "ends": language.plain("last day"),
        "objective_id": language.plain("objective"),
        "team_id": language.plain("team"),
        "cycle_id": language.plain("cycle"),
    }.get(name, name)


def overtaken(disputed: Sequence[str], theirs: Definition | None, by: str, language: Language) -> list[dict[str, Any]]:
    """Somebody else has changed the same fields meanwhile: a line for the top of the form and for its end, where
    whoever has just saved looks.
    """
    if not disputed:
        return []
    names = language.listed(dict.fromkeys(_now(name, theirs, language) for name in disputed))
    said = language.say(
        "⚠️ {name} changed this while you were at it: {fields}. Save again to replace it with yours.",
        name=by or language.plain("An import"),
        fields=names,
    )
    return [section(said)]


def _now(name: str, theirs: Definition | None, language: Language) -> str:
    """A field, with what somebody else has written into it."""
    value = getattr(theirs, name, None)
    if isinstance(value, Measure):
        value = measure_phrase.say(value, language)
    if name in ("title", "why", "source", "measure") and value:
        return language.plain("{field}, now “{text}”", field=field(name, language), text=clip(str(value), SHOWN))
    return field(name, language)


def brought_back(view: View, unsent: Mapping[str, Any], language: Language) -> View:
    """The form with what was typed into it the last time, under a line that says so."""
    if not unsent:
        return view
    filled = refill.again({**view, "state": {"values": unsent}}, language.say("What you typed last time is back."))
    return {**view, "blocks": filled["blocks"]}


def say_draft(language: Language) -> Mrkdwn:
    return language.say("This will be a draft until the team’s lead confirms it.")
