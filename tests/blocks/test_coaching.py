"""What the coach says, word for word: a kind line with its reason and a better shape, in the reader's language."""

from decimal import Decimal
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blocks.coaching import say
from blocks.language import Language, language
from okr.coaching import (
    coach_key_result,
    coach_key_results,
    coach_objective,
    coach_objectives,
    coach_personal_objectives,
)
from okr.goals import Ambition
from okr.measures import Measure, MeasureKind, Step

ENGLISH, ITALIAN, GERMAN = language("en-GB"), language("it-IT"), language("de-DE")
DONE_OR_NOT = Measure(MeasureKind.INCREASE, baseline=Decimal(0), target=Decimal(1))
WATCHED = Measure(MeasureKind.KEEP_WITHIN, low=Decimal(95), high=Decimal(99))
GROWING = Measure(MeasureKind.INCREASE, baseline=Decimal(95), target=Decimal(99))
ONE_STEP = Measure(MeasureKind.MILESTONE, steps=(Step("Open", 100),))

WORK = "💡 This is work to do, and fits well as an action. "
CHANGES = WORK + "A key result says what it changes, like “{}”."
WHAT = WORK + "What changes with “{}”? For example “Returning customers, from 40% to 60%”."

LAVORO = "💡 È una cosa da fare, e sta bene tra le azioni. "
CAMBIA = LAVORO + "Un risultato chiave dice che cosa cambia, come “{}”."
CHE_COSA = LAVORO + "Che cosa cambia con “{}”? Per esempio “Clienti che tornano, dal 40% al 60%”."


