"""Documents as gaps count them: about a theme, in its time, and what became of them."""

from __future__ import annotations

from xiansuo.desk.aligned_archive import AlignedArchive
from xiansuo.recommend.gaps import TAKEN_UP, Reported, in_time
from xiansuo.records import Kind
from xiansuo.store.heads import Head


def reported(head: Head, archive: AlignedArchive) -> Reported | None:
    """Tell of a document what counts; None where it is a reference, about no theme, or older than its theme."""
    about = archive.by_document.get(head.id)
    if about is None or head.kind is Kind.REFERENCE or not in_time(head.date, about.theme):
        return None
    adopted = bool(head.adopted)
    return Reported(head.id, about.theme.id, head.date, adopted, head.replied, adopted or head.grade in TAKEN_UP)
