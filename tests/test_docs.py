"""The guide speaks of everything that can be run or set, and no link leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import typer

from tests import corpus
from xiansuo.cli.app import app
from xiansuo.settings import Settings

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs" / "guide.md"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), ROOT / "corpus" / "README.md"]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"```.*?```", re.DOTALL)


def commands(command: Any = None, words: tuple[str, ...] = ("xiansuo",)) -> Iterator[str]:
    """Every command that does something, as it is typed."""
    command = command or typer.main.get_command(app)
    below = getattr(command, "commands", {})
    if not below or getattr(command, "invoke_without_command", False):
        yield " ".join(words)
    for name, each in below.items():
        yield from commands(each, (*words, name))


@pytest.mark.parametrize("command", list(commands()))
def test_every_command_is_in_the_guide(command: str) -> None:
    assert command in GUIDE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*Settings.model_fields, "debug"])
def test_every_setting_is_in_the_guide(name: str) -> None:
    assert f"XIANSUO_{name.upper()}" in GUIDE.read_text(encoding="utf-8")


def test_the_guide_promises_no_command_that_is_not_there() -> None:
    known = {command.split()[1] for command in commands()}
    fences = "\n".join(FENCE.findall(GUIDE.read_text(encoding="utf-8")))
    assert set(re.findall(r"^xiansuo ([a-z]+)", fences, re.MULTILINE)) <= known


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    targets = [
        target for target in LINK.findall(text) if not target.startswith(("http://", "https://", "#", "mailto:"))
    ]
    missing = [target for target in targets if not (page.parent / unquote(target.split("#")[0])).exists()]
    assert missing == []


def test_the_data_card_counts_what_is_there() -> None:
    card = (ROOT / "corpus" / "README.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `([\w/.-]+\.jsonl)` \| (\d+) \|", card, re.MULTILINE))
    assert told
    assert {name: int(number) for name, number in told.items()} == {name: len(corpus.rows(name)) for name in told}
