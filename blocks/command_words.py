"""The words one can type behind `/okr`, English and Italian; whoever mistypes one is offered the nearest."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from blocks.phrase_words import fold
from okr.exports import Format, Wanted

COMMANDS = {
    "status": ("status", "stato"),
    "checkin": ("checkin", "check-in", "check in"),
    "setup": ("setup", "configura"),
    "new": ("new", "nuovo", "crea"),
    "edit": ("edit", "modifica"),
    "away": ("away", "via", "assente"),
    "back": ("back", "rientro", "torno"),
    "tree": ("tree", "albero"),
    "history": ("history", "storia", "cronologia"),
    "preview": ("preview", "anteprima"),
    "export": ("export", "esporta"),
    "doctor": ("doctor", "diagnosi"),
    "help": ("help", "aiuto", "?"),
}
"""Each command with its words: the first is the one that is shown, the second its Italian one."""

SUBJECTS = {
    "me": ("me", "io", "i miei"),
    "at-risk": ("at-risk", "a rischio", "at risk", "a-rischio"),
    "off-track": ("off-track", "fuori rotta", "off track", "fuori-rotta"),
    "on-track": ("on-track", "in linea", "on track", "in-linea"),
    "behind": ("behind", "sotto il ritmo", "in ritardo", "late"),
    "overdue": ("overdue", "in arretrato", "arretrati"),
    "done": ("done", "fatti", "fatto"),
    "stale": ("stale", "senza risposta", "senza una risposta recente"),
}
"""What `/okr status` can be about, besides a person, a channel or a team."""

FORMATS = {
    Format.YAML: ("yaml", "yml"),
    Format.XLSX: ("xlsx", "excel", "foglio"),
    Format.CSV: ("csv", "tabella"),
    Format.MARKDOWN: ("markdown", "md", "pagina"),
}
"""What `/okr export` can be told to write."""
HISTORY = (*COMMANDS["history"], "check-ins", "checkins", "check-in")
LINKS = ("with", "and", "as", "con", "e", "come", "in")

_PRIORITY = re.compile(r"(?:p|prio|priority|priorita) ?(\d{1,2})")
_SPACES = re.compile(r"\s+")


def split(text: str) -> tuple[str, str]:
    """(the command, what stands behind it); the command is empty where the first words are none. Nothing is status."""
    said = _SPACES.sub(" ", text).strip()
    if not said:
        return "status", ""
    for words in (2, 1):
        parts = said.split(" ")
        if command := _meant(" ".join(parts[:words]), COMMANDS):
            return command, " ".join(parts[words:])
    return "", said


def subject(text: str) -> str:
    """What `/okr status` is asked about, empty when these words name none of ours."""
    return _meant(text, SUBJECTS) if text else "me"


def export(text: str) -> Wanted | None:
    """What `/okr export` is told: a format, with the history if that is said; None when these words are others."""
    said = [word for word in fold(text).split() if word not in LINKS]
    history = [word for word in said if word in HISTORY]
    formats = [one for word in said for one, words in FORMATS.items() if word in words]
    if len(formats) > 1 or len(formats) + len(history) != len(said):
        return None
    return Wanted(formats[0] if formats else Format.YAML, history=bool(history))


def priority(text: str) -> str:
    """The number of the priority that `/okr status` is asked about: p1, priority 1, priorità 1. Else empty."""
    found = _PRIORITY.fullmatch(fold(text))
    return str(int(found[1])) if found else ""


def nearest_subject(text: str) -> str:
    """The word behind `/okr status` that was probably meant, empty when none is near."""
    return _nearest(text, {spelled: spelled for words in SUBJECTS.values() for spelled in words})


def nearest(text: str) -> str:
    """What was probably meant, as it is typed behind `/okr`: "sttus" is status, "risk" is status at-risk."""
    spoken = _shown(SUBJECTS, before=COMMANDS["status"]) | _shown(COMMANDS)
    return _nearest(text, spoken) or _nearest(text.partition(" ")[0], spoken)


def _shown(table: Mapping[str, tuple[str, ...]], before: tuple[str, ...] = ("", "")) -> dict[str, str]:
    """What is offered for each spelling: the Italian word for the Italian one, else the English one."""
    return {
        spelled: f"{before[spelled == words[1]]} {words[spelled == words[1]]}".strip()
        for words in table.values()
        for spelled in words
    }


def _meant(text: str, words: Mapping[str, tuple[str, ...]]) -> str:
    said = "?" if text == "?" else fold(text)
    return next((one for one, spelled in words.items() if said in spelled), "")


def _nearest(text: str, spoken: Mapping[str, str]) -> str:
    close = get_close_matches(text.casefold(), spoken, n=1, cutoff=0.6)
    return spoken[close[0]] if close else ""
