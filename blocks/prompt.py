"""The direct message that asks; once answered it is the receipt. Reminders are the same message, shorter."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from blocks import ids, standing, why
from blocks.language import Language
from blocks.leave import Answered, while_away
from blocks.message import Blocks, Message
from blocks.room import MOST_CHARACTERS, spoken, that_fit
from blocks.text import Mrkdwn, actions, button, clip, context, escape, header, section
from okr.goals import Person
from okr.standing import Standing, worst_first

MOST_SHOWN = 40
"""Key results shown one by one; a person with more is asked for all of them, worst first."""


@dataclass(frozen=True)
class Prompt:
    """What one person is asked on one of their dates. `reminder` is 0 for the prompt itself.

    `digest_at` is the earliest digest that waits for an answer, `channels` where digests go.
    `while_away` is what others answered for somebody who is back that day.
    `open` is False once every round has closed: an answer is then late, and still welcome; it is `over` once every
    team has asked anew.
    """

    person: Person
    day: date
    standings: tuple[Standing, ...]
    digest_at: datetime
    channels: tuple[str, ...]
    reminder: int = 0
    open: bool = True
    over: bool = False
    while_away: tuple[Answered, ...] = ()
    can_wait: bool = True

    @property
    def waiting(self) -> tuple[Standing, ...]:
        return tuple(one for one in worst_first(list(self.standings)) if not one.answered)

    @property
    def answered(self) -> tuple[Standing, ...]:
        return tuple(one for one in worst_first(list(self.standings)) if one.answered)


def render(prompt: Prompt, language: Language) -> Message:
    """The prompt, the reminder or the receipt, whichever the answers make of it."""
    waiting, answered = prompt.waiting, prompt.answered
    heading = _heading(prompt, language)
    if prompt.reminder and waiting and not prompt.open:
        return _expired(prompt, language)
    blocks: Blocks = [header(heading), context(_when(prompt, language))]
    if prompt.while_away and not prompt.reminder:
        blocks.append(section(while_away(prompt.while_away, language)))
    shown = waiting if prompt.reminder else (*waiting, *answered)
    entries = (_key_result(one, prompt, language) for one in shown)
    fitting = that_fit(entries, blocks=MOST_SHOWN, characters=MOST_CHARACTERS)
    blocks += fitting
    if len(fitting) < len(shown):
        blocks.append(context(_rest(len(shown) - len(fitting), language)))
    if waiting and not prompt.over:
        blocks.append(_buttons(prompt, language))
        blocks.append(context(language.say("A value and a confidence are enough; Off track needs a note as well.")))
    else:
        blocks.append(why.row(why.PROMPT, prompt.day, language, prompt.reminder))
    return Message(text=_spoken(prompt, heading, language), blocks=blocks)


def _expired(prompt: Prompt, language: Language) -> Message:
    """What becomes of a reminder that nobody followed: one message of the day is enough to answer late."""
    text = language.say(
        "This reminder is over. The digest in {channels} was posted without your answer.",
        channels=_channels(prompt, language),
    )
    return Message(text=text, blocks=[context(text), why.row(why.PROMPT, prompt.day, language, prompt.reminder)])


def render_excused(day: date, language: Language, reminder: int = 0) -> Message:
    """What becomes of a prompt that stands when the person goes away: nobody waits for them any more."""
    text = language.say("You are away, so I do not wait for your answers. You can still give them with `/okr checkin`.")
    return Message(text=text, blocks=[section(text), why.row(why.PROMPT, day, language, reminder)])


def render_handed_over(day: date, language: Language, reminder: int = 0) -> Message:
    """What becomes of a deputy's prompt when whom they stood in for is back, or another deputy is asked."""
    text = language.say("Somebody else answers this now, so nothing waits for you here. Thank you for standing in!")
    return Message(text=text, blocks=[section(text), why.row(why.PROMPT, day, language, reminder)])


