"""A rhythm in words: read as people type it, English or Italian, and said back as one sentence."""

from dataclasses import replace
from datetime import date, time

from babel import dates

from blocks import rhythm_examples, rhythm_phrase
from blocks.language import Language
from blocks.problems import marked
from blocks.rhythm_phrase import Phrase
from okr.cadence import Rhythm, Whose
from okr.errors import RhythmProblem
from okr.recurrence import DIGEST_WITHIN, LAST, Every, Occasion, Recurrence, of_rule, recurrence

USUAL = Rhythm()
SAME_DAY_AT, SAME_DAY_UNTIL = time(17), time(14)
"""When a digest comes that can only come on the day of asking, and the last hour of asking that leaves time for it."""

NTH = {
    1: marked("first {weekday}"),
    2: marked("second {weekday}"),
    3: marked("third {weekday}"),
    4: marked("fourth {weekday}"),
    LAST: marked("last {weekday}"),
}
NTH_SUNDAY = {
    1: marked("first Sunday"),
    2: marked("second Sunday"),
    3: marked("third Sunday"),
    4: marked("fourth Sunday"),
    LAST: marked("last Sunday"),
}
SUNDAY = 6


def read_rhythm(
    text: str, language: Language, *, today: date, base: Rhythm = USUAL, running: Rhythm | None = None
) -> Rhythm:
    """The rhythm a phrase means, in either language; what it leaves open is the base's.

    Weeks without a date are counted from the first such day from today on; where the same days are `running` already
    (or are the base's), they go on as they are. A phrase that names days and no day of the digest has the digest on the
    working day that follows, or the same day at 17:00 when that would be too late. Raises RhythmProblem.
    """
    try:
        return _rhythm(text, today, base, running)
    except RhythmProblem as problem:
        raise _explained(problem, text, language, today) from None


def say_rhythm(rhythm: Rhythm, language: Language, *, base: Rhythm = USUAL) -> str:
    """Every Monday at 09:00, each in their own zone; digest Tuesday at 10:00. Over the base it reads back as the same
    rhythm.
    """
    days = of_rule(rhythm.rule)
    said = _asking(days, language, rhythm.at)
    if rhythm.anchor != base.anchor or (days and days.interval > 1):
        day = dates.format_date(rhythm.anchor, "EEEE d MMMM y", locale=language.words)
        said = language.plain("{rhythm} from {day}", rhythm=said, day=day)
    said = {
        Whose.MEMBER: language.plain("{rhythm}, each in their own zone", rhythm=said),
        Whose.TEAM: language.plain("{rhythm}, the team’s time", rhythm=said),
    }[rhythm.whose]
    parts = [said, _digest(rhythm, days, language), _reminders(rhythm, language, base)]
    return "; ".join(filter(None, parts))


def say_days(days: Recurrence, language: Language) -> str:
    """Every 2 weeks on Monday."""
    names = [_occasion(day, language) for day in days.days]
    listed = language.listed(names)
    if days.every is Every.MONTH:
        return language.plain("Every {occasions} of the month", occasions=listed)
    if days.interval == 1:
        return language.plain("Every {weekdays}", weekdays=listed)
    return language.plain("Every {count} weeks on {weekdays}", count=days.interval, weekdays=listed)


# reading


def _rhythm(text: str, today: date, base: Rhythm, running: Rhythm | None) -> Rhythm:
    said = rhythm_phrase.read(text, today)
    days, usual = _recurrence(said, base), of_rule(base.rule)
    made = replace(
        base,
        rule=days.rule,
        at=said.at or base.at,
        whose=said.whose or base.whose,
        anchor=said.starts or _anchor(said, days, today, base, running),
        reminders=base.reminders if said.reminders is None else said.reminders,
        reminder_at=said.reminder_at or base.reminder_at,
    )
    if said.reminder_at and made.reminders < 2 and not said.two_hour:
        raise RhythmProblem("rhythm.single_reminder")
    return _timely(_with_digest(made, said, days, anew=days != usual), days.gap)


def _recurrence(said: Phrase, base: Rhythm) -> Recurrence:
    """The days the phrase means, or the base's; Monday where neither can be said."""
    usual = of_rule(base.rule)
    if said.every is None and not said.days and usual:
        return usual
    days = said.days or (usual.days if usual else (Occasion(0),))
    return recurrence(said.every or Every.WEEK, said.interval or 1, days)


