"""Days on which somebody is not asked, and the words and signs that say so."""

from datetime import date

import pytest

from okr.absence import Absence, DayOff, DaysOff, Excuse, names_leave
from tests.making import MONDAY, person

SATURDAY, TUESDAY = date(2026, 11, 14), date(2026, 11, 17)


def test_leave_counts_its_first_and_its_last_day() -> None:
    dana = person(absences=(Absence(MONDAY, TUESDAY),))
    assert [dana.is_away(date(2026, 11, day)) for day in (15, 16, 17, 18)] == [False, True, True, False]


def test_leave_without_an_end_goes_on() -> None:
    assert person(absences=(Absence(MONDAY, None),)).is_away(date(2028, 2, 29))


def test_a_day_off_says_why() -> None:
    off = DaysOff(lambda day: day == MONDAY, (DayOff(TUESDAY, date(2026, 11, 18)),))
    assert [off.excuse(date(2026, 11, day)) for day in (16, 17, 18, 19)] == [
        Excuse.HOLIDAY,
        Excuse.DAY_OFF,
        Excuse.DAY_OFF,
        None,
    ]


def test_a_weekend_is_no_excuse_for_a_team_may_have_chosen_it_and_yet_no_working_day() -> None:
    assert DaysOff().excuse(SATURDAY) is None
    assert not DaysOff().works(SATURDAY)
    assert DaysOff().works(MONDAY)


@pytest.mark.parametrize(
    ("text", "emoji"),
    [
        ("Vacationing", ":palm_tree:"),
        ("", ":palm_tree:"),
        ("", "palm_tree"),
        ("Landing at six", ":airplane:"),
        ("", ":baby::skin-tone-3:"),
        ("Out sick", ":face_with_thermometer:"),
        ("On holiday until Monday", ""),
        ("Annual leave", ":house:"),
        ("on parental leave, ask Luca", ""),
        ("OOO", ""),
        ("Out of office", ""),
        ("Day off!", ""),
        ("In ferie fino al 9", ""),
        ("MALATTIA", ""),
        ("Permesso", ":calendar:"),
        ("Congedo di maternità", ""),
        ("Fuori ufficio", ""),
    ],
)
def test_words_and_signs_of_leave(text: str, emoji: str) -> None:
    assert names_leave(text, emoji)


@pytest.mark.parametrize(
    ("text", "emoji"),
    [
        ("", ""),
        ("In a meeting", ":spiral_calendar_pad:"),
        ("Commuting", ":bus:"),
        ("Working remotely", ":house_with_garden:"),
        ("Back from vacation", ":palm_tree:"),
        ("Planning my vacation", ""),
        ("Tornata dalle ferie", ""),
        ("Prima delle ferie", ""),
        ("Holidaycheck review", ""),
        ("Non sono in ferie", ""),
        ("Referieren", ""),
    ],
)
def test_words_and_signs_of_being_there(text: str, emoji: str) -> None:
    assert not names_leave(text, emoji)
