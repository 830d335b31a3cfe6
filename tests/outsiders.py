"""Everything one can do in Slack, done by somebody who must not learn of what is private to a team."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

import handlers
from blocks import (
    checkin_form,
    command_words,
    definition_choice,
    ids,
    key_result_form,
    later,
    objective_form,
    review_form,
    setup_form,
    why,
)
from blocks.language import language
from blocks.message import View
from blocks.templates import Offer, departments
from okr.definitions import Titled
from okr.goals import State
from playground import Person
from playground.traffic import Entry
from rituals.actors import Reader
from tests.form import fills_in, opens_details
from tests.stage import Stage

MARK, MASK = "Zanzibar", "Something"
"""A word in every text of what is private, and what stands for it in a form that is shown to somebody else."""
ENGLISH = language("en-GB")
MONDAY = date(2026, 11, 16)
PRICE, STEPS, PLAN = f"{MARK} price", f"{MARK} steps", f"{MARK} takeover"


class Registered:
    """Notes what a person can do, as it is registered."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def __getattr__(self, kind: str) -> Callable[[str], Callable[[object], object]]:
        def note(name: str) -> Callable[[object], object]:
            self.names.add(f"{kind} {name}")
            return lambda listener: listener

        return note

    def error(self, listener: object) -> object:
        return listener


def everything(stage: Stage) -> set[str]:
    """The names of all surfaces: what is registered, each word behind `/okr`, and what `/okr status` can be about."""
    app = Registered()
    handlers.register(app, stage.running.rituals, lambda: datetime.now(UTC))  # type: ignore[arg-type]
    words = {f"/okr {one}" for one in command_words.COMMANDS}
    return (app.names - {"command /okr"}) | words | {f"/okr status {one}" for one in command_words.SUBJECTS}


@dataclass
class Somebody:
    """Whoever acts, and what was sent meanwhile. `known` are the ids of what is private, by title."""

    stage: Stage
    person: Person
    known: dict[str, str]
    reads: set[str] = field(default_factory=set)

    @property
    def client(self) -> AsyncWebClient:
        messenger: Any = self.stage.running.rituals.messenger
        found: AsyncWebClient = messenger.reading
        return found

    async def says(self, text: str) -> None:
        await self.person.types(text)
        await self.person.closes_all()

    async def presses(self, action: str, value: str) -> None:
        """Press a button that somebody has passed on."""
        await self._posts({"type": "button", "action_id": action, "value": value})
        await self.person.clicks("Press", message=self.person.reads()[-1])
        await self.person.closes_all()

    async def is_shown(self, view: View) -> None:
        """Have a form on the screen that was drawn for somebody else, its private texts masked."""
        await self._posts({"type": "button", "action_id": "none", "value": "none"})
        await self.person.clicks("Press", message=self.person.reads()[-1])
        trigger = next(one.body["trigger_id"] for one in reversed(self.stage.playground.traffic) if _is_press(one))
        await self.client.views_open(trigger_id=trigger, view=json.loads(json.dumps(view).replace(MARK, MASK)))

    async def reader(self, who: Person) -> Reader:
        reader = await self.stage.running.rituals.actors.find(self.workspace, who.id, datetime.now(UTC))
        return replace(reader, language=ENGLISH)

    @property
    def workspace(self) -> str:
        return self.stage.running.workspace.id

    async def _posts(self, button: dict[str, Any]) -> None:
        shown = {**button, "text": {"type": "plain_text", "text": "Press"}}
        blocks = [{"type": "actions", "elements": [shown]}]
        await self.client.chat_postMessage(channel=self.person.id, text="Passed on", blocks=blocks)


def _is_press(entry: Entry) -> bool:
    return entry.direction == "to bot" and isinstance(entry.body, dict) and "trigger_id" in entry.body


Act = Callable[[Somebody], Awaitable[None]]


def saying(*texts: str) -> Act:
    async def act(one: Somebody) -> None:
        for text in texts:
            await one.says(text.format(**one.known, luca=f"<@{one.stage.luca.id}>", growth=f"<#{one.stage.growth.id}>"))

    return act


def pressing(action: str, *values: str) -> Act:
    async def act(one: Somebody) -> None:
        for value in values:
            await one.presses(action, value.format(**one.known))

    return act


KEY_RESULT, DAY = "kr:{price}:", f"day:{MONDAY}"


async def _checks_in(one: Somebody, which: str = "price") -> None:
    luca = await one.reader(one.stage.luca)
    rituals = one.stage.running.rituals
    form = await rituals.checkins.find(one.workspace, luca, datetime.now(UTC), key_result_id=one.known[which])
    await one.is_shown(checkin_form.render(form, ENGLISH))


