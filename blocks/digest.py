"""The team's message at the end of a round: what asks for action first, what is well folded to a line.

One message of at most 40 blocks and about 9,000 characters; what does not fit goes on in its thread.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from blocks import besides, measure_phrase, standing, why
from blocks.counts import counts_line
from blocks.folds import fitted, folds, least
from blocks.language import Language
from blocks.message import Blocks, Message
from blocks.room import MOST_BLOCKS, MOST_CHARACTERS, and_more, spoken, that_fit
from blocks.text import Mrkdwn, bold, clip, clip_markup, context, escape, header, length, section, struck, unmarked
from okr.cadence import local_date
from okr.digest import Digest
from okr.goals import Person
from okr.history import Moved
from okr.measures import Measure
from okr.standing import Standing

MOST_NAMES, MOST_MOVED = 20, 5
NOTE, SILENT, REMARK, THREAD_NOTE = 300, 1500, 700, 150


@dataclass(frozen=True)
class Circumstances:
    """What the digest says besides the key results: days on which nobody was asked, that it was updated, that it is
    over, for a newer round has opened, and the goals that were `moved` since the digest before.
    """

    missed: tuple[date, ...] = ()
    updated: bool = False
    over: bool = False
    moved: tuple[Moved, ...] = ()


def render(digest: Digest, language: Language, circumstances: Circumstances = Circumstances()) -> list[Message]:
    """The digest and the messages that go on in its thread, in order. What is well gets the room that is left."""
    head, foot = _head(digest, language), _foot(digest, language, circumstances)
    entries, well = list(_entries(digest, language)), folds(digest, language)
    room = MOST_CHARACTERS - length([*head, *foot]) - THREAD_NOTE
    blocks = MOST_BLOCKS - len(head) - len(well) - len(foot) - 2
    shown = that_fit(entries, blocks=blocks, characters=room - least(well, language))
    folded, overflow = fitted(well, room - length(shown), language)
    rest = [*entries[len(shown) :], *overflow]
    note = [context(_thread_note(entries, shown, language))] if rest else []
    asked = why.row(why.DIGEST, digest.round.id, language)
    text = _spoken(digest, language, over=circumstances.over)
    main = Message(text=text, blocks=[*head, *shown, *note, *folded, *foot, asked])
    return [main, *_thread(digest, rest, language)]


def nothing_more(language: Language) -> Message:
    """What a thread message says when a later answer has made it empty."""
    text = language.say("Everything fits in the message above now.")
    return Message(text=text, blocks=[context(text)])


def _head(digest: Digest, language: Language) -> Blocks:
    lines = _own(digest, language) if digest.standings or not digest.beside else []
    if digest.beside:
        lines.append(besides.counted(digest.beside, language))
    return [
        header(_title(digest, language)),
        section(Mrkdwn("\n").join(lines)),
    ]


def _own(digest: Digest, language: Language) -> list[Mrkdwn]:
    """The colours of the team's own key results, and how many were answered."""
    lines = [counts_line(digest.now, language, digest.previous)]
    said = language.say("{answered} of {all} answered", answered=digest.answered, all=digest.owed)
    if digest.away:
        said = Mrkdwn(" · ").join([said, language.say_count("{count} away", "{count} away", digest.away)])
    if digest.off:
        off = language.say_count("{count} on a day off", "{count} on days off", digest.off)
        said = Mrkdwn(" · ").join([said, off])
    if digest.progress is not None:
        done = language.say("{done} done on average", done=language.percent(digest.progress))
        said = Mrkdwn(" · ").join([said, done])
    return [*lines, said]


def _title(digest: Digest, language: Language) -> str:
    if digest.beside:
        day = local_date(digest.round.closes_at, digest.team.zone)
        return language.plain("{team}: the company on {day}", team=clip(digest.team.name, 60), day=language.day(day))
    return language.plain(
        "{team}: check-in of {day}", team=clip(digest.team.name, 60), day=language.day(digest.round.date)
    )


