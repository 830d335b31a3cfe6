"""Whom the cells of a spreadsheet name: members of the workspace, of whom some are new to the company."""

from collections.abc import Mapping, Sequence

from okr.company import Company, PersonPlan
from rituals.company_marks import Findings
from rituals.company_people import Members
from rituals.company_texts import slug
from rituals.messenger import Member
from rituals.owners import newcomer
from rituals.spreadsheet_rows import Said
from storage.people import Contact


class SheetOwners:
    """Finds persons by id, e-mail, display name or full name; whoever the company does not name yet is added to it."""

    def __init__(self, described: Company, names: Mapping[str, str], members: Sequence[Member]) -> None:
        self.members = Members(members)
        self.keys = {one.slack: one.key for one in described.people}
        self.names = names
        self.taken = set(names)
        self.found: dict[str, str] = {}
        self.missed: dict[str, tuple[str, str]] = {}
        self.contacts: dict[str, Contact] = {}
        accounts = {one.key: self.members.by_id.get(one.slack) for one in described.people}
        self.gone = {key for key, one in accounts.items() if one and one.deactivated}

    @property
    def new(self) -> tuple[PersonPlan, ...]:
        return tuple(PersonPlan(key, one.slack_id) for key, one in self.contacts.items())

    def find(self, row: Said, field: str) -> str | None:
        """The key of the person a cell names; None for an empty one, and after a problem."""
        said = row.cells.get(field, "")
        if not said:
            return None
        if said not in self.found and said not in self.missed:
            self._look(said, row.findings)
        if problem := self.missed.get(said):
            row.findings.add(field, *problem)
        return self.found.get(said)

    def _look(self, said: str, findings: Findings) -> None:
        scratch = Findings({}, list(findings.problems))
        member = self.members.find(said, "", scratch)
        if member:
            self.found[said] = self._key(member)
            return
        left = [key for key in self.gone if self.names[key] == said]
        if len(left) == 1:  # an export names them so, and what they own stays theirs
            self.found[said] = left[0]
            return
        last = scratch.problems[-1]
        self.missed[said] = (last.expected, last.got)

    def _key(self, member: Member) -> str:
        if member.slack_id not in self.keys:
            stem, number = slug(member.name) or "person", 1
            key = stem
            while key in self.taken:
                number += 1
                key = f"{stem}-{number}"
            self.taken.add(key)
            self.keys[member.slack_id] = key
            self.contacts[key] = newcomer(member)
        return self.keys[member.slack_id]
