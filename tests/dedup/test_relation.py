"""From evidence to a relation by rules: each step up in likeness leads to a closer relation or the same."""

from __future__ import annotations

import itertools

from xiansuo.dedup.evidence import Evidence
from xiansuo.dedup.relation import judge
from xiansuo.records import Kind, Relation


def evidence(*, copied: float = 0, matter: float = 0, problem: float = 0, suggestion: float = 0) -> Evidence:
    return Evidence(copied, 0, 0, matter, problem, suggestion, (), ((0, 5),))


def test_each_relation_has_its_evidence() -> None:
    for found, relation in (
        (evidence(copied=0.9, matter=0.9, problem=0.9, suggestion=0.9), Relation.COPY),
        (evidence(matter=0.8, problem=0.8, suggestion=0.8), Relation.SAME_MATTER),
        (evidence(matter=0.6, problem=0.7, suggestion=0.1), Relation.FOLLOW_UP),
        (evidence(matter=0.3, problem=0.1, suggestion=0.9), Relation.SAME_MEASURES),
        (evidence(matter=0.33, problem=0.3), Relation.RELATED),
        (evidence(matter=0.05), Relation.DISTINCT),
    ):
        assert judge(found, Kind.SUBMISSION).relation is relation


def test_a_reference_raises_no_matter_to_repeat() -> None:
    same = evidence(matter=0.8, problem=0.8, suggestion=0.5)
    assert judge(same, Kind.REFERENCE).relation is Relation.RELATED
    assert judge(evidence(copied=0.9), Kind.REFERENCE).relation is Relation.COPY


def test_every_judgement_gives_its_reasons_and_a_strength() -> None:
    steps = [0, 0.25, 0.5, 0.75, 1]
    for copied, matter, suggestion in itertools.product(steps, repeat=3):
        made = judge(evidence(copied=copied, matter=matter, problem=matter, suggestion=suggestion), Kind.PROPOSAL)
        assert made.reasons
        assert 0 <= made.strength <= 1


def test_more_copied_text_never_leads_to_a_looser_relation() -> None:
    order = list(Relation)
    for matter, suggestion in itertools.product([0, 0.3, 0.5, 0.8], repeat=2):
        places = [
            order.index(judge(evidence(copied=c, matter=matter, suggestion=suggestion), Kind.SUBMISSION).relation)
            for c in (0, 0.4, 0.6, 1)
        ]
        assert places == sorted(places, reverse=True)
