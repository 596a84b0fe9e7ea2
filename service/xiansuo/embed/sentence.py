"""Any local sentence-transformers folder as an encoder; the one door to it and to torch.

Nothing here ever reaches for the network, and no code that a model folder brings along is run.
"""

from __future__ import annotations

import json
import logging
import math
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from xiansuo.embed.rows import unit_rows
from xiansuo.embed.windows import windows
from xiansuo.errors import ModelDamaged, ModelError, ModelMissing

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import InputModule as InputModule
    from sentence_transformers.base.modules import Module
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from torch import Tensor

    from xiansuo.embed.encoder import Encoder

TEACHER = "xiansuo.embed.teacher.Teacher"
"""The one module class outside sentence_transformers that a folder may name."""

# Texts handed to the tokenizer at a time: enough for all its threads, little enough to stay in the
# cache.
_BATCH = 2048
_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_DATASETS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}


def load(folder: Path, encoder_id: str) -> Encoder:
    """Load a sentence-transformers folder.

    Torch is set to one thread, for the whole process: sums then have one order, and the same text
    the same bytes. Use processes, not threads, for more speed.

    :raises ModelMissing: the folder is not there or is no such folder; ModelDamaged: it cannot be
        read; ModelError: it needs code of its own.
    """
    trusted = _only_ours(_module_types(folder))
    with quiet_offline():
        import torch
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

        torch.set_num_threads(1)
        try:
            model = SentenceTransformer(
                str(folder), device="cpu", local_files_only=True, trust_remote_code=trusted
            ).eval()
        except ModelError:
            raise
        except Exception as error:  # whatever a damaged file provokes: JSON, safetensors, torch, pickle, keys
            raise ModelDamaged(f"编码器读不出来：{folder}", advice="文件可能不完整，请重新生成或重新拷贝。") from error
    first, *others = model
    plain = model.default_prompt_name is None and all(isinstance(each, Normalize) for each in others)
    if isinstance(first, StaticEmbedding) and plain:
        return StaticEncoder(encoder_id, first)
    return WindowedEncoder(encoder_id, model)


