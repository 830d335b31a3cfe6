"""Who said and changed what, whatever people wrote: Slack takes it, and what does not fit is counted."""

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blocks import history as words
from blocks.history import Candidate, Event, History
from blocks.language import Language, language
from okr.definitions import KeyResultDefinition, ObjectiveDefinition
from okr.goals import Ambition, State
from okr.history import Answered, Revised
from tests.blocks import strategies as any_
from tests.blocks.test_renderings import is_fine, quick
from tests.making import GROWS, MONDAY, ROME, checkin, key_result, person, team

ENGLISH, ITALIAN = language("en-GB"), language("it-IT")


@st.composite
def definitions(draw: st.DrawFn) -> KeyResultDefinition:
    state, private = draw(st.sampled_from(State)), draw(st.booleans())
    owner, source = draw(st.sampled_from(["dana", "gone"])), draw(any_.texts)
    starts, priority = draw(st.none() | any_.days), draw(st.none() | st.integers(1, 9))
    return KeyResultDefinition(
        "love", draw(any_.texts), owner, "dana", draw(any_.measures()), source,
        state=state, private=private, starts=starts, priority=priority,
    )  # fmt: skip


@st.composite
def objectives(draw: st.DrawFn) -> ObjectiveDefinition:
    ambition = draw(st.sampled_from(Ambition))
    return ObjectiveDefinition("growth", "q4", draw(any_.texts), None, draw(any_.texts), ambition)


@st.composite
def events(draw: st.DrawFn) -> Event:
    title, by, at = draw(any_.texts), draw(st.none() | any_.people()), draw(any_.moments)
    if draw(st.booleans()):
        measure = draw(any_.measures())
        given = draw(any_.checkins(measure)), draw(st.none() | any_.checkins(measure))
        return Event(title, by, Answered(*given, measure, draw(st.booleans())))
    of = definitions() if draw(st.booleans()) else objectives()
    return Event(title, by, Revised("id", at, "dana", draw(any_.texts), draw(st.none() | of), draw(of)))


@given(few=st.lists(events(), max_size=4), many=st.integers(1, 30), zone=any_.zones, reader=any_.languages)
@quick
def test_any_history_fits_a_message(few: list[Event], many: int, zone: str, reader: Language) -> None:
    names = {"dana": "Dana Rossi", "love": "<!channel>", "growth": "@here"}
    for about in ("", "<!channel> *"):
        is_fine(words.render(History(few * many, len(few) * many + 3, zone, MONDAY, names, about), reader))


@pytest.mark.parametrize("known", [37, 38, 39, 100])
def test_what_does_not_fit_is_counted(known: int) -> None:
    moments = [checkin(value, at=checkin().at - timedelta(days=value)) for value in range(known)]
    told = [Event("Visits", person(), Answered(one, None, GROWS)) for one in moments]
    message = words.render(History(told, known + 7, ROME, MONDAY, {}, "Visits"), ENGLISH)
    entries = [block for block in message.blocks if block["type"] == "section"]
    (counted,) = re.findall(r"and (\d+) more, longer ago", str(message.blocks))
    assert len(entries) + int(counted) == known + 7
    (unread,) = re.findall(r"and (\d+) more, longer ago", message.text)
    assert message.text.count(" – Dana Rossi: ") + int(unread) == known + 7


def test_nothing_is_said_to_be_left_where_all_is_told() -> None:
    told = [Event("Visits", person(), Answered(checkin(45), checkin(40), GROWS))]
    message = words.render(History(told, 1, ROME, MONDAY, {}, "Visits"), ITALIAN)
    assert [block["text"]["text"] for block in message.blocks] == [
        "Storia: Visits",
        "lun 9 nov 09:05 – Dana Rossi\n40% → *45%* · 🟢 In linea",
    ]


@given(texts=st.lists(any_.texts, min_size=2, max_size=30), said=any_.texts, reader=any_.languages)
@quick
def test_any_choice_fits_a_message(texts: list[str], said: str, reader: Language) -> None:
    found = [Candidate(key_result(one), team(name=one), one) for one in texts]
    is_fine(words.render_choice(said, found, reader))
