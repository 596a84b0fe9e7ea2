"""Recipes give the same bytes every time and never leave half an encoder."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from xiansuo.embed import shelf
from xiansuo.embed.build import build
from xiansuo.embed.distil import distil
from xiansuo.embed.recipe import read_recipe
from xiansuo.embed.vocabulary import read_vocabulary
from xiansuo.errors import ModelDamaged


def silent(stage: str, share: float) -> None:
    """Report nothing."""


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_two_builds_give_the_same_bytes(recipe: Path, tiny: Path, tmp_path: Path) -> None:
    build(recipe, tmp_path / "again", silent)
    assert contents(tmp_path / "again") == contents(tiny)


def test_a_build_replaces_and_leaves_nothing_behind(recipe: Path, tmp_path: Path) -> None:
    target = tmp_path / "tiny"
    target.mkdir()
    (target / "modules.json").write_text("old", encoding="utf-8")
    (target / "leftover.bin").write_text("old", encoding="utf-8")
    build(recipe, target, silent)
    assert [path.name for path in tmp_path.iterdir()] == ["tiny"]
    assert not (target / "leftover.bin").exists()


def test_a_build_broken_off_keeps_the_old_one(recipe: Path, tmp_path: Path) -> None:
    target = tmp_path / "tiny"
    build(recipe, target, silent)
    before = contents(target)

    def breaks_off(stage: str, _: float) -> None:
        if stage == "写入":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(recipe, target, breaks_off)
    assert contents(target) == before
    assert [path.name for path in tmp_path.iterdir()] == ["tiny"]


def test_progress_runs_from_nothing_to_all(recipe: Path, tmp_path: Path) -> None:
    told: list[tuple[str, float]] = []
    build(recipe, tmp_path / "tiny", lambda stage, share: told.append((stage, share)))
    assert all(0 <= share <= 1 for _, share in told)
    assert told[-1] == ("写入", 1.0)


def test_lexicon_words_become_single_tokens(recipe: Path, tmp_path: Path) -> None:
    lexicon = tmp_path / "words.txt"
    lexicon.write_text("# 领域词\n一事一报 20 n\n七仙坊\n", encoding="utf-8")
    build(recipe, tmp_path / "tiny", silent, lexicon=lexicon)
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(tmp_path / "tiny" / "tokenizer.json"))
    assert tokenizer.encode("一事一报，七仙坊").tokens == ["一事一报", "七仙坊"]
    manifest = json.loads((tmp_path / "tiny" / "manifest.json").read_text(encoding="utf-8"))
    assert "lexicon/words.txt" in manifest["inputs"]


def test_vocabulary_keeps_what_the_tokenizer_can_find(tmp_path: Path) -> None:
    dictionary = tmp_path / "dict.txt"
    dictionary.write_text("Ｂ超 3 n\nb超 4 n\nAT&T 9 nz\n中心 30 n\n罕见 1 n\n", encoding="utf-8")
    vocabulary = read_vocabulary(dictionary, words=2, characters=(0x4E00, 0x4E01))
    assert vocabulary.words[:4] == ("中心", "b超", "一", "丁")
    assert "罕见" not in vocabulary.words
    assert not any("&" in word for word in vocabulary.words)
    assert vocabulary.shares.sum() == pytest.approx(1)
    assert vocabulary.shares[1] / vocabulary.shares[0] == pytest.approx(7 / 30)


def test_common_words_are_made_light() -> None:
    taught = np.random.default_rng(0).normal(size=(40, 8)).astype(np.float32)
    shares = np.full(40, 1e-3)
    shares[0] = 1 - shares[1:].sum()
    plain = distil(taught, shares, dimension=8, whitening=0, sif=1e9)
    light = distil(taught, shares, dimension=8, whitening=0, sif=1e-3)
    ratio = np.linalg.norm(light, axis=1) / np.linalg.norm(plain, axis=1)
    assert ratio == pytest.approx(1e-3 / (1e-3 + shares), rel=1e-4)


def test_the_axes_do_not_depend_on_a_rotation_of_the_teacher() -> None:
    random = np.random.default_rng(1)
    taught = random.normal(size=(60, 6)) * np.arange(1, 7)
    turned = taught @ np.linalg.qr(random.normal(size=(6, 6)))[0]
    shares = np.full(60, 1 / 60)
    made = [distil(each.astype(np.float32), shares, dimension=3, whitening=1, sif=1) for each in (taught, turned)]
    assert np.abs(made[0]) == pytest.approx(np.abs(made[1]), abs=1e-4)


def test_shipped_recipes_can_be_read() -> None:
    names = [each.name for each in shelf.listing(Path("no home"))]
    assert {"static-zh", "teacher-use"} <= set(names)


def test_a_recipe_with_an_unknown_setting_is_refused(recipe: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "recipe.toml"
    wrong.write_text(recipe.read_text(encoding="utf-8") + "\ntypo = 1\n", encoding="utf-8")
    with pytest.raises(ModelDamaged, match="配方"):
        read_recipe(wrong)


def test_digits_are_as_common_as_in_running_text(tmp_path: Path) -> None:
    dictionary = tmp_path / "dict.txt"
    dictionary.write_text("中心 3000 n\n渔港 1000 n\n2 5 m\n", encoding="utf-8")
    plain, common = (
        read_vocabulary(dictionary, words=3, characters=(0x4E00, 0x4E01), digit=digit) for digit in (0.0, 0.008)
    )
    assert plain.words == common.words
    digits = [common.words.index(str(digit)) for digit in range(10)]
    assert common.shares[digits] == pytest.approx(0.008)
    assert common.shares.sum() == pytest.approx(1)
    centre, harbour = (common.words.index(word) for word in ("中心", "渔港"))
    assert common.shares[centre] / common.shares[harbour] == pytest.approx(3)
