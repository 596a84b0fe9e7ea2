"""The demo's office as it is a while later: accounts, a prompt to claim, a kept check, an import."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import shutil
from dataclasses import dataclass
from pathlib import Path

from xiansuo.desk import accounts, checking, demo, jobs, prompt_editing, proposing, reopening, uploads
from xiansuo.desk.desk import Desk
from xiansuo.desk.topics import hot_topics
from xiansuo.records.accounts import Role
from xiansuo.settings import Settings

PASSWORD = "一只青蛙跳下水两声扑通"
UNIT = "新港区政协"
LOGINS = {Role.INFORMANT: "信息员24", Role.EDITOR: "bianji", Role.ADMIN: "guanli"}
NAMES = {Role.EDITOR: "编辑", Role.ADMIN: "管理员"}
TOLD = (
    "标题,正文,单位\n关于补种行道树的建议,和平路行道树去年枯死了三十多棵，树坑一直空着，夏天没有树荫。"
    "建议入冬前补种。,新港区政协\n"
)


@dataclass(frozen=True, slots=True)
class Office:
    """A served home, and what is in it by number or name."""

    settings: Settings
    prompt: int
    run: str
    topic: str
    job: int
    address: str = ""

    def at(self, address: str) -> Office:
        """Tell where it is served."""
        return dataclasses.replace(self, address=address)


def furnished(demo_home: Path, home: Path) -> Office:
    """Copy the demo's home and put into it what only work would bring."""
    shutil.copytree(demo_home, home)
    settings = Settings(home=home)
    clock = dt.datetime.now().astimezone()
    now = demo.noon()
    with Desk(settings) as desk:
        made = {
            role: accounts.add(
                desk,
                login,
                role=role,
                by="测试",
                now=clock,
                name=NAMES.get(role, login),
                unit=UNIT if role is Role.INFORMANT else "",
                password=PASSWORD,
            )
            for role, login in LOGINS.items()
        }
        number, *others = [line.number for line in proposing.propose(desk, by="编辑", now=now, limit=6).prompts]
        for each in (number, *others[:2]):
            prompt_editing.approve(desk, each, by="编辑", now=now)
            prompt_editing.publish(desk, each, by="编辑", now=now, deadline=now.date() + dt.timedelta(days=20))
        report = checking.check(desk, demo.DRAFT_TITLE, demo.DRAFT, now=now, most=reopening.MOST, unit=UNIT)
        kept = reopening.save_report(desk, report, now, made[Role.INFORMANT].id)
        topic = hot_topics(desk, now=demo.DAY, window="quarter", limit=1).topics[0].id
        with uploads.receiving() as received:
            received.append(uploads.receive(home, "行道树.csv", io.BytesIO(TOLD.encode())))
            job = jobs.submit_import(desk, received, by="编辑", now=clock)
    return Office(settings, number, kept.run, topic, job.id)