@pytest.mark.parametrize(
    ("title", "line"),
    [
        # with what people do with it
        ("Launch the loyalty card", CHANGES.format("People who use the loyalty card, from 0% to 40%")),
        ("Launch loyalty card", CHANGES.format("People who use the loyalty card, from 0% to 40%")),
        ("🚀 KR1: Launch the loyalty card!", CHANGES.format("People who use the loyalty card, from 0% to 40%")),
        ("We will launch a new app for iOS by June", CHANGES.format("People who use the new app, from 0% to 40%")),
        ("Launch of the partner portal", CHANGES.format("People who use the partner portal, from 0% to 40%")),
        ("Launched our pricing page", CHANGES.format("People who use our pricing page, from 0% to 40%")),
        (
            "Build the first version of the app",
            CHANGES.format("People who use the first version of the app, from 0% to 40%"),
        ),
        (
            "Ship our customers’ favourite feature",
            CHANGES.format("People who use our customers’ favourite feature, from 0% to 40%"),
        ),
        ("Open a shop in Turin", CHANGES.format("People who visit the shop a second time, from 20% to 40%")),
        ("Organise 4 workshops", CHANGES.format("People who would recommend the 4 workshops, from 60% to 80%")),
        (
            "Host two webinars for bakers",
            CHANGES.format("People who would recommend the two webinars, from 60% to 80%"),
        ),
        (
            "Write the onboarding guide",
            CHANGES.format("People who read the onboarding guide to the end, from 20% to 50%"),
        ),
        ("Run a customer survey", CHANGES.format("People who complete the customer survey, from 20% to 60%")),
        # with the thing between quotes, since nobody knows what people do with it
        ("Launch the podcast", WHAT.format("the podcast")),
        ("Launch 'the podcast' by June", WHAT.format("the podcast")),
        ("Create a culture of feedback", WHAT.format("a culture of feedback")),
        ("Roll out SSO", WHAT.format("SSO")),
        # with a general example, where the thing itself is not certain
        ("Implement best practices", CHANGES.format("Returning customers, from 40% to 60%")),
        ("Launch the app successfully", CHANGES.format("Returning customers, from 40% to 60%")),
        ("Create more features", CHANGES.format("Returning customers, from 40% to 60%")),
        ("Launch the " + "very " * 20 + "good app", CHANGES.format("Returning customers, from 40% to 60%")),
        ("Launch the <!channel> app", CHANGES.format("Returning customers, from 40% to 60%")),
    ],
)
def test_work_is_answered_with_what_it_could_change(title: str, line: str) -> None:
    assert _lines(title) == [line]


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Lanciare la carta fedeltà", CAMBIA.format("Persone che usano la carta fedeltà, dallo 0% al 40%")),
        ("Lanciata la carta fedeltà", CAMBIA.format("Persone che usano la carta fedeltà, dallo 0% al 40%")),
        ("Lancia l’app", CAMBIA.format("Persone che usano l'app, dallo 0% al 40%")),
        ("Lancio dell'app entro giugno", CAMBIA.format("Persone che usano l'app, dallo 0% al 40%")),
        ("Lancio di una nuova app", CAMBIA.format("Persone che usano la nuova app, dallo 0% al 40%")),
        ("Creare un'app per gli autisti", CAMBIA.format("Persone che usano l'app, dallo 0% al 40%")),
        (
            "Creare uno strumento di prenotazione",
            CAMBIA.format("Persone che usano lo strumento di prenotazione, dallo 0% al 40%"),
        ),
        ("Lanceremo il sito in tre lingue", CAMBIA.format("Persone che usano il sito, dallo 0% al 40%")),
        ("Organizziamo dei corsi per i nuovi", CAMBIA.format("Persone che consiglierebbero i corsi, dal 60% all’80%")),
        ("Organizzare un hackathon", CAMBIA.format("Persone che consiglierebbero l'hackathon, dal 60% all’80%")),
        ("Pubblica la guida", CAMBIA.format("Persone che leggono la guida fino in fondo, dal 20% al 50%")),
        ("Preparare un sondaggio", CAMBIA.format("Persone che completano il sondaggio, dal 20% al 60%")),
        (
            "Aprire un negozio a Torino",
            CAMBIA.format("Persone che visitano il negozio una seconda volta, dal 20% al 40%"),
        ),
        ("Introduzione dello smart working", CHE_COSA.format("lo smart working")),
        ("Costruire il team vendite", CHE_COSA.format("il team vendite")),
        ("Organizzare meglio i turni", CAMBIA.format("Clienti che tornano, dal 40% al 60%")),
        ("Organizzati 4 eventi", CAMBIA.format("Clienti che tornano, dal 40% al 60%")),
    ],
)
def test_work_is_answered_in_italian(title: str, line: str) -> None:
    assert _lines(title, reader=ITALIAN) == [line]


def test_an_example_is_in_the_language_of_the_sentence_and_its_reason_in_the_readers() -> None:
    assert _lines("Lanciare la carta fedeltà") == [
        CHANGES.format("Persone che usano la carta fedeltà, dallo 0% al 40%")
    ]
    assert _lines("Launch the loyalty card", reader=ITALIAN) == [
        CAMBIA.format("People who use the loyalty card, from 0% to 40%")
    ]
    assert _lines("Lancio del podcast", reader=GERMAN) == [
        WORK + "What changes with “il podcast”? For example “Clienti che tornano, dal 40% al 60%”."
    ]


