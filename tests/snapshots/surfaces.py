"""The table of all surfaces: a new message, modal or answer gets a short function, and a line here."""

from collections.abc import Callable, Mapping

from blocks.language import Language
from tests.snapshots import (
    aligning,
    asking,
    doctoring,
    foreseeing,
    helping,
    noticing,
    reading,
    taking,
    wording,
    writing,
)
from tests.snapshots.drawing import Drawn

Surface = Callable[[Language], Mapping[str, Drawn]]
"""A surface in each of its states, by what makes the state."""

SURFACES: Mapping[str, Surface] = {
    "prompt": asking.prompt_,
    "receipt": asking.receipt,
    "reminder": asking.reminder,
    "check-in-modal": asking.checkin_modal,
    "later-modal": asking.later_modal,
    "short-modals": asking.told_modals,
    "digest": reading.digest_,
    "digest-thread": reading.digest_thread,
    "company-digest": aligning.company_digest,
    "tree": aligning.tree_,
    "shares": aligning.shares,
    "status": reading.status_,
    "status-as-of": reading.status_as_of,
    "home": reading.home_,
    "history": reading.history_,
    "greeting": helping.greeting_,
    "help": helping.help_,
    "command-words": wording.words_,
    "away": foreseeing.away_,
    "welcome-back": foreseeing.welcome_back,
    "preview": foreseeing.preview_,
    "why": helping.why_,
    "doctor": doctoring.doctor_,
    "archive": doctoring.archive_,
    "export-modal": taking.export_modal,
    "export": taking.export_words_,
    "fates": wording.fates_,
    "rhythms": wording.rhythms,
    "problems": wording.problems_,
    "set-up-modal": writing.setup_modal,
    "objective-modal": writing.objective_modal,
    "key-result-modal": writing.key_result_modal,
    "choice-modal": writing.choice_modal,
    "review-modal": writing.review_modal,
    "review-answer": writing.review_answer,
    "saved": writing.saved_,
    "coaching": writing.coaching_,
    "templates": writing.templates_,
    "goal-words": writing.goal_words_,
    "lead-notice": writing.lead_notice,
    "note": noticing.note_,
}
