"""What the coach says under a field, in the reader's language: one kind line with its reason and a better shape."""

from blocks.language import Language, language
from blocks.problems import marked
from blocks.text import Mrkdwn, clip
from okr.coaching import Advice

MOST_QUOTED = 80
"""Characters of what a person wrote that a line repeats."""

SENTENCES = {
    "title.number": marked(
        "“{number}” does more as a key result, where it is followed every week. The objective says what it is for, "
        "like “Become the shop people come back to”."
    ),
    "title.long": marked(
        "Short objectives are remembered: this one has {count} words, and {most} are plenty. "
        "The details can go into its key results."
    ),
    "title.long_with_shorter": marked(
        "Short objectives are remembered: this one has {count} words, and {most} are plenty. Perhaps just “{shorter}”?"
    ),
    "title.short": marked(
        "“{title}” is easy to remember, and leaves open what gets better for whom. A few words more say it, "
        "like “Become the shop people come back to”."
    ),
    "title.task": marked(
        "This is work to do, and fits well as an action. A key result says what it changes, like “{example}”."
    ),
    "title.task_with_use": marked(
        "This is work to do, and fits well as an action. A key result says what it changes, like “{example}”."
    ),
    "title.task_with_thing": marked(
        "This is work to do, and fits well as an action. What changes with “{thing}”? For example “{example}”."
    ),
    "title.two_results": marked(
        "“{first}” and “{second}” can go different ways. As two key results, each has its own number."
    ),
    "measure.done_or_not": marked(
        "Done or not done shows nothing on the way. Steps show how far it is; "
        "a number shows what it changes, like “{example}”."
    ),
    "measure.all_or_nothing": marked(
        "Done or not done is all or nothing, and an aspirational objective may well end at 0.7. "
        "Steps leave room for that, or a number that shows what it changes, like “{example}”."
    ),
    "measure.steady_but_moves": marked(
        "“{verb}” says that it should move, limits say that it should stay. To move it, set a target; "
        "to watch over it, a title like “Uptime stays high” fits."
    ),
    "measure.moves_but_steady": marked(
        "“{verb}” says that it should stay, a target says that it should move. To watch over it, "
        "set limits to keep it within."
    ),
    "source.missing": marked(
        "Where will the number come from? The name of a report or a dashboard is enough, "
        "and later nobody needs to argue about it."
    ),
    "count.objectives": marked(
        "{count} objectives for one team: up to {most} get the attention they deserve. Perhaps one can wait a cycle."
    ),
    "count.personal_objectives": marked(
        "{count} objectives for {name}: up to {most} get the attention they deserve. Perhaps somebody else owns one."
    ),
    "count.key_results": marked(
        "{count} key results: up to {most} can be looked at every week. "
        "Perhaps two say nearly the same, or one is an action."
    ),
}

OUTCOMES = {
    "": marked("Returning customers, from 40% to 60%"),
    "use": marked("People who use {thing}, from 0% to 40%"),
    "attend": marked("People who would recommend {thing}, from 60% to 80%"),
    "visit": marked("People who visit {thing} a second time, from 20% to 40%"),
    "read": marked("People who read {thing} to the end, from 20% to 50%"),
    "answer": marked("People who complete {thing}, from 20% to 60%"),
}
"""What could be measured instead, by what people do with the thing that is made."""


def say(advice: Advice, language: Language) -> Mrkdwn:
    """The advice as one line of Slack markup."""
    return Mrkdwn("💡 ") + _sentence(advice, language)


def _sentence(advice: Advice, reader: Language) -> Mrkdwn:
    fields = {name: _clipped(value) for name, value in advice.fields.items()}
    if advice.id == "count.few_key_results":
        count = int(fields.pop("count"))
        if fields["fewest"] == fields["most"]:
            return reader.say_count(
                "{count} key result so far. With {most} one sees from several sides whether the objective is reached.",
                "{count} key results so far. With {most} one sees from several sides whether the objective is reached.",
                count,
                **fields,
            )
        return reader.say_count(
            "{count} key result so far. With {fewest} to {most} one sees from several sides whether the objective "
            "is reached.",
            "{count} key results so far. With {fewest} to {most} one sees from several sides whether the objective "
            "is reached.",
            count,
            **fields,
        )
    return reader.say(SENTENCES[advice.id], **fields, example=_example(advice, reader))


def _example(advice: Advice, reader: Language) -> str:
    """In the language of the sentence that was written, since it could stand in its place."""
    written = language(str(advice.fields["language"])) if "language" in advice.fields else reader
    return written.plain(OUTCOMES[str(advice.fields.get("use", ""))], thing=advice.fields.get("thing", ""))


def _clipped(value: str | int) -> str | int:
    return clip(value, MOST_QUOTED) if isinstance(value, str) else value
