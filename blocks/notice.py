"""What a lead is told: on a Monday everything that came up, once, in one message, and a digest without a channel."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from blocks import findings, ids, standing, why
from blocks.fates import say_reason
from blocks.language import Language
from blocks.message import Blocks, Message
from blocks.room import MOST_CHARACTERS, SPOKEN, and_more, spoken, that_fit
from blocks.text import Mrkdwn, bold, button, clip, clip_markup, context, escape, header, section
from okr.definitions import Titled
from okr.standing import Standing

MOST_SHOWN, MOST_PROPOSED = 20, 10
NOTHING_OPEN = findings.Open()


def render(
    left: Sequence[Standing],
    drafts: Sequence[Titled],
    day: date,
    language: Language,
    zone: str,
    open: findings.Open = NOTHING_OPEN,
) -> Message:
    """Key results whose owner's Slack account was deactivated, or takes no message, findings without an answer, and
    objectives under which something waits to be confirmed, for the team's lead; `day` is when they are told.
    """
    proposed = [*_open(open, day, language, zone), *_proposed(drafts, language)]
    if not left:
        return _without_left(open, drafts, proposed, day, language, zone)
    heading = _heading(left, language)
    entries = (_entry(one, language, zone) for one in left)
    fitting = that_fit(entries, blocks=MOST_SHOWN, characters=MOST_CHARACTERS)
    blocks = [header(heading), *fitting]
    if len(fitting) < len(left):
        blocks.append(context(and_more(len(left) - len(fitting), language)))
    advice = _advice(left, language)
    blocks += [section(advice), *proposed, why.row(why.NOTICE, day, language)]
    lines = [escape(clip(one.key_result.title, 60)) for one in left]
    lines += [findings.spoken_line(one, language, day, zone) for one in open.found]
    text = spoken([escape(heading)], lines, lambda count: and_more(count, language), [advice])
    return Message(text=text, blocks=blocks)


def _without_left(
    open: findings.Open, drafts: Sequence[Titled], blocks: Blocks, day: date, language: Language, zone: str
) -> Message:
    """The notice of a lead whose key results all have somebody to ask."""
    heading = language.plain_count("{count} draft waits for you", "{count} drafts wait for you", len(drafts))
    lines = [escape(heading)] if drafts else []
    lines += [escape(clip(one.objective, 60)) for one in drafts]
    if open.found:
        lines = [findings.spoken_line(one, language, day, zone) for one in open.found] + lines
        heading = findings.heading(open.found, language)
    else:
        lines = lines[1:]
    text = spoken([escape(heading)], lines, lambda count: and_more(count, language), [])
    return Message(text=text, blocks=[*blocks, why.row(why.NOTICE, day, language)])


def _open(open: findings.Open, day: date, language: Language, zone: str) -> Blocks:
    """What waits for an answer of somebody else, or has nobody who could give one."""
    if not open.found:
        return []
    shown = findings.entries(open.found, language, day, zone, owners=open.owners)
    return [header(findings.heading(open.found, language)), *shown]


def _proposed(drafts: Sequence[Titled], language: Language) -> Blocks:
    """What was proposed, each objective with a button to review it."""
    if not drafts:
        return []
    heading = language.plain_count("{count} draft waits for you", "{count} drafts wait for you", len(drafts))
    blocks = [header(heading), *(waiting(one, language) for one in drafts[:MOST_PROPOSED])]
    if len(drafts) > MOST_PROPOSED:
        blocks.append(context(and_more(len(drafts) - MOST_PROPOSED, language)))
    return blocks


def waiting(one: Titled, language: Language) -> dict[str, Any]:
    """An objective under which something waits to be confirmed."""
    review = button(language.plain("Review"), ids.REVIEW, one.objective_id, about=one.objective)
    return section(bold(clip(one.objective, 150)), accessory=review, block_id=f"draft:{one.objective_id}")


def render_unposted(digest: Message, round_id: str, channel: str, reason: str, language: Language) -> Message:
    """The digest a channel does not take, with what to do about it."""
    told = language.say(
        "Your team’s digest could not be posted in {channel} ({reason}). Here it is. The next one goes to the channel "
        "again; for another channel change the company file and import it.",
        channel=Mrkdwn(f"<#{channel}>"),
        reason=say_reason(reason, language),
    )
    text = Mrkdwn(f"{told}\n{digest.text}")
    own = why.row(why.UNPOSTED, round_id, language)
    shown = [block for block in digest.blocks if block.get("block_id") != own["block_id"]]
    return Message(text=clip_markup(text, SPOKEN), blocks=[section(told), *shown, own])


def _heading(left: Sequence[Standing], language: Language) -> str:
    if not any(one.asked.unreachable for one in left):
        return language.plain_count(
            "{count} key result has lost its owner", "{count} key results have lost their owner", len(left)
        )
    return language.plain_count(
        "{count} key result has nobody I can ask", "{count} key results have nobody I can ask", len(left)
    )


def _advice(left: Sequence[Standing], language: Language) -> Mrkdwn:
    if not any(one.asked.unreachable for one in left):
        return language.say(
            "Their Slack account was deactivated, so nobody is asked. Give each a new owner with `/okr edit`, "
            "or pause it. Until then you can answer for them with `/okr status`. I say this only once."
        )
    return language.say(
        "Their owner has left Slack, or Slack does not let me write to them, so nobody is asked. Give each a new owner "
        "with `/okr edit`, or pause it. Until then you can answer for them with `/okr status`. "
        "I say this only once."
    )


def _entry(one: Standing, language: Language, zone: str) -> dict[str, Any]:
    line = language.say("{title} – {owner}", title=standing.title(one), owner=clip(one.asked.name, 60))
    return section(Mrkdwn("\n").join([line, standing.value_line(one, language, zone, dated=True)]))
