"""`okrbot preview` and `/okr preview`: what will be sent, to whom, when and why; and it then is."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from okr.absence import Excuse
from okr.deliveries import WELCOME, Kind
from okr.preview import Coming, Preview
from playground import Channel, Person
from tests import companies
from tests.stage import Stage

Sent = tuple[datetime, str, str]
"""When, to whom or where, and the first line of what."""

A_FORTNIGHT = companies.with_people(
    {"rhythm": {"on": "tuesday", "digest": {"on": "thursday"}}}, dana={"deputy": "luca"}, luca={"country": "DE"}
)
"""8 December 2026, a Tuesday, is a public holiday in Italy, where Dana is."""


async def test_what_a_preview_says_is_what_then_happens(stage: Stage) -> None:
    await stage.imports(A_FORTNIGHT)
    await stage.comes("Sun 29 Nov 12:00")
    await stage.asks(stage.dana, "/okr away from Monday until Friday")
    await stage.asks(stage.marcus, "/okr away from Monday until Wednesday")
    preview = await _everything(stage, days=14)

    assert await _lives(stage, days=14) == sorted(_sent(one, stage) for one in preview.coming)
    kinds = {(one.kind, one.part) for one in preview.coming}
    assert {(Kind.PROMPT, 0), (Kind.REMINDER, 1), (Kind.REMINDER, 2), (Kind.DIGEST, 0), (Kind.NOTICE, WELCOME)} == kinds
    assert len({one.zone for one in preview.coming}) == 3
    reasons = [reason for one in preview.coming for reason in one.because]
    assert {one.instead_of.name for one in reasons if one.instead_of} == {"Dana Rossi"}
    assert {(one.moved_from.day, one.off) for one in reasons if one.moved_from} == {(8, Excuse.HOLIDAY)}
    why = {(one.person.name, one.why, one.instead.name if one.instead else "") for one in preview.spared if one.person}
    assert {("Dana Rossi", "away", "Luca Bianchi"), ("Marcus Green", "away", "")} <= why


async def test_a_preview_writes_and_sends_nothing(stage: Stage) -> None:
    await stage.comes("Mon 16 Nov 09:00")
    before = await _memory(stage), len(stage.playground.traffic)
    preview = await _everything(stage, days=31)
    assert len(preview.coming) > 50
    assert (await _memory(stage), len(stage.playground.traffic)) == before


async def test_everybody_sees_what_will_reach_themselves(lite: Stage) -> None:
    assert (await lite.asks(lite.dana, "/okr preview 7")).shown == (
        "The next 7 days\n"
        "What I will send if nothing changes, each at the hour of whoever reads it. "
        "Whoever has answered gets no reminder.\n"
        "Growth: Every Monday at 09:00, each in their own zone; digest Tuesday at 10:00\n"
        "Monday 16 November\n"
        "09:00 question to you: “Hello Dana, 2 key results to check in” – Growth\n"
        "15:00 reminder to you: “A small reminder: 2 key results are still open” – Growth\n"
        "18:00 reminder to you: “A small reminder: 2 key results are still open” – Growth\n"
        "Tuesday 17 November\n"
        "10:00 digest in the channel of Growth: “Growth: check-in of Monday 16 November”"
    )


async def test_a_digest_elsewhere_is_said_with_its_clock(lite: Stage) -> None:
    await lite.imports(companies.with_team("support", people=["priya", "dana"]))
    said = (await lite.asks(lite.dana, "/okr preview 3")).shown
    assert "10:00 (Asia/Kolkata) digest in the channel of Support" in said


async def test_a_lead_sees_their_team_and_an_admin_every_one(lite: Stage) -> None:
    await lite.playground.change(lite.elena, locale="en-GB")
    for person, question in (
        (lite.dana, "/okr preview growth 7"),
        (lite.dana, "/okr preview #growth for 7 days"),
        (lite.elena, "/okr preview Growth 7"),
    ):
        said = (await lite.asks(person, question)).shown
        assert said.startswith("Growth: the next 7 days")
        assert "09:00 question to Luca Bianchi: “Ciao Luca, 1 risultato chiave da aggiornare” – Growth" in said
        assert "Priya" not in said
    said = (await lite.asks(lite.elena, "/okr preview all 7")).shown
    assert said.startswith("Northwind: the next 7 days")
    assert "09:00 (Asia/Kolkata) question to Priya Nair" in said
    assert "Nothing is due from Elena Ferri." in said


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "platform",
            "Only the lead of Platform or an admin can see whom it will ask. What will reach you: /okr preview",
        ),
        ("all", "Only admins can see what will reach everybody. What will reach you: /okr preview"),
        ("gorwth", "There is no team called “gorwth”. Did you mean Growth? Try /okr preview Growth."),
        ("0", "“0”: I can look 1 to 92 days ahead. Write it like /okr preview 30."),
        ("growth 93", "“93”: I can look 1 to 92 days ahead. Write it like /okr preview 30."),
        ("growth -3 days", "“-3”: I can look 1 to 92 days ahead. Write it like /okr preview 30."),
        ("1.5", "“1.5”: I can look 1 to 92 days ahead. Write it like /okr preview 30."),
        (
            "#nowhere",
            (
                "I find no channel called “#nowhere”. Choose it from the list that Slack offers behind #. "
                "Everything I know: /okr help"
            ),
        ),
        ("@priya", "I can show what will reach you, or a team. Write it like /okr preview, or /okr preview growth."),
    ],
)
async def test_others_and_what_cannot_be_read_get_one_kind_line(lite: Stage, question: str, answer: str) -> None:
    assert (await lite.asks(lite.dana, f"/okr preview {question}")).shown == answer


async def test_somebody_the_company_does_not_name_gets_a_kind_answer(lite: Stage) -> None:
    assert "You have no key results of your own." in (await lite.asks(lite.nora, "/okr preview")).shown
    assert "Did you mean /okr preview?" in (await lite.asks(lite.nora, "/okr previw")).shown


async def test_a_team_whose_name_ends_in_a_number_is_found(lite: Stage) -> None:
    await lite.imports(companies.with_team("growth", name="Growth 7"))
    assert (await lite.asks(lite.dana, "/okr preview growth 7")).shown.startswith("Growth 7: the next 14 days")
    assert (await lite.asks(lite.dana, "/okr preview growth 7 2 days")).shown.startswith("Growth 7: the next 2 days")


async def test_a_team_is_found_whatever_stands_in_its_name(lite: Stage) -> None:
    await lite.imports(companies.with_team("growth", name="R&D <2>"))
    assert (await lite.asks(lite.dana, "/okr preview r&d <2> 3")).shown.startswith("R&D <2>: the next 3 days")


async def test_who_has_answered_early_is_not_asked(lite: Stage) -> None:
    await lite.comes("Sun 15 Nov 18:00")
    both = {"Returning customers": ("52", "At risk"), "Refunds a week": ("95", "On track")}
    await lite.answers(lite.dana, both)
    said = (await lite.asks(lite.dana, "/okr preview 7")).shown
    assert "09:00 no question to you (Growth): answered before" in said
    assert "reminder" not in said.partition("Monday")[2]


async def test_a_round_in_which_all_have_a_day_off_says_so(lite: Stage) -> None:
    await lite.imports(companies.with_people({"days_off": ["2026-11-16 to 2026-11-17"]}))
    said = (await lite.asks(lite.dana, "/okr preview growth 7")).shown.partition("digest Tuesday at 10:00\n")[2]
    assert said == (
        "Monday 16 November\n"
        "09:00 no question to Dana Rossi (Growth): the team has a day off\n"
        "09:00 no question to Luca Bianchi (Growth): the team has a day off\n"
        "Tuesday 17 November\n"
        "10:00 no digest of Growth: nobody is asked"
    )


async def test_in_the_midst_of_a_round_only_what_is_still_to_come_is_shown(lite: Stage) -> None:
    for when in ("Mon 16 Nov 09:00", "Mon 16 Nov 15:00"):
        await lite.comes(when)
    said = (await lite.asks(lite.dana, "/okr preview 1")).shown
    assert "question" not in said
    assert "18:00 reminder to you" in said
    await lite.comes("Tue 17 Nov 10:00")
    assert "Nothing is due from you." in (await lite.asks(lite.dana, "/okr preview 2")).shown


async def _everything(stage: Stage, *, days: int) -> Preview:
    workspace = stage.running.workspace.id
    return await stage.running.rituals.previews.everything(workspace, days, datetime.now(UTC))


async def _lives(stage: Stage, *, days: int) -> list[Sent]:
    """Everything the bot then sends, stopping at each moment at which it has something to do."""
    until, seen, sent = datetime.now(UTC) + timedelta(days=days), set(_messages(stage)), list[Sent]()
    while (upcoming := await stage.running.rituals.agenda.next(datetime.now(UTC))) and upcoming.at <= until:
        await stage.moves_to(upcoming.at)
        new = {key: line for key, line in _messages(stage) if (key, line) not in seen and key not in dict(seen)}
        seen |= set(new.items())
        sent += [(upcoming.at, place, line) for (place, _), line in new.items()]
    return sorted(sent)


def _messages(stage: Stage) -> Iterator[tuple[tuple[str, str], str]]:
    """((where, ts), first line) of each message that stands anywhere."""
    for place in _places(stage):
        name = place.member.real_name if isinstance(place, Person) else place.name
        for one in place.reads():
            if not one.ephemeral:
                yield (name, one.ts), unescape(one.text.partition("\n")[0])


def _places(stage: Stage) -> list[Person | Channel]:
    people = [stage.dana, stage.luca, stage.elena, stage.marcus, stage.priya, stage.omar, stage.nora]
    return [*people, stage.company, stage.growth, stage.platform, stage.support]


def _sent(one: Coming, stage: Stage) -> Sent:
    if one.person:
        return one.at, one.person.name, one.headline
    assert one.team is not None
    channels = {each.id: each.name for each in (stage.company, stage.growth, stage.platform, stage.support)}
    return one.at, channels[one.team.channel], one.headline


async def _memory(stage: Stage) -> dict[str, list[tuple[object, ...]]]:
    tables = ("workspaces", "teams", "people", "rounds", "asks", "deliveries", "absences", "flags", "checkins")
    return {table: sorted(await stage.kept(f"SELECT * FROM {table}"), key=repr) for table in tables}
