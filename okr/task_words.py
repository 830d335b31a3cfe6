"""The words by which work to do is told from a result, English and Italian, in the forms that stand in key results."""

from okr.sentences import vocabulary

TASKS_EN = vocabulary(
    "organise organize create implement introduce develop finalise finalize migrate arrange prepare define"
) | {"roll out", "put together"}
"""Verbs that are nothing else: work to do, whatever follows."""

PERHAPS_EN = vocabulary(
    "launch build ship release deploy publish install design redesign write draft plan run host hold conduct open "
    "complete finish produce test document"
) | {"set up", "kick off"}
"""Also nouns or adjectives ("Launch partners", "Build time", "Open rate"): what follows makes them a verb, or not."""

FORMS_EN = vocabulary(
    "launching building shipping releasing deploying publishing designing redesigning writing running hosting "
    "organising organizing creating implementing introducing developing migrating preparing defining "
    "launched built shipped released deployed published designed redesigned written hosted opened "
    "organised organized created implemented introduced developed migrated prepared defined"
)
"""Also adjectives and parts of names ("Released features", "Building costs"): only a determiner makes them a verb."""

NOUNS_EN = vocabulary("launch release rollout creation introduction implementation organisation organization")
"""Work when "of the …" follows."""

TASKS_IT = vocabulary(
    "lanciare lanciamo lanceremo organizzare organizziamo organizzeremo organizza creare creiamo creeremo crea "
    "costruire costruiamo costruiremo costruisci realizzare realizziamo realizzeremo realizza "
    "sviluppare sviluppiamo svilupperemo sviluppa implementare implementiamo implementeremo implementa "
    "introdurre introduciamo introdurremo introduci pubblicare pubblichiamo pubblicheremo "
    "rilasciare rilasciamo rilasceremo rilascia progettare progettiamo progetteremo progetta "
    "preparare prepariamo prepareremo prepara scrivere scriviamo scriveremo scrivi definire definiamo definiremo "
    "definisci avviare avviamo avvieremo avvia installare installiamo installeremo installa "
    "allestire allestiamo allestiremo allestisci completare completiamo completeremo "
    "finalizzare finalizziamo finalizzeremo finalizza"
)
DONE_IT = vocabulary(
    "lanciat organizzat creat costruit realizzat sviluppat implementat introdott pubblicat rilasciat progettat "
    "preparat definit avviat installat allestit completat"
)
PERHAPS_IT = vocabulary("lancia pubblica completa apri aprire apriamo apriremo") | {
    stem + ending for stem in DONE_IT for ending in "oaie"
}
"""Also adjectives or names ("Pubblica amministrazione", "Lancia"): only an article or a count makes them a verb."""

NOUNS_IT = vocabulary(
    "lancio organizzazione creazione costruzione realizzazione implementazione introduzione pubblicazione rilascio "
    "avvio completamento"
)
"""Work when "del …" follows: how many an Italian list of tasks is written."""

BEFORE_THE_VERB = vocabulary("we will to successfully finally noi finalmente")

THE = {word: word for word in vocabulary("the our my your their its this these")} | {"a": "the", "an": "the"}
"""English determiners, and the one that repeats the thing later in a sentence."""

OF_THE = {"del": "il", "dello": "lo", "della": "la", "dell'": "l'", "dei": "i", "degli": "gli", "delle": "le"}
IL = {
    **{word: word for word in vocabulary("il lo la l' i gli le")},
    **{"un": "il", "uno": "lo", "una": "la", "un'": "l'"},
    **OF_THE,
}
"""The same in Italian: "un programma" and "lancio del programma" are both "il programma" later on."""

ELISIONS = vocabulary("l' un' dell' nell' sull' all' dall'")

FEW = vocabulary(
    "two three four five six seven eight nine ten twelve due tre quattro cinque sei sette otto nove dieci dodici"
)
UNCOUNTED = vocabulary("more some any every each all another many several both no better out up it them")
"""What cannot stand behind "the"."""

ENDS_EN = vocabulary(
    "by in before until till to so and or with across on at from for as via using into within after during through "
    "when that which who while per & + - – — → /"
)
ENDS_IT = FEW | vocabulary(
    "entro in nel nello nella nell' nei negli nelle per con su sul sullo sulla sull' sui sugli sulle da dal dallo "
    "dalla dall' dai dagli dalle a al allo alla all' ai agli alle e ed o che prima dopo tra fra come senza durante "
    "ogni & + - – — → /"
)
"""Words that end what is made: what follows says when, for whom or why."""

BEFORE_THE_NOUN_IT = vocabulary(
    "nuovo nuova nuovi nuove primo prima primi prime secondo seconda prossimo prossima nostro nostra nostri nostre "
    "grande grandi"
)

USES = {
    "use": "app apps card cards page pages portal portals tool tools dashboard dashboards feature features website "
    "websites site sites platform platforms product products service services chatbot bot integration integrations "
    "api apis system systems program programs programme programmes plugin plugins wallet checkout "
    "calculator assistant version catalogue catalog templates documentation docs "
    "carta carte pagina pagine portale portali strumento strumenti cruscotto funzione funzioni funzionalità sito siti "
    "piattaforma piattaforme prodotto prodotti servizio servizi integrazione integrazioni sistema sistemi programma "
    "programmi versione catalogo assistente documentazione",
    "attend": "event events workshop workshops webinar webinars conference conferences course courses training "
    "trainings meetup meetups party hackathon seminar seminars summit bootcamp "
    "evento eventi conferenza conferenze corso corsi festa seminario seminari incontro incontri fiera",
    "read": "newsletter newsletters report reports guide guides article articles handbook manual manuals book ebook "
    "whitepaper rapporto rapporti guida articolo articoli manuale manuali libro",
    "visit": "shop shops store stores showroom negozio negozi",
    "answer": "survey surveys questionnaire poll sondaggio sondaggi questionario questionari",
}
"""What people do with things of which that can be said without knowing more."""
USE_OF = {thing: use for use, things in USES.items() for thing in vocabulary(things)}
