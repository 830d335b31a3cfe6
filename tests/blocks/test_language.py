"""The reader's language: plurals, ages, dates, and a catalogue in which nothing is missing."""

import re
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from blocks.command_words import COMMANDS
from blocks.language import Language, language
from tests.making import AUCKLAND, MONDAY, NEW_YORK, ROME, at

ENGLISH, ITALIAN, GERMAN, FRENCH = (language(locale) for locale in ("en-GB", "it-IT", "de-DE", "fr-FR"))
BLOCKS = Path("blocks")
KEYWORDS = {"say": None, "plain": None, "say_count": (1, 2), "plain_count": (1, 2), "marked": None}
FIELD = re.compile(r"{(\w*)}")


@pytest.mark.parametrize(
    ("locale", "code", "numbers"),
    [
        ("en-US", "en", "en_US"),
        ("en-GB", "en", "en_GB"),
        ("it-IT", "it", "it_IT"),
        ("it", "it", "it"),
        ("de-DE", "en", "de_DE"),
        ("fr-FR", "en", "fr_FR"),
        ("zh-Hant-TW", "en", "zh_Hant_TW"),
        ("xx-YY", "en", "en_US"),
        ("", "en", "en_US"),
        ("../../etc", "en", "en_US"),
    ],
)
def test_a_reader_gets_a_language_we_speak_and_keeps_their_numbers(locale: str, code: str, numbers: str) -> None:
    reader = language(locale)
    assert (reader.code, str(reader.locale)) == (code, numbers)


@pytest.mark.parametrize(
    ("count", "english"), [(0, "0 key results to go"), (1, "1 key result to go"), (2, "2 key results to go")]
)
def test_a_count_takes_its_plural_in_english(count: int, english: str) -> None:
    assert ENGLISH.plain_count("{count} key result to go", "{count} key results to go", count) == english
    assert ENGLISH.say_count("{count} key result to go", "{count} key results to go", count) == english
    assert GERMAN.plain_count("{count} key result to go", "{count} key results to go", count) == english


@pytest.mark.parametrize(
    ("count", "words"), [(0, "risultati chiave"), (1, "risultato chiave"), (2, "risultati chiave")]
)
def test_a_count_takes_its_plural_in_italian(count: int, words: str) -> None:
    said = ITALIAN.plain_count("{count} key result to go", "{count} key results to go", count)
    assert words in said
    assert str(count) in said


@pytest.mark.parametrize(
    ("days", "english", "italian"),
    [
        pytest.param(0, "today", "oggi", id="today"),
        pytest.param(-1, "today", "oggi", id="already tomorrow for the one who answered"),
        pytest.param(1, "yesterday", "ieri", id="yesterday"),
        pytest.param(2, "2 days ago", "2 giorni fa", id="two days"),
        pytest.param(59, "59 days ago", "59 giorni fa", id="almost two months"),
        pytest.param(60, "17 Sept 2026", "17 set 2026", id="two months"),
    ],
)
def test_an_age_is_said_in_days_and_then_by_its_date(days: int, english: str, italian: str) -> None:
    moment = at("2026-11-16 09:00", ROME) - timedelta(days=days)
    assert (ENGLISH.age(moment, MONDAY, ROME), ITALIAN.age(moment, MONDAY, ROME)) == (english, italian)


@pytest.mark.parametrize(
    ("moment", "english", "italian"),
    [
        ("2026-11-16 09:00", "Mon 16 Nov", "lun 16 nov"),
        ("2026-01-01 00:30", "Thu 1 Jan", "gio 1 gen"),
        ("2025-12-31 23:30", "Wed 31 Dec 2025", "mer 31 dic 2025"),
    ],
)
def test_what_is_read_later_is_dated_with_its_year_when_that_is_another(
    moment: str, english: str, italian: str
) -> None:
    said = at(moment, ROME)
    assert (ENGLISH.date(said, MONDAY, ROME), ITALIAN.date(said, MONDAY, ROME)) == (english, italian)


@pytest.mark.parametrize(("zone", "age"), [(AUCKLAND, "today"), (ROME, "yesterday"), (NEW_YORK, "yesterday")])
def test_an_age_is_counted_by_the_readers_dates(zone: str, age: str) -> None:
    assert ENGLISH.age(at("2026-11-15 20:00", "UTC"), MONDAY, zone) == age


@pytest.mark.parametrize(
    ("reader", "day", "short"),
    [
        (ENGLISH, "Monday 16 November", "16 Nov"),
        (ITALIAN, "lunedì 16 novembre", "16 nov"),
        (GERMAN, "Monday 16 November", "16 Nov"),
    ],
)
def test_a_day_is_said_without_its_year(reader: Language, day: str, short: str) -> None:
    assert (reader.day(MONDAY), reader.short_day(MONDAY)) == (day, short)


