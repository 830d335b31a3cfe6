"""What each noun of a company file may say: one flat model apiece, and how every text in it is read.

A model holds the noun's own fields; the lists under it are named in `children` and read by `company_file`.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, ClassVar, NamedTuple, TypeVar
from zoneinfo import available_timezones

from babel.numbers import is_currency
from pydantic import BaseModel, ConfigDict, Field, PlainValidator, ValidationError

from okr.cadence import Rhythm, Whose
from okr.errors import Problem
from okr.goals import Ambition, CycleState, State
from okr.measures import Measure, MeasureKind, Step, Unit, UnitKind
from rituals.company_marks import NOTHING, Findings, nearest, quoted, shown

F = TypeVar("F", bound="Form")

LONGEST_TITLE, LONGEST_TEXT, LONGEST_KEY, LONGEST_UNIT = 250, 3000, 100, 30
MOST_DIGITS = 28  # as many as decimal arithmetic keeps
YEARS = range(2000, 2101)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
SYMBOLS = {"€": "EUR", "£": "GBP", "$": "USD", "¥": "JPY", "₹": "INR"}
MEASURED_BY = {
    MeasureKind.INCREASE: ("baseline", "target"),
    MeasureKind.DECREASE: ("baseline", "target"),
    MeasureKind.KEEP_WITHIN: ("low", "high"),
    MeasureKind.MILESTONE: ("steps",),
}
MACHINE_ZONES = {"Factory", "localtime"}  # in the zone database, but no place


class Occasion(NamedTuple):
    """A weekday, and which one of the month it is (-1 is the last, None every one)."""

    weekday: int
    ordinal: int | None = None


def scalar(expected: str, read: Callable[[str], object]) -> PlainValidator:
    """A field read from text. `read` gives None, or raises ValueError in words, when the text is none of its kind."""

    def check(value: object) -> object:
        found = read(value) if isinstance(value, str) else None
        if found is None:
            raise ValueError(expected)
        return found

    return PlainValidator(check)


def choice(words: Mapping[str, object]) -> PlainValidator:
    *most, last = words
    return scalar(f"{', '.join(most)} or {last}", lambda text: words.get(_folded(text)))


def options(kind: type[StrEnum]) -> PlainValidator:
    return choice({member.value: member for member in kind})


def slug(title: str) -> str:
    """A key made of a title: small letters, digits and hyphens; "" when it has none."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _text(longest: int, *, least: int = 1, lines: bool = False) -> Callable[[str], str | None]:
    def read(text: str) -> str | None:
        clean = text.strip() if lines else " ".join(text.split())
        if any(unicodedata.category(char) == "Cc" and char not in "\n\t" for char in clean):
            raise ValueError("a text without control characters")
        return clean if least <= len(clean) <= longest else None

    return read


def _key(text: str) -> str | None:
    return text if re.fullmatch(r"[a-z0-9][a-z0-9-]*", text) and len(text) <= LONGEST_KEY else None


def _number(text: str) -> Decimal | None:
    plain = text.strip().replace("\u2212", "-")
    if re.fullmatch(r"[+-]?[0-9][0-9_]*(\.[0-9]+)?", plain):
        if sum(map(str.isdigit, plain)) > MOST_DIGITS:
            raise ValueError(f"a number of at most {MOST_DIGITS} digits")
        return Decimal(plain.replace("_", ""))
    if comma := re.fullmatch(r"([+-]?[0-9]+),([0-9]+)", plain):
        whole, rest = shown(comma[1]), shown(comma[2])
        raise ValueError(f"a number (write {whole}.{rest}" + (f" or {whole}{rest})" if len(rest) == 3 else ")"))
    if share := re.fullmatch(r"([+-]?[0-9.]+) ?%", plain):
        raise ValueError(f'a number (write {shown(share[1])}, and unit: "%")')
    return None


def _weight(text: str) -> Decimal | None:
    found = _number(text)
    return found if found is not None and found > 0 else None


def _whole(least: int, most: int) -> Callable[[str], int | None]:
    return lambda text: int(text) if re.fullmatch(r"[0-9]{1,3}", text) and least <= int(text) <= most else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError as error:
        raise ValueError("a day that the calendar has") from error
    return day if day and day.year in YEARS else None


