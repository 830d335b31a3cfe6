"""The bot a tutorial leads to: one APScheduler job per owner, a Slack client as it comes, a query per step.

It is kept honest. It asks the same people for the same key results, in a message of the same shape; it may do
everything at once; its jobs have no limit of lateness, or most would be dropped. It reads its database through one
engine, and asks Slack who it is once, as Bolt does. Each job does what such code does: look the person up, ask Slack
who they are (for their name of today), open the conversation, read the key results and the last answer to each, post,
and note that it was sent.
"""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import ForeignKey, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Owner(Base):
    __tablename__ = "owners"
    id: Mapped[int] = mapped_column(primary_key=True)
    slack_id: Mapped[str]


class KeyResult(Base):
    __tablename__ = "key_results"
    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("owners.id"), index=True)
    title: Mapped[str]
    baseline: Mapped[float]
    target: Mapped[float]


class CheckIn(Base):
    __tablename__ = "check_ins"
    id: Mapped[int] = mapped_column(primary_key=True)
    key_result_id: Mapped[int] = mapped_column(ForeignKey("key_results.id"), index=True)
    value: Mapped[float]
    at: Mapped[datetime]


class Sent(Base):
    __tablename__ = "sent"
    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("owners.id"), index=True)
    channel: Mapped[str]
    ts: Mapped[str]
    at: Mapped[datetime]


class NaiveBot:
    """Everything in one place, and everything at once."""

    def __init__(self, engine: AsyncEngine, token: str, api_url: str) -> None:
        self.engine = engine
        self.session = async_sessionmaker(engine, expire_on_commit=False)
        self.client = AsyncWebClient(token=token, base_url=api_url)
        self.scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None})
        self.left = 0
        self.done = asyncio.Event()

    async def start(self) -> None:
        """Find out who we are, and schedule every owner's Monday."""
        await self.client.auth_test()
        async with self.session() as session:
            owners = (await session.scalars(select(Owner.id))).all()
        for owner in owners:
            now = datetime.now(UTC)
            self.scheduler.add_job(self.ask, "cron", [owner], day_of_week="mon", hour=9, next_run_time=now)
        self.left = len(owners)

    async def run(self) -> None:
        """Monday has come: everybody is asked, and this is over when all are."""
        self.scheduler.start()
        await self.done.wait()
        self.scheduler.shutdown(wait=False)

    async def ask(self, owner_id: int) -> None:
        """One owner's job."""
        async with self.session() as session:
            owner = (await session.scalars(select(Owner).where(Owner.id == owner_id))).one()
        user = await self.client.users_info(user=owner.slack_id)
        dm = await self.client.conversations_open(users=owner.slack_id)
        async with self.session() as session:
            found = (await session.scalars(select(KeyResult).where(KeyResult.owner_id == owner_id))).all()
        blocks = await self._blocks(user["user"]["real_name"], found)
        posted = await self.client.chat_postMessage(
            channel=dm["channel"]["id"], text="Time for your OKR check-in", blocks=blocks
        )
        async with self.session() as session:
            sent = Sent(owner_id=owner_id, channel=posted["channel"], ts=posted["ts"], at=_now())
            session.add(sent)
            await session.commit()
        self.left -= 1
        if not self.left:
            self.done.set()

    async def _blocks(self, name: str, found: Sequence[KeyResult]) -> list[dict[str, Any]]:
        blocks: list[dict[str, Any]] = [
            {"type": "header", "text": {"type": "plain_text", "text": f"Hello {name}, time to check in"}},
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "The digest is posted tomorrow at 10:00."}]},
        ]
        for one in found:
            async with self.session() as session:
                newest = select(CheckIn).where(CheckIn.key_result_id == one.id).order_by(CheckIn.at.desc()).limit(1)
                last = (await session.scalars(newest)).first()
            value = last.value if last else one.baseline
            done = (value - one.baseline) / (one.target - one.baseline)
            text = f"*{one.title}*\n{value:g}% · goal {one.target:g}%\n{done:.0%} done"
            blocks.append({"type": "section", "text": {"type": "mrkdwn", "text": text}})
        button = {"type": "button", "text": {"type": "plain_text", "text": "Check in"}, "action_id": "check_in"}
        why = {"type": "mrkdwn", "text": "You are asked because these key results are yours."}
        return [*blocks, {"type": "actions", "elements": [button]}, {"type": "context", "elements": [why]}]


async def prepare(url: str, people: int) -> AsyncEngine:
    """Its database, with so many owners who have one key result each and answered last week."""
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with AsyncSession(engine) as session:
        for number in range(1, people + 1):
            title = f"Returning customers in shop {number}"
            session.add(Owner(id=number, slack_id=f"U{10_000_000 + number}"))
            session.add(KeyResult(id=number, owner_id=number, title=title, baseline=40, target=60))
            session.add(CheckIn(key_result_id=number, value=43, at=_now() - timedelta(weeks=1)))
        await session.commit()
    return engine


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