class StaticEncoder:
    """Mean of word vectors. Reads any length; nothing is sorted, padded or shown as progress.

    For 30-character sentences `SentenceTransformer.encode` takes 1.8 times as long: it sums in half
    precision, sorts, goes in batches of 32 and keeps each sentence as a tensor of its own. Here the
    same tokenizer and the same module get large batches, and the tokenizer does not keep the
    offsets that nobody reads. Three quarters of what is left is the tokenizer.
    """

    def __init__(self, encoder_id: str, module: StaticEmbedding) -> None:
        self.id = encoder_id
        self.dimension: int = module.get_embedding_dimension()
        # Half precision is for the disk; summing in it would lose digits and is slower on a CPU.
        self._module = module.float()
        self._tokenizer: Tokenizer = module.tokenizer

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts; see `Encoder.encode`."""
        return unit_rows(self.means(texts))

    def means(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Average the word vectors of each text, as they are; float32, shape (n, dimension)."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            vectors[start : start + _BATCH] = self._batch(list(texts[start : start + _BATCH]))
        return vectors

    @property
    def tokenizer(self) -> Tokenizer:
        """What cuts texts into words."""
        return self._tokenizer

    def _batch(self, texts: list[str]) -> NDArray[np.float32]:
        import torch

        encodings = self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        ids = [encoding.ids for encoding in encodings]
        lengths = np.fromiter(map(len, ids), dtype=np.int64, count=len(ids))
        tokens = np.fromiter(chain.from_iterable(ids), dtype=np.int64, count=int(lengths.sum()))
        features = {
            "input_ids": torch.from_numpy(tokens),
            "offsets": torch.from_numpy(np.cumsum(lengths) - lengths),
        }
        with torch.inference_mode():
            means: NDArray[np.float32] = self._module(features)["sentence_embedding"].numpy()
        return means


class WindowedEncoder:
    """A transformer or any other model that sentence-transformers can run.

    A text longer than the model reads is halved at sentence ends until every piece fits; its vector
    is the mean of the pieces' unit vectors, weighted by their length in characters. Pieces are
    encoded one by one: in a padded batch a text's last digits depend on its neighbours.
    """

    def __init__(self, encoder_id: str, model: SentenceTransformer) -> None:
        self.id = encoder_id
        self.dimension = int(model.get_embedding_dimension() or 0)
        self._model = model.float()
        prompt = model.prompts.get(model.default_prompt_name or "") or ""
        self._limit = model.max_seq_length
        self._prompt = prompt
        # Fast tokenizers change themselves while they truncate, so two threads must not share one.
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts; see `Encoder.encode`."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        with self._lock:
            for i, text in enumerate(texts):
                if any(character.isalnum() for character in text):
                    vectors[i] = self._one(text)
        return unit_rows(vectors)

    def _one(self, text: str) -> NDArray[np.float32]:
        pieces = windows(text, self._fits)
        encoded = self._model.encode(pieces, batch_size=1, show_progress_bar=False, convert_to_numpy=True)
        lengths = np.array([len(piece) for piece in pieces], dtype=np.float32)
        pooled: NDArray[np.float32] = lengths @ unit_rows(np.asarray(encoded, dtype=np.float32))
        return pooled

    def _fits(self, text: str) -> bool:
        if self._limit is None or self._limit == math.inf:
            return True
        read = self._model.tokenizer(self._prompt + text, truncation=False, verbose=False)
        return len(read["input_ids"]) <= self._limit


def save(modules: Sequence[Module], folder: Path) -> None:
    """Write modules as a plain sentence-transformers folder."""
    with quiet_offline():
        from sentence_transformers import SentenceTransformer

        SentenceTransformer(modules=list(modules), device="cpu").save(str(folder), create_model_card=False)


def static_module(tokenizer: Tokenizer, vectors: NDArray[np.floating[Any]]) -> StaticEmbedding:
    """Make the module that averages word vectors; row i of `vectors` belongs to token i."""
    with quiet_offline():
        from sentence_transformers.sentence_transformer.modules import StaticEmbedding

        return StaticEmbedding(tokenizer, embedding_weights=vectors)


def input_module() -> type[InputModule]:
    """Return the base class of modules that read text."""
    with quiet_offline():
        from sentence_transformers.base.modules import InputModule

        return InputModule


def tensor(vectors: NDArray[np.float32]) -> Tensor:
    """Hand vectors to torch without copying."""
    import torch

    return torch.from_numpy(np.ascontiguousarray(vectors))


def _module_types(folder: Path) -> list[str]:
    if not folder.is_dir():
        raise ModelMissing(f"没有这个编码器文件夹：{folder}")
    path = folder / "modules.json"
    if not path.is_file():
        raise ModelMissing(f"{folder} 不是 sentence-transformers 文件夹：缺少 modules.json。")
    try:
        return [str(module["type"]) for module in json.loads(path.read_bytes())]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelDamaged(f"编码器的 modules.json 读不出来：{folder}") from error


def _only_ours(types: Sequence[str]) -> bool:
    """Whether a folder is made of our own module; refuse one that would run code of its own."""
    foreign = [name for name in types if not name.startswith("sentence_transformers.") and name != TEACHER]
    if foreign:
        raise ModelError(
            f"这个编码器要运行它自带的程序（{foreign[0]}），本软件不运行。",
            advice="请换用只由 sentence-transformers 自身模块组成的编码器。",
        )
    return all(name == TEACHER for name in types)


@contextmanager
def quiet_offline() -> Iterator[None]:
    """Keep the libraries off the network, and their advice to developers off the screen."""
    for name, value in _OFFLINE.items():
        os.environ[name] = value
    libraries = [logging.getLogger(name) for name in ("sentence_transformers", "transformers")]
    levels = [library.level for library in libraries]
    try:
        for library in libraries:
            library.setLevel(logging.ERROR)
        yield
    finally:
        for library, level in zip(libraries, levels, strict=True):
            library.setLevel(level)
