"""Learning is offered after an import, shown with its figures, and taken back by one command."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests import corpus, matters
from tests.letters import letters
from xiansuo import artefacts
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.embed import shelf
from xiansuo.errors import ModelMissing
from xiansuo.settings import Settings

from ..conftest import NOON
from .conftest import Run


def test_an_import_offers_it_once_there_is_enough_to_learn(
    quick: None,  # noqa: ARG001 - every home uses the stand-in encoder
    xiansuo: Run,
    tmp_path: Path,
) -> None:
    try:
        shelf.find("static-zh", tmp_path)
    except ModelMissing:
        pytest.skip("static-zh is not built: run `make install`")
    few = xiansuo("import", matters.write(tmp_path / "少.jsonl", matters.ALL))
    assert "models adapt" not in few.said
    rows = [{"id": f"短-{i}", "title": f"第{i}号路灯不亮", "text": f"第{i}号路灯坏了，请修好。"} for i in range(300)]
    many = matters.write(tmp_path / "多.jsonl", rows)
    assert "models adapt" not in xiansuo("import", many, "--dry-run").said
    offered = xiansuo("import", many)
    assert offered.status == 0
    assert "档案已有 306 篇" in offered.err
    assert offered.err.count("xiansuo models adapt") == 1
    assert "models adapt" not in xiansuo("import", many, "--json").said


def test_too_small_an_archive_is_told_so(quick: None, xiansuo: Run) -> None:  # noqa: ARG001
    ran = xiansuo("models", "adapt")
    assert ran.status == 1
    assert "只有 0 篇材料" in ran.err
    assert "xiansuo import" in ran.err
    assert "退回" in xiansuo("models", "adapt", "--undo").err


def test_there_and_back(xiansuo: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "office"
    letters(home / "models" / "letters", corpus.texts(), seed=1)
    with Desk(Settings(home=home, encoder="letters")) as desk:
        import_path(desk, artefacts.corpus() / "documents.jsonl", now=NOON)
    monkeypatch.setenv("XIANSUO_HOME", str(home))
    learnt = xiansuo("models", "adapt")
    assert learnt.status == 0
    for word in ("凭标题找正文", "学习前", "标注对：AUC", "已启用 letters-adapted-", "--undo"):
        assert word in learnt.out
    assert "学习过本档案的 letters" in " ".join(xiansuo("models", "list", "--json").out.split())
    back = xiansuo("models", "adapt", "--undo")
    assert back.status == 0
    assert "已退回 letters@" in back.err
    shutil.rmtree(home)
