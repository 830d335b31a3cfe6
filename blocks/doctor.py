"""What an admin reads of the bot's own health: one report, drawn for Slack and written for the terminal."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from blocks import ids
from blocks.fates import say_fate, say_reason, say_why
from blocks.language import Language
from blocks.message import Message
from blocks.report import BAD, GOOD, NEUTRAL, Line, Part, Report, draw
from blocks.report import write as write_report
from blocks.text import Mrkdwn, button, clip, section
from okr.archives import Archiving
from okr.deliveries import ENOUGH, Kind
from okr.examination import Examination, GaveWay, Loose
from okr.rollcall import LATE, Entry, Fate, NextRound, RollCall
from okr.rounds import RoundState
from okr.vitals import Vitals

MOST_NAMED = 20
WELL = (Fate.ANSWERED, Fate.ASKED, Fate.SENDING, Fate.DUE)


def report(found: Examination, language: Language, zone: str) -> Report:
    """Put the findings into words, what needs attention first; times are in `zone`."""
    teams = [
        Part(one.team.name, tuple(_team(found, one, language, zone)))
        for one in sorted(found.next, key=lambda one: one.team.name)
    ]
    parts = [Part(language.plain("Processes"), tuple(_processes(found, language)))]
    if found.loose:
        lines = tuple(_loose(one, language, zone) for one in found.loose)
        parts.append(Part(language.plain("Messages that need you"), lines))
    if found.archiving:
        parts.append(Part(language.plain("Archive"), (_archive(found.archiving, found.now, language, zone),)))
    if found.gave_way:
        lines = tuple(Line(NEUTRAL, _gave_way(one, language)) for one in found.gave_way)
        parts.append(Part(language.plain("Messages that gave way"), lines))
    parts += sorted(teams, key=lambda one: not one.bad)
    if found.needs_attention:
        verdict = Line(BAD, language.say("Something needs attention."))
    else:
        verdict = Line(GOOD, language.say("All is well."))
    title = language.plain("okrbot in {workspace}", workspace=found.workspace)
    return Report(title, verdict, tuple(parts), zone)


def render(found: Examination, language: Language, zone: str) -> Message:
    """For Slack, with *Post again* beside what only an admin can settle."""
    return draw(report(found, language, zone), language)


def write(found: Examination, language: Language, zone: str) -> str:
    """The same for a terminal."""
    return write_report(report(found, language, zone), language)


def render_again(*, planned: bool, language: Language) -> Message:
    """What *Post again* answers."""
    if planned:
        text = language.say("It is posted again right away.")
    else:
        text = language.say("That is settled already; nothing was posted again.")
    return Message(text=text, blocks=[section(text)])


# Processes


def _processes(found: Examination, language: Language) -> Iterator[Line]:
    yield Line(GOOD, language.say("The database answers."))
    for one in found.processes:
        yield _process(one, found, language)
    if not found.listens:
        yield Line(BAD, language.say("Nobody listens to Slack: no running process has an open connection."))
    if not found.keeps_time:
        yield Line(BAD, language.say("Nobody keeps time: what comes due is not sent."))
    if found.overdue > LATE.total_seconds():
        minutes = int(found.overdue // 60)
        yield Line(
            BAD,
            language.say("The oldest message still to be sent has been due for {count} minutes.", count=minutes),
        )


def _process(one: Vitals, found: Examination, language: Language) -> Line:
    name = f"okrbot {one.role}, {one.host}, {one.pid}"
    if not one.is_alive(found.real):
        minutes = int((found.real - one.seen_at).total_seconds() // 60)
        return Line(
            BAD if not (found.listens and found.keeps_time) else NEUTRAL,
            language.say_count(
                "{name}: no sign of life for {count} minute; it did not end as it should.",
                "{name}: no sign of life for {count} minutes; it did not end as it should.",
                minutes,
                name=name,
            ),
        )
    facts = []
    if one.sockets is not None:
        facts.append(
            language.say("{open} of {wanted} connections to Slack", open=one.sockets, wanted=one.sockets_wanted or 0)
        )
    if one.beaten_at is not None:
        alive = one.keeps_time(found.real)
        facts.append(language.say("keeps time") if alive else language.say("its scheduler stands still"))
    well = (one.sockets is None or one.sockets > 0) and (one.beaten_at is None or one.keeps_time(found.real))
    said = Mrkdwn(", ").join(facts) if facts else language.say("alive")
    return Line(GOOD if well else BAD, language.say("{name}: {facts}", name=name, facts=said))


def _archive(archiving: Archiving, now: datetime, language: Language, zone: str) -> Line:
    newest, written = archiving.newest, archiving.written
    if newest and newest.trouble:
        fields = {"day": language.day(newest.day), "reason": clip(newest.trouble, 300)}
        if newest.written_at:
            return Line(BAD, language.say("The archive of {day} is written, but: {reason}", **fields))
        again = language.hour(newest.due_at, zone)
        return Line(
            BAD,
            language.say(
                "The archive of {day} could not be written: {reason}. I try again {hour}.", **fields, hour=again
            ),
        )
    if archiving.is_late(now):
        last = written or newest
        day = language.full_day(last.day if last else now.date())
        return Line(BAD, language.say("No archive was written since {day}.", day=day))
    if written is None or written.written_at is None:
        return Line(NEUTRAL, language.say("No archive was written yet."))
    hour = language.hour(written.written_at, zone)
    return Line(
        GOOD, language.say("The archive of {day} was written {hour}.", day=language.day(written.day), hour=hour)
    )


# Messages that need a person


def _loose(one: Loose, language: Language, zone: str) -> Line:
    said = language.say(
        "{what}, due {hour}: {why}",
        what=_whose(one, language),
        hour=language.hour(one.sending.due_at, zone),
        why=say_why(one.sending, language),
    )
    return Line(BAD, said, _again(one, language) if one.sending.settled_by_hand else None)


def _again(one: Loose, language: Language) -> dict[str, Any]:
    value = ids.about_sending(one.sending.id, one.sending.tries)
    return button(language.plain("Post again"), ids.POST_AGAIN, value, about=_whose(one, language))


def _whose(one: Loose, language: Language) -> str:
    name = clip(one.person.name if one.person else one.team.name if one.team else "?", 40)
    match one.kind:
        case Kind.PROMPT:
            return language.plain("Question to {name}", name=name)
        case Kind.REMINDER:
            return language.plain("Reminder to {name}", name=name)
        case Kind.DIGEST:
            return language.plain("Digest of {name}", name=name)
        case _:
            return language.plain("Notice to {name}", name=name)


def _gave_way(one: GaveWay, language: Language) -> Mrkdwn:
    """Nothing is wrong with it: the company has said how many messages a week are enough."""
    names = _some([clip(name, 40) for name in one.names], language)
    if one.kind is Kind.REMINDER:
        said = language.say_count("{count} reminder", "{count} reminders", one.count)
    else:
        said = language.say_count("{count} note on key results", "{count} notes on key results", one.count)
    why = say_reason(ENOUGH, language)
    return language.say("In the last seven days {said}: {why} ({names})", said=said, why=why, names=names)


# Teams


def _team(found: Examination, one: NextRound, language: Language, zone: str) -> Iterator[Line]:
    last = found.last.get(one.team.id)
    if last:
        yield from _last(last, found, language, zone)
    else:
        yield Line(NEUTRAL, language.say("No round yet."))
    yield from _next(one, found, language, zone)


def _last(roll: RollCall, found: Examination, language: Language, zone: str) -> Iterator[Line]:
    """How many were owed and what became of each: those that are well in one line for each fate, the others by name."""
    day = language.day(roll.round.date)
    mark = BAD if roll.needs_attention(found.now) else GOOD
    if not roll.entries:
        yield Line(mark, language.say("Round of {day}: nobody was to be asked", day=day))
    else:
        counts = [_count(fate, roll.counts[fate], language) for fate in Fate if roll.counts[fate]]
        yield Line(mark, language.say("Round of {day}: {counts}", day=day, counts=Mrkdwn(" · ").join(counts)))
    for fate in WELL:
        names = [clip(one.person.name, 60) for one in roll.entries if one.fate is fate]
        if names:
            yield Line(
                NEUTRAL, language.say("{fate}: {names}", fate=say_fate(fate, language), names=_some(names, language))
            )
    for entry in [one for one in roll.entries if one.fate not in WELL][:MOST_NAMED]:
        yield Line(NEUTRAL, _named(entry, language))
    yield _digest(roll, found, language, zone)


def _some(names: list[str], language: Language) -> str:
    if len(names) > MOST_NAMED:
        more = language.plain_count("{count} more", "{count} more", len(names) - MOST_NAMED)
        names = [*names[:MOST_NAMED], more]
    return language.listed(names)


def _named(entry: Entry, language: Language) -> Mrkdwn:
    reason = say_why(entry.message, language) if entry.message and entry.fate is not Fate.EXCUSED else ""
    said = say_fate(entry.fate, language)
    if entry.fate is Fate.EXCUSED or not reason:
        reason = say_reason(entry.reason, language)
    name = clip(entry.person.name, 60)
    if not reason:
        return language.say("{name}: {fate}", name=name, fate=said)
    return language.say("{name}: {fate} – {reason}", name=name, fate=said, reason=reason)


def _digest(roll: RollCall, found: Examination, language: Language, zone: str) -> Line:
    if roll.digest is None:
        hour = language.hour(roll.round.closes_at, zone)
        if roll.round.state is RoundState.OPEN:
            late = found.now - roll.round.closes_at > LATE
            text = language.say("Digest due {hour}", hour=hour)
            return Line(BAD if late else NEUTRAL, text)
        return Line(NEUTRAL, language.say("No digest: nobody was asked"))
    fate = roll.digest.fate(found.now)
    moment = language.hour(roll.digest.sent_at or roll.digest.due_at, zone)
    if fate is Fate.ASKED:
        return Line(GOOD, language.say("Digest posted {hour}", hour=moment))
    if fate in (Fate.DUE, Fate.SENDING):
        return Line(NEUTRAL, language.say("Digest due {hour}", hour=moment))
    if fate is Fate.DROPPED:
        return Line(NEUTRAL, language.say("No digest: nobody was asked"))
    return Line(BAD, language.say("Digest due {hour}: {why}", hour=moment, why=say_why(roll.digest, language)))


def _next(one: NextRound, found: Examination, language: Language, zone: str) -> Iterator[Line]:
    if one.day is None or one.opens_at is None or one.closes_at is None:
        yield Line(NEUTRAL, language.say("No next round: nobody answers for an active key result."))
        return
    asked = [entry for entry in one.entries if entry.fate is not Fate.EXCUSED]
    names = [
        language.plain("{name} {hour}", name=clip(entry.person.name, 40), hour=language.hour(entry.at, zone))
        for entry in asked
    ]
    late = one.needs_attention(found.now)
    yield Line(
        BAD if late else NEUTRAL,
        language.say(
            "Next round {day}: {names}; digest {hour}",
            day=language.day(one.day),
            names=_some(names, language) if names else language.plain("nobody is asked"),
            hour=language.hour(one.closes_at, zone),
        ),
    )
    for entry in [entry for entry in one.entries if entry.fate is Fate.EXCUSED][:MOST_NAMED]:
        yield Line(NEUTRAL, _named(entry, language))


def _count(fate: Fate, count: int, language: Language) -> Mrkdwn:
    return language.say("{count} {fate}", count=count, fate=say_fate(fate, language))
