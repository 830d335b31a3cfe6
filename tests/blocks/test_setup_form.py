"""The form of a team: what is drawn reads back as the same, and as what was chosen."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from blocks import setup_form, setup_standards
from blocks.language import Language
from blocks.message import View
from blocks.setup_form import SetupForm, SetupWords
from okr.cadence import Rhythm
from okr.confidence import Scale
from okr.standards import Limits, Standards
from tests.blocks.sending import ENGLISH, ITALIAN, field, inputs

TODAY = date(2026, 11, 16)
OWN = Standards(Scale.ONE_TO_FIVE, Limits(12, 3, 2, 6))
NEW = SetupForm("C0GROWTH", "Growth", ("U0DANA", "U0LUCA"), "it", Rhythm())
readers = pytest.mark.parametrize("reader", [ENGLISH, ITALIAN])


def sent(view: View, **changes: str) -> dict[str, Any]:
    """The view as it comes back; changes are the values of options, or texts, by the ids of their fields."""
    assert changes.keys() <= {block["block_id"] for block in inputs(view)}
    values = {
        block["block_id"]: {"a": _state(block["element"], changes.get(block["block_id"]))} for block in inputs(view)
    }
    return {**view, "state": {"values": values}}


def _state(element: dict[str, Any], change: str | None) -> dict[str, Any]:
    chosen = next((one for one in element.get("options", ()) if one["value"] == change), None)
    return {
        "value": element.get("initial_value") if change is None else change,
        "selected_option": (chosen or None) if change is not None else element.get("initial_option"),
        "selected_conversation": element.get("initial_conversation"),
        "selected_users": element.get("initial_users"),
    }


def read(form: SetupForm, reader: Language = ENGLISH, **changes: str) -> SetupWords:
    found = setup_form.read(sent(setup_form.render(form, reader), **changes), reader, TODAY, form.rhythm)
    assert isinstance(found, SetupWords), found
    return found


@readers
@pytest.mark.parametrize(
    "form",
    [
        NEW,
        replace(NEW, team_id="t", rhythm=Rhythm(at=time(8), digest_at=time(17, 30)), standards=OWN),
        replace(NEW, standards=OWN, set_by="Northwind"),
    ],
)
def test_a_form_sent_unchanged_says_what_it_showed(form: SetupForm, reader: Language) -> None:
    words = read(form, reader)
    assert (words.channel, words.name, words.people, words.language) == ("C0GROWTH", "Growth", form.people, "it")
    assert (words.rhythm, words.standards) == (form.rhythm, {})


@pytest.mark.parametrize("scale", Scale)
def test_the_scale_and_the_limits_are_read_as_they_were_chosen(scale: Scale) -> None:
    chosen = {
        setup_standards.SCALE: scale.value,
        setup_standards.OBJECTIVES: "3",
        setup_standards.PERSONAL: "2",
        setup_standards.KEY_RESULTS: "2–4",
    }
    decided = setup_standards.decided(read(NEW, **chosen).standards, NEW.standards)
    assert decided == Standards(scale, Limits(3, 2, 2, 4))


def test_what_was_emptied_stays_as_it_was() -> None:
    ids = (setup_standards.SCALE, setup_standards.OBJECTIVES, setup_standards.PERSONAL, setup_standards.KEY_RESULTS)
    assert read(replace(NEW, standards=OWN), **dict.fromkeys(ids, "")).standards == {}


def test_what_somebody_else_has_changed_meanwhile_stays_unless_it_was_chosen_here_too() -> None:
    view = sent(setup_form.render(NEW, ENGLISH), **{setup_standards.OBJECTIVES: "3"})
    meanwhile = Standards(Scale.ZERO_TO_TEN, Limits(objectives=9))
    found = setup_form.read(view, ENGLISH, TODAY, NEW.rhythm)
    assert isinstance(found, SetupWords)
    decided = setup_standards.decided(found.standards, meanwhile)
    assert decided == Standards(Scale.ZERO_TO_TEN, Limits(objectives=3))


@readers
def test_who_does_not_decide_for_the_company_reads_how_it_is(reader: Language) -> None:
    view = setup_form.render(replace(NEW, standards=OWN, set_by="Northwind"), reader)
    assert not any(block["block_id"] == setup_standards.SCALE for block in inputs(view))
    told = str([block for block in view["blocks"] if block["type"] == "context"])
    assert "Northwind" in told
    assert "12" in told
    assert "2–6" in told


@pytest.mark.parametrize("reader", [ENGLISH, ITALIAN])
def test_the_hour_of_the_digest_goes_with_every_rhythm_that_is_offered(reader: Language) -> None:
    offered = field(setup_form.render(NEW, reader), setup_form.RHYTHM)["element"]["options"]
    for one in offered:
        words = read(NEW, reader, **{setup_form.RHYTHM: one["value"], setup_form.DIGEST_HOUR: "15:00"})
        assert words.rhythm.digest_at == time(15)
        assert words.rhythm.at in (time(9), time(14))
    assert len({read(NEW, reader, **{setup_form.RHYTHM: one["value"]}).rhythm for one in offered}) == len(offered)


def test_an_hour_in_ones_own_words_comes_before_the_one_that_is_chosen() -> None:
    own = "ogni venerdì alle 14; riepilogo lunedì alle 11"
    assert read(NEW, **{setup_form.OWN_RHYTHM: own, setup_form.DIGEST_HOUR: "15:00"}).rhythm.digest_at == time(11)
    silent = "ogni venerdì alle 14; riepilogo lunedì"
    assert read(NEW, **{setup_form.OWN_RHYTHM: silent, setup_form.DIGEST_HOUR: "15:00"}).rhythm.digest_at == time(15)


def test_a_digest_before_the_question_is_said_beside_its_hour() -> None:
    form = replace(NEW, team_id="t", rhythm=Rhythm(at=time(9), digest_days=0, digest_at=time(17)))
    view = sent(setup_form.render(form, ENGLISH), **{setup_form.DIGEST_HOUR: "08:00"})
    found = setup_form.read(view, ENGLISH, TODAY, form.rhythm)
    assert found == {setup_form.DIGEST_HOUR: "The digest must come after 09:00, when I ask."}