def _hour(text: str) -> time | None:
    found = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})", text)
    return time(int(found[1]), int(found[2])) if found and int(found[1]) < 24 and int(found[2]) < 60 else None


def _occasion(text: str) -> Occasion | None:
    *ordinal, weekday = _folded(text).split() or [""]
    if weekday not in WEEKDAYS or len(ordinal) > 1 or not set(ordinal) <= set(ORDINALS):
        return None
    return Occasion(WEEKDAYS.index(weekday), ORDINALS[ordinal[0]] if ordinal else None)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones() - MACHINE_ZONES)


def _zone(text: str) -> str | None:
    if text in _zones():
        return text
    place = text[:60].replace(" ", "_").casefold()
    near = [zone for zone in sorted(_zones()) if zone.casefold().endswith(f"/{place}")] or nearest(text, _zones())
    raise ValueError(f"a zone such as Europe/Rome{f' (did you mean {quoted(near[0])}?)' if near else ''}")


def _unit(text: str) -> Unit | None:
    word = " ".join(text.split())
    if word in SYMBOLS:
        raise ValueError(f"a currency by its code (write {SYMBOLS[word]})")
    if word.casefold() in ("number", "%", "percent"):
        return Unit(UnitKind.NUMBER if word.casefold() == "number" else UnitKind.PERCENT)
    if re.fullmatch(r"[A-Z]{3}", word) and is_currency(word):
        return Unit(UnitKind.CURRENCY, word)
    label = _text(LONGEST_UNIT)(text)
    return Unit(UnitKind.TEXT, label) if label else None


_KEY = 'a key of small letters, digits and hyphens, such as "growth"'
Key = Annotated[str, scalar(_KEY, _key)]
Title = Annotated[str, scalar(f"a title of 1 to {LONGEST_TITLE} characters", _text(LONGEST_TITLE))]
Name = Annotated[str, scalar(f"a name of 1 to {LONGEST_TITLE} characters", _text(LONGEST_TITLE))]
Prose = Annotated[
    str, scalar(f"a text of at most {LONGEST_TEXT:,} characters", _text(LONGEST_TEXT, least=0, lines=True))
]
SlackName = Annotated[str, scalar('a Slack id, an e-mail or a display name ("@" needs quotes)', _text(LONGEST_TITLE))]
ChannelName = Annotated[str, scalar('a channel ("#" needs quotes: "#growth")', _text(LONGEST_TITLE))]
PersonKey = Annotated[str, scalar("the key of a person", str)]
TeamKey = Annotated[str, scalar("the key of a team", str)]
CycleKey = Annotated[str, scalar("the key of a cycle", str)]
GoalKey = Annotated[str, scalar("the key of an objective or a key result", str)]
Number = Annotated[Decimal, scalar("a number", _number)]
Weight = Annotated[Decimal, scalar("a number above 0", _weight)]
Percent = Annotated[int, scalar("a whole number from 0 to 100", _whole(0, 100))]
Priority = Annotated[int, scalar("a whole number from 1 (first) to 99", _whole(1, 99))]
Reminders = Annotated[int, scalar("0, 1 or 2", _whole(0, 2))]
YesNo = Annotated[bool, scalar("true or false", {"true": True, "yes": True, "false": False, "no": False}.get)]
Day = Annotated[date, scalar("a date such as 2026-10-01", _day)]
Hour = Annotated[time, scalar("a time such as 09:00", _hour)]
Zone = Annotated[str, scalar("a zone such as Europe/Rome", _zone)]
Language = Annotated[str, choice({"en": "en", "it": "it"})]
Weekday = Annotated[int, choice({name: number for number, name in enumerate(WEEKDAYS)})]
On = Annotated[Occasion, scalar('a weekday such as monday, or "last friday" in a monthly rhythm', _occasion)]
Every = Annotated[str, choice({"week": "week", "2 weeks": "2 weeks", "month": "month"})]
UnitWord = Annotated[Unit, scalar(f"number, %, a currency code or a word of at most {LONGEST_UNIT} characters", _unit)]


