"""What is measured, as people type it: each phrase has the one meaning, and what is said reads back."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blocks.language import Language, language
from blocks.measure_phrase import read, say
from okr.errors import NumberProblem, Problem
from okr.measures import Measure, MeasureKind, Step, Unit, UnitKind

ENGLISH, ITALIAN, SWISS = language("en-GB"), language("it-IT"), language("de-CH")
SAID = {
    "31% to 45%": "from 31% to 45%",
    "from 31 % to 45 %": "from 31% to 45%",
    "31-45%": "from 31% to 45%",
    "99.5% – 100%": "from 99.5% to 100%",
    "45% -> 31%": "from 45% to 31%",
    "€1.2k → €2k": "from €1,200 to €2,000",
    "1000 to 2000 EUR": "from €1,000 to €2,000",
    "€10k to 20k": "from €10,000 to €20,000",
    "$1,000 to $2,000": "from US$1,000 to US$2,000",
    "1,5 mln € a 2 mln €": "from €1,500,000 to €2,000,000",
    "-5 to 10": "from -5 to 10",
    "120 => 60 calls": "from 120 calls to 60 calls",
    "3 → 5 stars": "from 3 stars to 5 stars",
    "da 31% a 45%": "from 31% to 45%",
    "dal 31% al 45%": "from 31% to 45%",
    "dall'8% all'11%": "from 8% to 11%",
    "between 2 and 5 days": "between 2 days and 5 days",
    "tra 2 e 5 giorni": "between 2 giorni and 5 giorni",
    "keep 99.5% to 100%": "between 99.5% and 100%",
    "at most 60 min": "at most 60 min",
    "sotto i 60 min": "at most 60 min",
    "≤ 60 min": "at most 60 min",
    "within 3 days": "at most 3 days",
    "almeno il 99,5%": "at least 99.5%",
    "almeno l'80%": "at least 80%",
    "al massimo lo 0,4%": "at most 0.4%",
    "keep above 4.5": "at least 4.5",
    "Draft 20%\nTested 60%\nLive 100%": "Draft 20%\nTested 60%\nLive 100%",
    "Draft 20%, Tested 60%, Live 100%": "Draft 20%\nTested 60%\nLive 100%",
    "1. Draft\n2. Tested\n3. Live": "Draft 33%\nTested 67%\nLive 100%",
    "- Draft to legal\n- Signed": "Draft to legal 50%\nSigned 100%",
}


@pytest.mark.parametrize(("typed", "said"), SAID.items())
def test_a_phrase_is_read_and_said_back(typed: str, said: str) -> None:
    assert say(read(typed, ENGLISH.locale), ENGLISH) == said


def test_the_same_measure_is_said_in_italian() -> None:
    assert say(read("€1.2k → €2k", ENGLISH.locale), ITALIAN) == "da 1.200\xa0€ a 2.000\xa0€"
    assert say(read("between 2 and 5 days", ENGLISH.locale), ITALIAN) == "tra 2 days e 5 days"
    assert say(read("at most 60 min", ENGLISH.locale), ITALIAN) == "al massimo 60 min"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "measure.empty"),
        ("more customers", "measure.unreadable"),
        ("happier, richer", "measure.unreadable"),
        ("45%", "measure.from_where"),
        ("1 min to 30 s", "measure.two_units"),
        ("45% to 45%", "measure.baseline_is_target"),
        ("between 5 and 2 days", "measure.empty_corridor"),
        ("Draft 60%\nLive 20%", "measure.steps"),
        ("Draft 20%\nLive", "measure.steps"),
        ("Draft 20%\nLive 90%", "measure.steps"),
        ("\n".join(f"Step {number}" for number in range(60)), "measure.too_many_steps"),
    ],
)
def test_what_is_no_measure_says_what_to_mend(typed: str, problem: str) -> None:
    with pytest.raises(Problem) as raised:
        read(typed, ENGLISH.locale)
    assert raised.value.id == problem


def test_a_thousand_that_would_be_read_as_one_is_asked_back() -> None:
    with pytest.raises(NumberProblem) as raised:
        read("$1,000 to $2,000", ITALIAN.locale)
    assert (raised.value.fields["first"], raised.value.fields["second"]) == ("1000", "1")


numbers = st.decimals(-(10**9), 10**9, places=2).map(lambda one: one.normalize() + 0)
units = st.sampled_from(
    [
        Unit(),
        Unit(UnitKind.PERCENT),
        *(Unit(UnitKind.CURRENCY, code) for code in ("EUR", "CHF", "JPY")),
        Unit(UnitKind.TEXT, "days"),
    ]
)
words = st.text("abcdeà ", min_size=3, max_size=12).map(str.strip).filter(lambda one: len(one) > 2 and "  " not in one)


@st.composite
def measures(draw: st.DrawFn) -> Measure:
    kind = draw(st.sampled_from(MeasureKind))
    if kind is MeasureKind.MILESTONE:
        percents = sorted(draw(st.sets(st.integers(1, 99), min_size=1, max_size=5)) | {100})
        steps = tuple(Step(f"x{draw(words)}", percent) for percent in percents)
        return Measure(kind, Unit(UnitKind.PERCENT), steps=steps)
    one, two = sorted(draw(st.lists(numbers, min_size=2, max_size=2, unique=True)))
    unit = draw(units)
    if kind is MeasureKind.KEEP_WITHIN:
        low, high = draw(st.sampled_from([(one, two), (one, None), (None, two)]))
        return Measure(kind, unit, low=low, high=high)
    baseline, target = (one, two) if kind is MeasureKind.INCREASE else (two, one)
    return Measure(kind, unit, baseline=baseline, target=target)


@pytest.mark.parametrize("reader", [ENGLISH, ITALIAN, SWISS], ids=["en", "it", "ch"])
@settings(max_examples=150)
@given(measure=measures())
def test_what_is_said_reads_back_as_the_same_measure(reader: Language, measure: Measure) -> None:
    assert read(say(measure, reader), reader.locale) == measure


@settings(max_examples=200)
@given(typed=st.text(max_size=60) | st.text("0123456789 .,-%€>to\n;:ad", max_size=30))
def test_whatever_is_typed_is_a_measure_or_a_problem_in_words(typed: str) -> None:
    found: object = None
    with suppress(Problem):
        found = read(typed, ENGLISH.locale)
    assert found is None or isinstance(found, Measure)
