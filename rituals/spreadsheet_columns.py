"""Which column of a spreadsheet is which field: by the words of its heading, English or Italian, or by hand."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rituals.company_marks import NOTHING, CompanyProblems, FileProblem, nearest, quoted, shown
from rituals.spreadsheet import ROW, Row, refused

FIELDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "team": (("squad", "department"), ("gruppo", "squadra", "reparto", "area")),
    "cycle": (("period", "quarter"), ("ciclo", "periodo", "trimestre")),
    "objective": (("objectives", "objective title", "goal"), ("obiettivo", "obiettivi", "titolo obiettivo")),
    "objective key": ((), ("chiave obiettivo", "chiave dell'obiettivo")),
    "objective owner": ((), ("responsabile obiettivo", "responsabile dell'obiettivo")),
    "why": (("reason", "rationale"), ("perché", "perché conta", "perché conta adesso", "motivo")),
    "kind": (("ambition",), ("tipo", "ambizione")),
    "contributes to": (("parent",), ("contribuisce a",)),
    "key result": (
        ("key results", "kr", "krs", "kr title", "key result title"),
        ("risultato chiave", "risultati chiave", "titolo kr"),
    ),
    "key": (("key result key", "kr key"), ("chiave", "chiave kr")),
    "owner": (("key result owner", "kr owner", "responsible"), ("responsabile", "titolare", "responsabile kr")),
    "check-in owner": (("asked", "who is asked"), ("chi risponde", "responsabile check-in")),
    "measured": (("measure", "metric", "measured by"), ("misurato", "misura", "metrica", "come si misura")),
    "unit": (("unit of measure",), ("unità", "unità di misura")),
    "baseline": (("start value", "starting value"), ("valore iniziale", "valore di partenza", "partenza")),
    "target": (("target value",), ("valore obiettivo", "valore target", "traguardo")),
    "low": (("minimum", "min"), ("minimo",)),
    "high": (("maximum", "max"), ("massimo",)),
    "key result contributes to": (
        ("kr contributes to", "share of"),
        ("risultato chiave contribuisce a", "kr contribuisce a", "quota di"),
    ),
    "weight": ((), ("peso",)),
    "source": (("data source",), ("fonte", "fonte dei dati", "da dove viene il numero")),
    "state": (("status",), ("stato",)),
    "priority": ((), ("priorità",)),
    "private": ((), ("privato", "riservato")),
    "from": (("start", "starts", "start date"), ("dal", "inizio", "data inizio", "data di inizio")),
    "to": (("end", "ends", "end date", "due", "due date"), ("al", "fine", "data fine", "data di fine", "scadenza")),
}
"""What the columns may be called besides the field's own name, in English and in Italian. Capitals, accents, spaces and
signs do not count.
"""
CHECK_INS_SAY = (
    *("value", "current", "current value", "progress", "confidence", "stale", "checked in", "last check-in", "age"),
    *("confidence number", "confidence scale"),
    *("days ago", "note", "notes", "blocker", "score", "valore", "valore attuale", "progresso", "avanzamento", "età"),
    *("fiducia", "confidenza", "nota", "blocco", "ultimo check-in", "punteggio"),
)
IGNORE = "ignore"
NEEDED = ("team", "cycle", "objective")
HEADINGS_WITHIN = 20
"""So many rows are looked at for the headings: a title or a note may stand above them."""


def folded(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if char.isalnum())


_ENGLISH = {folded(word): field for field, (english, _) in FIELDS.items() for word in (field, *english)}
_ITALIAN = {folded(word): field for field, (_, italian) in FIELDS.items() for word in italian}
_LEFT_OUT = dict.fromkeys(map(folded, CHECK_INS_SAY), IGNORE)
_WORDS = _LEFT_OUT | _ITALIAN | _ENGLISH


@dataclass(frozen=True)
class Columns:
    """Where each field stands, and the headings as they are written, in the row of this number."""

    row: int
    places: Mapping[str, int]
    headings: Mapping[str, str]
    ignored: tuple[str, ...]
    unknown: tuple[str, ...]
    italian: bool

    @property
    def told(self) -> list[str]:
        """The mapping in lines, for whoever imports."""
        lines = [f"{shown(heading)} → {field}" for field, heading in self.headings.items()]
        if self.ignored:
            lines.append(f"left out: {', '.join(map(shown, self.ignored))}")
        for one in self.unknown:
            near = _nearest_field(one) or "key result"
            lines.append(f'not recognised, and left out: {shown(one)} (--column "{shown(one)}={near}" takes it)')
        return lines


def read_options(options: Iterable[str]) -> dict[str, str]:
    """The fields that `HEADING=field` gives to headings by hand. Raises CompanyProblems."""
    chosen: dict[str, str] = {}
    for option in options:
        heading, _, field = option.rpartition("=")
        known = IGNORE if folded(field) == IGNORE else _WORDS.get(folded(field), IGNORE)
        if not folded(heading) or (known == IGNORE and folded(field) != IGNORE):
            near = f" (did you mean {quoted(found)}?)" if (found := _nearest_field(field)) else ""
            expected = f"HEADING=field{near}, the field being {IGNORE} or one of: {', '.join(FIELDS)}"
            raise refused(expected, quoted(option), line=1, counted="option", path="--column")
        chosen[folded(heading)] = known
    return chosen


def score(cells: Iterable[str], chosen: Mapping[str, str]) -> int:
    """How many headings a row has: at least two, and one that names objectives or key results."""
    fields = {field for one in map(folded, cells) if (field := chosen.get(one) or _WORDS.get(one, IGNORE)) != IGNORE}
    return len(fields) if len(fields) > 1 and fields & {"objective", "key result"} else 0


def find_headings(rows: Sequence[Row], chosen: Mapping[str, str]) -> Row | None:
    """The row that reads most like headings, the first of several."""
    best = max(rows[:HEADINGS_WITHIN], key=lambda row: score(row.cells, chosen), default=None)
    return best if best and score(best.cells, chosen) else None


def columns(row: Row, chosen: Mapping[str, str]) -> tuple[Columns, list[FileProblem]]:
    """What the headings say, and what is wrong with them: a field that is missing or there twice."""
    words = [folded(cell) for cell in row.cells]
    headings = [" ".join(cell.split()) for cell in row.cells]
    by_hand = {chosen[word] for word in words if word in chosen}
    found: dict[str, list[int]] = {}
    unknown, ignored = [], []
    for place, word in enumerate(words):
        field = chosen.get(word) or _WORDS.get(word, "")
        if field == IGNORE:
            ignored.append(headings[place])
        elif field and (word in chosen or field not in by_hand):
            found.setdefault(field, []).append(place)
        elif word:
            unknown.append(headings[place])
    places = {field: each[0] for field, each in found.items()}
    italian = sum(word in _ITALIAN for word in words) > sum(word in _ENGLISH for word in words)
    mapped = Columns(
        row.number,
        places,
        {field: headings[place] for field, place in places.items()},
        tuple(ignored),
        tuple(unknown),
        italian,
    )
    problems = [_missing(row, field) for field in NEEDED if field not in found]
    problems += [_twice(row, field, [headings[one] for one in each]) for field, each in found.items() if len(each) > 1]
    problems += [
        FileProblem(row.number, "--column", "one of the headings", quoted(word), ROW)
        for word in chosen
        if word not in words
    ]
    return mapped, problems


def no_headings() -> CompanyProblems:
    expected = f"headings such as Team, Cycle, Objective, Key result, Owner in one of the first {HEADINGS_WITHIN} rows"
    return refused(expected, NOTHING)


def _missing(row: Row, field: str) -> FileProblem:
    return FileProblem(row.number, field, f'a column for it (--column "HEADING={field}" says which)', NOTHING, ROW)


def _twice(row: Row, field: str, headings: Sequence[str]) -> FileProblem:
    expected = f'one column for it (--column "{shown(headings[1])}={IGNORE}" leaves one out)'
    return FileProblem(row.number, field, expected, " and ".join(map(quoted, headings)), ROW)


def _nearest_field(heading: str) -> str:
    words = {word: field for field, (english, italian) in FIELDS.items() for word in (field, *english, *italian)}
    return next((words[one] for one in nearest(heading.strip(), words, most=1)), "")
