"""Everybody owed in a round has one fate, and the counts add up to them."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okr.absence import Excuse
from okr.deliveries import DeliveryState
from okr.rollcall import Fate, RollCall, Sending, call_roll
from okr.rounds import Ask, Round, RoundState
from tests.making import MONDAY, at, person, team

NOW = at("2026-11-16 12:00")
ROUND = Round("r1", "growth", MONDAY, RoundState.OPEN, at("2026-11-16 08:00"), at("2026-11-17 09:00"))
NAMES = ("Dana Rossi", "Luca Bianchi", "Elena Ferri", "Omar Said")
PEOPLE = {one.id: one for one in map(person, NAMES)}


def ask(person_id: str, key_result: str, excuse: Excuse | None = None) -> Ask:
    return Ask("r1", key_result, person_id, MONDAY, ROUND.opens_at, excuse=excuse)


def sending(state: DeliveryState, due_at: datetime = ROUND.opens_at, **given: object) -> Sending:
    return Sending("d1", state, due_at, **given)  # type: ignore[arg-type]


def roll(
    asks: list[Ask],
    answered: set[str] | None = None,
    messages: Mapping[tuple[str, date], Sending] | None = None,
    digest: Sending | None = None,
    round: Round = ROUND,
) -> RollCall:
    return call_roll(
        team(), round, asks, PEOPLE, answered=answered or set(), messages=messages or {}, digest=digest, now=NOW
    )


@pytest.mark.parametrize(
    ("message", "fate"),
    [
        (sending(DeliveryState.PLANNED, NOW + timedelta(hours=1)), Fate.DUE),
        (sending(DeliveryState.PLANNED, NOW - timedelta(minutes=3)), Fate.LATE),
        (sending(DeliveryState.LEASED), Fate.SENDING),
        (sending(DeliveryState.SENT), Fate.ASKED),
        (sending(DeliveryState.UNKNOWN), Fate.UNCLEAR),
        (sending(DeliveryState.FAILED, reason="not_in_channel"), Fate.PARKED),
        (sending(DeliveryState.SKIPPED, reason="nothing is asked"), Fate.DROPPED),
    ],
)
def test_the_fate_of_somebody_asked_is_that_of_their_message(message: Sending, fate: Fate) -> None:
    (entry,) = roll([ask("dana", "a")], messages={("dana", MONDAY): message}).entries
    assert (entry.fate, entry.reason) == (fate, message.reason)


def test_who_answered_everything_has_answered_whatever_became_of_the_message() -> None:
    failed = {("dana", MONDAY): sending(DeliveryState.FAILED, reason="channel_not_found")}
    called = roll([ask("dana", "a"), ask("dana", "b")], {"a", "b"}, failed)
    assert [(one.fate, one.answered, one.owed, one.reason) for one in called.entries] == [(Fate.ANSWERED, 2, 2, "")]
    assert not called.needs_attention(NOW)


def test_who_answered_a_part_is_still_asked() -> None:
    (entry,) = roll(
        [ask("dana", "a"), ask("dana", "b")], {"a"}, {("dana", MONDAY): sending(DeliveryState.SENT)}
    ).entries
    assert (entry.fate, entry.answered, entry.owed) == (Fate.ASKED, 1, 2)


def test_who_is_excused_from_everything_is_excused_and_needs_nobody() -> None:
    called = roll([ask("dana", "a", Excuse.HOLIDAY), ask("dana", "b", Excuse.HOLIDAY)])
    assert [(one.fate, one.reason) for one in called.entries] == [(Fate.EXCUSED, "holiday")]
    assert not called.needs_attention(NOW)


def test_somebody_owed_without_any_message_needs_a_look() -> None:
    called = roll([ask("dana", "a")])
    assert [(one.fate, one.reason) for one in called.entries] == [(Fate.PARKED, "not planned")]
    assert called.needs_attention(NOW)


def test_a_digest_that_did_not_come_needs_a_look() -> None:
    assert roll([], digest=sending(DeliveryState.FAILED, reason="is_archived")).needs_attention(NOW)
    assert not roll([], digest=sending(DeliveryState.SENT)).needs_attention(NOW)
    late = Round("r1", "growth", MONDAY, RoundState.OPEN, ROUND.opens_at, NOW - timedelta(minutes=5))
    assert roll([], round=late).needs_attention(NOW)
    assert not roll([]).needs_attention(NOW)


asks_of_anybody = st.lists(
    st.builds(
        ask,
        st.sampled_from(sorted(PEOPLE)),
        st.sampled_from("abcdefgh"),
        st.one_of(st.none(), st.sampled_from(list(Excuse))),
    ),
    max_size=20,
)
messages_of_anybody = st.dictionaries(
    st.tuples(st.sampled_from(sorted(PEOPLE)), st.just(MONDAY)),
    st.builds(sending, st.sampled_from(list(DeliveryState)), st.sampled_from([NOW, NOW - timedelta(hours=1)])),
)


@given(asks_of_anybody, st.sets(st.sampled_from("abcdefgh")), messages_of_anybody)
def test_the_counts_always_add_up_to_the_people_owed(
    asks: list[Ask], answered: set[str], messages: dict[tuple[str, date], Sending]
) -> None:
    called = roll(asks, answered, messages)
    assert sum(called.counts.values()) == len({one.person_id for one in asks})
    assert {one.person.id for one in called.entries} == {one.person_id for one in asks}
    assert sum(one.owed for one in called.entries) == len([one for one in asks if one.excuse is None])
    assert all((one.fate is Fate.ANSWERED) == (one.owed > 0 and one.answered == one.owed) for one in called.entries)
