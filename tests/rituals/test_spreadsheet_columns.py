"""Headings as people write them, and what becomes of those nobody knows."""

import pytest

from rituals.company_marks import CompanyProblems
from rituals.spreadsheet import Row
from rituals.spreadsheet_columns import FIELDS, Columns, columns, folded, read_options


def mapped(*headings: str, options: tuple[str, ...] = ()) -> tuple[Columns, list[str]]:
    found, problems = columns(Row(1, headings), read_options(options))
    return found, [str(one) for one in problems]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        *(("KR", "key result"), ("key-result", "key result"), ("RISULTATO  CHIAVE", "key result")),
        *(("Responsabile", "owner"), ("Obiettivo", "objective"), ("Target", "target"), ("PRIORITA", "priority")),
        *(
            ("Perché", "why"),
            ("Unità di misura", "unit"),
            ("Check-in owner", "check-in owner"),
            ("Measure", "measured"),
        ),
    ],
)
def test_common_spellings_are_recognised(heading: str, field: str) -> None:
    assert mapped(heading)[0].places == {field: 0}


def test_no_word_means_two_fields() -> None:
    words = [folded(word) for field, (english, italian) in FIELDS.items() for word in {field, *english, *italian}]
    assert len(words) == len(set(words))


def test_what_is_not_recognised_is_told_with_the_nearest_field() -> None:
    found, problems = mapped("Team", "Cycle", "Objective", "Ownr", "Progress %", "")
    assert problems == []
    assert found.told == [
        "Team → team",
        "Cycle → cycle",
        "Objective → objective",
        "left out: Progress %",
        'not recognised, and left out: Ownr (--column "Ownr=owner" takes it)',
    ]


def test_a_heading_mapped_by_hand_wins_over_one_that_is_recognised() -> None:
    headings = ("Team", "Cycle", "Objective", "KR", "Titolo = del KR", "Nota")
    found, problems = mapped(*headings, options=("titolo = DEL kr=Key Result", "Nota=why"))
    assert problems == []
    assert (found.places["key result"], found.places["why"], found.unknown) == (4, 5, ("KR",))
    found, _ = mapped(*headings, options=("KR=ignore",))
    assert found.ignored == ("KR", "Nota")


def test_a_field_that_is_missing_or_there_twice_is_a_problem() -> None:
    assert mapped("Team", "Objective", "KR", "Key result")[1] == [
        'row 1, cycle: expected a column for it (--column "HEADING=cycle" says which), got nothing',
        'row 1, key result: expected one column for it (--column "Key result=ignore" leaves one out), '
        'got "KR" and "Key result"',
    ]


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("KR", 'got "KR"'),
        ("=owner", 'got "=owner"'),
        ("KR=ownr", 'expected HEADING=field (did you mean "owner"?), the field being ignore or one of: team, cycle,'),
        ("KR=progress", "expected HEADING=field"),
    ],
)
def test_an_option_that_says_nothing_is_refused(option: str, said: str) -> None:
    with pytest.raises(CompanyProblems) as caught:
        read_options([option])
    assert said in str(caught.value)


def test_an_option_for_a_heading_that_is_not_there_is_a_problem() -> None:
    _, problems = mapped("Team", "Cycle", "Objective", options=("Title=key result",))
    assert problems == ['row 1, --column: expected one of the headings, got "title"']
