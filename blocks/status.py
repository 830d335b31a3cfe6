"""What `/okr status` answers: only the one who asked sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from blocks import ids, leave, standing
from blocks.digest import counts_line
from blocks.language import Language
from blocks.leave import Away
from blocks.message import Message
from blocks.room import MOST_BLOCKS, MOST_CHARACTERS, and_more, spoken, that_fit
from blocks.text import Mrkdwn, button, clip, context, escape, header, length, section
from okr.digest import counts
from okr.standing import Standing, worst_first


@dataclass(frozen=True)
class Status:
    """`about` is the heading; `answerable` are the key results the reader may answer; `away` is the leave of the one
    person it is about.
    """

    about: str
    standings: tuple[Standing, ...]
    answerable: frozenset[str]
    zone: str
    away: Away | None = None


def heading(what: str, language: Language, name: str = "") -> str:
    """The heading for a kind of status: me, person, team, at-risk, off-track, on-track, behind or stale."""
    name = clip(name, 100)
    return {
        "me": language.plain("Your key results"),
        "person": language.plain("Key results of {name}", name=name),
        "team": language.plain("Key results of the team {name}", name=name),
        "at-risk": language.plain("At risk or off track"),
        "off-track": language.plain("Off track"),
        "on-track": language.plain("On track"),
        "behind": language.plain("Behind their pace"),
        "stale": language.plain("Without a recent answer"),
    }[what]


def render(status: Status, language: Language) -> Message:
    """The key results, the most worrying first; those that do not fit are counted."""
    ordered = worst_first(list(status.standings))
    about = header(status.about)
    away = [leave.say_away(status.away, language)] if status.away else []
    if not ordered:
        nothing = language.say("Nothing here right now. 🎉")
        text = Mrkdwn(": ").join([escape(status.about), *away, nothing])
        return Message(text=text, blocks=[about, *map(section, away), section(nothing)])
    blocks = [about, *map(section, away), section(counts_line(counts(ordered), language))]
    entries = (_key_result(one, status, language) for one in ordered)
    fitting = that_fit(entries, blocks=MOST_BLOCKS - 4, characters=MOST_CHARACTERS - length(blocks))
    blocks += fitting
    if len(fitting) < len(ordered):
        blocks.append(context(_more(len(ordered) - len(fitting), language)))
    return Message(text=_spoken(status, ordered, language), blocks=blocks)


def _key_result(one: Standing, status: Status, language: Language) -> dict[str, Any]:
    return section(
        entry(one, language, status.zone),
        accessory=check_in_button(one, language) if one.key_result.id in status.answerable else None,
        block_id=f"kr:{one.key_result.id}",
    )


def entry(one: Standing, language: Language, zone: str) -> Mrkdwn:
    """A key result with its objective, its owner and who else checks in on it, and its blocker when it has one."""
    lines = [
        standing.title(one),
        language.say(
            "_{objective}_ – {owner}",
            objective=clip(one.key_result.objective.title.replace("_", "‗"), 100),
            owner=_owner(one, language),
        ),
        standing.facts(one, language, zone, review=True),
    ]
    if one.last and one.last.blocker:
        lines.append(language.say("In the way: {blocker}", blocker=clip(one.last.blocker, 200)))
    return Mrkdwn("\n").join(lines)


def _owner(one: Standing, language: Language) -> str:
    owner = clip(one.owner.name, 60)
    if one.asked.id == one.owner.id:
        return owner
    return language.plain("{owner}; {asked} checks in", owner=owner, asked=clip(one.asked.name, 60))


def check_in_button(one: Standing, language: Language) -> dict[str, object]:
    label = language.plain("Edit") if one.answered else language.plain("Check in")
    action = ids.EDIT if one.answered else ids.CHECK_IN
    return button(label, action, ids.about_key_result(one.key_result.id), about=one.key_result.title)


def _more(count: int, language: Language) -> Mrkdwn:
    return language.say_count(
        "and {count} more, less worrying. A narrower question shows it: `/okr status stale`",
        "and {count} more, less worrying. A narrower question shows them: `/okr status stale`",
        count,
    )


def _spoken(status: Status, ordered: Sequence[Standing], language: Language) -> str:
    away = [leave.say_away(status.away, language)] if status.away else []
    return spoken(
        [escape(status.about), *away, counts_line(counts(ordered), language)],
        [standing.spoken(one, language, status.zone) for one in ordered],
        lambda count: and_more(count, language),
    )
