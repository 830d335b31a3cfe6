"""What could be said better while an objective or a key result is written. Advice is never a condition.

The rules and where they come from: docs/coaching.md. Everything here errs on the side of silence.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from okr.goals import Ambition
from okr.measures import Measure, MeasureKind, UnitKind
from okr.sentences import MOVES, STAYS, plain, quantity, two_changes, vocabulary, words
from okr.standards import Limits
from okr.tasks import Task, task

FEWEST_WORDS, MOST_WORDS = 4, 18
SHORT = 25
"""Characters from which fewer than four words say enough: other languages build longer ones."""

MOST_DONE = 20
"""Up to here a count that begins at 0 may be a list of things done (four workshops); beyond it people are counted."""

LATIN = re.compile("[A-Za-z]")
CLAUSE = re.compile(
    r"\s*;\s+|:\s+|\s+[–—-]\s+|\s+\(|,?\s+(?:so that|in order to|affinché|in modo da|in modo che|così che)\s"
    r"|,\s+(?=(?:so|which|while|because|without|thanks|where|così|perché|mentre|senza|grazie)\b)",
    re.I,
)
OPENERS = vocabulary(
    "by when if while through with to as since because after before per se quando con grazie mentre poiché dopo"
)
"""Words that begin a clause which is no sentence without the next."""


@dataclass(frozen=True)
class Advice:
    """One thing that could be said better. `id` names the sentence, `fields` are the values it mentions, as written.

    The id begins with what it is about, the field under which it stands: title, measure, source or count.
    """

    id: str
    fields: Mapping[str, str | int] = field(default_factory=dict, hash=False)

    @property
    def about(self) -> str:
        return self.id.partition(".")[0]


def coach_objective(title: str) -> tuple[Advice, ...]:
    """At most one: a metric in it, else too many words, else too few."""
    count = len(words(title))
    if not count:
        return ()
    if number := quantity(title):
        return (Advice("title.number", {"number": number.text}),)
    if count > MOST_WORDS:
        shorter = _shorter(title)
        id = "title.long_with_shorter" if shorter else "title.long"
        return (Advice(id, {"count": count, "most": MOST_WORDS} | ({"shorter": shorter} if shorter else {})),)
    if count < FEWEST_WORDS and len(plain(title)) < SHORT and LATIN.search(title):
        return (Advice("title.short", {"title": plain(title)}),)
    return ()


def coach_key_result(
    title: str, measure: Measure | None, source: str, ambition: Ambition = Ambition.COMMITTED
) -> tuple[Advice, ...]:
    """At most one about each of title, measure and source, in this order. `measure` is None while it is not whole.

    Nothing about a title that is not written yet, nor about anything else meanwhile.
    """
    if not words(title):
        return ()
    work = None if _is_an_outcome(title, measure) else task(title)
    about_title = _about_work(work) if work else _about_results(title)
    about_measure = _about_measure(title, measure, ambition, work)
    return tuple(advice for advice in (about_title, about_measure, _about_source(measure, source)) if advice)


def coach_objectives(count: int, most: int = Limits.objectives) -> tuple[Advice, ...]:
    """About how many objectives a team has in a cycle."""
    return (Advice("count.objectives", {"count": count, "most": most}),) if count > most else ()


def coach_personal_objectives(count: int, name: str, most: int = Limits.personal_objectives) -> tuple[Advice, ...]:
    """About how many objectives the person of this name owns in a cycle."""
    if count <= most:
        return ()
    return (Advice("count.personal_objectives", {"count": count, "most": most, "name": name}),)


def coach_key_results(
    count: int, fewest: int = Limits.fewest_key_results, most: int = Limits.most_key_results
) -> tuple[Advice, ...]:
    """About how many key results an objective has; nothing before the first."""
    if count > most:
        return (Advice("count.key_results", {"count": count, "most": most}),)
    if 0 < count < fewest:
        return (Advice("count.few_key_results", {"count": count, "fewest": fewest, "most": most}),)
    return ()


def _shorter(title: str) -> str:
    """The first clause, when it is an objective of its own; empty when that is not certain."""
    first = CLAUSE.split(plain(title), maxsplit=1)[0].rstrip(",;:.!")
    said = words(first)
    if not FEWEST_WORDS <= len(said) <= MOST_WORDS or said[0].casefold() in OPENERS:
        return ""
    return first


def _is_an_outcome(title: str, measure: Measure | None) -> bool:
    """Whether something says what the work changes, however the title begins: its number, or words after a colon."""
    number = quantity(title)
    in_words = (number is not None and number.measured) or ": " in plain(title)
    return in_words or _counts_an_outcome(measure)


def _counts_an_outcome(measure: Measure | None) -> bool:
    """False where the number says no more than how much of the work is done: steps, 0 to 1, 0 to 100 %, 0 to 4."""
    if measure is None or measure.is_milestone:
        return False
    if measure.kind is not MeasureKind.INCREASE or measure.baseline != 0 or measure.target is None:
        return True
    if measure.unit.kind is UnitKind.PERCENT:
        return measure.target != 100
    return measure.unit.kind is UnitKind.CURRENCY or measure.target > MOST_DONE


def _about_work(work: Task) -> Advice:
    """With an outcome made of the person's own words where it can be made well."""
    if work.use:
        return Advice("title.task_with_use", {"language": work.language, "thing": work.thing, "use": work.use})
    if work.thing:
        return Advice("title.task_with_thing", {"language": work.language, "thing": work.thing})
    return Advice("title.task", {"language": work.language})


def _about_results(title: str) -> Advice | None:
    halves = two_changes(title)
    return Advice("title.two_results", {"first": halves[0], "second": halves[1]}) if halves else None


def _about_measure(title: str, measure: Measure | None, ambition: Ambition, work: Task | None) -> Advice | None:
    if measure is None:
        return None
    verb = words(title)[0]
    if measure.is_corridor and verb.casefold() in MOVES:
        return Advice("measure.steady_but_moves", {"verb": verb})
    if _is_a_way(measure) and verb.casefold() in STAYS:
        return Advice("measure.moves_but_steady", {"verb": verb})
    if _is_done_or_not(measure) and not work:  # of work to do it has been said already
        aspires = ambition is Ambition.ASPIRATIONAL
        return Advice("measure.all_or_nothing" if aspires else "measure.done_or_not")
    return None


def _is_a_way(measure: Measure) -> bool:
    return not measure.is_corridor and not measure.is_milestone


def _is_done_or_not(measure: Measure) -> bool:
    """A milestone of one step, or 0 to 1 of something that is counted; 1 % and 1 € are amounts."""
    if measure.is_milestone:
        return len(measure.steps) == 1
    counted = measure.unit.kind in (UnitKind.NUMBER, UnitKind.TEXT)
    return counted and (measure.baseline, measure.target) == (Decimal(0), Decimal(1))


def _about_source(measure: Measure | None, source: str) -> Advice | None:
    """A milestone has steps instead of a number, and everybody sees whether one is reached."""
    needs_one = measure is not None and not measure.is_milestone
    return Advice("source.missing") if needs_one and not words(source) else None
