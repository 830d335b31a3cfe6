"""When somebody has to look after the archive."""

from datetime import UTC, date, datetime

import pytest

from okr.archives import Archive, Archiving

MIDNIGHT = datetime(2026, 11, 16, tzinfo=UTC)
DONE = Archive(date(2026, 11, 16), MIDNIGHT, MIDNIGHT)
FAILED = Archive(date(2026, 11, 17), MIDNIGHT, None, "no space")
BEGUN = Archive(date(2026, 11, 17), MIDNIGHT)


@pytest.mark.parametrize(
    ("archiving", "when", "needs"),
    [
        pytest.param(Archiving(), "2026-11-17 12:00", False, id="only just switched on"),
        pytest.param(Archiving(DONE, DONE), "2026-11-16 12:00", False, id="written"),
        pytest.param(Archiving(DONE, DONE), "2026-11-17 12:00", False, id="a night asleep"),
        pytest.param(Archiving(DONE, DONE), "2026-11-17 12:01", True, id="too long ago"),
        pytest.param(Archiving(FAILED, DONE), "2026-11-17 00:01", True, id="could not be written"),
        pytest.param(Archiving(BEGUN, DONE), "2026-11-17 00:01", False, id="being written"),
        pytest.param(Archiving(BEGUN), "2026-11-18 00:01", False, id="the first one being written"),
        pytest.param(Archiving(BEGUN), "2026-11-19 00:00", True, id="the first one never came"),
    ],
)
def test_an_archive_that_failed_or_is_missed_needs_attention(archiving: Archiving, when: str, needs: bool) -> None:
    assert archiving.needs_attention(datetime.fromisoformat(when).replace(tzinfo=UTC)) is needs
