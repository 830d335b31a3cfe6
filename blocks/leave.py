"""Leave in words: what will happen while somebody is away, and what did, once they are back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from blocks import ids, standing, why
from blocks.language import Language
from blocks.message import Blocks, Message
from blocks.room import MOST_CHARACTERS, and_more, lines_that_fit, spoken, that_fit
from blocks.text import SECTION, Mrkdwn, actions, button, clip, context, escape, header, section
from okr.absence import Absence
from okr.goals import Person
from okr.standing import Standing

MOST_SHOWN, MOST_LINES = 20, 5


@dataclass(frozen=True)
class Leave:
    """Leave somebody has said, or that is known. `back` is the first day of work after it, and `asked_again` the first
    day on which they are asked themselves; `asked` says whether they answer for anything, `deputy` who is asked
    instead.
    """

    absence: Absence
    back: date | None
    asked_again: date | None
    today: date
    asked: bool
    deputy: Person | None


@dataclass(frozen=True)
class Away:
    """Leave as others' and one's own key results show it: whose it is, None for the reader's own."""

    absence: Absence
    today: date
    whose: Person | None = None


@dataclass(frozen=True)
class Answered:
    """A key result that somebody else answered meanwhile."""

    standing: Standing
    by: str


@dataclass(frozen=True)
class Return:
    """What somebody comes back to."""

    person: Person
    answered: tuple[Answered, ...] = ()
    waiting: tuple[Standing, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.answered or self.waiting)


def render_away(leave: Leave, language: Language) -> Message:
    """What `/okr away` answers: until when, who is asked instead, what comes then; and the other reading of "until"."""
    last = leave.absence.last
    if last is None or last in (leave.absence.first, leave.today):
        return _said([*_meanwhile(leave, language), language.say("Back earlier? `/okr back`")])
    other = language.say(
        "Back that day already? `/okr back on {day}`. Earlier still? `/okr back`",
        day=language.full_day(last, leave.today),
    )
    return _said([*_meanwhile(leave, language), other])


def render_back_on(leave: Leave, language: Language) -> Message:
    """What `/okr back on Thursday` answers."""
    return _said([*_meanwhile(leave, language), language.say("Back earlier? `/okr back`")])


def render_known(leave: Leave, language: Language) -> Message:
    """What `/okr away` alone answers where leave is known: the same, and how to change it."""
    change = language.say(
        "Other days? `/okr away until Friday` or `/okr back on Thursday`. None after all? `/okr away cancel`"
    )
    return _said([*_meanwhile(leave, language), change])


def render_called_off(absence: Absence | None, today: date, language: Language) -> Message:
    """What `/okr away cancel` answers somebody who is not away yet."""
    if absence is None:
        return _said([language.say("I know of no leave of yours, so nothing has changed.")])
    day = language.full_day(absence.first, today)
    return _said([language.say("Called off: from {day} on I ask you as usual.", day=day)])


def render_back(found: Return, language: Language) -> Message:
    """What `/okr back` answers: it stands in for the message on the first day of work."""
    return _return(found, language)


def render_never_away(coming: Leave | None, language: Language) -> Message:
    """What `/okr back` answers somebody who is not away now."""
    lines = [language.say("You were not away, so nothing has changed.")]
    if coming:
        lines.append(_span(coming.absence, coming.today, language))
        lines.append(language.say("Not after all? `/okr away cancel`"))
    return _said(lines)


def say_away(away: Away, language: Language) -> Mrkdwn:
    """The line above somebody's key results."""
    if away.whose:
        return _their_span(away, away.whose, language)
    said = _span(away.absence, away.today, language)
    if not away.absence.covers(away.today):
        return said
    return Mrkdwn(" ").join([said, language.say("Back earlier? `/okr back`")])


def render_return(found: Return, day: date, language: Language) -> Message:
    """The one message on `day`, the first day of work after leave."""
    return _return(found, language, why.button(why.WELCOME, day, language))


def while_away(answered: Sequence[Answered], language: Language) -> Mrkdwn:
    """The same in a line or two, for the prompt that comes on that day."""
    lines = [language.say("Welcome back. While you were away:")]
    lines += [_line(one, language) for one in answered[:MOST_LINES]]
    if len(answered) > MOST_LINES:
        lines.append(and_more(len(answered) - MOST_LINES, language))
    return Mrkdwn("\n").join(lines)