@pytest.mark.parametrize(
    ("title", "english", "italian"),
    [
        (
            "Increase revenue by 20%",
            "💡 “20%” does more as a key result, where it is followed every week. "
            "The objective says what it is for, like “Become the shop people come back to”.",
            "💡 “20%” rende di più in un risultato chiave, dove si segue ogni settimana. "
            "L’obiettivo dice a che cosa serve, come “Diventare il negozio in cui si torna”.",
        ),
        (
            "Growth",
            "💡 “Growth” is easy to remember, and leaves open what gets better for whom. "
            "A few words more say it, like “Become the shop people come back to”.",
            "💡 “Growth” si ricorda facilmente, ma lascia aperto che cosa migliora e per chi. "
            "Lo dice qualche parola in più, come “Diventare il negozio in cui si torna”.",
        ),
        (
            "R&D <first>",
            "💡 “R&amp;D &lt;first&gt;” is easy to remember, and leaves open what gets better for whom. "
            "A few words more say it, like “Become the shop people come back to”.",
            "💡 “R&amp;D &lt;first&gt;” si ricorda facilmente, ma lascia aperto che cosa migliora e per chi. "
            "Lo dice qualche parola in più, come “Diventare il negozio in cui si torna”.",
        ),
        (
            "Become the shop people come back to, so that our revenue grows, our team is happy "
            "and all our investors sleep",
            "💡 Short objectives are remembered: this one has 21 words, and 18 are plenty. "
            "Perhaps just “Become the shop people come back to”?",
            "💡 Gli obiettivi brevi restano in mente: questo ha 21 parole, e 18 bastano. "
            "Forse basta “Become the shop people come back to”?",
        ),
        (
            "By listening to everybody who writes to us about anything at all "
            "we become the shop that people come back to",
            "💡 Short objectives are remembered: this one has 21 words, and 18 are plenty. "
            "The details can go into its key results.",
            "💡 Gli obiettivi brevi restano in mente: questo ha 21 parole, e 18 bastano. "
            "I dettagli possono stare nei risultati chiave.",
        ),
    ],
)
def test_an_objective_is_answered_in_the_readers_language(title: str, english: str, italian: str) -> None:
    assert [[say(one, reader) for one in coach_objective(title)] for reader in (ENGLISH, ITALIAN)] == [
        [english],
        [italian],
    ]


@pytest.mark.parametrize(
    ("title", "measure", "source", "english", "italian"),
    [
        (
            "Increase revenue and reduce churn.",
            None,
            "CRM",
            "💡 “Increase revenue” and “reduce churn” can go different ways. "
            "As two key results, each has its own number.",
            "💡 “Increase revenue” e “reduce churn” possono andare in direzioni diverse. "
            "Come due risultati chiave, ognuno ha il suo numero.",
        ),
        (
            "A shop in Milan",
            DONE_OR_NOT,
            "CRM",
            "💡 Done or not done shows nothing on the way. Steps show how far it is; "
            "a number shows what it changes, like “Returning customers, from 40% to 60%”.",
            "💡 “Fatto o non fatto” non mostra niente lungo la strada. Le tappe mostrano a che punto si è; "
            "un numero mostra che cosa cambia, come “Clienti che tornano, dal 40% al 60%”.",
        ),
        (
            "A shop in Milan",
            ONE_STEP,
            "",
            "💡 Done or not done shows nothing on the way. Steps show how far it is; "
            "a number shows what it changes, like “Returning customers, from 40% to 60%”.",
            "💡 “Fatto o non fatto” non mostra niente lungo la strada. Le tappe mostrano a che punto si è; "
            "un numero mostra che cosa cambia, come “Clienti che tornano, dal 40% al 60%”.",
        ),
        (
            "Increase uptime",
            WATCHED,
            "Grafana",
            "💡 “Increase” says that it should move, limits say that it should stay. To move it, set a target; "
            "to watch over it, a title like “Uptime stays high” fits.",
            "💡 “Increase” dice che deve muoversi, i limiti dicono che deve restare dov’è. Per muoverlo serve un "
            "traguardo; per tenerlo d’occhio va bene un titolo come “L’uptime resta alto”.",
        ),
        (
            "Mantenere la qualità",
            GROWING,
            "ERP",
            "💡 “Mantenere” says that it should stay, a target says that it should move. "
            "To watch over it, set limits to keep it within.",
            "💡 “Mantenere” dice che deve restare dov’è, un traguardo dice che deve muoversi. "
            "Per tenerlo d’occhio, indica i limiti in cui deve restare.",
        ),
        (
            "Returning customers",
            GROWING,
            "",
            "💡 Where will the number come from? The name of a report or a dashboard is enough, "
            "and later nobody needs to argue about it.",
            "💡 Da dove arriverà il numero? Basta il nome di un report o di un cruscotto, "
            "e poi nessuno dovrà discuterne.",
        ),
    ],
)
def test_a_key_result_is_answered_in_the_readers_language(
    title: str, measure: Measure | None, source: str, english: str, italian: str
) -> None:
    assert _lines(title, measure, source) == [english]
    assert _lines(title, measure, source, ITALIAN) == [italian]


