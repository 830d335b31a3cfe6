"""What `/okr history` answers: who said and changed what and when, before and after, the newest first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from blocks import goal_words, measure_phrase, numbers, standing
from blocks.language import Language
from blocks.message import Message
from blocks.room import MOST_BLOCKS, MOST_CHARACTERS, and_more, lines_that_fit, spoken, that_fit
from blocks.text import Mrkdwn, bold, clip, clip_markup, context, escape, header, length, section, unmarked
from okr.checkins import Via
from okr.definitions import KeyResultDefinition, ObjectiveDefinition
from okr.goals import Ambition, KeyResult, Person, State, Team
from okr.history import Answered, Revised
from okr.measures import Measure, Unit

TITLE, NAME, NOTE, VALUE, WORDS, MOST_CHOICES = 100, 60, 300, 150, 350, 10
Definition = KeyResultDefinition | ObjectiveDefinition


@dataclass(frozen=True)
class Event:
    """Something that happened, to a key result or to the objective of this `title`; `by` is None for an import."""

    title: str
    by: Person | None
    what: Answered | Revised

    @property
    def at(self) -> datetime:
        return self.what.answer.at if isinstance(self.what, Answered) else self.what.at


@dataclass(frozen=True)
class History:
    """The newest events first, all or more than a message holds, and how many there are. `about` is the title of the
    one key result it is about; `names` are those of the people, objectives, teams and cycles that changes are about, by
    their ids.
    """

    events: Sequence[Event]
    count: int
    zone: str
    today: date
    names: Mapping[str, str]
    about: str = ""


@dataclass(frozen=True)
class Candidate:
    """A key result that may have been meant, and the words by which it is found."""

    key_result: KeyResult
    team: Team
    words: str


def render(history: History, language: Language) -> Message:
    """As much as fits; the rest is counted."""
    title = _title(history, language)
    head = [header(title)]
    if not history.events:
        nothing = language.say("Nothing has happened here yet.")
        return Message(text=Mrkdwn(": ").join([escape(title), nothing]), blocks=[*head, section(nothing)])
    entries = (section(_entry(one, history, language)) for one in history.events)
    fitting = that_fit(entries, blocks=MOST_BLOCKS - 2, characters=MOST_CHARACTERS - length(head))
    left = history.count - len(fitting)
    rest = [context(_older(left, language))] if left else []
    lines = [_spoken(one, history, language) for one in history.events]
    unread = history.count - len(history.events)
    text = spoken([escape(title)], lines, lambda count: _older(count + unread, language))
    return Message(text=text, blocks=[*head, *fitting, *rest])


def render_choice(words: str, found: Sequence[Candidate], language: Language) -> Message:
    """Several are called so: each with what to type for it."""
    first = language.say(
        "Several key results have “{words}” in their titles. Which one do you mean?", words=clip(words, NAME)
    )
    lines = [
        language.say(
            "• {title} ({team}): `/okr history {words}`",
            title=clip(one.key_result.title, TITLE),
            team=clip(one.team.name, NAME),
            words=clip(one.words.replace("`", "'"), WORDS),
        )
        for one in found
    ]
    shown = lines_that_fit(lines, most=MOST_CHOICES, characters=2500)
    rest = [and_more(len(lines) - len(shown), language)] if len(shown) < len(lines) else []
    text = Mrkdwn("\n").join([first, *shown, *rest])
    return Message(text=text, blocks=[section(text)])


def _title(history: History, language: Language) -> str:
    if history.about:
        return language.plain("History: {title}", title=clip(history.about, TITLE))
    return language.plain("History of your key results")


def _older(count: int, language: Language) -> Mrkdwn:
    return language.say_count("and {count} more, longer ago", "and {count} more, longer ago", count)


def _entry(event: Event, history: History, language: Language) -> Mrkdwn:
    """Who and when, of what where it is not about one thing alone, and what happened."""
    head = [language.say("{when} – {who}", when=_when(event, history, language), who=_who(event, language))]
    if _is_objective(event):
        head.append(language.say("Objective: {title}", title=bold(clip(event.title, TITLE))))
    elif not history.about:
        head.append(bold(clip(event.title, TITLE)))
    return clip_markup(Mrkdwn("\n").join([*head, *_happened(event, history, language)]), 1500)


def _spoken(event: Event, history: History, language: Language) -> Mrkdwn:
    title = [] if history.about and not _is_objective(event) else [clip(event.title, NAME)]
    happened = _happened(event, history, language)[:3]
    return language.say(
        "{when} – {who}: {what}",
        when=_when(event, history, language),
        who=_who(event, language),
        what=unmarked(clip_markup(Mrkdwn(", ").join([*title, *happened]), 300)),
    )


def _when(event: Event, history: History, language: Language) -> str:
    day = language.date(event.at, history.today, history.zone)
    return f"{day} {event.at.astimezone(ZoneInfo(history.zone)):%H:%M}"


def _who(event: Event, language: Language) -> str:
    return clip(event.by.name, NAME) if event.by else language.plain("an import")


def _is_objective(event: Event) -> bool:
    return isinstance(event.what, Revised) and isinstance(event.what.after, ObjectiveDefinition)


def _happened(event: Event, history: History, language: Language) -> list[Mrkdwn]:
    if isinstance(event.what, Answered):
        return _answered(event.what, language)
    return list(_revised(event.what, history, language))


def _answered(one: Answered, language: Language) -> list[Mrkdwn]:
    said = Mrkdwn(" · ").join([_value(one, language), _colour(one, language)])
    if one.answer.via is Via.ONE_TAP:
        said = language.say("{said} (nothing changed)", said=said)
    elif one.edits:
        said = language.say("{said} (edited)", said=said)
    lines = [said]
    if one.answer.note:
        lines.append(language.say("Note: {note}", note=clip(one.answer.note, NOTE)))
    return lines


def _value(one: Answered, language: Language) -> Mrkdwn:
    value = standing.value(one.answer.value, one.measure, language)
    if one.before is None or one.before.value == one.answer.value:
        return bold(value)
    return _arrow(standing.value(one.before.value, one.measure, language), bold(value))


def _colour(one: Answered, language: Language) -> Mrkdwn:
    given = standing.said(one.answer.given, language)
    if one.before is None or one.before.given == one.answer.given:
        return given
    return _arrow(standing.said(one.before.given, language), given)


def _arrow(before: object, after: object) -> Mrkdwn:
    return Mrkdwn("{before} → {after}").format(before=before, after=after)


def _revised(one: Revised, history: History, language: Language) -> Iterator[Mrkdwn]:
    if one.before is None:
        yield language.say("Written down: {what}", what=_written(one.after, language))
        return
    for name in _changed(one.before, one.after):
        before, after = (_said(name, getattr(each, name), history, language) for each in (one.before, one.after))
        yield language.say("{field}: {change}", field=goal_words.field(name, language), change=_arrow(before, after))
    if one.why:
        yield language.say("Why: {why}", why=clip(one.why, NOTE))


def _changed(before: Definition, after: Definition) -> list[str]:
    """The fields that differ, in the order in which a definition has them."""
    return [one.name for one in fields(after) if getattr(before, one.name) != getattr(after, one.name)]


def _written(one: Definition, language: Language) -> str:
    if isinstance(one, KeyResultDefinition):
        return clip(f"{one.title} ({_measure(one.measure, language)})", 2 * VALUE)
    return clip(one.title, VALUE)


def _measure(measure: Measure, language: Language) -> str:
    return ", ".join(measure_phrase.say(measure, language).splitlines())


def _said(name: str, value: object, history: History, language: Language) -> str:
    """One value of a field of a definition."""
    match value:
        case None | "":
            return language.plain("none")
        case str() if name.endswith("_id"):
            return clip(history.names.get(value, "…"), NAME)
        case bool():
            return language.plain("yes") if value else language.plain("no")
        case State():
            return goal_words.state(value, language)
        case Ambition():
            return goal_words.ambition(value, language)
        case Measure():
            return clip(_measure(value, language), VALUE)
        case Decimal():
            return numbers.write(value, Unit(), language.locale)
        case date():
            return language.full_day(value)
    return clip(str(value), VALUE)
