"""A text that says what was asked, in these or other words, weighs more than one that does not."""

from __future__ import annotations

import numpy as np
import pytest

from tests.conftest import GramEncoder
from xiansuo.lookup.evidence import EVIDENCE, Candidate, Meanings, Question, sentence_to_show, weigh
from xiansuo.lookup.usual import measure

TEXTS = [
    ("海岛夜里出急症送人靠喊渔船", ["海岛夜里出急症送人靠喊渔船", "县里没有一条急救船", "建议配一条救护艇"]),
    ("老旧小区改造后没有物业", ["老旧小区改造后没有物业", "门禁坏了没人修", "建议几个小区打包引入物业"]),
    ("公交班次压减老人看病不便", ["公交班次压减老人看病不便", "早上一等半小时", "建议恢复早高峰班次"]),
]


def _weighed(encoder: GramEncoder, question: str, texts: list[tuple[str, list[str]]]) -> dict[str, np.ndarray]:
    matrices = [encoder.encode(passages).astype(np.float16) for _, passages in texts]
    centre = np.concatenate(matrices).astype(np.float32).mean(axis=0)
    usual = measure(["".join(passages) for _, passages in texts], matrices, centre)
    candidates = [
        Candidate(
            title, "".join(passages[1:]), matrix, lambda i, passages=passages: [passages[i][:2], passages[i][2:4]]
        )
        for (title, passages), matrix in zip(texts, matrices, strict=True)
    ]
    asked = Question(question, encoder.encode([question])[0], [question[:2], question[2:4]], np.array([1.0, 0.5]))
    found = weigh(asked, candidates, usual, Meanings(encoder.encode))
    assert found.shape == (len(texts), len(EVIDENCE))
    return dict(zip(EVIDENCE, found.T, strict=True))


@pytest.mark.parametrize("which", range(3))
def test_the_text_that_is_asked_for_leads_in_every_way(grams: GramEncoder, which: int) -> None:
    for name, values in _weighed(grams, TEXTS[which][0], TEXTS).items():
        assert int(values.argmax()) == which, name


def test_the_order_of_the_texts_changes_nothing(grams: GramEncoder) -> None:
    straight = _weighed(grams, "海岛急救船", TEXTS)
    back = _weighed(grams, "海岛急救船", TEXTS[::-1])
    for name in EVIDENCE:
        assert straight[name].tolist() == pytest.approx(back[name][::-1].tolist(), abs=1e-4)


def test_an_empty_archive_can_be_measured() -> None:
    usual = measure([], [], np.zeros(4, dtype=np.float32))
    assert usual.documents == 0
    assert usual.rarity(np.array([1, 2])).tolist() == pytest.approx([np.log(2)] * 2)


def test_unrelated_texts_are_as_alike_as_usual() -> None:
    rng = np.random.default_rng(7)
    matrices = [rng.standard_normal((4, 64)) for _ in range(80)]
    matrices = [(m / np.linalg.norm(m, axis=1, keepdims=True)).astype(np.float16) for m in matrices]
    usual = measure(["路"] * 80, matrices, np.zeros(64, dtype=np.float32))
    # The cosine of two random directions in d dimensions has the standard deviation 1 / sqrt(d).
    assert usual.sentence == pytest.approx(64**-0.5, rel=0.1)
    assert usual.whole == pytest.approx(64**-0.5, rel=0.1)


def test_the_sentence_shown_says_what_was_asked_and_is_never_the_title(grams: GramEncoder) -> None:
    title, passages = TEXTS[1]
    matrix = grams.encode(passages).astype(np.float16)
    usual = measure(["".join(passages)], [matrix], np.zeros(matrix.shape[1], dtype=np.float32))
    candidate = Candidate(title, "".join(passages[1:]), matrix, lambda i: [passages[i]])
    for asked, expected in (("门禁没人修", {1}), ("打包引入物业", {2}), ("老旧小区改造", {1, 2})):
        question = Question(asked, grams.encode([asked])[0], [asked], np.ones(1))
        assert sentence_to_show(question, candidate, usual) in expected
    alone = Candidate(title, "", matrix[:1], lambda i: [passages[i]])
    assert sentence_to_show(question, alone, usual) == 0
