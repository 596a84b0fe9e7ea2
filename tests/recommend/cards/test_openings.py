"""A gap card says only what is true of the whole archive."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.recommend.archive import aligner, gap_of, ground, read
from xiansuo.recommend.cards.clues import COVERED, Clue
from xiansuo.recommend.cards.openings import WIDE, concrete, from_gap
from xiansuo.recommend.texts import ReadText
from xiansuo.records import Adoption, Kind, Level, WorkTheme

FISHERY = WorkTheme(
    id="T1",
    name="渔业与渔港",
    weight=5,
    keywords=("渔港清淤", "避风锚地", "远洋渔业"),
    clause="建好渔港。",
    since=dt.date(2026, 1, 1),
)
ROADS = WorkTheme(id="T2", name="农村公路", weight=5, keywords=("错车道", "村道"), clause="修好村道。")
THEMES = (FISHERY, ROADS)


def _archive(*more: ReadText) -> list[ReadText]:
    # The nearest texts, twice as many as any look at a few would see, speak of one keyword only.
    near = [read(f"n{i:02d}", "渔业与渔港：渔港清淤", "渔业与渔港要建好，渔港清淤没有钱。") for i in range(24)]
    roads = [
        read(f"r{i:02d}", "农村公路缺错车道", "村道太窄，农村公路没有错车道。", region="望潮区") for i in range(40)
    ]
    return [*near, *roads, *more]


def _card(texts: list[ReadText]) -> Clue:
    by_id = {text.record.id: text for text in texts}
    return from_gap(gap_of(FISHERY, THEMES, texts), ground(texts), aligner(THEMES, texts), by_id)


@pytest.mark.parametrize(
    "far",
    [
        read("far", "台风来了船往哪里躲", "灯塔镇的渔民盼着有个避风锚地，问了三年没有下文，每年台风都提心吊胆。"),
        read("far", "对一件提案的答复", "关于避风锚地，已列入计划。", kind=Kind.REFERENCE),
        read("far", "台风来了船往哪里躲", "锚地太远，避风要跑半天。"),
    ],
)
def test_what_one_far_text_speaks_of_is_not_called_missing(far: ReadText) -> None:
    card = _card(_archive(far))
    assert "避风锚地" not in card.name + "".join(card.titles)
    assert not any("避风锚地" in said.text and "没有出现" in said.text for said in card.missing)


def test_what_nobody_speaks_of_names_the_card() -> None:
    texts = _archive(read("far", "台风来了船往哪里躲", "渔民盼着有个避风锚地。"))
    card = _card(texts)
    assert card.name == "渔业与渔港：远洋渔业"
    assert all("远洋渔业" in title for title in card.titles)
    said = next(said for said in card.missing if "没有出现" in said.text)
    assert "“远洋渔业”" in said.text
    assert f" {len(texts)} 篇" in said.text
    assert "theme:T1" in said.because


def test_a_card_without_anything_missing_is_named_after_its_theme() -> None:
    card = _card(_archive(read("far", "船", "避风锚地和远洋渔业都要有。")))
    assert card.name == FISHERY.name
    assert not any("没有出现" in said.text for said in card.missing)


def test_what_a_single_text_speaks_of_is_told_with_its_title() -> None:
    card = _card(_archive(read("far", "渔业与渔港：船往哪里躲", "渔业与渔港要有避风锚地。")))
    assert any(said.because[-1] == "doc:far" and "船往哪里躲" in said.text for said in card.missing)


def test_covered_are_the_texts_on_the_theme_and_no_others() -> None:
    texts = _archive(read("far", "渔业与渔港：渔港清淤要钱", "渔港清淤，避风锚地，渔业与渔港。"))
    card = _card(texts)
    assert card.covered[0].id == "far"
    assert len(card.covered) <= COVERED
    about = {each.document for each in aligner(THEMES, texts).about("T1")}
    assert {each.id for each in card.covered} <= about
    assert {text.record.id for text in card.texts} == about


def test_the_same_text_is_shown_once() -> None:
    assert len(_card(_archive()).covered) == len(_card(_archive()).evidence) == 1


def test_the_figures_are_those_of_the_archive() -> None:
    old = read("old", "渔业与渔港：渔港清淤旧账", "渔港清淤，去年的事。", date=dt.date(2025, 3, 1))
    new = read(
        "new",
        "渔业与渔港：渔港清淤新账",
        "渔港清淤，今年的事。",
        date=dt.date(2026, 3, 1),
        adoptions=(Adoption(level=Level.CITY),),
    )
    said = _card(_archive(old, new)).why_now[0]
    assert "2026-01-01 以来" in said.text
    assert " 25 篇（含没有日期的 24 篇）" in said.text
    assert "采用 1 篇" in said.text
    assert "doc:old" not in said.because


@pytest.mark.parametrize(
    ("written", "taken", "said"),
    [(0.2, 0.9, "写得偏少"), (0.6, 0.1, "采用、办理得偏少"), (0.6, 0.6, "写得不少"), (0.6, None, "写得不少")],
)
def test_too_few_is_said_of_what_is_too_few(written: float, taken: float | None, said: str) -> None:
    texts = _archive()
    gap = replace(gap_of(FISHERY, THEMES, texts), asked=0.5, written=written, taken=taken)
    card = from_gap(gap, ground(texts), aligner(THEMES, texts), {text.record.id: text for text in texts})
    assert said in card.angle.text
    assert ("偏少" in card.angle.text) == ("偏少" in said)


def test_a_theme_that_nobody_wrote_on_says_so() -> None:
    texts = [text for text in _archive() if text.record.id.startswith("r")]
    card = _card(texts)
    assert card.covered == card.evidence == ()
    assert "一篇也没有" in card.why_now[0].text
    assert card.novelty == 1.0


@pytest.mark.parametrize(
    ("name", "keywords", "told"),
    [
        ("新增认知障碍照护床位3000张", ("认知障碍照护床位",), True),
        ("深化安全生产治本攻坚", ("安全生产治本",), False),
        ("发挥企业创新主体作用", ("创新主体",), False),
        ("抓好某某纤维等拟竣工投产项目", ("某某纤维",), False),
        ("建设更高水平创新型省份", ("创新型省份",), False),
    ],
)
def test_a_theme_that_names_only_a_field_of_work_is_told_from_one_that_names_a_thing(
    name: str, keywords: tuple[str, ...], told: bool
) -> None:
    assert concrete(WorkTheme(id="T9", name=name, keywords=keywords)) is told


def test_a_card_of_a_field_of_work_says_so_and_counts_less() -> None:
    wide = WorkTheme(id="T9", name="深化安全生产治本攻坚", keywords=("安全生产治本",))
    texts = _archive()
    made = from_gap(
        gap_of(wide, (*THEMES, wide), texts),
        ground(texts),
        aligner((*THEMES, wide), texts),
        {text.record.id: text for text in texts},
    )
    assert made.parts["alignment"] == WIDE < _card(texts).parts["alignment"]
    assert "说得较宽" in made.angle.text
    assert "安全生产治本" not in made.angle.text


def test_an_archive_that_ended_before_the_theme_began_is_told_of() -> None:
    texts = [
        read(f"r{i}", "农村公路缺错车道", "村道太窄，没有错车道。", region="望潮区", date=dt.date(2019, 1, 1 + i))
        for i in range(4)
    ]
    assert "最近的材料是 2019-01-04 的" in _card(texts).why_now[0].text
    later = [*texts, read("new", "农村公路缺错车道", "村道太窄。", date=dt.date(2026, 9, 1))]
    assert "最近的材料" not in _card(later).why_now[0].text


def test_what_was_written_before_a_theme_began_is_not_denied() -> None:
    old = [
        read(f"n{i:02d}", "渔业与渔港：渔港清淤", "渔业与渔港要建好，渔港清淤没有钱。", date=dt.date(2025, 5, 1 + i))
        for i in range(6)
    ]
    roads = [
        read(f"r{i:02d}", "农村公路缺错车道", "村道太窄，农村公路没有错车道。", date=dt.date(2026, 5, 1 + i % 28))
        for i in range(40)
    ]
    card = _card([*old, *roads])
    assert card.covered
    assert "2026-01-01 以来还没有材料" in card.angle.text
    nothing = _card(roads)
    assert not nothing.texts
    assert "有要求，还没有材料" in nothing.angle.text