class Form(BaseModel):
    """The fields of one noun, read. Nothing given stands for the default."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    children: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def names(cls) -> dict[str, bool]:
        """Every field as the file writes it, and whether it must be there."""
        own = {info.alias or name: info.is_required() for name, info in cls.model_fields.items()}
        return own | dict.fromkeys(cls.children, False)


class TopForm(Form):
    children = ("company", "people", "teams", "cycles", "objectives")


class CompanyForm(Form):
    children = ("rhythm",)
    name: Name
    zone: Zone | None = None
    language: Language = "en"


class DigestForm(Form):
    on: Weekday | None = None
    at: Hour | None = None


class RhythmForm(Form):
    children = ("digest",)
    every: Every | None = None
    on: On | None = None
    at: Hour | None = None
    whose: Annotated[Whose, options(Whose)] | None = None
    starts: Day | None = Field(default=None, alias="from")
    reminders: Reminders | None = None
    reminder_at: Hour | None = None


class PersonForm(Form):
    key: Key
    slack: SlackName
    admin: YesNo = False
    deputy: PersonKey | None = None


class TeamForm(Form):
    children = ("rhythm",)
    key: Key | None = None
    name: Name
    parent: TeamKey | None = None
    channel: ChannelName
    lead: PersonKey
    people: tuple[PersonKey, ...] = ()
    zone: Zone | None = None
    language: Language | None = None


class CycleForm(Form):
    key: Key | None = None
    name: Name
    starts: Day = Field(alias="from")
    ends: Day = Field(alias="to")
    state: Annotated[CycleState, options(CycleState)] = CycleState.ACTIVE


class GoalForm(Form):
    """What an objective and a key result have in common."""

    key: Key | None = None
    title: Title
    priority: Priority | None = None
    private: YesNo = False
    state: Annotated[State, options(State)] = State.ACTIVE
    starts: Day | None = Field(default=None, alias="from")
    ends: Day | None = Field(default=None, alias="to")


class ObjectiveForm(GoalForm):
    children = ("key_results",)
    team: TeamKey
    cycle: CycleKey
    why: Prose = ""
    owner: PersonKey | None = None
    kind: Annotated[Ambition, options(Ambition)] = Ambition.COMMITTED
    contributes_to: GoalKey | None = None


class KeyResultForm(GoalForm):
    children = ("steps", "actions")
    owner: PersonKey
    check_in_owner: PersonKey | None = None
    measure: Annotated[MeasureKind, options(MeasureKind)]
    unit: UnitWord | None = None
    baseline: Number | None = None
    target: Number | None = None
    low: Number | None = None
    high: Number | None = None
    weight: Weight = Decimal(1)
    source: Prose = ""


class StepForm(Form):
    title: Title
    percent: Percent


class ActionForm(Form):
    key: Key | None = None
    title: Title
    assignee: PersonKey | None = None
    due: Day | None = None
    done: YesNo = False


def form(model: type[F], fields: Mapping[str, Any], path: str, findings: Findings) -> F | None:
    """Read a noun's own fields; whatever is wrong with them is added to the findings."""
    names = model.names()
    given = {name: value for name, value in fields.items() if value is not None or name not in names}
    required = {name: None for name, needed in names.items() if needed}
    try:
        return model.model_validate(
            {name: value for name, value in (required | given).items() if name not in model.children}
        )
    except ValidationError as error:
        for wrong in error.errors(include_url=False):
            name, *index = wrong["loc"]
            place = ".".join(filter(None, (path, shown(str(name))))) + "".join(f"[{number}]" for number in index)
            if wrong["type"] == "extra_forbidden":
                hint = findings.hint(name, dict.fromkeys(names))
                findings.add(place, f"a known field{hint}", quoted(name))
            else:
                reason = wrong.get("ctx", {}).get("error", "a list")
                findings.add(place, str(reason), quoted(wrong["input"]))
        return None


def overlaid(own: F, base: F) -> F:
    """`base` with every field that `own` gives."""
    return base.model_copy(update={name: getattr(own, name) for name in own.model_fields_set})


