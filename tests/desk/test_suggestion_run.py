"""An answer bears one name, and two answers never the same: whatever changes the answer changes its name."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.desk import archives
from tests.desk.archives import NOW, Grams, fill
from tests.prompts import NOON, published
from xiansuo import artefacts
from xiansuo.desk import claiming, suggesting, theme_editing, topic_editing
from xiansuo.desk.desk import Desk
from xiansuo.desk.feedback import give_feedback
from xiansuo.desk.finding import draw_all_anew, find_topics
from xiansuo.desk.suggesting import suggest
from xiansuo.desk.themes import import_themes
from xiansuo.recommend.rank import Weights
from xiansuo.recommend.standing import Standing
from xiansuo.records.prompts import FeedbackVerdict
from xiansuo.settings import Settings

THEMES = """编号,名称,权重,关键词,原文条款
T1,养老服务,5,老年食堂、送餐,办好社区老年食堂。
T2,海上风电,4,渔民补偿,健全用海协商。
"""
WISH = "老年食堂"


@pytest.fixture
def desk(desk: Desk, tmp_path: Path) -> Desk:
    return themed(fill(desk, tmp_path, archives.rows()), tmp_path, THEMES)


def themed(desk: Desk, folder: Path, told: str) -> Desk:
    path = folder / "2026.csv"
    path.write_text(told, encoding="utf-8")
    import_themes(desk, path)
    return desk


def name(desk: Desk, author: str = "甲", wish: str = "") -> str:
    return suggest(desk, now=NOW, author=author, wish=wish).run


def themes_imported(desk: Desk, folder: Path) -> None:
    themed(desk, folder, THEMES.replace("养老服务", "为老服务"))


def theme_weighed(desk: Desk, _folder: Path) -> None:
    theme_editing.weigh(desk, "T1", 2, by="编辑甲", now=NOON)


def topic_renamed(desk: Desk, _folder: Path) -> None:
    topic_editing.rename(desk, min(find_topics(desk, now=NOW).topics), "编辑起的名称", by="编辑甲", now=NOON)


def topics_drawn_anew(desk: Desk, _folder: Path) -> None:
    draw_all_anew(desk, now=NOW)


def prompt_published(desk: Desk, _folder: Path) -> None:
    published(desk, clue=suggest(desk, now=NOW).prompts[0].id)


def document_came(desk: Desk, folder: Path) -> None:
    fill(desk, folder, [{"id": "Z", "title": "路灯不亮", "text": "路灯坏了三天。", "date": "2026-10-01"}])


def alignment_calibrated(desk: Desk, _folder: Path) -> None:
    own = desk.own_weights("alignment")
    own.parent.mkdir(parents=True)
    told = json.loads((artefacts.models() / "alignment" / artefacts.WEIGHTS).read_text(encoding="utf-8"))
    own.write_text(json.dumps(told | {"about": 1.1}), encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        themes_imported,
        theme_weighed,
        topic_renamed,
        topics_drawn_anew,
        prompt_published,
        document_came,
        alignment_calibrated,
    ],
)
def test_what_changes_the_answer_changes_its_name(
    desk: Desk, tmp_path: Path, change: Callable[[Desk, Path], None]
) -> None:
    before = name(desk)
    assert name(desk) == before
    change(desk, tmp_path)
    assert name(desk) != before


def test_the_weights_of_the_ranking_are_in_the_name(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before, shipped = name(desk), Weights.shipped()
    monkeypatch.setattr(suggesting.Weights, "shipped", lambda: replace(shipped, known=shipped.known / 2))
    assert name(desk) != before


def test_how_prompts_stand_is_in_the_name_of_whom_it_concerns(desk: Desk) -> None:
    number = published(desk)
    mine, theirs = name(desk, "甲"), name(desk, "乙")
    assert mine != theirs
    give_feedback(desk, number, FeedbackVerdict.NOT_FOR_ME, by="甲", now=NOON)
    assert name(desk, "甲") != mine
    assert name(desk, "乙") == theirs
    claiming.claim(desk, number, by="甲", now=NOON)
    assert name(desk, "乙") != theirs


def test_lookup_weights_are_in_the_name_of_a_wish_alone(desk: Desk) -> None:
    wished, asked = name(desk, wish=WISH), name(desk)
    own = desk.own_weights("lookup")
    own.parent.mkdir(parents=True)
    told = json.loads((artefacts.models() / "lookup" / artefacts.WEIGHTS).read_text(encoding="utf-8"))
    own.write_text(json.dumps(told | {"fitting": 9.0}), encoding="utf-8")
    assert (name(desk, wish=WISH) == wished, name(desk) == asked) == (False, True)


def test_another_process_gives_the_same_name(desk: Desk, settings: Settings) -> None:
    give_feedback(desk, published(desk), FeedbackVerdict.ALREADY_KNOWN, by="甲", now=NOON)
    with Desk(settings) as other:
        other._encoder = Grams()
        assert name(other) == name(desk)


def test_standing_is_told_in_one_order_whatever_order_it_came_in() -> None:
    one = Standing(not_for_me=frozenset("甲乙丙丁"), loads={"甲": 1, "乙": 2})
    other = Standing(not_for_me=frozenset("丁丙乙甲"), loads={"乙": 2, "甲": 1})
    assert repr(one.told()) == repr(other.told())
    assert ("not_for_me", sorted("甲乙丙丁")) in one.told()
    assert one.told() != Standing().told()


def test_a_day_later_is_another_answer(desk: Desk) -> None:
    assert suggest(desk, now=NOW + dt.timedelta(days=1)).run != suggest(desk, now=NOW).run
