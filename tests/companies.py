"""Variations of the stage's company, each for what one scenario is about."""

from pathlib import Path
from typing import Any

import yaml

PLAIN = Path("tests/company.yaml").read_text(encoding="utf-8")
"""The company that is imported when the stage opens."""


def described(**changes: Any) -> str:
    """The company with these top-level parts replaced."""
    return yaml.safe_dump({**parts(), **changes}, sort_keys=False, allow_unicode=True)


def with_team(key: str, **fields: Any) -> str:
    """The company with one team described differently."""
    teams = [{**one, **fields} if one["key"] == key else one for one in parts()["teams"]]
    return described(teams=teams)


def with_people(growth: dict[str, Any] | None = None, **people: dict[str, Any]) -> str:
    """The company with some persons described further, and the growth team too if need be."""
    changed = [{**one, **people.get(one["key"], {})} for one in parts()["people"]]
    teams = [{**one, **(growth or {})} if one["key"] == "growth" else one for one in parts()["teams"]]
    return described(people=changed, teams=teams)


def with_key_results(team: str, key_results: list[dict[str, Any]]) -> str:
    """The company with these key results added to a team, under an objective of their own."""
    objective = {"key": "more", "team": team, "cycle": "2026-q4", "title": "Make it worth it"}
    return described(objectives=[*parts()["objectives"], {**objective, "key_results": key_results}])


def key_result(title: str, owner: str, **fields: Any) -> dict[str, Any]:
    """A key result that counts from 0 to 100, unless told otherwise."""
    return {"title": title, "owner": owner, "measure": "increase", "baseline": 0, "target": 100, **fields}


def parts() -> dict[str, Any]:
    """The plain company, by its top-level parts."""
    loaded: dict[str, Any] = yaml.load(PLAIN, Loader=yaml.BaseLoader)  # noqa: S506 - builds texts alone
    return loaded


TOWNS = {
    "key": "all",
    "team": "company",
    "cycle": "2026-q4",
    "title": "Be the shop everybody knows",
    "key_results": [key_result("Towns with a shop", "dana", key="towns")],
}

DANA_IN_TWO_TEAMS = described(
    teams=[
        {**one, "rhythm": {"at": "08:00", "digest": {"on": "tuesday", "at": "14:00"}}, "people": ["elena", "dana"]}
        if one["key"] == "company"
        else one
        for one in parts()["teams"]
    ],
    objectives=[*parts()["objectives"], TOWNS],
)
"""The company team asks Dana too: an hour earlier than Growth, with a digest four hours later."""

DANA_ON_MONDAY_AND_THURSDAY = described(
    teams=[
        {**one, "rhythm": "every Thursday at 9:00", "people": ["elena", "dana"]} if one["key"] == "company" else one
        for one in parts()["teams"]
    ],
    objectives=[*parts()["objectives"], TOWNS],
)

WITHOUT_REMINDERS = described(company={**parts()["company"], "rhythm": {"reminders": 0}})

LUCA_COUNTS = with_key_results(
    "growth", [key_result("Euro a customer", "luca", unit="EUR", baseline=1000, target=2000)]
)

PRIYA_HAS_SEVEN = with_key_results("support", [key_result(f"Guide number {n}", "priya") for n in range(1, 7)])

SIXTY = with_key_results("support", [key_result(f"Guide number {n}", "priya") for n in range(1, 61)])

WITH_A_SECRET = with_key_results("growth", [key_result("Price of the takeover", "dana", private="true")])

WITH_A_GUEST = described(
    people=[*parts()["people"], {"key": "omar", "slack": "@omar"}],
    teams=[{**one, "people": ["dana", "luca", "omar"]} if one["key"] == "growth" else one for one in parts()["teams"]],
)

ELENA_LEADS_GROWTH = with_team("growth", lead="elena")

PRIYA_STANDS_IN_FOR_MARCUS = described(
    people=[{**one, "deputy": "priya"} if one["key"] == "marcus" else one for one in parts()["people"]]
)


A_GUEST_OWNS_ONE = described(
    people=[*parts()["people"], {"key": "omar", "slack": "@omar"}],
    objectives=[
        *parts()["objectives"],
        {
            "key": "more",
            "team": "growth",
            "cycle": "2026-q4",
            "title": "Be seen",
            "key_results": [key_result("Posters printed", "omar")],
        },
    ],
)


def with_changed_key_result(key: str, **fields: Any) -> str:
    """The company with one key result described differently; None takes a field away."""
    objectives = parts()["objectives"]
    for objective in objectives:
        for one in objective["key_results"]:
            if one["key"] == key:
                one.update(fields)
    return described(objectives=objectives)


PRIYA_STANDS_IN_FOR_MARCUS_IN_SECRET = described(
    people=[{**one, "deputy": "priya"} if one["key"] == "marcus" else one for one in parts()["people"]],
    objectives=[{**one, "private": "true"} if one["key"] == "solid" else one for one in parts()["objectives"]],
)


def without_key_result(key: str) -> str:
    """The company with one key result left out."""
    objectives = parts()["objectives"]
    for objective in objectives:
        objective["key_results"] = [one for one in objective["key_results"] if one["key"] != key]
    return described(objectives=objectives)


LUCA_CHECKS_IN_FOR_DANA = with_changed_key_result("returning", check_in_owner="luca")


def without_luca(heir: str) -> str:
    """Luca is gone from the company, and somebody else owns what was his."""
    plain = parts()
    people = [one for one in plain["people"] if one["key"] != "luca"]
    teams = [{**one, "people": [who for who in one["people"] if who != "luca"]} for one in plain["teams"]]
    loaded: dict[str, Any] = yaml.load(with_changed_key_result("launch", owner=heir), Loader=yaml.BaseLoader)  # noqa: S506
    return described(people=people, teams=teams, objectives=loaded["objectives"])


