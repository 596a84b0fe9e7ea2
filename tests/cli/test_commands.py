"""Every command explains itself in Chinese, answers people and programs, and starts at once."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from tests import matters
from xiansuo.cli.app import app

from .conftest import Run

CHINESE = re.compile("[\u4e00-\u9fff]")
ROOT = Path(__file__).parents[2]


def commands(command: Any = None, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command with its words, groups included."""
    command = command or typer.main.get_command(app)
    yield words, command
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, (*words, name))


@pytest.mark.parametrize(("words", "command"), [pytest.param(*each, id=" ".join(each[0])) for each in commands()])
def test_every_command_and_option_has_help_in_chinese(xiansuo: Run, words: tuple[str, ...], command: Any) -> None:
    assert CHINESE.search(command.help or "")
    for parameter in command.params:
        hidden = getattr(parameter, "hidden", False)
        assert hidden or CHINESE.search(getattr(parameter, "help", None) or ""), parameter.name
    shown = xiansuo(*words, "--help")
    assert shown.status == 0
    assert CHINESE.search(shown.out)


@pytest.mark.usefixtures("at_demo")
@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (("lookup", "医院停车难"), {"query", "answered", "hits"}),
        (("topics",), {"run", "topics", "emerging", "fading", "notes"}),
        (("suggest", "--limit", "2"), {"run", "state", "prompts", "notes"}),
    ],
)
def test_answers_for_programs_are_json(xiansuo: Run, words: tuple[str, ...], keys: set[str]) -> None:
    ran = xiansuo(*words, "--json")
    assert ran.status == 0
    assert keys <= set(ran.data)


@pytest.mark.usefixtures("at_demo")
def test_a_topic_can_be_shown_by_its_id(xiansuo: Run) -> None:
    first = xiansuo("topics", "--json").data["topics"][0]
    assert xiansuo("topics", "show", first["id"], "--json").data["topic"]["name"] == first["name"]
    assert first["name"] in xiansuo("topics", "show", first["id"]).out


@pytest.mark.usefixtures("at_demo")
def test_a_theme_may_be_named_or_numbered(xiansuo: Run) -> None:
    by_id = xiansuo("suggest", "--theme", "T04", "--json").data
    assert {prompt["theme"]["id"] for prompt in by_id["prompts"]} == {"T04"}
    assert xiansuo("suggest", "--theme", by_id["prompts"][0]["theme"]["name"], "--json").data == by_id


@pytest.mark.usefixtures("at_demo")
def test_lists_for_programs_are_json(xiansuo: Run) -> None:
    assert {"static-zh", "teacher-use"} <= {model["name"] for model in xiansuo("models", "list", "--json").data}
    themes = xiansuo("themes", "list", "--json").data
    assert {theme["version"] for theme in themes} == {"2026"}
    assert len(xiansuo("themes", "list", "--version", "2025", "--json").data) == 14


@pytest.mark.usefixtures("quick")
def test_an_import_and_a_check_are_told_in_json(xiansuo: Run, tmp_path: Path) -> None:
    ran = xiansuo("import", matters.write(tmp_path / "来稿.jsonl", matters.ALL), "--json")
    assert (ran.status, ran.data["added"], ran.data["remarks"]) == (0, 6, [])
    draft = tmp_path / "稿.txt"
    draft.write_text(f"{matters.LIFT['title']}\n\n{matters.LIFT['text']}", encoding="utf-8")
    from_file = xiansuo("check", draft, "--json").data
    piped = xiansuo("check", "--json", stdin=draft.read_bytes()).data
    for report in (from_file, piped):
        assert report["matches"][0]["facts"]["id"] == "甲-01"
        assert report["matches"][0]["judgement"]["relation"] == "copy"


@pytest.mark.usefixtures("quick")
def test_a_draft_may_be_piped_in_the_old_encoding(xiansuo: Run, tmp_path: Path) -> None:
    xiansuo("import", matters.write(tmp_path / "来稿.jsonl", matters.ALL))
    ran = xiansuo("check", "--title", "电梯", stdin=matters.LIFT["text"].encode("gb18030"))
    assert ran.status == 0
    assert matters.LIFT["title"][:8] in ran.out


@pytest.mark.usefixtures("at_demo")
@pytest.mark.parametrize(
    "words", [("lookup", "医院停车难"), ("topics",), ("suggest", "-n", "1"), ("themes", "list"), ("models", "list")]
)
def test_answers_for_people_are_in_chinese(xiansuo: Run, words: tuple[str, ...]) -> None:
    ran = xiansuo(*words)
    assert ran.status == 0
    assert CHINESE.search(ran.out)


@pytest.mark.usefixtures("quick")
def test_themes_are_imported_and_listed(xiansuo: Run, tmp_path: Path) -> None:
    listed = tmp_path / "2026年重点任务.txt"
    listed.write_text("1. 老旧小区改造\n2. 山区供水\n", encoding="utf-8")
    assert [theme["name"] for theme in xiansuo("themes", "import", listed, "--json").data] == [
        "老旧小区改造",
        "山区供水",
    ]
    assert "山区供水" in xiansuo("themes", "list").out


@pytest.mark.usefixtures("quick")
def test_an_import_for_people_shows_counts_and_reasons(xiansuo: Run, tmp_path: Path) -> None:
    rows = [matters.LIFT, {"id": "坏-01", "text": ""}]
    ran = xiansuo("import", matters.write(tmp_path / "三月.jsonl", rows))
    assert ran.status == 3
    assert "三月.jsonl 第 2 行：正文为空" in ran.out
    trial = xiansuo("import", matters.write(tmp_path / "四月.jsonl", [matters.STALLS]), "--dry-run")
    assert (trial.status, "没有写入" in trial.out) == (0, True)
    assert xiansuo("lookup", "夜市油烟", "--json").data["answered"] is False


@pytest.mark.parametrize("module", ["xiansuo", "xiansuo.__main__", "xiansuo.cli.app"])
def test_nothing_heavy_is_loaded_before_it_is_needed(module: str) -> None:
    code = (
        f"import sys, {module}\n"
        "if '--help' in sys.argv:\n"
        "    try: xiansuo.__main__.main()\n"
        "    except SystemExit: pass\n"
        "heavy = {'torch', 'faiss', 'sqlalchemy', 'pydantic', 'sentence_transformers', 'numpy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    words = ["--help"] if module == "xiansuo.__main__" else []
    ran = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert ran.stdout.splitlines()[-1] == "[]"


def test_the_program_runs_as_a_module(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "xiansuo", "import", str(tmp_path / "没有.docx")],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        check=False,
    )
    assert ran.returncode == 1
    assert "没有.docx" in ran.stderr.decode("utf-8", "replace")
    assert b"Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nope",), "没有这样的命令"),
        (("lookup",), "缺少参数：query"),
        (("lookup", "停车", "--nope"), "没有“--nope”这个选项"),
        (("lookup", "停车", "--limit", "abc"), "参数 --limit 的值不对"),
        (("lookup", "停车", "--kind", "诗"), "没有“诗”这一类"),
    ],
)
def test_a_wrong_call_is_told_in_chinese_and_points_to_the_help(
    xiansuo: Run, words: tuple[str, ...], told: str
) -> None:
    ran = xiansuo(*words)
    assert ran.status == 2
    assert told in ran.err
    assert "--help" in ran.err
