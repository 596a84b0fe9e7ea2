from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from tests import matters
from tests.desk.archives import NOW, Grams, fill, rows
from xiansuo import artefacts
from xiansuo.desk import claiming, prompt_editing
from xiansuo.desk.clue_batch import clue_batch
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.desk.prompt_lists import list_prompts
from xiansuo.desk.proposing import propose
from xiansuo.desk.suggesting import Suggestions, suggest
from xiansuo.desk.themes import import_themes
from xiansuo.desk.wishes import about_wish
from xiansuo.errors import NotFound
from xiansuo.recommend.cards.matters import vector_of
from xiansuo.records import Spring, Team
from xiansuo.store import documents

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


def test_a_gap_is_placed_alike_whether_or_not_it_was_wished_for(filled: Desk) -> None:
    batch = clue_batch(filled, now=NOW)
    found = about_wish(filled, "养老服务和海上风电", list(batch.clues), batch)
    wished = [clue for clue in found.clues if clue.spring is Spring.GAP and clue.texts]
    assert wished
    for clue in wished:
        assert clue.vector.tolist() == vector_of(clue.texts, batch.ground.centre).tolist()


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


def test_one_document_alone_makes_no_matter_and_leaves_the_gaps(desk: Desk, tmp_path: Path) -> None:
    alone = fill(desk, tmp_path, rows()[:1])
    made = suggest(alone, now=NOW)
    assert (made.state, made.prompts) == ("nothing_left", ())
    assert "没有两人以上" in made.notes[-1]
    path = tmp_path / "2026.csv"
    path.write_text(THEMES, encoding="utf-8")
    import_themes(alone, path)
    made = suggest(alone, now=NOW)
    assert made.state == "ok"
    assert {prompt.spring for prompt in made.prompts} == {"gap"}
    assert {text.id for prompt in made.prompts for text in prompt.evidence} <= {"D00"}