DANA_TAKES_OVER = without_luca("dana")


def where_dana_is(slack: str) -> str:
    """The company in which Dana is found in Slack by this."""
    return described(people=[{**one, "slack": slack} if one["key"] == "dana" else one for one in parts()["people"]])


def paused(text: str, title: str) -> str:
    """This company with the key result of this title paused."""
    loaded = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - builds texts alone
    for objective in loaded["objectives"]:
        for one in objective["key_results"]:
            if one["title"] == title:
                one["state"] = "paused"
    return yaml.safe_dump(loaded, sort_keys=False, allow_unicode=True)


CYCLE_OVER = described(cycles=[{**one, "state": "closed"} for one in parts()["cycles"]])

PLATFORM_ASKS_MONDAY_AND_TUESDAY = described(
    teams=[
        {
            **one,
            "people": ["marcus", "priya"],
            "rhythm": "every Monday and Tuesday at 9:00; digest the same day at 18:00",
        }
        if one["key"] == "platform"
        else one
        for one in parts()["teams"]
    ],
    objectives=[
        *parts()["objectives"],
        {
            "key": "far",
            "team": "platform",
            "cycle": "2026-q4",
            "title": "Be there for the far side of the world",
            "key_results": [key_result("Partners in Auckland", "priya", key="auckland")],
        },
    ],
)
"""With Priya in Auckland, Tuesday's round opens while Monday's is still open in New York."""


def where_people_are(slack: dict[str, str | None]) -> str:
    """The company with these keys for these members; whoever has none is not in the file, nor in a team."""
    plain = parts()
    kept = [one for one in plain["people"] if one["key"] not in slack]
    named = [{"key": key, "slack": member} for key, member in slack.items() if member]
    gone = {key for key, member in slack.items() if not member}
    teams = [{**one, "people": [who for who in one["people"] if who not in gone]} for one in plain["teams"]]
    objectives = [
        {**one, "key_results": [each for each in one["key_results"] if each["owner"] not in gone]}
        for one in plain["objectives"]
    ]
    return described(people=[*named, *kept], teams=teams, objectives=objectives)


WITH_OTHER_LINKS = described(
    people=[{**one, "deputy": "luca"} if one["key"] == "dana" else one for one in parts()["people"]],
    teams=[
        {**one, "parent": "growth", "people": ["priya", "luca"]} if one["key"] == "support" else one
        for one in parts()["teams"]
    ],
    objectives=[{**one, "contributes_to": "love"} if one["key"] == "care" else one for one in parts()["objectives"]],
)
"""The company in which Dana has a deputy, and Support and its objective lie below Growth and Luca is in it."""


def with_teams_of_dana(count: int) -> str:
    """The company with so many more teams that Dana is in, each with a key result of Luca's."""
    plain = parts()
    for number in range(count):
        team = {"key": f"t{number}", "name": f"Team {number}", "parent": "company", "channel": "#growth"}
        plain["teams"].append({**team, "lead": "elena", "people": ["dana"]})
        found = [key_result(f"Counted {number}", "luca")]
        objective = {"key": f"o{number}", "team": f"t{number}", "cycle": "2026-q4", "title": f"Objective {number}"}
        plain["objectives"].append({**objective, "key_results": found})
    return described(teams=plain["teams"], objectives=plain["objectives"])


REVENUE_TO_SHARE = described(
    objectives=[
        *parts()["objectives"],
        {
            "key": "grow",
            "team": "company",
            "cycle": "2026-q4",
            "title": "Grow without losing our soul",
            "key_results": [
                key_result("Revenue of the year", "elena", key="million", unit="EUR", target=1_000_000),
                key_result("Gifts of the year", "elena", key="gifts", unit="EUR", target=90_000),
            ],
        },
    ],
)
"""The company with two numbers of its own that teams may have a share of."""


def with_rhythms(text: str, **rhythms: str) -> str:
    """This company with other rhythms of these teams."""
    loaded = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - builds texts alone
    for team in loaded["teams"]:
        if team["key"] in rhythms:
            team["rhythm"] = rhythms[team["key"]]
    return yaml.safe_dump(loaded, sort_keys=False, allow_unicode=True)


def with_a_share(of: str) -> str:
    """The same with 50,000 € of one of them given to Platform."""
    loaded: dict[str, Any] = yaml.load(REVENUE_TO_SHARE, Loader=yaml.BaseLoader)  # noqa: S506 - builds texts alone
    results = [one for objective in loaded["objectives"] for one in objective["key_results"]]
    next(one for one in results if one["key"] == "revenue")["contributes_to"] = of
    return yaml.safe_dump(loaded, sort_keys=False, allow_unicode=True)


def tree() -> str:
    """The company's revenue, with Platform's share of it, and Growth's objective, one of whose key results is private,
    contributing to it; a private objective of Support contributes too.
    """
    loaded: dict[str, Any] = yaml.load(REVENUE_TO_SHARE, Loader=yaml.BaseLoader)  # noqa: S506
    by_key = {one["key"]: one for one in loaded["objectives"]}
    by_key["love"]["contributes_to"] = "million"
    by_key["love"]["key_results"].append(
        key_result(
            "Price of the takeover", "dana", unit="EUR", target=300_000, contributes_to="million", private="true"
        )
    )
    by_key["care"] |= {"contributes_to": "love", "private": "true"}
    next(one for one in by_key["solid"]["key_results"] if one["key"] == "revenue")["contributes_to"] = "million"
    return yaml.safe_dump(loaded, sort_keys=False, allow_unicode=True)
