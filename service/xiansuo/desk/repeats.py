"""Writes that name themselves: what was asked under a name, and what came of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xiansuo.desk.desk import Desk
from xiansuo.errors import KeyUsed, StillAtIt
from xiansuo.store import kept_answers
from xiansuo.store.kept_answers import Kept


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer given before."""

    status: int
    media_type: str
    body: str


@dataclass(frozen=True, slots=True)
class Work:
    """One name for one piece of work of an account."""

    desk: Desk
    account: int
    key: str

    def begin(self, request: str, *, now: dt.datetime) -> Answer | None:
        """Take the name.

        :param request: digest of what is asked.
        :return: the answer given before; None where the work is to be done now.
        :raises KeyUsed: the name stands for another request.
        :raises StillAtIt: the same is being worked on.
        """
        with self.desk.database.write() as connection:
            kept: Kept | None = kept_answers.begin(connection, self.account, self.key, request, now)
        if kept is None:
            return None
        if kept.request != request:
            raise KeyUsed("这个 Idempotency-Key 已用于另一个请求。", advice="请为每个新请求另取一个。")
        if kept.status is None:
            raise StillAtIt("同样的请求正在处理。", advice="请稍候再试。")
        return Answer(kept.status, kept.media_type, kept.body)

    def finish(self, status: int, media_type: str, body: str) -> None:
        """Keep the answer."""
        with self.desk.database.write() as connection:
            kept_answers.finish(connection, self.account, self.key, status, media_type, body)

    def give_up(self) -> None:
        """Free the name: nothing came of it."""
        with self.desk.database.write() as connection:
            kept_answers.give_up(connection, self.account, self.key)
