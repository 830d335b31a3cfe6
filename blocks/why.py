"""*Why this?*: the small button under each message the bot sends of itself, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from blocks import ids, text
from blocks.fates import say_reason
from blocks.language import Language
from blocks.message import Message
from blocks.rhythm import say_rhythm
from blocks.room import and_more, lines_that_fit, spoken
from blocks.text import SECTION, Mrkdwn, actions, bold, clip, section
from okr.absence import Excuse
from okr.cadence import Whose
from okr.goals import Person, Team

PROMPT, DIGEST, NOTICE, WELCOME, UNPOSTED = "prompt", "digest", "notice", "welcome", "unposted"
FINDINGS = "findings"
"""The messages the button can stand under."""
MOST_TEAMS, MOST_LINES, TITLE, NAME = 3, 8, 100, 60


@dataclass(frozen=True)
class Answered:
    """A key result the reader is asked about: `owner` where it belongs to somebody else, `instead_of` where somebody
    else would have been asked.
    """

    title: str
    owner: Person | None = None
    instead_of: Person | None = None


@dataclass(frozen=True)
class Asking:
    """What one team asks of the reader; the day off it moved from, and why that is one."""

    team: Team
    answered: tuple[Answered, ...]
    lead: Person | None = None
    moved_from: date | None = None
    off: Excuse | None = None


@dataclass(frozen=True)
class WhyAsked:
    """A prompt, or the reminder of this number. `at` is when it was due; `chosen` says that the reader chose the hour.
    `excuse` says why nobody waits for them any more.
    """

    askings: tuple[Asking, ...]
    zone: str
    at: datetime | None = None
    reminder: int = 0
    chosen: bool = False
    excuse: Excuse | None = None


@dataclass(frozen=True)
class WhyDigest:
    """`set_on` is when the rhythm was last set and `set_by` who did; None where the company file did."""

    team: Team
    day: date
    lead: Person | None
    set_on: datetime | None = None
    set_by: Person | None = None
    unposted: bool = False


@dataclass(frozen=True)
class WhyTold:
    """A lead's notice about key results of these teams, or about what was `proposed` for them, or `found` in them."""

    teams: tuple[Team, ...]
    proposed: bool = False
    found: bool = False


@dataclass(frozen=True)
class WhyFound:
    """The message that tells an owner what the nightly look has found. `fewer` says that they want less of it."""

    fewer: bool = False


@dataclass(frozen=True)
class WhyWelcomed:
    """The message on the first day of work after leave that began on `since`, if that is still known."""

    since: date | None


@dataclass(frozen=True)
class Forgotten:
    """Nothing is known of the message any more, or it was for somebody else. `named` says whether the reader is named
    in the company.
    """

    named: bool


Why = WhyAsked | WhyDigest | WhyTold | WhyFound | WhyWelcomed | Forgotten


def button(what: str, about: object, language: Language, part: int = 0) -> dict[str, Any]:
    """The last button of a message; `what` and `about` say which message it stands under."""
    return text.button(language.plain("Why this?"), ids.WHY, ids.about_message(what, about, part))


def row(what: str, about: object, language: Language, part: int = 0) -> dict[str, Any]:
    """The same where a message has no other buttons."""
    return actions(button(what, about, language, part), block_id=ids.WHY)


def render(why: Why, language: Language) -> Message:
    """For the reader's eyes only."""
    lines = rest = _lines(why, language)
    blocks = []
    while rest:
        shown = lines_that_fit(rest, most=len(rest), characters=SECTION)
        blocks.append(section(Mrkdwn("\n").join(shown)))
        rest = rest[len(shown) :]
    return Message(text=spoken([], lines, lambda count: and_more(count, language)), blocks=blocks)


def _lines(why: Why, language: Language) -> Sequence[Mrkdwn]:
    match why:
        case WhyAsked():
            return _asked(why, language)
        case WhyDigest():
            return _digest(why, language)
        case WhyTold():
            return _told(why, language)
        case WhyFound():
            return _found(why, language)
        case WhyWelcomed():
            return _welcomed(why, language)
        case Forgotten():
            return [_forgotten(why, language)]


