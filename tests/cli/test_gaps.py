"""`xiansuo gaps` on the demo corpus, as people and as programs read it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from xiansuo import artefacts
from xiansuo.cli.app import app

DAY = ("--now", "2026-11-01")


@pytest.fixture
def home(demo_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the demo archive."""
    made = shutil.copytree(demo_home, tmp_path / "demo")
    monkeypatch.setenv("XIANSUO_HOME", str(made))
    return made


def run(*words: str) -> str:
    done = CliRunner().invoke(app, [*words])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.usefixtures("home")
def test_the_demo_has_gaps_to_look_at(tmp_path: Path) -> None:
    run("themes", "import", str(artefacts.corpus() / "themes-2026.csv"), "--version", "2026")
    told = json.loads(run("gaps", "--json", *DAY))
    assert len(told["rows"]) == 18
    sizes = [row["gap"]["size"] for row in told["rows"]]
    assert sizes == sorted(sizes, reverse=True)
    assert told["columns"][0] == "2026-01"
    plain = run("gaps", "--by", "unit", "--draw", str(tmp_path / "空白.html"), *DAY)
    assert "按单位：写了几篇，括号里是其中采用的" in plain
    assert "（1）" in plain
    assert "篇/采/复：材料、采用、有答复各几篇" in plain
    assert "<svg" in (tmp_path / "空白.html").read_text(encoding="utf-8")
    assert "走势" in run("gaps", *DAY)


def test_without_themes_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIANSUO_HOME", str(tmp_path / "new"))
    assert "themes import" in run("gaps", *DAY)
    other = CliRunner().invoke(app, ["gaps", "--draw", str(tmp_path / "空白.pdf")])
    assert other.exit_code != 0