def test_done_or_not_says_more_where_the_best_may_be_missed() -> None:
    (advice,) = coach_key_result("A shop in Milan", DONE_OR_NOT, "CRM", Ambition.ASPIRATIONAL)
    assert say(advice, ENGLISH) == (
        "💡 Done or not done is all or nothing, and an aspirational objective may well end at 0.7. "
        "Steps leave room for that, or a number that shows what it changes, "
        "like “Returning customers, from 40% to 60%”."
    )
    assert say(advice, ITALIAN) == (
        "💡 “Fatto o non fatto” è tutto o niente, e un obiettivo ambizioso può benissimo chiudersi a 0,7. "
        "Lasciano spazio le tappe, o un numero che mostra che cosa cambia, "
        "come “Clienti che tornano, dal 40% al 60%”."
    )


def test_how_many_there_are_is_said_gently() -> None:
    counts = [*coach_objectives(5), *coach_key_results(1), *coach_key_results(2), *coach_key_results(6)]
    counts += [*coach_personal_objectives(6, "Dana Rossi"), *coach_key_results(1, 2, 2)]
    assert [say(advice, ENGLISH) for advice in counts] == [
        "💡 5 objectives for one team: up to 4 get the attention they deserve. Perhaps one can wait a cycle.",
        "💡 1 key result so far. With 3 to 5 one sees from several sides whether the objective is reached.",
        "💡 2 key results so far. With 3 to 5 one sees from several sides whether the objective is reached.",
        "💡 6 key results: up to 5 can be looked at every week. Perhaps two say nearly the same, or one is an action.",
        "💡 6 objectives for Dana Rossi: up to 5 get the attention they deserve. Perhaps somebody else owns one.",
        "💡 1 key result so far. With 2 one sees from several sides whether the objective is reached.",
    ]
    assert [say(advice, ITALIAN) for advice in counts] == [
        "💡 5 obiettivi per un team: fino a 4 ricevono l’attenzione che meritano. Forse uno può aspettare un ciclo.",
        "💡 Finora 1 risultato chiave. Averne da 3 a 5 mostra da più lati se l’obiettivo è raggiunto.",
        "💡 Finora 2 risultati chiave. Averne da 3 a 5 mostra da più lati se l’obiettivo è raggiunto.",
        "💡 6 risultati chiave: fino a 5 si riescono a guardare ogni settimana. "
        "Forse due dicono quasi la stessa cosa, o uno è un’azione.",
        "💡 6 obiettivi per Dana Rossi: fino a 5 ricevono l’attenzione che meritano. "
        "Forse uno può seguirlo qualcun altro.",
        "💡 Finora 1 risultato chiave. Averne 2 mostra da più lati se l’obiettivo è raggiunto.",
    ]


@given(title=st.text(max_size=200), head=st.sampled_from(["", "Launch the ", "Lancio dell'", "Increase 5% "]))
@settings(max_examples=150, deadline=None)
def test_whatever_is_written_an_advice_is_one_short_line_without_power(title: str, head: str) -> None:
    advices = [*coach_objective(head + title), *coach_key_result(head + title, DONE_OR_NOT, title)]
    for line in (say(advice, reader) for advice in advices for reader in (ENGLISH, ITALIAN)):
        assert len(line.splitlines()) == 1
        assert len(unescape(line)) <= 320
        assert "<" not in line


def _lines(title: str, measure: Measure | None = None, source: str = "", reader: Language = ENGLISH) -> list[str]:
    return [say(advice, reader) for advice in coach_key_result(title, measure, source)]
