"""The modal in which a key result is written: render() draws it, read() reads it back."""

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from blocks import goal_words, ids, inputs, measure_phrase, numbers, problems, templates
from blocks.language import Language
from blocks.message import Blocks, View
from blocks.templates import KeyResultTemplate, Offer
from blocks.text import bold, button, clip, context, plain, section
from okr.definitions import LONGEST_TITLE, KeyResultDefinition, Titled, mark
from okr.errors import Problem
from okr.goals import State
from okr.measures import Measure, Unit

TITLE, MEASURE, OWNER, CHECK_IN_OWNER = "kr_title", "kr_measure", "kr_owner", "kr_check_in_owner"
PRIORITY, STARTS, ENDS = "kr_priority", "kr_starts", "kr_ends"
ABOVE = "kr_above"
SOURCE, WEIGHT, ACTIONS, STATE, REASON = "kr_source", "kr_weight", "kr_actions", "kr_state", "kr_reason"
LONGEST_MEASURE, LONGEST_SOURCE, LONGEST_ACTIONS, LONGEST_REASON = 3000, 3000, 3000, 500


@dataclass(frozen=True)
class KeyResultForm:
    """A key result to be written under an objective, or with `definition` one to be changed.

    `number` is which one it is of those written in a row, `saved` are blocks that say what has become of
    the one before, `offer` is what a new one is filled with. `owner` and
    `check_in_owner` are Slack ids; the latter is empty where the owner is asked.
    """

    objective_id: str
    objective: str
    owner: str
    number: int = 1
    saved: tuple[dict[str, Any], ...] = ()
    offer: Offer | None = None
    drafts: bool = False
    key_result_id: str = ""
    definition: KeyResultDefinition | None = None
    check_in_owner: str = ""
    seen: Mapping[str, str] = field(default_factory=dict)
    disputed: tuple[str, ...] = ()
    by: str = ""
    theirs: KeyResultDefinition | None = None
    """What somebody else has made of it meanwhile, where that is disputed."""
    above: tuple[Titled, ...] = ()
    """What it may contribute to."""
    unsent: Mapping[str, Any] = field(default_factory=dict)
    """Fields of this form that were typed and never sent, by their names."""


@dataclass(frozen=True)
class KeyResultWords:
    """What was written. `measure` is None where its words have not changed; `actions` are new ones."""

    objective_id: str
    key_result_id: str
    number: int
    title: str
    measure: Measure | None
    owner: str
    check_in_owner: str
    source: str
    weight: Decimal
    actions: tuple[str, ...]
    state: State | None
    reason: str
    seen: Mapping[str, str]
    priority: int | None = None
    starts: date | None = None
    ends: date | None = None
    offer: Offer | None = None
    contributes_to: tuple[str, str] | None = None
    """The objective above, or the key result above; None where the form did not ask."""


def render(form: KeyResultForm, language: Language) -> View:
    new = not form.key_result_id
    title = language.plain("Key result {number}", number=form.number) if new else language.plain("Key result")
    view: View = {
        "type": "modal",
        "callback_id": ids.KEY_RESULT_VIEW,
        "notify_on_close": new,
        "title": plain(title, 24),
        "submit": plain(language.plain("Save and next") if new else language.plain("Save"), 24),
        "close": plain(_close(form, language), 24),
        "private_metadata": _memo(form, language),
        "blocks": _blocks(form, language),
    }
    at = _row(form).at
    return goal_words.brought_back(view, {at(name): fields for name, fields in form.unsent.items()}, language)


