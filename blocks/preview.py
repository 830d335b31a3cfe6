"""Who would get what in the days to come: drawn for Slack, as much as fits, and written whole for the terminal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from zoneinfo import ZoneInfo

from blocks.fates import say_reason
from blocks.language import Language
from blocks.message import Blocks, Message
from blocks.rhythm import say_rhythm
from blocks.room import packed, spoken, that_fit
from blocks.text import Mrkdwn, bold, clip, clip_markup, context, escape, header, section
from okr.deliveries import FINDINGS, WELCOME, Kind
from okr.goals import Person
from okr.preview import Because, Coming, Preview, Spared

MOST_BLOCKS, MOST_CHARACTERS, MOST_RHYTHMS, MOST_TEAMS = 40, 9000, 3, 3
NAME, HEADLINE, LINE, IDLE = 60, 120, 900, 1500


@dataclass(frozen=True)
class _Line:
    """One message that would go or would not, on the date of whoever it is for."""

    day: date
    at: datetime
    text: Mrkdwn


def render(preview: Preview, language: Language) -> Message:
    """For Slack: at most 40 blocks; what does not fit is counted."""
    lines = _lines(preview, language)
    head: Blocks = [header(_title(preview, language)), context(_intro(language))]
    if preview.teams:
        rhythms = Mrkdwn("\n").join(_rhythms(preview, language)[:MOST_RHYTHMS])
        head.append(context(clip_markup(rhythms, LINE)))
    foot = [section(clip_markup(text, IDLE)) for text in _foot(preview, lines, language)]
    candidates = [block for day, texts in _by_day(lines, language) for block in packed(bold(day), texts)]
    fitting = that_fit(candidates, blocks=MOST_BLOCKS - len(head) - len(foot) - 1, characters=MOST_CHARACTERS - IDLE)
    left = len(lines) - sum(block["text"]["text"].count("\n") for block in fitting)
    if left:
        foot.insert(0, context(_more(left, language)))
    said = [_spoken(one, language) for one in lines] + _foot(preview, lines, language)
    text = spoken([escape(_title(preview, language)), _intro(language)], said, lambda count: _more(count, language))
    return Message(text=text, blocks=[*head, *fitting, *foot])


def write(preview: Preview, language: Language) -> str:
    """For a terminal: everything, grouped by day."""
    lines = _lines(preview, language, everywhere=True)
    written = [_title(preview, language), _plain(_intro(language))]
    for day, texts in _by_day(lines, language):
        written += ["", day, *(f"  {_plain(text)}" for text in texts)]
    foot = [_plain(text) for text in _foot(preview, lines, language)]
    return "\n".join([*written, *([""] if foot else []), *foot])


def _title(preview: Preview, language: Language) -> str:
    said = language.plain_count("The next day", "The next {count} days", preview.days)
    if not preview.about:
        return said
    return language.plain("{team}: {rest}", team=clip(preview.about, NAME), rest=said[:1].lower() + said[1:])


def _intro(language: Language) -> Mrkdwn:
    return language.say(
        "What I will send if nothing changes, each at the hour of whoever reads it. "
        "Whoever has answered gets no reminder."
    )


def _rhythms(preview: Preview, language: Language) -> list[Mrkdwn]:
    return [
        language.say("{team}: {rest}", team=clip(team.name, NAME), rest=say_rhythm(team.rhythm, language))
        for team in preview.teams
    ]


def _foot(preview: Preview, lines: Sequence[_Line], language: Language) -> list[Mrkdwn]:
    if preview.own and preview.idle:
        return [language.say("Nothing is due from you.")]
    if preview.idle:
        names = language.listed([clip(one.name, NAME) for one in preview.idle])
        return [language.say("Nothing is due from {names}.", names=names)]
    return [] if lines else [language.say("There is nothing to send.")]


def _more(count: int, language: Language) -> Mrkdwn:
    return language.say_count(
        "and {count} more: `okrbot preview` on the command line shows everything",
        "and {count} more: `okrbot preview` on the command line shows everything",
        count,
    )


# Lines


def _lines(preview: Preview, language: Language, *, everywhere: bool = False) -> list[_Line]:
    """In the order of their dates and moments; `everywhere` says whose clock it is even where it is the reader's."""
    zone = "" if everywhere else preview.zone

    def name(one: Coming | Spared) -> str:
        return language.plain("you") if preview.own else _name(one.person)

    found = [_line(one, _coming(one, name(one), language), zone, language) for one in preview.coming]
    found += [_line(one, _spared(one, name(one), language), zone, language) for one in preview.spared]
    return sorted(found, key=lambda one: (one.day, one.at))


