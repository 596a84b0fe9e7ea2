"""Encoders other than the static one keep the same promises."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiansuo.embed import sentence
from xiansuo.embed.windows import windows
from xiansuo.errors import ModelDamaged, ModelMissing

if TYPE_CHECKING:
    from xiansuo.embed.encoder import Encoder

LONG = "近年来各地推进城市更新。" * 100


@pytest.fixture(scope="module")
def bert(transformer: Path) -> Encoder:
    return sentence.load(transformer, "bert@0")


@pytest.fixture(scope="module")
def teacher(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    from xiansuo.embed.teacher import Teacher

    folder = tmp_path_factory.mktemp("models") / "teacher"
    sentence.save([Teacher()], folder)
    return sentence.load(folder, "teacher@0")


@pytest.mark.parametrize("name", ["bert", "teacher"])
def test_neighbours_do_not_matter(name: str, request: pytest.FixtureRequest) -> None:
    encoder: Encoder = request.getfixturevalue(name)
    texts = ["养老", "老旧小区加装电梯推进难，居民意见不统一。", "", "渔港", LONG]
    together = encoder.encode(texts)
    assert not together[2].any()
    assert np.linalg.norm(np.delete(together, 2, axis=0), axis=1) == pytest.approx(1, abs=1e-5)
    for text, row in zip(texts, together, strict=True):
        assert encoder.encode([text]).tobytes() == row.tobytes()


@pytest.mark.parametrize("name", ["bert", "teacher"])
def test_the_end_of_a_long_text_is_read(name: str, request: pytest.FixtureRequest) -> None:
    encoder: Encoder = request.getfixturevalue(name)
    a, b = encoder.encode([LONG + "建议修盲道。", LONG + "建议增加公交。"])
    assert not np.array_equal(a, b)


def test_the_teacher_knows_what_belongs_together(teacher: Encoder) -> None:
    lift, same, other = teacher.encode(["小区加装电梯难", "旧楼增设电梯不易", "海洋牧场养殖"])
    assert lift @ same > lift @ other + 0.2


def test_the_teacher_refuses_other_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from xiansuo.embed import teacher as module

    sentence.save([module.Teacher()], tmp_path / "teacher")
    monkeypatch.setattr(module, "package_files", lambda: {"weights.npz": "0"})
    with pytest.raises(ModelDamaged):
        sentence.load(tmp_path / "teacher", "teacher@0")


@given(
    text=st.text(st.sampled_from("一二三，。\n x"), max_size=200),
    most=st.integers(min_value=1, max_value=50),
)
def test_windows_lose_nothing(text: str, most: int) -> None:
    pieces = windows(text, lambda piece: len(piece) <= most)
    assert "".join(pieces) == text
    assert all(len(piece) <= most for piece in pieces)


def test_windows_end_with_sentences() -> None:
    pieces = windows("第一句话说完了。第二句，也说完了。", lambda piece: len(piece) <= 12)
    assert pieces == ["第一句话说完了。", "第二句，也说完了。"]


def test_a_folder_that_is_none_says_so(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"modules\.json"):
        sentence.load(tmp_path, "x@0")
    with pytest.raises(ModelMissing, match="没有这个"):
        sentence.load(tmp_path / "nowhere", "x@0")


def test_loading_needs_no_network(transformer: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a call to the network")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    for folder in (transformer, tiny):
        assert sentence.load(folder, "x@0").encode(["一"]).any()
