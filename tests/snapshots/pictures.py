"""The pictures in docs/images: surfaces in one of their states, as the playground's page shows them.

`python -m tests.snapshots.camera` takes them all anew.
"""

from dataclasses import dataclass
from typing import Literal

from blocks.language import language
from tests.snapshots.drawing import Drawn
from tests.snapshots.pages import LOCALES
from tests.snapshots.surfaces import SURFACES

Place = Literal["direct message", "channel", "answer", "modal", "home"]


@dataclass(frozen=True)
class Picture:
    """A state of a surface, and where people see it."""

    surface: str
    state: str
    place: Place

    def drawn(self) -> Drawn:
        """What is pictured; of a thread its first message."""
        drawn = SURFACES[self.surface](language(LOCALES["en"]))[self.state]
        return drawn[0] if isinstance(drawn, list) else drawn


PICTURES = {
    "prompt": Picture("prompt", "Monday 09:00", "direct message"),
    "check-in": Picture("check-in-modal", "The first of two pages", "modal"),
    "details": Picture("check-in-modal", "With its details, and a note that is missing", "modal"),
    "receipt": Picture("receipt", "All answered", "direct message"),
    "later": Picture("later-modal", "Before the digest", "modal"),
    "digest": Picture("digest", "Tuesday 10:00", "channel"),
    "status": Picture("status", "/okr status: at-risk", "answer"),
    "home": Picture("home", "Dana's, who leads Growth", "home"),
    "greeting": Picture("greeting", "In a channel it was invited to", "channel"),
    "setup": Picture("set-up-modal", "A new team", "modal"),
    "set-up": Picture("set-up-modal", "Set up", "modal"),
    "objective": Picture("objective-modal", "From a template", "modal"),
    "key-result": Picture("key-result-modal", "After an objective that could be better", "modal"),
    "edit": Picture("choice-modal", "A few", "modal"),
    "export": Picture("export-modal", "/okr export", "modal"),
    "review": Picture("review-modal", "Two drafts", "modal"),
}
