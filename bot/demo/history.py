"""Five weeks of check-ins, lived through: the people of the made-up company answer like anybody would."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from blocks.language import Language, language
from blocks.standing import marked
from blocks.text import clip
from okr.company import Company, KeyResultPlan
from okr.confidence import Confidence
from playground import Person, PlaygroundClock

HISTORY = Path(__file__).parent / "history.yaml"
WEEKS = 5
"""How many weeks the history tells."""
ANSWERING = ((10, "Europe/Rome"), (10, "America/New_York"))
"""The hours of a Monday at which people answer: Rome and Bangalore at the first, New York at the second."""


@dataclass(frozen=True)
class Line:
    """What one person says about one key result in one week. No answer: `value` is "-"; "=" is nothing changed."""

    value: str
    confidence: Confidence | None
    words: Mapping[str, str]


async def live_through(
    clock: PlaygroundClock, people: Mapping[str, Person], company: Company, monday: datetime, *, weeks: int
) -> None:
    """Play the weeks that lead up to `monday`, 00:00 in Rome; then everybody has read everything."""
    history = {key: [_line(line) for line in lines] for key, lines in _read().items()}
    for week in range(-weeks, 0):
        day = monday + timedelta(weeks=week)
        for hour, zone in ANSWERING:
            await clock.move_to(_at(day, hour, zone))
            for one in company.key_results:
                person = people[one.check_in_owner or one.owner]
                if (person.member.tz == "America/New_York") is (zone == "America/New_York"):
                    await _answer(person, one, history[one.key][week])
        await clock.move_to(_at(day + timedelta(days=2), 9, "America/New_York"))
    for person in people.values():
        person.catches_up()


async def _answer(person: Person, one: KeyResultPlan, line: Line) -> None:
    """Through Home, where each key result has a button of its own."""
    speaks = language(person.member.locale)
    if line.value == "-":
        return
    if line.value == "=":
        await person.clicks(_about(speaks.plain("Nothing changed"), one), message=person.reads()[-1])
        return
    await person.opens_home()
    await person.clicks(_about(speaks.plain("Check in"), one), in_="home")
    await _fill(person, one, line, speaks)
    await person.submits()


async def _fill(person: Person, one: KeyResultPlan, line: Line, speaks: Language) -> None:
    if one.measure.is_milestone:
        step = next(step for step in one.measure.steps if step.title == line.value)
        await person.chooses(speaks.plain("Step reached"), f"{clip(step.title, 60)} ({step.percent}%)")
    else:
        await person.fills(speaks.plain("Value now"), line.value)
    if line.confidence:
        await person.chooses(speaks.plain("Confidence"), marked(line.confidence, speaks))
    if line.words and speaks.plain("Note") not in _labels(person):
        await person.clicks(speaks.plain("Add details"))
    labels = {"note": "Note", "win": "A win to share", "blocker": "What stands in the way"}
    for name, text in line.words.items():
        await person.fills(speaks.plain(labels[name]), text)


def _labels(person: Person) -> Sequence[str]:
    return list(person.modal.labels) if person.modal else []


def _about(label: str, one: KeyResultPlan) -> str:
    """A button's name for a screen reader, which tells it from its neighbours."""
    return clip(f"{label}: {one.title}", 75)


def _line(text: str) -> Line:
    said, *parts = [part.strip() for part in str(text).split("|")]
    if said in ("-", "="):
        return Line(said, None, {})
    value, _, colour = said.rpartition(" ")
    words = dict(part.split(": ", 1) for part in parts)
    return Line(value, Confidence(colour), words)


def _read() -> dict[str, list[str]]:
    found: dict[str, list[str]] = yaml.safe_load(HISTORY.read_text(encoding="utf-8"))
    return found


def _at(day: datetime, hour: int, zone: str) -> datetime:
    return datetime(day.year, day.month, day.day, hour, 10, tzinfo=ZoneInfo(zone))