def _anchor(said: Phrase, days: Recurrence, today: date, base: Rhythm, running: Rhythm | None) -> date:
    if days.interval == 1 or said.interval is None:
        return base.anchor
    known = next((one.anchor for one in (running, base) if one and one.rule == days.rule), None)
    return known or days.first(today)


def _with_digest(made: Rhythm, said: Phrase, days: Recurrence, *, anew: bool) -> Rhythm:
    digest_at = said.digest_at or made.digest_at
    if said.digest_days is not None:
        return replace(made, digest_days=said.digest_days, digest_at=digest_at)
    if said.digest_weekday is not None:
        if len(days.weekdays) > 1:
            raise RhythmProblem("rhythm.digest_which")
        return replace(made, digest_days=(said.digest_weekday - days.weekdays[0]) % 7, digest_at=digest_at)
    if not anew:
        return replace(made, digest_at=digest_at)
    later = days.usual_digest_days
    if later or said.digest_at:
        return replace(made, digest_days=later, digest_at=digest_at)
    if made.at > SAME_DAY_UNTIL:
        raise RhythmProblem("rhythm.digest_needed")
    return replace(made, digest_days=0, digest_at=SAME_DAY_AT)


def _timely(made: Rhythm, gap: int) -> Rhythm:
    if made.digest_days >= min(gap, DIGEST_WITHIN):
        raise RhythmProblem("rhythm.digest_late")
    if not made.digest_days and made.digest_at <= made.at:
        raise RhythmProblem("rhythm.digest_early", at=f"{made.at:%H:%M}")
    return made


def _explained(problem: RhythmProblem, text: str, language: Language, today: date) -> RhythmProblem:
    """The problem with what was typed, and an example that mends it."""

    def readable(phrase: str) -> bool:
        try:
            _rhythm(phrase, today, USUAL, None)
        except RhythmProblem:
            return False
        return True

    way_on = rhythm_examples.example(problem.id, language) or rhythm_examples.nearest(text, language, readable)
    said = {
        name: say_days(value, language) if isinstance(value, Recurrence) else value
        for name, value in problem.fields.items()
    }
    return RhythmProblem(problem.id, **{"text": text.strip(), "example": way_on} | said)


# saying


def _asking(days: Recurrence | None, language: Language, at: time) -> str:
    if days is None:
        return language.plain("On days of its own at {time}", time=f"{at:%H:%M}")
    return language.plain("{days} at {time}", days=say_days(days, language), time=f"{at:%H:%M}")


def _occasion(day: Occasion, language: Language) -> str:
    weekday = _weekday(day.weekday, language)
    if day.ordinal is None:
        return weekday
    return language.plain((NTH_SUNDAY if day.weekday == SUNDAY else NTH)[day.ordinal], weekday=weekday)


def _weekday(weekday: int, language: Language) -> str:
    return str(dates.get_day_names("wide", locale=language.words)[weekday])


def _digest(rhythm: Rhythm, days: Recurrence | None, language: Language) -> str:
    at, later = f"{rhythm.digest_at:%H:%M}", rhythm.digest_days
    if days and len(days.weekdays) == 1:
        weekday = _weekday((days.weekdays[0] + later) % 7, language)
        return language.plain("digest {weekday} at {time}", weekday=weekday, time=at)
    if later == 0:
        return language.plain("digest the same day at {time}", time=at)
    if later == 1:
        return language.plain("digest the next day at {time}", time=at)
    return language.plain("digest {count} days later at {time}", count=later, time=at)


def _reminders(rhythm: Rhythm, language: Language, base: Rhythm) -> str:
    """Only what differs from the base, which usually has two."""
    at, usual = f"{rhythm.reminder_at:%H:%M}", rhythm.reminder_at == base.reminder_at
    if rhythm.reminders == base.reminders and usual:
        return ""
    if rhythm.reminders == 2:
        return language.plain("two reminders, the first at {time}", time=at)
    said = language.plain("one reminder") if rhythm.reminders == 1 else language.plain("no reminders")
    return said if usual else language.plain("{reminders} (with two: the first at {time})", reminders=said, time=at)
