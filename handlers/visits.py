"""One act of one person, and the one place where everything that goes wrong with it is caught."""

import asyncio
import hashlib
import json
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from blocks import modal, problems, refill
from blocks.language import Language, language
from blocks.message import Message, View
from blocks.text import Mrkdwn, escape, section
from handlers.failures import FAILURES
from okr.errors import Problem, TooLate
from rituals.actors import Reader
from rituals.bundle import Rituals

Clock = Callable[[], datetime]
PATIENCE_SECONDS = 2.5
"""Slack, and whoever waits in front of it, has to hear something within 3 s."""
EXPIRED_TRIGGER = ("expired_trigger_id", "trigger_expired")
log = structlog.get_logger()


@dataclass
class Visit:
    """What a listener needs: who acts where, when, and the ways to answer them."""

    rituals: Rituals
    now: datetime
    body: dict[str, Any]
    client: AsyncWebClient
    _ack: AsyncAck
    _respond: AsyncRespond
    acked: bool = False
    held: bool = False
    """A submission was acknowledged with a view that says to wait, because its real answer takes too long."""
    known: Reader | None = field(default=None)
    afterwards: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    """What is done once the act is committed and answered: a failure of it is logged, for the act was no failure."""

    @property
    def workspace(self) -> str:
        return str(self.body.get("team_id") or (self.body.get("team") or {}).get("id") or self.body["user"]["team_id"])

    @property
    def slack_id(self) -> str:
        return str(self.body.get("user_id") or (self.body.get("user") or {}).get("id") or "")

    @property
    def action(self) -> dict[str, Any]:
        """The element that was used."""
        return dict(self.body["actions"][0])

    @property
    def view(self) -> dict[str, Any]:
        return dict(self.body["view"])

    @property
    def in_modal(self) -> bool:
        """Whether the act was done in a modal."""
        return (self.body.get("view") or {}).get("type") == "modal"

    @property
    def workspace_name(self) -> str:
        """Empty where Slack does not say."""
        return str(self.body.get("team_domain") or (self.body.get("team") or {}).get("domain") or "")

    @property
    def is_submission(self) -> bool:
        return self.body.get("type") == "view_submission"

    @property
    def source(self) -> str:
        """What makes a submission unique: sent twice it counts once, sent again with other answers it is another."""
        said = json.dumps(self.view["state"]["values"], sort_keys=True)
        return f"{self.view['id']}:{self.view['hash']}:{hashlib.sha256(said.encode()).hexdigest()[:16]}"

    @property
    def language(self) -> Language:
        return self.known.language if self.known else language("en-US")

    async def reader(self) -> Reader:
        """Whoever acts, looked up once."""
        if self.known is None:
            self.known = await self.rituals.actors.find(self.workspace, self.slack_id, self.now)
        return self.known

    async def read_again(self) -> Reader:
        """The same once they have written something: whoever does so is somebody of the company from then on."""
        self.known = None
        return await self.reader()

    async def ack(self, **answer: Any) -> None:
        if self.held:
            await self._finish(answer)
            return
        self.acked = True
        await self._ack(**answer)

    async def hold(self) -> None:
        """It takes longer than anybody would wait without a word."""
        if self.is_submission:
            if not self.acked:
                await self.ack(response_action="update", view=modal.waiting(self.language))
                self.held = True
            return
        if not self.acked:
            await self.ack()
        if self.body.get("response_url"):
            text = problems.say_slow(self.language)
            await self.reply(Message(text=text, blocks=[section(text)]))

    async def _finish(self, answer: dict[str, Any]) -> None:
        """Show in place of *One moment…* what the acknowledgement would have said."""
        if errors := answer.get("errors"):
            await self._bring_back(refill.again(self.view, errors=errors), escape(next(iter(errors.values()))))
        else:
            await self.show(answer.get("view") or modal.done(self.language))

    async def show(self, view: View, *, hash: str | None = None) -> bool:
        """Put a view in the place of the one acted in; False when that was closed or changed meanwhile."""
        try:
            await self.client.views_update(view_id=self.view["id"], hash=hash, view=view)
        except SlackApiError as error:
            if error.response.get("error") not in ("hash_conflict", "not_found"):
                raise
            return False
        return True

    async def _bring_back(self, view: View, text: Mrkdwn) -> None:
        """The form once more; whoever has closed it reads in a direct message that it was not saved."""
        if not await self.show(view):
            await self._write(Mrkdwn("\n").join([problems.say_not_saved(self.language), text]))

    async def _write(self, text: Mrkdwn) -> None:
        await self.client.chat_postMessage(channel=self.slack_id, text=text, blocks=[section(text)])

    async def reply(self, message: Message) -> None:
        """Answer where they are, seen only by them."""
        answer = await self._respond(
            text=message.text, blocks=message.blocks, response_type="ephemeral", replace_original=False
        )
        if answer.status_code != 200:
            log.warning("reply refused", status=answer.status_code)

    async def open(self, view: View, *, on_top: bool = False) -> None:
        """Open a modal, or one on top of the one acted in. The same act delivered twice has opened it already.

        Raises TooLate when it took too long.
        """
        opening = self.client.views_push if on_top else self.client.views_open
        try:
            await opening(trigger_id=self.body["trigger_id"], view=view)
        except SlackApiError as error:
            if error.response.get("error") in EXPIRED_TRIGGER:
                raise TooLate("form.expired") from error
            if error.response.get("error") != "exchanged_trigger_id":
                raise

    async def tell(self, text: Mrkdwn) -> None:
        """Say what went wrong where the person is, and lose nothing of what they typed."""
        if self.is_submission:
            await self._tell_in_form(text)
        elif self.body.get("response_url"):
            await self.reply(Message(text=text, blocks=[section(text)]))
        elif self.body.get("trigger_id"):
            try:
                await self.open(modal.notice(self.language, text), on_top=self.in_modal)
            except TooLate:
                await self._write(text)

    async def _tell_in_form(self, text: Mrkdwn) -> None:
        """Beside the first field, so that the form and all that was typed stay; else in its place."""
        inputs = [block["block_id"] for block in self.view["blocks"] if block["type"] == "input"]
        if not self.acked and inputs:
            await self.ack(response_action="errors", errors={inputs[0]: _plain(text)})
        elif self.acked:
            back = refill.again(self.view, text) if inputs else modal.notice(self.language, text)
            await self._bring_back(back, text)
        else:
            await self.ack(response_action="update", view=modal.notice(self.language, text))