# A prompt, a reminder, a receipt


def _asked(why: WhyAsked, language: Language) -> list[Mrkdwn]:
    lines = []
    if why.excuse:
        lines.append(
            language.say("I asked, then stopped waiting for you: {why}.", why=say_reason(why.excuse.value, language))
        )
    if why.at:
        lines.append(_hour(why, why.at, language))
    for one in why.askings[:MOST_TEAMS]:
        lines += _asking(one, language)
    if len(why.askings) > MOST_TEAMS:
        lines.append(and_more(len(why.askings) - MOST_TEAMS, language))
    if any(one.team.rhythm.whose is Whose.MEMBER for one in why.askings):
        lines.append(language.say("I go by the time zone in your Slack profile: {zone}.", zone=why.zone))
    leads = dict.fromkeys(clip(one.lead.name, NAME) for one in why.askings[:MOST_TEAMS] if one.lead)
    lines.append(
        language.say("*To change it:* *Later* moves my next reminder; `/okr away until Monday` when you are away.")
    )
    if leads:
        lines.append(
            language.say("Another rhythm, or somebody else to ask: {names}, or an admin.", names=language.listed(leads))
        )
    return lines


def _hour(why: WhyAsked, at: datetime, language: Language) -> Mrkdwn:
    local = at.astimezone(ZoneInfo(why.zone))
    when = {"day": language.day(local.date()), "time": f"{local:%H:%M}"}
    if why.reminder and why.chosen:
        return language.say("A reminder at the hour you chose: {day}, {time} your time.", **when)
    if why.reminder:
        return language.say("A reminder for what was not answered yet: {day}, {time} your time.", **when)
    if len(why.askings) > 1:
        return language.say(
            "One message for all your teams, at the earliest of their hours: {day}, {time} your time.", **when
        )
    return language.say("I asked on {day} at {time}, your time.", **when)


def _asking(one: Asking, language: Language) -> list[Mrkdwn]:
    team, rhythm = bold(clip(one.team.name, NAME)), say_rhythm(one.team.rhythm, language)
    lines = [language.say("{team} asks: {rhythm}", team=team, rhythm=rhythm)]
    if one.team.rhythm.whose is Whose.TEAM:
        lines.append(language.say("The team’s time zone is {zone}.", zone=one.team.zone))
    if one.moved_from and one.off:
        lines.append(
            language.say(
                "It moved from {day} to your next working day: {why}.",
                day=language.day(one.moved_from),
                why=say_reason(one.off.value, language),
            )
        )
    lines += [_answered(each, language) for each in one.answered[:MOST_LINES]]
    if len(one.answered) > MOST_LINES:
        lines.append(and_more(len(one.answered) - MOST_LINES, language))
    return lines


def _answered(one: Answered, language: Language) -> Mrkdwn:
    title = clip(one.title, TITLE)
    if one.instead_of:
        return language.say(
            "• {title}: you stand in for {name}, who is away", title=title, name=clip(one.instead_of.name, NAME)
        )
    if one.owner:
        return language.say(
            "• {title}: it is {name}’s, and you check in on it", title=title, name=clip(one.owner.name, NAME)
        )
    return language.say("• {title}: it is yours", title=title)


# The others


def _digest(why: WhyDigest, language: Language) -> list[Mrkdwn]:
    team = bold(clip(why.team.name, NAME))
    if why.unposted:
        lines = [
            language.say(
                "The channel of {team} did not take this digest. You lead the team, or stand nearest to it.", team=team
            )
        ]
    else:
        lines = [
            language.say(
                "This is the digest of {team} for {day}. It comes at the end of each round, to all in this channel.",
                team=team,
                day=language.day(why.day),
            )
        ]
    if why.team.is_company:
        lines.append(
            language.say(
                "The team stands for the company, so its digest also says how the other teams stood in their last "
                "check-ins. Nobody is asked for that."
            )
        )
    lines.append(
        language.say(
            "Rhythm: {rhythm}. Digests go by the time zone {zone}.",
            rhythm=say_rhythm(why.team.rhythm, language),
            zone=why.team.zone,
        )
    )
    if why.set_on:
        lines.append(_set(why, why.set_on, language))
    lines.append(_ask(why, language))
    return lines