def test_a_theme_that_matches_everything_takes_no_matter_from_the_others(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "2026.csv"
    wide = "T0,群众反映的问题,中心大局,5,建议、没有、补贴、一个、不足,群众反映的问题都要有人管。\n"
    path.write_text(THEMES + wide, encoding="utf-8")
    import_themes(desk, path)
    made = suggest(fill(desk, tmp_path, rows()), now=NOW, limit=20)
    theme_of = {prompt.name: prompt.theme.id for prompt in made.prompts if prompt.topic and prompt.theme}
    assert {theme for name, theme in theme_of.items() if "老年食堂" in name} == {"T1"}
    assert {theme for name, theme in theme_of.items() if "风电" in name} <= {"T2"}
    assert sum(prompt.theme is not None and prompt.theme.id == "T0" for prompt in made.prompts) <= 1


def test_a_new_informant_is_fitted_by_what_they_say_of_themselves(filled: Desk) -> None:
    made = suggest(filled, now=NOW, author="新来的", team=Team.INVITED, region="青屿县")
    assert made.prompts
    assert any("新来的" in note for note in made.notes)
    fitted = [part for prompt in made.prompts for part in prompt.parts if part.name == "fit"]
    assert len(fitted) == len(made.prompts)
    assert all("新来的" not in part.why or "以往" in part.why for part in fitted)


def test_what_others_write_on_comes_behind_what_is_free_and_says_so(filled: Desk) -> None:
    before = suggest(filled, now=NOW)
    moment = dt.datetime.combine(NOW, dt.time(12), dt.UTC)
    for line in propose(filled, by="编辑甲", now=moment, limit=20).prompts:
        prompt_editing.approve(filled, line.number, by="编辑甲", now=moment)
        prompt_editing.publish(filled, line.number, by="编辑甲", now=moment)
        claiming.claim(filled, line.number, by="甲", now=moment)
    after = suggest(filled, now=NOW, author="乙")
    assert {prompt.id for prompt in after.prompts} == {prompt.id for prompt in before.prompts}
    assert all("1 人在写，不再收" in prompt.standing for prompt in after.prompts)
    claiming.release(filled, 1, by="甲", now=moment)
    free = [prompt for prompt in suggest(filled, now=NOW, author="乙").prompts if "可以认领" in prompt.standing]
    assert len(free) == 1
    assert free[0].rank == 1 or free[0].score > next(each.score for each in after.prompts if each.id == free[0].id)


def test_a_prompt_past_its_deadline_is_not_offered_to_be_claimed(filled: Desk) -> None:
    moment = dt.datetime.combine(NOW, dt.time(12), dt.UTC)
    (line,) = propose(filled, by="编辑甲", now=moment, limit=1).prompts
    prompt_editing.approve(filled, line.number, by="编辑甲", now=moment)
    prompt_editing.publish(filled, line.number, by="编辑甲", now=moment, deadline=NOW)

    def standing(day: dt.date) -> set[str]:
        return {prompt.standing for prompt in suggest(filled, now=day, author="乙").prompts if prompt.standing}

    assert any("可以认领" in said for said in standing(NOW))
    assert not any("可以认领" in said for said in standing(NOW + dt.timedelta(days=1)))


def test_the_list_in_force_counts_and_the_same_id_in_another_is_another_theme(filled: Desk, tmp_path: Path) -> None:
    moment = dt.datetime.combine(NOW, dt.time(12), dt.UTC)
    dated = THEMES.replace("原文条款\n", "原文条款,起始日期\n").replace("。\n", "。,2026-01-01\n")
    (tmp_path / "2026.csv").write_text(dated, encoding="utf-8")
    import_themes(filled, tmp_path / "2026.csv")
    (old,) = propose(filled, by="编辑甲", now=moment, theme="T3", limit=1).prompts
    path = tmp_path / "2027.csv"
    path.write_text("编号,名称,关键词,起始日期\nT3,远洋渔业,远洋渔船、渔获冷链,2027-01-01\n", encoding="utf-8")
    import_themes(filled, path)
    assert {prompt.theme.version for prompt in suggest(filled, now=NOW).prompts if prompt.theme} == {"2026"}
    later = dt.datetime(2027, 1, 2, 12, tzinfo=dt.UTC)
    made = suggest(filled, now=later.date(), theme="T3")
    assert {(prompt.theme.version, prompt.theme.name) for prompt in made.prompts if prompt.theme} == {
        ("2027", "远洋渔业")
    }
    (new,) = propose(filled, by="编辑甲", now=later, theme="T3", limit=1).prompts

    def listed(theme: str, now: dt.datetime) -> list[int]:
        return [line.number for line in list_prompts(filled, now=now, theme=theme)]

    assert (listed("T3", moment), listed("T3", later)) == ([old.number], [new.number])
    assert listed("低空经济", later) == [old.number]
    assert listed("远洋渔业", moment) == [new.number]


def test_an_archive_that_ends_two_years_ago_is_told_and_still_gives_matters(filled: Desk) -> None:
    later = NOW + dt.timedelta(days=730)
    made = suggest(filled, now=later)
    assert made.prompts
    assert any(str(NOW - dt.timedelta(days=2)) in note and "距今 2 年" in note for note in made.notes)
    assert not any("近三个月有" in said.text for prompt in made.prompts for said in prompt.why_now)
    assert not any("距今" in note for note in suggest(filled, now=NOW).notes)


def test_a_theme_and_a_wish_restrict_together(filled: Desk) -> None:
    assert suggest(filled, now=NOW, theme="T2", wish="海上风电").prompts
    made = suggest(filled, now=NOW, theme="T1", wish="海上风电")
    assert (made.state, made.prompts) == ("nothing_fits", ())
    assert made.notes[0].startswith("这项中心工作里没有找到")


def test_what_comes_later_changes_nothing_on_an_earlier_day(filled: Desk, tmp_path: Path) -> None:
    before = suggest(filled, now=NOW)
    day = str(NOW + dt.timedelta(days=9))
    late = [
        {"id": f"L{place}", "title": "无人机送药", "text": f"海岛起降点第{place}处，低空航线没有开通。", "date": day}
        for place in range(20)
    ]
    file = matters.write(tmp_path / "later.jsonl", late)
    import_path(filled, file, now=dt.datetime.combine(NOW, dt.time(9), dt.UTC) + dt.timedelta(days=30))
    assert suggest(filled, now=NOW + dt.timedelta(days=30)).prompts != before.prompts
    after = suggest(filled, now=NOW)
    assert (after.prompts, after.notes) == (before.prompts, before.notes)


def test_what_was_withdrawn_is_no_evidence_any_more(filled: Desk) -> None:
    with filled.database.write() as connection:
        for known in documents.known(connection, [f"D{place:02d}" for place in range(4)]).values():
            documents.set_status(connection, known.number, "withdrawn")
    made = suggest(filled, now=NOW, limit=20)
    shown = {text.id for prompt in made.prompts for text in prompt.evidence}
    assert not shown & {f"D{place:02d}" for place in range(4)}


def test_weights_that_were_calibrated_meanwhile_count_at_once(filled: Desk) -> None:
    assert any(prompt.topic and prompt.theme for prompt in suggest(filled, now=NOW).prompts)
    own = filled.own_weights("alignment")
    own.parent.mkdir(parents=True)
    told = json.loads((artefacts.models() / "alignment" / artefacts.WEIGHTS).read_text(encoding="utf-8"))
    own.write_text(json.dumps(told | {"about": 1.1}), encoding="utf-8")
    assert not any(prompt.topic and prompt.theme for prompt in suggest(filled, now=NOW).prompts)


def test_a_wish_that_a_themes_name_says_more_of_brings_only_what_speaks_of_it(filled: Desk, tmp_path: Path) -> None:
    path = tmp_path / "2026.csv"
    path.write_text(THEMES.replace("T1,养老服务", "T1,老年食堂与海上风电"), encoding="utf-8")
    import_themes(filled, path)
    names = [prompt.name for prompt in suggest(filled, now=NOW, wish="海上风电").prompts if prompt.topic]
    assert names
    assert not any("食堂" in name for name in names)
