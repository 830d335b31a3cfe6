"""The snapshots as they should be: a page for each surface and language, with all its states."""

from pathlib import Path

from blocks.language import language
from tests.snapshots.drawing import draw
from tests.snapshots.surfaces import SURFACES

FOLDER = Path(__file__).parent
LOCALES = {"en": "en-GB", "it": "it-IT"}


def page(surface: str, code: str) -> str:
    states = SURFACES[surface](language(LOCALES[code])).items()
    return "\n\n".join(f"===== {state} =====\n\n{draw(drawn)}" for state, drawn in states) + "\n"


def pages() -> dict[str, str]:
    """The text of each file, by its path in this folder."""
    return {f"{code}/{surface}.txt": page(surface, code) for code in LOCALES for surface in SURFACES}
