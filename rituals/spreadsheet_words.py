"""How the single cells of a spreadsheet are read: words in English or Italian, days, and what is measured."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from blocks import measure_phrase, numbers, numerals
from blocks.language import Language
from okr.errors import MeasureProblem, NumberProblem, Problem
from okr.measures import Measure, MeasureKind, Unit, UnitKind
from rituals.company_marks import NOTHING, Findings, quoted
from rituals.company_schema import MEASURED_BY
from rituals.company_texts import SYMBOLS, read_unit

STATES = {
    "draft": ("draft", "bozza"),
    "active": ("active", "on", "attivo", "attiva", "in corso", "in progress"),
    "paused": ("paused", "on hold", "in pausa", "sospeso", "sospesa"),
    "done": ("done", "completed", "fatto", "fatta", "completato", "completata", "concluso", "conclusa"),
    "abandoned": ("abandoned", "cancelled", "canceled", "abbandonato", "abbandonata", "annullato", "annullata"),
}
YES_NO = {
    "true": ("true", "yes", "y", "x", "1", "vero", "sì", "si", "s", "✓"),
    "false": ("false", "no", "n", "0", "falso", "-"),
}
AMBITIONS = {"committed": ("committed", "impegno"), "aspirational": ("aspirational", "ambizioso", "aspirazionale")}
KINDS = {
    "increase": ("increase", "aumentare", "aumento"),
    "decrease": ("decrease", "diminuire", "diminuzione"),
    "keep within": ("keep within", "mantenere", "mantenere tra"),
    "milestone": ("milestone", "milestones", "tappe", "traguardi"),
}
WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "state": STATES,
    "private": YES_NO,
    "kind": AMBITIONS,
}
DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
MEASURE = 'a measure such as "from 31% to 45%" or "at least 99%" (or columns baseline and target)'
EXPECTED = {
    "measure.from_where": 'also from where, such as "from 31% to 45%" (or a column baseline)',
    "measure.two_units": "both numbers in the same unit",
    "measure.steps": "steps with a share each, rising to 100%",
    "measure.baseline_is_target": "a target that differs from the baseline",
    "measure.empty_corridor": "a low below the high",
    "measure.too_many_steps": "at most {most} steps",
    "measure.steps_must_rise_to_100": "steps that rise to 100%",
    "number.two_readings": "one of the two numbers it can mean: {first} or {second}",
    "number.too_long": "a number of at most {whole} digits and {decimals} decimals",
}


def word(field: str, text: str) -> str:
    """The company file's own word for a cell, or the cell as it is where it is none that is known."""
    said = " ".join(text.split()).casefold()
    return next((own for own, words in WORDS[field].items() if said in words), text)


def day(text: str, *, day_first: bool) -> str:
    """A day as the company file writes it. A day and a month that may change places, as in 03/04/2026, are left as
    they are unless the sheet is Italian or there are dots between them; then they are no day.
    """
    if not (found := DAY.fullmatch(text.strip())):
        return text.strip()
    first, second, year = map(int, found.groups())
    if not (day_first or "." in text or first > 12 or first == second):
        if second <= 12:
            return text
        first, second = second, first
    try:
        return str(date(year, second, first))
    except ValueError:
        return text


def number(text: str, field: str, language: Language, findings: Findings) -> str:
    """A number as the company file writes it: 0,5 is 0.5."""
    try:
        found = numerals.parse(text, language.locale, Unit())
    except NumberProblem:
        found = None
    if found is None or found.sign:
        return text
    if found.readings[0] != found.readings[-1]:
        first, second = (numbers.write_input(one, language.locale) for one in found.readings)
        findings.add(field, f"one of the two numbers it can mean: {first} or {second}", quoted(text))
        return ""
    return format(found.readings[0], "f")


def measure(cells: Mapping[str, str], known: Measure | None, language: Language, findings: Findings) -> Measure | None:
    """How a key result is measured: by a phrase, or by the numbers of several columns. What these leave out is as it
    is `known`. None where nothing is said, or after a problem.
    """
    said = " ".join(cells.get("measured", "").split())
    kind = next((own for own, words in KINDS.items() if said.casefold() in words), None)
    given = {name: cells[name] for name in ("baseline", "target", "low", "high") if cells.get(name)}
    try:
        if said and not kind:
            return _of_phrase(cells["measured"], given, cells.get("unit", ""), language, findings)
        return _of_numbers(given, MeasureKind(kind) if kind else None, cells.get("unit", ""), known, language, findings)
    except Problem as problem:
        expected = EXPECTED.get(problem.id, MEASURE).format(**problem.fields)
        field = next(
            (name for name in ("target", "high", "baseline", "low", "measured") if cells.get(name)), "measured"
        )
        got = ", ".join(quoted(one) for one in (cells.get("measured"), *given.values()) if one) or NOTHING
        findings.add("measured" if said and not kind else field, expected, got)
        return None