def _heading(prompt: Prompt, language: Language) -> str:
    waiting, all_of_them = len(prompt.waiting), len(prompt.standings)
    name = clip(prompt.person.first_name, 40)
    if not waiting:
        if prompt.reminder:
            return language.plain("All in. Thank you, {name}!", name=name)
        return language.plain_count(
            "Thank you, {name}. {count} key result checked in.",
            "Thank you, {name}. {count} key results checked in.",
            all_of_them,
            name=name,
        )
    if not prompt.open:
        return language.plain_count(
            "{count} key result went unanswered", "{count} key results went unanswered", waiting
        )
    if prompt.reminder:
        return language.plain_count(
            "A small reminder: {count} key result is still open",
            "A small reminder: {count} key results are still open",
            waiting,
        )
    if waiting < all_of_them:
        return language.plain_count("{count} key result to go", "{count} key results to go", waiting)
    return language.plain_count(
        "Hello {name}, {count} key result to check in",
        "Hello {name}, {count} key results to check in",
        waiting,
        name=name,
    )


def _when(prompt: Prompt, language: Language) -> Mrkdwn:
    when = language.hour(prompt.digest_at, prompt.person.zone)
    channels = _channels(prompt, language)
    if prompt.over and prompt.waiting:
        return language.say("A newer check-in has opened since, so nothing waits for you here.")
    if not prompt.open and prompt.waiting:
        return language.say("The digest in {channels} was posted. A late answer still updates it.", channels=channels)
    if not prompt.open:
        return language.say("The digest is in {channels}.", channels=channels)
    if not prompt.waiting:
        return language.say(
            "The digest goes to {channels} on {when}; until then you can edit.", channels=channels, when=when
        )
    return language.say("The digest goes to {channels} on {when}, your time.", channels=channels, when=when)


def _channels(prompt: Prompt, language: Language) -> Mrkdwn:
    return Mrkdwn(language.listed([f"<#{channel}>" for channel in prompt.channels]))


def _key_result(one: Standing, prompt: Prompt, language: Language) -> dict[str, Any]:
    zone = prompt.person.zone
    lines = [standing.title(one), *standing.in_place_of(one, language), standing.facts(one, language, zone, dated=True)]
    if one.answered and one.last and one.last.note:
        lines.append(language.say("Note: {note}", note=clip(one.last.note, 200)))
    if not one.answered and one.last and one.last.blocker:
        lines.append(language.say("In the way: {blocker}", blocker=clip(one.last.blocker, 200)))
    return section(
        Mrkdwn("\n").join(lines),
        accessory=_accessory(one, prompt, language),
        block_id=f"kr:{one.key_result.id}",
    )


def _accessory(one: Standing, prompt: Prompt, language: Language) -> dict[str, Any] | None:
    if prompt.over:
        return None
    value = ids.about_key_result(one.key_result.id, prompt.day)
    about = one.key_result.title
    if one.answered:
        return button(language.plain("Edit"), ids.EDIT, value, about=about)
    if one.repeatable:
        return button(language.plain("Nothing changed"), ids.NOTHING_CHANGED, value, about=about)
    return None


def _buttons(prompt: Prompt, language: Language) -> dict[str, Any]:
    day = ids.about_day(prompt.day)
    made = [button(language.plain("Check in"), ids.CHECK_IN, day, style="primary")]
    repeatable = sum(one.repeatable for one in prompt.waiting)
    if repeatable > 1:
        made.append(button(_all_unchanged(repeatable, len(prompt.waiting), language), ids.NOTHING_CHANGED_ALL, day))
    if prompt.open and prompt.can_wait:
        made.append(button(language.plain("Later"), ids.LATER, day))
    made.append(why.button(why.PROMPT, prompt.day, language, prompt.reminder))
    return actions(*made, block_id=f"prompt:{prompt.day.isoformat()}")


def _all_unchanged(count: int, all_of_them: int, language: Language) -> str:
    if count < all_of_them:
        return language.plain("Nothing changed for {count} of {all}", count=count, all=all_of_them)
    if count == 2:
        return language.plain("Nothing changed for both")
    return language.plain("Nothing changed for all {count}", count=count)


def _rest(count: int, language: Language) -> Mrkdwn:
    return language.say_count("and {count} more in the form", "and {count} more in the form", count)


def _spoken(prompt: Prompt, heading: str, language: Language) -> str:
    shown = prompt.waiting if prompt.waiting or prompt.reminder else prompt.answered
    return spoken(
        [escape(heading), _when(prompt, language)],
        [standing.spoken(one, language, prompt.person.zone, dated=True) for one in shown],
        lambda count: _rest(count, language),
    )
