"""The company file: a YAML text read into a Company, or everything that is wrong with it at once.

Fields are read noun by noun, then what they say about each other is checked on whatever could be read,
so that one wrong number hides no other problem. The format is described in docs/company-file.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from okr.alignment import rings
from okr.cadence import Rhythm
from okr.company import ActionPlan, Company, CyclePlan, KeyResultPlan, ObjectivePlan, PersonPlan, TeamPlan
from okr.measures import Measure
from rituals.company_marks import NOTHING, CompanyProblems, FileProblem, Findings, quoted, read
from rituals.company_rhythms import COMPANY, Asked, Phrases
from rituals.company_schema import (
    ActionForm,
    CompanyForm,
    CycleForm,
    DigestForm,
    Form,
    KeyResultForm,
    LimitsForm,
    ObjectiveForm,
    PersonForm,
    RhythmForm,
    StepForm,
    TeamForm,
    TopForm,
    form,
    limits,
    measure,
    unshared,
)
from rituals.company_texts import slug

__all__ = ["CompanyFile", "CompanyProblems", "FileProblem", "parse"]

F = TypeVar("F", bound=Form)
_Span = tuple[date | None, date | None]
MEASURE_FIELDS = {"measure", "unit", "baseline", "target", "low", "high"}


@dataclass(frozen=True)
class CompanyFile:
    """A company, and the line of every path (`teams[0].channel`) that its file gives."""

    company: Company
    lines: Mapping[str, int]


def parse(text: str, *, now: datetime | None = None, running: Mapping[str, Rhythm] | None = None) -> CompanyFile:
    """Read a company file. Raises CompanyProblems with every problem found, by line.

    `now` and the `running` rhythms of the teams, by key, say where "every second Monday" counts from; without them
    it counts from the first Monday of 2024.
    """
    marked = read(text)
    findings = Findings(marked.lines, list(marked.problems))
    reading = _Reading(marked.fields, findings, Phrases(now, running or {}))
    findings.finish()
    return CompanyFile(reading.company(), MappingProxyType(marked.lines))


@dataclass
class _Noun(Generic[F]):
    """One noun as it stands in the file; `form` is None where its own fields could not be read.

    `holder` is the noun it is written under, `key` is given by `_Reading.named`.
    """

    path: str
    fields: Mapping[str, Any]
    form: F | None
    holder: Any = None
    key: str = ""

    @property
    def read(self) -> F:
        assert self.form is not None  # noqa: S101 - nothing is built after a problem
        return self.form

    @property
    def label(self) -> str:
        """How a person would call it: its title, its name or its name in Slack."""
        return next((text for name in ("title", "name", "slack") if isinstance(text := self.fields.get(name), str)), "")


class _Reading:
    """A file on its way to a Company: `__init__` finds the problems, `company` builds when there are none."""

    def __init__(self, fields: Mapping[str, Any], findings: Findings, phrases: Phrases) -> None:
        self.findings = findings
        self.phrases = phrases
        self.rhythms: dict[str, Rhythm] = {}
        self.measures: dict[str, Measure] = {}
        top = _Noun("", fields, form(TopForm, fields, "", findings))
        self.base = self.one(top, "company", CompanyForm)
        self.limits = self.one(self.base, "limits", LimitsForm) if self.base else None
        self.people = self.named("person", self.many(top, "people", PersonForm))
        self.teams = self.named("team", self.many(top, "teams", TeamForm))
        self.cycles = self.named("cycle", self.many(top, "cycles", CycleForm))
        self.objectives = self.named("objective", self.many(top, "objectives", ObjectiveForm))
        results = (result for goal in self.objectives for result in self.many(goal, "key_results", KeyResultForm))
        self.key_results = self.named("key-result", results)
        actions = (action for result in self.key_results for action in self.many(result, "actions", ActionForm))
        self.actions = self.named("action", actions)
        self.check_presence(top)
        self.check_references()
        self.check_tree()
        self.check_dates()
        self.read_rhythms()
        self.read_measures()

    def one(self, holder: _Noun[Any], name: str, model: type[F]) -> _Noun[F] | None:
        """The group of fields called `name`, None when there is none."""
        fields, path = holder.fields.get(name), f"{holder.path}.{name}" if holder.path else name
        if fields is None:
            return None
        if not isinstance(fields, dict):
            self.findings.add(path, f"fields under {name}: {', '.join(model.names())}", quoted(fields))
            return _Noun(path, {}, None, holder)
        return _Noun(path, fields, form(model, fields, path, self.findings), holder)

    def many(self, holder: _Noun[Any], name: str, model: type[F]) -> list[_Noun[F]]:
        """The list called `name`; what is no group of fields in it is a problem and left out."""
        items, place = holder.fields.get(name), f"{holder.path}.{name}" if holder.path else name
        if items is not None and not isinstance(items, list):
            self.findings.add(place, 'a list, each item after a "- "', quoted(items))
        nouns: list[_Noun[F]] = []
        for index, fields in enumerate(items if isinstance(items, list) else ()):
            path = f"{place}[{index}]"
            if isinstance(fields, dict):
                nouns.append(_Noun(path, fields, form(model, fields, path, self.findings), holder))
            else:
                self.findings.add(path, f"fields: {', '.join(model.names())}", quoted(fields))
        return nouns

    def named(self, noun: str, nouns: Iterable[_Noun[F]]) -> list[_Noun[F]]:
        """Give every noun its key: the file's own, else one made of its title. Keys are unique per noun."""
        given, taken = list(nouns), {"": ""}
        for each in given:
            key = each.fields.get("key")
            if not isinstance(key, str):
                continue
            if key in taken:
                line = self.findings.line(f"{taken[key]}.key")
                self.findings.add(f"{each.path}.key", f"a key of its own (line {line} has it)", quoted(key))
            each.key = key
            taken.setdefault(key, each.path)
        counts: dict[str, int] = {}
        for each in given:
            if each.key or noun == "person":
                continue
            stem = each.key = slug(each.label) or noun
            while each.key in taken:
                counts[stem] = counts.get(stem, 1) + 1
                each.key = f"{stem}-{counts[stem]}"
            taken[each.key] = each.path
        return given

    def check_presence(self, top: _Noun[TopForm]) -> None:
        if self.base is None:
            self.findings.add("company", "the company's name and zone", NOTHING)
        for name, noun in (("people", "person"), ("teams", "team")):
            if not top.fields.get(name):
                self.findings.add(name, f"a list with at least one {noun}", NOTHING)
        given = top.fields.get("company")
        lacking = isinstance(given, dict) and given.get("zone") is None
        if lacking and any(team.fields.get("zone") is None for team in self.teams):
            self.findings.add("company.zone", "a zone such as Europe/Rome (or one in every team)", NOTHING)

    def check_references(self) -> None:
        people, teams, cycles = _labels(self.people), _labels(self.teams), _labels(self.cycles)
        goals, results = _labels(self.objectives), _labels(self.key_results)
        either, both = goals | results, goals.keys() & results.keys()
        for person in self.people:
            self.refer(person, "deputy", "a person", people)
            if person.key and person.fields.get("deputy") == person.key:
                self.findings.add(f"{person.path}.deputy", "somebody else", quoted(person.key))
        for team in self.teams:
            self.refer(team, "parent", "a team", teams)
            self.refer(team, "lead", "a person", people)
            self.refer(team, "people", "a person", people)
        for goal in self.objectives:
            self.refer(goal, "team", "a team", teams)
            self.refer(goal, "cycle", "a cycle", cycles)
            self.refer(goal, "owner", "a person", people)
        for result in self.key_results:
            self.refer(result, "owner", "a person", people)
            self.refer(result, "check_in_owner", "a person", people)
        every: list[_Noun[Any]] = [*self.objectives, *self.key_results]
        for one in every:
            self.refer(one, "contributes_to", "an objective or a key result", either)
            if isinstance(key := one.fields.get("contributes_to"), str) and key in both:
                expected = "a key that is not both an objective's and a key result's"
                self.findings.add(f"{one.path}.contributes_to", expected, quoted(key))
        for action in self.actions:
            self.refer(action, "assignee", "a person", people)

    def refer(self, noun: _Noun[Any], name: str, what: str, known: Mapping[str, str]) -> None:
        """Hold a field, or every item of it, to the keys there are."""
        value = noun.fields.get(name)
        several = isinstance(value, list)
        seen: set[str] = set()
        for index, key in enumerate(value if isinstance(value, list) else [value]):
            path = f"{noun.path}.{name}[{index}]" if several else f"{noun.path}.{name}"
            if not isinstance(key, str):
                continue
            if key not in known:
                self.findings.add(path, f"the key of {what}{self.findings.hint(key, known)}", quoted(key))
            elif key in seen:
                self.findings.add(path, "each person once", quoted(key))
            seen.add(key)

    def check_tree(self) -> None:
        """Teams form one tree, and contributions lead upwards."""
        tops = [team for team in self.teams if team.fields.get("parent") is None]
        for team in tops[1:]:
            expected = f"a parent, since {quoted(tops[0].key)} is the top already"
            self.findings.add(f"{team.path}.parent", expected, NOTHING)
        paths = {team.key: team.path for team in self.teams}
        for ring in rings({team.key: _named(team.fields.get("parent")) for team in self.teams}):
            self.findings.add(f"{paths[ring[0]]}.parent", "teams that form one tree", trail(ring))
        goals = {goal.key: _named(goal.fields.get("contributes_to")) for goal in self.objectives}
        results = {
            result.key: [result.holder.key, *_named(result.fields.get("contributes_to"))] for result in self.key_results
        }
        every: list[_Noun[Any]] = [*self.key_results, *self.objectives]
        paths = {one.key: one.path for one in every if one.fields.get("contributes_to")}
        for ring in rings(results | goals):
            path = next(paths[key] for key in ring if key in paths)
            self.findings.add(f"{path}.contributes_to", "a goal above, not one that leads back here", trail(ring))

    def check_dates(self) -> None:
        spans = {cycle.key: self.span(cycle, (None, None)) for cycle in self.cycles}
        for goal in self.objectives:
            spans[goal.path] = self.span(goal, spans.get(str(goal.fields.get("cycle")), (None, None)))
        for result in self.key_results:
            self.span(result, spans[result.holder.path])

    def span(self, noun: _Noun[Any], around: _Span) -> _Span:
        """From when to when a noun runs, the dates `around` it holding where it gives none of its own."""
        if noun.form is None or not (noun.form.starts or noun.form.ends):
            return around
        starts, ends = noun.form.starts or around[0], noun.form.ends or around[1]
        if starts and ends and ends <= starts:
            if noun.form.ends:
                self.findings.add(f"{noun.path}.to", f"a date after {starts}", str(ends))
            else:
                self.findings.add(f"{noun.path}.from", f"a date before {ends}", str(starts))
        return starts, ends

    def read_rhythms(self) -> None:
        """A team's rhythm is what it says itself, then what the company says, then the usual one; that of the top team
        of several has its digest later.
        """
        company = top = Asked()
        if self.base:
            found = len(self.findings.problems)
            company = self.asked(self.base, Asked())
            company.rhythm("company.rhythm", self.findings)
            if len(self.findings.problems) > found:
                company = Asked()  # said once, not again for every team
            else:
                top = self.asked(self.base, Asked(base=COMPANY)) if len(self.teams) > 1 else company
        for team in self.teams:
            around = top if team.fields.get("parent") is None else company
            self.rhythms[team.path] = self.asked(team, around).rhythm(f"{team.path}.rhythm", self.findings)

    def asked(self, holder: _Noun[CompanyForm] | _Noun[TeamForm], around: Asked) -> Asked:
        said, path = holder.fields.get("rhythm"), f"{holder.path}.rhythm"
        if isinstance(said, str):
            zones = (noun.form.zone for noun in (holder, self.base) if noun and noun.form)
            zone = next(filter(None, zones), "UTC")
            base = around.rhythm(path, self.findings)
            return Asked(base=self.phrases.read(said, path, self.findings, base=base, zone=zone, team=holder.key))
        own = self.one(holder, "rhythm", RhythmForm)
        digest = self.one(own, "digest", DigestForm) if own else None
        if own is None or own.form is None:
            return around
        return Asked(own.form, (digest and digest.form) or DigestForm()).over(around)

    def read_measures(self) -> None:
        for result in self.key_results:
            steps = [step.form for step in self.many(result, "steps", StepForm)]
            whole = [step for step in steps if step]
            if result.form and len(whole) == len(result.fields.get("steps") or ()):
                found = measure(result.form, whole, result.path, self.findings)
                self.measures |= {result.path: found} if found else {}
        self.check_shares()

    def check_shares(self) -> None:
        """What has a share of a number is counted like it."""
        measures = {result.key: self.measures.get(result.path) for result in self.key_results}
        for result in self.key_results:
            part, whole = measures[result.key], measures.get(str(result.fields.get("contributes_to")))
            if part and whole and (expected := unshared(part, whole)):
                self.findings.add(f"{result.path}.contributes_to", expected, quoted(result.fields["contributes_to"]))

    def company(self) -> Company:
        """Build the values; a form and its plan call their fields alike."""
        assert self.base is not None  # noqa: S101 - held by check_presence
        return Company(
            name=self.base.read.name,
            people=tuple(PersonPlan(**vars(person.read)) for person in self.people),
            teams=tuple(self.team(team, self.base.read) for team in self.teams),
            cycles=tuple(CyclePlan(**vars(cycle.read) | {"key": cycle.key}) for cycle in self.cycles),
            objectives=tuple(self.objective(goal) for goal in self.objectives),
            key_results=tuple(self.key_result(result) for result in self.key_results),
            actions=tuple(
                ActionPlan(**vars(action.read) | {"key": action.key}, key_result=action.holder.key)
                for action in self.actions
            ),
            scale=self.base.read.confidence,
            limits=limits(self.limits.read) if self.limits else None,
            messages_a_week=self.base.read.messages_a_week,
            coaching=self.base.read.coaching,
        )

    def team(self, team: _Noun[TeamForm], base: CompanyForm) -> TeamPlan:
        own = vars(team.read)
        given = {
            "key": team.key,
            "zone": own["zone"] or base.zone,
            "language": own["language"] or base.language,
            "rhythm": self.rhythms[team.path],
            "days_off": tuple(dict.fromkeys((*base.days_off, *own["days_off"]))),
        }
        return TeamPlan(**own | given)

    def objective(self, goal: _Noun[ObjectiveForm]) -> ObjectivePlan:
        own = vars(goal.read) | {"key": goal.key}
        return ObjectivePlan(ambition=own.pop("kind"), **own)

    def key_result(self, result: _Noun[KeyResultForm]) -> KeyResultPlan:
        own = {name: value for name, value in vars(result.read).items() if name not in MEASURE_FIELDS}
        own |= {"key": result.key, "objective": result.holder.key, "measure": self.measures[result.path]}
        return KeyResultPlan(**own)


def _labels(nouns: Iterable[_Noun[Any]]) -> dict[str, str]:
    return {noun.key: noun.label for noun in nouns if noun.key}


def _named(key: object) -> list[str]:
    """What a field names, if anything."""
    return [key] if isinstance(key, str) else []


def trail(ring: list[str]) -> str:
    return quoted(" > ".join([*ring, ring[0]]))
