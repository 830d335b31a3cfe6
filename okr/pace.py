"""Where a key result should be today if it moved in a straight line from its first day to its last."""

from datetime import date
from decimal import Decimal

from okr.measures import Measure, clamped

BEHIND = Decimal("0.10")
"""How far below its pace a key result must be to count as behind: 10 points."""

GAP = Decimal("0.25")
"""How far below its pace a key result called green must be to be asked about: 25 points."""


def expected(measure: Measure, starts: date, ends: date, day: date) -> Decimal | None:
    """The progress a straight line would have reached on `day`, 0 to 1; None where pace means nothing."""
    if measure.is_corridor:
        return None
    span = (ends - starts).days
    if span <= 0:
        return Decimal(1)
    return clamped(Decimal((day - starts).days) / Decimal(span))
