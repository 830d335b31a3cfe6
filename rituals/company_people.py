"""Who and where a company file means: its persons among the workspace's members, its channels among the channels.

Nothing is guessed. None or two matches is a problem that names the candidates.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from okr.company import taken
from rituals.company_file import CompanyFile
from rituals.company_marks import MAX_HINTS, Findings, nearest, quoted, shown
from rituals.messenger import Channel, Member

T = TypeVar("T")

MEMBER_ID = re.compile(r"[UW](?=[A-Z0-9]*[0-9])[A-Z0-9]{6,}")
CHANNEL_ID = re.compile(r"[CG](?=[A-Z0-9]*[0-9])[A-Z0-9]{6,}")


@dataclass(frozen=True)
class Resolution:
    """Members by the key of their person, channels by the key of their team. `warnings` stop nothing."""

    people: Mapping[str, Member]
    channels: Mapping[str, Channel]
    warnings: tuple[str, ...]


def resolve(
    file: CompanyFile, members: Sequence[Member], channels: Sequence[Channel], known: Mapping[str, str] | None = None
) -> Resolution:
    """Find everybody and every channel a file names. Raises CompanyProblems with all that cannot be found.

    `known` are the Slack accounts of the people who are in the company already, by their keys.
    """
    findings = Findings(file.lines)
    people = _people(file, Members(members), findings)
    _check_accounts(file, people, known or {}, findings)
    rooms = _rooms(file, _Channels(channels, findings))
    findings.finish()
    outside = dict.fromkeys(room.name for room in rooms.values() if not room.is_member)
    warnings = [f"invite the bot: /invite in #{name}" for name in outside]
    gone = [_who(member) for member in people.values() if member.deactivated]
    warnings += [f"see whose key results have nobody to ask: {who} is deactivated in Slack" for who in gone]
    return Resolution(MappingProxyType(people), MappingProxyType(rooms), tuple(warnings))


def _people(file: CompanyFile, members: "Members", findings: Findings) -> dict[str, Member]:
    people: dict[str, Member] = {}
    seen: dict[str, str] = {}
    for index, person in enumerate(file.company.people):
        path = f"people[{index}].slack"
        if not (member := members.find(person.slack, path, findings)):
            continue
        if (other := seen.setdefault(member.slack_id, person.key)) != person.key:
            findings.add(path, f"each member once ({quoted(other)} is {_who(member)} already)", quoted(person.slack))
        people[person.key] = member
    return people


def _check_accounts(
    file: CompanyFile, people: Mapping[str, Member], known: Mapping[str, str], findings: Findings
) -> None:
    """Nobody's account goes to somebody else while they are only left out: their answers would be the other's."""
    found = taken(known, {key: member.slack_id for key, member in people.items()})
    for index, person in enumerate(file.company.people):
        if other := found.get(person.key):
            who = _who(people[person.key])
            expected = f"the key {quoted(other)} for {who}, who has it already and is not in the file"
            findings.add(f"people[{index}].slack", expected, quoted(person.slack))


def _rooms(file: CompanyFile, channels: "_Channels") -> dict[str, Channel]:
    found = (
        (team.key, channels.find(f"teams[{n}].channel", team.channel)) for n, team in enumerate(file.company.teams)
    )
    return {key: channel for key, channel in found if channel}


class Members:
    """The members of a workspace, by everything a file may call them."""

    def __init__(self, members: Sequence[Member]) -> None:
        self.members = members
        self.by_id = {member.slack_id: member for member in members}
        self.by_email = _grouped((member.email, member) for member in members)
        self.by_display = _grouped((member.display_name, member) for member in members)
        self.by_real = _grouped((member.real_name, member) for member in members)

    def find(self, slack: str, path: str, findings: Findings) -> Member | None:
        """The one member meant: by id, by e-mail, by display name, then by real name. Only an id may mean somebody who
        has left: what they did stays theirs.
        """
        named = self.by_id.get(slack)
        if named and named.deactivated and not named.is_bot:
            return named
        name = _folded(slack.removeprefix("@"))
        groups = [[named]] if named else [by.get(name, []) for by in (self.by_email, self.by_display, self.by_real)]
        for group in groups:
            active = [member for member in group if not (member.deactivated or member.is_bot)]
            if len(active) > 1:
                candidates = " or ".join(map(_who, active))
                findings.add(path, f"one member, by id or e-mail: {candidates}", quoted(slack))
            if active:
                return active[0] if len(active) == 1 else None
        self._miss(slack, next(filter(None, groups), []), path, findings)
        return None

    def _miss(self, slack: str, unfit: list[Member], path: str, findings: Findings) -> None:
        if unfit:
            what = "a bot" if unfit[0].is_bot else "deactivated"
            findings.add(path, "an active person in Slack", f"{_who(unfit[0])}, who is {what}")
        elif MEMBER_ID.fullmatch(slack):
            findings.add(path, "the id of a member of this workspace", quoted(slack))
        elif "@" in slack[1:]:
            emails = [member.email for member in self.members if member.email]
            expected = (
                "the e-mail of a member of this workspace" if emails else "a name or an id: Slack shows no e-mails"
            )
            findings.add(path, f"{expected}{_hint(slack, emails, findings)}", quoted(slack))
        else:
            active = [member for member in self.members if not (member.deactivated or member.is_bot)]
            names = [name for member in active for name in (member.display_name, member.real_name) if name]
            expected = f"a member of this workspace{_hint(slack.removeprefix('@'), names, findings)}"
            findings.add(path, expected, quoted(slack))


class _Channels:
    """The channels the bot can see, by id and by name."""

    def __init__(self, channels: Sequence[Channel], findings: Findings) -> None:
        self.findings = findings
        self.by_id = {channel.slack_id: channel for channel in channels}
        self.by_name = _grouped((channel.name, channel) for channel in channels)

    def find(self, path: str, channel: str) -> Channel | None:
        named = self.by_id.get(channel)
        found = [named] if named else self.by_name.get(_folded(channel.removeprefix("#")), [])
        living = [each for each in found if not each.archived]
        if len(living) == 1:
            return living[0]
        if living:
            candidates = " or ".join(each.slack_id for each in living)
            self.findings.add(path, f"one channel, by id: {candidates}", quoted(channel))
        elif found:
            self.findings.add(path, "a channel in use", f"{quoted(channel)}, which is archived")
        else:
            names = {each.name for each in self.by_id.values() if not each.archived}
            hint = "" if CHANNEL_ID.fullmatch(channel) else _hint(channel.removeprefix("#"), names, self.findings)
            expected = f"a channel the bot can see{hint or ' (a private one only once the bot is invited)'}"
            self.findings.add(path, expected, quoted(channel))
        return None


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = {}
    for name, each in pairs:
        if name:
            groups.setdefault(_folded(name), []).append(each)
    return groups


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _who(member: Member) -> str:
    return f"{member.slack_id} ({shown(member.name)})"


def _hint(got: str, names: Iterable[str], findings: Findings) -> str:
    if len(findings.problems) >= MAX_HINTS:
        return ""
    near = nearest(got, sorted(names))
    return f" (did you mean {' or '.join(map(quoted, near))}?)" if near else ""
