"""What can be told of a sentence without being told its language: its words, its numbers, its two halves.

Everything here would rather see nothing than see wrongly.
"""

import re
import unicodedata
from dataclasses import dataclass


def vocabulary(words: str) -> frozenset[str]:
    """Words to look others up in, written as a line one can read."""
    return frozenset(words.split())


KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
BULLET = re.compile(r"^(?:[^\w#€$£¥+~<>≥≤(−–—-]|_|[+−–—-]\s)+")
LABEL = re.compile(
    r"^(?:kr\s?\d[\d.]*\s?[:.)–—-]?"
    r"|(?:kr|o|okr|objective|obiettivo|key result|risultato chiave)\s?[\d.]{0,5}\s?[:.)–—-]"
    r"|\d{1,2}[.)])\s+",
    re.I,
)
EDGES = "\"'“”‘’«»()[]{}.,;:!?…*_`~"
ELISION = re.compile(r"^[^\W\d]{1,6}['’](?=\w)")

NUMBER = re.compile(r"[~≈<>≥≤+−-]{0,2}\d[\d.,'’]*\+?")
MEASURED = re.compile(
    r"[~≈<>≥≤+−-]{0,2}(?:[€$£¥]\d[\d.,'’]*(?:k|m|mln|bn|mld)?|\d[\d.,'’]*(?:[%‰€$£¥x×]|(?:k|m|mln|bn|mld)[€$£]?))\+?",
    re.I,
)
PICTURES = vocabulary("4k 8k")
"""How sharp a screen is, not how many thousand."""
YEAR = re.compile(r"20[1-9]\d")
EDITION_OR_DATE = re.compile(r"\d\.0|[0-3]?\d\.[01]\d(?:\.(?:20)?\d\d)?")
CURRENCIES = vocabulary("€ $ £ EUR USD GBP")
UNITS = CURRENCIES | vocabulary("% ‰ percent percento million millions billion milione milioni miliardi mila k mln mld")
METRICS = vocabulary("nps enps csat ces arr mrr ebitda roi cac ltv clv gmv dau wau mau sla ctr cvr aov arpu tam")
"""Written in capitals as names are, but the number behind them is there to be reached."""
NUMBERED = vocabulary(
    "number numero nr no n version versione level livello phase fase stage step tier grade scope class classe "
    "article articolo generation generazione industry industria top"
)
"""The number behind them belongs to a name."""
YEARS = vocabulary("years anni")
"""An age or an anniversary."""
MONTHS = vocabulary(
    "january february march april may june july august september october november december jan feb mar apr jun jul "
    "aug sep sept oct nov dec gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
    "dicembre"
)

MOVES = vocabulary(
    "increase grow improve reduce decrease aumentare aumenta aumentiamo crescere migliorare migliora miglioriamo "
    "ridurre riduci riduciamo diminuire"
)
"""Verbs of change that are nothing else where a sentence begins: "Lower deck" and "Lift tickets" begin otherwise."""
CHANGES = MOVES | vocabulary("raise cut lower boost double lift halve alzare abbassare tagliare raddoppiare dimezzare")
STAYS = vocabulary("maintain mantenere mantieni manteniamo")
ANOTHER_CLAUSE = vocabulary("to who that per che di")


@dataclass(frozen=True)
class Quantity:
    """A number that is there to be reached, as it was written. `measured`: with a unit that only measures have."""

    text: str
    measured: bool


def plain(title: str) -> str:
    """One line, without what cannot be seen, and without bullets, pictures or a label such as "KR 2:" at its head."""
    text = KEYCAP.sub("", unicodedata.normalize("NFC", title))
    text = "".join(char for char in text if char.isspace() or not unicodedata.category(char).startswith("C"))
    return LABEL.sub("", BULLET.sub("", " ".join(text.split())))


def core(token: str) -> str:
    """A word without the signs that surround it."""
    return token.strip(EDGES)


def words(title: str) -> list[str]:
    """What can be pronounced: a dash or a picture is no word."""
    return [word for word in map(core, plain(title).split()) if any(char.isalnum() for char in word)]


def quantity(title: str) -> Quantity | None:
    """The first number that is there to be reached; digits in names, dates and figures of speech are none."""
    cores = [ELISION.sub("", core(token)) for token in plain(title).split()]
    return next((found for place in range(len(cores)) if (found := _quantity(cores, place))), None)


def two_changes(title: str) -> tuple[str, str] | None:
    """The halves of "Increase revenue and reduce churn"; nothing where "and" joins only words."""
    tokens = plain(title).split()
    folded = [core(token).casefold() for token in tokens]
    if not folded or folded[0] not in CHANGES:
        return None
    for place in range(2, len(folded) - 2):
        # "Reduce the time people need to find and reduce duplicates" is one result
        if folded[place] in ANOTHER_CLAUSE:
            return None
        if folded[place] in ("and", "e", "ed") and folded[place + 1] in CHANGES:
            return " ".join(tokens[:place]).rstrip(","), " ".join(tokens[place + 1 :]).rstrip(".!")
    return None


def _quantity(cores: list[str], place: int) -> Quantity | None:
    number = cores[place]
    before, after, later = [cores[at] if 0 <= at < len(cores) else "" for at in (place - 1, place + 1, place + 2)]
    if MEASURED.fullmatch(number) and number.casefold() not in PICTURES:
        return Quantity(number, measured=True)
    if not NUMBER.fullmatch(number):
        return None
    if before in CURRENCIES:
        return Quantity(f"{before} {number}", measured=True)
    if after in UNITS or after.casefold() in UNITS:
        return Quantity(f"{number} {after}", measured=True)
    if (after, later) == ("per", "cento"):
        return Quantity(f"{number} per cento", measured=True)
    return None if _is_name(number, before, after, begins=place == 1) else Quantity(number, measured=False)


def _is_name(number: str, before: str, after: str, *, begins: bool) -> bool:
    """ISO 27001, phase 2, 2027, 3 May, Onboarding 2.0 and "1 team" name something; nobody sets out to reach them.

    `begins`: the word before is the first one, whose capital says nothing.
    """
    if number == "1" or YEAR.fullmatch(number) or EDITION_OR_DATE.fullmatch(number):
        return True
    if before.casefold() in METRICS:
        return False
    if before.casefold() in NUMBERED or after.casefold() in YEARS or {before.casefold(), after.casefold()} & MONTHS:
        return True
    acronym = len(before) > 1 and before.isupper()
    return acronym or (before[:1].isupper() and not begins)
