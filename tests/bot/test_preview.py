"""`okrbot preview` on a command line of its own."""

from pathlib import Path

import pytest

from tests.bot.okrbot import Okrbot

COMPANY = Path("tests/company.yaml").resolve()


async def test_it_needs_no_token_and_prints_a_line_for_every_message_by_day(okrbot: Okrbot) -> None:
    tokenless = Okrbot(okrbot.folder, {})
    assert (await okrbot.ends("import", str(COMPANY))).code == 0
    said = await tokenless.ends("preview", "--days", "7")
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0] == "Other Wind: the next 7 days"
    assert any(line.startswith("  09:00 (Europe/Rome) question to ") for line in lines)
    assert any(line.startswith("  10:00 (Europe/Rome) digest in the channel of Growth") for line in lines)
    assert not any(mark in said.out for mark in ("`", "*", "&"))
    assert (await tokenless.ends("preview")).out.startswith("Other Wind: the next 14 days")


@pytest.mark.parametrize("days", ["0", "93", "-1", "soon", "", "1.5", "٣"])
async def test_what_cannot_be_read_is_one_line_with_an_example(okrbot: Okrbot, days: str) -> None:
    ended = await okrbot.ends("preview", "--days", days)
    assert ended.code == 2
    assert ended.err == f"okrbot: “{days}”: I can look 1 to 92 days ahead. Write it like okrbot preview --days 30.\n"
    assert ended.out == ""
