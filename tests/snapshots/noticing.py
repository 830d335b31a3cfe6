"""What the nightly look has found: told to an owner, and to a lead who reads of it later."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from blocks import findings, notice
from blocks.findings import Open, Told
from blocks.language import Language
from okr.findings import Finding, What
from tests.making import LOVE, MONDAY, ROME, at, key_result
from tests.snapshots.drawing import Drawn, end_of
from tests.snapshots.samples import DANA

LATER = date(2026, 12, 21)
FIELDS: Mapping[What, Mapping[str, Any]] = {
    What.OWNER_LEFT: {"name": "Giulia Conti"},
    What.MISSED: {"count": 3},
    What.GREEN_BEHIND: {"count": 31},
    What.RED_AHEAD: {"count": 12},
    What.HEADING_LOW: {"score": Decimal("0.21")},
    What.NOT_STARTED: {"count": 14},
    What.STALE: {"at": at("2026-11-02 09:05", ROME)},
    What.BEHIND: {"count": 27},
    What.HEADING_HIGH: {"score": Decimal("0.94")},
    What.NO_KEY_RESULT: {},
    What.TOO_MANY: {"count": 7, "most": 5},
    What.DATES: {
        "starts": date(2026, 10, 1), "ends": date(2027, 1, 31), "cycle": "2026-Q4",
        "first": date(2026, 10, 1), "last": date(2026, 12, 31),
    },
}  # fmt: skip
OF_OBJECTIVES = (What.OWNER_LEFT, What.NO_KEY_RESULT, What.TOO_MANY)


def _found(what: What) -> Finding:
    about = LOVE if what in OF_OBJECTIVES else key_result(f"Customers {list(What).index(what)}")
    return Finding(what, about, DANA.id, FIELDS[what])


EVERY = [_found(what) for what in What]
OUTSIDE = Finding(What.GREEN_BEHIND, key_result("Uptime"), DANA.id)


def note_(reader: Language) -> Mapping[str, Drawn]:
    told = Told(MONDAY, ROME, leads=["Luca Bianchi"])
    heard = {EVERY[1].name: ("Luca Bianchi", LATER)}
    return {
        "One thing": findings.render(DANA, [OUTSIDE], told, reader),
        "All there are, to somebody who wants fewer": findings.render(
            DANA, EVERY[:10], Told(MONDAY, ROME, fewer=True), reader
        ),
        "The others": findings.render(DANA, EVERY[10:], told, reader),
        "More than fit": end_of(findings.render(DANA, EVERY, told, reader)),
        "The lead will read of it": findings.render(DANA, EVERY[1:2], Told(MONDAY, ROME, ["Luca"], heard), reader),
        "Settled": findings.render(DANA, [], told, reader),
        "Fewer of these": findings.say_fewer(reader, fewer=True),
        "As often as before": findings.say_fewer(reader, fewer=False),
        "To the lead, one": notice.render((), (), MONDAY, reader, ROME, Open((EVERY[1],), {DANA.id: DANA.name})),
        "To the lead, two": notice.render((), (), MONDAY, reader, ROME, Open(tuple(EVERY[:2]), {DANA.id: DANA.name})),
    }
