"""What is said once an objective or a key result was saved: its title, and what might be better."""

from collections.abc import Sequence

from blocks import coaching, ids, sharing
from blocks.language import Language
from blocks.message import Blocks
from blocks.text import Mrkdwn, actions, bold, button, clip, context, section
from okr.alignment import SharedOut
from okr.coaching import Advice


def render(
    title: str,
    about: str,
    language: Language,
    *,
    draft: bool,
    advice: Sequence[Advice],
    source: str = "",
    shared: Sequence[SharedOut] = (),
) -> Blocks:
    """With a button to change it, where there is advice, and one to undo it; `about` and `source` are their values."""
    name = bold(clip(title, 150))
    said = language.say("Saved: {title}", title=name)
    if draft:
        said = language.say("Saved as a draft: {title}. The team’s lead can confirm it.", title=name)
    edit = button(language.plain("Edit"), ids.EDIT_DEFINITION, about, about=title)
    undo = button(language.plain("Undo"), ids.UNDO, source, about=title)
    blocks: Blocks = [section(said), *(context(sharing.say_of(one, language)) for one in shared)]
    blocks += [context(coaching.say(one, language)) for one in advice]
    acts = [*([edit] if advice else []), *([undo] if source else [])]
    return [*blocks, actions(*acts, block_id="saved")] if acts else blocks


def say_undone(title: str, language: Language) -> Mrkdwn:
    return language.say("Undone: {title}", title=bold(clip(title, 150)))
