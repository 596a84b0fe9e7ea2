"""A static encoder that has learnt an archive: trained, brought back to its level, written as a folder of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from xiansuo.embed.level import common_part
from xiansuo.embed.manifest import Manifest, checksums, fingerprint, seal, sha256
from xiansuo.embed.pairs import Decided, Pair
from xiansuo.embed.recipe import read_training
from xiansuo.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable

    from xiansuo.embed.encoder import Encoder
    from xiansuo.embed.sentence import StaticEncoder

CARD = "card.md"
_PACKAGES = ("accelerate", "datasets", "numpy", "sentence-transformers", "tokenizers", "torch", "transformers")
# Texts at which the level of cosines is looked at.
_SAMPLE = 2_000


@dataclass(frozen=True, slots=True)
class Base:
    """The encoder to start from: its name, or its folder where it has none, the folder, and itself."""

    name: str
    folder: Path
    encoder: StaticEncoder


def base_of(name: str, folder: Path, encoder: Encoder) -> Base:
    """Take an encoder as a start.

    :raises ModelError: it is not static; a transformer would take hours where this takes a minute.
    """
    from xiansuo.embed.sentence import StaticEncoder

    if not isinstance(encoder, StaticEncoder):
        raise ModelError(
            f"编码器 {name} 不是静态编码器，不能在本机上学习档案。",
            advice="请先运行 xiansuo models use static-zh，再学习。",
        )
    return Base(name, folder, encoder)


def adapt(
    base: Base,
    training: Path,
    pairs: Mapping[str, Sequence[Pair]],
    decided: Sequence[Decided],
    scratch: Path,
    steps: Callable[[int, int], None],
) -> Path:
    """Train a base on pairs of texts and write what comes out as a sentence-transformers folder.

    The same base, pairs in the same order and packages give the same bytes.

    :param training: the file with the settings, see `recipe.Training`.
    :param pairs: by kind, see `pairs.own_pairs`; `decided` are pairs with an editor's word on them.
    :param scratch: an empty folder; the result is a folder in it, without manifest.
    """
    from xiansuo.embed.sentence import StaticEncoder, save, static_module
    from xiansuo.embed.train import train

    runs, folder = scratch / "runs", scratch / "new"
    for each in (runs, folder):
        each.mkdir()
    table = train(base.folder, pairs, decided, read_training(training), runs, steps)
    tokenizer = base.encoder.tokenizer
    sample = _sample(pairs)
    trained = StaticEncoder("trained", static_module(tokenizer, table))
    common = common_part(base.encoder.means(sample), trained.means(sample))
    levelled = np.vstack([table[:1], table[1:] + common])  # token 0 is the unknown one: it says nothing
    save([static_module(tokenizer, levelled.astype(np.float16))], folder)
    return folder


def _sample(pairs: Mapping[str, Sequence[Pair]]) -> list[str]:
    """Take lines of the texts, those whose checksums come first."""
    lines = {line for found in pairs.values() for pair in found for text in pair for line in text.split("\n")}
    return sorted(lines, key=lambda line: (hashlib.blake2b(line.encode("utf-8", "replace")).digest(), line))[:_SAMPLE]


def put_name(base: Base, folder: Path, training: Path, card: str) -> str:
    """Name a trained folder after its weights, and leave the card and the manifest in it."""
    (folder / CARD).write_text(card, encoding="utf-8")
    files = checksums(folder)
    name = f"{base.folder.name if Path(base.name).is_absolute() else base.name}-adapted-{fingerprint(files)[:6]}"
    manifest = Manifest(
        name=name,
        recipe=sha256(training),
        dimension=base.encoder.dimension,
        files=files,
        inputs={"base": base.encoder.id},
        built_with={package: version(package) for package in _PACKAGES},
        base=base.name,
    )
    seal(folder, manifest)
    return name
