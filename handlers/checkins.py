"""Check in, Edit, Nothing changed, the form's details, and what was submitted."""

import asyncio
from dataclasses import replace

from slack_sdk.errors import SlackApiError

from blocks import checkin_form, ids
from blocks.checkin_form import Form, Reading
from blocks.message import View
from handlers.homes import refresh_home
from handlers.visits import Visit
from okr.checkins import Via, needs_note
from rituals.actors import Reader

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
    await visit.rituals.checkins.repeat(
        visit.workspace,
        reader,
        source=f"{visit.body['trigger_id']}:{visit.action['action_id']}",
        now=visit.now,
        key_result_id=ids.read_key_result(value),
        day=ids.read_day(value),
    )
    await visit.ack()
    await _show(visit, reader)


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
    form = await visit.rituals.checkins.page(visit.workspace, reader, visit.now, memo.ids, memo.day)
    chosen = checkin_form.read_confidence(visit.view, key_result_id)
    question = next(one for one in form.questions if one.id == key_result_id)
    if chosen and needs_note(chosen, question.before):
        await _redraw(visit, key_result_id)


async def submit(visit: Visit) -> None:
    """A page of the form: errors beside their fields, else recorded and on to the next page."""
    reader = await visit.reader()
    memo = checkin_form.read_memo(visit.view)
    form = await _form(visit, reader)
    reading = checkin_form.read(visit.view, form, reader.language)
    if reading.errors:
        await visit.ack(response_action="errors", errors=dict(reading.errors))
        return
    if reading.missing:
        opened = replace(form, opened=form.opened | reading.missing, missing=reading.missing)
        await visit.ack(response_action="update", view=checkin_form.render(opened, reader.language))
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
        await visit.ack(response_action="update", view=checkin_form.saving(reader.language))
        following = await saving or checkin_form.saved(reader.language, len(reading.answers))
        await _update(visit, following)
    await _show(visit, reader, from_home=memo.from_home)


async def _save(visit: Visit, reader: Reader, form: Form, reading: Reading) -> View | None:
    """Record the page. Answers the view that follows, None when the form can close."""
    recorded = await visit.rituals.checkins.record(
        visit.workspace,
        reader.actor,
        reading.answers,
        via=Via.MODAL,
        source=f"{visit.view['id']}:{visit.view['hash']}",
        now=visit.now,
        day=form.day,
    )
    if form.rest:
        page = await visit.rituals.checkins.page(visit.workspace, reader, visit.now, form.rest, form.day)
        following = replace(page, done=form.done + 1, from_home=form.from_home)
        return checkin_form.render(following, reader.language)
    if recorded.in_prompt or form.from_home:
        return None
    return checkin_form.saved(reader.language, recorded.count)


async def _form(visit: Visit, reader: Reader) -> Form:
    """The page that is on screen, with its key results as they stand now."""
    memo = checkin_form.read_memo(visit.view)
    form = await visit.rituals.checkins.page(visit.workspace, reader, visit.now, memo.ids, memo.day)
    return replace(
        form,
        rest=memo.rest,
        done=memo.done,
        opened=memo.opened,
        shown=memo.shown,
        from_home=memo.from_home,
    )


async def _redraw(visit: Visit, key_result_id: str) -> None:
    reader = await visit.reader()
    form = await _form(visit, reader)
    await _update(visit, checkin_form.render(replace(form, opened=form.opened | {key_result_id}), reader.language))


async def _update(visit: Visit, view: View) -> None:
    """A view that was closed or changed meanwhile needs no update any more."""
    hash = None if visit.is_submission else visit.view["hash"]
    try:
        await visit.client.views_update(view_id=visit.view["id"], hash=hash, view=view)
    except SlackApiError as error:
        if error.response.get("error") not in ("hash_conflict", "not_found"):
            raise


async def _show(visit: Visit, reader: Reader, *, from_home: bool = False) -> None:
    """Bring what the answers changed up to date: receipts, digests, and the person's Home tab."""
    await visit.rituals.deliverer.deliver_changes(visit.now, workspace=visit.workspace)
    await refresh_home(visit, reader, opened=from_home)
