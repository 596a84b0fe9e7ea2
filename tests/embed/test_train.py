"""Training gives the same bytes every time, tells where it is, and leaves nothing behind."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import pytest

from tests import corpus
from tests.conftest import GramEncoder
from xiansuo import artefacts
from xiansuo.embed import sentence
from xiansuo.embed.adapt import Base, adapt, base_of, put_name
from xiansuo.embed.pairs import KINDS, Decided, Pair, own_pairs
from xiansuo.embed.recipe import Training, read_training
from xiansuo.embed.shelf import check, load
from xiansuo.errors import ModelDamaged, ModelError
from xiansuo.text.passages import read_passages

from ..letters import letters

SETTINGS = artefacts.models() / "adaptation" / "training.toml"
QUICK = "epochs = 1\nleast_steps = 1\nbatch = 16\nlearning_rate = 0.05\nscale = 20.0\nseed = 0\n"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    """A small encoder that knows no language yet."""
    folder = letters(tmp_path_factory.mktemp("base") / "letters", corpus.texts(), seed=1)
    return base_of("letters", folder, sentence.load(folder, "letters@0"))


@pytest.fixture(scope="module")
def lessons() -> dict[str, list[Pair]]:
    found: dict[str, list[Pair]] = {kind: [] for kind in KINDS}
    for row in corpus.rows("documents.jsonl")[:80]:
        for kind, pair in own_pairs(read_passages(row["title"], row["text"])).items():
            found[kind].append(pair)
    return found


@pytest.fixture
def quick(tmp_path: Path) -> Path:
    path = tmp_path / "training.toml"
    path.write_text(QUICK, encoding="utf-8")
    return path


def trained(
    base: Base, quick: Path, lessons: dict[str, list[Pair]], scratch: Path, decided: tuple[Decided, ...] = ()
) -> Path:
    scratch.mkdir()
    return adapt(base, quick, lessons, decided, scratch, lambda *_: None)


def test_two_runs_give_the_same_bytes_with_any_number_of_threads(
    base: Base, quick: Path, lessons: dict[str, list[Pair]], tmp_path: Path
) -> None:
    import torch

    before = torch.get_num_threads()
    found = []
    try:
        for threads in (1, 2):
            torch.set_num_threads(threads)
            torch.manual_seed(threads)  # what happened before in the process must not matter
            folder = trained(base, quick, lessons, tmp_path / str(threads))
            found.append({path.name: path.read_bytes() for path in folder.iterdir()})
    finally:
        torch.set_num_threads(before)
    assert found[0] == found[1]
    assert found[0]["model.safetensors"] != (base.folder / "model.safetensors").read_bytes()


def test_the_pieces_of_a_document_come_nearer(
    base: Base, quick: Path, lessons: dict[str, list[Pair]], tmp_path: Path
) -> None:
    after = load(str(trained(base, quick, lessons, tmp_path / "run")), tmp_path)
    halves = lessons["halves"]
    margin = []
    for encoder in (base.encoder, after):
        a, b = (encoder.encode([pair[side] for pair in halves]) for side in (0, 1))
        cosines = a @ b.T
        margin.append(float(np.diag(cosines).mean() - cosines.mean()))
    assert margin[1] > margin[0] + 0.1


def test_what_editors_decided_can_be_taught(
    base: Base, quick: Path, lessons: dict[str, list[Pair]], tmp_path: Path
) -> None:
    told = lessons["parts"]
    same = [(a, b, True) for a, b in told[:16]]
    other = [(a, b, False) for (a, _), (_, b) in zip(told[16:32], told[17:33], strict=True)]
    after = load(str(trained(base, quick, {"halves": lessons["halves"]}, tmp_path / "run", (*same, *other))), tmp_path)
    gaps = []
    for encoder in (base.encoder, after):
        cosines = [encoder.encode([a])[0] @ encoder.encode([b])[0] for a, b, _ in (*same, *other)]
        gaps.append(float(np.mean(cosines[:16]) - np.mean(cosines[16:])))
    assert gaps[1] > gaps[0] + 0.05


def test_it_tells_where_it_is_and_leaves_nothing_behind(
    base: Base,
    quick: Path,
    lessons: dict[str, list[Pair]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    home, here = tmp_path / "user", tmp_path / "here"
    for each in (home, here, tmp_path / "temporary", tmp_path / "scratch"):
        each.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.chdir(here)
    steps: list[tuple[int, int]] = []
    with caplog.at_level(logging.INFO):
        folder = adapt(base, quick, lessons, (), tmp_path / "scratch", lambda *step: steps.append(step))
    assert [done for done, _ in steps] == list(range(1, steps[-1][1] + 1))
    assert list((tmp_path / "scratch" / "runs").iterdir()) == []
    assert [*home.iterdir(), *here.iterdir(), *(tmp_path / "temporary").iterdir()] == []
    assert not (folder / "README.md").exists()
    assert capfd.readouterr() == ("", "")
    assert not any(row["title"] in caplog.text for row in corpus.rows("documents.jsonl")[:80])


def test_a_small_archive_is_read_more_often() -> None:
    settings = Training(epochs=2, least_steps=40, batch=256, learning_rate=0.01, scale=20, seed=0)
    assert settings.rounds(100_000) == 2
    assert settings.rounds(1_000) == 11


def test_the_shipped_settings_can_be_read_and_broken_ones_are_refused(tmp_path: Path) -> None:
    assert read_training(SETTINGS).seed == 0
    (tmp_path / "wrong.toml").write_text("epochs = 0\n", encoding="utf-8")
    with pytest.raises(ModelDamaged, match="训练设置"):
        read_training(tmp_path / "wrong.toml")


def test_an_encoder_that_is_not_static_is_refused() -> None:
    with pytest.raises(ModelError, match="不是静态编码器"):
        base_of("grams", Path("nowhere"), GramEncoder())


def test_a_trained_folder_is_named_after_its_weights_and_checked(
    base: Base, quick: Path, lessons: dict[str, list[Pair]], tmp_path: Path
) -> None:
    folder = trained(base, quick, lessons, tmp_path / "run")
    name = put_name(base, folder, quick, "卡片")
    encoder = load(str(folder), tmp_path)
    assert name.startswith("letters-adapted-")
    assert encoder.id.startswith(f"{name}@{name[-6:]}")
    assert check(folder) == []
    assert (folder / "card.md").read_text(encoding="utf-8") == "卡片"
    (folder / "card.md").write_text("改过", encoding="utf-8")
    assert check(folder) == ["文件已损坏或被改动：card.md"]
