"""The Monday on which everybody is due."""

from datetime import UTC, date, datetime, timedelta

MONDAY = date(2026, 11, 16)
DUE = datetime(2026, 11, 16, 8, tzinfo=UTC)
"""09:00 in Rome, where everybody is."""
BEFORE = DUE - timedelta(minutes=1)
WEEK = timedelta(weeks=1)
