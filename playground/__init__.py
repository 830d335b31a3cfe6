"""A stand-in Slack: for tests that act like people, and for a page in the browser to play with.

It knows Slack, not the apps that run against it: a Web API, Socket Mode, the checks of Block Kit, a
workspace in memory, and people who type, click, fill in and read.
"""

from playground.apps import InstalledApp
from playground.clock import Clock, Event, PlaygroundClock, World
from playground.errors import CannotDoError
from playground.people import Person
from playground.places import Channel
from playground.seen import SeenFile, SeenMessage, SeenView
from playground.server import Playground

__all__ = [
    "CannotDoError",
    "Channel",
    "Clock",
    "Event",
    "InstalledApp",
    "Person",
    "Playground",
    "PlaygroundClock",
    "SeenFile",
    "SeenMessage",
    "SeenView",
    "World",
]
