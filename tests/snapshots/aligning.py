"""What contributes to what: the tree, numbers that are shared out, and the company's digest."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from blocks import digest, key_result_form, saved, tree, why
from blocks.key_result_form import KeyResultForm
from blocks.language import Language
from blocks.tree import Tree
from blocks.why import WhyDigest
from okr.alignment import SharedOut, Sharing
from okr.digest import Beside, summarise
from okr.goals import Objective
from okr.measures import Measure
from okr.rounds import RoundState
from okr.standing import Standing
from okr.tree import Branch
from tests.making import LOVE, MONDAY, ROME, at, key_result, round_of, team
from tests.snapshots.drawing import Drawn, end_of
from tests.snapshots.samples import (
    ANSWERED_GREEN,
    ANSWERED_RED,
    CONFIRMED,
    DANA,
    EUROS,
    GROWTH,
    NEVER,
    PLATFORM,
    REACHED,
    REVENUE,
    STALE,
    TITLED,
)

COMPANY = team("company", name="Northwind", is_company=True)
CARE = team("care", name="Care")
GROW = Objective("grow", "company", "Grow without losing our soul", "2026-Q4")
MISSING, WHOLE, TOO_MUCH = (Sharing(Decimal(40_000), Decimal(given)) for given in (35_000, 40_000, 46_000))


def tree_(reader: Language) -> Mapping[str, Drawn]:
    share = Branch(
        PLATFORM,
        LOVE,
        replace(STALE, key_result=replace(REVENUE.key_result, id="partners", title="Revenue of partners")),
    )
    love = _objective(LOVE, ANSWERED_RED, CONFIRMED, NEVER, REACHED)
    revenue = Branch(COMPANY, GROW, REVENUE, below=(share, love), sharing=replace(MISSING, strange=1))
    company = Branch(COMPANY, GROW, own=(revenue,))
    many = tuple(_objective(replace(LOVE, title=f"Objective {n}"), ANSWERED_GREEN) for n in range(60))
    return {
        "Of the company": tree.render(Tree("", (company, _objective(LOVE)), ROME), reader),
        "Of a team": tree.render(Tree("Growth", (replace(love, under=revenue),), ROME), reader),
        "Nothing one may read": tree.render(Tree("", (), ROME), reader),
        "More than fits": end_of(tree.render(Tree("", many, ROME), reader)),
        "One more than fits": end_of(tree.render(Tree("", (_objective(LOVE),) * 38, ROME), reader)),
        "On Home": tree.render_view(Tree("", (company,), ROME), reader),
    }


def shares(reader: Language) -> Mapping[str, Drawn]:
    """What is saved says how far the number is shared out; the form asks what it contributes to."""

    def said(sharing: Sharing, measure: Measure = EUROS) -> Drawn:
        shared = SharedOut("Revenue of the year", measure, sharing)
        return saved.render("Revenue of the card", "kr", reader, draft=False, advice=(), shared=[shared])

    return {
        "Not all of it": said(MISSING),
        "All of it": said(WHOLE),
        "Too much": said(TOO_MUCH),
        "Some are counted otherwise": said(replace(MISSING, strange=2)),
        "What it contributes to": key_result_form.render(KeyResultForm("love", LOVE.title, "U1", above=TITLED), reader),
    }


def company_digest(reader: Language) -> Mapping[str, Drawn]:
    round = round_of(closes_at=at("2026-11-17 14:00", ROME))
    still = round_of(id="r3", state=RoundState.OPEN, closes_at=at("2026-11-17 16:00", ROME))
    growth, care = (summarise(one, round, shown) for one, shown in ((GROWTH, (ANSWERED_RED,)), (CARE, (CONFIRMED,))))
    quiet = [Beside(replace(GROWTH, name="Young")), Beside(replace(GROWTH, name="Idle", next_date=None))]
    teams = [Beside(CARE, care), Beside(PLATFORM, None, still), Beside(GROWTH, growth), *quiet]
    late = [Beside(PLATFORM, growth, still)]
    return {
        "Without key results of its own": digest.render(summarise(COMPANY, round, (), beside=teams), reader),
        "With its own": digest.render(summarise(COMPANY, round, (_own(REVENUE),), beside=late), reader),
        "One team": digest.render(summarise(COMPANY, round, (), beside=teams[:1]), reader),
        "More teams than fit": end_of(digest.render(summarise(COMPANY, round, (), beside=teams[1:2] * 80), reader)[0]),
        "Why this?": why.render(WhyDigest(COMPANY, MONDAY, DANA), reader),
    }


def _own(one: Standing) -> Standing:
    return replace(one, key_result=replace(key_result("Revenue of the year", EUROS), team_id="company"))


def _objective(objective: Objective, *standings: Standing) -> Branch:
    own = tuple(Branch(GROWTH, objective, one) for one in standings)
    return Branch(GROWTH, objective, own=own)
