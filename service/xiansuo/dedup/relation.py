"""From evidence to a relation, by rules a person can follow."""

from __future__ import annotations

from dataclasses import dataclass

from xiansuo.dedup.evidence import Evidence
from xiansuo.records import Kind, Relation

# Chosen on the planted pairs of the demo corpus, against 150 random pairs: half of a text copied is a copy in any rule
# book; random pairs stay below .25 in their matter nine times in ten.
_COPIED = 0.5
_MATTER = 0.38
_RELATED = 0.28
_SAME_MEASURES = 0.7
_SAME_SUGGESTIONS = 0.4


@dataclass(frozen=True, slots=True)
class Judgement:
    """A relation, how far the evidence carries it (0..1, not a probability), and why, in Chinese."""

    relation: Relation
    strength: float
    reasons: tuple[str, ...]


def judge(evidence: Evidence, kind: Kind) -> Judgement:
    """Judge one pair; where several relations fit, the closest one.

    :param kind: what the earlier text is. A policy or a press item raises no matter that a draft could repeat or
        follow up; a draft can only copy it or belong to its theme.
    """
    matter, suggestion = evidence.matter_similarity, evidence.suggestion_similarity
    reasons = []
    if evidence.copied_share >= _COPIED:
        relation, strength = Relation.COPY, evidence.copied_share
        reasons.append(f"全文 {evidence.copied_share:.0%} 的文字与之相同，最长连续 {evidence.longest_run} 字")
    elif suggestion >= _SAME_MEASURES and evidence.problem_similarity < _SAME_MEASURES:
        relation, strength = Relation.SAME_MEASURES, suggestion
        reasons.append(f"建议几乎相同（{suggestion:.2f}），问题不同（{evidence.problem_similarity:.2f}）")
    elif kind is Kind.REFERENCE:
        relation, strength = (Relation.RELATED if matter >= _MATTER else Relation.DISTINCT), matter
        reasons.append(f"与这份参照材料说的是相近的事（{matter:.2f}）")
    elif matter >= _MATTER and suggestion >= _SAME_SUGGESTIONS:
        relation, strength = Relation.SAME_MATTER, (matter + suggestion) / 2
        reasons.append(f"反映的事情相近（{matter:.2f}），建议也相近（{suggestion:.2f}）")
    elif matter >= _MATTER:
        relation, strength = Relation.FOLLOW_UP, matter
        reasons.append(f"反映的事情相近（{matter:.2f}），建议不同或没有分开写")
    elif matter >= _RELATED:
        relation, strength = Relation.RELATED, matter
        reasons.append(f"属于同一主题（{matter:.2f}）")
    else:
        relation, strength = Relation.DISTINCT, matter
        reasons.append("没有实质相同之处")
    if evidence.new and relation in (Relation.FOLLOW_UP, Relation.SAME_MATTER):
        reasons.append(f"有 {len(evidence.new)} 句是原文没有的")
    return Judgement(relation, round(strength, 4), tuple(reasons))
