"""`/okr export`: an admin gets the company as a file that an empty okrbot takes; nobody else gets anything."""

from pathlib import Path

from tests.stage import Stage


async def test_an_admin_gets_a_file_that_brings_the_company_into_an_empty_database(lite: Stage, tmp_path: Path) -> None:
    said = await lite.asks(lite.elena, "/okr esporta yaml", lite.growth)
    assert said.shown == "Il tuo file è nei nostri messaggi diretti."
    words, sent = lite.elena.reads()
    assert words.shown.startswith(
        "Northwind, domenica 15 novembre 2026: 3 obiettivi, 6 risultati chiave.\nIl file dell’"
    )
    assert "Non ci sono gli obiettivi riservati che non puoi leggere, né gli indirizzi dei calendari." in words.shown
    [file] = sent.files
    assert file.name == "okrs-2026-11-15.yaml"
    assert lite.growth.reads() == []

    await lite.stop_bot()
    lite.database_url = f"sqlite:///{tmp_path / 'another.sqlite3'}"
    await lite.start_bot()
    imported = await lite.imports(file.content.decode())
    assert imported.changes.added["key result"] == 6
    assert (await sent_again(lite)) == file.content


async def test_whoever_is_no_admin_is_refused_kindly_and_gets_nothing(lite: Stage) -> None:
    for person, where in ((lite.dana, lite.growth), (lite.nora, None), (lite.omar, None)):
        for command in ("/okr export", "/okr export yaml history"):
            said = await lite.asks(person, command, where)
            assert said.shown.startswith("Only admins whom the company names can take everything with them.")
            assert person.modal is None
    assert lite.dana.reads() == []
    assert [one.name for one in lite.playground.traffic if one.name.startswith("files.")] == []


async def sent_again(stage: Stage) -> bytes:
    await stage.elena.types("/okr export yaml")
    return [one for one in stage.elena.reads() if one.files][-1].files[0].content
