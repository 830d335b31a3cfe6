"""Everything one can do in Slack, done by somebody who must not learn of what is private to a team."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import handlers
from blocks import command_words, ids, why
from playground.traffic import Entry
from tests import passed_on
from tests.somebody import MARK, MONDAY, Act, pressing, saying
from tests.stage import Stage

KEY_RESULT, DAY = "kr:{price}:", f"day:{MONDAY}"


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
    "/okr export": saying("/okr export yaml history", "/okr export csv", "/okr export csv history", "/okr export md"),
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
    f"action {ids.DETAILS}": passed_on.adds_details,
    f"action {ids.CONFIDENCE}": passed_on.chooses_a_colour,
    f"action {ids.FEWER}": pressing(ids.FEWER, "fewer", "usual"),
    f"action {ids.TREE}": pressing(ids.TREE, "home"),
    f"action {ids.EDIT_DEFINITION}": pressing(ids.EDIT_DEFINITION, "objective:{plan}", "key_result:{price}"),
    f"action {ids.SETUP}": pressing(ids.SETUP, "set up"),
    f"action {ids.NEW_OBJECTIVE}": pressing(ids.NEW_OBJECTIVE, "new"),
    f"action {ids.CHOOSE_DEFINITION}": pressing(ids.CHOOSE_DEFINITION, "edit"),
    f"action {ids.UNDO}": pressing(ids.UNDO, "{source}"),
    f"action {ids.REVIEW}": pressing(ids.REVIEW, "{plan}", "{love}"),
    f"action {ids.TEMPLATE}": passed_on.chooses_a_template,
    f"action {ids.SKIP}": lambda one: passed_on.key_result(one, new=True, ends="skips"),
    f"view {ids.CHECK_IN_VIEW}": passed_on.submits_a_check_in,
    f"view {ids.EXPORT_VIEW}": passed_on.exports,
    f"view {ids.LATER_VIEW}": passed_on.puts_off,
    f"view {ids.SETUP_VIEW}": passed_on.sets_up,
    f"view {ids.REVIEW_VIEW}": passed_on.reviews,
    f"view {ids.OBJECTIVE_VIEW}": passed_on.objective,
    f"view {ids.KEY_RESULT_VIEW}": passed_on.key_result,
    f"view {ids.CHOICE_VIEW}": passed_on.chooses_to_edit,
    f"view_closed {ids.OBJECTIVE_VIEW}": lambda one: passed_on.objective(one, closes=True),
    f"view_closed {ids.KEY_RESULT_VIEW}": lambda one: passed_on.key_result(one, new=True, ends="closes"),
    f"shortcut {ids.CHECK_IN_SHORTCUT}": passed_on.shortcut,
    "event app_home_opened": passed_on.home,
    "event member_joined_channel": passed_on.comes_and_goes,
    "event member_left_channel": passed_on.comes_and_goes,
    "event message": saying("What about the takeover?"),
    "event user_change": passed_on.changes,
    "event team_join": passed_on.somebody_new,
}
"""Each surface with what is done there. Ids of what is private are known to whoever acts: a button can be passed on."""


def told(entry: Entry) -> bool:
    """Whether something private went out to Slack with this."""
    return entry.direction == "from bot" and MARK in json.dumps(entry.body, default=str, ensure_ascii=False)
