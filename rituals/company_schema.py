"""What each noun of a company file may say: one flat model apiece. `company_texts` reads the single values.

A model holds the noun's own fields; the lists under it are named in `children` and read by `company_file`.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from okr.alignment import check_share
from okr.cadence import Whose
from okr.confidence import Scale
from okr.errors import Problem
from okr.goals import Ambition, CycleState, State
from okr.measures import Measure, MeasureKind, Step, Unit, UnitKind
from okr.standards import Limits
from rituals.company_days import Calendar, Country, DaysOff
from rituals.company_marks import NOTHING, Findings, quoted, shown
from rituals.company_texts import (
    ChannelName,
    Count,
    CycleKey,
    Day,
    Every,
    GoalKey,
    Hour,
    Key,
    Language,
    Line,
    Name,
    Number,
    On,
    Percent,
    PersonKey,
    Priority,
    Prose,
    Reminders,
    SlackName,
    Span,
    TeamKey,
    Title,
    UnitWord,
    Weekday,
    Weight,
    YesNo,
    Zone,
    options,
)

F = TypeVar("F", bound="Form")

MEASURED_BY = {
    MeasureKind.INCREASE: ("baseline", "target"),
    MeasureKind.DECREASE: ("baseline", "target"),
    MeasureKind.KEEP_WITHIN: ("low", "high"),
    MeasureKind.MILESTONE: ("steps",),
}


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
    children = ("rhythm", "limits")
    name: Name
    zone: Zone | None = None
    language: Language = "en"
    days_off: tuple[DaysOff, ...] = ()
    confidence: Annotated[Scale, options(Scale)] | None = None
    messages_a_week: Count | None = None
    coaching: YesNo | None = None


class LimitsForm(Form):
    objectives: Count = Limits.objectives
    personal_objectives: Count = Limits.personal_objectives
    key_results: Span = (Limits.fewest_key_results, Limits.most_key_results)


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
    country: Country = ""
    calendar: Calendar = ""


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
    days_off: tuple[DaysOff, ...] = ()


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
    contributes_to: GoalKey | None = None


class StepForm(Form):
    title: Line
    percent: Percent


class ActionForm(Form):
    key: Key | None = None
    title: Line
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


def limits(said: LimitsForm) -> Limits:
    """The limits of a group that gives some of them; what it leaves out is the usual."""
    fewest, most = said.key_results
    return Limits(said.objectives, said.personal_objectives, fewest, most)


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
    unit = result.unit or usual_unit(kind)
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


def unshared(part: Measure, whole: Measure) -> str:
    """What a key result should contribute to instead, where its number is no share of that one's; else empty."""
    try:
        check_share(part, whole)
    except Problem as problem:
        return {
            "share.way": "a key result with a baseline and a target, for one that has them too (or an objective)",
            "share.unit": f"a key result counted in {part.unit.word}, of whose number it is a share (or an objective)",
            "share.direction": f"a key result with measure: {part.kind} (or an objective)",
        }[problem.id]
    return ""


def usual_unit(kind: MeasureKind) -> Unit:
    """What is counted in where nothing is said."""
    return Unit(UnitKind.PERCENT if kind is MeasureKind.MILESTONE else UnitKind.NUMBER)


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
    if problem.id == "measure.too_many_steps":
        return [("steps", f"at most {problem.fields['most']} steps")]
    return [("steps", "steps whose percent rises to 100 for measure: milestone")]


def _said(value: object) -> str:
    return NOTHING if value is None else ", ".join(map(str, value)) if isinstance(value, list) else str(value)