def _said(sentences: Sequence[Mrkdwn]) -> Message:
    text = Mrkdwn(" ").join(sentences)
    return Message(text=text, blocks=[section(text)])


def _meanwhile(leave: Leave, language: Language) -> list[Mrkdwn]:
    """From when to when, who is asked meanwhile, and what comes then."""
    lines = [_span(leave.absence, leave.today, language)]
    if leave.asked and leave.deputy:
        lines.append(language.say("I ask {name} instead of you.", name=clip(leave.deputy.name, 60)))
    elif leave.asked:
        lines.append(
            language.say(
                "I ask nobody in your place: in the digest your key results read *away*, with their last value. "
                "(An admin can name a deputy for you in the company file.)"
            )
        )
    return [*lines, *_afterwards(leave, language)]


def _afterwards(leave: Leave, language: Language) -> list[Mrkdwn]:
    if leave.back is None:
        return []
    back = language.full_day(leave.back, leave.today)
    if leave.asked_again is None:
        return [language.say("On {day} I tell you once what was answered for you and what waits.", day=back)]
    if leave.asked_again == leave.back:
        return [language.say("On {day} I ask you again, and tell you what was answered for you meanwhile.", day=back)]
    return [
        language.say(
            "On {day} I tell you once what was answered for you and what waits; on {again} I ask you again.",
            day=back,
            again=language.full_day(leave.asked_again, leave.today),
        )
    ]


def _span(absence: Absence, today: date, language: Language) -> Mrkdwn:
    if absence.last is None:
        return language.say("You are away, as your status in Slack says, for as long as it does.")
    first, last = language.full_day(absence.first, today), language.full_day(absence.last, today)
    if absence.covers(today):
        if absence.last == today:
            return language.say("You are away today.")
        return language.say("You are away until {day}, that day included.", day=last)
    if absence.first == absence.last:
        return language.say("You are away on {day}.", day=last)
    return language.say("You are away from {first} to {last}, both included.", first=first, last=last)


def _their_span(away: Away, person: Person, language: Language) -> Mrkdwn:
    name, last = clip(person.name, 60), away.absence.last
    if last is None:
        return language.say("{name} is away at the moment.", name=name)
    if last == away.today:
        return language.say("{name} is away today.", name=name)
    day = language.full_day(last, away.today)
    return language.say("{name} is away until {day}, that day included.", name=name, day=day)


def _return(found: Return, language: Language, last: dict[str, Any] | None = None) -> Message:
    heading = language.plain("Welcome back, {name}", name=clip(found.person.first_name, 40))
    blocks: Blocks = [header(heading)]
    lines: list[Mrkdwn] = []
    if found.is_empty:
        lines.append(language.say("Nothing was asked of you meanwhile, and nothing waits."))
        blocks.append(section(lines[0]))
    if found.answered:
        said = [_line(one, language) for one in found.answered]
        shown = lines_that_fit(said, most=MOST_SHOWN, characters=SECTION - 100)
        blocks.append(section(Mrkdwn("\n").join([language.say("*Answered for you*"), *shown])))
        if len(shown) < len(said):
            blocks.append(context(and_more(len(said) - len(shown), language)))
        lines += said
    if found.waiting:
        entries = [
            section(
                Mrkdwn("\n").join([standing.title(one), standing.facts(one, language, found.person.zone, dated=True)])
            )
            for one in found.waiting
        ]
        blocks.append(section(language.say("*Waiting for you*")))
        fitting = that_fit(entries, blocks=MOST_SHOWN, characters=MOST_CHARACTERS)
        blocks += fitting
        if len(fitting) < len(entries):
            blocks.append(context(and_more(len(entries) - len(fitting), language)))
        lines += [standing.spoken(one, language, found.person.zone, dated=True) for one in found.waiting]
    buttons = [button(language.plain("Check in"), ids.CHECK_IN, "all:", style="primary")] if found.waiting else []
    buttons += [last] if last else []
    if buttons:
        blocks.append(actions(*buttons))
    return Message(text=spoken([escape(heading)], lines, lambda count: and_more(count, language)), blocks=blocks)


def _line(one: Answered, language: Language) -> Mrkdwn:
    assert one.standing.last is not None  # noqa: S101 - somebody has answered it
    return language.say(
        "{title}: {value}, {confidence} – {by}",
        title=clip(one.standing.key_result.title, 100),
        value=standing.value(one.standing.last.value, one.standing.key_result.measure, language),
        confidence=standing.confidence(one.standing, language),
        by=clip(one.by, 60),
    )
