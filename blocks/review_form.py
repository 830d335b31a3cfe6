"""The modal in which a lead reviews what was proposed, and the message that brings back their answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from blocks import coaching, goal_words, ids, inputs, measure_phrase
from blocks.language import Language
from blocks.message import Blocks, Message, View
from blocks.text import Mrkdwn, bold, clip, context, plain, section
from okr.coaching import coach_key_result, coach_objective
from okr.definitions import KeyResultDefinition, ObjectiveDefinition, mark

VERDICT, NOTE = "review_verdict", "review_note"
CONFIRM, SEND_BACK = "confirm", "send_back"
LONGEST_NOTE = 1000
MOST_SHOWN = 20


@dataclass(frozen=True)
class Draft:
    """A key result that waits; `owner` is a name."""

    id: str
    definition: KeyResultDefinition
    owner: str


@dataclass(frozen=True)
class ReviewForm:
    """An objective with the drafts under it; `by` names who proposed them. As many as fit are shown, the rest follows
    in a form of its own.

    `note` was typed already, into a form that was `overtaken`: something in it has changed meanwhile.
    Where it is not `coached`, nothing is pointed out.
    """

    objective_id: str
    objective: ObjectiveDefinition
    drafts: tuple[Draft, ...]
    by: tuple[str, ...]
    overtaken: bool = False
    note: str = ""
    coached: bool = True

    @property
    def shown(self) -> tuple[Draft, ...]:
        return self.drafts[:MOST_SHOWN]

    @property
    def seen(self) -> dict[str, str]:
        """A short mark of everything that is shown, by its id."""
        return {self.objective_id: mark(self.objective)} | {one.id: mark(one.definition) for one in self.shown}


@dataclass(frozen=True)
class ReviewWords:
    """The answer, to what was `seen` and no more: marks by ids, as the form was drawn with."""

    objective_id: str
    confirmed: bool
    note: str
    seen: Mapping[str, str]


def render(form: ReviewForm, language: Language) -> View:
    verdicts = [
        inputs.option(language.plain("Confirm"), CONFIRM, language.plain("I ask for it from the next round on.")),
        inputs.option(language.plain("Not yet"), SEND_BACK, language.plain("It stays a draft, your note goes back.")),
    ]
    return {
        "type": "modal",
        "callback_id": ids.REVIEW_VIEW,
        "title": plain(language.plain("Review"), 24),
        "submit": plain(language.plain("Send"), 24),
        "close": plain(language.plain("Cancel"), 24),
        "private_metadata": json.dumps({"id": form.objective_id, "seen": form.seen}, separators=(",", ":")),
        "blocks": [
            *_overtaken(form, language),
            *_proposed(form, language),
            *_rest(form, language),
            context(language.say("Is it measurable? Ambitious? Does everybody agree where the numbers come from?")),
            inputs.labelled(
                VERDICT, language.plain("Your answer"), inputs.choice(verdicts, CONFIRM, kind="radio_buttons")
            ),
            *_note(form, language),
        ],
    }


def read(view: Mapping[str, Any]) -> ReviewWords:
    memo = json.loads(view["private_metadata"])
    return ReviewWords(
        objective_id=str(memo["id"]),
        confirmed=inputs.read_choice(view, VERDICT) == CONFIRM,
        note=inputs.read_text(view, NOTE),
        seen=memo["seen"],
    )


def say_verdict(title: str, lead: str, note: str, language: Language, *, confirmed: bool) -> Message:
    """What whoever proposed it reads."""
    fields = {"name": clip(lead, 60), "title": bold(clip(title, 150))}
    if confirmed:
        text = language.say("{name} has confirmed what you proposed: {title}", **fields)
    else:
        text = language.say("{name} has looked at {title}: not yet. `/okr edit` changes it.", **fields)
    if note:
        text = Mrkdwn("\n").join([text, language.say("“{note}”", note=note)])
    return Message(text=text, blocks=[section(text)])


def _overtaken(form: ReviewForm, language: Language) -> Blocks:
    if not form.overtaken:
        return []
    return [
        section(language.say("⚠️ Something here has changed while you were reading. Look again: nothing was sent yet."))
    ]


def _rest(form: ReviewForm, language: Language) -> Blocks:
    more = len(form.drafts) - len(form.shown)
    if not more:
        return []
    said = language.say_count(
        "{count} more draft follows once you have sent this.",
        "{count} more drafts follow once you have sent this.",
        more,
    )
    return [context(said)]


def _note(form: ReviewForm, language: Language) -> Blocks:
    """Nobody reads a note to what came with an import."""
    if not form.by:
        return []
    names = language.listed([clip(name, 40) for name in form.by])
    note = inputs.text(form.note, most=LONGEST_NOTE, lines=True)
    return [inputs.labelled(NOTE, language.plain("A note to {names}", names=clip(names, 50)), note, optional=True)]


def _proposed(form: ReviewForm, language: Language) -> Blocks:
    one = form.objective
    about = language.say(
        "{title} · {ambition}", title=bold(one.title), ambition=goal_words.ambition(one.ambition, language)
    )
    blocks: Blocks = [section(Mrkdwn("\n").join([about, *([one.why] if one.why else [])]))]
    said = coach_objective(one.title) if form.coached else ()
    blocks += [context(coaching.say(advice, language)) for advice in said]
    for draft in form.shown:
        key_result = draft.definition
        source = key_result.source or language.plain("no source of the number yet")
        lines = [
            bold(key_result.title),
            language.say(
                "{measure} · {owner} · {source}",
                measure=measure_phrase.say(key_result.measure, language).replace("\n", ", "),
                owner=draft.owner,
                source=clip(source, 300),
            ),
        ]
        blocks.append(section(Mrkdwn("\n").join(lines)))
        said = coach_key_result(key_result.title, key_result.measure, key_result.source or "-", one.ambition)
        blocks += [context(coaching.say(advice, language)) for advice in said if form.coached]
    return blocks
