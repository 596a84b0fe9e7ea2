"""Real replies against labels made by hand: is the matter settled?

Messages and replies are read where they lie beside the checkout. Of what was labelled, only digests and verdicts are
kept here; the weights saw none of them.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from pathlib import Path

import pytest
from sklearn.metrics import roc_auc_score

from tests.measuring import measuring
from xiansuo.recommend.answers.replies import ANSWERED, answer

pytestmark = pytest.mark.benchmark

_LABELS = Path(__file__).with_name("replies_labelled.csv")
_DRAWN = "replies-1"
_WANTED = 0.85


def test_a_settled_matter_is_told_from_one_that_is_not() -> None:
    path = measuring("data/messages/teddy_replies.jsonl")
    with _LABELS.open(encoding="utf-8", newline="") as file:
        labels = {row["digest"]: row["answered"] == "1" for row in csv.DictReader(file)}
    told, chances = [], []
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        digest = hashlib.sha256(f"{_DRAWN}|{row['id']}".encode()).hexdigest()[:24]
        if digest in labels:
            told.append(labels[digest])
            chances.append(answer(f"{row['title']}\n{row['text']}", row["reply"]).probability)
    assert len(told) == len(labels) == 100
    auc = roc_auc_score(told, chances)
    right = sum((chance >= ANSWERED) == label for chance, label in zip(chances, told, strict=True))
    sys.stdout.write(
        f"\n  of 100 labelled replies {sum(told)} settle their matter: AUC {auc:.3f}, rightly told {right}\n"
    )
    assert auc >= _WANTED
