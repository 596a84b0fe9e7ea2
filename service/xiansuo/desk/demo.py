"""The demo corpus: a fictional coastal city's two years of submissions, to try everything on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xiansuo import artefacts
from xiansuo.access import tokens
from xiansuo.desk import accounts
from xiansuo.desk.checking import check
from xiansuo.desk.clue_board import clue_board
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import ImportSummary, import_path
from xiansuo.desk.looking import Lookup, lookup
from xiansuo.desk.progress import Progress, silent
from xiansuo.desk.prompt_editing import approve
from xiansuo.desk.prompt_editing import publish as publish_prompt
from xiansuo.desk.proposing import propose
from xiansuo.desk.report import DuplicateReport
from xiansuo.desk.suggesting import Suggestions, suggest
from xiansuo.desk.themes import import_themes
from xiansuo.desk.topics import TopicBoard, hot_topics
from xiansuo.errors import InputError
from xiansuo.records import WorkTheme
from xiansuo.records.accounts import Role
from xiansuo.records.prompts import PromptState
from xiansuo.store import documents, state

DAY = dt.date(2026, 11, 1)
"""The day on which the demo takes place: the corpus ends the day before."""

QUESTION = "社区老年食堂亏损"
UNIT = "青屿县政协"
_BY = "演示"

DRAFT_TITLE = "关于破解社区老年食堂运营难题的建议"
DRAFT = """\
今年以来，我市社区老年食堂开得多、关得也不少。据走访，不少站点每天就餐老人不足三十人，一份饭卖十二元，\
成本要十五六元，房租水电还要另算，承办企业坚持不到一年就想退出。有的食堂离老人住处远，腿脚不便的老人吃不上。
建议：一是把运营补贴由按面积补改为按实际就餐人次补；二是由中央厨房统一配送，几个社区合用一个点，降低成本；\
三是对失能、高龄老人提供送餐上门，送餐费由财政和个人分担；四是允许食堂面向社会开放，以午市收入补贴老人餐。"""


LOGINS = (("信息员01", Role.INFORMANT, UNIT), ("编辑", Role.EDITOR, ""), ("管理员", Role.ADMIN, ""))
"""The demo's accounts: login and name, role, unit; the informant wrote some of the corpus."""

_PROPOSED, _PUBLISHED = 10, 5


@dataclass(frozen=True, slots=True)
class Login:
    """How to sign in to the demo; the password is made anew each time the demo starts."""

    login: str
    role: Role
    password: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded: the import's account and the year's work themes."""

    summary: ImportSummary
    themes: tuple[WorkTheme, ...]


def noon() -> dt.datetime:
    """Return the demo's moment."""
    return dt.datetime.combine(DAY, dt.time(12), dt.UTC)


def load(desk: Desk, *, progress: Progress = silent) -> Loaded:
    """Load documents and both years' themes; loading again changes nothing. The archive's day is the demo's."""
    corpus = artefacts.corpus()
    with desk.database.write() as connection:
        if documents.last_change(connection) and state.get(connection, state.DAY) is None:
            raise InputError(
                f"数据目录 {desk.settings.home} 里已有本单位的材料，不往里面放演示语料。",
                advice="请另设一个数据目录再演示，例如 XIANSUO_HOME=演示 xiansuo demo。",
            )
        state.put(connection, state.DAY, DAY.isoformat())
    summary = import_path(desk, corpus / "documents.jsonl", now=noon(), progress=progress)
    import_themes(desk, corpus / "themes-2025.csv", version="2025")
    themes = import_themes(desk, corpus / "themes-2026.csv", version="2026")
    return Loaded(summary, tuple(themes))


def logins(desk: Desk, *, now: dt.datetime) -> tuple[Login, ...]:
    """Give each of the demo's accounts a new random password; the accounts are made where they are not there.

    :param now: the clock's moment, not the demo's.
    """
    there = {account.login for account in accounts.every(desk)}
    made = []
    for login, role, unit in LOGINS:
        password = tokens.password()
        if login in there:
            accounts.set_password(desk, accounts.named(desk, login).id, password, by=_BY, now=now)
        else:
            accounts.add(desk, login, role=role, by=_BY, now=now, unit=unit, password=password)
        made.append(Login(login, role, password))
    return tuple(made)


def publish(desk: Desk) -> None:
    """Let some prompts be proposed and published, one as a commission, so that informants find something to claim.

    Where there are prompts already, nothing is done.
    """
    if clue_board(desk, PromptState.PROPOSED, now=noon()).counts != dict.fromkeys(PromptState, 0):
        return
    proposed = propose(desk, by=_BY, now=noon(), limit=_PROPOSED).prompts[:_PUBLISHED]
    for place, line in enumerate(proposed):
        approve(desk, line.number, by=_BY, now=noon())
        asked = [UNIT] if place == 0 else []
        due = DAY + dt.timedelta(days=14 + 7 * place)
        publish_prompt(desk, line.number, by=_BY, now=noon(), deadline=due, commissioned=asked)


def check_draft(desk: Desk) -> DuplicateReport:
    """Check the demo's draft."""
    return check(desk, DRAFT_TITLE, DRAFT, now=noon(), limit=6)


def look_up(desk: Desk) -> Lookup:
    """Ask the demo's question."""
    return lookup(desk, QUESTION, limit=5)


def topics(desk: Desk) -> TopicBoard:
    """Show the demo's hot topics of the quarter."""
    return hot_topics(desk, now=DAY, window="quarter", limit=12)


def prompts(desk: Desk) -> Suggestions:
    """Suggest writing prompts to one unit of the demo."""
    return suggest(desk, now=DAY, unit=UNIT, region="青屿县", limit=3)
