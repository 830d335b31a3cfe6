"""Column types that behave the same on SQLite and PostgreSQL."""

import itertools
import secrets
import time
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

_count = itertools.count()


def new_id() -> str:
    """A fresh id of 24 hex digits; within a process later ids sort after earlier ones."""
    return f"{time.time_ns() // 1000:014x}{next(_count) % 0x10000:04x}{secrets.token_hex(3)}"


class UTCDateTime(TypeDecorator[datetime]):
    """An aware UTC instant. SQLite gives datetimes back naive; naive ones never get in."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no place in the database")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Number(TypeDecorator[Decimal]):
    """A decimal kept as canonical text: SQLite's own Numeric would round it without a word."""

    impl = sa.String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else canonical(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


def canonical(value: Decimal) -> str:
    """The one way a number is written: no exponent, no trailing zeros, no minus before zero."""
    text = format(value.normalize(), "f")
    return "0" if text in ("-0", "0") else text


def word(kind: type[StrEnum]) -> sa.Enum:
    """A column that holds the enum's value (not its name) as text on both databases."""
    return sa.Enum(kind, native_enum=False, length=16, values_callable=lambda one: [member.value for member in one])
