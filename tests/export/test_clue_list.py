"""A clue list in office style: it is read again as Word reads it, and its bytes depend on the list alone."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from tests.prompts import BY, NOON, published, put
from xiansuo.desk import claiming, prompt_editing, prompt_lists
from xiansuo.desk.desk import Desk
from xiansuo.errors import FormatUnsupported, HomeError, NotNow
from xiansuo.export.clue_list import clue_list_docx, write_clue_list
from xiansuo.export.clue_words import COLUMNS, chinese_number, listed


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Two prompts for all, a commission, and some that are not to be listed."""
    published(desk, clue="c1")
    claiming.claim(desk, published(desk, clue="c2", several=True), by="甲", now=NOON)
    published(desk, clue="c3", commissioned=["第一站", "乙"])
    put(desk, clue="c4")
    prompt_editing.withdraw(desk, published(desk, clue="c5"), by=BY, now=NOON)
    published(desk, clue="c6", deadline=NOON.date())
    return desk


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def font(run: Any) -> str:
    return str(run._element.rPr.rFonts.get(qn("w:eastAsia")))


def test_it_is_read_again_in_the_order_of_an_office(office: Desk) -> None:
    prompt_editing.edit(office, 1, by=BY, now=NOON, title="老年食堂怎么办", note="请走访两处。")
    made = prompt_lists.clue_list(office, now=NOON)
    document = opened(clue_list_docx(made, office="汐州市政协", contact="信息联络处"))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == "汐州市政协反映社情民意信息选题清单"
    assert texts[1] == "（2026年11月）"
    headings = [text for text in texts if re.match(r"[一二三四]+、", text)]
    assert [re.sub(r"、.*编号 (\d+)）", r"\1", text) for text in headings] == ["一1", "二2", "三3", "四6"]
    assert headings[0] == "一、老年食堂怎么办（编号 1）"
    first = texts[texts.index(headings[0]) + 1 : texts.index(headings[1])]
    assert [text.partition("：")[0] for text in first] == [
        *("可用题目", "角度", "为何现在", "契合的中心工作", "依据", "已有情况"),
        *("还没有的", "要了解", "编辑说明", "截止", "联系"),
    ]
    assert "《关于解决老年食堂亏损的建议》；《老年食堂亏损应引起重视》" in first[0]
    assert first[3] == "契合的中心工作：养老服务。办好社区老年食堂。"
    assert first[4] == "依据：《食堂难》（来稿，第一站，2026-10-02，D1）"
    assert first[5] == "已有情况：《食堂补贴》（提案，委员二，日期不详，D2）"
    assert first[-2:] == ["截止：2026年11月20日", "联系：信息联络处"]
    assert any(text == "约稿对象：第一站、乙" for text in texts)
    assert any(text.endswith("，可几人同写") for text in texts)
    (table,) = document.tables
    rows = [tuple(cell.text for cell in row.cells) for row in table.rows]
    assert rows[0] == COLUMNS
    assert [(row[0], row[1], row[5]) for row in rows[1:]] == [
        ("1", "1", "全部"),
        ("2", "2", "甲（已认领）"),
        ("3", "3", "第一站、乙"),
        ("4", "6", "全部"),
    ]


def test_fonts_are_an_offices_and_each_has_one_to_take_its_place(office: Desk) -> None:
    data = clue_list_docx(prompt_lists.clue_list(office, now=NOON))
    document = opened(data)
    title, body = document.paragraphs[0], document.paragraphs[3]
    assert [font(run) for run in title.runs] == ["方正小标宋简体"]
    assert [font(run) for run in body.runs] == ["仿宋_GB2312"]
    assert body.runs[0].font.size.pt == 16
    section = document.sections[0]
    assert (section.page_width.cm, section.top_margin.cm) == (pytest.approx(21, 0.01), pytest.approx(3.7, 0.01))
    used = {font(run) for paragraph in document.paragraphs for run in paragraph.runs}
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        fonts = parts.read("word/fontTable.xml").decode()
    instead = dict(re.findall(r'w:name="([^"]+)"><w:altName w:val="([^"]+)"', fonts))
    assert used <= set(instead)
    assert (instead["方正小标宋简体"], instead["仿宋_GB2312"]) == ("华文中宋", "仿宋")


def test_the_same_list_gives_the_same_bytes(office: Desk) -> None:
    made = prompt_lists.clue_list(office, now=NOON)
    assert clue_list_docx(made) == clue_list_docx(prompt_lists.clue_list(office, now=NOON))
    assert clue_list_docx(made) != clue_list_docx(made, contact="信息联络处")


def test_a_list_is_of_what_is_open_or_of_a_month_or_of_what_is_named(office: Desk) -> None:
    def numbers(**asked: Any) -> list[int]:
        return [line.number for line in prompt_lists.clue_list(office, **{"now": NOON, **asked}).lines]

    late = NOON + dt.timedelta(days=1)
    assert numbers() == [1, 2, 3, 6]
    assert numbers(now=late) == [1, 2, 3], "what is overdue cannot be written any more"
    assert numbers(now=late, month=NOON.date()) == [1, 2, 3, 6]
    assert numbers(numbers=[4, 1, 4]) == [1, 4]
    for nothing in ({"month": dt.date(2026, 10, 5)}, {"now": NOON + dt.timedelta(days=60)}):
        with pytest.raises(NotNow, match="没有可以列入清单的选题"):
            numbers(**nothing)


def test_what_a_card_does_not_say_is_left_out(desk: Desk) -> None:
    number = put(desk, card={}, angle="", theme="")
    told = listed(prompt_lists.clue_list(desk, now=NOON, numbers=[number]))
    assert [part.label for part in told.entries[0].parts] == ["已有情况", "截止"]
    assert told.entries[0].parts[0].text == "档案里没有找到直接相关的材料。"
    assert told.rows == (("1", str(number), "关于解决老年食堂亏损的建议", "—", "未定", "全部"),)


def test_what_word_cannot_hold_is_left_out(office: Desk) -> None:
    made = prompt_lists.clue_list(office, now=NOON)
    texts = [each.text for each in opened(clue_list_docx(made, office="市\x07政\n协", contact="处\ud83d")).paragraphs]
    assert texts[0] == "市政 协反映社情民意信息选题清单"
    assert "联系：处\ufffd" in texts


def test_numbers_are_written_as_offices_do() -> None:
    assert [chinese_number(n) for n in (1, 9, 10, 11, 20, 99, 100)] == [
        *("一", "九", "十", "十一", "二十", "九十九", "100")
    ]


def test_it_is_written_into_a_file_of_that_name(office: Desk, tmp_path: Path) -> None:
    made = prompt_lists.clue_list(office, now=NOON)
    write_clue_list(made, tmp_path / "新" / "清单.docx")
    assert (tmp_path / "新" / "清单.docx").read_bytes() == clue_list_docx(made)
    with pytest.raises(FormatUnsupported, match="清单"):
        write_clue_list(made, tmp_path / "清单.pdf")
    (tmp_path / "占用.docx").mkdir()
    with pytest.raises(HomeError, match=r"占用\.docx"):
        write_clue_list(made, tmp_path / "占用.docx")