Handle = Callable[[Visit], Awaitable[None]]


class Door:
    """Turns a handler into a listener Bolt can call. No exception ever leaves one: an exception right after
    its ack would take the ack back (measured on slack-bolt 1.30), and the person would read "dispatch_failed".
    """

    def __init__(self, rituals: Rituals, clock: Clock, patience: float = PATIENCE_SECONDS) -> None:
        self.rituals = rituals
        self.clock = clock
        self.patience = patience

    def listener(self, handle: Handle) -> Callable[..., Awaitable[None]]:
        async def listen(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond) -> None:
            visit = Visit(self.rituals, self.clock(), body, client, ack, respond)
            trouble = await self._caught(self._patiently(handle, visit), visit, handle.__name__)
            if trouble:
                await _attempt(visit.tell(trouble))
            if not visit.acked:
                await visit.ack()
            for one in visit.afterwards:
                await self._caught(one(), visit, f"after {handle.__name__}")

        listen.__name__ = handle.__name__
        return listen

    async def _caught(self, doing: Awaitable[None], visit: Visit, name: str) -> Mrkdwn | None:
        """Do it; answers what the person should read when it went wrong."""
        try:
            await doing
        except Problem as problem:
            log.info("refused", problem=problem.id, handler=name)
            return problems.say(problem, visit.language)
        except Exception as error:  # the one place: the person is told, the log has the rest
            reference = secrets.token_hex(4)
            self.rituals.counting.broke(name)
            log.error("handler failed", handler=name, reference=reference, exc_info=error)
            return problems.say_unexpected(reference, visit.language)
        return None

    async def _patiently(self, handle: Handle, visit: Visit) -> None:
        """Handle it, and say so in time when it takes longer."""
        handling = asyncio.ensure_future(handle(visit))
        try:
            await asyncio.wait({handling}, timeout=self.patience)
            if not handling.done():
                log.warning("slow", handler=handle.__name__)
                await _attempt(visit.hold())
            await handling
        finally:
            handling.cancel()


async def _attempt(telling: Awaitable[None]) -> None:
    """Telling a person about a failure may fail too; then only the log is left."""
    try:
        await telling
    except FAILURES as error:
        reason = error.response.get("error") if isinstance(error, SlackApiError) else type(error).__name__
        log.warning("could not tell", error=reason)


def _plain(text: Mrkdwn) -> str:
    """Errors beside a field are plain text: no markup, no entities."""
    words = text.replace("*", "").replace("`", "")
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
