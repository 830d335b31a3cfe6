"""Judging how a key result stands from all that is known of it: its answers, its team's rounds, and who was asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from okr.cadence import grace_ends
from okr.checkins import CheckIn, may_repeat
from okr.goals import KeyResult, Person
from okr.rounds import Ask, Round, RoundState
from okr.standing import Standing


@dataclass(frozen=True)
class Known:
    """What is known of one key result. Answers, one of each round, and rounds that have opened are the newest first;
    asks are by their round, also those that were excused. `zone` is the team's.
    """

    key_result: KeyResult
    persons: Mapping[str, Person]
    answers: Sequence[CheckIn]
    rounds: Sequence[Round]
    asks: Mapping[str, Ask]
    zone: str
    open_actions: int = 0


def judge(known: Known, now: datetime, today: date, chosen: Round | None = None) -> Standing:
    """How it stands in the chosen round, as far as was known in it, else in the newest one with all that is known.

    `today` is the day pace is read on.
    """
    one = known.key_result
    round = chosen or next(iter(known.rounds), None)
    answers = [each for each in known.answers if chosen is None or _is_known_in(chosen, each, known.rounds)]
    then = replace(known, rounds=[each for each in known.rounds if chosen is None or each.date <= chosen.date])
    last = next(iter(answers), None)
    given = next((each for each in answers if round and each.round_id == round.id), None)
    ask = known.asks.get(round.id) if round else None
    answers_for_it = known.persons[one.check_in_owner_id]
    asked = known.persons[ask.person_id] if ask else answers_for_it
    is_asked = ask is not None and not ask.excused
    return Standing(
        key_result=one,
        owner=known.persons[one.owner_id],
        asked=asked,
        instead_of=answers_for_it if asked != answers_for_it and answers_for_it.is_away(today) else None,
        excuse=ask.excuse if ask else None,
        today=today,
        last=last,
        before=next((each for each in answers if last and each.round_id != last.round_id), None),
        answered=given is not None,
        late=bool(given and round and given.given_at > round.closes_at),
        in_review=bool(is_asked and round and round.state is RoundState.OPEN and not given),
        unanswered=bool(is_asked and round and not given and not (last and last.at >= round.opens_at)),
        stale=_is_stale(then, last, now),
        overdue=_is_overdue(then, last, today),
        repeatable=may_repeat(answers),
        open_actions=known.open_actions,
    )


def _is_known_in(chosen: Round, answer: CheckIn, rounds: Sequence[Round]) -> bool:
    """Whether an answer belongs to what a round shows: an old digest keeps saying what it was about."""
    if answer.round_id is None or answer.round_id == chosen.id:
        return True
    answered_for = next((each.date for each in rounds if each.id == answer.round_id), None)
    if answered_for is not None:
        return answered_for <= chosen.date
    # A planned round (an early answer) comes after every opened one; a forgotten round came before.
    return chosen.state is RoundState.OPEN or answer.at <= chosen.closes_at


def _silence(known: Known, last: CheckIn | None, is_over: Callable[[Round, Ask], bool]) -> Ask | None:
    """The ask of the newest round that is over and asked for this key result, if nothing was said since."""
    for round in known.rounds:
        ask = known.asks.get(round.id)
        if ask is None or ask.excused or round.state is not RoundState.CLOSED or not is_over(round, ask):
            continue
        is_silent = last is None or (last.round_id != round.id and last.at < round.opens_at)
        return ask if is_silent else None
    return None


def _is_stale(known: Known, last: CheckIn | None, now: datetime) -> bool:
    """True when the newest round past its grace asked for this key result and nothing was said since."""

    def grace_is_over(round: Round, ask: Ask) -> bool:
        return (ask.grace_ends or grace_ends(round.closes_at, known.zone)) <= now

    return _silence(known, last, grace_is_over) is not None


def _is_overdue(known: Known, last: CheckIn | None, today: date) -> bool:
    """True when a round has closed without an answer, and whoever it asked is there to give it."""
    ask = _silence(known, last, lambda round, ask: True)
    return ask is not None and not known.persons[ask.person_id].is_away(today)
