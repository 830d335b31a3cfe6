"""Whoever opens `/okr new` for the first time can start from a template, and stays the author of every word."""

from tests.stage import Stage

START = "Start from a template"
FIRST_WEEK, CALM = "Make the first week feel effortless", "Make releases so calm that nobody notices"
FIRST_RESULT = "New users who reach a first result within a day"
TIME, QUESTIONS = "Time from signing up to a first result", "Questions to support per 100 new users"
WHY = "Why it matters now"


async def written(lite: Stage) -> list[tuple[str, str]]:
    """(title, source) of the key results under what was started from a template."""
    rows = await lite.kept(
        "SELECT key_results.title, key_results.source FROM key_results "
        "JOIN objectives ON objectives.id = key_results.objective_id WHERE objectives.title = :title",
        title=FIRST_WEEK,
    )
    return [(str(title), str(source)) for title, source in rows]


async def test_an_objective_and_its_key_results_are_taken_from_a_template_without_typing(lite: Stage) -> None:
    await lite.dana.types("/okr new")
    await lite.dana.chooses(START, FIRST_WEEK)
    assert lite.dana.modal.values["Objective"] == FIRST_WEEK
    assert lite.dana.modal.values[WHY].startswith("People decide in their first days")
    shown = []
    for place in (1, 2, 3):
        await lite.dana.submits()
        assert lite.dana.modal.title == f"Key result {place}"
        assert f"From the template, {place} of 3." in lite.dana.modal.text
        assert "💡" not in lite.dana.modal.text
        shown.append((lite.dana.modal.values["Key result"], lite.dana.modal.values["Measure"]))
    assert shown == [
        (FIRST_RESULT, "from 28% to 45%"),
        (TIME, "from 40 to 15 minutes"),
        (QUESTIONS, "at most 6"),
    ]
    await lite.dana.submits()
    assert "Saved: " + QUESTIONS in lite.dana.modal.text
    assert lite.dana.modal.title == "Key result 4"
    assert "From the template" not in lite.dana.modal.text
    assert lite.dana.modal.values["Key result"] in ("", None)
    await lite.dana.clicks("Done")
    assert lite.dana.modal is None
    assert await written(lite) == [
        (FIRST_RESULT, "Product analytics, sign-ups of the week"),
        (TIME, "Product analytics, median of the week"),
        (QUESTIONS, "Help desk, tag “first steps”"),
    ]
    assert "target 15 minutes" in (await lite.asks(lite.dana, "/okr status")).shown


async def test_everything_a_template_fills_in_can_be_changed(lite: Stage) -> None:
    await lite.dana.types("/okr new")
    await lite.dana.chooses(START, FIRST_WEEK)
    await lite.dana.submits({"Objective": "Make the first month feel effortless"})
    await lite.dana.submits({"Key result": "Shops with a first sale", "Measure": "from 12% to 30%"})
    assert "Saved: Shops with a first sale" in lite.dana.modal.text
    assert lite.dana.modal.values["Key result"] == TIME
    await lite.dana.submits({"Measure": "quite a lot"})
    assert "“quite a lot”" in str(lite.dana.modal.errors)
    await lite.dana.submits({"Measure": "from 90 to 20 minutes"})
    await lite.dana.closes()
    status = (await lite.asks(lite.dana, "/okr status")).shown
    assert "Make the first month feel effortless" in status
    assert "target 30%" in status
    assert "target 20 minutes" in status
    assert FIRST_WEEK not in status


async def test_a_key_result_that_does_not_fit_is_skipped(lite: Stage) -> None:
    await lite.dana.types("/okr new")
    await lite.dana.chooses(START, FIRST_WEEK)
    await lite.dana.submits()
    await lite.dana.fills("Measure", "from 5% to 6%")
    await lite.dana.clicks("Skip")
    assert lite.dana.modal.title == "Key result 1"
    assert lite.dana.modal.values["Key result"] == TIME
    assert lite.dana.modal.values["Measure"] == "from 40 to 15 minutes"
    assert f"Under {FIRST_WEEK}" in lite.dana.modal.text.replace("*", "")
    await lite.dana.submits()
    assert lite.dana.modal.title == "Key result 2"
    await lite.dana.clicks("Skip")
    assert lite.dana.modal.title == "Key result 2"
    assert "From the template" not in lite.dana.modal.text
    await lite.dana.submits({"Key result": "Shops with a first sale", "Measure": "from 12% to 30%"})
    await lite.dana.clicks("Done")
    assert [title for title, _ in await written(lite)] == [TIME, "Shops with a first sale"]


async def test_who_stops_keeps_what_was_saved_and_nothing_waits_for_them(lite: Stage) -> None:
    await lite.dana.types("/okr new")
    await lite.dana.chooses(START, FIRST_WEEK)
    await lite.dana.submits()
    await lite.dana.submits()
    assert lite.dana.modal.close == "Stop here"
    await lite.dana.clicks("Stop here")
    assert lite.dana.modal is None
    assert [title for title, _ in await written(lite)] == [FIRST_RESULT]
    assert await lite.kept("SELECT count(*) FROM unsent") == [(0,)]


async def test_who_stops_after_changing_the_filled_words_does_not_lose_them(lite: Stage) -> None:
    await lite.dana.types("/okr new")
    await lite.dana.chooses(START, FIRST_WEEK)
    await lite.dana.submits()
    await lite.dana.fills("Key result", "Shops with a first sale")
    await lite.dana.clicks("Stop here")
    ((kept,),) = await lite.kept('SELECT "values" FROM unsent')
    assert "Shops with a first sale" in kept