async def _submits_a_check_in(one: Somebody) -> None:
    await _checks_in(one)
    title = PRICE.replace(MARK, MASK)
    await fills_in(one.person, title, "7", "Off track")
    await one.person.submits()
    await one.person.closes_all()


async def _opens_details(one: Somebody) -> None:
    await _checks_in(one, "steps")
    await opens_details(one.person, STEPS.replace(MARK, MASK))
    await one.person.closes_all()


async def _chooses_a_colour(one: Somebody) -> None:
    await _checks_in(one, "steps")
    await fills_in(one.person, STEPS.replace(MARK, MASK), colour="Off track")
    await one.person.closes_all()


async def _reviews(one: Somebody) -> None:
    dana = await one.reader(one.stage.dana)
    form = await one.stage.running.rituals.reviews.open(one.workspace, dana, one.known["plan"])
    await one.is_shown(review_form.render(form, ENGLISH))
    await one.person.submits()
    await one.person.closes_all()


async def _objective(one: Somebody, *, closes: bool = False) -> None:
    dana = await one.reader(one.stage.dana)
    objectives = one.stage.running.rituals.objectives
    if closes:
        view = objective_form.render(await objectives.begin(one.workspace, dana, datetime.now(UTC)), ENGLISH)
    else:
        view = objective_form.render(await objectives.open(one.workspace, dana, one.known["plan"]), ENGLISH)
    await one.is_shown(view)
    await (one.person.closes() if closes else one.person.submits())
    await one.person.closes_all()


async def _chooses_a_template(one: Somebody) -> None:
    dana = await one.reader(one.stage.dana)
    form = await one.stage.running.rituals.objectives.begin(one.workspace, dana, datetime.now(UTC))
    await one.is_shown(objective_form.render(form, ENGLISH))
    await one.person.chooses("Start from a template", departments(ENGLISH)[0].templates[0].title)
    await one.person.closes_all()


async def _key_result(one: Somebody, *, new: bool = False, ends: str = "submits") -> None:
    dana = await one.reader(one.stage.dana)
    key_results = one.stage.running.rituals.key_results
    if new:
        form = await key_results.begin(one.workspace, dana, one.known["plan"])
        form = replace(form, offer=Offer(departments(ENGLISH)[0].templates[0].id))
    else:
        form = await key_results.open(one.workspace, dana, one.known["price"])
    await one.is_shown(key_result_form.render(form, ENGLISH))
    if ends == "skips":
        await one.person.clicks("Skip")
    else:
        await getattr(one.person, ends)()
    await one.person.closes_all()


async def _chooses_to_edit(one: Somebody) -> None:
    titled = Titled(one.known["plan"], MASK, "", frozenset(), State.ACTIVE, private=True)
    below = replace(titled, key_result_id=one.known["price"], key_result=MASK)
    for place in range(3):
        view = definition_choice.render([titled, below], {titled.objective_id}, ENGLISH)
        menu = view["blocks"][0]["element"]
        menu["initial_option"] = menu["option_groups"][0]["options"][place]
        await one.is_shown(view)
        await one.person.submits()
        await one.person.closes_all()


async def _puts_off(one: Somebody) -> None:
    hour = datetime.now(UTC) + timedelta(hours=1)
    await one.is_shown(later.render([hour], MONDAY, ENGLISH, "Europe/Rome"))
    await one.person.submits()
    await one.person.closes_all()


async def _sets_up(one: Somebody) -> None:
    dana = await one.reader(one.stage.dana)
    form = await one.stage.running.rituals.setups.begin(one.workspace, dana, one.stage.growth.id)
    await one.is_shown(setup_form.render(form, ENGLISH))
    await one.person.submits()
    await one.person.closes_all()


async def _comes_and_goes(one: Somebody) -> None:
    await one.stage.support.invite(one.person)
    await one.stage.support.kick(one.person)
    if one.person is one.stage.priya or one.person is one.stage.elena:
        await one.stage.support.invite(one.person)


async def _changes(one: Somebody) -> None:
    await one.stage.playground.change(one.person, real_name=f"{one.person.member.real_name} Junior")


async def _somebody_new(one: Somebody) -> None:
    one.stage.playground.person(f"new-{one.person.name}", real_name="Somebody New")
    await one.stage.settle()


async def _home(one: Somebody) -> None:
    await one.person.opens_home()


async def _shortcut(one: Somebody) -> None:
    await one.person.uses_shortcut("OKR check-in")
    await one.person.closes_all()


