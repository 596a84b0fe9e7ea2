"""Recipes: how a shipped encoder is made, as data in `models/<name>/recipe.toml`."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from xiansuo.errors import ModelDamaged


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Part):
    """Which words to know; see `vocabulary.read_vocabulary`."""

    words: int = Field(ge=1)
    characters: tuple[int, int]
    digit: float = Field(default=0.0, ge=0, lt=0.1)


class Vectors(_Part):
    """How to make a word's vector; see `distil.distil`."""

    whitening: float = Field(ge=0, le=1)
    sif: float = Field(gt=0)


class StaticRecipe(_Part):
    """A vocabulary whose word vectors a teacher gives: texts become means of them."""

    kind: Literal["static"]
    name: str
    title: str
    dimension: int = Field(ge=1, le=512)
    vocabulary: Words
    vectors: Vectors


class TeacherRecipe(_Part):
    """The teacher itself, as a sentence-transformers folder."""

    kind: Literal["teacher"]
    name: str
    title: str
    dimension: Literal[512]


class Training(_Part):
    """How an encoder is trained on the texts of an archive; see `train.train`."""

    epochs: int = Field(ge=1)
    least_steps: int = Field(ge=1)
    batch: int = Field(ge=2)
    learning_rate: float = Field(gt=0)
    scale: float = Field(gt=0)
    seed: int

    def rounds(self, pairs: int) -> int:
        """Return how often all pairs are seen: a small archive's more often, so that the steps suffice."""
        return max(self.epochs, math.ceil(self.least_steps * self.batch / max(1, pairs)))


Recipe = Annotated[StaticRecipe | TeacherRecipe, Field(discriminator="kind")]
_RECIPE: TypeAdapter[StaticRecipe | TeacherRecipe] = TypeAdapter(Recipe)


def read_recipe(path: Path) -> StaticRecipe | TeacherRecipe:
    """Read a recipe.

    :raises ModelDamaged: it is not a recipe.
    """
    try:
        return _RECIPE.validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        raise ModelDamaged(f"编码器的配方读不出来：{path}", advice="请重新安装本软件。") from error


def read_training(path: Path) -> Training:
    """Read how to train.

    :raises ModelDamaged: the file says no such thing.
    """
    try:
        return Training.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        raise ModelDamaged(f"编码器的训练设置读不出来：{path}", advice="请重新安装本软件。") from error