def _entries(digest: Digest, language: Language) -> Iterator[dict[str, Any]]:
    """Every key result that asks for attention as a block of its own, each group under its first one's heading."""
    groups = [
        (language.say("🛑 Off track"), digest.red),
        (language.say("⚪ No recent answer, so no colour"), digest.stale),
        (language.say("⚠️ At risk"), digest.at_risk),
        (language.say("🟢 Called on track, but the numbers say otherwise"), digest.gaps),
        (language.say("⚪ Not started"), digest.unknown),
    ]
    for heading, members in groups:
        for place, one in enumerate(members):
            yield section(_entry(one, digest, language, bold_heading(heading) if not place else None))


def bold_heading(heading: Mrkdwn) -> Mrkdwn:
    return Mrkdwn(f"*{heading}*")


def _entry(one: Standing, digest: Digest, language: Language, heading: Mrkdwn | None) -> Mrkdwn:
    zone = digest.team.zone
    title = language.say("{title} – {owner}", title=standing.title(one), owner=_owner(one, language))
    lines = [heading] if heading else []
    lines += [title, standing.value_line(one, language, zone, dated=True)]
    if one.last:
        lines.append(_progress(one, language))
    if one.last and one.last.blocker:
        lines.append(language.say("In the way: {blocker}", blocker=clip(one.last.blocker, NOTE)))
    if one.last and one.last.note and one.answered:
        lines.append(language.say("Note: {note}", note=clip(one.last.note, NOTE)))
    return Mrkdwn("\n").join(lines)


def _owner(one: Standing, language: Language) -> str:
    if one.owner.deactivated:
        return language.plain("{name} (has left)", name=clip(one.owner.name, 60))
    return clip(one.owner.name, 60)


def _progress(one: Standing, language: Language) -> Mrkdwn:
    """Pace, and the change when there was one; the colour stands in the heading, and a number here."""
    line = standing.pace(one, language)
    if one.last and (number := standing.number(one.last.given, language)) and not one.stale:
        line = Mrkdwn(" · ").join([line, language.say("confidence {number}", number=number)])
    if one.answered and one.before and one.moved:
        line = Mrkdwn(" · ").join([line, language.say("was {value}", value=_before(one, language))])
    if one.answered and one.last and one.before and one.last.confidence is not one.before.confidence:
        was = language.say("was {colour}", colour=standing.said(one.before.given, language))
        line = Mrkdwn(" · ").join([line, was])
    return line


def _before(one: Standing, language: Language) -> str:
    assert one.before is not None  # noqa: S101 - asked only for what moved
    return standing.value(one.before.value, one.key_result.measure, language)


def _foot(digest: Digest, language: Language, circumstances: Circumstances) -> Blocks:
    """Whom the digest waits for, and what is to be known about it."""
    blocks: Blocks = []
    if circumstances.moved:
        blocks.append(section(_moved(circumstances.moved, language)))
    if digest.silent:
        blocks.append(section(clip_markup(_silent(digest.silent, language, over=circumstances.over), SILENT)))
    if digest.unasked:
        blocks.append(section(clip_markup(_unasked(digest.unasked, language, over=circumstances.over), SILENT)))
    notes = [clip_markup(note, REMARK) for note in _notes(digest, language, circumstances)]
    if notes:
        blocks.append(context(*notes))
    return blocks


def _moved(moved: Sequence[Moved], language: Language) -> Mrkdwn:
    """Each goal that was changed, what it was struck through."""
    lines = [bold_heading(language.say("✏️ Changed targets"))]
    for one in moved[:MOST_MOVED]:
        before, after = (_goal(each, language) for each in (one.before, one.after))
        said = language.say("{title}: {before} {after}", title=clip(one.title, 80), before=struck(before), after=after)
        who = language.say("{name}: “{why}”", name=clip(one.by, 40), why=clip(one.why, 150)) if one.why else one.by
        lines.append(Mrkdwn(" – ").join([said, who]) if who else said)
    if len(moved) > MOST_MOVED:
        lines.append(and_more(len(moved) - MOST_MOVED, language))
    return Mrkdwn("\n").join(lines)


