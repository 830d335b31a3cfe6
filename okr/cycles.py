"""The quarter a company plans in when nobody has named another cycle."""

from calendar import monthrange
from datetime import date

from okr.goals import Cycle

MONTHS = 3


def quarter(day: date) -> Cycle:
    """The calendar quarter of a day, such as 2026-Q4; its id is the key it has in the company file."""
    number = (day.month - 1) // MONTHS + 1
    last = number * MONTHS
    ends = date(day.year, last, monthrange(day.year, last)[1])
    return Cycle(f"{day.year}-q{number}", f"{day.year}-Q{number}", date(day.year, last - MONTHS + 1, 1), ends)
