"""What an Italian reads: whole sentences, as they stand in the message."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from blocks import checkin_form, digest, later, notice, prompt, status
from blocks.language import language
from okr.cadence import Rhythm
from okr.checkins import CheckIn, Via
from okr.digest import summarise
from okr.goals import KeyResult, Objective, Person, Team
from okr.measures import Measure, MeasureKind, Step, Unit, UnitKind
from okr.rounds import Round, RoundState
from okr.standing import Standing

ITALIAN = language("it-IT")
ROME = "Europe/Rome"
MONDAY = date(2026, 11, 16)
NINE = datetime(2026, 11, 16, 8, tzinfo=UTC)
TUESDAY_TEN = datetime(2026, 11, 17, 9, tzinfo=UTC)

LUCA = Person("luca", "U1", "Luca Bianchi", ROME, "it-IT")
GROWTH = Team("growth", "growth", "Growth", None, "C1", "luca", ROME, "it", Rhythm(), ("luca",))
OBJECTIVE = Objective("love", "growth", "Diventare il negozio in cui si torna", "2026-Q4")
RETURNING = Measure(MeasureKind.INCREASE, Unit(UnitKind.PERCENT), Decimal(40), Decimal(60))
REVENUE = Measure(MeasureKind.INCREASE, Unit(UnitKind.CURRENCY, "EUR"), Decimal(10000), Decimal(50000))
LAUNCH = Measure(MeasureKind.MILESTONE, steps=(Step("Progettata", 30), Step("In tutti i negozi", 100)))


def owed(title: str, measure: Measure, value: str = "", level: int = 8, days: int = 7, **more: Any) -> Standing:
    """A key result of Luca's, last answered `days` ago unless without a value."""
    starts, ends = date(2026, 10, 1), date(2026, 12, 31)
    key_result = KeyResult(title, "growth", OBJECTIVE, title, "luca", "luca", measure, starts, ends)
    at = NINE - timedelta(days=days)
    said = CheckIn("c", title, "r", Decimal(value), level, "", "", "", "luca", Via.MODAL, at) if value else None
    return Standing(key_result, LUCA, LUCA, MONDAY, last=said, **more)


def asked(*standings: Standing, **more: Any) -> list[str]:
    """The first two lines of Luca's direct message, and its buttons at the end."""
    message = prompt.render(prompt.Prompt(LUCA, MONDAY, standings, TUESDAY_TEN, ("C1",), **more), ITALIAN)
    buttons = next((block["elements"] for block in message.blocks if block["type"] == "actions"), [])
    return [*message.text.splitlines()[:2], *(button["text"]["text"] for button in buttons)]


def test_a_prompt_says_what_is_due_and_when_the_digest_comes() -> None:
    returning, revenue = owed("Clienti", RETURNING, "43", repeatable=True), owed("Ricavi", REVENUE, "21000")
    launch = owed("Carta", LAUNCH, "30", repeatable=True)
    assert asked(returning, revenue, launch) == [
        "Ciao Luca, 3 risultati chiave da aggiornare",
        "Il riepilogo esce in <#C1> martedì alle 10:00, ora tua.",
        "Fai il check-in",
        "Come prima per 2 su 3",
        "Più tardi",
        "Perché?",
    ]


def test_one_key_result_is_said_in_the_singular() -> None:
    one = owed("Clienti", RETURNING, "43")
    done = replace(one, answered=True)
    assert asked(one)[0] == "Ciao Luca, 1 risultato chiave da aggiornare"
    assert asked(one, reminder=1)[0] == "Un piccolo promemoria: manca ancora 1 risultato chiave"
    assert asked(one, open=False)[:2] == [
        "1 risultato chiave è rimasto senza risposta",
        "Il riepilogo in <#C1> è già uscito. Se rispondi ora, si aggiorna comunque.",
    ]
    assert asked(done) == [
        "Grazie, Luca. Check-in fatto per 1 risultato chiave.",
        "Il riepilogo esce in <#C1> martedì alle 10:00; fino ad allora puoi modificare.",
        "Perché?",
    ]


