"""The Home tab: my key results, each with its button, and my teams."""

from dataclasses import dataclass

from blocks import ids, leave, notice, standing, status
from blocks.counts import counts_line
from blocks.language import Language
from blocks.leave import Away
from blocks.message import Blocks, View
from blocks.rhythm import say_rhythm
from blocks.room import and_more
from blocks.text import Mrkdwn, actions, bold, button, clip, context, divider, escape, header, section
from okr.definitions import Titled
from okr.digest import counts
from okr.goals import Person, Team
from okr.standing import Standing, worst_first

MOST_MINE, MOST_TEAMS, MOST_WAITING = 50, 20, 10


@dataclass(frozen=True)
class TeamView:
    """A team of mine with how its key results stand and when it is asked next (None: not planned)."""

    team: Team
    standings: tuple[Standing, ...]


@dataclass(frozen=True)
class Home:
    """`mine` is what the person owns or checks in on; *Check in on all* asks for the latter alone.

    `to_review` waits for them as a lead, `proposed` is what they wait for, with the name of whoever is to confirm it.
    """

    person: Person
    mine: tuple[Standing, ...]
    teams: tuple[TeamView, ...]
    away: Away | None = None
    to_review: tuple[Titled, ...] = ()
    proposed: tuple[tuple[Titled, str], ...] = ()


def render(home: Home, language: Language) -> View:
    blocks: Blocks = [header(language.plain("Your key results"))]
    if home.away:
        blocks.append(section(leave.say_away(home.away, language)))
    mine = worst_first(list(home.mine))
    if mine:
        blocks.append(section(counts_line(counts(mine), language)))
        if sum(not one.answered and one.key_result.check_in_owner_id == home.person.id for one in mine) > 1:
            blocks.append(actions(_check_in_all(language), block_id="home:all"))
    else:
        blocks.append(section(language.say("You own no key results at the moment.")))
    blocks += [
        section(
            status.entry(one, language, home.person.zone),
            accessory=status.check_in_button(one, language),
            block_id=f"home:{one.key_result.id}",
        )
        for one in mine[:MOST_MINE]
    ]
    if len(mine) > MOST_MINE:
        blocks.append(context(and_more(len(mine) - MOST_MINE, language)))
    blocks += _waiting(home, language)
    if home.teams:
        blocks += [divider(), header(language.plain("Your teams"))]
        blocks += [section(_team(one, language)) for one in home.teams[:MOST_TEAMS]]
    blocks.append(actions(*_writing(language), block_id="home:write"))
    blocks.append(context(language.say("Ask any time: `/okr status`, `/okr checkin`, `/okr help`")))
    return {"type": "home", "blocks": blocks}


def render_stranger(language: Language, *, guest: bool) -> View:
    """Home of somebody the company does not name; a guest cannot look everywhere."""
    text = language.say(
        "Hello! You have no key results here. `/okr status at-risk` shows where the teams could use a hand."
    )
    if guest:
        text = language.say(
            "Hello! You have no key results here. "
            "As a guest you can see the teams you are in: try `/okr status #channel`."
        )
    return {"type": "home", "blocks": [section(text)]}


def _waiting(home: Home, language: Language) -> Blocks:
    blocks: Blocks = []
    if home.to_review:
        blocks += [divider(), header(language.plain("Waiting for you"))]
        blocks += [notice.waiting(one, language) for one in home.to_review[:MOST_WAITING]]
        blocks += _more(len(home.to_review), language)
    if home.proposed:
        lines = [
            language.say("{title} – {name} can confirm it", title=clip(one.title, 100), name=clip(name, 40))
            for one, name in home.proposed[:MOST_WAITING]
        ]
        blocks += [divider(), header(language.plain("Waiting to be confirmed")), section(Mrkdwn("\n").join(lines))]
        blocks += _more(len(home.proposed), language)
    return blocks


def _more(count: int, language: Language) -> Blocks:
    return [context(and_more(count - MOST_WAITING, language))] if count > MOST_WAITING else []


def _writing(language: Language) -> list[dict[str, object]]:
    return [*status.writing_buttons(language, "home"), button(language.plain("Tree"), ids.TREE, "home")]


def _check_in_all(language: Language) -> dict[str, object]:
    return button(language.plain("Check in on all"), ids.CHECK_IN, "all:", style="primary")


def _team(one: TeamView, language: Language) -> Mrkdwn:
    name = language.say("{name} – <#{channel}>", name=bold(clip(one.team.name, 100)), channel=one.team.channel)
    lines = [name, counts_line(counts(one.standings), language)]
    worst = next((each for each in worst_first(list(one.standings)) if each.behind or each.stale), None)
    if worst:
        lines.append(
            language.say(
                "Look first at: {title}, {confidence}",
                title=clip(worst.key_result.title, 100),
                confidence=standing.confidence(worst, language),
            )
        )
    lines.append(escape(say_rhythm(one.team.rhythm, language)))
    if one.team.next_date and one.standings:
        lines.append(language.say("Next check-in: {day}", day=language.day(one.team.next_date)))
    return Mrkdwn("\n").join(lines)
