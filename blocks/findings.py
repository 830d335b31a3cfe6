"""What the nightly look has found, told to an owner in one short message, and to a lead in their notice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel import numbers

from blocks import ids, why
from blocks.language import Language
from blocks.message import Blocks, Message
from blocks.room import and_more, spoken
from blocks.text import Mrkdwn, actions, bold, button, clip, context, section
from okr.findings import Family, Finding, What
from okr.goals import KeyResult, Objective, Person

MOST_SHOWN, TITLE, NAME = 10, 150, 60
CHECK_IN = frozenset({What.NOT_STARTED, What.STALE, What.BEHIND, What.GREEN_BEHIND, What.RED_AHEAD, What.HEADING_HIGH})
"""What an answer helps with; all else is changed where it is written down."""


@dataclass(frozen=True)
class Told:
    """What an owner's message says besides: `leads` hear of it when the owner stays silent, `told` by what they will
    hear of and when. `fewer` says that the owner wants to hear less often.
    """

    day: date
    zone: str
    leads: Sequence[str] = ()
    told: Mapping[tuple[Family, str], tuple[str, date]] = field(default_factory=dict)
    fewer: bool = False


@dataclass(frozen=True)
class Open:
    """What a lead's notice says: findings without an answer, with the names of their owners by their ids."""

    found: tuple[Finding, ...] = ()
    owners: Mapping[str, str] = field(default_factory=dict)


def heading(found: Sequence[Finding], language: Language) -> str:
    """Above what a lead's notice says of findings."""
    return language.plain_count(
        "{count} thing has waited for an answer", "{count} things have waited for an answer", len(found)
    )


def render(person: Person, found: Sequence[Finding], told: Told, language: Language) -> Message:
    """For the owner alone, the most urgent first."""
    if not found:
        done = language.say(
            "What I pointed out here is settled. Thank you, {name}.", name=clip(person.first_name, NAME)
        )
        return Message(text=done, blocks=[section(done), _foot(told, language)])
    heading = language.say_count(
        "{name}, one thing you may want to look at:",
        "{name}, {count} things you may want to look at:",
        len(found),
        name=clip(person.first_name, NAME),
    )
    blocks = [section(heading), *entries(found, language, told.day, told.zone, told.told)]
    said = [spoken_line(one, language, told.day, told.zone) for one in found]
    rest = _then(told, language)
    blocks += [context(one) for one in rest]
    blocks.append(_foot(told, language))
    return Message(text=spoken([heading], said, lambda count: and_more(count, language), rest), blocks=blocks)


def entries(
    found: Sequence[Finding],
    language: Language,
    today: date,
    zone: str,
    told: Mapping[tuple[Family, str], tuple[str, date]] | None = None,
    owners: Mapping[str, str] | None = None,
) -> Blocks:
    """Each with the button that helps; `told` says which lead hears of it, `owners` whose it is by their ids."""
    blocks: Blocks = []
    for one in found[:MOST_SHOWN]:
        title = bold(clip(one.about.title, TITLE))
        if owner := (owners or {}).get(one.owner_id or ""):
            title = language.say("{title} – {owner}", title=title, owner=clip(owner, NAME))
        lines = [title, sentence(one, language, today, zone)]
        if lead := (told or {}).get(one.name):
            lines.append(
                language.say(
                    "{name} reads of it on {day}, unless it is settled by then.",
                    name=clip(lead[0], NAME),
                    day=language.day(lead[1]),
                )
            )
        blocks.append(section(Mrkdwn("\n").join(lines), accessory=_button(one, language), block_id=_block_id(one)))
    if len(found) > MOST_SHOWN:
        blocks.append(context(and_more(len(found) - MOST_SHOWN, language)))
    return blocks


def spoken_line(one: Finding, language: Language, today: date, zone: str) -> Mrkdwn:
    return language.say("{title}: {said}", title=clip(one.about.title, NAME), said=sentence(one, language, today, zone))


def say_fewer(language: Language, *, fewer: bool) -> Mrkdwn:
    """What *Fewer of these* answers, and the way back."""
    if fewer:
        return language.say("From now on I write at most once in four weeks about what I notice.")
    return language.say("From now on I write as often as before about what I notice, at most once a week.")


