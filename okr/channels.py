"""Who is in a team's Slack channel, as far as it is known: whoever is may read what is private to the team."""

from datetime import datetime, timedelta

EVERY = timedelta(minutes=5)
"""How often Slack is asked; events tell of what happens in between."""
KNOWN = timedelta(minutes=15)
"""What was read longer ago than this is not known any more, and nobody counts as inside."""
APART = timedelta(minutes=1)
"""So far Slack's clock may be from ours: an event of the last minute is newer than what was read after it."""


def is_known(read_at: datetime | None, now: datetime) -> bool:
    """Whether what was read then still holds. A moment far in the future is none: the clock went back since."""
    return read_at is not None and abs(now - read_at) <= KNOWN
