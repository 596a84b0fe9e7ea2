"""A report as one web page that needs nothing else: no scripts, no network, ready to print."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from xiansuo.desk.report import DuplicateReport
from xiansuo.export.content import ADVISORY, LEGEND, content


def to_html(report: DuplicateReport) -> bytes:
    """Write a report as UTF-8 HTML; the same report gives the same bytes."""
    page = environment().get_template("report.html")
    return page.render(report=content(report), advisory=ADVISORY, legend=LEGEND).encode("utf-8", "replace")


@cache
def environment() -> Environment:
    """Open the templates of this folder."""
    # Autoescape for all: every text in it was written by somebody else.
    return Environment(
        loader=PackageLoader("xiansuo.export"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
