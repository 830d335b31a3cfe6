"""Every modal has its picture, and every picture its place in the documentation."""

import re
from pathlib import Path

from blocks.language import language
from tests.snapshots.pictures import PICTURES
from tests.snapshots.surfaces import SURFACES

IMAGES = Path("docs/images")
PAGES = [Path("README.md"), *Path("docs").glob("*.md")]
LARGEST = 2_000_000


def test_every_modal_is_pictured() -> None:
    drawn = [one for surface in SURFACES.values() for one in surface(language("en-GB")).values()]
    modals = {one["callback_id"] for one in drawn if isinstance(one, dict) and one["type"] == "modal"}
    pictured = [one.drawn() for one in PICTURES.values() if one.place == "modal"]
    assert {one["callback_id"] for one in pictured if isinstance(one, dict)} == modals


def test_every_picture_was_taken_and_is_shown_where_somebody_reads() -> None:
    shown = {name for page in PAGES for name in re.findall(r"images/([\w-]+)\.png", page.read_text(encoding="utf-8"))}
    assert shown == set(PICTURES)
    assert {path.stem for path in IMAGES.glob("*.png")} == set(PICTURES)


def test_the_pictures_are_small_together() -> None:
    assert sum(path.stat().st_size for path in IMAGES.glob("*.png")) < LARGEST