def sentence(one: Finding, language: Language, today: date, zone: str) -> Mrkdwn:
    """What and why, in one line that fits whoever reads it."""
    fields = {name: _shown(value, language, today, zone) for name, value in one.fields.items()}
    count = fields.get("count")
    if one.what is What.GREEN_BEHIND and count is None:
        return language.say("It is called on track and is outside its range. Which of the two is right?")
    if isinstance(count, int):
        return _counted(one.what, count, fields, language)
    match one.what:
        case What.NO_KEY_RESULT:
            return language.say("It has no key result yet, so nobody sees whether it comes nearer.")
        case What.OWNER_LEFT:
            return language.say("Its owner, {name}, has left. Who takes it over?", **fields)
        case What.DATES:
            return language.say(
                "It runs from {starts} to {ends}, and {cycle} from {first} to {last}. Is that meant so?", **fields
            )
        case What.STALE:
            return language.say("Its last answer is from {at}, so its colour counts no more.", **fields)
        case What.HEADING_LOW:
            return language.say(
                "The way it goes, it ends at about {score}. There is still time for help, another way, "
                "or an honest smaller target.",
                **fields,
            )
        case _:
            return language.say(
                "The way it goes, it ends at about {score}; of an aspirational one 0.7 is expected. "
                "The next one may well ask for more.",
                **fields,
            )


def _counted(what: What, count: int, fields: Mapping[str, Any], language: Language) -> Mrkdwn:
    rest = {name: value for name, value in fields.items() if name != "count"}
    match what:
        case What.TOO_MANY:
            return language.say(
                "It has {count} key results: up to {most} can be looked at every week. Perhaps one is an action.",
                count=count,
                **rest,
            )
        case What.MISSED:
            return language.say(
                "No answer in the last {count} rounds. Close it, hand it over, or change the rhythm?", count=count
            )
        case What.NOT_STARTED:
            return language.say("{count} days after its first day it has no value yet.", count=count)
        case What.GREEN_BEHIND:
            return language.say(
                "It is called on track and was {count} points behind its pace at its last answer. "
                "Which of the two is right?",
                count=count,
            )
        case What.RED_AHEAD:
            return language.say(
                "It is called off track and was {count} points ahead of its pace at its last answer. "
                "What stands in the way?",
                count=count,
            )
        case _:
            return language.say("It was {count} points behind its pace at its last answer.", count=count)


def _shown(value: int | date | Decimal | datetime | str, language: Language, today: date, zone: str) -> object:
    if isinstance(value, datetime):
        return language.date(value, today, zone)
    if isinstance(value, date):
        return language.full_day(value, today)
    if isinstance(value, Decimal):
        return numbers.format_decimal(value, "0.0", locale=language.locale)
    return clip(value, NAME) if isinstance(value, str) else value


def _button(one: Finding, language: Language) -> dict[str, Any]:
    title = one.about.title
    if isinstance(one.about, Objective):
        if one.what is What.NO_KEY_RESULT:
            return button(language.plain("Add"), ids.EDIT_DEFINITION, ids.about_more(one.about.id), about=title)
        return button(language.plain("Edit"), ids.EDIT_DEFINITION, ids.about_definition(one.about.id), about=title)
    if one.what in CHECK_IN:
        return button(language.plain("Check in"), ids.CHECK_IN, ids.about_key_result(one.about.id), about=title)
    about = ids.about_definition("", one.about.id)
    return button(language.plain("Edit"), ids.EDIT_DEFINITION, about, about=title)


def _block_id(one: Finding) -> str:
    kind = "kr" if isinstance(one.about, KeyResult) else "o"
    return f"finding:{kind}:{one.about.id}:{one.family}"


def _then(told: Told, language: Language) -> list[Mrkdwn]:
    """Beforehand, what happens when nothing does."""
    if not told.leads:
        return []
    names = language.listed([clip(name, NAME) for name in told.leads])
    return [
        language.say(
            "Only you read this. What is still so in two weeks, without an answer or a change from you, "
            "{names} will read of once, on a Monday.",
            names=names,
        )
    ]


def _foot(told: Told, language: Language) -> dict[str, Any]:
    if told.fewer:
        often = button(language.plain("As often as before"), ids.FEWER, "usual")
    else:
        often = button(language.plain("Fewer of these"), ids.FEWER, "fewer")
    return actions(often, why.button(why.FINDINGS, told.day, language), block_id=ids.WHY)