async def test_a_title_of_ones_own_is_never_replaced(lite: Stage) -> None:
    await lite.dana.types("/okr new")
    await lite.dana.fills("Objective", "Let nobody get lost on day one")
    await lite.dana.chooses(START, FIRST_WEEK)
    assert lite.dana.modal.values["Objective"] == "Let nobody get lost on day one"
    assert lite.dana.modal.values[WHY].startswith("People decide in their first days")
    await lite.dana.submits()
    assert lite.dana.modal.values["Key result"] == FIRST_RESULT


async def test_another_template_replaces_the_words_of_the_first_and_none_but_those(lite: Stage) -> None:
    await lite.dana.types("/okr new")
    await lite.dana.chooses(START, FIRST_WEEK)
    await lite.dana.fills(WHY, "Half of them leave on day two")
    await lite.dana.chooses(START, CALM)
    assert lite.dana.modal.values["Objective"] == CALM
    assert lite.dana.modal.values[WHY] == "Half of them leave on day two"
    await lite.dana.chooses(START, FIRST_WEEK)
    assert lite.dana.modal.values["Objective"] == FIRST_WEEK
    await lite.dana.chooses(START)
    assert lite.dana.modal.values["Objective"] in ("", None)
    assert lite.dana.modal.values[WHY] == "Half of them leave on day two"
    await lite.dana.submits({"Objective": "Become the shop people come back to"})
    assert "From the template" not in lite.dana.modal.text


async def test_what_else_was_chosen_stays(lite: Stage) -> None:
    await lite.elena.types("/okr new")
    await lite.elena.chooses("Team", "Growth")
    await lite.elena.chooses("Ambizione", "Ambizioso")
    await lite.elena.chooses("Responsabile", "Dana Rossi")
    before = lite.elena.modal.values
    await lite.elena.chooses("Parti da un modello", "Non far aspettare chi ha bisogno di noi")
    after = lite.elena.modal.values
    assert {label for label in after if after[label] != before[label]} == {
        "Parti da un modello",
        "Obiettivo",
        "Perché conta adesso",
    }


async def test_an_italian_reads_templates_written_for_italians(lite: Stage) -> None:
    await lite.elena.types("/okr nuovo")
    groups = lite.elena.modal.json["blocks"][0]["element"]["option_groups"]
    names = [group["label"]["text"] for group in groups]
    assert names == ["Prodotto", "Sviluppo", "Marketing", "Vendite", "Customer success"]
    await lite.elena.chooses("Parti da un modello", "Arrivare a fine trimestre senza sorprese")
    await lite.elena.submits({"Team": "Growth"})
    assert lite.elena.modal.values["Risultato chiave"] == "Distanza tra previsione e risultato"
    assert "Dal modello, 1 di 3." in lite.elena.modal.text
    await lite.elena.clicks("Salta")
    assert lite.elena.modal.values["Misura"] == "dal 48% all’85%"
    assert lite.elena.modal.close == "Basta così"
    await lite.elena.submits()
    await lite.elena.submits()
    assert "Salvato: Trattative aperte rispetto al traguardo" in lite.elena.modal.text
    assert "💡" not in lite.elena.modal.text
    await lite.elena.clicks("Fatto")


async def test_a_form_that_was_closed_comes_back_with_its_template(lite: Stage) -> None:
    await lite.dana.types("/okr new")
    await lite.dana.chooses(START, FIRST_WEEK)
    await lite.dana.fills("Objective", "Make the first month feel effortless")
    await lite.dana.closes()
    await lite.dana.types("/okr new")
    assert lite.dana.modal.values["Objective"] == "Make the first month feel effortless"
    assert lite.dana.modal.values[START] == FIRST_WEEK
    await lite.dana.submits()
    assert lite.dana.modal.values["Key result"] == FIRST_RESULT


async def test_a_template_that_was_only_looked_at_leaves_nothing_behind(lite: Stage) -> None:
    await lite.dana.types("/okr new")
    await lite.dana.chooses(START, FIRST_WEEK)
    await lite.dana.closes()
    assert await lite.kept("SELECT count(*) FROM unsent") == [(0,)]


async def test_a_skip_delivered_twice_skips_once(lite: Stage) -> None:
    await lite.dana.types("/okr new")
    await lite.dana.chooses(START, FIRST_WEEK)
    await lite.dana.submits()
    lite.playground.deliver_twice()
    await lite.dana.clicks("Skip")
    assert lite.dana.modal.values["Key result"] == TIME
    lite.forgives("hash_conflict")


async def test_one_that_was_saved_is_undone_above_the_next_one_which_stays_filled(lite: Stage) -> None:
    await lite.dana.types("/okr new")
    await lite.dana.chooses(START, FIRST_WEEK)
    await lite.dana.submits()
    await lite.dana.submits()
    await lite.dana.clicks("Undo")
    assert "Undone: " + FIRST_RESULT in lite.dana.modal.text
    assert lite.dana.modal.values["Key result"] == TIME
    await lite.dana.clicks("Skip")
    assert lite.dana.modal.values["Key result"] == QUESTIONS


async def test_an_objective_that_exists_offers_no_template(lite: Stage) -> None:
    await lite.dana.types("/okr edit")
    groups = lite.dana.modal.json["blocks"][0]["element"]["option_groups"]
    await lite.dana.submits({"What do you want to edit?": groups[0]["options"][0]["text"]["text"]})
    assert lite.dana.modal.title == "Objective"
    assert START not in lite.dana.modal.values
