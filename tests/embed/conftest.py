"""Encoders to test: the shipped one where it is built, and tiny ones made here in a second."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xiansuo.embed import shelf
from xiansuo.embed.build import build
from xiansuo.errors import ModelMissing

if TYPE_CHECKING:
    from xiansuo.embed.encoder import Encoder

TINY = """
name = "tiny"
title = "小编码器"
kind = "static"
dimension = 16

[vocabulary]
words = 300
characters = [0x4E00, 0x4E80]

[vectors]
whitening = 0.5
sif = 2e-3
"""


@pytest.fixture(scope="session")
def shipped() -> Encoder:
    """The default encoder, as it was built at set-up."""
    try:
        return shelf.load("static-zh", Path("no home"))
    except ModelMissing:
        pytest.skip("static-zh is not built: run `make install`")


@pytest.fixture(scope="session")
def recipe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("recipe") / "recipe.toml"
    path.write_text(TINY, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def tiny(recipe: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny static encoder."""
    folder = tmp_path_factory.mktemp("models") / "tiny"
    build(recipe, folder, lambda *_: None)
    return folder


@pytest.fixture(scope="session")
def transformer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A transformer with random weights that reads 32 tokens, as a sentence-transformers folder."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling
    from transformers import BertConfig, BertModel, BertTokenizerFast

    bare = tmp_path_factory.mktemp("bert")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *map(chr, range(0x4E00, 0x9FA6))]
    (bare / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=32,
    )
    BertModel(config).save_pretrained(bare)
    BertTokenizerFast(vocab_file=str(bare / "vocab.txt")).save_pretrained(bare)
    folder = tmp_path_factory.mktemp("models") / "bert"
    modules = [Transformer(str(bare), max_seq_length=32), Pooling(32, "mean")]
    SentenceTransformer(modules=modules, device="cpu").save(str(folder), create_model_card=False)
    return folder
