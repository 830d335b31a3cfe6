"""The modal in which an objective is written: render() draws it, read() reads it back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from blocks import goal_words, ids, inputs, problems, refill, templates
from blocks.language import Language
from blocks.message import Blocks, View
from blocks.text import context, plain
from okr.definitions import LONGEST_TITLE, ObjectiveDefinition, Titled
from okr.errors import Problem
from okr.goals import Ambition, Cycle, State, Team

TITLE, TEAM, CYCLE, OWNER = "objective_title", "objective_team", "objective_cycle", "objective_owner"
AMBITION, WHY, STATE = "objective_ambition", "objective_why", "objective_state"
PRIORITY, STARTS, ENDS, ABOVE = "objective_priority", "objective_starts", "objective_ends", "objective_above"
LONGEST_WHY = 3000
MOST = 100
"""Options of a menu in Slack."""


@dataclass(frozen=True)
class ObjectiveForm:
    """An objective to be written, or with `objective_id` one to be changed.

    `teams` and `cycles` are what can be chosen; `seen` are the marks of what the form was drawn from, `disputed` the
    fields that `by` has changed meanwhile.
    """

    definition: ObjectiveDefinition
    owner: str
    teams: tuple[Team, ...]
    cycles: tuple[Cycle, ...]
    above: tuple[Titled, ...] = ()
    """What it may contribute to."""
    objective_id: str = ""
    drafts: bool = False
    seen: Mapping[str, str] = field(default_factory=dict)
    disputed: tuple[str, ...] = ()
    by: str = ""
    theirs: ObjectiveDefinition | None = None
    unsent: Mapping[str, Any] = field(default_factory=dict)
    """Fields of this form that were typed and never sent."""


@dataclass(frozen=True)
class ObjectiveWords:
    """What was written. `owner` is a Slack id; `seen` as the form was drawn with."""

    title: str
    team_id: str
    cycle_id: str
    owner: str
    ambition: Ambition
    why: str
    state: State | None
    objective_id: str
    seen: Mapping[str, str]
    priority: int | None = None
    starts: date | None = None
    ends: date | None = None
    contributes_to: tuple[str, str] | None = None
    """The objective above, or the key result above; None where the form did not ask."""
    template: str = ""
    """The id of the template its key results begin with."""


def render(form: ObjectiveForm, language: Language) -> View:
    new = not form.objective_id
    view: View = {
        "type": "modal",
        "callback_id": ids.OBJECTIVE_VIEW,
        "notify_on_close": new,
        "title": plain(language.plain("New objective") if new else language.plain("Objective"), 24),
        "submit": plain(language.plain("Save and next") if new else language.plain("Save"), 24),
        "close": plain(language.plain("Cancel"), 24),
        "private_metadata": _memo(form),
        "blocks": _blocks(form, language),
    }
    return goal_words.brought_back(view, form.unsent, language)


def read_unsent(view: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fields of a form that was closed; nothing where no word was typed into it."""
    view = _named(view)
    written = (inputs.read_text(view, TITLE), inputs.read_text(view, WHY))
    typed = any(text and not templates.wrote(text) for text in written)
    return view["state"]["values"] if typed else {}


def read(view: Mapping[str, Any]) -> ObjectiveWords:
    memo = json.loads(view["private_metadata"])
    view = _named(view)
    state = inputs.read_choice(view, STATE)
    return ObjectiveWords(
        title=" ".join(inputs.read_text(view, TITLE).split()),
        team_id=inputs.read_choice(view, TEAM) or memo["team"],
        cycle_id=inputs.read_choice(view, CYCLE) or memo["cycle"],
        owner=inputs.read_person(view, OWNER),
        ambition=Ambition(inputs.read_choice(view, AMBITION)),
        why=inputs.read_text(view, WHY),
        state=State(state) if state else None,
        objective_id=memo["id"],
        seen=memo["seen"],
        priority=goal_words.read_priority(view, PRIORITY),
        starts=inputs.read_day(view, STARTS),
        ends=inputs.read_day(view, ENDS),
        contributes_to=goal_words.read_above(view, ABOVE),
        template=inputs.read_choice(view, ids.TEMPLATE),
    )


def field_problem(view: Mapping[str, Any], problem: Problem, language: Language) -> Mapping[str, str]:
    """The error beside the field it is about."""
    where = {"definition.no_person": OWNER, "definition.above": ABOVE, "definition.ring": ABOVE}.get(problem.id, ENDS)
    return {where: problems.say_plain(problem, language)}


