"""An editor's day in a real browser: import, check, decide, hot topics, clues, what goes out as a file."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import openpyxl
import pytest
from selenium.webdriver.common.keys import Keys

from tests.conftest import shipped
from xiansuo.records.accounts import Role

from .office import LOGINS, PASSWORD, Office
from .person import Person

EARLIER = "S2026-034"
NEW = "另外，食堂二楼的消防通道被冰柜堵了半年，没有人来查。"
DRAWN = """
const canvas = arguments[0], pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
const seen = new Set();
for (let at = 0; at < pixels.length; at += 4 * 97) seen.add(pixels[at] << 16 | pixels[at + 1] << 8 | pixels[at + 2]);
return seen.size;
"""


@pytest.fixture
def editor(person: Person) -> Person:
    person.sign_in(LOGINS[Role.EDITOR], PASSWORD)
    return person


def earlier(id: str) -> dict[str, str]:
    lines = shipped("documents.jsonl").read_text(encoding="utf-8").splitlines()
    return next(each for each in map(json.loads, lines) if each["id"] == id)


def draft(path: Path) -> Path:
    """A Word file that repeats a document of the archive, with a sentence of its own."""
    told = earlier(EARLIER)
    written = docx.Document()
    for line in (told["title"], *told["text"].split("\n"), NEW):
        written.add_paragraph(line)
    written.save(str(path))
    return path


def test_files_are_imported_live(editor: Person, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ("标题", "正文", "报送单位", "日期"),
        (
            "关于给渡口加装护栏的建议",
            "石塘渡口栈桥没有护栏，去年落水两人。建议汛期前装好。",
            "",
            "2026-10-20",
        ),
        ("没有正文的一行", "", "", "2026-10-21"),
    ):
        book.active.append(row)
    book.save(tmp_path / "台账.xlsx")
    letter = docx.Document()
    for line in (
        "关于旧书集市占道的反映",
        "周末旧书集市占满人行道，婴儿车只能走机动车道。建议挪到体育场外侧广场。",
    ):
        letter.add_paragraph(line)
    letter.save(str(tmp_path / "来信.docx"))

    editor.go("/archive/import")
    editor.one("#field-files").send_keys(f"{tmp_path / '台账.xlsx'}\n{tmp_path / '来信.docx'}")
    assert "台账.xlsx" in editor.sees("来信.docx", "[data-chosen]")
    editor.press("开始导入")
    editor.at("/archive/import/")
    editor.script("window.stayed = true")
    editor.sees("导入完成，有 1 行没有收进来", "#job")
    assert editor.script("return window.stayed"), "progress is put into the page that is there"
    assert "台账.xlsx" in editor.one("#job table").text
    editor.press("看档案")
    editor.at("/archive")
    for title in ("渡口加装护栏", "旧书集市"):
        editor.fill("q", title + Keys.ENTER)
        editor.sees(title, "main .table, main .lines")


def test_a_word_file_is_checked_and_decided_by_keys(editor: Person, tmp_path: Path) -> None:
    editor.go("/check")
    editor.one("#field-files").send_keys(str(draft(tmp_path / "来稿.docx")))
    editor.press("上传并查重")
    editor.at("/checks/")
    assert earlier(EARLIER)["title"] in editor.one("#match-1").text
    assert "文字重复" in editor.one("#match-1 h3").text
    assert "消防通道" in editor.one("#new").text

    editor.keys("a")
    assert editor.script("return document.activeElement.id") == "match-1", "the first key chooses, and decides nothing"
    editor.keys("a")
    editor.sees("编辑已判", "#match-1")
    assert "认可：文字重复" in editor.one("#match-1").text
    editor.until(lambda: "match-1" in editor.script("return document.activeElement.id"), "the focus, kept")
    editor.keys("u")
    editor.one("#match-1 [data-key=a]")
    assert "编辑已判" not in editor.one("#match-1").text
    editor.keys("?")
    assert "认可系统的判断" in editor.one("#help").text
    editor.keys(Keys.ESCAPE)

    matches = len(editor.all("#report .match"))
    assert matches > 1
    slider = editor.one("#threshold")
    slider.send_keys(*[Keys.ARROW_RIGHT] * 10)
    editor.until(lambda: 0 < len(editor.all("#report .match")) < matches, "fewer matches")
    assert editor.one("#threshold-number").get_attribute("value") == "0.5"
    assert "threshold=0.5" in editor.path
    editor.press("下载 Word", "#report")
    told = "\n".join(each.text for each in docx.Document(editor.downloaded(".docx")).paragraphs)
    assert earlier(EARLIER)["title"] in told


def test_a_hot_topic_is_renamed_and_called_as_before(editor: Person) -> None:
    editor.go("/topics")
    editor.settle()
    assert editor.all("svg.trend")
    name = editor.one("main tbody th a").text
    editor.click("main tbody th a")
    editor.at("/topics/")
    editor.settle()
    assert editor.one("h1").text == name
    editor.fill("name", "渡口安全和护栏", "#rename")
    editor.press("改名", "#rename form")
    editor.sees("已改名为“渡口安全和护栏”", "#notices")
    assert editor.one("h1").text == "渡口安全和护栏"
    editor.press("撤销", "#edits")
    editor.sees("已撤销", "#notices")
    assert editor.one("h1").text == name
    editor.go("/topics/map")
    editor.settle()
    assert editor.script(DRAWN, editor.one(".chart canvas")) > 10


def test_a_clue_is_proposed_approved_published_and_given_out(editor: Person) -> None:
    editor.go("/clues")
    editor.fill("wish", "海上风电")
    editor.fill("limit", "2")
    editor.press("提出", "form[action='/clues']")
    editor.at("/jobs/")
    editor.sees("完成。", "#job")
    editor.press("看线索", "#job")
    editor.at("/clues")
    card = "article.prompt"
    link = editor.one(f"{card} h3 a")
    title, address = link.text, link.get_attribute("href").removeprefix(editor.address)
    editor.press("审定", card)
    editor.at(address)
    editor.sees("已审定", "#notices")
    editor.script("arguments[0].value = '2026-12-01'", editor.one("[name=deadline]"))
    editor.press("发布", "form[action$='/publish']")
    editor.sees("已发布", "#notices")
    editor.go("/clues?state=published")
    editor.sees(title, "main")
    editor.press("进行中的清单")
    told = docx.Document(editor.downloaded(".docx"))
    assert title in "\n".join(each.text for each in told.paragraphs)
    editor.go(address)
    editor.press("撤销上一步")
    editor.sees("已审", ".page-head")


def test_gaps_are_drawn_and_lead_to_documents(editor: Person) -> None:
    editor.go("/gaps")
    editor.settle()
    assert editor.script(DRAWN, editor.one(".chart canvas")) > 5
    editor.click("#table tbody th a")
    editor.at("/gaps/")
    editor.sees("按权重", ".stats")


def test_the_bulletin_goes_out_as_a_table(editor: Person, office: Office) -> None:  # noqa: ARG001
    editor.go("/bulletin")
    units = [each.text for each in editor.all("main tbody th")]
    assert len(units) > 5
    editor.press("导出 Excel")
    sheet = openpyxl.load_workbook(editor.downloaded(".xlsx")).worksheets[0]
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert set(units) - {"合计"} <= cells
