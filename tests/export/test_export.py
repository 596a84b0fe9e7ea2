"""A report as a file says what the report says, is safe to open, and is the same to the byte every time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import pytest

from tests import corpus, matters
from tests.conftest import NOON
from xiansuo.desk.checking import check
from xiansuo.desk.cutting import recut
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.desk.report import DuplicateReport
from xiansuo.errors import FormatUnsupported, HomeError
from xiansuo.export.content import ADVISORY, content, pieces
from xiansuo.export.writing import check_name, write_report, written
from xiansuo.settings import Settings

HOSTILE = '<script>alert("1")</script>&amp;{{ 7*7 }}'


class Seen(HTMLParser):
    """What a browser makes of a page: its tags, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Submissions, one of them full of markup."""
    folder = tmp_path_factory.mktemp("export")
    hostile = {**matters.TREES, "title": f"树根{HOSTILE}", "unit": f"城关{HOSTILE}"}
    with Desk(Settings(home=folder / "home")) as desk:
        import_path(desk, matters.write(folder / "来稿.jsonl", [*matters.ALL[:5], hostile]), now=NOON)
        yield desk


@pytest.fixture
def report(archive: Desk) -> DuplicateReport:
    """A draft that copies a hostile text and adds something."""
    draft = f"{matters.TREES['text']}\n{HOSTILE}另外，巷口的公厕没有扶手，老人起身困难，盼着装上。"
    return check(archive, f"树根{HOSTILE}", draft, now=NOON)


def words(document: Any) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def page(report: DuplicateReport) -> Seen:
    return Seen(written(report, "html").decode())


def opened(report: DuplicateReport) -> Any:
    return docx.Document(io.BytesIO(written(report, "docx")))


@pytest.mark.parametrize("format", ["docx", "html"])
def test_the_same_report_gives_the_same_bytes(report: DuplicateReport, format: str) -> None:
    assert written(report, format) == written(recut(report), format)
    assert written(report, format) != written(recut(report, 1.0), format)


@pytest.mark.parametrize("format", ["docx", "html"])
def test_all_that_matters_is_said(report: DuplicateReport, format: str) -> None:
    text = page(report).text if format == "html" else words(opened(report))
    for part in (report.title, report.run, str(report.day), report.models["encoder"], report.advice, ADVISORY):
        assert part in text
    for part in (*report.reasons, *report.notes):
        assert part in text
    for match in report.matches:
        assert match.facts.title in text
        assert match.relation.label in text
        assert match.facts.status in text
    for each in report.paragraphs:
        assert report.text[slice(*each.span)].strip() in text
    assert "红 100%" in text
    for span in report.new:
        assert report.text[slice(*span)] in text


def test_texts_of_others_are_never_markup(report: DuplicateReport) -> None:
    seen = page(report)
    assert HOSTILE in seen.text
    assert not {"script", "img", "link", "iframe", "a"} & {tag for tag, _ in seen.tags}
    assert not [attrs for _, attrs in seen.tags if any(name.startswith("on") or name == "src" for name in attrs)]


def test_a_page_needs_nothing_else(report: DuplicateReport) -> None:
    whole = written(report, "html").decode()
    assert not re.search(r"https?://|url\(|@import|src=", whole)
    assert "<meta charset" in whole


def test_a_document_carries_chinese_fonts_and_no_moment_of_its_making(report: DuplicateReport) -> None:
    data = written(report, "docx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        body = archive.read("word/document.xml").decode()
    assert 'w:eastAsia="宋体"' in body
    assert 'w:eastAsia="黑体"' in body
    about = opened(report).core_properties
    assert about.created == about.modified
    assert about.created.date() == report.day


def test_copied_words_are_marked_and_nothing_else(report: DuplicateReport) -> None:
    told = content(report)
    marked = "".join(piece.text for each in told.paragraphs for piece in each.pieces if piece.marked)
    plain = "".join(piece.text for each in told.paragraphs for piece in each.pieces if not piece.marked)
    assert "老樟树" in marked
    assert "老樟树" not in plain
    assert "公厕" in plain


def test_pieces_are_the_text_cut_where_marks_change() -> None:
    found = pieces("甲乙丙丁戊 \n", (1, 7), [(0, 2), (3, 4), (6, 9)])
    assert [(piece.text, piece.marked) for piece in found] == [("乙", True), ("丙", False), ("丁", True), ("戊", False)]
    assert pieces("甲乙", (1, 1), [(0, 2)]) == ()


@pytest.mark.parametrize("id", ["S2025-052", "S2026-101"])
def test_demo_drafts_can_be_written(demo: Desk, id: str) -> None:
    row = next(each for each in corpus.rows("documents.jsonl") if each["id"] == id)
    report = check(demo, row["title"], row["text"], now=NOON)
    assert report.advice in words(opened(report))
    assert report.advice in page(report).text


def test_a_report_without_matches_can_be_written(archive: Desk) -> None:
    report = recut(check(archive, "修鞋铺", "巷口新开的修鞋铺夜里敲钉子。", now=NOON), 1.0)
    assert report.matches == ()
    assert report.advice in words(opened(report))
    assert report.advice in page(report).text


def test_a_file_is_written_in_the_format_of_its_name(report: DuplicateReport, tmp_path: Path) -> None:
    for name in ("新/报告.docx", "报告.HTML"):
        write_report(report, tmp_path / name)
        assert (tmp_path / name).read_bytes() == written(report, name.rpartition(".")[2])
    for name in ("报告.pdf", "报告"):
        with pytest.raises(FormatUnsupported, match="docx"):
            check_name(tmp_path / name)
    (tmp_path / "占用.docx").mkdir()
    with pytest.raises(HomeError, match=r"占用\.docx"):
        write_report(report, tmp_path / "占用.docx")
