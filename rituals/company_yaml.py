"""A company written as its file: `company_file` reads it back as the same company.

What may be said is what the forms of `company_schema` have; a field with its default is left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import takewhile
from math import inf
from typing import Any

import yaml

from blocks.language import language
from blocks.rhythm import say_rhythm
from okr.absence import DayOff
from okr.cadence import Rhythm
from okr.company import ActionPlan, Company, KeyResultPlan, ObjectivePlan, TeamPlan
from okr.confidence import Given
from okr.exports import Entry
from okr.measures import Unit
from okr.standards import Limits
from rituals.company_marks import HISTORY, shown
from rituals.company_rhythms import COMPANY
from rituals.company_schema import (
    ActionForm,
    CompanyForm,
    CycleForm,
    Form,
    KeyResultForm,
    LimitsForm,
    ObjectiveForm,
    PersonForm,
    StepForm,
    TeamForm,
    usual_unit,
)
from storage.columns import canonical

ENGLISH = language("en-GB")
HEAD = """\
# Keep this file private: it holds private goals, and the addresses of calendars, which whoever knows them can read.
# Made by `okrbot export`, for `okrbot import`: docs/company-file.md says what may stand in it.
"""
HEAD_IN_PART = """\
# Keep this file private. Made by `/okr export` for one person, for `okrbot import`: docs/company-file.md.
# Not in it: private goals they may not read, and the addresses of calendars. An import where it came from leaves those
# goals alone, but takes the addresses, what contributes to such a goal, and all but the title of one above a key result
# of theirs, away: `okrbot export` has everything.
"""
NUMERIC = re.compile(r"[-+.]?\d[\da-fox_.:+-]*", re.IGNORECASE)
"""What one program or another takes for a number or a time: 16:30, 1e3, 007."""
Fields = dict[str, Any]


def write(company: Company, names: Mapping[str, str], *, head: str = HEAD) -> str:
    """The whole file. `names` are what people are called, by their keys: each stands beside its Slack id."""
    base = _base(company)
    results, actions = _grouped(company.key_results, "objective"), _grouped(company.actions, "key_result")
    teams = [_team(one, base) for one in company.teams]
    cycles = [_Line(_fields(CycleForm, vars(one))) for one in company.cycles]
    goals = [_objective(one, results[one.key], actions) for one in company.objectives]
    parts = [
        head,
        _yaml({"company": _company(company, base)}),
        _people(company, names),
        _yaml({"teams": teams}),
        _yaml({"cycles": cycles}) if cycles else "",
        _yaml({"objectives": goals}) if goals else "",
    ]
    return "\n".join(filter(None, parts))


def write_history(entries: Iterable[Entry]) -> str:
    """What comes after the company in the same text; a check-in stands on a line."""
    told = [_Line(_entry(one)) for one in entries]
    return f"\n{HISTORY}: okrbot import does not read what follows\n" + _yaml({"check_ins": told})


def _entry(one: Entry) -> Fields:
    told: Fields = {}
    for name, value in vars(one).items():
        if isinstance(value, Given):
            told |= _given(value)
        elif value or isinstance(value, Decimal):
            told[name] = _said(value)
    return told


def _given(given: Given) -> Fields:
    """A colour, or a number with its scale."""
    if given.number is None:
        return {"confidence": given.word}
    return {"confidence": given.number, "scale": given.scale.value}


@dataclass(frozen=True)
class _Base:
    """What the company says for its teams: what the top one has, and the days off that all of them begin with. `top` is
    the rhythm the top one has by that: its digest comes later where nothing is said.
    """

    zone: str
    language: str
    rhythm: Rhythm
    days_off: tuple[DayOff, ...]
    top: Rhythm


def _base(company: Company) -> _Base:
    top = next((one for one in company.teams if one.parent is None), company.teams[0])
    abreast = zip(*(one.days_off for one in company.teams), strict=False)
    shared = tuple(days[0] for days in takewhile(lambda days: len(set(days)) == 1, abreast))
    usual = COMPANY if len(company.teams) > 1 else Rhythm()
    rhythm = Rhythm() if top.rhythm == usual else top.rhythm
    return _Base(top.zone, top.language, rhythm, shared, top=usual if rhythm == Rhythm() else rhythm)


def _company(company: Company, base: _Base) -> Fields:
    told = {"name": company.name, "zone": base.zone, "language": base.language, "days_off": base.days_off}
    said = _fields(CompanyForm, {**vars(company), **told, "confidence": company.scale})
    return said | _rhythm(base.rhythm, Rhythm()) | _limits(company.limits)


def _limits(limits: Limits | None) -> Fields:
    """All of them: what a file leaves out stays as it is."""
    if limits is None:
        return {}
    told = {"key_results": f"{limits.fewest_key_results}-{limits.most_key_results}"}
    return {"limits": _Line({name: getattr(limits, name, told.get(name)) for name in LimitsForm.model_fields})}


def _people(company: Company, names: Mapping[str, str]) -> str:
    """A line for each, and who it is: ids stay right when names change, but say nothing to a reader."""
    lines = ["people:"]
    for one in company.people:
        line = _yaml([_Line(_fields(PersonForm, vars(one)))]).rstrip("\n")
        lines.append(f"  {line}" + (f"  # {shown(names[one.key])}" if names.get(one.key) else ""))
    return "\n".join(lines) + "\n"


def _team(team: TeamPlan, base: _Base) -> Fields:
    own = {
        "zone": None if team.zone == base.zone else team.zone,
        "language": None if team.language == base.language else team.language,
        "days_off": team.days_off[len(base.days_off) :],
    }
    rhythm = _rhythm(team.rhythm, base.top if team.parent is None else base.rhythm)
    return _fields(TeamForm, vars(team) | own) | rhythm


def _rhythm(rhythm: Rhythm, base: Rhythm) -> Fields:
    return {} if rhythm == base else {"rhythm": say_rhythm(rhythm, ENGLISH, base=base)}


def _objective(
    goal: ObjectivePlan, results: Sequence[KeyResultPlan], actions: Mapping[str, Sequence[ActionPlan]]
) -> Fields:
    told = _fields(ObjectiveForm, vars(goal) | {"kind": goal.ambition})
    under = [_key_result(one, actions[one.key]) for one in results]
    return told | ({"key_results": under} if under else {})


def _key_result(result: KeyResultPlan, actions: Sequence[ActionPlan]) -> Fields:
    measure = result.measure
    unit = None if measure.unit == usual_unit(measure.kind) else measure.unit
    told = _fields(KeyResultForm, vars(result) | vars(measure) | {"measure": measure.kind, "unit": unit})
    steps = [_Line(_fields(StepForm, vars(one))) for one in measure.steps]
    under = [_Line(_fields(ActionForm, vars(one))) for one in actions]
    return told | ({"steps": steps} if steps else {}) | ({"actions": under} if under else {})


def _fields(form: type[Form], given: Mapping[str, Any]) -> Fields:
    """What a noun says of itself, by the names the file has for it."""
    return {
        info.alias or name: _said(given[name])
        for name, info in form.model_fields.items()
        if info.is_required() or given[name] != info.default
    }


def _said(value: Any) -> Any:
    if isinstance(value, DayOff):
        return _days_off(value)
    if isinstance(value, Unit):
        return value.word
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, tuple):
        return [_said(one) for one in value]
    return value.value if isinstance(value, StrEnum) else value


def _days_off(days: DayOff) -> str:
    spans = days.last != days.first or days.name.startswith("to ")  # which else would be read as the last day
    return " ".join(filter(None, (str(days.first), f"to {days.last}" if spans else "", days.name)))


def _grouped(plans: Iterable[Any], holder: str) -> Mapping[str, list[Any]]:
    groups: dict[str, list[Any]] = defaultdict(list)
    for one in plans:
        groups[getattr(one, holder)].append(one)
    return groups


class _Line(dict[str, Any]):
    """A group of fields that is written on one line."""


class _Writer(yaml.SafeDumper):
    """PyYAML's own, with the dashes of a list indented, and everything written out where it stands."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _yaml(value: Any) -> str:
    written = yaml.dump(value, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=inf, default_flow_style=False)
    return str(written)


def _write_text(writer: _Writer, text: str) -> yaml.Node:
    """A text of several lines as it is, where YAML can; in quotes what might be taken for a number."""
    style = '"' if NUMERIC.fullmatch(text) else None
    if "\n" in text:
        style = "|" if text.replace("\n", "").isprintable() and " \n" not in text else '"'
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style)


def _write_number(writer: _Writer, number: Decimal) -> yaml.Node:
    text = canonical(number)
    return writer.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in text else 'int'}", text)


def _write_list(writer: _Writer, items: list[Any]) -> yaml.Node:
    return writer.represent_sequence("tag:yaml.org,2002:seq", items, all(isinstance(one, str) for one in items))


def _write_line(writer: _Writer, line: _Line) -> yaml.Node:
    node = writer.represent_mapping("tag:yaml.org,2002:map", line, flow_style=True)
    for _, value in node.value:
        if isinstance(value, yaml.ScalarNode) and value.style == "|":
            value.style = '"'
    return node


_Writer.add_representer(str, _write_text)
_Writer.add_representer(Decimal, _write_number)
_Writer.add_representer(list, _write_list)
_Writer.add_representer(_Line, _write_line)
_Writer.add_multi_representer(date, _Writer.represent_date)  # whatever kind of date it is
