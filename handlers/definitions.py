"""`/okr new` and `/okr edit`: objectives and key results, written down by the people who own them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from html import unescape
from typing import Any

from blocks import definition_choice, ids, key_result_form, modal, objective_form, refill, review_form
from blocks import saved as words
from blocks.key_result_form import KeyResultWords, Row
from blocks.language import Language
from blocks.message import Blocks, View
from blocks.objective_form import ObjectiveWords
from blocks.templates import Offer
from handlers.homes import refresh_home
from handlers.visits import Visit
from okr.definitions import OBJECTIVE
from okr.errors import Problem
from rituals.definitions import Act, Saved

FieldProblem = Callable[[Mapping[str, Any], Problem, Language], Mapping[str, str]]
BESIDE_A_FIELD = (
    *("definition.reason_missing", "definition.dates", "definition.no_person", "definition.above", "definition.ring"),
    *("share.way", "share.unit", "share.direction"),
)


async def begin(visit: Visit) -> None:
    """`/okr new` and its buttons: an objective, and then its key results, one after the other."""
    await visit.ack()
    reader = await visit.reader()
    form = await visit.rituals.objectives.begin(visit.workspace, reader, visit.now)
    await visit.open(objective_form.render(form, reader.language), on_top=visit.in_modal)


async def start_from_template(visit: Visit) -> None:
    """A template was chosen in the form of a new objective."""
    await visit.ack()
    reader = await visit.reader()
    await visit.show(objective_form.from_template(visit.view, reader.language), hash=visit.view["hash"])


async def choose(visit: Visit, rest: str) -> None:
    """`/okr edit`, perhaps with words of a title: the form of the one that is meant, or a choice."""
    await visit.ack()
    reader = await visit.reader()
    found, open_to_more = await visit.rituals.definitions.editable(visit.workspace, reader, unescape(rest))
    if len(found) == 1:
        await visit.open(await _form(visit, found[0].objective_id, found[0].key_result_id))
    else:
        await visit.open(definition_choice.render(found, open_to_more, reader.language))


async def open_chosen(visit: Visit) -> None:
    """What was chosen to be edited."""
    await visit.ack(response_action="update", view=await _meant(visit, definition_choice.read(visit.view)))


async def _meant(visit: Visit, chosen: str) -> View:
    """The form of an objective, of a key result, or of one more of these."""
    if objective_id := ids.read_more(chosen):
        reader = await visit.reader()
        form = await visit.rituals.key_results.begin(visit.workspace, reader, objective_id)
        return key_result_form.render(form, reader.language)
    return await _form(visit, *ids.read_definition(chosen))


async def keep_objective(visit: Visit) -> None:
    """The form of an objective was closed: what was typed into it is there the next time."""
    await visit.ack()
    await _keep(visit, OBJECTIVE, objective_form.read_unsent(visit.view))


async def keep_key_result(visit: Visit) -> None:
    await visit.ack()
    await _keep(visit, *key_result_form.read_unsent(visit.view))


async def _keep(visit: Visit, form: str, values: Mapping[str, Any]) -> None:
    await visit.rituals.definitions.keep(visit.workspace, await visit.reader(), form, values, visit.now)


async def open_on_top(visit: Visit) -> None:
    """*Edit* beside what has just been saved: the form comes on top of the one for what follows. *Edit* or *Add* in a
    message opens it.
    """
    await visit.ack()
    form = await _meant(visit, visit.action["value"])
    if not visit.in_modal:
        await visit.open(form)
    elif _is_typed_into(visit.view):
        await visit.open(form, on_top=True)
    else:
        await visit.show(form)


async def choose_any(visit: Visit) -> None:
    """*Edit* on Home."""
    await choose(visit, "")


async def open_review(visit: Visit) -> None:
    """*Review*, on Home and in a lead's notice."""
    await visit.ack()
    reader = await visit.reader()
    form = await visit.rituals.reviews.open(visit.workspace, reader, visit.action["value"])
    await visit.open(review_form.render(form, reader.language))


async def submit_review(visit: Visit) -> None:
    """The lead's answer: committed, then told to whoever proposed it."""
    act = await _act(visit)
    following = await visit.rituals.reviews.decide(act, review_form.read(visit.view))
    if following:
        await visit.ack(response_action="update", view=review_form.render(following, act.reader.language))
    else:
        await visit.ack()
    visit.afterwards.append(lambda: visit.rituals.deliverer.deliver_all(visit.now, workspace=visit.workspace))
    visit.afterwards.append(lambda: refresh_home(visit, act.reader))


