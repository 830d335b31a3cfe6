"""Everything the bot can do, built once and handed to the doors."""

from rituals.absences import Absences
from rituals.actors import Actors
from rituals.agenda import Agenda
from rituals.archives import Archives, Keeping
from rituals.calendars import CalendarReader, Calendars, NoCalendars
from rituals.channels import Channels
from rituals.checkins import Checkins
from rituals.companies import Companies
from rituals.counting import Counting, NotCounting
from rituals.definitions import Definitions
from rituals.deliverer import Deliverer
from rituals.doctor import Doctor
from rituals.exports import Exports
from rituals.greetings import Greetings
from rituals.handouts import Handouts
from rituals.histories import Histories
from rituals.key_results import KeyResults
from rituals.looks import Looks
from rituals.messenger import Messenger
from rituals.objectives import Objectives
from rituals.pacing import Limits
from rituals.people import People
from rituals.previews import Previews
from rituals.prompts import Prompts
from rituals.reasons import Reasons
from rituals.reviews import Reviews
from rituals.rounds import Rounds
from rituals.setups import Setups
from rituals.statuses import Statuses
from rituals.trees import Trees
from rituals.undoing import Undoing
from storage.claims import Patience
from storage.database import Database


class Rituals:
    """The table of contents of what the bot does."""

    def __init__(
        self,
        database: Database,
        messenger: Messenger,
        *,
        patience: Patience | None = None,
        limits: Limits | None = None,
        connections: int = 32,
        counting: Counting | None = None,
        calendars: CalendarReader | None = None,
        keeping: Keeping | None = None,
    ) -> None:
        self.absences = Absences(database)
        self.counting = counting or NotCounting()
        self.actors = Actors(database, messenger)
        self.agenda = Agenda(database)
        self.calendars = Calendars(database, calendars or NoCalendars())
        self.channels = Channels(database, messenger)
        self.checkins = Checkins(database)
        self.companies = Companies(database, messenger)
        self.definitions = Definitions(database)
        self.deliverer = Deliverer(
            database, messenger, patience=patience, limits=limits, connections=connections, counting=counting
        )
        self.doctor = Doctor(database, archiving=keeping is not None)
        self.exports = Exports(database)
        self.archives = Archives(database, self.exports, keeping)
        self.greetings = Greetings(database)
        self.handouts = Handouts(self.exports, messenger)
        self.histories = Histories(database)
        self.key_results = KeyResults(database, messenger)
        self.looks = Looks(database)
        self.messenger = messenger
        self.objectives = Objectives(database, messenger)
        self.people = People(database, messenger)
        self.previews = Previews(database)
        self.prompts = Prompts(database)
        self.reasons = Reasons(database)
        self.reviews = Reviews(database, messenger)
        self.rounds = Rounds(database)
        self.setups = Setups(database, messenger)
        self.undoing = Undoing(database)
        self.statuses = Statuses(database)
        self.trees = Trees(database)
