"""Fifty objectives and key results as good teams write them, half of them Italian, and what they are made of."""

from decimal import Decimal

from okr.measures import Measure, MeasureKind, Step, Unit, UnitKind

NUMBER, PERCENT, EURO = Unit(), Unit(UnitKind.PERCENT), Unit(UnitKind.CURRENCY, "EUR")


def way(baseline: str, target: str, unit: Unit = NUMBER) -> Measure:
    kind = MeasureKind.INCREASE if Decimal(target) > Decimal(baseline) else MeasureKind.DECREASE
    return Measure(kind, unit, baseline=Decimal(baseline), target=Decimal(target))


def counted(label: str) -> Unit:
    return Unit(UnitKind.TEXT, label)


def within(low: str, high: str, unit: Unit = PERCENT) -> Measure:
    return Measure(MeasureKind.KEEP_WITHIN, unit, low=Decimal(low), high=Decimal(high))


def steps(*titles: str) -> Measure:
    shares = [100 * place // len(titles) for place in range(1, len(titles) + 1)]
    return Measure(MeasureKind.MILESTONE, steps=tuple(map(Step, titles, shares)))


GOOD_OBJECTIVES = [
    # product, engineering, security
    "Make the first week with our app feel effortless",
    "Become the B2B marketplace that buyers open first",
    "Let nobody ever wait for a release",
    "Earn the trust that ISO 27001 stands for",
    "Launch day feels like any other Tuesday",
    # marketing, sales, customer success
    "Be the name Italian bakers think of for Web3 payments",
    "Win back the customers we lost to silence",
    "Be there 24/7 for everyone who travels with us",
    "Turn every renewal into a conversation, not a surprise",
    # people, finance, law, operations
    "Be ready for 2027 without a single late night",
    "Close the books so calmly that nobody notices",
    "Act as 1 team across all our offices",
    # the same departments, in Italian
    "Diventare il negozio in cui si torna volentieri",
    "Rendere la prima settimana con noi un piacere",
    "Essere il riferimento B2B per i fornai italiani",
    "Far sì che nessuno aspetti più un rilascio",
    "Vivere l'ISO 27001 come un'abitudine, non come un esame",
    "Esserci 24/7 per chi viaggia con noi",
    "Trasformare ogni rinnovo in una bella conversazione",
    "Arrivare pronti al 2027 senza notti in ufficio",
    "Chiudere i conti con una calma che non si nota",
    "Dare ai nuovi colleghi un inizio che raccontano a casa",
    "Portare l'Industria 4.0 nelle piccole officine",
    "Spedire bene tutto ciò che spediamo entro il 31.12",
]

GOOD_KEY_RESULTS: list[tuple[str, Measure]] = [
    # product, engineering, security
    ("New users who finish the tour", way("35", "60", PERCENT)),
    ("Launch partners signed", way("0", "12")),
    ("Build time in minutes", way("24", "8", counted("minutes"))),
    ("Deploy frequency per week", way("2", "10")),
    ("Uptime stays high", within("99.5", "100")),
    ("Release 2.0 adoption", way("0", "70", PERCENT)),
    # marketing, sales, customer success
    ("Open rate of the newsletter", way("18", "30", PERCENT)),
    ("Launch page visitors who sign up", way("2.5", "6", PERCENT)),
    ("Revenue from partners", way("10000", "50000", EURO)),
    ("Customers who renew before they are asked", way("40", "65", PERCENT)),
    # people, finance, law, operations
    ("The loyalty card is in all shops", steps("Designed", "In ten shops", "In all shops")),
    ("Build trust in the numbers: disputes per month", way("14", "4")),
    ("Improve supplier quality and delivery times", way("3.1", "4.4")),
    # the same departments, in Italian
    ("Nuovi utenti che completano il giro guidato", way("35", "60", PERCENT)),
    ("Partner di lancio firmati", way("0", "12")),
    ("Tempo di rilascio in minuti", way("24", "8", counted("minuti"))),
    ("La disponibilità resta alta", within("99.5", "100")),
    ("Tasso di apertura della newsletter", way("18", "30", PERCENT)),
    ("Ricavi dai partner", way("10000", "50000", EURO)),
    ("Clienti che rinnovano prima che glielo chiediamo", way("40", "65", PERCENT)),
    ("Pubblica amministrazione: clienti attivi", way("3", "15")),
    ("La carta fedeltà è in tutti i negozi", steps("Progettata", "In dieci negozi", "In tutti i negozi")),
    ("Creare valore: margine per cliente", way("120", "180", EURO)),
    ("Lancio dell'app: utenti attivi ogni settimana", way("0", "10000")),
    ("Ridurre i tempi e i costi di spedizione", way("9", "5", EURO)),
    ("Programma fedeltà: iscritti attivi", way("0", "40", PERCENT)),
]
