"""The lead's notice on a Monday: everything that came up, once, in one message."""

from collections.abc import Sequence

from blocks import standing
from blocks.language import Language
from blocks.message import Blocks, Message
from blocks.text import Mrkdwn, clip, context, escape, header, section
from okr.standing import Standing

MOST_SHOWN = 20


def render(left: Sequence[Standing], language: Language, zone: str) -> Message:
    """Key results whose owner's Slack account was deactivated, for the team's lead."""
    heading = language.plain_count(
        "{count} key result has lost its owner", "{count} key results have lost their owner", len(left)
    )
    blocks: Blocks = [header(heading)]
    for one in left[:MOST_SHOWN]:
        line = language.say("{title} – {owner}", title=standing.title(one), owner=clip(one.asked.name, 60))
        blocks.append(section(Mrkdwn("\n").join([line, standing.value_line(one, language, zone)])))
    if len(left) > MOST_SHOWN:
        blocks.append(context(language.say_count("and {count} more", "and {count} more", len(left) - MOST_SHOWN)))
    advice = language.say(
        "Their Slack account was deactivated, so nobody is asked. Give each a new owner in the company file, "
        "or pause it. Until then you can answer for them with `/okr status`. I will not say this again."
    )
    blocks.append(section(advice))
    spoken = [escape(heading), *(escape(clip(one.key_result.title, 60)) for one in left[:MOST_SHOWN]), advice]
    return Message(text="\n".join(spoken), blocks=blocks)