async def undo(visit: Visit) -> None:
    """*Undo* beside what was saved: committed, then said in its place, or above what is being typed next."""
    reader = await visit.reader()
    saved_by = visit.action["value"]
    act = Act(visit.workspace, reader, f"{saved_by}:undo", visit.now)
    undone = await visit.rituals.undoing.undo(act, saved_by)
    await visit.ack()
    text = words.say_undone(undone.title, reader.language)
    if undone.whole or not _is_typed_into(visit.view):
        await visit.show(modal.notice(reader.language, text))
    else:
        kept = [block for block in visit.view["blocks"] if block.get("block_id") != visit.action["block_id"]]
        await visit.show(refill.again({**visit.view, "blocks": kept}, text))
    visit.afterwards.append(lambda: refresh_home(visit, reader))


def _is_typed_into(view: View) -> bool:
    return any(block["type"] == "input" for block in view["blocks"])


async def submit_objective(visit: Visit) -> None:
    """An objective that was written, or changed: an error beside its field, else saved."""
    act = await _act(visit)
    written = objective_form.read(visit.view)
    await _submit(visit, act, _objective_saved(visit, act, written), objective_form.field_problem)


async def submit_key_result(visit: Visit) -> None:
    """A key result that was written, or changed: errors beside their fields, else saved."""
    act = await _act(visit)
    written = key_result_form.read(visit.view, act.reader.language)
    if isinstance(written, KeyResultWords):
        await _submit(visit, act, _key_result_saved(visit, act, written), key_result_form.field_problem)
    else:
        await visit.ack(response_action="errors", errors=dict(written))


async def skip_key_result(visit: Visit) -> None:
    """*Skip*: the form of the template's next key result, or a blank one behind its last."""
    await visit.ack()
    row = key_result_form.read_row(visit.view)
    following = await _next(visit, replace(row, offer=row.offer.following if row.offer else None))
    await visit.show(following, hash=visit.view["hash"])


async def _submit(visit: Visit, act: Act, saving: Awaitable[View], field_problem: FieldProblem) -> None:
    """Acknowledge with the view that follows, or with an error beside the field to mend."""
    try:
        await visit.ack(response_action="update", view=await saving)
    except Problem as problem:
        if problem.id not in BESIDE_A_FIELD:
            raise
        errors = field_problem(visit.view, problem, act.reader.language)
        await visit.ack(response_action="errors", errors=dict(errors))
        return
    reader = await visit.reader()
    visit.afterwards.append(lambda: refresh_home(visit, reader))


async def _objective_saved(visit: Visit, act: Act, written: ObjectiveWords) -> View:
    """What follows a new objective are its key results; a changed one is saved, or back where it is disputed."""
    if not written.objective_id:
        saved = await visit.rituals.objectives.add(act, written)
        await visit.read_again()
        row = Row(saved.objective_id, 1, Offer(written.template) if written.template else None)
        return await _following(visit, row, saved)
    form = await visit.rituals.objectives.change(act, written)
    return _saved(visit, form) if isinstance(form, Saved) else objective_form.render(form, visit.language)


async def _key_result_saved(visit: Visit, act: Act, written: KeyResultWords) -> View:
    """What follows a new key result is the next one."""
    if not written.key_result_id:
        saved = await visit.rituals.key_results.add(act, written)
        await visit.read_again()
        row = Row(saved.objective_id, written.number + 1, written.offer.following if written.offer else None)
        return await _following(visit, row, saved)
    form = await visit.rituals.key_results.change(act, written)
    return _saved(visit, form) if isinstance(form, Saved) else key_result_form.render(form, visit.language)


async def _act(visit: Visit) -> Act:
    return Act(visit.workspace, await visit.reader(), visit.source, visit.now)


async def _form(visit: Visit, objective_id: str, key_result_id: str) -> View:
    reader = await visit.reader()
    if key_result_id:
        key_result = await visit.rituals.key_results.open(visit.workspace, reader, key_result_id)
        return key_result_form.render(key_result, reader.language)
    objective = await visit.rituals.objectives.open(visit.workspace, reader, objective_id)
    return objective_form.render(objective, reader.language)


async def _next(visit: Visit, row: Row, saved: Saved | None = None) -> View:
    """The form of the next key result, under what has just been saved."""
    reader = await visit.reader()
    form = await visit.rituals.key_results.begin(visit.workspace, reader, row.objective_id)
    told = tuple(_told(visit, saved)) if saved else ()
    return key_result_form.render(replace(form, number=row.number, offer=row.offer, saved=told), reader.language)


async def _following(visit: Visit, row: Row, saved: Saved) -> View:
    """What follows what has just been saved: it must not read as refused where nothing more may be written under it."""
    try:
        return await _next(visit, row, saved)
    except Problem:
        return _saved(visit, saved)


def _saved(visit: Visit, saved: Saved) -> View:
    return modal.told(visit.language, _told(visit, saved))


def _told(visit: Visit, saved: Saved) -> Blocks:
    about = ids.about_definition(saved.objective_id, saved.key_result_id)
    return words.render(
        saved.title,
        about,
        visit.language,
        draft=saved.draft,
        advice=saved.advice,
        source=saved.source,
        shared=saved.shared,
    )
