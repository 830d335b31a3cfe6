"""Who a company file means in Slack: found without guessing, or told with the candidates."""

import pytest

from rituals.company_file import CompanyFile, CompanyProblems, parse
from rituals.company_people import Resolution, resolve
from rituals.messenger import Channel, Member


def member(slack_id: str, display: str, real: str = "", email: str = "", **flags: bool) -> Member:
    return Member(slack_id, display, real, email, "Europe/Rome", "en-US", **flags)


MEMBERS = (
    member("U0DANA001", "Dana Rossi", "Dana R.", "dana@ruota.example"),
    member("U0LUCA001", "luca", "Luca Bianchi", "luca@ruota.example"),
    member("U0GIUL001", "", "Giulia Conti"),
    member("U0ALEX001", "alex", "Alex One"),
    member("U0ALEX002", "Alex", "Alex Two"),
    member("U0LEFT001", "Paola Neri", "Paola Neri", "paola@ruota.example", deactivated=True),
    member("U0BOT0001", "okrbot", "okrbot", is_bot=True),
    member("W0META001", "Meera Iyer", "Luca"),
)
CHANNELS = (
    Channel("C0GENERAL1", "general", is_member=True),
    Channel("C0GROWTH01", "growth"),
    Channel("C0OLD00001", "archive", archived=True),
)


def company(*slack: str, channel: str = "general") -> CompanyFile:
    people = "".join(f'  - {{key: p{number}, slack: "{name}"}}\n' for number, name in enumerate(slack))
    return parse(
        f"company: {{name: Ruota, zone: Europe/Rome}}\npeople:\n{people}"
        f'teams:\n  - {{key: top, name: Top, channel: "{channel}", lead: p0}}\n'
    )


def found(*slack: str, channel: str = "general") -> Resolution:
    return resolve(company(*slack, channel=channel), MEMBERS, CHANNELS)


def told(*slack: str, channel: str = "general") -> list[str]:
    with pytest.raises(CompanyProblems) as caught:
        found(*slack, channel=channel)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("slack", "slack_id"),
    [
        ("U0DANA001", "U0DANA001"),
        ("W0META001", "W0META001"),
        ("dana@ruota.example", "U0DANA001"),
        ("Dana@Ruota.example", "U0DANA001"),
        ("Dana Rossi", "U0DANA001"),
        ("@dana  rossi", "U0DANA001"),
        ("@Giulia Conti", "U0GIUL001"),
        ("luca bianchi", "U0LUCA001"),
    ],
)
def test_a_person_is_found_however_the_file_names_them(slack: str, slack_id: str) -> None:
    assert found(slack).people["p0"].slack_id == slack_id


def test_a_display_name_goes_before_somebody_elses_full_name() -> None:
    assert found("Luca").people["p0"].slack_id == "U0LUCA001"


def test_an_active_member_goes_before_a_deactivated_namesake() -> None:
    again = (*MEMBERS, member("U0PAOLA02", "Paola Neri"))
    assert resolve(company("Paola Neri"), again, CHANNELS).people["p0"].slack_id == "U0PAOLA02"


@pytest.mark.parametrize(
    ("slack", "said"),
    [
        (
            "Dana Rosi",
            'expected a member of this workspace (did you mean "Dana Rossi" or "Dana R."?), got "Dana Rosi"',
        ),
        ("Zzz", 'expected a member of this workspace, got "Zzz"'),
        ("alex", 'expected one member, by id or e-mail: U0ALEX001 (Alex One) or U0ALEX002 (Alex Two), got "alex"'),
        ("Paola Neri", "expected an active person in Slack, got U0LEFT001 (Paola Neri), who is deactivated"),
        ("paola@ruota.example", "expected an active person in Slack, got U0LEFT001 (Paola Neri), who is deactivated"),
        ("U0BOT0001", "expected an active person in Slack, got U0BOT0001 (okrbot), who is a bot"),
        ("U0NOBODY1", 'expected the id of a member of this workspace, got "U0NOBODY1"'),
        (
            "dena@ruota.example",
            "expected the e-mail of a member of this workspace"
            ' (did you mean "dana@ruota.example" or "luca@ruota.example" or "paola@ruota.example"?),'
            ' got "dena@ruota.example"',
        ),
    ],
)
def test_a_person_not_found_is_told_with_the_candidates(slack: str, said: str) -> None:
    assert told("luca", slack) == [f"line 4, people[1].slack: {said}"]


def test_a_workspace_that_hides_its_e_mails_says_so() -> None:
    with pytest.raises(CompanyProblems, match="Slack shows no e-mails"):
        resolve(company("dana@ruota.example"), [member("U0DANA001", "Dana Rossi")], CHANNELS)


def test_two_persons_are_not_one_member() -> None:
    [said] = told("luca", "U0LUCA001")
    assert said == (
        'line 4, people[1].slack: expected each member once ("p0" is U0LUCA001 (Luca Bianchi) already), got "U0LUCA001"'
    )


@pytest.mark.parametrize("channel", ["general", "#general", "#General", "C0GENERAL1"])
def test_a_channel_is_found_by_name_or_id(channel: str) -> None:
    resolution = found("luca", channel=channel)
    assert resolution.channels["top"].slack_id == "C0GENERAL1"
    assert resolution.warnings == ()


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        ("grwth", 'expected a channel the bot can see (did you mean "growth"?), got "grwth"'),
        ("secret", 'expected a channel the bot can see (a private one only once the bot is invited), got "secret"'),
        ("C0UNKNOWN1", "expected a channel the bot can see (a private one only once the bot is invited)"),
        ("#archive", 'expected a channel in use, got "#archive", which is archived'),
        ("C0OLD00001", 'expected a channel in use, got "C0OLD00001", which is archived'),
    ],
)
def test_a_channel_not_found_is_told(channel: str, said: str) -> None:
    [problem] = told("luca", channel=channel)
    assert problem.startswith("line 5, teams[0].channel: ")
    assert said in problem


def test_two_channels_of_one_name_are_asked_by_id() -> None:
    twins = [Channel("C0TWIN0001", "twin"), Channel("C0TWIN0002", "twin")]
    with pytest.raises(CompanyProblems, match="one channel, by id: C0TWIN0001 or C0TWIN0002"):
        resolve(company("luca", channel="twin"), MEMBERS, twins)


def test_a_channel_without_the_bot_is_a_warning_only() -> None:
    assert found("luca", channel="growth").warnings == ("invite the bot: /invite in #growth",)


def test_whoever_has_left_may_be_named_by_their_id() -> None:
    """What they did stays theirs: a file without them could not say whose it was."""
    resolution = found("luca", "U0LEFT001")
    assert resolution.people["p1"].deactivated
    said = "see whose key results have nobody to ask: U0LEFT001 (Paola Neri) is deactivated in Slack"
    assert resolution.warnings == (said,)


def test_people_and_channels_are_told_together() -> None:
    said = told("Zzz", "alex", channel="#archive")
    assert [each.split(":")[0] for each in said] == [
        "line 3, people[0].slack",
        "line 4, people[1].slack",
        "line 6, teams[0].channel",
    ]
