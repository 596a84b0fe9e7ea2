"""A small static encoder that knows no language: one random vector a character. It can only get better."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from xiansuo.embed.sentence import save, static_module


def letters(folder: Path, texts: Iterable[str], *, seed: int, dimension: int = 24) -> Path:
    """Write it as a sentence-transformers folder."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split

    characters = sorted(set().union(*texts) - {" ", "\n"})
    tokenizer = Tokenizer(WordLevel({char: i for i, char in enumerate(["", *characters])}, unk_token=""))
    tokenizer.pre_tokenizer = Split("", "isolated")
    table = np.random.default_rng(seed).normal(size=(len(characters) + 1, dimension)).astype(np.float32)
    table[0] = 0
    save([static_module(tokenizer, table)], folder)
    return folder