def rhythm(asks: RhythmForm, digest: DigestForm, path: str, findings: Findings) -> Rhythm:
    """The rhythm two forms describe; without a day of its own the digest comes the next working day."""
    usual = Rhythm()
    on, every, at = asks.on or Occasion(0), asks.every or "week", asks.at or usual.at
    if on.ordinal and every != "month":
        which = next(word for word, number in ORDINALS.items() if number == on.ordinal)
        got = quoted(f"{which} {WEEKDAYS[on.weekday]}")
        findings.add(f"{path}.on", f"only a weekday, since the rhythm is not monthly (every: {every})", got)
    if every == "2 weeks" and not asks.starts:
        findings.add(f"{path}.from", "a date to count the weeks from, such as 2026-01-05", NOTHING)
    next_working_day = on.weekday + 1 if on.weekday < 4 else 0
    days = ((next_working_day if digest.on is None else digest.on) - on.weekday) % 7
    digest_at = digest.at or usual.digest_at
    if not days and digest_at <= at:
        findings.add(f"{path}.digest.at", f"a time after {at:%H:%M}, when the round opens", f"{digest_at:%H:%M}")
    day = WEEKDAYS[on.weekday][:2].upper()
    rules = {
        "week": f"FREQ=WEEKLY;BYDAY={day}",
        "2 weeks": f"FREQ=WEEKLY;INTERVAL=2;BYDAY={day}",
        "month": f"FREQ=MONTHLY;BYDAY={on.ordinal or 1}{day}",
    }
    return Rhythm(
        rule=rules[every],
        at=at,
        whose=asks.whose or usual.whose,
        anchor=asks.starts or usual.anchor,
        digest_days=days,
        digest_at=digest_at,
        reminders=usual.reminders if asks.reminders is None else asks.reminders,
        reminder_at=asks.reminder_at or usual.reminder_at,
    )


def measure(result: KeyResultForm, steps: Sequence[StepForm], path: str, findings: Findings) -> Measure | None:
    """How a key result is measured; a problem of the rules is said in words, beside the field to mend."""
    kind, ways = result.measure, MEASURED_BY
    numbers = {name: getattr(result, name) for name in ("baseline", "target", "low", "high")}
    given: dict[str, object] = {name: value for name, value in numbers.items() if value is not None}
    if steps:
        given["steps"] = [step.percent for step in steps]
    strange = [name for name in given if name not in ways[kind]]
    for name in strange:
        findings.add(f"{path}.{name}", f"no {name} with measure: {kind}", _said(given[name]))
    unit = result.unit or Unit(UnitKind.PERCENT if kind is MeasureKind.MILESTONE else UnitKind.NUMBER)
    if kind is MeasureKind.MILESTONE and unit.kind is not UnitKind.PERCENT:
        findings.add(f"{path}.unit", "no unit with measure: milestone", quoted(unit.label or unit.kind.value))
    if strange:
        return None
    try:
        return Measure(kind, unit, **numbers, steps=tuple(Step(step.title, step.percent) for step in steps))
    except Problem as problem:
        for name, expected in _amends(problem, given, kind):
            findings.add(f"{path}.{name}", expected, _said(given.get(name)))
        return None


def _amends(problem: Problem, given: Mapping[str, object], kind: MeasureKind) -> list[tuple[str, str]]:
    """What a problem of `okr.measures` asks for, by field."""
    if problem.id == "measure.needs_baseline_and_target":
        return [(name, f"a {name} for measure: {kind}") for name in ("baseline", "target") if name not in given]
    if problem.id == "measure.baseline_is_target":
        return [("target", "a target that differs from the baseline")]
    if problem.id == "measure.wrong_direction":
        side = "above" if kind is MeasureKind.INCREASE else "below"
        other = "decrease" if kind is MeasureKind.INCREASE else "increase"
        return [("target", f"a target {side} the baseline {given['baseline']} (or measure: {other})")]
    if problem.id == "measure.needs_corridor":
        return [("low", "a low, a high or both for measure: keep within")]
    if problem.id == "measure.empty_corridor":
        return [("high", f"a high above the low {given['low']}")]
    return [("steps", "steps whose percent rises to 100 for measure: milestone")]


def _said(value: object) -> str:
    return NOTHING if value is None else ", ".join(map(str, value)) if isinstance(value, list) else str(value)
