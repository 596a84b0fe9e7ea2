"""Files made to harm whoever reads them, and files that are not what they say."""

from __future__ import annotations

from collections.abc import Iterator

from tests.ingest.hostile import archives, markup, pages, sheets, texts
from tests.ingest.hostile.case import Case


def cases() -> Iterator[Case]:
    """Make them all, each under a name of its own."""
    for part in (archives, markup, sheets, pages, texts):
        yield from part.cases()
