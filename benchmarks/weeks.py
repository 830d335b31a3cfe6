"""The weeks a company has behind it, and the one that has just begun, by bulk SQL."""

from datetime import timedelta
from typing import TYPE_CHECKING

from benchmarks.days import DUE, MONDAY, WEEK
from benchmarks.rows import FIRST, ID, insert, run
from storage.database import Transaction

if TYPE_CHECKING:
    from benchmarks.company import Company


async def live_through(tx: Transaction, company: "Company", week: int) -> None:
    """One past week: everybody was asked on Monday and answered an hour later."""
    given = {
        "monday": MONDAY - week * WEEK,
        "due": DUE - week * WEEK,
        "closes": DUE - week * WEEK + timedelta(hours=25),
        "answered": DUE - week * WEEK + timedelta(hours=1),
        "grace": DUE - week * WEEK + timedelta(days=4),
    }
    per_team = company.team_size * company.key_results
    round_id = f"'r{1000 - week}-' || ({FIRST} + i / {per_team})"
    await insert(
        tx,
        "rounds",
        company.teams,
        {
            "id": f"'r{1000 - week}-' || {ID}",
            "team_id": f"'t' || {ID}",
            "date": ":monday",
            "state": "'closed'",
            "opens_at": ":due",
            "closes_at": ":closes",
            "missed": "false",
        },
        given,
    )
    await insert(
        tx,
        "asks",
        company.people * company.key_results,
        {
            "round_id": round_id,
            "key_result_id": f"'k' || {ID}",
            "person_id": f"'p' || ({FIRST} + i / {company.key_results})",
            "date": ":monday",
            "due_at": ":due",
            "grace_ends": ":grace",
        },
        given,
    )
    await insert(
        tx,
        "checkins",
        company.people * company.key_results,
        {
            "id": f"'a{1000 - week}-' || {ID}",
            "key_result_id": f"'k' || {ID}",
            "round_id": round_id,
            "value": f"(41 + (i * 7 + {week}) % 20) || '.' || (i % 9 + 1)",
            "given": "'green'",
            "scale": "'colours'",
            "level": "8",
            "note": "'Two shops more than last week'",
            "win": "''",
            "blocker": "''",
            "author_id": f"'p' || ({FIRST} + i / {company.key_results})",
            "via": "'modal'",
            "at": ":answered",
            "source": f"'bulk:{week}:' || i",
        },
        given,
    )
    await insert(
        tx,
        "deliveries",
        company.people,
        {
            "id": f"'d{1000 - week}-' || {ID}",
            "key": f"'prompt:p' || {ID} || '\\:{given['monday']}:0'",  # a colon that begins no name
            "kind": "'prompt'",
            "person_id": f"'p' || {ID}",
            "date": ":monday",
            "part": "0",
            "due_at": ":due",
            "chosen": "false",
            "state": "'sent'",
            "reason": "''",
            "wanted": "2",
            "shown": "2",
            "tries": "1",
            "unsure": "false",
            "duplicates": "0",
            "broken": "0",
            "locale": "''",
            "channel": f"'D' || {ID}",
            "ts": f"'{1_760_000_000 - week}.' || {ID}",
            "sent_at": ":due",
        },
        given,
    )


async def begin(tx: Transaction, company: "Company") -> None:
    """The rounds of this Monday are open and every prompt is owed, without reminders."""
    await live_through(tx, company, 0)
    await run(tx, "DELETE FROM checkins WHERE round_id LIKE 'r1000-%'")
    await run(tx, "UPDATE rounds SET state = 'open' WHERE id LIKE 'r1000-%'")
    await run(
        tx,
        "UPDATE deliveries SET state = 'planned', wanted = 1, shown = 0, tries = 0, channel = NULL, ts = NULL,"
        " sent_at = NULL WHERE id LIKE 'd1000-%'",
    )
