"""The words of days and numbers in phrases people type, English and Italian, as `fold` leaves them."""

import re
import unicodedata
from collections.abc import Iterable

from okr.recurrence import LAST

WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "monday mondays mon lunedi lun",
            "tuesday tuesdays tues tue martedi mar",
            "wednesday wednesdays weds wed mercoledi mer",
            "thursday thursdays thurs thur thu giovedi gio",
            "friday fridays fri venerdi ven",
            "saturday saturdays sat sabato sabati sab",
            "sunday sundays sun domenica domeniche dom",
        )
    )
    for word in words.split()
}
MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "january jan gennaio gen",
            "february feb febbraio",
            "march mar marzo",
            "april apr aprile",
            "may maggio mag",
            "june jun giugno giu",
            "july jul luglio lug",
            "august aug agosto ago",
            "september sept sep settembre set",
            "october oct ottobre ott",
            "november nov novembre",
            "december dec dicembre dic",
        ),
        start=1,
    )
    for word in words.split()
}
ORDINALS = {
    word: number
    for number, words in {
        1: "first 1st primo prima 1o 1a",
        2: "second 2nd secondo seconda 2o 2a",
        3: "third 3rd terzo terza 3o 3a",
        4: "fourth 4th quarto quarta 4o 4a",
        5: "fifth 5th quinto quinta 5o 5a",
        LAST: "last ultimo ultima",
    }.items()
    for word in words.split()
}
NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "one un uno una",
            "two due",
            "three tre",
            "four quattro",
            "five cinque",
            "six sei",
            "seven sette",
            "eight otto",
            "nine nove",
            "ten dieci",
            "eleven undici",
            "twelve dodici",
        ),
        start=1,
    )
    for word in words.split()
}
ELISIONS = {"l": "", "dell": "del ", "all": "alla ", "nell": "nella ", "dall": "dal ", "sull": "sul "}


def fold(text: str) -> str:
    """Small letters without accents, signs or needless spaces: `L’ultimo  venerdì` becomes `ultimo venerdi`."""
    plain = text.casefold()
    for sign, simple in (("’", "'"), ("‘", "'"), ("´", "'"), ("`", "'"), ("°", "o"), ("–", "-"), ("—", "-")):
        plain = plain.replace(sign, simple)
    plain = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    plain = re.sub(r"(?<=\w)'(?!\w)", "", plain)  # venerdi' is how many write venerdì
    plain = re.sub(r"\b([ap])\.\s?m\b\.?", r"\1m", plain)
    plain = re.sub(rf"\b({'|'.join(ELISIONS)})'\s*", lambda found: ELISIONS[found[1]], plain)
    plain = re.sub(r"\.(?!\d)|[<>{}!?\"“”*_]", " ", plain)
    return " ".join(plain.split())


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of these words, the longest first."""
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"


def number(word: str) -> int:
    """The whole number a word or digits stand for."""
    return NUMBERS[word] if word in NUMBERS else int(word)


WEEKDAY, MONTH, ORDINAL = any_of(WEEKDAYS), any_of(MONTHS), any_of(ORDINALS)
NUMBER = rf"(?:\d{{1,3}}|{any_of(NUMBERS)})"
