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
from okr.definitions import KeyResultDefinition, ObjectiveDefinition

VERDICT, NOTE = "review_verdict", "review_note"
CONFIRM, SEND_BACK = "confirm", "send_back"
LONGEST_NOTE = 1000
MOST_SHOWN = 20


@dataclass(frozen=True)
class ReviewForm:
    """An objective with the drafts under it, each with its owner's name; `by` names who proposed them."""

    objective_id: str
    objective: ObjectiveDefinition
    drafts: tuple[tuple[KeyResultDefinition, str], ...]
    by: tuple[str, ...]


@dataclass(frozen=True)
class ReviewWords:
    objective_id: str
    confirmed: bool
    note: str


def render(form: ReviewForm, language: Language) -> View:
    verdicts = [
        inputs.option(language.plain("Confirm"), CONFIRM, language.plain("I ask for it from the next round on.")),
        inputs.option(language.plain("Not yet"), SEND_BACK, language.plain("It stays a draft, your note goes back.")),
    ]
    note = inputs.text(most=LONGEST_NOTE, lines=True)
    names = language.listed([clip(name, 40) for name in form.by])
    return {
        "type": "modal",
        "callback_id": ids.REVIEW_VIEW,
        "title": plain(language.plain("Review"), 24),
        "submit": plain(language.plain("Send"), 24),
        "close": plain(language.plain("Cancel"), 24),
        "private_metadata": json.dumps({"id": form.objective_id}),
        "blocks": [
            *_proposed(form, language),
            context(language.say("Is it measurable, ambitious, and is the source of each number undisputed?")),
            inputs.labelled(
                VERDICT, language.plain("Your answer"), inputs.choice(verdicts, CONFIRM, kind="radio_buttons")
            ),
            inputs.labelled(NOTE, language.plain("A note to {names}", names=clip(names, 50)), note, optional=True),
        ],
    }


def read(view: Mapping[str, Any]) -> ReviewWords:
    return ReviewWords(
        objective_id=str(json.loads(view["private_metadata"])["id"]),
        confirmed=inputs.read_choice(view, VERDICT) == CONFIRM,
        note=inputs.read_text(view, NOTE),
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


def _proposed(form: ReviewForm, language: Language) -> Blocks:
    one = form.objective
    about = language.say(
        "{title} · {ambition}", title=bold(one.title), ambition=goal_words.ambition(one.ambition, language)
    )
    blocks: Blocks = [section(Mrkdwn("\n").join([about, *([one.why] if one.why else [])]))]
    blocks += [context(coaching.say(advice, language)) for advice in coach_objective(one.title)]
    for key_result, owner in form.drafts[:MOST_SHOWN]:
        source = key_result.source or language.plain("no source of the number yet")
        lines = [
            bold(key_result.title),
            language.say(
                "{measure} · {owner} · {source}",
                measure=measure_phrase.say(key_result.measure, language).replace("\n", ", "),
                owner=owner,
                source=clip(source, 300),
            ),
        ]
        blocks.append(section(Mrkdwn("\n").join(lines)))
        advised = coach_key_result(key_result.title, key_result.measure, key_result.source or "-", one.ambition)
        blocks += [context(coaching.say(advice, language)) for advice in advised]
    return blocks
