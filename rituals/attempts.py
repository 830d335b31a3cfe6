"""Doing something whose failure must not stop what has nothing to do with it."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

T = TypeVar("T")


async def attempt(doing: Awaitable[T]) -> T | Exception:
    """What came of it, or what went wrong; only the end of the whole process goes on."""
    (outcome,) = await asyncio.gather(doing, return_exceptions=True)
    if isinstance(outcome, BaseException) and not isinstance(outcome, Exception):
        raise outcome
    return outcome