def _of_phrase(
    phrase: str, given: Mapping[str, str], unit: str, language: Language, findings: Findings
) -> Measure | None:
    for name, cell in given.items():
        findings.add(name, "nothing, since the phrase in measured says it", quoted(cell))
    return None if given else _in_unit(measure_phrase.read(phrase, language.locale), unit, findings)


def _of_numbers(
    given: Mapping[str, str],
    kind: MeasureKind | None,
    unit: str,
    known: Measure | None,
    language: Language,
    findings: Findings,
) -> Measure | None:
    if known and _is_known(given, kind, unit, known):
        return known
    if not given and not (unit and known and not known.is_milestone):
        what = "its steps as a phrase, one to a line" if kind is MeasureKind.MILESTONE else MEASURE
        findings.add("measured", what, NOTHING if kind is None else quoted(kind.value))
        return None
    if set(given) == {"target"} and (known is None or _is_whole(given["target"], language)):
        return _in_unit(measure_phrase.read(given["target"], language.locale), unit, findings)
    same = known if known and (kind is None or kind is known.kind) else None
    texts = _texts(same) | dict(given) if same else dict(given)
    corridor = kind is MeasureKind.KEEP_WITHIN or (kind is None and not texts.keys() & {"baseline", "target"})
    strange = texts.keys() - ({"low", "high"} if corridor else {"baseline", "target"})
    for name in sorted(strange):
        findings.add(name, "either a baseline and a target, or a low and a high", quoted(texts[name]))
    if strange:
        return None
    found = measure_phrase.read(_phrase(texts, corridor=corridor), language.locale)
    found = found if unit or same is None or found.unit.kind is not UnitKind.NUMBER else replace(found, unit=same.unit)
    if kind and kind is not found.kind:
        findings.add("measured", f"{found.kind}, as its numbers say", quoted(kind.value))
        return None
    return _in_unit(found, unit, findings)


def _is_whole(target: str, language: Language) -> bool:
    """Whether a target says by itself from what to what."""
    try:
        measure_phrase.read(target, language.locale)
    except Problem:
        return False
    return True


def _phrase(texts: Mapping[str, str], *, corridor: bool) -> str:
    low, high = texts.get("low", ""), texts.get("high", "")
    if not corridor:
        if len(texts) < 2:
            raise MeasureProblem("measure.from_where")
        return f"{texts['baseline']} → {texts['target']}"
    return f"between {low} and {high}" if low and high else f"at least {low}" if low else f"at most {high}"


def _texts(known: Measure) -> dict[str, str]:
    """The numbers of a measure as cells, none of which has two readings."""
    edges = {name: getattr(known, name) for name in ("baseline", "target", "low", "high")}
    return {name: exact(value) for name, value in edges.items() if value is not None}


def exact(value: Decimal) -> str:
    """A number as a cell that is read as this one in every language: four digits after a point are no group."""
    text = format(numerals.canonical(value), "f")
    return f"{text}0" if numerals.has_two_readings(text.lstrip("-")) else text


def _is_known(given: Mapping[str, str], kind: MeasureKind | None, unit: str, known: Measure) -> bool:
    """Whether the cells say no more than is known, as in a sheet that okrbot has exported."""
    same = all(format(value, "f") == given[name] for name in given if (value := getattr(known, name)) is not None)
    return (
        same
        and given.keys() <= {name for name in MEASURED_BY[known.kind] if getattr(known, name, None) is not None}
        and kind in (None, known.kind)
        and unit in ("", known.unit.word)
    )


def _in_unit(found: Measure, unit: str, findings: Findings) -> Measure | None:
    """The measure in the unit of a column of its own, where the numbers name none."""
    if not unit or found.is_milestone:
        return found
    try:
        wanted = read_unit(SYMBOLS.get(unit.strip(), unit))
    except ValueError as wrong:
        findings.add("unit", str(wrong), quoted(unit))
        return None
    if wanted is None or found.unit not in (Unit(), wanted):
        expected = f"the unit of its numbers, {found.unit.word}" if wanted else "a word of at most 30 characters"
        findings.add("unit", expected, quoted(unit))
        return None
    return replace(found, unit=wanted)
