"""The reader's language: texts from the .po files beside this one, numbers and dates the reader's way."""

import gettext
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError, dates, lists, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from blocks.text import Mrkdwn

LOCALES = Path(__file__).parent / "locale"
LANGUAGES = ("en", "it")
REMEMBERED = 1024
"""Dates and shares as they were written: the same few are said to everybody, and each takes Babel a while."""


@dataclass(frozen=True)
class Language:
    """`texts` speaks English or Italian; `locale` is how the reader writes numbers, `words` their dates."""

    code: str
    locale: Locale
    words: Locale

    @property
    def month_first(self) -> bool:
        """Whether the reader may write the 12th of March as 3/12."""
        return str(self.locale.date_formats["short"].pattern).startswith("M")

    def say(self, message: str, **fields: object) -> Mrkdwn:
        """The sentence as Slack markup; every field is escaped."""
        return Mrkdwn(_texts(self.code).gettext(message)).format(**fields)

    def plain(self, message: str, **fields: object) -> str:
        """The sentence as plain text, for headers, labels and buttons."""
        return _texts(self.code).gettext(message).format(**fields)

    def say_count(self, one: str, many: str, count: int, **fields: object) -> Mrkdwn:
        """The sentence for a count, named {count} in both forms."""
        return Mrkdwn(_texts(self.code).ngettext(one, many, count)).format(count=count, **fields)

    def plain_count(self, one: str, many: str, count: int, **fields: object) -> str:
        return _texts(self.code).ngettext(one, many, count).format(count=count, **fields)

    def day(self, day: date) -> str:
        """Monday 16 November, without the year."""
        return _date(day, "EEEE d MMMM", self.words)

    def full_day(self, day: date, today: date | None = None) -> str:
        """Monday 16 November 2026; without the year where it is today's."""
        if today and day.year == today.year:
            return self.day(day)
        return dates.format_date(day, "EEEE d MMMM y", locale=self.words)

    def short_day(self, day: date) -> str:
        """16 Nov, without the year."""
        return _date(day, "d MMM", self.words)

    def hour(self, moment: datetime, zone: str) -> str:
        """Tuesday 10:00, in the reader's zone."""
        local = moment.astimezone(ZoneInfo(zone))
        weekday = _date(local.date(), "EEEE", self.words)
        return self.plain("{weekday} {time}", weekday=weekday, time=f"{local:%H:%M}")

    def age(self, moment: datetime, today: date, zone: str) -> str:
        """today, yesterday, 12 days ago; from two months on the day itself."""
        then = moment.astimezone(ZoneInfo(zone)).date()
        days = (today - then).days
        if days <= 0:
            return self.plain("today")
        if days == 1:
            return self.plain("yesterday")
        if days < 60:
            return self.plain("{count} days ago", count=days)
        return _date(then, "medium", self.words)

    def date(self, moment: datetime, today: date, zone: str) -> str:
        """Mon 16 Nov, for what is read on other days too; with its year when that is not this one."""
        then = moment.astimezone(ZoneInfo(zone)).date()
        return dates.format_date(then, "EEE d MMM" if then.year == today.year else "EEE d MMM y", locale=self.words)

    def listed(self, items: Iterable[str]) -> str:
        """a, b and c."""
        return lists.format_list(list(items), locale=self.words)

    def percent(self, share: Decimal) -> str:
        """A share of 1 as whole percent."""
        return _percent(_rounded(share), self.locale)

    def points(self, share: Decimal) -> int:
        """A difference of shares in whole percentage points."""
        return _rounded(share)


def language(slack_locale: str) -> Language:
    """The language for a Slack locale such as "it-IT"; unknown ones read English and keep their numbers."""
    return _language(slack_locale)


@cache
def _language(slack_locale: str) -> Language:
    try:
        locale = Locale.parse(slack_locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale("en", "US")
    code = locale.language if locale.language in LANGUAGES else "en"
    return Language(code, locale, locale if locale.language == code else Locale("en"))


@cache
def _texts(code: str) -> gettext.NullTranslations:
    path = LOCALES / f"{code}.po"
    if not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as opened:
        catalog = read_po(opened, locale=code)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@lru_cache(maxsize=REMEMBERED)
def _date(day: date, form: str, words: Locale) -> str:
    return dates.format_date(day, form, locale=words)


@lru_cache(maxsize=REMEMBERED)
def _percent(whole: int, locale: Locale) -> str:
    return numbers.format_percent(whole / 100, locale=locale).replace("-", "−")


def _rounded(share: Decimal) -> int:
    return int((share * 100).to_integral_value())
