"""What is said once an objective or a key result was saved: its title, and what might be better."""

from collections.abc import Sequence

from blocks import coaching, ids
from blocks.language import Language
from blocks.message import Blocks, View
from blocks.text import bold, button, clip, context, plain, section
from okr.coaching import Advice


def render(title: str, about: str, language: Language, *, draft: bool, advice: Sequence[Advice]) -> Blocks:
    """With a button to change it, where there is advice; `about` is its value."""
    name = bold(clip(title, 150))
    said = language.say("Saved: {title}", title=name)
    if draft:
        said = language.say("Saved as a draft: {title}. The team's lead can confirm it.", title=name)
    edit = button(language.plain("Edit"), ids.EDIT_DEFINITION, about, about=title)
    blocks = [section(said, accessory=edit if advice else None)]
    return [*blocks, *(context(coaching.say(one, language)) for one in advice)]


def view(blocks: Blocks, language: Language) -> View:
    """The same by itself, when nothing follows."""
    return {
        "type": "modal",
        "callback_id": ids.NOTICE_VIEW,
        "title": plain(language.plain("OKRs"), 24),
        "close": plain(language.plain("Close"), 24),
        "blocks": blocks,
    }
