"""Taking everything along: the company as its file, how it stands, and what was answered."""

from dataclasses import dataclass
from datetime import datetime

from okr.cadence import local_date
from okr.company import Company
from okr.exports import Export
from rituals import company_yaml
from rituals.company_file import CompanyProblems, parse
from storage import company, descriptions, histories, key_results, rollcalls, standings
from storage.database import Database


@dataclass(frozen=True)
class Written:
    """A company as its file. `flaws` says what keeps an import from reading it back as the same one, if anything."""

    text: str
    flaws: str


class Exports:
    """Each reads in one transaction, as everything stood at one moment."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def workspaces(self) -> dict[str, str]:
        """The names of the workspaces that have a company, by id."""
        async with self.database.reading() as tx:
            found = await rollcalls.workspaces(tx)
            return {id: name for id, name in found.items() if await company.is_described(tx, id)}

    async def company_file(self, workspace: str, *, history: bool = False) -> Written:
        async with self.database.snapshot() as tx:
            described = await descriptions.company(tx, workspace)
            names = await descriptions.names(tx, workspace)
            entries = await histories.checkins(tx, workspace) if history else ()
        text = company_yaml.write(described, names)
        told = company_yaml.write_history(entries) if history else ""
        return Written(text + told, _flaws(text, described))

    async def export(self, workspace: str, now: datetime, *, history: bool = False) -> Export:
        """The same as values, with how every key result stands."""
        async with self.database.snapshot() as tx:
            described = await descriptions.company(tx, workspace)
            zone = next((one.zone for one in described.teams if one.parent is None), "UTC")
            results = await key_results.by_key(tx, workspace)
            stand = await standings.gather(tx, workspace, list(results.values()), now=now, today=local_date(now, zone))
            return Export(
                company=described,
                names=await descriptions.names(tx, workspace),
                standings=dict(zip(results, stand, strict=True)),
                now=now,
                zone=zone,
                history=await histories.checkins(tx, workspace) if history else None,
            )


def _flaws(text: str, described: Company) -> str:
    """Many imports, one over the other, may leave what no single file can say: two teams at the top, for example."""
    try:
        same = parse(text).company == described
    except CompanyProblems as problems:
        return str(problems)
    return "" if same else "some of it would be read as something else"