@pytest.mark.parametrize(
    ("zone", "day", "time"),
    [(ROME, "Tuesday", "10:00"), (NEW_YORK, "Tuesday", "04:00"), (AUCKLAND, "Tuesday", "22:00")],
)
def test_an_hour_is_said_on_the_readers_clock(zone: str, day: str, time: str) -> None:
    assert ENGLISH.hour(at("2026-11-17 10:00", ROME), zone) == f"{day} {time}"
    assert re.search(rf"^martedì.*{time}$", ITALIAN.hour(at("2026-11-17 10:00", ROME), zone))


@pytest.mark.parametrize(
    ("items", "english", "italian"),
    [
        ([], "", ""),
        (["Dana"], "Dana", "Dana"),
        (["Dana", "Luca"], "Dana and Luca", "Dana e Luca"),
        (["Dana", "Luca", "Ava"], "Dana, Luca and Ava", "Dana, Luca e Ava"),
    ],
)
def test_names_are_listed_the_way_one_says_them(items: list[str], english: str, italian: str) -> None:
    assert (ENGLISH.listed(items), ITALIAN.listed(items)) == (english, italian)


@pytest.mark.parametrize(
    ("reader", "shown"),
    [(ENGLISH, "62%"), (ITALIAN, "62%"), (GERMAN, "62\N{NO-BREAK SPACE}%"), (FRENCH, "62\N{NO-BREAK SPACE}%")],
)
def test_percentages_are_written_the_readers_way(reader: Language, shown: str) -> None:
    assert reader.percent(Decimal("0.62")) == shown


@pytest.mark.parametrize(
    ("share", "percent", "points"),
    [
        ("0", "0%", 0),
        ("0.004", "0%", 0),
        ("0.006", "1%", 1),
        ("1.5", "150%", 150),
        ("-0.25", "−25%", -25),
        ("12", "1,200%", 1200),
    ],
)
def test_shares_are_said_in_whole_points(share: str, percent: str, points: int) -> None:
    assert (ENGLISH.percent(Decimal(share)), ENGLISH.points(Decimal(share))) == (percent, points)


def test_what_a_person_wrote_is_escaped_in_a_sentence_and_left_alone_in_plain_text() -> None:
    assert ENGLISH.say("I do not know “{word}”.", word="<!channel> & {word}") == (
        "I do not know “&lt;!channel&gt; &amp; {word}”."
    )
    assert ENGLISH.plain("I do not know “{word}”.", word="<b> & {word}") == "I do not know “<b> & {word}”."


def test_every_message_stands_in_the_italian_catalogue_and_none_is_left_over() -> None:
    used, translated = set(every_text()), {message.id for message in _catalogue() if message.id}
    assert sorted(map(str, used - translated)) == []
    assert sorted(map(str, translated - used)) == []


def test_the_italian_catalogue_is_whole() -> None:
    catalogue = _catalogue()
    assert str(catalogue.locale) == "it"
    assert (catalogue.num_plurals, catalogue.plural_expr) == (2, "(n != 1)")
    assert [message.id for message in catalogue if message.id and (message.fuzzy or not all(_strings(message)))] == []
    assert list(catalogue.obsolete) == []


def test_every_translation_has_the_same_fields_and_marks() -> None:
    different = [
        (message.id, string)
        for message in _catalogue()
        if message.id
        for source, string in zip(_sources(message), _strings(message), strict=True)
        if _parts(source) != _parts(string)
    ]
    assert different == []


def test_what_people_read_has_typographic_apostrophes() -> None:
    """As it has typographic quotes; the words of commands are typed, and have none."""
    texts = [text for message in _catalogue() if message.id for text in (*_sources(message), *_strings(message))]
    assert [text for text in texts if re.search(r"[\w}]'", text)] == []


def test_italian_texts_name_the_italian_commands() -> None:
    english = {words[0] for words in COMMANDS.values()} - {"checkin"}
    texts = [text for message in _catalogue() if message.id for text in _strings(message)]
    assert [text for text in texts if english & set(re.findall(r"/okr (\w+)", text))] == []


def every_text() -> list[str | tuple[str, ...]]:
    """Every message the words are made of, as the tools that translators use find them."""
    found = extract_from_dir(BLOCKS, method_map=[("*.py", "python")], keywords=KEYWORDS)
    messages: list[str | tuple[str, ...]] = [each[2] for each in found]
    assert len(messages) > 100
    return messages


def _catalogue() -> Catalog:
    with (BLOCKS / "locale" / "it.po").open("rb") as opened:
        return read_po(opened, locale="it")


def _sources(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)


def _strings(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def _parts(text: str) -> Counter[str]:
    """What must be the same in every language: fields, bold and code marks, and the newlines."""
    return Counter([*FIELD.findall(text), *re.findall(r"[*`\n]", text)])