def from_template(view: Mapping[str, Any], language: Language) -> View:
    """The form with the template chosen in it: nobody's own words are replaced, only a template's by another's."""
    template = templates.find(inputs.read_choice(view, ids.TEMPLATE), language)
    texts = {TITLE: template.title, WHY: template.why} if template else {TITLE: "", WHY: ""}
    form = refill.again(view)
    return {**form, "blocks": [_replaced(block, texts) for block in form["blocks"]]}


def _replaced(block: dict[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """A field with its template's text. Its id is a new one: in the old one Slack would keep what stands there."""
    name, _, number = block.get("block_id", "").partition(":")
    if name not in texts:
        return block
    old = block["element"].get("initial_value", "").strip()
    if old == texts[name] or (old and not templates.wrote(old)):
        return block
    element = {**block["element"], "initial_value": texts[name]}
    if not texts[name]:
        del element["initial_value"]
    return {**block, "block_id": f"{name}:{int(number or 0) + 1}", "element": element}


def _named(view: Mapping[str, Any]) -> Mapping[str, Any]:
    """The view with its fields under their first ids."""
    return {**view, "state": {"values": inputs.by_name(view)}}


def _memo(form: ObjectiveForm) -> str:
    return json.dumps(
        {
            "id": form.objective_id,
            "team": form.definition.team_id,
            "cycle": form.definition.cycle_id,
            "seen": dict(form.seen),
        },
        separators=(",", ":"),
    )


def _blocks(form: ObjectiveForm, language: Language) -> Blocks:
    one, new = form.definition, not form.objective_id
    blocks: Blocks = []
    overtaken = goal_words.overtaken(form.disputed, form.theirs, form.by, language)
    blocks += overtaken
    if new:
        blocks.append(_templates(language))
    title = inputs.text(one.title, most=LONGEST_TITLE, example=language.plain("Make customers come back"))
    title["focus_on_load"] = True
    hint = language.plain("What you want to reach, in a sentence without numbers: those go into its key results.")
    blocks.append(inputs.labelled(TITLE, language.plain("Objective"), title, hint=hint))
    if new and len(form.teams) > 1:
        teams = [inputs.option(team.name, team.id) for team in form.teams[:MOST]]
        blocks.append(inputs.labelled(TEAM, language.plain("Team"), inputs.choice(teams, one.team_id)))
    if new and len(form.cycles) > 1:
        cycles = [inputs.option(cycle.name, cycle.id) for cycle in form.cycles[:MOST]]
        blocks.append(inputs.labelled(CYCLE, language.plain("Cycle"), inputs.choice(cycles, one.cycle_id)))
    blocks.append(inputs.labelled(OWNER, language.plain("Owner"), inputs.person(form.owner)))
    ambitions = [
        inputs.option(goal_words.ambition(each, language), each.value, goal_words.ambition_means(each, language))
        for each in Ambition
    ]
    chosen = inputs.choice(ambitions, one.ambition.value, kind="radio_buttons")
    blocks.append(inputs.labelled(AMBITION, language.plain("Ambition"), chosen))
    why = inputs.text(one.why, most=LONGEST_WHY, lines=True)
    blocks.append(inputs.labelled(WHY, language.plain("Why it matters now"), why, optional=True))
    above = (one.parent_objective_id, one.parent_key_result_id)
    if form.above or any(above):
        blocks.append(goal_words.above_field(ABOVE, form.above, above, language))
    blocks.append(goal_words.priority_field(PRIORITY, one.priority, language))
    blocks += goal_words.day_fields(STARTS, ENDS, one.starts, one.ends, language)
    if not new:
        blocks.append(goal_words.state_field(STATE, one.state, language))
    if form.drafts:
        blocks.append(context(goal_words.say_draft(language)))
    return blocks + overtaken


def _templates(language: Language) -> dict[str, Any]:
    """The menu of what one can start from, by department."""
    groups = [
        {
            "label": plain(department.name, inputs.OPTION),
            "options": [inputs.option(one.title, one.id) for one in department.templates],
        }
        for department in templates.departments(language)
    ]
    menu = {
        "type": "static_select",
        "placeholder": plain(language.plain("Choose an example, or write your own"), inputs.HINT),
        "option_groups": groups,
    }
    hint = language.plain("Its three key results follow, one at a time: change or skip each.")
    label = language.plain("Start from a template")
    return inputs.labelled(ids.TEMPLATE, label, menu, hint=hint, optional=True) | {"dispatch_action": True}
