"""What the cells of a row may say, in either language, and that no table whatever makes the reading fall over."""

import csv
import io
import tracemalloc
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okr.cadence import Rhythm
from okr.company import Company, CyclePlan, KeyResultPlan, ObjectivePlan, PersonPlan, TeamPlan
from okr.goals import Ambition, State
from okr.measures import Measure, MeasureKind, Step, Unit, UnitKind
from rituals.company_marks import CompanyProblems
from rituals.messenger import Member
from rituals.spreadsheet_columns import FIELDS
from rituals.spreadsheet_file import parse
from rituals.spreadsheet_goals import plan
from rituals.spreadsheet_owners import SheetOwners
from rituals.spreadsheet_rows import RowForm, SheetFile

ENGLISH, ITALIAN = "Team,Cycle,Objective,KR,Owner,", "Gruppo;Ciclo;Obiettivo;Risultato chiave;Responsabile;"
UP = MeasureKind.INCREASE


def member(key: str, name: str) -> Member:
    return Member(f"U0{key.upper()}01", key, name, f"{key}@ruota.example", "Europe/Rome", "it-IT")


MEMBERS = (member("dana", "Dana Rossi"), member("luca", "Luca Bianchi"))
COMPANY = Company(
    "Ruota",
    (PersonPlan("dana", "U0DANA01"),),
    (TeamPlan("growth", "Growth", None, "C1", "dana", (), "Europe/Rome", "it", Rhythm()),),
    (CyclePlan("q4", "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),),
    (ObjectivePlan("loved", "growth", "q4", "Be loved", private=True),),
    (
        KeyResultPlan("rides", "loved", "Rides", "dana", Measure(UP, baseline=Decimal("1.234"), target=Decimal(9))),
        KeyResultPlan(
            "out",
            "loved",
            "Out",
            "dana",
            Measure(MeasureKind.MILESTONE, Unit(UnitKind.PERCENT), steps=(Step("Out", 100),)),
        ),
    ),
    (),
)


def planned(file: SheetFile) -> Company:
    return plan(file, COMPANY, SheetOwners(COMPANY, {"dana": "Dana Rossi"}, MEMBERS))


def measured(heads: str, cells: str) -> Measure:
    separator = ";" if ";" in heads else ","
    begin = separator.join(("Growth", "q4", "Be seen", "Views", "dana", ""))
    start = ITALIAN if separator == ";" else ENGLISH
    (found,) = planned(parse(f"{start}{heads}{separator}Weight\n{begin}{cells}{separator}1".encode())).key_results
    return found.measure


@pytest.mark.parametrize(
    ("heads", "cells", "kind", "unit", "numbers"),
    [
        ("Measured", "from 31% to 45%", UP, "%", "31 45"),
        ("Measured,Unit", "from 31 to 45,days", UP, "days", "31 45"),
        ("Baseline,Target", "45%,31%", MeasureKind.DECREASE, "%", "45 31"),
        ("Baseline,Target,Unit", '"1,000.50","2,000.25",€', UP, "EUR", "1000.50 2000.25"),
        ("Partenza;Target", "1.000;2.500,5 €", UP, "EUR", "1000 2500.5"),
        ("Misura;Minimo;Massimo", "mantenere;1,5;2", MeasureKind.KEEP_WITHIN, "number", "1.5 2"),
        ("Measure,Low,High,Unit", "keep within,99.5,,%", MeasureKind.KEEP_WITHIN, "%", "99.5"),
        ("Target", "at most 60 min", MeasureKind.KEEP_WITHIN, "min", "60"),
        ("Measured", '"Draft 20%\nLive 100%"', MeasureKind.MILESTONE, "%", ""),
    ],
)
def test_what_is_measured_is_a_phrase_or_its_numbers(
    heads: str, cells: str, kind: MeasureKind, unit: str, numbers: str
) -> None:
    found = measured(heads, cells)
    given = (found.baseline, found.target, found.low, found.high)
    assert (found.kind, found.unit.word) == (kind, unit)
    assert [one for one in given if one is not None] == [Decimal(one) for one in numbers.split()]


@pytest.mark.parametrize(
    ("heads", "cells", "said"),
    [
        ("Baseline,Target", "1.000,2", "row 2, Target: expected one of the two numbers it can mean: 1000 or 1"),
        ("Measured,Target", "from 1 to 2,3", "row 2, Target: expected nothing, since the phrase in measured says it"),
        ("Measured,Unit", "from 1% to 2%,days", "row 2, Unit: expected the unit of its numbers, %"),
        ("Measure,Baseline,Target", "decrease,1,2", "row 2, Measure: expected increase, as its numbers say"),
        ("Measure,Baseline,Target", "milestone,,", "row 2, Measure: expected its steps as a phrase, one to a line"),
        ("Baseline,Low", "1,2", "row 2, Low: expected either a baseline and a target, or a low and a high"),
        ("Baseline,Target", "1,many", "row 2, Target: expected a measure such as"),
        ("Low,High", "2,1", "row 2, High: expected a low below the high"),
    ],
)
def test_a_measure_that_cannot_be_meant_is_said_beside_its_column(heads: str, cells: str, said: str) -> None:
    with pytest.raises(CompanyProblems) as caught:
        measured(heads, cells)
    assert str(caught.value).startswith(said)


def test_words_and_days_are_read_in_italian_too() -> None:
    heads = f"{ITALIAN}Misurato;Stato;Riservato;Peso;Dal;Scadenza;Priorità;Tipo"
    row = "Growth;2026-q4;Farsi vedere;Visite;@luca;da 1 a 2;In pausa;sì;0,5;03/11/2026;1.12.2026;2;"
    company = planned(parse(f"{heads}\n{row}\n;;Altro;;;;;;;;;;ambizioso".encode()))
    (found,) = company.key_results
    assert (found.state, found.private, found.weight, found.priority) == (State.PAUSED, True, Decimal("0.5"), 2)
    assert (found.starts, found.ends, found.owner) == (date(2026, 11, 3), date(2026, 12, 1), "luca-bianchi")
    assert [one.ambition for one in company.objectives] == [Ambition.COMMITTED, Ambition.ASPIRATIONAL]
    assert [one.slack for one in company.people] == ["U0LUCA01"]


def test_a_day_with_two_readings_is_asked_back() -> None:
    file = parse(f"{ENGLISH}From,To\nGrowth,q4,A,,,03/04/2026,13/12/2026".encode())
    assert [str(one) for one in file.problems] == ['row 2, From: expected a date such as 2026-10-01, got "03/04/2026"']


def test_what_a_sheet_repeats_of_what_is_known_changes_nothing() -> None:
    heads = f"{ENGLISH}Check-in owner,Measure,Baseline,Target,Unit,Private,From,To"
    rows = (
        "Growth,2026-Q4,Be loved,Rides,Dana Rossi,Dana Rossi,increase,1.234,9,number,yes,2026-10-01,2026-12-31\n"
        ",,,Out,Dana Rossi,,milestone,,,%,yes,,"
    )
    company = planned(parse(f"{heads}\n{rows}".encode()))
    assert (company.objectives, company.key_results) == (COMPANY.objectives, COMPANY.key_results)


HARD = (
    *(
        "Growth",
        "2026-Q4",
        "dana",
        "Be loved",
        "Rides",
        "loved",
        "rides",
        "from 1 to 2",
        "1.000",
        "45%",
        "active",
        "yes",
    ),
    *("2026-11-01", "=1+1", "'", '"', "−3", "1e999", "NaN", "٣", "²", "at least 1", "a 1%\nb 100%", "\u2028"),
)
cells = st.text(max_size=12) | st.sampled_from(HARD)
rows = st.builds(
    lambda *parts: [*parts[:3], *parts[3]],
    st.sampled_from(["Growth", ""]),
    st.sampled_from(["q4", ""]),
    st.just("Be loved") | cells,
    st.lists(cells, max_size=8),
)
headings = st.sampled_from([*FIELDS, "Nota", "", "KR"]) | st.text(max_size=8)


@given(st.lists(headings, max_size=8), st.lists(rows, max_size=6), st.sampled_from(",;\t"))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_table_is_planned_or_refused_in_words(heads: list[str], table: list[list[str]], separator: str) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=separator).writerows([["team", "cycle", "objective", *heads], *table])
    _is_planned_or_refused(written.getvalue().encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=300), st.sampled_from([b"", b"\xff\xfe", b"\xef\xbb\xbf", b"PK\x03\x04", b"Team,Cycle,KR\n"]))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_planned_or_refused_in_words(content: bytes, begin: bytes) -> None:
    _is_planned_or_refused(begin + content)


def _is_planned_or_refused(content: bytes) -> None:
    found: list[str] = []
    try:
        company = planned(parse(content))
    except CompanyProblems as problems:
        found = str(problems).splitlines()
        assert found != []
    else:
        assert all(one.title for one in (*company.objectives, *company.key_results))


def test_ten_thousand_rows_are_planned_in_seconds_and_little_memory() -> None:
    rows = "".join(
        f"Growth,q4,Goal {n // 5},Number {n},{'dana' if n % 2 else 'luca'},from {n} to {n + 9},{'why ' * 9}\n"
        for n in range(10_000)
    )
    content = f"{ENGLISH}Measured,Source\n{rows}".encode()
    tracemalloc.start()
    began = datetime.now(UTC)
    company = planned(parse(content))
    took, (_, peak) = datetime.now(UTC) - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (len(company.objectives), len(company.key_results)) == (2000, 10_000)
    assert took.total_seconds() < 60, "tracing included"
    assert peak < 150 * 2**20


def test_every_field_of_a_row_has_a_column() -> None:
    assert RowForm.names().keys() <= FIELDS.keys()
