"""The bot introduces itself, helps, and says why it wrote."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from blocks import greeting, help, why
from blocks.language import Language
from blocks.why import Asking, Forgotten, WhyAsked, WhyDigest, WhyFound, WhyTold, WhyWelcomed
from okr.absence import Excuse
from okr.cadence import Rhythm, Whose
from tests.making import MONDAY, ROME
from tests.snapshots.drawing import Drawn
from tests.snapshots.samples import (
    GIULIA,
    GROWTH,
    LUCA,
    NINE,
    PLATFORM,
)


def greeting_(reader: Language) -> Mapping[str, Drawn]:
    return {"In a channel it was invited to": greeting.render(reader)}


def help_(reader: Language) -> Mapping[str, Drawn]:
    return {
        "/okr help": help.render(reader),
        "A message to the bot": help.render_hello(reader),
        "A slip": help.render_unknown("sttus", reader, guest=False),
        "No word of ours": help.render_unknown("lunch", reader, guest=True),
    }


def why_(reader: Language) -> Mapping[str, Drawn]:
    kinds = (
        why.Answered("Returning customers"),
        why.Answered("Deliveries on time", owner=LUCA),
        why.Answered("Days until a refund", instead_of=GIULIA),
    )
    growth = Asking(GROWTH, kinds, LUCA)
    platform = Asking(
        replace(PLATFORM, rhythm=Rhythm(whose=Whose.TEAM)), kinds[:1] * 10, None, date(2026, 11, 13), Excuse.HOLIDAY
    )
    return {
        "A prompt": why.render(WhyAsked((growth,), ROME, NINE), reader),
        "A prompt for several teams": why.render(WhyAsked((growth, platform, platform, platform), ROME, NINE), reader),
        "A reminder": why.render(WhyAsked((growth,), ROME, NINE, reminder=1), reader),
        "A reminder at an hour of one's own": why.render(
            WhyAsked((growth,), ROME, NINE, reminder=1, chosen=True), reader
        ),
        "A prompt that nobody waits for": why.render(WhyAsked((growth,), ROME, NINE, excuse=Excuse.AWAY), reader),
        "A digest": why.render(WhyDigest(GROWTH, MONDAY, LUCA, NINE, LUCA), reader),
        "A digest that no channel took": why.render(WhyDigest(GROWTH, MONDAY, None, NINE, unposted=True), reader),
        "A notice about owners": why.render(WhyTold((GROWTH, PLATFORM)), reader),
        "A notice about what was found": why.render(WhyTold((GROWTH,), found=True), reader),
        "What was found": why.render(WhyFound(), reader),
        "What was found, to somebody who wants fewer": why.render(WhyFound(fewer=True), reader),
        "A notice about drafts": why.render(WhyTold((GROWTH,), proposed=True), reader),
        "After leave": why.render(WhyWelcomed(MONDAY), reader),
        "After leave that nobody remembers": why.render(WhyWelcomed(None), reader),
        "Forgotten": why.render(Forgotten(named=True), reader),
        "Somebody else's": why.render(Forgotten(named=False), reader),
    }
