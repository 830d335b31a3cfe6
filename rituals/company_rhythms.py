"""The rhythms of a company file: fields, or a phrase such as "every second Monday at 10", over the company's."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time

from blocks.language import language
from blocks.rhythm import read_rhythm
from okr.cadence import Rhythm, local_date
from okr.errors import RhythmProblem
from okr.recurrence import Every, Occasion, Recurrence, of_rule, recurrence
from rituals.company_marks import NOTHING, Findings, quoted
from rituals.company_schema import DigestForm, RhythmForm, overlaid
from rituals.company_texts import ORDINALS, WEEKDAYS

ENGLISH = language("en-GB")
USUAL = Rhythm()
COMPANY = replace(USUAL, digest_at=time(14))
"""What the top team of several has where nothing is said: its digest comes once most teams have theirs."""
EXPECTED = {
    "rhythm.two_readings": "one of the two it can mean: {first} or {second}",
    "rhythm.no_hour": "an hour such as {example}",
    "rhythm.no_day": "a day such as {example}",
    "rhythm.every_day": "the days to ask on, such as {example}",
    "rhythm.day_of_month": "a weekday of the month, such as {example}",
    "rhythm.no_fifth": "a weekday that every month has, such as {example}",
    "rhythm.too_rare": "at most {most} weeks, such as {example}",
    "rhythm.digest_early": "a digest after {at}, when the round opens, such as {example}",
    "rhythm.digest_late": "a digest before the next round opens, such as {example}",
    "rhythm.digest_which": "how long after each day the digest comes, such as {example}",
    "rhythm.digest_needed": "when the digest comes, such as {example}",
    "rhythm.single_reminder": "an hour only for the first of two reminders, such as {example}",
}
"""What a phrase lacks, as the file's problems say it."""


@dataclass(frozen=True)
class Asked:
    """What the fields around a team say of its rhythm, over `base`, which is the usual one or a phrase's."""

    form: RhythmForm = field(default_factory=RhythmForm)
    digest: DigestForm = field(default_factory=DigestForm)
    base: Rhythm = USUAL

    def over(self, around: "Asked") -> "Asked":
        """These fields, and what they leave out as it is around them."""
        form = overlaid(self.form, around.form)
        if self.form.every and not self.form.on and form.on and form.every != "month":
            form = form.model_copy(update={"on": Occasion(form.on.weekday)})
        return Asked(form, overlaid(self.digest, around.digest), around.base)

    def rhythm(self, path: str, findings: Findings) -> Rhythm:
        """The rhythm; without a day of its own the digest comes as many days after as fit the days of asking."""
        asks, base = self.form, self.base
        days = self._days(path, findings)
        at, digest_at = asks.at or base.at, self.digest.at or base.digest_at
        if self.digest.on is not None and len(days.weekdays) > 1:
            expected = 'no weekday, since there are several days of asking (such as rhythm: "...; digest the next day")'
            findings.add(f"{path}.digest.on", expected, quoted(WEEKDAYS[self.digest.on]))
        later = self._digest_days(days)
        if not later and digest_at <= at:
            findings.add(f"{path}.digest.at", f"a time after {at:%H:%M}, when the round opens", f"{digest_at:%H:%M}")
        return Rhythm(
            rule=days.rule,
            at=at,
            whose=asks.whose or base.whose,
            anchor=asks.starts or base.anchor,
            digest_days=later,
            digest_at=digest_at,
            reminders=base.reminders if asks.reminders is None else asks.reminders,
            reminder_at=asks.reminder_at or base.reminder_at,
        )

    def _days(self, path: str, findings: Findings) -> Recurrence:
        asks, base = self.form, of_rule(self.base.rule) or Recurrence()
        if asks.on and asks.on.ordinal and asks.every != "month" and not (base.every is Every.MONTH and not asks.every):
            which = next(word for word, number in ORDINALS.items() if number == asks.on.ordinal)
            got = quoted(f"{which} {WEEKDAYS[asks.on.weekday]}")
            expected = f"only a weekday, since the rhythm is not monthly (every: {asks.every or 'week'})"
            findings.add(f"{path}.on", expected, got)
        every = {"month": Every.MONTH, None: base.every}.get(asks.every, Every.WEEK)
        interval = {"2 weeks": 2, None: base.interval}.get(asks.every, 1)
        found = recurrence(every, interval, (asks.on,) if asks.on else base.days)
        if found.interval > 1 and not asks.starts and base.interval != found.interval:
            findings.add(f"{path}.from", "a date to count the weeks from, such as 2026-01-05", NOTHING)
        return found

    def _digest_days(self, days: Recurrence) -> int:
        if self.digest.on is not None:
            return (self.digest.on - days.weekdays[0]) % 7
        return self.base.digest_days if days.rule == self.base.rule else days.usual_digest_days


@dataclass(frozen=True)
class Phrases:
    """Reads the phrases of one file. `running` are the teams' rhythms as they are, by the teams' keys.

    Weeks that are counted already, by the team itself or (for the company's phrase) by the first of all teams, go on
    as they are, so that the same file again changes nothing. Others are counted from `now` on.
    """

    now: datetime | None = None
    running: Mapping[str, Rhythm] = field(default_factory=dict)

    def read(
        self, text: str, path: str, findings: Findings, *, base: Rhythm, zone: str, team: str | None = None
    ) -> Rhythm:
        """The phrase over `base`, or the base when the phrase is a problem."""
        today = local_date(self.now, zone) if self.now else USUAL.anchor
        try:
            found = read_rhythm(text, ENGLISH, today=today, base=base)
            running = self.running.get(team) if team else self._first(found)
            return read_rhythm(text, ENGLISH, today=today, base=base, running=running)
        except RhythmProblem as problem:
            said = {name: quoted(value) if isinstance(value, str) else value for name, value in problem.fields.items()}
            expected = EXPECTED.get(problem.id, "a rhythm such as {example}")
            findings.add(path, expected.format(**said), quoted(text))
            return base

    def _first(self, found: Rhythm) -> Rhythm | None:
        same = [one for one in self.running.values() if one.rule == found.rule]
        return min(same, key=lambda one: one.anchor, default=None)
