"""What contributes to what, and a number that is shared out: a key result's target may be its share of one above."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from okr.errors import Problem
from okr.goals import State
from okr.measures import ZERO, Measure, MeasureKind, Unit, UnitKind

COUNTED = (State.ACTIVE, State.PAUSED, State.DONE)
"""What has a share: neither a draft, which nobody has confirmed, nor what was given up."""


@dataclass(frozen=True)
class Sharing:
    """How far a number is shared out: `given` of `whole`, both in the direction of the whole. `strange` counts what
    contributes to it and cannot be added up with it.
    """

    whole: Decimal
    given: Decimal
    strange: int = 0

    @property
    def open(self) -> Decimal:
        """What is not yet anybody's; below zero where more was given than there is."""
        return self.whole - self.given


@dataclass(frozen=True)
class SharedOut:
    """A key result whose number is shared out, by its title, and how far."""

    title: str
    measure: Measure
    sharing: Sharing


def sharing(whole: Measure, parts: Iterable[Measure]) -> Sharing | None:
    """Add up the shares of a number; None where there are none, or where it is a percentage: the percentages of two
    teams are no percentage of both. Where the whole starts from 0 a share is a part's
    target; elsewhere it is a part's way from its baseline to its target.
    """
    every = list(parts)
    if not every or not _is_way(whole) or whole.unit.kind is UnitKind.PERCENT:
        return None
    given, strange = ZERO, 0
    for one in every:
        if _adds_up(one, whole):
            given += _amount(one, whole)
        else:
            strange += 1
    return Sharing(_amount(whole, whole), given, strange)


def check_share(part: Measure, whole: Measure) -> None:
    """Raise Problem unless the part's number can be a share of the whole's: counted in the same, going the same way."""
    if not (_is_way(part) and _is_way(whole)):
        raise Problem("share.way")
    if not _is_same(part.unit, whole.unit):
        raise Problem("share.unit", part=part.unit.word, whole=whole.unit.word)
    if part.kind is not whole.kind:
        raise Problem("share.direction")


def rings(onward: Mapping[str, Collection[str]]) -> Iterator[list[str]]:
    """The loops in what leads where, each from its first member on; something may lead to several."""
    done: set[str] = set()
    for start in onward:
        trail: list[str] = []
        waiting = [(start, 0)]
        while waiting:
            here, depth = waiting.pop()
            done.update(trail[depth:])
            del trail[depth:]
            if here in trail:
                yield trail[trail.index(here) :]
            elif here in onward and here not in done:
                trail.append(here)
                waiting += [(one, depth + 1) for one in reversed(list(onward[here]))]
        done.update(trail)


def check_ring(onward: Mapping[str, Collection[str]], id: str) -> None:
    """Raise Problem where what `id` contributes to leads back to it."""
    if any(id in ring for ring in rings({id: onward[id], **onward})):
        raise Problem("definition.ring")


def _adds_up(part: Measure, whole: Measure) -> bool:
    try:
        check_share(part, whole)
    except Problem:
        return False
    return True


def _amount(part: Measure, whole: Measure) -> Decimal:
    assert part.target is not None  # noqa: S101 - held by check_share
    start = part.baseline if whole.baseline else ZERO
    way = part.target - (start or ZERO)
    return way if whole.kind is MeasureKind.INCREASE else -way


def _is_way(measure: Measure) -> bool:
    return measure.kind in (MeasureKind.INCREASE, MeasureKind.DECREASE)


def _is_same(one: Unit, other: Unit) -> bool:
    return one.kind is other.kind and one.label.casefold() == other.label.casefold()
