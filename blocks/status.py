"""What `/okr status` answers: only the one who asked sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from blocks import ids, leave, standing
from blocks.counts import counts_line
from blocks.language import Language
from blocks.leave import Away
from blocks.message import Message
from blocks.room import MOST_BLOCKS, MOST_CHARACTERS, and_more, spoken, that_fit
from blocks.text import Mrkdwn, actions, button, clip, context, escape, header, length, section
from okr.digest import counts
from okr.standing import Standing, worst_first


@dataclass(frozen=True)
class Status:
    """`about` is the heading and `what` the kind of question; `answerable` are the key results the reader may answer;
    `away` is the leave of the one person it is about. `day` is the one in the past at whose end they stood so.
    """

    about: str
    standings: tuple[Standing, ...]
    answerable: frozenset[str]
    zone: str
    away: Away | None = None
    what: str = ""
    day: date | None = None


TROUBLES = frozenset({"at-risk", "off-track", "behind", "stale", "overdue"})
"""Questions to which nothing is the best answer."""


def heading(what: str, language: Language, name: str = "") -> str:
    """The heading for a kind of status; `name` is the person, the team, the words or the priority it is about."""
    name = clip(name, 100)
    return {
        "me": language.plain("Your key results"),
        "person": language.plain("Key results of {name}", name=name),
        "team": language.plain("Key results of the team {name}", name=name),
        "words": language.plain("Key results about “{words}”", words=name),
        "priority": language.plain("Priority {number}", number=name),
        "done": language.plain("Done"),
        "at-risk": language.plain("At risk or off track"),
        "off-track": language.plain("Off track"),
        "on-track": language.plain("On track"),
        "behind": language.plain("Behind their pace"),
        "overdue": language.plain("Answers still owed"),
        "stale": language.plain("Without a recent answer"),
    }[what]


def render(status: Status, language: Language) -> Message:
    """The key results, the most worrying first; those that do not fit are counted."""
    ordered = worst_first(list(status.standings))
    about = header(status.about)
    first = _first_lines(status, language)
    if not ordered:
        nothing = _nothing(status, language)
        text = Mrkdwn(": ").join([escape(status.about), *first, nothing])
        return Message(text=text, blocks=[about, *map(section, first), section(nothing)])
    blocks = [about, *map(section, first), section(_counted(status, language))]
    entries = (_key_result(one, status, language) for one in ordered)
    fitting = that_fit(entries, blocks=MOST_BLOCKS - 6, characters=MOST_CHARACTERS - length(blocks))
    blocks += fitting
    if len(fitting) < len(ordered):
        blocks.append(context(_more(len(ordered) - len(fitting), language)))
    if status.what == "me" and not status.day:
        blocks.append(actions(*writing_buttons(language, "status")))
    return Message(text=_spoken(status, ordered, language), blocks=blocks)


def _first_lines(status: Status, language: Language) -> list[Mrkdwn]:
    """On which day it stood so, and who is away."""
    lines = []
    if status.day:
        day = language.full_day(status.day)
        lines.append(language.say("As it stood at the end of {day}, your time", day=day))
    if status.away:
        lines.append(leave.say_away(status.away, language))
    return lines


def _nothing(status: Status, language: Language) -> Mrkdwn:
    if status.day:
        return language.say("There was nothing here that you may see.")
    if status.what in TROUBLES:
        return language.say("Nothing here right now. 🎉")
    return language.say("Nothing here right now.")


def _counted(status: Status, language: Language) -> Mrkdwn:
    """How many of each colour; what is done has none any more."""
    if status.what == "done":
        count = len(status.standings)
        return language.say_count("{count} key result", "{count} key results", count)
    return counts_line(counts(status.standings), language)


def _key_result(one: Standing, status: Status, language: Language) -> dict[str, Any]:
    return section(
        entry(one, language, status.zone, past=status.day is not None),
        accessory=check_in_button(one, language) if one.key_result.id in status.answerable else None,
        block_id=f"kr:{one.key_result.id}",
    )


def entry(one: Standing, language: Language, zone: str, *, past: bool = False) -> Mrkdwn:
    """A key result with its objective, its owner and who else checks in on it, and its blocker when it has one."""
    if one.key_result.is_done:
        facts = standing.done_facts(one, language, zone, past=past)
    else:
        facts = standing.facts(one, language, zone, review=True, past=past)
    lines = [
        standing.title(one),
        language.say(
            "_{objective}_ – {owner}",
            objective=clip(one.key_result.objective.title.replace("_", "‗"), 100),
            owner=_owner(one, language),
        ),
        facts,
    ]
    if one.last and one.last.blocker and not one.key_result.is_done:
        lines.append(language.say("In the way: {blocker}", blocker=clip(one.last.blocker, 200)))
    return Mrkdwn("\n").join(lines)


def _owner(one: Standing, language: Language) -> str:
    owner = clip(one.owner.name, 60)
    if one.asked.id == one.owner.id:
        return owner
    return language.plain("{owner}; {asked} checks in", owner=owner, asked=clip(one.asked.name, 60))


def writing_buttons(language: Language, where: str) -> list[dict[str, object]]:
    """To write objectives and key results down, and to change them."""
    return [
        button(language.plain("New objective"), ids.NEW_OBJECTIVE, where),
        button(language.plain("Edit OKRs"), ids.CHOOSE_DEFINITION, where),
    ]


def check_in_button(one: Standing, language: Language) -> dict[str, object]:
    label = language.plain("Edit") if one.answered else language.plain("Check in")
    action = ids.EDIT if one.answered else ids.CHECK_IN
    return button(label, action, ids.about_key_result(one.key_result.id), about=one.key_result.title)


def _more(count: int, language: Language) -> Mrkdwn:
    return language.say_count(
        "and {count} more, less worrying. A narrower question shows it, for example `/okr status stale`",
        "and {count} more, less worrying. A narrower question shows them, for example `/okr status stale`",
        count,
    )


def _spoken(status: Status, ordered: Sequence[Standing], language: Language) -> str:
    return spoken(
        [escape(status.about), *_first_lines(status, language), _counted(status, language)],
        [standing.spoken(one, language, status.zone, dated=status.day is not None) for one in ordered],
        lambda count: and_more(count, language),
    )
