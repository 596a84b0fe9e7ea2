"""From evidence to a relation, by rules a person can follow."""

from __future__ import annotations

from dataclasses import dataclass

from xiansuo.dedup.evidence import Evidence
from xiansuo.records import Relation

# Chosen by reading, not fitted: a third of a text copied is a copy in every rule book that names a share; below
# the cosine values unrelated sentences of this genre still reach with the default encoder.
_COPIED = 0.35
_PROBLEM = 0.62
_SUGGESTION = 0.62
_RELATED = 0.5


@dataclass(frozen=True, slots=True)
class Judgement:
    """A relation, how far the evidence carries it (0..1, not a probability), and why, in Chinese."""

    relation: Relation
    strength: float
    reasons: tuple[str, ...]


def judge(evidence: Evidence) -> Judgement:
    """Judge one pair; where several relations fit, the closest one."""
    problem = max(evidence.problem_similarity, (evidence.problem_similarity + evidence.title_similarity) / 2)
    suggestion = evidence.suggestion_similarity
    reasons = []
    if evidence.copied_share >= _COPIED:
        relation, strength = Relation.COPY, max(evidence.copied_share, 0.5)
        reasons.append(f"全文 {evidence.copied_share:.0%} 的文字与之相同，最长连续 {evidence.longest_run} 字")
    elif problem >= _PROBLEM and suggestion >= _SUGGESTION:
        relation, strength = Relation.SAME_MATTER, (problem + suggestion) / 2
        reasons.append(f"问题相近（{problem:.2f}），建议也相近（{suggestion:.2f}）")
    elif problem >= _PROBLEM:
        relation, strength = Relation.FOLLOW_UP, problem
        reasons.append(f"问题相近（{problem:.2f}），建议不同（{suggestion:.2f}）")
    elif suggestion >= _SUGGESTION:
        relation, strength = Relation.SAME_MEASURES, suggestion
        reasons.append(f"问题不同（{problem:.2f}），建议相近（{suggestion:.2f}）")
    elif max(problem, evidence.title_similarity) >= _RELATED:
        relation, strength = Relation.RELATED, max(problem, evidence.title_similarity)
        reasons.append(f"题目或问题属于同一主题（{strength:.2f}）")
    else:
        relation, strength = Relation.DISTINCT, max(problem, suggestion)
        reasons.append("没有实质相同之处")
    if evidence.new and relation in (Relation.FOLLOW_UP, Relation.SAME_MATTER):
        reasons.append(f"有 {len(evidence.new)} 句是原文没有的")
    return Judgement(relation, round(strength, 4), tuple(reasons))
