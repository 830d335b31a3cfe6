"""The people and the channels of the made-up company, in the playground."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from playground import InstalledApp, Person, Playground

ROME, NEW_YORK, BANGALORE = "Europe/Rome", "America/New_York", "Asia/Kolkata"
MANIFEST = Path(__file__).parents[2] / "slack" / "manifest.yaml"


@dataclass(frozen=True)
class Cast:
    """Everybody by the key the company file gives them."""

    app: InstalledApp
    people: Mapping[str, Person]


def gather(playground: Playground) -> Cast:
    """Install the app, and bring people and channels in."""
    app = playground.install(yaml.safe_load(MANIFEST.read_text(encoding="utf-8")))
    people = {
        "dana": playground.person("dana", real_name="Dana Rossi", tz=ROME, locale="en-GB"),
        "luca": playground.person("luca", real_name="Luca Bianchi", tz=ROME, locale="en-GB"),
        "giulia": playground.person("giulia", real_name="Giulia Conti", tz=ROME, locale="it-IT"),
        "elena": playground.person("elena", real_name="Elena Ferri", tz=ROME, locale="en-GB", is_admin=True),
        "marcus": playground.person("marcus", real_name="Marcus Green", tz=NEW_YORK, locale="en-US"),
        "ava": playground.person("ava", real_name="Ava Brooks", tz=NEW_YORK, locale="en-US"),
        "noah": playground.person("noah", real_name="Noah Kim", tz=NEW_YORK, locale="en-US"),
        "priya": playground.person("priya", real_name="Priya Nair", tz=BANGALORE, locale="en-GB"),
        "arjun": playground.person("arjun", real_name="Arjun Rao", tz=BANGALORE, locale="en-GB"),
        "meera": playground.person("meera", real_name="Meera Iyer", tz=BANGALORE, locale="en-GB"),
    }
    channels = {
        "company": [*people],
        "growth": ["dana", "luca", "giulia", "elena"],
        "platform": ["marcus", "ava", "noah", "elena"],
        "support": ["priya", "arjun", "meera", "elena"],
        "design": ["dana", "giulia", "luca"],
    }
    for name, inside in channels.items():
        playground.channel(name, [*(people[key] for key in inside), app])
    return Cast(app, people)
