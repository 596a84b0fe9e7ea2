"""The shipped weights are those of the corpus's own questions, and the fit does what it says."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from xiansuo import artefacts
from xiansuo.artefacts import WEIGHTS
from xiansuo.lookup.evidence import EVIDENCE
from xiansuo.lookup.fit import Asked, fit, write
from xiansuo.lookup.model import LookupModel, probability, shipped


def _asked(seed: int, *, answered: bool, texts: int = 60) -> Asked:
    """A made-up question: the first text, where it fits, stands out in every evidence."""
    rng = np.random.default_rng(seed)
    values = rng.normal(0.2, 0.1, (texts, len(EVIDENCE)))
    fits = np.zeros(texts, dtype=bool)
    if answered:
        values[0] += rng.uniform(0.2, 0.6)
        fits[0] = True
    return Asked(values, fits, 10 + seed % 7, int(answered))


QUESTIONS = [_asked(seed, answered=seed % 3 > 0) for seed in range(60)]


def test_what_stands_out_is_found_and_what_does_not_is_not() -> None:
    made = fit(QUESTIONS, {})
    assert made["measured"]["recall@5"] > 0.95
    assert made["measured"]["answered_accuracy"] > 0.9


def test_the_order_of_the_questions_changes_no_byte(tmp_path: Path) -> None:
    for name, questions in (("a", QUESTIONS), ("b", QUESTIONS[::-1])):
        write(fit(questions, {"data": "made up"}), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    model = LookupModel.read(tmp_path / "a")
    assert model.answered(np.empty((0, len(EVIDENCE))), 5) == 0.0


def test_questions_of_one_sort_only_are_refused() -> None:
    with pytest.raises(ValueError, match="without"):
        fit([each for each in QUESTIONS if each.wanted], {})


def test_more_evidence_never_lowers_a_text() -> None:
    """All shipped weights of what speaks for a text speak for it."""
    told = json.loads((artefacts.models() / "lookup" / WEIGHTS).read_text(encoding="utf-8"))
    assert min(told["order"]["coefficients"]) > 0


def test_one_text_alone_can_be_an_answer() -> None:
    best = np.array([[0.6, 0.8, 9.0, 5.0, 0.9]])
    assert shipped().answered(np.vstack([best, np.full((30, len(EVIDENCE)), 0.2)]), 8) > 0.9
    assert probability(shipped().scores(best))[0] > 0.9