def read_unsent(view: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """(the objective, the fields of a form that was closed, by their names); none where no word was typed into it."""
    row = read_row(view)
    fields = inputs.by_name(view)
    written = (inputs.read_text(view, row.at(name)) for name in (TITLE, MEASURE, SOURCE, ACTIONS))
    return row.objective_id, fields if any(text and not templates.wrote(text) for text in written) else {}


def read_row(view: Mapping[str, Any]) -> "Row":
    """Where in the row the form stands."""
    memo = json.loads(view["private_metadata"])
    return Row(memo["objective"], memo["number"], Offer(*memo["offer"]) if memo["offer"] else None)


def read(view: Mapping[str, Any], language: Language) -> KeyResultWords | Mapping[str, str]:
    """What was written, or an error for each field to mend."""
    memo = json.loads(view["private_metadata"])
    row = read_row(view)
    at = row.at
    errors: dict[str, str] = {}
    measure, weight = None, Decimal(1)
    said = inputs.read_text(view, at(MEASURE))
    if not (memo["id"] and mark(said) == memo["measure"]):
        try:
            measure = measure_phrase.read(said, language.locale)
        except Problem as problem:
            errors[at(MEASURE)] = problems.say_plain(problem, language)
    try:
        weight = _read_weight(inputs.read_text(view, at(WEIGHT)), language)
    except Problem as problem:
        errors[at(WEIGHT)] = problems.say_plain(problem, language)
    if errors:
        return errors
    state = inputs.read_choice(view, at(STATE))
    return KeyResultWords(
        objective_id=memo["objective"],
        key_result_id=memo["id"],
        number=row.number,
        title=" ".join(inputs.read_text(view, at(TITLE)).split()),
        measure=measure,
        owner=inputs.read_person(view, at(OWNER)),
        check_in_owner=inputs.read_person(view, at(CHECK_IN_OWNER)),
        source=inputs.read_text(view, at(SOURCE)),
        weight=weight,
        actions=tuple(
            filter(None, (" ".join(line.split()) for line in inputs.read_text(view, at(ACTIONS)).splitlines()))
        ),
        state=State(state) if state else None,
        reason=inputs.read_text(view, at(REASON)),
        seen=memo["seen"],
        priority=goal_words.read_priority(view, at(PRIORITY)),
        starts=inputs.read_day(view, at(STARTS)),
        ends=inputs.read_day(view, at(ENDS)),
        offer=row.offer,
        contributes_to=goal_words.read_above(view, at(ABOVE)),
    )


def field_problem(view: Mapping[str, Any], problem: Problem, language: Language) -> Mapping[str, str]:
    """The error beside the field it is about."""
    where = {"definition.dates": ENDS, "definition.no_person": OWNER, "definition.reason_missing": REASON}
    return {read_row(view).at(where.get(problem.id, ABOVE)): problems.say_plain(problem, language)}


@dataclass(frozen=True)
class Row:
    """How far one has come with the key results of an objective, written one after the other."""

    objective_id: str
    number: int
    offer: Offer | None = None

    def at(self, name: str) -> str:
        """Block ids: those of the next form differ, or Slack would keep in it what was typed into the last."""
        return f"{name}:{self.number}" + (f"-{self.offer.place}" if self.offer else "")


def _row(form: KeyResultForm) -> Row:
    return Row(form.objective_id, form.number, form.offer)


def _close(form: KeyResultForm, language: Language) -> str:
    """Where a form is filled already, *Done* would promise that what stands in it is saved."""
    if templates.offered(form.offer, language):
        return language.plain("Stop here")
    return language.plain("Done") if form.saved or form.offer else language.plain("Cancel")


def _memo(form: KeyResultForm, language: Language) -> str:
    said = measure_phrase.say(form.definition.measure, language) if form.definition else ""
    return json.dumps(
        {
            "objective": form.objective_id,
            "id": form.key_result_id,
            "number": form.number,
            "measure": mark(said.strip()) if form.seen and _is_as_seen(form) else "",
            "offer": astuple(form.offer) if form.offer else None,
            "seen": dict(form.seen),
        },
        separators=(",", ":"),
    )


def _is_as_seen(form: KeyResultForm) -> bool:
    """Whether the measure on the form is the one it was drawn from: one that is disputed is read anew."""
    return form.definition is not None and mark(form.definition.measure) == form.seen.get("measure")


def _blocks(form: KeyResultForm, language: Language) -> Blocks:
    at, one, new = _row(form).at, form.definition, not form.key_result_id
    template = templates.offered(form.offer, language)
    filled = one or template
    blocks: Blocks = [*form.saved]
    if new and (form.number > 1 or not form.saved):
        blocks.append(context(language.say("Under {objective}", objective=bold(clip(form.objective, 200)))))
    overtaken = goal_words.overtaken(form.disputed, form.theirs, form.by, language)
    blocks += overtaken
    if template:
        blocks.append(_about_template(template, language))
    example = language.plain("Customers who buy a second time")
    title = inputs.text(filled.title if filled else "", most=LONGEST_TITLE, example=example)
    title["focus_on_load"] = True
    blocks.append(inputs.labelled(at(TITLE), language.plain("Key result"), title))
    said = template.measure if template else ""
    if one:
        said = measure_phrase.say(one.measure, language)
    measure = inputs.text(said, most=LONGEST_MEASURE, lines=True, example=language.plain("from 31% to 45%"))
    hint = language.plain("From what to what. Also: at most 60 min, between 2 and 5 days, or steps, one to a line.")
    blocks.append(inputs.labelled(at(MEASURE), language.plain("Measure"), measure, hint=hint))
    blocks.append(inputs.labelled(at(OWNER), language.plain("Owner"), inputs.person(form.owner)))
    source = inputs.text(filled.source if filled else "", most=LONGEST_SOURCE)
    where = language.plain("Where the number comes from")
    blocks.append(inputs.labelled(at(SOURCE), where, source, optional=True))
    asked = inputs.person(form.check_in_owner)
    label = language.plain("Whom I ask, if not the owner")
    blocks.append(inputs.labelled(at(CHECK_IN_OWNER), label, asked, optional=True))
    above = (one.parent_objective_id, one.parent_key_result_id) if one else (None, None)
    if form.above or any(above):
        hint = language.plain("If it is a key result, your target is a share of its number: use the same unit.")
        blocks.append(goal_words.above_field(at(ABOVE), form.above, above, language, hint=hint))
    lines = inputs.text(most=LONGEST_ACTIONS, lines=True)
    label = language.plain("Actions, one to a line") if new else language.plain("More actions, one to a line")
    blocks.append(inputs.labelled(at(ACTIONS), label, lines, optional=True))
    weight = inputs.text(numbers.write_input(one.weight, language.locale) if one else "", most=10)
    hint = language.plain("How much it counts beside the others of its objective; 1 unless you say otherwise.")
    blocks.append(inputs.labelled(at(WEIGHT), language.plain("Weight"), weight, hint=hint, optional=True))
    blocks.append(goal_words.priority_field(at(PRIORITY), one.priority if one else None, language))
    starts, ends = (one.starts, one.ends) if one else (None, None)
    blocks += goal_words.day_fields(at(STARTS), at(ENDS), starts, ends, language)
    if one:
        blocks.append(goal_words.state_field(at(STATE), one.state, language))
        reason = inputs.text(most=LONGEST_REASON)
        hint = language.plain("Needed when the measure or a date changes.")
        label = language.plain("Why does it change?")
        blocks.append(inputs.labelled(at(REASON), label, reason, hint=hint, optional=True))
    if form.drafts:
        blocks.append(context(goal_words.say_draft(language)))
    return blocks + overtaken


def _about_template(template: KeyResultTemplate, language: Language) -> dict[str, Any]:
    """What the fields are filled with, and the way past it."""
    said = language.say(
        "From the template, {number} of {count}. Its numbers are examples: write yours.",
        number=template.number,
        count=template.count,
    )
    return section(said, accessory=button(language.plain("Skip"), ids.SKIP, ids.SKIP, about=template.title))


def _read_weight(text: str, language: Language) -> Decimal:
    if not text:
        return Decimal(1)
    value = numbers.read(text, language.locale, Unit())
    if value <= 0:
        raise Problem("definition.weight")
    return value
