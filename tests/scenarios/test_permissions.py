"""Who may do what: every act against every role, on one key result of Growth that Marcus is asked for while away."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from freezegun.api import FrozenDateTimeFactory

from okr.errors import NotAllowed, NotFound
from tests import companies
from tests.acts import ACTS, Case
from tests.databases import SqliteTemplate
from tests.stage import ROME, Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")
ROLES = {
    "owner": "luca",
    "asked": "marcus",
    "deputy": "priya",
    "lead": "dana",
    "admin": "elena",
    "member": "nora",
    "other": "otto",
    "guest": "omar",
    "stranger": "sam",
}
"""Who has which role towards the key result. Member and guest are in its team and in its channel; the owner and the
one who is asked are not in the channel, nor is the admin.
"""
MATRIX = """
                     owner asked deputy lead admin member other guest stranger
read                 yes   yes   yes    yes  yes   yes    yes   yes   no
read private         yes   yes   no     yes  no    yes    no    yes   no
read history         yes   yes   yes    yes  yes   yes    yes   yes   no
history of private   yes   yes   no     yes  no    yes    no    yes   no
answer               yes   yes   yes    yes  yes   no     no    no    no
answer private       yes   yes   yes    yes  no    no     no    no    no
edit key result      yes   no    no     yes  yes   no     no    no    no
edit private         yes   no    no     yes  no    no     no    no    no
edit objective       no    no    no     yes  yes   no     no    no    no
pause                yes   no    no     yes  yes   no     no    no    no
give up              yes   no    no     yes  yes   no     no    no    no
take up again        no    no    no     yes  yes   no     no    no    no
hand over            yes   no    no     yes  yes   no     no    no    no
undo the lead's      no    no    no     yes  no    no     no    no    no
propose              yes   yes   yes    yes  yes   yes    yes   yes   no
add key result       yes   no    no     yes  yes   yes    no    yes   no
add and it holds     no    no    no     yes  yes   no     no    no    no
add to private       no    no    no     yes  no    yes    no    yes   no
review               no    no    no     yes  yes   no     no    no    no
send back            no    no    no     yes  yes   no     no    no    no
set up anew          no    no    no     yes  yes   no     no    no    no
set up a new team    yes   yes   yes    yes  yes   yes    yes   no    no
preview oneself      yes   yes   yes    yes  yes   yes    yes   yes   no
preview the team     no    no    no     yes  yes   no     no    no    no
preview everybody    no    no    no     no   yes   no     no    no    no
be away              yes   yes   yes    yes  yes   yes    yes   yes   no
see the doctor       no    no    no     no   yes   no     no    no    no
post again           no    no    no     no   yes   no     no    no    no
set the standards    no    no    no     no   yes   no     no    no    no
export               no    no    no     no   yes   no     no    no    no
export private       no    no    no     no   no    no     no    no    no
"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def company(
    long_clock: FrozenDateTimeFactory, sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stage]:
    """Monday noon. Marcus, who is asked, is away; Priya stands in for him."""
    described = companies.described(
        people=[
            *({**one, "deputy": "priya"} if one["key"] == "marcus" else one for one in companies.parts()["people"]),
            *({"key": key, "slack": f"@{key}"} for key in ("nora", "otto", "omar")),
        ],
        teams=[
            {**one, "people": ["dana", "luca", "nora", "omar"]} if one["key"] == "growth" else one
            for one in companies.parts()["teams"]
        ],
        objectives=[
            *companies.parts()["objectives"],
            {
                "key": "seen",
                "team": "growth",
                "cycle": "2026-q4",
                "title": "Be seen",
                "key_results": [
                    companies.key_result("Posters", "luca", check_in_owner="marcus"),
                    companies.key_result("Secret posters", "luca", check_in_owner="marcus", private="true"),
                    companies.key_result("Leaflets", "luca", check_in_owner="marcus"),
                    companies.key_result("Banners", "luca", state="abandoned"),
                ],
            },
            {
                "key": "hush",
                "team": "growth",
                "cycle": "2026-q4",
                "title": "Be silent",
                "private": "true",
                "key_results": [companies.key_result("Whispers", "dana")],
            },
        ],
    )
    with sqlite_template.copy(tmp_path_factory.mktemp("permissions")) as url:
        async with Stage(long_clock, url) as stage:
            for key, stranger in (("otto", False), ("sam", True)):
                person = stage.playground.person(key, real_name=f"{key.title()} Else", tz=ROME, is_stranger=stranger)
                setattr(stage, key, person)
            stage.growth.conversation.members[:] = [
                one.id for one in (stage.dana, stage.nora, stage.omar, stage.slack_app)
            ]
            await stage.imports(described)
            await stage.comes("Mon 16 Nov 15:00")
            await stage.is_away(stage.marcus, until="2026-11-20")
            yield stage


def _cells() -> list[tuple[str, str, bool]]:
    head, *rows = MATRIX.strip("\n").splitlines()
    roles = head.split()
    found = []
    for row in rows:
        *_, cells = row.partition("  ")
        answers = cells.split()
        assert len(answers) == len(roles), row
        found += [(row[:21].strip(), role, answer == "yes") for role, answer in zip(roles, answers, strict=True)]
    return found


async def test_the_table_has_every_act_and_every_role() -> None:
    assert {act for act, _, _ in _cells()} == ACTS.keys()
    assert {role for _, role, _ in _cells()} == ROLES.keys()


@pytest.mark.parametrize(("act", "role", "allowed"), _cells(), ids=lambda one: str(one))
async def test_who_may(company: Stage, act: str, role: str, allowed: bool) -> None:
    workspace = company.running.workspace.id
    ids = {title: id for id, title in await company.kept("SELECT id, title FROM key_results")}
    ids |= {title: id for id, title in await company.kept("SELECT id, title FROM objectives")}
    ((ids["team"],),) = await company.kept("SELECT id FROM teams WHERE key = 'growth'")
    ((ids["cycle"],),) = await company.kept("SELECT id FROM cycles")
    reader = await company.running.rituals.actors.find(workspace, getattr(company, ROLES[role]).id, datetime.now(UTC))
    case = Case(company, reader, ids, datetime.now(UTC))
    if allowed:
        await ACTS[act](case)
    else:
        with pytest.raises((NotAllowed, NotFound)):
            await ACTS[act](case)
