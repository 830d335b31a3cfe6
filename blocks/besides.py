"""The other teams in the company's digest: a line for each, the most worrying first."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from blocks.counts import counts_line
from blocks.language import Language
from blocks.text import Mrkdwn, bold, clip
from okr.digest import Beside, Digest
from okr.rounds import Round

NAME, TITLE = 60, 60


def counted(beside: Sequence[Beside], language: Language) -> Mrkdwn:
    """How many teams, and how many of them still answer."""
    said = language.say_count("{count} team", "{count} teams", len(beside))
    still_open = sum(one.open is not None for one in beside)
    if not still_open:
        return said
    return Mrkdwn(" · ").join([said, language.say_count("{count} still open", "{count} still open", still_open)])


def line(one: Beside, zone: str, language: Language) -> Mrkdwn:
    """Growth (16 Nov): 🟢 2 on track · 3 of 3 answered; a round that is open is named with its end, on the clock of
    `zone`.
    """
    team = bold(clip(one.team.name, NAME))
    if one.open and one.digest:
        return language.say(
            "{team}: open until {until}; on {day}: {stands}",
            team=team,
            until=_until(one.open, zone, language),
            day=language.short_day(one.digest.round.date),
            stands=_stands(one.digest, one, language),
        )
    if one.open:
        until = _until(one.open, zone, language)
        return language.say("{team}: its first check-in is open until {until}", team=team, until=until)
    if one.digest:
        day = language.short_day(one.digest.round.date)
        return language.say("{team} ({day}): {stands}", team=team, day=day, stands=_stands(one.digest, one, language))
    if one.team.next_date:
        day = language.short_day(one.team.next_date)
        return language.say("{team}: its first check-in comes on {day}", team=team, day=day)
    return language.say("{team}: no check-in yet", team=team)


def _stands(digest: Digest, one: Beside, language: Language) -> Mrkdwn:
    """The colours of its round, its answers, and what to look at first."""
    answered = language.say("{answered} of {all} answered", answered=digest.answered, all=digest.owed)
    said = Mrkdwn(" · ").join([counts_line(digest.now, language, digest.previous), answered])
    if one.first is None:
        return said
    title, name = clip(one.first.key_result.title, TITLE), clip(one.first.owner.name, NAME)
    return language.say("{said} – look first at {title} ({name})", said=said, title=title, name=name)


def _until(round: Round, zone: str, language: Language) -> str:
    local = round.closes_at.astimezone(ZoneInfo(zone))
    return language.plain("{day}, {time}", day=language.short_day(local.date()), time=f"{local:%H:%M}")
