"""What became of a submission that was written on a prompt: put down, or taken from the archive."""

from __future__ import annotations

import datetime as dt
from typing import Any

from xiansuo.desk.desk import Desk
from xiansuo.desk.editors import editor_name
from xiansuo.desk.prompt_acts import Change, Seen, act, led_on
from xiansuo.desk.prompt_lines import PromptLine
from xiansuo.errors import InputError
from xiansuo.recommend import life
from xiansuo.records import Adoption, Level
from xiansuo.records.prompts import Claim, PromptAction, PromptState
from xiansuo.store import claims, documents
from xiansuo.store.database import Connection


def outcome(
    desk: Desk,
    number: int,
    *,
    by: str,
    now: dt.datetime,
    author: str = "",
    adopted: bool | None = None,
    level: Level | None = None,
    date: dt.date | None = None,
) -> PromptLine:
    """Put down what became of a submission; done again, a later word replaces it.

    :param adopted: None takes the highest adoption that the archive has of the document that was named.
    :param level: who adopted it, and `date` when; not for what was not adopted.
    :raises NotNow: nothing was reported on it yet; else as `prompt_acts.act`.
    :raises InputError: what is said contradicts itself, or the archive has no adoption of it.
    """
    if level is not None and adopted is None:
        adopted = True
    if adopted is False and (level or date):
        raise InputError("没有采用的，不写采用的级别和日期。")
    if adopted and level is None:
        raise InputError(
            "没有写明哪一级采用。", advice="可写：" + "、".join(f"{each.value} {each.label}" for each in Level)
        )
    if date is not None and date > now.date():
        raise InputError(f"采用日期 {date} 在将来。", advice="请写实际采用的日期。")

    def make(seen: Seen, _by: str) -> Change:
        held = life.check_work(PromptAction.OUTCOME, seen.prompt, seen.claims, author.strip())
        said: dict[str, Any] = {"adopted": adopted, "level": level, "outcome_date": date}
        if adopted is None:
            if date is not None:
                raise InputError("写了日期，没有写明哪一级采用。", advice="级别和日期请一起写。")
            said = _told(_archived(seen.connection, held))
        return led_on(seen, held.model_copy(update={**said, "state": PromptState.CLOSED}))

    return act(desk, number, PromptAction.OUTCOME, by=by, now=now, make=make)


def collect(desk: Desk, *, by: str, now: dt.datetime) -> tuple[PromptLine, ...]:
    """Put down all adoptions that the archive has of documents that were named for claims, where it is news."""
    by = editor_name(by, PromptAction.OUTCOME.label)
    with desk.database.read() as connection:
        found = []
        for held in claims.standing(connection):
            best = _highest(connection, held)
            if best is not None and _told(best) != {name: getattr(held, name) for name in _told(best)}:
                found.append((held, best))

    def making(held: Claim, best: Adoption) -> Any:
        def make(seen: Seen, _by: str) -> Change:
            now_held = life.check_work(PromptAction.OUTCOME, seen.prompt, _only(seen, held.id), "")
            return led_on(seen, now_held.model_copy(update={**_told(best), "state": PromptState.CLOSED}))

        return make

    return tuple(
        act(desk, held.prompt, PromptAction.OUTCOME, by=by, now=now, make=making(held, best)) for held, best in found
    )


def _only(seen: Seen, id: int) -> list[Claim]:
    return [each for each in seen.claims if each.id == id]


def _told(best: Adoption) -> dict[str, Any]:
    return {"adopted": True, "level": best.level, "outcome_date": best.date}


def _archived(connection: Connection, held: Claim) -> Adoption:
    if not held.document:
        raise InputError(
            "不知道报送的是哪一篇，查不到采用情况。",
            advice="请写明采用级别（或没有采用），或先用 submit 补上材料编号。",
        )
    best = _highest(connection, held)
    if best is None:
        raise InputError(
            f"档案里“{held.document}”还没有采用记录。",
            advice="确定没有采用的，请写明没有采用；否则等采用情况入库后再登记。",
        )
    return best


def _highest(connection: Connection, held: Claim) -> Adoption | None:
    stored = documents.by_id(connection, held.document) if held.document else None
    adoptions = stored.document.adoptions if stored else ()
    return max(adoptions, key=lambda each: each.level.height, default=None)
