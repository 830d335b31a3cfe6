"""Check in, Edit, Nothing changed, the form's details, and what was submitted."""

import asyncio
from dataclasses import replace
from functools import partial

from blocks import checkin_fields, checkin_form, ids, modal, problems
from blocks.checkin_form import Form, Reading
from blocks.message import Message, View
from blocks.text import section
from handlers.homes import refresh_home
from handlers.visits import Visit
from okr.checkins import Via, needs_note
from okr.errors import Problem
from rituals.actors import Reader
from rituals.checkins import Recorded

SAVE_SECONDS = 2.0
"""A save that takes longer is acknowledged with *Saving…*, for Slack waits 3 s."""


async def open_form(visit: Visit) -> None:
    """*Check in* and *Edit*, on a prompt, on Home and on a status."""
    await visit.ack()
    reader = await visit.reader()
    value = visit.action["value"]
    form = await visit.rituals.checkins.find(
        visit.workspace,
        reader,
        visit.now,
        key_result_id=ids.read_key_result(value),
        day=ids.read_day(value),
        edits=visit.action["action_id"] == ids.EDIT,
        from_home=visit.body.get("container", {}).get("type") == "view",
    )
    await visit.open(checkin_form.render(form, reader.language))


async def open_form_for_all(visit: Visit) -> None:
    """`/okr checkin` and the shortcut: what is due, else everything of the person's."""
    await visit.ack()
    reader = await visit.reader()
    form = await visit.rituals.checkins.find(visit.workspace, reader, visit.now)
    await visit.open(checkin_form.render(form, reader.language))


async def repeat(visit: Visit) -> None:
    """*Nothing changed*, on one key result or on all of a prompt's: committed, then acknowledged."""
    reader = await visit.reader()
    value = visit.action["value"]
    recorded = await visit.rituals.checkins.repeat(
        visit.workspace,
        reader,
        source=f"{visit.body['trigger_id']}:{visit.action['action_id']}",
        now=visit.now,
        key_result_id=ids.read_key_result(value),
        day=ids.read_day(value),
    )
    await visit.ack()
    visit.afterwards.append(partial(_show, visit, reader))
    if not recorded.count and visit.body.get("response_url"):
        text = problems.say_nothing_waits(reader.language)
        await visit.reply(Message(text=text, blocks=[section(text)]))


async def open_details(visit: Visit) -> None:
    """*Add details* under one key result of the form."""
    await visit.ack()
    await _redraw(visit, visit.action["value"])


async def choose_confidence(visit: Visit) -> None:
    """The details open by themselves when the chosen colour needs a note."""
    await visit.ack()
    key_result_id = visit.action["block_id"].partition(":")[2]
    memo = checkin_form.read_memo(visit.view)
    if key_result_id in memo.opened:
        return
    reader = await visit.reader()
    form = await _form(visit, reader)
    chosen = checkin_fields.read_confidence(visit.view, key_result_id)
    question = next((one for one in form.questions if one.id == key_result_id), None)
    if question is None or (chosen and needs_note(chosen.confidence, question.before)):
        await _redraw(visit, key_result_id)


async def submit(visit: Visit) -> None:
    """A page of the form: errors beside their fields, else recorded and on to the next page."""
    reader = await visit.reader()
    form = await _form(visit, reader)
    if not form.questions and not form.rest:
        raise form.gone[0]
    reading = checkin_form.read(visit.view, form, reader.language)
    if reading.errors:
        await visit.ack(response_action="errors", errors=dict(reading.errors))
        return
    if reading.missing or reading.overtaken:
        again = replace(
            form,
            opened=form.opened | reading.missing,
            missing=reading.missing,
            overtaken=reading.overtaken,
            based_on={id: last for id, last in form.based_on.items() if id not in reading.overtaken},
        )
        await visit.ack(response_action="update", view=checkin_form.render(again, reader.language))
        return
    saving = asyncio.create_task(_save(visit, reader, form, reading))
    done, _ = await asyncio.wait({saving}, timeout=SAVE_SECONDS)
    if done:
        following = saving.result()
        if following:
            await visit.ack(response_action="update", view=following)
        else:
            await visit.ack()
    else:
        await visit.ack(response_action="update", view=modal.saving(reader.language))
        await visit.show(await saving or modal.saved(reader.language, len(reading.answers)))
    visit.afterwards.append(partial(_show, visit, reader, from_home=form.from_home))


async def _save(visit: Visit, reader: Reader, form: Form, reading: Reading) -> View | None:
    """Record the page. Answers the view that follows, None when the form can close."""
    recorded = Recorded(0, in_prompt=True)
    if reading.answers:
        recorded = await visit.rituals.checkins.record(
            visit.workspace,
            reader.actor,
            reading.answers,
            via=Via.MODAL,
            source=visit.source,
            now=visit.now,
            day=form.day,
            edits=form.edits,
        )
    gone = (*form.gone, *recorded.gone)
    following = await _following(visit, reader, form)
    if following.questions:
        return checkin_form.render(replace(following, gone=(*gone, *following.gone)), reader.language)
    gone = (*gone, *following.gone)
    if not gone and (recorded.in_prompt or form.from_home):
        return None
    return modal.saved(reader.language, recorded.count, gone)


async def _following(visit: Visit, reader: Reader, form: Form) -> Form:
    """The next page that has something to ask; one without questions when there is none."""
    gone: tuple[Problem, ...] = ()
    rest, done = form.rest, form.done
    page = Form(())
    while rest and not page.questions:
        page = await visit.rituals.checkins.page(visit.workspace, reader, visit.now, rest, form.day, edits=form.edits)
        rest, done, gone = page.rest, done + 1, (*gone, *page.gone)
    return replace(page, done=done, gone=gone, from_home=form.from_home)


async def _form(visit: Visit, reader: Reader) -> Form:
    """The page that is on screen, with its key results as they stand now, on the scale it was drawn with."""
    memo = checkin_form.read_memo(visit.view)
    form = await visit.rituals.checkins.page(visit.workspace, reader, visit.now, memo.ids, memo.day, edits=memo.edits)
    return replace(
        form,
        questions=tuple(replace(one, scale=memo.scale) for one in form.questions),
        rest=memo.rest,
        done=memo.done,
        opened=memo.opened,
        shown=memo.shown,
        based_on=memo.based_on,
        from_home=memo.from_home,
    )


async def _redraw(visit: Visit, key_result_id: str) -> None:
    reader = await visit.reader()
    form = await _form(visit, reader)
    if form.questions:
        view = checkin_form.render(replace(form, opened=form.opened | {key_result_id}), reader.language)
    else:
        view = modal.saved(reader.language, 0, form.gone)
    await visit.show(view, hash=visit.view["hash"])


async def _show(visit: Visit, reader: Reader, *, from_home: bool = False) -> None:
    """Bring what the answers changed up to date: receipts, digests, and the person's Home tab."""
    await visit.rituals.deliverer.deliver_changes(visit.now, workspace=visit.workspace)
    await refresh_home(visit, reader, opened=from_home)
