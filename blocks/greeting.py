"""What a channel reads when the bot has come, and what a lead reads once their team is set up."""

from blocks import ids, modal
from blocks.language import Language
from blocks.message import Message, View
from blocks.text import actions, bold, button, clip, section


def render(language: Language) -> Message:
    """In a channel that is no team's yet."""
    text = language.say(
        "Hello! I am here so that goals are not forgotten between the first week of a quarter and the last: every week "
        "I ask each owner of a key result how it stands, in one direct message, and a day later this channel reads a "
        "summary. Whoever leads this team can set it up in a minute."
    )
    set_up = button(language.plain("Set up"), ids.SETUP, "channel", style="primary")
    return Message(text=text, blocks=[section(text), actions(set_up, block_id="greeting")])


def render_ready(name: str, language: Language, coming: Message | None = None) -> View:
    """With a look at the next two weeks, once there is one."""
    done = language.say(
        "{team} is set up. What it wants to reach comes next: an objective, and a few key results that show it.",
        team=bold(clip(name, 100)),
    )
    first = button(language.plain("Write an objective"), ids.NEW_OBJECTIVE, "setup", style="primary")
    blocks = [section(done), actions(first, block_id="setup"), *(coming.blocks if coming else [])]
    return modal.told(language, blocks, title=language.plain("Set up a team"))
