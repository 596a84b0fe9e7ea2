"""Cut a report at a threshold, and sum up what its matches say; nothing is compared anew."""

from __future__ import annotations

from dataclasses import replace

from xiansuo.dedup.paragraphs import cover
from xiansuo.dedup.relation import LOOKED_AT, Status
from xiansuo.desk.advising import advise, reasons, units_of
from xiansuo.desk.decided import first
from xiansuo.desk.report import DuplicateReport, Match


def recut(
    report: DuplicateReport,
    threshold: float | None = None,
    limit: int | None = None,
    *,
    without_quoted: bool = False,
) -> DuplicateReport:
    """Keep the matches that an editor must see with at least this probability, and let all else follow.

    A match that is kept and would have to be looked at counts as suggested, whatever the service's own threshold; what
    is confirmed stays so, and what an editor rejected stays last, to be undone. What was cut off is gone: a lower
    threshold needs the report as it was kept.

    :param threshold: of `Match.to_be_seen`, 0..1; None keeps every match with its mark.
    :param limit: how many matches at most, those aside that an editor rejected.
    :param without_quoted: names of policies in 《》 count neither as copied nor as the draft's own words.
    """
    matches = report.matches
    if threshold is not None:
        matches = tuple(_marked(match) for match in matches if match.rejected or match.to_be_seen >= threshold)
    kept = first(matches, limit, lambda match: match.decision)
    return sum_up(replace(report, matches=tuple(kept), threshold=threshold, without_quoted=without_quoted))


def sum_up(report: DuplicateReport) -> DuplicateReport:
    """Count paragraphs and shares over the matches of a report, and write its advice and reasons."""
    telling = [match for match in report.matches if not match.rejected]
    runs = {match.facts.id: match.evidence.runs for match in telling}
    covered = cover(report.text, report.own, runs, without_quoted=report.without_quoted)
    fresh = [set(match.evidence.new) for match in telling]
    found = replace(
        report,
        copied_share=covered.copied_share,
        paragraphs=covered.paragraphs,
        new=tuple(span for span in report.own if fresh and all(span in each for each in fresh)),
        units=units_of(report.matches),
    )
    return replace(found, advice=advise(found), reasons=reasons(found))


def _marked(match: Match) -> Match:
    judged = match.judgement
    if judged.status == "confirmed":
        return match
    status: Status = "suggested" if judged.relation in LOOKED_AT else "none"
    return replace(match, judgement=replace(judged, status=status))