def test_several_key_results_are_said_in_the_plural() -> None:
    two = (owed("Clienti", RETURNING, "43"), owed("Ricavi", REVENUE, "21000"))
    done = [replace(one, answered=True) for one in two]
    assert asked(*two, reminder=1)[0] == "Un piccolo promemoria: mancano ancora 2 risultati chiave"
    assert asked(*two, open=False)[0] == "2 risultati chiave sono rimasti senza risposta"
    assert asked(*done)[0] == "Grazie, Luca. Check-in fatto per 2 risultati chiave."


def test_a_key_result_stands_in_italian_words_and_numbers() -> None:
    revenue, launch = owed("Ricavi", REVENUE, "21500", level=2, in_review=True), owed("Carta", LAUNCH)
    assert status.entry(revenue, ITALIAN, ROME).replace("\u00a0", " ").splitlines() == [
        "*Ricavi*",
        "_Diventare il negozio in cui si torna_ – Luca Bianchi",
        "*21.500 €* (7 giorni fa) · traguardo 50.000 €",
        "▰▰▰▱▱▱▱▱▱▱ 29% fatto, 22 punti sotto il ritmo · 🛑 Fuori rotta · da aggiornare",
    ]
    assert status.entry(launch, ITALIAN, ROME).splitlines()[2:] == [
        "Ancora nessun valore · traguardo: In tutti i negozi",
        "⚪ Da iniziare · ritmo di oggi 51%",
    ]


def test_a_digest_opens_with_its_day_the_colours_and_the_answers() -> None:
    standings = [
        owed("Clienti", RETURNING, "43", level=2, days=0, answered=True),
        owed("Ricavi", REVENUE, "32000", days=0, answered=True),
        owed("Carta", LAUNCH),
    ]
    round = Round("r", "growth", MONDAY, RoundState.CLOSED, NINE, TUESDAY_TEN)
    summary = summarise(GROWTH, round, standings)
    message = digest.render(summary, ITALIAN, digest.Circumstances(missed=(date(2026, 11, 9),)))[0]
    blocks = [block["text"]["text"] for block in message.blocks if block["type"] in ("header", "section")]
    assert blocks[:2] == [
        "Growth: check-in di lunedì 16 novembre",
        "🟢 1 in linea · 🛑 1 fuori rotta · ⚪ 1 da iniziare\nRisposte: 2 su 3 · avanzamento medio 23%",
    ]
    assert blocks[-1] == "⏳ Manca ancora la risposta di *Luca Bianchi*. Se arriva, questo messaggio si aggiorna."
    assert [one["text"] for one in message.blocks[-2]["elements"]] == [
        "Non ero in funzione (9 nov), quindi non ho chiesto nulla a nessuno.",
        "Il ritmo è una linea retta dal primo giorno all’ultimo. Dettagli: `/okr stato`",
    ]


def test_the_forms_titles_and_buttons_are_whole() -> None:
    question = checkin_form.Question(owed("Clienti", RETURNING, "43"))
    page = checkin_form.render(checkin_form.Form((question,), rest=tuple(map(str, range(40))), done=9), ITALIAN)
    hours = later.render([TUESDAY_TEN - timedelta(hours=2)], MONDAY, ITALIAN, ROME)
    titles = [[view[part]["text"] for part in ("title", "submit", "close")] for view in (page, hours)]
    assert titles == [["Check-in 10 di 24", "Salva e continua", "Annulla"], ["Più tardi", "Ricordamelo", "Annulla"]]
    assert hours["blocks"][0]["element"]["options"][0]["text"]["text"] == "martedì alle 08:00"


def test_a_lead_is_told_of_one_or_of_several_key_results_without_an_owner() -> None:
    left = [owed("Clienti", RETURNING, "43"), owed("Carta", LAUNCH)]
    first_lines = [notice.render(some, [], MONDAY, ITALIAN, ROME).text.splitlines()[0] for some in (left[:1], left)]
    assert first_lines == [
        "1 risultato chiave è rimasto senza responsabile",
        "2 risultati chiave sono rimasti senza responsabile",
    ]
