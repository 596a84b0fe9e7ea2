from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.desk.archives import NOW, Grams, fill, rows
from xiansuo.desk.desk import Desk
from xiansuo.desk.suggesting import Suggestions, suggest
from xiansuo.desk.themes import import_themes
from xiansuo.errors import NotFound

THEMES = """编号,名称,聚焦,权重,关键词,原文条款
T1,养老服务,群众关切,5,老年食堂、送餐、长护险,办好社区老年食堂。
T2,海上风电,特色亮点,4,海上风电、渔民补偿,健全用海协商和渔民补偿机制。
T3,低空经济,中心大局,5,无人机、起降点,稳妥开通海岛物流低空航线。
"""


@pytest.fixture
def filled(desk: Desk, tmp_path: Path) -> Desk:
    path = tmp_path / "2026.csv"
    path.write_text(THEMES, encoding="utf-8")
    import_themes(desk, path)
    return fill(desk, tmp_path, rows())


def _sources(made: Suggestions) -> set[str]:
    said = [
        each
        for prompt in made.prompts
        for each in (prompt.angle, *prompt.why_now, *prompt.missing, *prompt.find_out, prompt.clause)
        if each is not None
    ]
    assert all(each.because for each in said)
    return {source for each in said for source in each.because}


def test_every_sentence_has_a_source_that_exists(filled: Desk) -> None:
    made = suggest(filled, now=NOW)
    known = {f"doc:{row['id']}" for row in rows()} | {"theme:T1", "theme:T2", "theme:T3"}
    assert {source for source in _sources(made) if not source.startswith("rule:")} <= known
    assert all(len(prompt.evidence) <= 3 for prompt in made.prompts)


def test_hot_matters_and_gaps_are_both_suggested_once(filled: Desk) -> None:
    made = suggest(filled, now=NOW)
    names = [prompt.name for prompt in made.prompts]
    assert made.state == "ok"
    assert any("老年食堂" in name for name in names)
    assert any("低空经济" in name for name in names)
    topics = [prompt.topic for prompt in made.prompts if prompt.topic]
    assert len(topics) == len(set(topics))
    assert len(names) == len(set(names))


def test_the_score_is_the_weighted_mean_of_the_parts_shown(filled: Desk) -> None:
    for prompt in suggest(filled, now=NOW, unit="第1联络站").prompts:
        weights = sum(part.weight for part in prompt.parts)
        score = sum(part.weight * part.value for part in prompt.parts) / weights
        assert prompt.score == pytest.approx(score, abs=1e-3)
        assert all(0 <= part.value <= 1 and part.why for part in prompt.parts)
        assert {part.name for part in prompt.parts} == {"alignment", "heat", "gap", "novelty", "fit"}


def test_a_wish_is_about_what_was_wished(filled: Desk) -> None:
    made = suggest(filled, now=NOW, wish="我想写海上风电")
    assert made.state == "ok"
    assert all("风电" in prompt.name for prompt in made.prompts)


def test_nothing_fits_is_an_answer(filled: Desk) -> None:
    made = suggest(filled, now=NOW, wish="火星移民")
    assert (made.state, made.prompts) == ("nothing_fits", ())
    assert "火星移民" in made.notes[0]


def test_what_is_called_missing_is_missing_everywhere(desk: Desk, tmp_path: Path) -> None:
    # Thirty texts nearer to the theme than the one that speaks of 起降点.
    flights = [
        {"id": f"F{i:02d}", "title": f"低空经济与无人机第{i}题", "text": "低空经济要稳妥，无人机送货还少。"}
        for i in range(30)
    ]
    far = {"id": "G00", "title": "楼顶能不能用", "text": "医院楼顶想留一块起降点，手续跑了八个月，图纸改了三回。"}
    path = tmp_path / "2026.csv"
    path.write_text(THEMES.replace("无人机、起降点", "无人机、起降点、空域"), encoding="utf-8")
    import_themes(desk, path)
    made = suggest(fill(desk, tmp_path, [*rows(), *flights, far]), now=NOW, theme="T3", limit=20)
    gap = next(prompt for prompt in made.prompts if not prompt.topic)
    assert "起降点" not in gap.name + "".join(gap.titles)
    assert not any("起降点" in said.text and "没有出现" in said.text for said in gap.missing)
    assert gap.name == "低空经济：空域"


def test_nobody_is_sent_to_what_nobody_speaks_of_now(filled: Desk) -> None:
    for prompt in suggest(filled, now=NOW + dt.timedelta(days=200), limit=20).prompts:
        assert "有 0 个" not in prompt.why_now[0].text


def test_a_unit_that_never_wrote_is_told_so(filled: Desk) -> None:
    made = suggest(filled, now=NOW, unit="没有写过的单位")
    assert any("没有写过的单位" in note for note in made.notes)
    assert all(
        {part.name for part in prompt.parts} == {"alignment", "heat", "gap", "novelty"} for prompt in made.prompts
    )


def test_a_list_that_has_ended_is_told_so(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "2025.csv"
    path.write_text("编号,名称,截止日期\nT1,养老服务,2025-12-31\n", encoding="utf-8")
    import_themes(desk, path)
    fill(desk, tmp_path, rows())
    assert any("2025-12-31" in note for note in suggest(desk, now=NOW).notes)
    assert not any("到期" in note for note in suggest(desk, now=dt.date(2025, 12, 31)).notes)


def test_a_wish_that_names_a_theme_brings_its_matters(filled: Desk) -> None:
    made = suggest(filled, now=NOW, wish="养老服务方面")
    assert any(prompt.topic and "食堂" in prompt.name for prompt in made.prompts)


def test_a_wish_for_a_keyword_brings_no_card_on_the_whole_theme(filled: Desk) -> None:
    names = [prompt.name for prompt in suggest(filled, now=NOW, wish="送餐").prompts]
    assert names
    assert "养老服务" not in names


def test_a_wish_for_what_nobody_speaks_of_brings_a_card_on_just_that(filled: Desk) -> None:
    names = [prompt.name for prompt in suggest(filled, now=NOW, wish="长护险").prompts]
    assert names == ["养老服务：长护险"]


def test_a_theme_restricts(filled: Desk) -> None:
    made = suggest(filled, now=NOW, theme="T1")
    assert made.prompts
    assert all(prompt.theme is not None and prompt.theme.id == "T1" for prompt in made.prompts)
    with pytest.raises(NotFound, match="T9"):
        suggest(filled, now=NOW, theme="T9")


def test_the_region_of_an_informant_counts(filled: Desk) -> None:
    def fit(region: str) -> float:
        made = suggest(filled, now=NOW, region=region)
        canteen = next(prompt for prompt in made.prompts if "老年食堂" in prompt.name)
        return next(part.value for part in canteen.parts if part.name == "fit")

    assert fit("望潮区") > fit("没有的地方")


def test_the_same_question_has_the_same_answer(filled: Desk) -> None:
    assert suggest(filled, now=NOW) == suggest(filled, now=NOW)


def test_without_themes_hot_matters_remain(desk: Desk, tmp_path: Path) -> None:
    made = suggest(fill(desk, tmp_path, rows()), now=NOW)
    assert made.prompts
    assert any("还没有导入中心工作" in note for note in made.notes)


def test_without_anything_it_says_so(desk: Desk) -> None:
    desk._encoder = Grams()
    made = suggest(desk, now=NOW)
    assert (made.state, made.prompts) == ("no_archive", ())
