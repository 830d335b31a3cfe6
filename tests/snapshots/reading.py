"""What is read rather than answered: the digest, status, Home, history."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from blocks import digest, history, home, status
from blocks.digest import Circumstances
from blocks.history import Candidate, Event, History
from blocks.home import Home, TeamView
from blocks.language import Language
from blocks.leave import Away
from blocks.message import Message
from blocks.status import TROUBLES, Status
from okr.absence import Absence
from okr.checkins import Via
from okr.definitions import KeyResultDefinition, ObjectiveDefinition
from okr.digest import summarise
from okr.goals import Ambition, State
from okr.history import Answered, Moved, Revised
from okr.rounds import RoundState
from okr.standing import Standing
from tests.blocks.crowd import crowd
from tests.making import FALLS, GROWS, LOVE, MONDAY, ROME, STEPPED, checkin, key_result, round_of
from tests.snapshots.drawing import Drawn, end_of
from tests.snapshots.samples import (
    AHEAD,
    ANSWERED_GREEN,
    ANSWERED_RED,
    AWAY,
    CLOSE_CALLS,
    CONFIRMED,
    DANA,
    FAR_BEHIND,
    FRIDAY,
    GIULIA,
    GONE,
    GREEN,
    GREEN_IN_NUMBERS,
    GROWTH,
    HOLIDAY,
    IN_NUMBERS,
    LAST_WEEK,
    LUCA,
    LUCAS,
    NEVER,
    NEVER_AWAY,
    NOAH,
    OFF_TRACK,
    PLATFORM,
    REACHED,
    RED,
    REVENUE,
    STALE,
    STEADY,
    TITLED,
    TODAY,
    YELLOW,
)

LEFT = replace(FAR_BEHIND, key_result=replace(FAR_BEHIND.key_result, title="Letters answered"), owner=GONE)
MIXED = (OFF_TRACK, ANSWERED_RED, ANSWERED_GREEN, CONFIRMED, STALE, FAR_BEHIND, LEFT, AHEAD, NEVER, LUCAS)
MOVED = Moved(
    "Days until a refund", FALLS, replace(FALLS, target=FALLS.target + 1), "Luca Bianchi", "The bank needs five"
)


def digest_(reader: Language) -> Mapping[str, Drawn]:
    round = round_of(state=RoundState.CLOSED)
    off_for = (AWAY, replace(AWAY, key_result=NEVER.key_result), HOLIDAY, NEVER_AWAY, ANSWERED_GREEN)
    late = summarise(GROWTH, round, (replace(CONFIRMED, late=True), replace(LUCAS, asked=NOAH, instead_of=None)))
    return {
        "Tuesday 10:00": digest.render(
            summarise(GROWTH, round, (ANSWERED_RED, CONFIRMED, ANSWERED_GREEN, AHEAD, replace(REVENUE, asked=GIULIA))),
            reader,
        ),
        "With everything": digest.render(
            summarise(GROWTH, round, (*MIXED, replace(STEADY, asked=GIULIA)), unreached={"giulia"}),
            reader,
            Circumstances(missed=(date(2026, 11, 9),), moved=(MOVED, replace(MOVED, by="", why=""))),
        ),
        "All is well": digest.render(summarise(GROWTH, round, (ANSWERED_GREEN, AHEAD)), reader),
        "In numbers": digest.render(summarise(GROWTH, round, (IN_NUMBERS, GREEN_IN_NUMBERS)), reader),
        "Some are away or have a day off": digest.render(summarise(GROWTH, round, off_for), reader),
        "One is on a day off": digest.render(summarise(GROWTH, round, (HOLIDAY, ANSWERED_GREEN)), reader),
        "Updated by a late answer": digest.render(late, reader, Circumstances(updated=True)),
        "A newer round is open": digest.render(
            summarise(GROWTH, round, (*MIXED[:1], replace(STEADY, asked=GIULIA)), unreached={"giulia"}),
            reader,
            Circumstances(over=True, moved=(MOVED,) * 7),
        ),
        "A colour is gone": [
            digest.render(summarise(GROWTH, round, [replace(ANSWERED_GREEN, before=before)]), reader)[0]
            for before in (checkin(8, RED), checkin(8, YELLOW))
        ],
        "Nothing is green any more": digest.render(
            summarise(GROWTH, round, [replace(CONFIRMED, before=checkin(97, GREEN))]), reader
        ),
        "Nobody has answered yet": digest.render(summarise(GROWTH, round, (NEVER,)), reader),
        "A thread that became empty": digest.nothing_more(reader),
    }


def digest_thread(reader: Language) -> Mapping[str, Drawn]:
    summary = summarise(GROWTH, round_of(), crowd("A key result with a long title ", 100, 48))
    one_more = [replace(NEVER, key_result=replace(NEVER.key_result, title=f"Shop {n}")) for n in range(35)]
    wins = [replace(ANSWERED_GREEN, key_result=replace(STEADY.key_result, title=f"Shop {n}")) for n in range(9)]
    return {
        "One more than fits": [end_of(one) for one in _digest(one_more, reader)],
        "Wins that do not fit": [end_of(one) for one in _digest(wins, reader)],
        "More than fits": [end_of(one) for one in digest.render(summary, reader)],
    }


def _digest(standings: Sequence[Standing], reader: Language) -> list[Message]:
    return digest.render(summarise(GROWTH, round_of(), standings), reader)


def status_(reader: Language) -> Mapping[str, Drawn]:
    names = {"person": "Luca Bianchi", "team": "Growth", "words": "refunds", "priority": "1"}
    shown = {"me": MIXED, "done": (REACHED,), "at-risk": (ANSWERED_RED, CONFIRMED), "off-track": (OFF_TRACK,)}
    questions = ("me", "person", "team", "words", "priority", "done", *sorted(TROUBLES), "on-track")
    asked = {
        what: Status(
            status.heading(what, reader, names.get(what, "")), shown.get(what, (STEADY,)), frozenset(), ROME, what=what
        )
        for what in questions
    }
    may = frozenset(one.key_result.id for one in MIXED)
    return {
        **{f"/okr status: {what}": status.render(one, reader) for what, one in asked.items()},
        "In numbers": status.render(replace(asked["me"], standings=(IN_NUMBERS, GREEN_IN_NUMBERS)), reader),
        "What I may answer": status.render(
            replace(asked["me"], answerable=may, standings=(STEADY, ANSWERED_RED)), reader
        ),
        "In review, also with a deputy": status.render(
            replace(asked["team"], standings=(replace(STEADY, in_review=True), replace(LUCAS, in_review=True))), reader
        ),
        "Not mine to answer": status.render(
            replace(asked["team"], standings=(replace(STEADY, owner=LUCA), AWAY, HOLIDAY, NEVER_AWAY)), reader
        ),
        "Nothing to worry about": status.render(replace(asked["at-risk"], standings=()), reader),
        "Nothing": status.render(replace(asked["done"], standings=()), reader),
        "Two are done": status.render(replace(asked["done"], standings=(REACHED, REACHED)), reader),
        "Somebody who is away": status.render(
            replace(asked["person"], away=Away(Absence(MONDAY, FRIDAY), MONDAY, LUCA)), reader
        ),
        "By a hair": status.render(replace(asked["team"], standings=CLOSE_CALLS), reader),
        "One more than fits": end_of(status.render(replace(asked["team"], standings=crowd("x", 1, 35)), reader)),
        "More than fit": end_of(status.render(replace(asked["team"], standings=crowd("x", 1, 45)), reader)),
    }


def status_as_of(reader: Language) -> Mapping[str, Drawn]:
    heading = status.heading("team", reader, "Growth")
    then = Status(heading, (OFF_TRACK, NEVER, REACHED), frozenset(), ROME, what="team", day=date(2026, 11, 10))
    return {
        "A day that has passed": status.render(then, reader),
        "Nothing": status.render(replace(then, standings=()), reader),
    }


def home_(reader: Language) -> Mapping[str, Drawn]:
    teams = (TeamView(GROWTH, MIXED[:4]), TeamView(replace(PLATFORM, next_date=None), ()))
    drafts = TITLED[:1]
    whole = Home(DANA, (OFF_TRACK, STEADY, NEVER), teams, to_review=drafts, proposed=((TITLED[2], "Luca Bianchi"),))
    return {
        "Dana's, who leads Growth": home.render(whole, reader),
        "Nothing of one's own, away": home.render(Home(DANA, (), (), Away(Absence(MONDAY, FRIDAY), MONDAY)), reader),
        "A stranger's": home.render_stranger(reader, guest=False),
        "A guest's": home.render_stranger(reader, guest=True),
    }


def history_(reader: Language) -> Mapping[str, Drawn]:
    names = {"dana": "Dana Rossi", "luca": "Luca Bianchi", "love": LOVE.title}
    was = KeyResultDefinition("love", "Days until a refund", "dana", "dana", FALLS)
    now = replace(
        was, owner_id="luca", measure=STEPPED, source="The till", weight=was.weight * 2, priority=1, private=True,
        starts=MONDAY, state=State.PAUSED,
    )  # fmt: skip
    above = ObjectiveDefinition("growth", "q4", LOVE.title)
    aspires = replace(above, ambition=Ambition.ASPIRATIONAL, ends=FRIDAY, owner_id="gone")
    told = checkin(41, RED, at=TODAY, note="Two shops closed")
    events = (
        Event("Returning customers", DANA, Answered(told, checkin(45, YELLOW), GROWS)),
        Event("Returning customers", DANA, Answered(told, None, GROWS, edits=True)),
        Event("Returning customers", LUCA, Answered(checkin(45, GREEN, via=Via.ONE_TAP), checkin(45, GREEN), GROWS)),
        Event("Days until a refund", LUCA, Revised("kr", LAST_WEEK, "luca", "The bank needs five", was, now)),
        Event(LOVE.title, None, Revised("love", LAST_WEEK, "import", "", above, aspires)),
        Event("Days until a refund", DANA, Revised("kr", LAST_WEEK - timedelta(days=400), "dana", "", None, was)),
        Event(LOVE.title, DANA, Revised("love", LAST_WEEK - timedelta(days=400), "dana", "", None, above)),
    )
    mine = History(events, len(events), ROME, MONDAY, names)
    one = replace(mine, events=events[:3], count=9, about="Returning customers")
    found = [
        Candidate(key_result("Refunds in a week"), GROWTH, "refunds growth"),
        Candidate(key_result("Refunds"), PLATFORM, "refunds platform"),
    ]
    return {
        "Of my key results": history.render(mine, reader),
        "Of one": history.render(one, reader),
        "Nothing yet": history.render(replace(one, events=(), count=0), reader),
        "Which one?": history.render_choice("refunds", found, reader),
        "Which of many?": end_of(history.render_choice("refunds", found * 7, reader)),
    }
