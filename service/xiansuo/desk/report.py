"""What a check tells an editor: the matches, what of the draft stands elsewhere, and an advice with its reasons."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xiansuo.dedup.evidence import Evidence
from xiansuo.dedup.paragraphs import Paragraph, Span
from xiansuo.dedup.relation import LOOKED_AT, REPEATS, Judgement, Status
from xiansuo.desk.facts import Facts
from xiansuo.records import Decision, Relation, Sections, Verdict


@dataclass(frozen=True, slots=True)
class Match:
    """One earlier text with its relation and everything that speaks for it.

    `outcomes` are its adoptions, instructions and replies, one Chinese line each. `same_author` and `same_unit` are
    true where the draft's is known and the same.
    """

    facts: Facts
    judgement: Judgement
    evidence: Evidence
    sides: tuple[str, ...]
    text: str
    decision: Decision | None = None
    outcomes: tuple[str, ...] = ()
    same_author: bool = False
    same_unit: bool = False

    @property
    def to_be_seen(self) -> float:
        """How much an editor must see it, 0..1: the service's probability, or what an editor's decision makes of it."""
        if self.decision is None:
            return self.judgement.to_be_seen
        return 1.0 if self.decision.relation in LOOKED_AT and not self.rejected else 0.0

    @property
    def relation(self) -> Relation:
        """The relation that counts: the editor's word, else the service's."""
        return self.decision.relation if self.decision else self.judgement.relation

    @property
    def status(self) -> Status:
        """How sure that is: what an editor decided is sure and asks for no other look."""
        if self.decision is None:
            return self.judgement.status
        return "confirmed" if not self.rejected and self.relation in REPEATS else "none"

    @property
    def rejected(self) -> bool:
        """Whether an editor said that this is no repetition: it is shown last and speaks for nothing."""
        return self.decision is not None and self.decision.verdict is Verdict.REJECTED


@dataclass(frozen=True, slots=True)
class DuplicateReport:
    """What a check found, best match first. `advice` is advice: the service never rejects by itself.

    All spans are offsets into `text`, the draft with personal numbers masked; `own` are its sentences that are no
    boilerplate. `copied_share` 0..1 is the part of the letters of `own` that stands in the matches, rejected ones
    aside, and `new` the sentences of `own` that none of them has anything like (none where nothing was found). `units`
    are those that reported the same event, where there are several. `threshold` is what `to_be_seen` was asked for,
    None for all matches with the service's own marks. `reasons` and `notes` are Chinese sentences.
    """

    run: str
    day: dt.date
    title: str
    text: str
    sections: Sections
    own: tuple[Span, ...]
    matches: tuple[Match, ...]
    compared: int
    models: dict[str, str]
    notes: tuple[str, ...] = ()
    threshold: float | None = None
    without_quoted: bool = False
    advice: str = ""
    reasons: tuple[str, ...] = ()
    copied_share: float = 0.0
    paragraphs: tuple[Paragraph, ...] = ()
    new: tuple[Span, ...] = ()
    units: tuple[str, ...] = ()
