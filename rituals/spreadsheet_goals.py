"""The objectives and key results a spreadsheet speaks of, as they shall be: what rows say over what is known.

What is known stays where a row says nothing. An objective is known by its key, else by its team, cycle and title; a
key result by its key, else by its objective and title.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from okr.alignment import rings
from okr.company import Company, CyclePlan, KeyResultPlan, ObjectivePlan
from rituals.company_file import trail
from rituals.company_marks import MAX_HINTS, NOTHING, CompanyProblems, nearest, quoted
from rituals.company_schema import unshared
from rituals.company_texts import slug
from rituals.spreadsheet_owners import SheetOwners
from rituals.spreadsheet_rows import MEASURED, RowForm, Said, SheetFile
from rituals.spreadsheet_words import measure

LIVED = ("state", "priority", "private", "starts", "ends")
"""What both may say of themselves: a row with a key result says it of that."""
MOST_TO_HINT_AT = 1000
OF_OBJECTIVE = ("why", "kind", "contributes_to")
RESULT_ABOVE = "key result contributes to"


def folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def plan(file: SheetFile, described: Company, owners: SheetOwners) -> Company:
    """What is to be written: who is new, and every objective and key result the rows speak of.

    Raises CompanyProblems with everything that is wrong, what was found before included.
    """
    planning = _Planning(file, described, owners)
    for row in file.rows:
        planning.take(row)
    planning.check_contributions()
    if file.problems:
        raise CompanyProblems(file.problems)
    return Company(
        name="",
        people=owners.new,
        teams=(),
        cycles=(),
        objectives=tuple(planning.objectives[key] for key in planning.goals.rows),
        key_results=tuple(planning.key_results[key] for key in planning.results.rows),
        actions=(),
    )


@dataclass
class _Spoken:
    """What rows have spoken of, by its key: the first row that did, and what was said of each field, with its row."""

    rows: dict[str, int] = field(default_factory=dict)
    said: dict[tuple[str, str], tuple[Any, int]] = field(default_factory=dict)


class _Planning:
    def __init__(self, file: SheetFile, described: Company, owners: SheetOwners) -> None:
        self.file = file
        self.owners = owners
        self.teams = _named((one.key, one.name) for one in described.teams)
        self.cycles = _named((one.key, one.name) for one in described.cycles)
        self.spans: Mapping[str, CyclePlan] = {one.key: one for one in described.cycles}
        self.objectives = {one.key: one for one in described.objectives}
        self.key_results = {one.key: one for one in described.key_results}
        self.titled: dict[tuple[str, ...], list[str]] = {}
        for one in described.objectives:
            self.titled.setdefault((one.team, one.cycle, folded(one.title)), []).append(one.key)
        for each in described.key_results:
            self.titled.setdefault((each.objective, folded(each.title)), []).append(each.key)
        given = {name for row in file.rows if row.form for name in (row.form.key, row.form.objective_key) if name}
        self.taken = self.objectives.keys() | self.key_results.keys() | given
        self.goals, self.results = _Spoken(), _Spoken()

    def take(self, row: Said) -> None:
        team = self.find(row, "team", self.teams)
        cycle = self.find(row, "cycle", self.cycles)
        owner = {name: self.owners.find(row, name) for name in ("owner", "check-in owner", "objective owner")}
        key = self.objective_key(row, row.form, team, cycle) if row.form and team and cycle else None
        if row.form is None or team is None or cycle is None or key is None:
            self.check_measure(row)
            return
        goal = self.put_objective(row, row.form, key, team, cycle, owner)
        if row.form.key_result or row.form.key in self.key_results:
            self.put_key_result(row, row.form, goal, owner)

    def check_measure(self, row: Said) -> None:
        """Say what is wrong with it although the row cannot be placed."""
        known = self.key_results.get(row.form.key or "") if row.form else None
        if cells := _measured(row):
            measure(cells, known.measure if known else None, self.file.language, row.findings)

    def find(self, row: Said, name: str, known: Mapping[str, list[str]]) -> str | None:
        said = row.cells.get(name, "")
        if not said:
            return None
        found = known.get(folded(said), [])
        if len(found) == 1:
            return found[0]
        if found:
            row.findings.add(name, f"the key of one {name}: {' or '.join(found)}", quoted(said))
            return None
        near = [] if len(row.findings.problems) >= MAX_HINTS else nearest(said, known, most=1)
        hint = f" (did you mean {quoted(near[0])}?)" if near else ""
        row.findings.add(name, f"a {name} of the company, by name or key{hint}", quoted(said))
        return None

    def objective_key(self, row: Said, form: RowForm, team: str, cycle: str) -> str | None:
        """The key of the objective a row is about, of a new one too."""
        key = form.objective_key or (None if form.key_result else form.key)
        if key and (key in self.objectives or key not in self.key_results):
            return key
        known = self.key_results.get(form.key or "")
        if known and not form.objective:
            return known.objective
        named = self.titled.get((team, cycle, folded(form.objective or "")), [])
        if known and known.objective in named:
            return known.objective
        if len(named) > 1:
            row.findings.add("objective", f"a column objective key: {' or '.join(named)}", quoted(form.objective))
            return None
        if named:
            return named[0]
        if known and known.objective not in self.goals.rows:
            title = self.objectives[known.objective].title
            expected = f"{quoted(title)}, whose key result this is (a column objective key may rename it)"
            row.findings.add("objective", expected, quoted(form.objective))
            return None
        if not form.objective:
            row.findings.add("objective", "the title of its objective", NOTHING)
            return None
        return self.free(form.objective, "objective")

    def put_objective(
        self, row: Said, form: RowForm, key: str, team: str, cycle: str, owner: Mapping[str, str | None]
    ) -> ObjectivePlan:
        alone = not form.key_result and form.key not in self.key_results
        known = self.objectives.get(key) or ObjectivePlan(key, team, cycle, form.objective or key)
        self.goals.rows.setdefault(key, row.number)
        said: dict[str, Any] = {"team": team, "cycle": cycle}
        if form.objective and folded(form.objective) != folded(known.title):
            said["title"] = form.objective
        said |= {name: getattr(form, name) for name in (*OF_OBJECTIVE, *(LIVED if alone else ()))}
        said["ambition"] = said.pop("kind")
        said["owner"] = owner["objective owner"] or (owner["owner"] if alone else None)
        around = self.spans[cycle]
        said |= _own(said, known, around.starts, around.ends)
        plan: ObjectivePlan = self.overlaid(row, self.goals, known, said)
        self.objectives[key] = plan
        names = self.titled.setdefault((plan.team, plan.cycle, folded(plan.title)), [])
        if key not in names:
            names.append(key)
        if alone:
            self.check_span(row, plan.starts or around.starts, plan.ends or around.ends)
        return plan

    def put_key_result(self, row: Said, form: RowForm, goal: ObjectivePlan, owner: Mapping[str, str | None]) -> None:
        known, key = self.known_key_result(row, form, goal)
        if key is None:
            return
        if key in self.results.rows:
            row.findings.add("key result", f"each key result once (row {self.results.rows[key]} has it)", quoted(key))
            return
        self.results.rows[key] = row.number
        measured = measure(_measured(row), known.measure if known else None, self.file.language, row.findings)
        if known is None and not row.cells.get("owner"):
            row.findings.add("owner", "who owns this new key result", NOTHING)
        whose = owner["owner"] or (known.owner if known else None)
        if measured is None or whose is None:
            return
        blank = KeyResultPlan(key, goal.key, form.key_result or key, whose, measured)
        said: dict[str, Any] = {name: getattr(form, name) for name in ("weight", "source", *LIVED)}
        said |= {"objective": goal.key, "owner": whose, "measure": measured, "contributes_to": form.share_of}
        if form.key_result and (known is None or folded(form.key_result) != folded(known.title)):
            said["title"] = form.key_result
        cycle = self.spans[goal.cycle]
        starts, ends = goal.starts or cycle.starts, goal.ends or cycle.ends
        if goal.private and form.private:
            said["private"] = None  # the objective's own privacy covers it already
        said |= _own(said, known or blank, starts, ends)
        plan = self.overlaid(row, self.results, known or blank, said)
        asked = owner["check-in owner"] or plan.check_in_owner
        plan = replace(plan, check_in_owner=None if asked == plan.owner else asked)
        self.key_results[key] = plan
        self.check_span(row, plan.starts or starts, plan.ends or ends)

    def known_key_result(
        self, row: Said, form: RowForm, goal: ObjectivePlan
    ) -> tuple[KeyResultPlan | None, str | None]:
        """The key result a row is about as it is known, None for a new one, and its key."""
        if form.key:
            if form.key_result and form.key not in self.key_results:
                self.titled.setdefault((goal.key, folded(form.key_result)), []).append(form.key)
            return self.key_results.get(form.key), form.key
        assert form.key_result is not None  # noqa: S101 - a row without title and key speaks of no key result
        found = self.titled.setdefault((goal.key, folded(form.key_result)), [])
        if len(found) > 1:
            row.findings.add("key result", f"a column key: {' or '.join(found)}", quoted(form.key_result))
            return None, None
        if not found:
            found.append(self.free(form.key_result, "key-result"))
        return self.key_results.get(found[0]), found[0]

    def overlaid(self, row: Said, spoken: _Spoken, known: Any, said: Mapping[str, Any]) -> Any:
        """What is known with what a row says over it; two rows may not say different things."""
        given = {name: value for name, value in said.items() if value is not None}
        for name, value in given.items():
            before, number = spoken.said.setdefault((known.key, name), (value, row.number))
            if before != value:
                heading = {"starts": "from", "ends": "to", "ambition": "kind", "contributes_to": "contributes to"}
                expected = f"the same {name.replace('_', ' ')} as in row {number}"
                row.findings.add(heading.get(name, name), expected, "another one")
        return replace(known, **given)

    def check_span(self, row: Said, starts: date, ends: date) -> None:
        if ends <= starts:
            if row.form and row.form.ends:
                row.findings.add("to", f"a date after {starts}", str(ends))
            else:
                row.findings.add("from", f"a date before {ends}", str(starts))

    def check_contributions(self) -> None:
        """Contributions lead to something that is there, and not back."""
        goals: Collection[str] = self.objectives.keys() | self.key_results.keys()
        hinted = dict.fromkeys(goals if len(goals) < MOST_TO_HINT_AT else ())
        rows = {(*said, row.number): row for row in self.file.rows for said in _contributions(row)}
        for (heading, above, _), row in rows.items():
            if above not in goals:
                row.findings.add(
                    heading, f"the key of an objective or a key result{row.findings.hint(above, hinted)}", quoted(above)
                )
            elif above in self.objectives and above in self.key_results:
                row.findings.add(heading, "a key that is not both an objective's and a key result's", above)
        for ring in rings(self.onward()):
            mine = [(row, heading) for (heading, above, _), row in rows.items() if above in ring]
            for row, heading in mine[:1]:
                row.findings.add(heading, "a goal above, not one that leads back here", trail(ring))
        self.check_shares()

    def onward(self) -> Mapping[str, list[str]]:
        """Where everything leads: a key result to its objective, too."""
        goals = {key: [one.contributes_to] if one.contributes_to else [] for key, one in self.objectives.items()}
        results = {
            key: [one.objective, *([one.contributes_to] if one.contributes_to else [])]
            for key, one in self.key_results.items()
        }
        return results | goals

    def check_shares(self) -> None:
        """What has a share of a number is counted like it."""
        rows = {row.number: row for row in self.file.rows}
        for key, number in self.results.rows.items():
            plan = self.key_results.get(key)
            whole = self.key_results.get(plan.contributes_to or "") if plan else None
            if plan and whole and (expected := unshared(plan.measure, whole.measure)):
                rows[number].findings.add(RESULT_ABOVE, expected, quoted(whole.key))

    def free(self, title: str, noun: str) -> str:
        """The key made of a title, or with the first number behind it that nothing else has."""
        stem, number = slug(title) or noun, 1
        key = stem
        while key in self.taken:
            number += 1
            key = f"{stem}-{number}"
        self.taken.add(key)
        return key


def _contributions(row: Said) -> Iterable[tuple[str, str]]:
    """(the heading, the key) of what a row says that something contributes to."""
    if row.form and row.form.contributes_to:
        yield "contributes to", row.form.contributes_to
    if row.form and row.form.share_of:
        yield RESULT_ABOVE, row.form.share_of


def _measured(row: Said) -> dict[str, str]:
    return {name: row.cells[name] for name in MEASURED if name in row.cells}


def _own(said: Mapping[str, Any], known: Any, starts: date, ends: date) -> dict[str, Any]:
    """Dates that hold anyway are nobody's own: as they come out of an export, say."""
    return {
        name: None
        for name, around in (("starts", starts), ("ends", ends))
        if said.get(name) == around and getattr(known, name) is None
    }


def _named(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The keys of things by everything they are called."""
    found: dict[str, list[str]] = {}
    for key, name in pairs:
        for each in dict.fromkeys((folded(key), folded(name))):
            if key not in found.setdefault(each, []):
                found[each].append(key)
    return found