TABLE: dict[str, Act] = {
    "/okr status": saying("/okr", "/okr status {luca}", "/okr status growth", "/okr status {growth}", "/okr status p1"),
    "/okr checkin": saying("/okr checkin"),
    "/okr setup": saying("/okr setup"),
    "/okr new": saying("/okr new"),
    "/okr edit": saying("/okr edit", "/okr edit takeover", "/okr edit price", "/okr edit neighbour"),
    "/okr away": saying("/okr away until Friday", "/okr away", "/okr away no"),
    "/okr back": saying("/okr back"),
    "/okr tree": saying("/okr tree", "/okr tree growth", "/okr tree {growth}", "/okr tree support"),
    "/okr history": saying("/okr history", "/okr history takeover", "/okr history price", "/okr history refunds"),
    "/okr preview": saying("/okr preview", "/okr preview growth", "/okr preview all"),
    "/okr doctor": saying("/okr doctor"),
    "/okr help": saying("/okr help", "/okr takeover"),
    "/okr status me": saying("/okr status me", "/okr status me as of yesterday"),
    "/okr status at-risk": saying("/okr status at-risk", "/okr status takeover", "/okr status price"),
    "/okr status off-track": saying("/okr status off-track", "/okr status off-track as of today"),
    "/okr status on-track": saying("/okr status on-track"),
    "/okr status behind": saying("/okr status behind", "/okr status growth as of yesterday"),
    "/okr status overdue": saying("/okr status overdue"),
    "/okr status done": saying("/okr status done"),
    "/okr status stale": saying("/okr status stale"),
    f"action {ids.CHECK_IN}": pressing(ids.CHECK_IN, KEY_RESULT, f"{KEY_RESULT}{MONDAY}", DAY),
    f"action {ids.EDIT}": pressing(ids.EDIT, KEY_RESULT),
    f"action {ids.NOTHING_CHANGED}": pressing(ids.NOTHING_CHANGED, KEY_RESULT),
    f"action {ids.NOTHING_CHANGED_ALL}": pressing(ids.NOTHING_CHANGED_ALL, DAY),
    f"action {ids.LATER}": pressing(ids.LATER, DAY),
    f"action {ids.WHY}": pressing(
        ids.WHY,
        *(ids.about_message(one, MONDAY) for one in (why.PROMPT, why.NOTICE, why.WELCOME)),
        *(ids.about_message(one, "{round}") for one in (why.DIGEST, why.UNPOSTED)),
    ),
    f"action {ids.POST_AGAIN}": pressing(ids.POST_AGAIN, "sending:{delivery}:1"),
    f"action {ids.DETAILS}": _opens_details,
    f"action {ids.CONFIDENCE}": _chooses_a_colour,
    f"action {ids.TREE}": pressing(ids.TREE, "home"),
    f"action {ids.EDIT_DEFINITION}": pressing(ids.EDIT_DEFINITION, "objective:{plan}", "key_result:{price}"),
    f"action {ids.SETUP}": pressing(ids.SETUP, "set up"),
    f"action {ids.NEW_OBJECTIVE}": pressing(ids.NEW_OBJECTIVE, "new"),
    f"action {ids.CHOOSE_DEFINITION}": pressing(ids.CHOOSE_DEFINITION, "edit"),
    f"action {ids.UNDO}": pressing(ids.UNDO, "{source}"),
    f"action {ids.REVIEW}": pressing(ids.REVIEW, "{plan}"),
    f"action {ids.TEMPLATE}": _chooses_a_template,
    f"action {ids.SKIP}": lambda one: _key_result(one, new=True, ends="skips"),
    f"view {ids.CHECK_IN_VIEW}": _submits_a_check_in,
    f"view {ids.LATER_VIEW}": _puts_off,
    f"view {ids.SETUP_VIEW}": _sets_up,
    f"view {ids.REVIEW_VIEW}": _reviews,
    f"view {ids.OBJECTIVE_VIEW}": _objective,
    f"view {ids.KEY_RESULT_VIEW}": _key_result,
    f"view {ids.CHOICE_VIEW}": _chooses_to_edit,
    f"view_closed {ids.OBJECTIVE_VIEW}": lambda one: _objective(one, closes=True),
    f"view_closed {ids.KEY_RESULT_VIEW}": lambda one: _key_result(one, new=True, ends="closes"),
    f"shortcut {ids.CHECK_IN_SHORTCUT}": _shortcut,
    "event app_home_opened": _home,
    "event member_joined_channel": _comes_and_goes,
    "event member_left_channel": _comes_and_goes,
    "event message": saying("What about the takeover?"),
    "event user_change": _changes,
    "event team_join": _somebody_new,
}
"""Each surface with what is done there. Ids of what is private are known to whoever acts: a button can be passed on."""


def told(entry: Entry) -> bool:
    """Whether something private went out to Slack with this."""
    return entry.direction == "from bot" and MARK in json.dumps(entry.body, default=str, ensure_ascii=False)