def _set(why: WhyDigest, on: datetime, language: Language) -> Mrkdwn:
    day = language.day(on.astimezone(ZoneInfo(why.team.zone)).date())
    if why.set_by:
        return language.say("{name} set it on {day}.", name=clip(why.set_by.name, NAME), day=day)
    return language.say("It was set in the company file on {day}.", day=day)


def _ask(why: WhyDigest, language: Language) -> Mrkdwn:
    if why.lead is None:
        return language.say(
            "*To change it:* ask an admin. It notifies nobody: whoever reads it only now and then can mute the channel."
        )
    return language.say(
        "*To change it:* ask {name}, who leads the team, or an admin. It notifies nobody: "
        "whoever reads it only now and then can mute the channel.",
        name=clip(why.lead.name, NAME),
    )


def _told(why: WhyTold, language: Language) -> list[Mrkdwn]:
    names = language.listed([clip(one.name, NAME) for one in why.teams[:MOST_LINES]])
    if why.found:
        return [
            language.say(
                "In {names} something was found that its owner has not answered for two weeks, or that nobody owns. "
                "You lead the team, or stand nearest to it.",
                names=names,
            ),
            language.say("I say it once for each, on a Monday at 09:00 your time, together in one message."),
            language.say("*To change it:* speak with the owner. An admin can switch coaching off for the company."),
        ]
    if why.proposed:
        return [
            language.say("Somebody proposed OKRs for {names}. You lead the team, or stand nearest to it.", names=names),
            language.say("They count once you confirm them. I gather them for Monday at 09:00 your time."),
            language.say("*To change it:* review what waits, here or on Home."),
        ]
    return [
        language.say(
            "These key results of {names} have nobody I can ask, and you lead the team, or stand nearest to it.",
            names=names,
        ),
        language.say("I say it once for each, on a Monday at 09:00 your time, together in one message."),
        language.say("*To change it:* give them another owner with `/okr edit`, or the team another lead."),
    ]


def _found(why: WhyFound, language: Language) -> list[Mrkdwn]:
    often = language.say("once a week")
    if why.fewer:
        often = language.say("once in four weeks, as you chose")
    return [
        language.say("Each night I look at the goals that count. This is what I noticed in yours."),
        language.say(
            "I write at most {often}, on a working day at 10:00 your time. "
            "What is still so I say again after four weeks, or when it gets worse.",
            often=often,
        ),
        language.say(
            "*To change it:* *Fewer of these*; an answer or an edit settles it. "
            "An admin can switch coaching off for the company."
        ),
    ]


def _welcomed(why: WhyWelcomed, language: Language) -> list[Mrkdwn]:
    if why.since:
        first = language.say(
            "You were away from {day} on, and this is your first day of work since.", day=language.day(why.since)
        )
    else:
        first = language.say("You were away, and this is your first day of work since.")
    return [
        first,
        language.say("I say once what was answered for you and what waits, at the hour at which your team asks."),
        language.say(
            "*To change it:* `/okr back` ends leave early, and then there is no such message. "
            "Leave comes from `/okr away`, your Slack status, or your calendar."
        ),
    ]


def _forgotten(why: Forgotten, language: Language) -> Mrkdwn:
    if not why.named:
        return language.say(
            "This was for somebody the company file names, and it does not name you. I keep nothing about you. "
            "An admin of this workspace can tell you more."
        )
    return language.say(
        "I no longer know why: it was long ago, it was for somebody else, or it has passed to somebody else. "
        "What will reach you: `/okr preview`"
    )
