"""PDF: one text a file, its printed lines joined to paragraphs again."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from pathlib import Path
from typing import Any, TypeAlias

from xiansuo.errors import FileUnreadable, InputError
from xiansuo.ingest.layout import read_lines
from xiansuo.ingest.limits import read_bytes
from xiansuo.ingest.rows import RawFile, RawRow

Reader: TypeAlias = Any
"""pypdf is loaded only when there is a PDF."""

_PAGE_NUMBER = re.compile(r"\s*(?:[-—\u2013·]?\s*\d{1,4}\s*[-—\u2013·]?|第\s*\d+\s*页.{0,10}|\d+\s*/\s*\d+)\s*")
_CLOSED = re.compile(r"[。！？!?；;：:”）)]$")
_ITEM = re.compile(r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．]|[^：:]{2,6}[：:])")
_GAP = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) +(?=[\u3000-\u9fff\uff00-\uffef])")
_FULL_LINE = 0.85
_ENOUGH = 60_000
"""Characters after which reading stops: the row is refused for its length anyway."""
_FEWEST = 5


def read_pdf(path: Path) -> RawFile:
    """Read a .pdf.

    :raises FileUnreadable: if it is damaged, locked, or scanned without a text layer.
    """
    pages = _read(path)
    empty = sum(not page.strip() for page in pages)
    notes = (f"有 {empty} 页没有文字，可能是扫描页，未读入",) if empty else ()
    return RawFile([RawRow(read_lines(_paragraphs(pages)), notes=notes)])


def read_pdf_lines(path: Path) -> list[str]:
    """Read the paragraphs of a .pdf; raises as `read_pdf`."""
    return _paragraphs(_read(path))


def _read(path: Path) -> list[str]:
    data = read_bytes(path)
    # It reports every oddity of a file; the editor hears of those that matter below.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        pages = _pages(data, path.name)
    except InputError:
        raise
    except Exception as error:  # whatever a damaged file makes it stumble over
        raise FileUnreadable(
            f"“{path.name}”已损坏，或不是真正的 PDF。", advice="请重新导出，或改用 Word 文件。"
        ) from error
    if sum(map(len, pages)) < _FEWEST:
        raise FileUnreadable(
            f"“{path.name}”没有文字层，像是扫描件。",
            advice="请先做文字识别（OCR），或改用 Word 文件。",
        )
    return pages


def _pages(data: bytes, name: str) -> list[str]:
    from pypdf import PdfReader

    reader: Reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not _opened(reader):
        raise FileUnreadable(f"“{name}”有密码或加密。", advice="请去掉密码，或改用 Word 文件。")
    pages: list[str] = []
    length = 0
    for page in reader.pages:
        pages.append(page.extract_text() or "")
        length += len(pages[-1])
        if length > _ENOUGH:
            break
    return pages


def _opened(reader: Reader) -> bool:
    """Many files are locked against changes only and open without a password."""
    try:
        return bool(reader.decrypt(""))
    except Exception:  # a cipher that is not installed
        return False


def _paragraphs(pages: list[str]) -> list[str]:
    printed = [_lines(page) for page in pages]
    repeated = _running(printed)
    lines = [line for page in printed for line in page if line not in repeated]
    full = max((len(line) for line in lines), default=0) * _FULL_LINE
    joined: list[str] = []
    open_line = False
    for line in lines:
        if open_line and line and not _ITEM.match(line):
            joined[-1] += line
        else:
            joined.append(line)
        # A line that fills its width and closes nothing goes on in the next.
        open_line = len(line) >= full and not _CLOSED.search(line)
    return joined


def _lines(page: str) -> list[str]:
    lines = [_GAP.sub("", line.strip()) for line in page.split("\n")]
    return [line for line in lines if line and not _PAGE_NUMBER.fullmatch(line)]


def _running(pages: list[list[str]]) -> set[str]:
    """Headers and footers: first or last lines that most of at least three pages share."""
    if len(pages) < 3:
        return set()
    edges = Counter(line for page in pages if page for line in {page[0], page[-1]})
    return {line for line, count in edges.items() if count * 3 > len(pages) * 2}
