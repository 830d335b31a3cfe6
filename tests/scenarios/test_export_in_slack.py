"""`/okr export`: an admin takes along what they may read, as a file in their direct messages; nobody else does."""

import csv
import io
from collections.abc import AsyncIterator

import pytest
import yaml
from freezegun.api import FrozenDateTimeFactory
from openpyxl import load_workbook

from playground import Person
from tests import companies
from tests.stage import Stage

RETURNING, REFUNDS, REPLY = "Returning customers", "Refunds a week", "Hours to a first reply"
SECRET = "Answer like a good neighbour"


def company(**care: str) -> str:
    """Growth's goal contributes to Support's, and Luca's leave stands in a calendar; `care` changes Support's."""
    plain = companies.parts()
    goals = {one["key"]: one for one in plain["objectives"]}
    goals["love"]["contributes_to"] = "care"
    goals["care"] |= {"why": "Nobody else does", **care}
    people = [
        {**one, "calendar": "https://calendar.example/luca"} if one["key"] == "luca" else one for one in plain["people"]
    ]
    return companies.described(people=people, objectives=list(goals.values()))


@pytest.fixture
async def closed(clock: FrozenDateTimeFactory, sqlite_url: str) -> AsyncIterator[Stage]:
    """Elena, an admin who is not in Support, and a goal of Support's that is private."""
    async with Stage(clock, sqlite_url) as stage:
        await stage.support.kick(stage.elena)
        await stage.imports(company(private="true"))
        yield stage
        assert [str(one) for one in stage.playground.refusals] == []


async def gets(person: Person, said: str) -> bytes:
    """What the file holds that comes into somebody's direct messages."""
    await person.types(said)
    [message] = [one for one in person.reads() if one.files][-1:]
    return message.files[0].content


async def test_the_form_asks_for_the_format_and_whether_the_history_comes_along(lite: Stage) -> None:
    await lite.playground.change(lite.elena, locale="en-GB")
    await lite.comes("Mon 16 Nov 09:00")
    await lite.answers(lite.dana, {REFUNDS: ("95", "Off track", "=1+1 too many")})
    await lite.elena.types("/okr export", lite.company)
    form = lite.elena.modal
    assert form is not None
    assert form.values == {"What you want": "Company file (YAML)", "History": []}
    await lite.elena.submits({"What you want": "Spreadsheet (XLSX)", "History": ["With every check-in"]})
    assert lite.elena.modal is not None
    assert lite.elena.modal.text.startswith("OKRs\nYour export is in our direct messages.")
    words, sent = lite.elena.reads()[-2:]
    assert "A spreadsheet: how objectives and key results stand." in words.shown
    assert "Every check-in is in it." in words.shown
    book = load_workbook(io.BytesIO(sent.files[0].content))
    assert book.sheetnames == ["Objectives", "Key results", "Check-ins"]
    headings, *rows = book["Check-ins"].iter_rows()
    place = [one.value for one in headings].index("Note")
    [note] = [row[place] for row in rows if row[2].value == REFUNDS]
    assert (note.value, note.data_type) == ("=1+1 too many", "s"), "a text, and no formula"

    table = (await gets(lite.elena, "/okr export csv")).decode("utf-8-sig")
    [row] = [one for one in csv.DictReader(io.StringIO(table)) if one["Key"] == "refunds"]
    assert (row["Value"], row["Note"]) == ("95", "'=1+1 too many")
    page = (await gets(lite.elena, "/okr export markdown with history")).decode()
    assert page.startswith("# Northwind\n")
    assert "=1+1 too many" in page


async def test_what_an_admin_may_not_read_is_in_no_file_that_slack_gets(closed: Stage) -> None:
    await closed.comes("Mon 16 Nov 09:00")
    await closed.answers(closed.priya, {REPLY: ("9", "At risk", "Nobody knows")})
    for format in ("yaml", "csv", "markdown"):
        for history in ("", " history"):
            content = (await gets(closed.elena, f"/okr export {format}{history}")).decode()
            hidden = ("care", SECRET, REPLY, "reply", "Nobody", "calendar.example")
            assert [word for word in hidden if word in content] == [], content
            assert "Refunds a week" in content or (history and format == "csv")
    book = load_workbook(io.BytesIO(await gets(closed.elena, "/okr export xlsx history")))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "Refunds a week" in cells
    assert [
        cell for cell in cells if SECRET in cell or REPLY in cell or cell in ("care", "reply", "Nobody knows")
    ] == []

    await closed.support.invite(closed.elena)
    inside = (await gets(closed.elena, "/okr export yaml")).decode()
    assert SECRET in inside
    assert "contributes_to: care" in inside


