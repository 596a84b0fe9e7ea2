"""A file as one running text, title and all, for what is read as a whole and not as rows."""

from __future__ import annotations

from pathlib import Path

from xiansuo.errors import FileUnreadable, FormatUnsupported
from xiansuo.ingest.docx import read_docx_lines
from xiansuo.ingest.encoding import decode
from xiansuo.ingest.limits import check_size, macros, read_bytes
from xiansuo.ingest.pdf import read_pdf_lines
from xiansuo.ingest.reading import WITH_MACROS

FORMATS = (".txt", ".docx", ".pdf")


def read_whole(path: Path) -> str:
    """Read a .txt, .docx or .pdf into one text, a paragraph a line; all is as written but line ends.

    :raises FileUnreadable: if it is missing, empty, damaged, locked, or a scan without text.
    :raises FormatUnsupported: if it is another kind of file.
    :raises FileRefused: if it is dangerous or far too large.
    """
    check_size(path)
    suffix = path.suffix.lower()
    if suffix in WITH_MACROS:
        raise macros(path.name)
    if suffix not in FORMATS:
        raise FormatUnsupported(f"“{path.name}”不能当作文章来读。", advice="请另存为 .docx、.txt 或 .pdf。")
    if suffix == ".txt":
        text = decode(read_bytes(path), path.name).text.replace("\r\n", "\n").replace("\r", "\n")
    else:
        text = "\n".join(read_docx_lines(path) if suffix == ".docx" else read_pdf_lines(path))
    if not text.strip():
        raise FileUnreadable(f"“{path.name}”里没有内容。", advice="请检查文件是否保存完整。")
    return text
