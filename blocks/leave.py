"""Leave in words: what will happen while somebody is away, and what did, once they are back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from blocks import ids, standing
from blocks.language import Language
from blocks.message import Blocks, Message
from blocks.room import MOST_CHARACTERS, and_more, lines_that_fit, spoken, that_fit
from blocks.text import SECTION, Mrkdwn, actions, button, clip, context, escape, header, section
from okr.goals import Person
from okr.standing import Standing

MOST_SHOWN, MOST_LINES = 20, 5


@dataclass(frozen=True)
class Leave:
    """Leave that was said just now. `back` is the first day of work after it; `asked` says whether the person
    answers for anything, `deputy` who is asked instead."""

    first: date
    last: date
    back: date
    today: date
    asked: bool
    deputy: Person | None


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
    """What `/okr away` answers: until when, who is asked instead, and what comes then."""
    lines = [_span(leave, language)]
    if leave.asked and leave.deputy:
        lines.append(language.say("I ask {name} instead of you.", name=clip(leave.deputy.name, 60)))
    elif leave.asked:
        lines.append(
            language.say(
                "I ask nobody in your place: in the digest your key results read *away*, with their last value. "
                "(An admin can name a deputy for you in the company file.)"
            )
        )
    lines.append(
        language.say(
            "On {day} I tell you once what was answered for you and what waits. Back earlier? `/okr back`",
            day=language.full_day(leave.back, leave.today),
        )
    )
    text = Mrkdwn(" ").join(lines)
    return Message(text=text, blocks=[section(text)])


def render_back(found: Return, language: Language) -> Message:
    """What `/okr back` answers: it stands in for the message on the first day of work."""
    return _return(found, language)


def render_never_away(language: Language) -> Message:
    text = language.say("You were not away, so nothing has changed.")
    return Message(text=text, blocks=[section(text)])


def render_return(found: Return, language: Language) -> Message:
    """The one message on the first day of work after leave."""
    return _return(found, language)


def while_away(answered: Sequence[Answered], language: Language) -> Mrkdwn:
    """The same in a line or two, for the prompt that comes on that day."""
    lines = [language.say("Welcome back. While you were away:")]
    lines += [_line(one, language) for one in answered[:MOST_LINES]]
    if len(answered) > MOST_LINES:
        lines.append(and_more(len(answered) - MOST_LINES, language))
    return Mrkdwn("\n").join(lines)


def _span(leave: Leave, language: Language) -> Mrkdwn:
    last = language.full_day(leave.last, leave.today)
    if leave.first == leave.last == leave.today:
        return language.say("You are away today.")
    if leave.first == leave.last:
        return language.say("You are away on {day}.", day=last)
    if leave.first <= leave.today:
        return language.say("You are away until {day}, that day included.", day=last)
    first = language.full_day(leave.first, leave.today)
    return language.say("You are away from {first} to {last}, both included.", first=first, last=last)


def _return(found: Return, language: Language) -> Message:
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
            section(Mrkdwn("\n").join([standing.title(one), standing.facts(one, language, found.person.zone)]))
            for one in found.waiting
        ]
        blocks.append(section(language.say("*Waiting for you*")))
        fitting = that_fit(entries, blocks=MOST_SHOWN, characters=MOST_CHARACTERS)
        blocks += fitting
        if len(fitting) < len(entries):
            blocks.append(context(and_more(len(entries) - len(fitting), language)))
        blocks.append(actions(button(language.plain("Check in"), ids.CHECK_IN, "all:", style="primary")))
        lines += [standing.spoken(one, language, found.person.zone) for one in found.waiting]
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
