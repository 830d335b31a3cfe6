"""The modals in which teams, objectives and key results are written, and what is said once they are saved."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from blocks import (
    coaching,
    definition_choice,
    goal_words,
    greeting,
    ids,
    key_result_form,
    measure_phrase,
    modal,
    notice,
    objective_form,
    review_form,
    saved,
    setup_form,
    templates,
)
from blocks.key_result_form import KeyResultForm
from blocks.language import Language
from blocks.objective_form import ObjectiveForm
from blocks.review_form import Draft, ReviewForm
from blocks.setup_form import SetupForm
from blocks.templates import Offer
from okr.cadence import Rhythm
from okr.coaching import Advice
from okr.confidence import Scale
from okr.definitions import KeyResultDefinition, ObjectiveDefinition
from okr.goals import Ambition, State
from okr.measures import Measure, MeasureKind
from okr.standards import Standards
from tests.making import FALLS, GROWS, LOVE, MONDAY, ROME, STAYS, STEPPED
from tests.snapshots.drawing import Drawn, end_of
from tests.snapshots.foreseeing import coming_first
from tests.snapshots.samples import GROWTH, LEFT_BEHIND, PLATFORM, QUARTER, TITLED, UNREACHABLE, YEAR

NEW = ObjectiveForm(ObjectiveDefinition("growth", "q4", ""), "U0DANA", (GROWTH,), (QUARTER,))
WRITTEN = ObjectiveDefinition(
    "growth", "q4", LOVE.title, "dana", "Half of our customers come once", Ambition.ASPIRATIONAL, priority=7,
    starts=MONDAY, parent_objective_id="gone",
)  # fmt: skip
RESULT = KeyResultDefinition("love", "Days until a refund", "dana", "luca", FALLS, "The till's report", Decimal(2))
FIRST = KeyResultForm("love", LOVE.title, "U0DANA")
CHANGED = replace(FIRST, key_result_id="kr", definition=RESULT, check_in_owner="U0LUCA")


def setup_modal(reader: Language) -> Mapping[str, Drawn]:
    new = SetupForm("C0GROWTH", "Growth", ("U0DANA", "U0LUCA"), "en", Rhythm())
    return {
        "A new team": setup_form.render(new, reader),
        "In a channel okrbot is not in": setup_form.render(replace(new, uninvited=True), reader),
        "A team that is set up": setup_form.render(replace(new, team_id="growth"), reader),
        **{
            f"A team below, confidence in {scale.value}": setup_form.render(
                replace(new, standards=Standards(scale), set_by="Northwind"), reader
            )
            for scale in Scale
        },
        "Set up": greeting.render_ready("Growth", reader),
        "Set up, with what comes": greeting.render_ready("Growth", reader, coming_first(reader)),
    }


def objective_modal(reader: Language) -> Mapping[str, Drawn]:
    template = {"selected_option": {"value": templates.departments(reader)[0].templates[0].id}}
    chosen = {**objective_form.render(NEW, reader), "state": {"values": {ids.TEMPLATE: {ids.TEMPLATE: template}}}}
    typed = {"objective_title": {"objective_title": {"type": "plain_text_input", "value": "Customers come back"}}}
    several = replace(NEW, teams=(GROWTH, PLATFORM), cycles=(QUARTER, YEAR), above=TITLED, drafts=True)
    changed = replace(NEW, definition=WRITTEN, objective_id="love", above=TITLED)
    return {
        "A new one": objective_form.render(NEW, reader),
        "A new one, as a draft, with teams and cycles to choose from": objective_form.render(several, reader),
        "From a template": objective_form.from_template(chosen, reader),
        "With what was typed last time": objective_form.render(replace(NEW, unsent=typed), reader),
        "One that is there": objective_form.render(changed, reader),
        "A draft that somebody else changed": objective_form.render(
            replace(
                changed,
                definition=replace(WRITTEN, state=State.DRAFT),
                disputed=("title", "owner_id", "ambition"),
                by="Luca Bianchi",
                theirs=replace(WRITTEN, title="Become the shop people talk about"),
            ),
            reader,
        ),
    }


def key_result_modal(reader: Language) -> Mapping[str, Drawn]:
    said = tuple(saved.render(LOVE.title, "objective:love", reader, draft=False, advice=(), source="r1"))
    advice = [Advice("title.number", {"number": "20%"})]
    better = saved.render("Increase revenue by 20%", "objective:love", reader, draft=False, advice=advice, source="r1")
    template = templates.departments(reader)[0].templates[0].id
    over = replace(
        CHANGED,
        disputed=("measure", "weight", "source", "check_in_owner_id", "starts", "ends"),
        theirs=CHANGED.definition,
    )
    return {
        "The first one": key_result_form.render(replace(FIRST, saved=said), reader),
        "After an objective that could be better": key_result_form.render(replace(FIRST, saved=tuple(better)), reader),
        "The next one, as a draft": key_result_form.render(replace(FIRST, number=2, saved=said, drafts=True), reader),
        "From a template": key_result_form.render(replace(FIRST, saved=said, offer=Offer(template)), reader),
        "Behind the template": key_result_form.render(replace(FIRST, number=4, offer=Offer(template, 3)), reader),
        "Alone": key_result_form.render(FIRST, reader),
        "One that is there": key_result_form.render(CHANGED, reader),
        "Changed by an import": key_result_form.render(over, reader),
    }


def choice_modal(reader: Language) -> Mapping[str, Drawn]:
    return {
        "A few": definition_choice.render(TITLED, {"love"}, reader),
        "Too many": definition_choice.render(TITLED[:1] * 101, (), reader),
    }


def review_modal(reader: Language) -> Mapping[str, Drawn]:
    drafts = (
        Draft("kr1", RESULT, "Luca Bianchi"),
        Draft("kr2", replace(RESULT, title="Launch the app", measure=STEPPED, source=""), "Dana Rossi"),
    )
    form = ReviewForm("love", WRITTEN, drafts, ("Luca Bianchi", "Noah Kim"))
    many = [review_form.render(replace(form, drafts=drafts[:1] * count), reader)["blocks"][-4:] for count in (21, 22)]
    return {
        "Two drafts": review_form.render(form, reader),
        "Changed meanwhile": review_form.render(replace(form, overtaken=True, note="Which shops?"), reader),
        "One more than fits": many[0],
        "More than fit": many[1],
    }


def review_answer(reader: Language) -> Mapping[str, Drawn]:
    note = "Which shops?"
    return {
        "Confirmed": review_form.say_verdict(LOVE.title, "Dana Rossi", "", reader, confirmed=True),
        "Not yet": review_form.say_verdict(LOVE.title, "Dana Rossi", note, reader, confirmed=False),
    }


def saved_(reader: Language) -> Mapping[str, Drawn]:
    advice = [Advice("title.short", {"title": "Grow"})]
    return {
        "Saved": saved.render(LOVE.title, "objective:love", reader, draft=False, advice=(), source="r1"),
        "Saved, could be better": saved.render(
            "Grow", "objective:love", reader, draft=False, advice=advice, source="r1"
        ),
        "Saved as a draft": saved.render(LOVE.title, "objective:love", reader, draft=True, advice=()),
        "Undone": modal.notice(reader, saved.say_undone(LOVE.title, reader)),
    }


def lead_notice(reader: Language) -> Mapping[str, Drawn]:
    one = notice.render(LEFT_BEHIND[:1], (), MONDAY, reader, ROME)
    return {
        "One has lost its owner": one,
        "Two, one of them takes no message": notice.render(
            [*LEFT_BEHIND, *UNREACHABLE], TITLED[:1], MONDAY, reader, ROME
        ),
        "One takes no message": notice.render(UNREACHABLE, (), MONDAY, reader, ROME),
        "A draft waits": notice.render((), TITLED[:1], MONDAY, reader, ROME),
        "Two drafts wait": notice.render((), TITLED[:1] * 2, MONDAY, reader, ROME),
        "More than fit": end_of(notice.render(LEFT_BEHIND * 22, (), MONDAY, reader, ROME)),
        "A digest the channel did not take": notice.render_unposted(one, "r2", "C0GROWTH", "is_archived", reader),
    }


def coaching_(reader: Language) -> Mapping[str, Drawn]:
    fields: dict[str, str | int] = {
        "number": "20%", "count": 23, "most": 18, "fewest": 3, "shorter": "Make customers come back", "title": "Grow",
        "thing": "the app", "first": "Returning customers", "second": "revenue", "verb": "Increase",
        "name": "Dana Rossi",
    }  # fmt: skip
    said = {id: str(coaching.say(Advice(id, fields), reader)) for id in coaching.SENTENCES}
    for use in filter(None, coaching.OUTCOMES):
        more = fields | {"use": use, "language": reader.code}
        said[f"title.task_with_use, {use}"] = coaching.say(Advice("title.task_with_use", more), reader)
    for count in (1, 2):
        said[f"count.few_key_results, {count}"] = coaching.say(
            Advice("count.few_key_results", {"count": count, "fewest": 3, "most": 5}), reader
        )
        said[f"count.few_key_results, {count} of 3"] = coaching.say(
            Advice("count.few_key_results", {"count": count, "fewest": 3, "most": 3}), reader
        )
    return said


def templates_(reader: Language) -> Mapping[str, Drawn]:
    return {
        department.name: "\n\n".join(
            "\n".join(
                [
                    one.title,
                    f"  {one.why}",
                    *(f"  - {each.title}: {each.measure} ({each.source})" for each in one.key_results),
                ]
            )
            for one in department.templates
        )
        for department in templates.departments(reader)
    }


def goal_words_(reader: Language) -> Mapping[str, Drawn]:
    least = Measure(MeasureKind.KEEP_WITHIN, STAYS.unit, low=STAYS.low)
    most = Measure(MeasureKind.KEEP_WITHIN, STAYS.unit, high=STAYS.high)
    both = {*ObjectiveDefinition.__dataclass_fields__, *KeyResultDefinition.__dataclass_fields__}
    return {
        "Measures": "\n".join(measure_phrase.say(one, reader) for one in (GROWS, FALLS, STAYS, least, most, STEPPED)),
        "Fields": "\n".join(f"{name}: {goal_words.field(name, reader)}" for name in sorted(both)),
        "States": "\n".join(
            f"{goal_words.state(one, reader)} – {goal_words.state_means(one, reader)}" for one in State
        ),
    }
