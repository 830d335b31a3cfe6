"""What `/okr status` is asked, and the key results it is about."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from blocks import status as words
from blocks.text import mention
from okr.authority import nothing_of
from okr.confidence import Confidence
from okr.errors import NotFound
from okr.goals import KeyResult, Person, Team
from okr.standing import Standing
from rituals.actors import Reader
from rituals.moments import Moment
from rituals.naming import called, named_team
from storage import people
from storage.database import Transaction


@dataclass(frozen=True)
class Question:
    """What is asked: `what` is me, person, team, channel, priority, done, or one of `JUDGED`; `name` the rest of it.
    A team that nobody named may be words of a title. `day` is the one in the past that it is about.
    """

    what: str
    name: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Found:
    """The heading, the key results, and the person whose they are if it is about one."""

    heading: str
    key_results: Sequence[KeyResult]
    person: Person | None = None


JUDGED: Mapping[str, Callable[[Standing], bool]] = {
    "at-risk": lambda one: one.confidence in (Confidence.YELLOW, Confidence.RED),
    "off-track": lambda one: one.confidence is Confidence.RED,
    "on-track": lambda one: one.confidence is Confidence.GREEN,
    "behind": lambda one: one.behind,
    "stale": lambda one: one.stale,
    "overdue": lambda one: one.overdue,
}
"""What is asked of how a key result stands, over all teams."""


def filtered(standings: Sequence[Standing], question: Question) -> list[Standing]:
    """Those that the question is about."""
    is_meant = JUDGED.get(question.what)
    return [one for one in standings if is_meant is None or is_meant(one)]


async def find(
    tx: Transaction,
    workspace: str,
    reader: Reader,
    question: Question,
    moment: Moment,
    all_teams: Mapping[str, Team],
    may_read: Callable[[KeyResult], bool],
) -> Found:
    """The key results a question is about, also those the reader may not read. Raises NotFound."""
    match question.what:
        case "me" | "person":
            return await _of_person(tx, workspace, reader, question, moment)
        case "team" | "channel":
            return await _of_team(reader, question, moment, all_teams, may_read)
        case "priority":
            priority = int(question.name)
            found = [one for one in await moment.asked() if one.priority == priority]
            return Found(words.heading("priority", reader.language, question.name), found)
        case "done":
            return Found(words.heading("done", reader.language), await moment.done())
    return Found(words.heading(question.what, reader.language), await moment.asked())


async def _of_person(tx: Transaction, workspace: str, reader: Reader, question: Question, moment: Moment) -> Found:
    slack_id = question.name or reader.actor.slack_id
    person = await people.by_slack(tx, workspace, slack_id)
    if person is None:
        if not question.name:
            raise nothing_of(reader.actor)
        raise NotFound("not_found.person", name=mention(slack_id))
    theirs = await moment.asked(of_person=person.id)
    if not theirs and question.what == "me" and question.day is None:
        raise nothing_of(reader.actor)
    return Found(words.heading(question.what, reader.language, person.name), theirs, person)


async def _of_team(
    reader: Reader,
    question: Question,
    moment: Moment,
    all_teams: Mapping[str, Team],
    may_read: Callable[[KeyResult], bool],
) -> Found:
    """A team's; where no team is called so, those whose titles hold the words, among what the reader may read."""
    try:
        found = _teams(all_teams, question)
    except NotFound as nobody:
        matching = [one for one in await moment.asked() if may_read(one) and _is_called(question.name, one)]
        if not matching and nobody.id == "not_found.team":
            raise NotFound("not_found.words", name=question.name) from nobody
        if question.what == "channel" or not matching:
            raise
        return Found(words.heading("words", reader.language, question.name), matching)
    names = reader.language.listed([team.name for team in found])
    of_teams = await moment.asked(team_ids=[team.id for team in found])
    return Found(words.heading("team", reader.language, names), of_teams)


def _is_called(words: str, one: KeyResult) -> bool:
    return called(words, f"{one.title} {one.objective.title}")


def _teams(all_teams: Mapping[str, Team], question: Question) -> list[Team]:
    """The teams of a channel, or the team with this name or key; names are compared without case."""
    if question.what == "channel":
        found = [team for team in all_teams.values() if team.channel == question.name]
        if not found:
            raise NotFound("not_found.channel")
        return found
    return [named_team(all_teams, question.name, command="status")]