async def test_what_was_said_before_a_goal_was_opened_stays_private(closed: Stage) -> None:
    await closed.comes("Mon 16 Nov 09:00")
    await closed.answers(closed.priya, {REPLY: ("9", "At risk", "Between us")})
    await closed.comes("Wed 18 Nov 09:00")
    await closed.imports(company(private="false"))
    await closed.comes("Mon 23 Nov 09:00")
    await closed.answers(closed.priya, {REPLY: ("7", "On track", "For everybody")})
    content = (await gets(closed.elena, "/okr export history")).decode()
    _, history = yaml.safe_load_all(content)
    assert [one["note"] for one in history["check_ins"]] == ["For everybody"]
    assert SECRET in content


async def test_how_a_goal_stands_that_was_opened_holds_no_words_from_before(closed: Stage) -> None:
    await closed.comes("Mon 16 Nov 09:00")
    await closed.answers(closed.priya, {REPLY: ("9", "At risk", "Between us")})
    await closed.comes("Wed 18 Nov 09:00")
    await closed.imports(company(private="false"))
    table = (await gets(closed.elena, "/okr export csv")).decode("utf-8-sig")
    [row] = [one for one in csv.DictReader(io.StringIO(table)) if one["Key"] == "reply"]
    assert (row["Value"], row["Confidence"], row["Note"]) == ("9", "At risk", ""), "what /okr status shows"
    book = load_workbook(io.BytesIO(await gets(closed.elena, "/okr export xlsx")))
    assert "Between us" not in [cell.value for sheet in book for cells in sheet.iter_rows() for cell in cells]
    await closed.comes("Mon 23 Nov 09:00")
    await closed.answers(closed.priya, {REPLY: ("7", "On track", "For everybody")})
    assert "For everybody" in (await gets(closed.elena, "/okr export csv")).decode()


async def test_a_missing_scope_is_named_with_what_to_do_and_the_form_stays(lite: Stage) -> None:
    await lite.playground.change(lite.elena, locale="en-GB")
    lite.slack_app.scopes -= {"files:write"}
    said = await lite.asks(lite.elena, "/okr export xlsx")
    assert "the Slack app lacks the scope files:write" in said.shown
    await lite.elena.types("/okr export")
    await lite.elena.submits({"What you want": "Table (CSV)"})
    form = lite.elena.modal
    assert form is not None
    assert "the Slack app lacks the scope files:write" in form.text
    assert form.values["What you want"] == "Table (CSV)"
    assert [one for one in lite.elena.reads() if not one.ephemeral] == []
    lite.forgives("missing_scope")


@pytest.mark.parametrize(
    ("method", "told"),
    [
        ("files.getUploadURLExternal", "Slack did not take the file (file_uploads_disabled)."),
        ("upload", "Slack did not answer while I sent the file."),
        ("files.completeUploadExternal", "Slack did not take the file (file_uploads_disabled)."),
    ],
)
async def test_a_file_that_does_not_arrive_leaves_no_words_about_it(lite: Stage, method: str, told: str) -> None:
    await lite.playground.change(lite.elena, locale="en-GB")
    if method == "upload":
        lite.playground.faults.break_down(method, 503)
    else:
        lite.playground.faults.refuse(method, "file_uploads_disabled")
    said = await lite.asks(lite.elena, "/okr export csv")
    assert said.shown.startswith(told)
    assert [one for one in lite.elena.reads() if not one.ephemeral] == []
    assert (await gets(lite.elena, "/okr export csv")).startswith(b"\xef\xbb\xbfTeam")


async def test_what_is_no_format_is_said_with_those_there_are(lite: Stage) -> None:
    await lite.playground.change(lite.elena, locale="en-GB")
    said = await lite.asks(lite.elena, "/okr export pdf & more")
    assert said.shown.startswith("“pdf & more” is no export I know. Write /okr export and choose, or put yaml, xlsx,")
