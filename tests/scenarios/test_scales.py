"""Confidence in numbers: a Monday from 0 to 10, one from 1 to 5, and what is read of the time before."""

import csv
import io

import yaml

from bot.exports import Format
from tests.form import fills_in, find
from tests.scenarios.test_export import taken
from tests.stage import Stage

RETURNING, REFUNDS, CARD = "Returning customers", "Refunds a week", "The loyalty card is out"


async def chooses(stage: Stage, scale: str) -> None:
    """The admin chooses for the whole company."""
    await stage.elena.types("/okr configura", stage.company)
    await stage.elena.submits({"Fiducia": scale})
    await stage.elena.closes_all()


async def test_a_monday_from_0_to_10(lite: Stage) -> None:
    await chooses(lite, "Da 0 a 10")
    await lite.comes("Mon 16 Nov 09:00")
    await lite.dana.clicks("Check in")
    offered = [one["text"]["text"] for one in find(lite.dana, REFUNDS, "confidence").element["options"]]
    assert offered[0] == "🟢 10 · On track"
    assert offered[3:5] == ["🟢 7 · On track", "⚠️ 6 · At risk"]
    assert offered[-1] == "🛑 0 · Off track"
    await fills_in(lite.dana, RETURNING, "52", "8")
    await fills_in(lite.dana, REFUNDS, "118", "3")
    assert find(lite.dana, REFUNDS, "note").label == "Note", "it opens by itself for red"
    await fills_in(lite.dana, REFUNDS, note="A bad batch")
    await lite.dana.submits()
    receipt = lite.dana.reads()[-1].shown
    assert "🟢 On track, 8 of 10" in receipt
    assert "🛑 Off track, 3 of 10" in receipt
    await lite.answers(lite.luca, {CARD: ("Designed", "5")})

    await lite.comes("Tue 17 Nov 10:00")
    digest = lite.growth.reads()[-1].shown
    assert "🟢 1 on track · ⚠️ 1 at risk · 🛑 1 off track" in digest
    assert "confidence 3 of 10" in digest
    assert "confidence 5 of 10" in digest
    assert "8 of 10)" in digest
    assert "🛑 Off track, 3 of 10" in str(lite.growth.reads()[-1].text)

    # The next week: another number of the same colour needs no note, and one tap keeps the number.
    await lite.comes("Mon 23 Nov 09:00")
    assert "On track, 8 of 10" in lite.dana.reads()[-1].shown
    await lite.dana.clicks(f"Nothing changed: {RETURNING}", message=lite.dana.reads()[-1])
    await lite.answers(lite.luca, {CARD: ("Designed", "6")})
    assert await lite.kept("SELECT given, scale, level FROM checkins ORDER BY at, given") == [
        ("3", "0-10", 3),
        ("5", "0-10", 5),
        ("8", "0-10", 8),
        ("6", "0-10", 6),
        ("8", "0-10", 8),
    ]
    history = (await lite.asks(lite.dana, "/okr history loyalty")).shown
    assert "⚠️ At risk, 5 of 10 → ⚠️ At risk, 6 of 10" in history
    past = (await lite.asks(lite.dana, "/okr status growth as of 17 November")).shown
    assert "⚠️ At risk, 5 of 10" in past
    assert "⚠️ At risk, 6 of 10" in (await lite.asks(lite.dana, "/okr status growth")).shown
    await lite.dana.opens_home()
    assert "🛑 Off track, 3 of 10" in lite.dana.home.text


async def test_a_monday_from_1_to_5(lite: Stage) -> None:
    await chooses(lite, "Da 1 a 5")
    await lite.comes("Mon 16 Nov 09:00")
    await lite.luca.clicks("Fai il check-in")
    hint = "4–5: conto di raggiungere il traguardo. 3: rischio di non arrivarci. 1–2: così non ci arrivo."
    assert hint in lite.luca.modal.text
    await fills_in(lite.luca, CARD, "Designed", "4")
    await lite.luca.submits()
    assert "🟢 In linea, 4 su 5" in lite.luca.reads()[-1].shown
    await lite.answers(lite.dana, {RETURNING: ("45", "3"), REFUNDS: ("118", "2", "A bad batch")})
    await lite.comes("Tue 17 Nov 10:00")
    assert "confidence 2 of 5" in lite.growth.reads()[-1].shown
    assert "4 of 5)" in lite.growth.reads()[-1].shown
    rows = {one["Key"]: one for one in csv.DictReader(io.StringIO(await taken(lite, Format.CSV)))}
    said = [rows["returning"][name] for name in ("Confidence", "Confidence number", "Confidence scale")]
    assert said == ["At risk", "3", "1 to 5"]
    company, told = yaml.safe_load_all(await taken(lite, history=True))
    assert company["company"]["confidence"] == "1-5"
    assert {(one["confidence"], one["scale"]) for one in told["check_ins"]} == {(2, "1-5"), (3, "1-5"), (4, "1-5")}


async def test_what_was_said_before_the_scale_was_changed_reads_as_it_was_given(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {RETURNING: ("45", "On track"), REFUNDS: ("110", "At risk")})
    await chooses(lite, "Da 0 a 10")
    status = (await lite.asks(lite.dana, "/okr status me")).shown
    assert "🟢 On track" in status
    assert " of 10" not in status
    await lite.comes("Mon 23 Nov 09:00")
    await lite.dana.clicks(f"Nothing changed: {RETURNING}", message=lite.dana.reads()[-1])
    await lite.dana.clicks("Check in")
    assert find(lite.dana, REFUNDS, "confidence").element["initial_option"]["text"]["text"] == "⚠️ 5 · At risk"
    await fills_in(lite.dana, REFUNDS, "108", "6")
    await lite.dana.submits()
    assert await lite.kept("SELECT given, scale FROM checkins ORDER BY at, given DESC") == [
        ("yellow", "colours"),
        ("green", "colours"),
        ("green", "colours"),
        ("6", "0-10"),
    ]
    assert "⚠️ At risk → ⚠️ At risk, 6 of 10" in (await lite.asks(lite.dana, "/okr history refunds")).shown


async def test_a_form_that_was_open_while_the_scale_was_changed_is_saved_as_it_was_filled_in(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.luca.clicks("Fai il check-in")
    await fills_in(lite.luca, CARD, "Designed", "On track")
    await chooses(lite, "Da 1 a 5")
    await lite.luca.submits()
    assert await lite.kept("SELECT given, scale FROM checkins") == [("green", "colours")]


async def test_what_was_chosen_stays_chosen_when_the_scale_is_changed_before_the_details_open(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {REFUNDS: ("118", "On track")})
    await lite.comes("Mon 23 Nov 09:00")
    await lite.dana.types("/okr checkin")
    await chooses(lite, "Da 0 a 10")
    await fills_in(lite.dana, REFUNDS, "119", "Off track", note="A bad batch")
    await fills_in(lite.dana, RETURNING, "45", "On track")
    await lite.dana.submits()
    assert lite.dana.modal is None
    given = "SELECT given, scale FROM checkins c JOIN key_results k ON k.id = c.key_result_id WHERE k.title = :title"
    assert await lite.kept(f"{given} ORDER BY c.at", title=REFUNDS) == [("green", "colours"), ("red", "colours")]
