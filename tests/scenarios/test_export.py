"""Taking everything along: out of one database and into another, and nothing is lost on the way."""

import csv
import io
from pathlib import Path

import yaml

from bot.exports import export
from bot.settings import Settings
from okr.exports import Format, Wanted
from tests import companies
from tests.stage import Stage

RETURNING, REFUNDS = "Returning customers", "Refunds a week"
WHOLE = companies.described(
    company={
        **companies.parts()["company"],
        "days_off": ["2026-12-24 to 2027-01-06 Winter break"],
        "rhythm": "every second Monday at 10, our time; no reminders",
    },
    people=[
        {**one, "deputy": "elena", "calendar": "https://calendar.example/luca"} if one["key"] == "luca" else one
        for one in companies.parts()["people"]
    ][::-1],
    teams=[
        {**one, "rhythm": "Mondays and Thursdays at 9", "days_off": ["2026-11-27"]} if one["key"] == "support" else one
        for one in companies.parts()["teams"]
    ],
    objectives=[
        {**one, "contributes_to": "love", "private": "true"} if one["key"] == "care" else one
        for one in companies.parts()["objectives"]
    ],
)


async def taken(stage: Stage, format: Format = Format.YAML, *, history: bool = False) -> str:
    """What `okrbot export` gives."""
    settings = Settings(_env_file=None, database_url=stage.database_url)
    found = await export(settings, Wanted(format, history=history))
    assert found.flaws == ""
    return found.content.decode()


async def moves(stage: Stage, folder: Path) -> None:
    """The bot goes on with an empty database."""
    await stage.stop_bot()
    stage.database_url = f"sqlite:///{folder / 'another.sqlite3'}"
    await stage.start_bot()


async def test_a_company_moves_to_another_database_as_it_is(stage: Stage, tmp_path: Path) -> None:
    await stage.imports(WHOLE)
    first = await taken(stage)
    again = await stage.imports(first)
    assert again.changes.added == again.changes.changed == {}
    await moves(stage, tmp_path)
    imported = await stage.imports(first)
    assert imported.changes.added["key result"] == 6
    assert await taken(stage) == first


async def test_what_was_ticked_and_said_since_the_import_comes_along(stage: Stage, tmp_path: Path) -> None:
    await stage.comes("Mon 16 Nov 09:00")
    await stage.dana.types("/okr checkin")
    await stage.dana.clicks(f"Add details: {RETURNING}")
    await stage.dana.chooses("Actions done", "Draft the loyalty card")
    await stage.dana.submits(
        {"Value now": "0", "Confidence": "🟢 On track", "Value now (2)": "45", "Confidence (2)": "🟢 On track"}
    )
    await stage.answers(stage.dana, {REFUNDS: ("95", "Off track", "Too many:\n“broken”")})
    written = await taken(stage, history=True)
    company, history = yaml.safe_load_all(written)
    [actions] = [one["actions"] for one in company["objectives"][0]["key_results"] if "actions" in one]
    assert [one.get("done", False) for one in actions] == [False, True]
    told = {(one["key_result"], one["value"]): one for one in history["check_ins"]}
    assert len(told) == 3
    assert told["refunds", 0]["replaced"] is True
    assert told["refunds", 95] == {
        "key_result": "refunds",
        "at": "2026-11-16T08:00:00+00:00",
        "round": told["returning", 45]["round"],
        "by": "dana",
        "value": 95,
        "confidence": "red",
        "note": "Too many:\n“broken”",
        "via": "modal",
    }
    await moves(stage, tmp_path)
    assert (await stage.imports(written)).changes.added["action"] == 2
    assert written.startswith(await taken(stage))


async def test_what_was_written_in_slack_comes_along(lite: Stage, tmp_path: Path) -> None:
    await lite.elena.types("/okr new")
    await lite.elena.submits({"Obiettivo": "x" * 300, "Team": "Growth", "Perché conta adesso": "no\n- a: b"})
    steps = {"Risultato chiave": "Visite", "Misura": "Bozza  in  rete\nIn linea"}
    await lite.elena.submits({**steps, "Responsabile": "Nora Member", "Azioni, una per riga": f"a  b\n{'y ' * 500}"})
    same_title = {"Risultato chiave": "x" * 300, "Misura": "from 1 percent to 2 percent"}
    await lite.elena.submits(same_title)
    await lite.elena.closes_all()
    written = await taken(lite)
    keys = await lite.kept("SELECT key FROM objectives UNION ALL SELECT key FROM key_results")
    assert len(set(keys)) == len(keys)
    await moves(lite, tmp_path)
    assert (await lite.imports(written)).changes.added["objective"] == 4
    assert await taken(lite) == written


async def test_how_things_stand_comes_out_of_either_database(stage: Stage) -> None:
    await stage.comes("Mon 16 Nov 09:00")
    await stage.answers(stage.dana, {RETURNING: ("45", "On track"), REFUNDS: ("95", "Off track", "-50 too many")})
    await stage.comes("Wed 18 Nov 09:00")
    rows = {row["Key"]: row for row in csv.DictReader(io.StringIO((await taken(stage, Format.CSV)).lstrip("\ufeff")))}
    shown = ("Team", "Owner", "Value", "Progress %", "Confidence", "Checked in", "Days ago", "Note")
    assert [rows["refunds"][name] for name in shown] == [
        "Growth", "Dana Rossi", "95", "41.7", "Off track", "2026-11-16", "2", "'-50 too many"
    ]  # fmt: skip
    assert [rows["uptime"][name] for name in shown[2:]] == ["", "0", "", "", "", ""]
    page = await taken(stage, Format.MARKDOWN, history=True)
    assert "| Refunds a week | Dana Rossi | 95 | 120 → 60 | 42% | Off track | 2026-11-16 |" in page
    assert "| 2026-11-16 | Refunds a week | 95 | Off track | Dana Rossi | -50 too many |" in page


async def test_somebody_who_has_left_slack_comes_along(lite: Stage, tmp_path: Path) -> None:
    await lite.playground.deactivate(lite.luca)
    written = await taken(lite)
    await moves(lite, tmp_path)
    imported = await lite.imports(written)
    assert [one for one in imported.warnings if "is deactivated in Slack" in one and lite.luca.id in one] != []
    assert await taken(lite) == written
    await lite.imports(written)
    await lite.comes("Mon 16 Nov 09:00")
    assert sum("The loyalty card is out – Luca Bianchi" in one.shown for one in lite.dana.reads()) == 1
