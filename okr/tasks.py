"""Whether a sentence is work to do rather than a result, and what that work makes.

The language need not be known: a sentence in neither English nor Italian simply has no work in it.
"""

import re
from dataclasses import dataclass

from okr import task_words as known
from okr.sentences import EDGES, core, plain

MOST_OF_A_THING = 60
"""Characters of what is made that are worth repeating."""

ELIDED = re.compile(rf"\b({'|'.join(elision[:-1] for elision in sorted(known.ELISIONS))})['’](?=\w)", re.I)
SIGNS = EDGES.translate(dict.fromkeys(map(ord, "'’")))
"""What surrounds a word, but for the apostrophe of "l'app" and "the customers' app"."""
THING = re.compile(r"[\w'’-]+")
JUDGED = re.compile(r"[au]t[oaie]$")
"""Something is said of the work, as in "organizzazione del magazzino valutata dagli operatori"."""
ADVERBS = ("ly", "mente")
"""What ends so says how it is made: "the app successfully" is no thing."""
DIGITS = re.compile(r"[0-9]+")
ENDS_A_CLAUSE = re.compile(r"[.,;:!?)]$")


@dataclass(frozen=True)
class Task:
    """Work to do. `language` is that of its verb, `thing` what is made, empty where that is not certain.

    Where it is known what people do with such a thing, that is the `use`, and the thing is ready to stand behind a
    verb in its language ("the loyalty card"); otherwise it is as it was written and only good between quotes.
    """

    language: str
    thing: str = ""
    use: str = ""


def task(title: str) -> Task | None:
    """The work that stands at the head of the sentence, if it is work without a doubt."""
    tokens = ELIDED.sub(r"\1' ", plain(title)).split()
    while tokens and _folded(tokens[0]) in known.BEFORE_THE_VERB:
        tokens = tokens[1:]
    if not tokens:
        return None
    head, rest = _folded(tokens[0]), tokens[1:]
    return _italian_task(head, rest) or _english_task(head, rest)


def _english_task(head: str, rest: list[str]) -> Task | None:
    first, second = _first_two(rest)
    if head in known.NOUNS_EN and first == "of" and second in known.THE:
        return None if _folded(rest[-1]).endswith("ed") else _english_thing(rest[1:])
    if f"{head} {first}" in known.TASKS_EN | known.PERHAPS_EN:
        head, rest, first = f"{head} {first}", rest[1:], second
    made = _english_thing(rest)
    certain = first in known.THE or first in known.FEW
    is_task = (
        head in known.TASKS_EN
        or (head in known.PERHAPS_EN and (certain or made.use != ""))
        or (head in known.FORMS_EN and certain)
    )
    return made if is_task else None


def _english_thing(rest: list[str]) -> Task:
    """The last word, or the last before "of", says what it is: a loyalty card, the first version of the app."""
    taken = _until(rest, known.ENDS_EN)
    determiner = known.THE.get(taken[0].casefold(), "") if taken else ""
    noun = taken[1:] if determiner else taken
    if not noun or noun[0].casefold() in known.UNCOUNTED or noun[0].endswith(("'s", "’s")):
        return Task("en")
    folded = [word.casefold() for word in noun]
    kind = folded[folded.index("of") - 1] if "of" in folded[1:] else folded[-1]
    is_name = len(noun) == 1 and noun[0][0].isupper()
    quoted = " ".join(taken) if determiner or is_name else ""
    return _made("en", f"{determiner or 'the'} {' '.join(noun)}", kind, quoted)


def _italian_task(head: str, rest: list[str]) -> Task | None:
    first, second = _first_two(rest)
    if head in known.NOUNS_IT:
        if any(JUDGED.search(_folded(token)) for token in rest):
            return None
        if first == "di" and second in known.IL:
            return _italian_thing(rest[1:])
        return _italian_thing(rest) if first in known.OF_THE else None
    certain = first in known.IL or first in known.FEW or DIGITS.fullmatch(first) is not None
    if head in known.TASKS_IT or (head in known.PERHAPS_IT and certain):
        return _italian_thing(rest)
    return None


def _italian_thing(rest: list[str]) -> Task:
    """The first noun says what it is: la nuova carta fedeltà. Without an article its gender is not known."""
    taken = _until(rest, known.ENDS_IT)
    said = taken[0].casefold() if taken else ""
    kinds = [word for word in map(str.casefold, taken[1:]) if word not in known.BEFORE_THE_NOUN_IT]
    if said not in known.IL or not kinds:
        return Task("it")
    vowel = taken[1][0].casefold() in "aeiouhàèéìòù"
    article = "l'" if said in ("un", "una") and vowel else known.IL[said]
    thing = " ".join([article, *taken[1:]]).replace("' ", "'")
    return _made("it", thing, kinds[0], thing)


def _made(language: str, thing: str, kind: str, quoted: str) -> Task:
    use = known.USE_OF.get(kind, "")
    said = thing if use else quoted
    whole = len(said) <= MOST_OF_A_THING and all(THING.fullmatch(word) for word in said.split())
    return Task(language, said, use) if whole and not said.endswith(ADVERBS) else Task(language)


def _until(rest: list[str], ends: frozenset[str]) -> list[str]:
    """What is made, up to the word or sign after which comes when, for whom or why."""
    taken: list[str] = []
    for token in rest:
        word = token.strip(SIGNS) if token.endswith(("'", "’")) else core(token)
        if not core(word) or word.casefold() in ends or token.startswith("("):
            break
        taken.append(word)
        if ENDS_A_CLAUSE.search(token):
            break
    return [*taken[:-1], *map(core, taken[-1:])]


def _first_two(rest: list[str]) -> tuple[str, str]:
    first, second, *_ = [*map(_folded, rest[:2]), "", ""]
    return first, second


def _folded(token: str) -> str:
    """As the tables have it: the apostrophe of "l'" belongs to it."""
    folded = token.casefold()
    return folded if folded in known.ELISIONS else core(folded)
