"""Write a report in the format that is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from xiansuo.desk.report import DuplicateReport
from xiansuo.errors import FormatUnsupported
from xiansuo.export.saving import save

_FORMATS = ("docx", "html")


def written(report: DuplicateReport, format: str) -> bytes:
    """Return a report as a file of some format.

    :param format: `docx` or `html`.
    :raises FormatUnsupported: it is neither.
    """
    return _writer(format)(report)


def check_name(path: Path) -> None:
    """Refuse a file name whose format cannot be written, before any work is done.

    :raises FormatUnsupported: it ends in neither `.docx` nor `.html`.
    """
    _writer(path.suffix.removeprefix("."))


def write_report(report: DuplicateReport, path: Path) -> None:
    """Write a report to a file whose name says the format.

    :raises FormatUnsupported: it ends in neither `.docx` nor `.html`.
    :raises HomeError: the file cannot be written.
    """
    data = written(report, path.suffix.removeprefix("."))
    save(data, path, "报告")


def _writer(format: str) -> Callable[[DuplicateReport], bytes]:
    # Each is loaded only when it is wanted: Word's takes longer than a check.
    match format.lower():
        case "docx":
            from xiansuo.export.docx import to_docx

            return to_docx
        case "html":
            from xiansuo.export.html import to_html

            return to_html
    raise FormatUnsupported(f"报告不能存成“{format}”。", advice=f"可用：{'、'.join(_FORMATS)}，例如 报告.docx。")
