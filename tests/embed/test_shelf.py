"""Encoders are found by name or folder, and a damaged one is never used."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest

from xiansuo import artefacts
from xiansuo.embed import shelf
from xiansuo.errors import ModelDamaged, ModelError, ModelMissing


@pytest.fixture
def copy(tiny: Path, tmp_path: Path) -> Path:
    """A tiny encoder in the home `tmp_path`."""
    return Path(shutil.copytree(tiny, tmp_path / "models" / "tiny"))


def test_an_encoder_of_the_home_is_found_by_name(copy: Path, tmp_path: Path) -> None:
    assert shelf.find("tiny", tmp_path) == copy
    (found,) = [each for each in shelf.listing(tmp_path) if each.name == "tiny"]
    encoder = shelf.load("tiny", tmp_path)
    assert found.built
    assert found.dimension == encoder.dimension == 16
    assert found.id == encoder.id
    assert found.size == sum(path.stat().st_size for path in copy.iterdir())


def test_any_folder_can_be_used(transformer: Path, tmp_path: Path) -> None:
    encoder = shelf.load(str(transformer), tmp_path)
    assert encoder.id.startswith("bert@")
    assert encoder.encode(["养老"]).shape == (1, 32)


def test_the_home_comes_before_what_set_up_built(copy: Path, tmp_path: Path) -> None:
    copy.rename(tmp_path / "models" / "static-zh")
    assert shelf.find("static-zh", tmp_path) == tmp_path / "models" / "static-zh"


def test_an_unknown_name_says_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="static-zh"):
        shelf.load("没有这个", tmp_path)


def test_a_recipe_that_is_not_built_says_how_to_build_it(
    tmp_path: Path, recipe: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shipped" / "tiny").mkdir(parents=True)
    shutil.copy(recipe, tmp_path / "shipped" / "tiny")
    monkeypatch.setattr(artefacts, "models", lambda: tmp_path / "shipped")
    with pytest.raises(ModelMissing, match="xiansuo models build tiny"):
        shelf.load("tiny", tmp_path)
    shelf.build("tiny", tmp_path / "models" / "tiny", lambda *_: None)
    assert shelf.load("tiny", tmp_path).dimension == 16


def test_building_never_replaces_something_else(tmp_path: Path) -> None:
    (tmp_path / "letters.docx").write_text("x", encoding="utf-8")
    with pytest.raises(ModelError, match="不会覆盖"):
        shelf.build("static-zh", tmp_path, lambda *_: None)
    with pytest.raises(ModelMissing):
        shelf.build("../static-zh", tmp_path / "new", lambda *_: None)


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "modules.json"])
def test_a_changed_byte_is_noticed(copy: Path, tmp_path: Path, name: str) -> None:
    data = bytearray((copy / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / name).write_bytes(data)
    assert shelf.check(copy) == [f"文件已损坏或被改动：{name}"]
    with pytest.raises(ModelDamaged, match=name):
        shelf.load("tiny", tmp_path)


def test_a_missing_file_is_noticed(copy: Path, tmp_path: Path) -> None:
    (copy / "tokenizer.json").unlink()
    assert shelf.check(copy) == ["缺少文件：tokenizer.json"]
    with pytest.raises(ModelDamaged, match=r"tokenizer\.json"):
        shelf.load("tiny", tmp_path)


def test_a_damaged_manifest_is_noticed(copy: Path, tmp_path: Path) -> None:
    (copy / "manifest.json").write_text("{", encoding="utf-8")
    assert len(shelf.check(copy)) == 1
    assert any(each.name == "tiny" and each.built for each in shelf.listing(tmp_path))
    with pytest.raises(ModelDamaged, match="清单"):
        shelf.load("tiny", tmp_path)


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
def test_damage_without_a_manifest_is_reported_too(copy: Path, tmp_path: Path, name: str) -> None:
    (copy / "manifest.json").unlink()
    assert shelf.check(copy) == []
    (copy / name).write_bytes((copy / name).read_bytes()[:100])
    with pytest.raises(ModelDamaged):
        shelf.load("tiny", tmp_path)


def test_a_good_folder_has_no_problems(copy: Path) -> None:
    assert shelf.check(copy) == []
    assert shelf.check(copy / "nowhere")


def test_a_folder_that_would_run_its_own_code_is_refused(copy: Path, tmp_path: Path) -> None:
    (copy / "manifest.json").unlink()
    modules = json.loads((copy / "modules.json").read_text(encoding="utf-8"))
    modules[0]["type"] = "modeling_own.Own"
    (copy / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    (copy / "modeling_own.py").write_text("raise SystemExit('ran')", encoding="utf-8")
    with pytest.raises(ModelError, match="自带的程序"):
        shelf.load("tiny", tmp_path)


def test_verifying_costs_next_to_nothing() -> None:
    try:
        folder = shelf.find("static-zh", Path("no home"))
    except ModelMissing:
        pytest.skip("static-zh is not built: run `make install`")
    began = time.process_time()
    assert shelf.check(folder) == []
    assert time.process_time() - began < 0.5
