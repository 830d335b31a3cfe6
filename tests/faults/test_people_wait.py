"""What goes wrong between a click and its answer: the person gets a way on, and keeps what they typed."""

import gc
import re
import sqlite3
from collections import Counter
from pathlib import Path

from structlog.testing import capture_logs

from tests.form import fills_in
from tests.stage import Stage

RETURNING, REFUNDS = "Returning customers", "Refunds a week"
OURS = ("okr", "storage", "blocks", "rituals", "handlers", "bot", "slack_bolt", "slack_sdk", "sqlalchemy", "aiosqlite")


async def test_a_button_that_took_too_long_says_press_again(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    lite.playground.faults.refuse("views.open", "expired_trigger_id", times=2)
    await lite.dana.clicks("Check in")
    assert "Please press the button again." in lite.dana.sees_ephemerals()[-1].shown
    lite.playground.faults.clear()
    await lite.dana.clicks("Check in")
    assert lite.dana.modal.submit == "Save"


async def test_a_button_on_home_that_took_too_long_says_so_in_the_direct_message(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await lite.dana.opens_home()
    lite.playground.faults.refuse("views.open", "expired_trigger_id", times=2)
    await lite.dana.clicks("Check in", in_="home")
    assert "Please press the button again." in lite.dana.reads()[-1].shown


async def test_a_form_that_changed_or_was_closed_meanwhile_is_left_alone(lite: Stage) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    for error in ("hash_conflict", "not_found"):
        await lite.dana.clicks("Check in", message=lite.dana.reads()[-1])
        lite.playground.faults.refuse("views.update", error)
        await lite.dana.chooses("Confidence", "🛑 Off track")
        await lite.dana.closes_all()
    assert lite.dana.sees_ephemerals() == []


async def test_when_something_breaks_after_its_acknowledgement_the_person_reads_a_number_that_is_in_the_log(
    lite: Stage,
) -> None:
    await lite.comes("Mon 16 Nov 09:00")
    await forgets(lite, "checkins")
    with capture_logs() as logs:
        said = (await lite.asks(lite.dana, "/okr status")).shown
    number = re.search(r"give an admin this number: (\w+)", said)
    assert number
    assert [one["reference"] for one in logs if one["event"] == "handler failed"] == [number[1]]
    assert b'okrbot_acts_broken_total{act="command"} 1.0' in lite.running.metrics.page()


async def test_two_tabs_are_one_check_in_each_and_both_stay_in_the_history(stage: Stage) -> None:
    await stage.comes("Mon 16 Nov 09:00")
    await stage.dana.clicks("Check in")
    await stage.dana.clicks("Check in", message=stage.dana.reads()[-1])
    for value in ("51", "52"):
        await fills_in(stage.dana, RETURNING, value, "On track")
        await fills_in(stage.dana, REFUNDS, "90", "On track")
        await stage.dana.submits()
        await stage.dana.submits() if stage.dana.modal and not stage.dana.modal.submit else None
    kept = await stage.kept(
        "SELECT value FROM checkins c JOIN key_results k ON k.id = c.key_result_id WHERE k.title = :it ORDER BY c.id",
        it=RETURNING,
    )
    assert [value for (value,) in kept] == ["51", "52"]
    assert "52% (Mon 16 Nov)" in stage.dana.reads()[-1].shown


async def test_neither_memory_nor_open_files_grow_with_what_people_do(lite: Stage) -> None:
    """A short version; `make faults` is the long one for messages."""
    await lite.comes("Mon 16 Nov 09:00")
    await acts(lite, 10)
    objects, files = ours(), open_files()
    await acts(lite, 40)
    grown = {kind: more for kind, more in (ours() - objects).items() if more > 20}
    assert grown == {}
    assert open_files() <= files + 2


async def acts(stage: Stage, times: int) -> None:
    """Somebody looks, opens the form, and closes it again."""
    for _ in range(times):
        await stage.dana.types("/okr status")
        await stage.dana.clicks("Check in", message=stage.dana.reads()[0])
        await stage.dana.closes_all()
        await stage.ticks()


def ours() -> Counter[str]:
    """How many objects of each kind our packages, and those we build on, keep alive."""
    gc.collect()
    kinds = (type(one) for one in gc.get_objects())
    return Counter(
        f"{kind.__module__}.{kind.__qualname__}" for kind in kinds if str(kind.__module__).partition(".")[0] in OURS
    )


def open_files() -> int:
    return len(list(Path("/proc/self/fd").glob("*")))


async def forgets(stage: Stage, table: str) -> None:
    """A table is gone: nobody foresaw that."""
    with sqlite3.connect(stage.database_url.removeprefix("sqlite:///")) as connection:
        connection.execute(f"DROP TABLE {table}")
    connection.close()
