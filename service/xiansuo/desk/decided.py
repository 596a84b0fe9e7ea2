"""What editors decided on a draft's matches: looked up by what the texts say, and what follows for their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from xiansuo.dedup.relation import LOOKED_AT, Judgement
from xiansuo.desk.report import Match
from xiansuo.ingest.redact import redact
from xiansuo.records import Decision, Relation, Verdict
from xiansuo.store import decisions
from xiansuo.store.database import Connection
from xiansuo.text.fingerprint import fingerprint_of

_T = TypeVar("_T")
# Closer first; what an editor must act on comes before what is only good to know.
_ORDER = {relation: place for place, relation in enumerate(Relation)}


def draft_fingerprint(title: str, body: str) -> str:
    """Name a draft by what it says once personal numbers are masked, as they are after an import."""
    return fingerprint_of(redact(title)[0], redact(body)[0])


def decided(connection: Connection, draft: str, earlier: Iterable[tuple[str, str, str]]) -> dict[str, Decision]:
    """Find the decision that counts for each pair of a draft and an earlier document.

    A pair that was decided the other way round, when the earlier text was the draft, is the same pair, unless the
    editor said that the one follows up the other: that holds in one direction only.

    :param draft: the draft's fingerprint.
    :param earlier: id, title and text of each document.
    :return: decisions by the id of the document; no entry where nobody decided.
    """
    known = decisions.about(connection, draft)
    if not known:
        return {}
    turned = any(each.draft != draft for each in known)
    found = {}
    for id, title, text in earlier:
        # Few drafts are anybody's earlier text: only then are the matches' own names worth their while.
        other = draft_fingerprint(title, text) if turned else ""
        for each in known:
            forth = each.draft == draft and each.earlier == id
            back = each.draft == other and each.earlier_fingerprint == draft
            if forth or (back and each.relation is not Relation.FOLLOW_UP):
                found[id] = each
    return found


def order(id: str, judgement: Judgement, decision: Decision | None) -> tuple[bool, float, int, str]:
    """Return what a match is sorted by: rejected ones last, then what an editor must see, closest first."""
    if decision is None:
        return False, -judgement.to_be_seen, _ORDER[judgement.relation], id
    # What an editor said is surer than any chance.
    seen = 2.0 if decision.relation in LOOKED_AT else 0.0
    return decision.verdict is Verdict.REJECTED, -seen, _ORDER[decision.relation], id


def first(found: Sequence[_T], limit: int | None, decision_of: Callable[[_T], Decision | None]) -> list[_T]:
    """Keep so many matches, in the order of `order`, and behind them all that an editor rejected."""
    rejected = [decision is not None and decision.verdict is Verdict.REJECTED for decision in map(decision_of, found)]
    return [each for place, each in enumerate(found) if limit is None or place < limit or rejected[place]]


def with_decisions(connection: Connection, draft: str, matches: Sequence[Match]) -> tuple[Match, ...]:
    """Put the decisions that count now on the matches of a draft, whatever they held before, and order them anew.

    :param draft: the draft's fingerprint.
    """
    found = decided(connection, draft, ((each.facts.id, each.facts.title, each.text) for each in matches))
    marked = [replace(match, decision=found.get(match.facts.id)) for match in matches]
    return tuple(sorted(marked, key=lambda match: order(match.facts.id, match.judgement, match.decision)))
