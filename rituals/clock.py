"""Real time, whatever time it is for the ritual: leases and signs of life are counted in it."""

from datetime import UTC, datetime


def real_now() -> datetime:
    return datetime.now(UTC)
