"""What `/okr help` answers, and what an unknown word gets."""

from blocks import command_words
from blocks.language import Language
from blocks.message import Message
from blocks.text import Mrkdwn, context, section


def render(language: Language) -> Message:
    lines = [
        language.say("*What you can ask me*"),
        language.say("`/okr status` – your key results"),
        language.say("`/okr status @dana` – somebody’s key results"),
        language.say("`/okr status #growth` – a team’s, by its channel or its name"),
        language.say(
            "`/okr status at-risk` – at risk or off track, in all teams you may see; also `off-track` or `on-track`"
        ),
        language.say("`/okr status behind` – behind their pace"),
        language.say("`/okr status stale` – without a recent answer; `overdue` – an answer is still owed"),
        language.say("`/okr status p1` – of this priority; `done` – what was reached"),
        language.say("`/okr status refunds` – those with this word in their title"),
        language.say("`/okr status growth as of 1 October` – how it stood at the end of that day"),
        language.say("`/okr tree` – what contributes to what; `/okr tree growth` for a team’s"),
        language.say("`/okr history` – who said and changed what in yours; `/okr history refunds` for another"),
        language.say("`/okr checkin` – check in on your key results now"),
        language.say("`/okr setup` – set a team up in its channel: its people, and when I ask them"),
        language.say("`/okr new` – write down an objective and its key results"),
        language.say("`/okr edit` – change what you own; `/okr edit customers` finds it by its title"),
        language.say(
            "`/okr away until Friday` – meanwhile I ask your deputy, or nobody; `/okr back` when you are back early"
        ),
        language.say("`/okr preview` – what I will ask you, and when; `/okr preview growth` for the team you lead"),
        language.say("`/okr export` – take everything with you as a file, for admins"),
        language.say("`/okr doctor` – how okrbot itself is doing, for admins"),
        language.say("`/okr help` – this list"),
    ]
    about = language.say(
        "On the day your team chose I ask you once, remind you twice at most, then the channel reads a summary."
    )
    text = Mrkdwn("\n").join(lines)
    return Message(text=text, blocks=[section(text), context(about)])


def render_hello(language: Language) -> Message:
    """What somebody reads who writes to the bot."""
    text = language.say("Hello! I read `/okr` and my buttons, but no messages. Everything I know: `/okr help`")
    return Message(text=text, blocks=[section(text)])


def render_unknown(word: str, language: Language, *, guest: bool) -> Message:
    """The nearest command and an example that the reader may try."""
    nearest = command_words.nearest(word)
    lines = [language.say("I do not know “{word}”.", word=word[:60])]
    if nearest:
        lines.append(language.say("Did you mean `/okr {command}`?", command=nearest))
    if guest:
        lines.append(language.say("For example: `/okr status #channel`. Everything I know: `/okr help`"))
    else:
        lines.append(language.say("For example: `/okr status at-risk`. Everything I know: `/okr help`"))
    text = Mrkdwn(" ").join(lines)
    return Message(text=text, blocks=[section(text)])