def _line(one: Coming | Spared, said: Mrkdwn, zone: str, language: Language) -> _Line:
    local = one.at.astimezone(ZoneInfo(one.zone))
    time = f"{local:%H:%M}"
    if one.zone != zone:
        time = language.plain("{time} ({zone})", time=time, zone=one.zone)
    return _Line(local.date(), one.at, clip_markup(Mrkdwn(" ").join([time, said]), LINE))


def _by_day(lines: Sequence[_Line], language: Language) -> Iterator[tuple[str, list[Mrkdwn]]]:
    for day in dict.fromkeys(one.day for one in lines):
        yield language.day(day), [one.text for one in lines if one.day == day]


def _spoken(one: _Line, language: Language) -> Mrkdwn:
    return Mrkdwn(" ").join([language.short_day(one.day), one.text])


def _plain(text: Mrkdwn) -> str:
    return unescape(text.replace("`", ""))


def _coming(one: Coming, name: str, language: Language) -> Mrkdwn:
    headline, because = clip(one.headline, HEADLINE), _because(one.because, language)
    match one.kind, one.part:
        case Kind.DIGEST, _:
            team = clip(one.team.name if one.team else "", NAME)
            return language.say("digest in the channel of {team}: “{headline}”", team=team, headline=headline)
        case Kind.PROMPT, _:
            said = language.say("question to {name}: “{headline}”", name=name, headline=headline)
        case Kind.REMINDER, _:
            said = language.say("reminder to {name}: “{headline}”", name=name, headline=headline)
        case Kind.NOTICE, part if part == WELCOME:
            return language.say("to {name}, back from leave: “{headline}”", name=name, headline=headline)
        case Kind.NOTICE, part if part == FINDINGS:
            return language.say("note on key results to {name}: “{headline}”", name=name, headline=headline)
        case _:
            return language.say("notice to {name}: “{headline}”", name=name, headline=headline)
    return Mrkdwn(" – ").join([said, because])


def _because(reasons: Sequence[Because], language: Language) -> Mrkdwn:
    """Growth, also for Dana, who is away; Platform."""
    teams = {one.team.id: [each for each in reasons if each.team.id == one.team.id] for one in reasons}
    said = [_of_team(some, language) for some in list(teams.values())[:MOST_TEAMS]]
    if len(teams) > MOST_TEAMS:
        more = len(teams) - MOST_TEAMS
        said.append(language.say_count("and {count} more", "and {count} more", more))
    return Mrkdwn("; ").join(said)


def _of_team(reasons: Sequence[Because], language: Language) -> Mrkdwn:
    said = [escape(clip(reasons[0].team.name, NAME))]
    away = [one.instead_of.name for one in reasons if one.instead_of]
    if away:
        names = language.listed([clip(one, NAME) for one in away[:MOST_TEAMS]])
        also = any(one.instead_of is None for one in reasons)
        said.append(
            language.say("also for {names}, away", names=names)
            if also
            else language.say("for {names}, away", names=names)
        )
    moved = next((one for one in reasons if one.moved_from), None)
    if moved and moved.moved_from and moved.off:
        why = say_reason(moved.off.value, language)
        said.append(language.say("moved from {day} ({why})", day=language.day(moved.moved_from), why=why))
    return Mrkdwn(", ").join(said)


def _spared(one: Spared, name: str, language: Language) -> Mrkdwn:
    team, why = clip(one.team.name if one.team else "", NAME), say_reason(one.why, language)
    match one.kind:
        case Kind.DIGEST:
            return language.say("no digest of {team}: {why}", team=team, why=why)
        case Kind.REMINDER:
            return language.say("no reminder to {name}: {why}", name=name, why=why)
        case Kind.NOTICE if one.part == FINDINGS:
            return language.say("no note on key results to {name}: {why}", name=name, why=why)
        case Kind.NOTICE if one.part != WELCOME:
            return language.say("no notice to {name}: {why}", name=name, why=why)
        case Kind.NOTICE:
            return language.say("no welcome for {name}, back from leave: {why}", name=name, why=why)
    if one.instead:
        why = language.plain("{why}, so I ask {name}", why=why, name=_name(one.instead))
    return language.say("no question to {name} ({team}): {why}", name=name, team=team, why=why)


def _name(person: Person | None) -> str:
    return clip(person.name if person else "?", NAME)
