"""What an admin sees of the bot itself."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from blocks import doctor
from blocks.language import Language
from okr.archives import Archive, Archiving
from okr.deliveries import DeliveryState, Kind
from okr.examination import Examination, GaveWay, Loose
from okr.rollcall import Entry, Fate, NextRound, RollCall, Sending
from okr.rounds import RoundState
from okr.vitals import Vitals
from tests.making import ROME, round_of
from tests.snapshots.drawing import Drawn, end_of
from tests.snapshots.samples import (
    DANA,
    DIGEST_AT,
    GROWTH,
    LUCA,
    NOAH,
    PLATFORM,
    TUESDAY,
)

GAVE_WAY = (
    GaveWay(Kind.REMINDER, 1, ("Dana Rossi",)),
    GaveWay(Kind.REMINDER, 2, ("Dana Rossi", "Luca Bianchi")),
    GaveWay(Kind.NOTICE, 1, ("Dana Rossi",)),
    GaveWay(Kind.NOTICE, 2, ("Dana Rossi", "Luca Bianchi")),
)


def doctor_(reader: Language) -> Mapping[str, Drawn]:
    now = DIGEST_AT
    sent = Sending("d1", DeliveryState.SENT, now, sent_at=now)
    lost = Sending("d2", DeliveryState.UNKNOWN, now, "missing_scope: im:history", tries=2, settled_by_hand=True)
    parked = replace(lost, state=DeliveryState.FAILED, reason="channel_not_found", settled_by_hand=False)
    all_fates = tuple(
        Entry(replace(DANA, name=f"Person {n}"), fate, now, "away", message=parked) for n, fate in enumerate(Fate)
    )
    process = Vitals("p", "run", "box", 7, now, now, 2, 2, now)
    fine = RollCall(GROWTH, round_of(), (Entry(DANA, Fate.ANSWERED, now), Entry(LUCA, Fate.EXCUSED, now, "away")), sent)
    coming = NextRound(GROWTH, TUESDAY, now + timedelta(days=1), now + timedelta(days=2), fine.entries)
    well = Examination("Ruota", now, now, (process,), {"growth": fine}, (coming,), zone=ROME)
    empty = round_of(state=RoundState.OPEN)
    dead, mute = (
        replace(process, seen_at=now - timedelta(minutes=2)),
        replace(process, sockets=0, beaten_at=now - timedelta(hours=1)),
    )
    teams = {
        "a": RollCall(replace(GROWTH, id="a", name="All fates"), round_of(), all_fates, parked),
        "b": RollCall(replace(GROWTH, id="b", name="Empty"), empty, (), None),
        "c": RollCall(replace(GROWTH, id="c", name="Closed"), round_of(), (), None),
        "d": RollCall(
            replace(GROWTH, id="d", name="Dropped"), round_of(), (), replace(sent, state=DeliveryState.SKIPPED)
        ),
        "e": RollCall(replace(GROWTH, id="e", name="Due"), round_of(), (), replace(sent, state=DeliveryState.PLANNED)),
    }
    nobody = Entry(replace(DANA, name="Nobody knows why"), Fate.PARKED, now)
    teams["g"] = RollCall(replace(GROWTH, id="g", name="No reason"), round_of(), (nobody,), sent)
    rounds = [NextRound(one.team, None, None, None) for one in teams.values()]
    rounds.append(NextRound(replace(GROWTH, id="f", name="New"), TUESDAY, now - timedelta(hours=1), now, ()))
    bad = replace(
        well,
        processes=(
            dead,
            replace(dead, seen_at=now - timedelta(minutes=1, seconds=30)),
            mute,
            replace(process, sockets=None, beaten_at=None),
        ),
        last=teams,
        next=tuple(rounds),
        loose=(
            Loose(Kind.DIGEST, lost, team=GROWTH),
            Loose(Kind.PROMPT, parked, person=DANA),
            Loose(Kind.REMINDER, parked, person=LUCA),
            Loose(Kind.NOTICE, parked, person=NOAH),
        ),
        overdue=180,
    )
    crowded = replace(well, last={"growth": replace(fine, entries=fine.entries[:1] * 22)}, next=(coming,) * 60)
    return {
        "All is well": doctor.render(well, reader, ROME),
        "Some gave way": doctor.render(replace(well, gave_way=GAVE_WAY), reader, ROME),
        "Something is wrong": doctor.render(bad, reader, ROME),
        "A company with a team too many": end_of(
            doctor.render(replace(crowded, next=(replace(coming, team=PLATFORM, entries=()),) * 38), reader, ROME)
        ),
        "A large company": end_of(doctor.render(crowded, reader, ROME)),
        "Post again": doctor.render_again(planned=True, language=reader),
        "Settled already": doctor.render_again(planned=False, language=reader),
        "okrbot doctor, in a terminal": doctor.write(well, reader, ROME),
    }


def archive_(reader: Language) -> Mapping[str, Drawn]:
    """What the doctor says of it."""
    now, monday, tuesday = DIGEST_AT, TUESDAY - timedelta(days=1), TUESDAY
    written = Archive(monday, now, now - timedelta(hours=35))
    failed = Archive(tuesday, now + timedelta(minutes=15), None, "cannot write /data/archive: No space left on device")
    flawed = replace(written, trouble="okrbot import would not take it as it is, okrbot export says why")
    found = Examination("Ruota", now, now, (), {}, (), zone=ROME)
    states = {
        "Written": Archiving(written, written),
        "Not written yet": Archiving(),
        "Could not be written": Archiving(failed, written),
        "Written, and no file for an import": Archiving(flawed, flawed),
        "Missed": Archiving(written, replace(written, written_at=now - timedelta(hours=37))),
    }
    return {state: doctor.write(replace(found, archiving=one), reader, ROME) for state, one in states.items()}