def _goal(measure: Measure, language: Language) -> str:
    return clip(measure_phrase.say(measure, language).replace("\n", ", "), 120)


def _silent(people: Sequence[Person], language: Language, *, over: bool) -> Mrkdwn:
    names = bold(_names(people, language))
    if over:
        return language.say("No answer came from {names}.", names=names)
    return language.say("⏳ Still waiting to hear from {names}. An answer now updates this message.", names=names)


def _unasked(people: Sequence[Person], language: Language, *, over: bool) -> Mrkdwn:
    names = bold(_names(people, language))
    if over:
        return language.say("My question did not reach {names}.", names=names)
    return language.say(
        "My question did not reach {names}. An answer with `/okr checkin` now updates this message.", names=names
    )


def _names(people: Sequence[Person], language: Language) -> str:
    names = language.listed([clip(one.name, 40) for one in people[:MOST_NAMES]])
    more = len(people) - MOST_NAMES
    if more <= 0:
        return names
    return language.plain_count("{names} and {count} more", "{names} and {count} more", more, names=names)


def _notes(digest: Digest, language: Language, circumstances: Circumstances) -> Iterator[Mrkdwn]:
    if circumstances.missed:
        days = language.listed([language.short_day(day) for day in circumstances.missed])
        yield language.say("I was not running on {days}, so nobody was asked then.", days=days)
    if digest.late:
        yield language.say("With a late answer from {names}.", names=_names(digest.late, language))
    if circumstances.updated:
        yield language.say("Updated after it was posted.")
    yield language.say("Pace is a straight line from the first day to the last. Details: `/okr status`")


def _thread_note(entries: Blocks, shown: Blocks, language: Language) -> Mrkdwn:
    more = len(entries) - len(shown)
    if not more:
        return language.say("The thread has the rest.")
    return language.say_count(
        "{count} more key result that needs a look is in the thread.",
        "{count} more key results that need a look are in the thread.",
        more,
    )


def _thread(digest: Digest, rest: Blocks, language: Language) -> list[Message]:
    messages = []
    while rest:
        shown = that_fit(rest, blocks=MOST_BLOCKS - 1, characters=MOST_CHARACTERS)
        rest = rest[len(shown) :]
        text = language.plain("{title}, continued", title=_title(digest, language))
        messages.append(Message(text=escape(text), blocks=shown))
    return messages


def _spoken(digest: Digest, language: Language, *, over: bool) -> str:
    """The same for a screen reader: headline, what asks for action, then where to read the rest."""
    foot = []
    if digest.silent:
        names = language.listed([clip(one.name, 30) for one in digest.silent[:5]])
        if over:
            foot.append(language.say("No answer came from {names}.", names=names))
        else:
            foot.append(language.say("Still waiting to hear from {names}.", names=names))
    if digest.unasked:
        names = language.listed([clip(one.name, 30) for one in digest.unasked[:5]])
        foot.append(language.say("My question did not reach {names}.", names=names))
    own = [counts_line(digest.now, language, digest.previous)] if digest.standings or not digest.beside else []
    worries = [_worry(one, digest, language) for one in digest.worrying]
    return spoken(
        [escape(_title(digest, language)), *own],
        [*worries, *(unmarked(besides.line(one, digest.team.zone, language)) for one in digest.beside)],
        lambda count: and_more(count, language),
        [*foot, language.say("Everything else: `/okr status`")],
    )


def _worry(one: Standing, digest: Digest, language: Language) -> Mrkdwn:
    said = standing.spoken(one, language, digest.team.zone, dated=True)
    line = language.say("{said}, {owner}", said=said, owner=clip(one.owner.name, 40))
    if one.last and one.last.blocker:
        line = Mrkdwn(", ").join([line, language.say("in the way: {blocker}", blocker=clip(one.last.blocker, 60))])
    return line
