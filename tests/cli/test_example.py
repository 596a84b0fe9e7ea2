"""The clue list in docs/examples is what the guide's commands make of the demo corpus, byte for byte.

After a change to what cards say or to their order, run the guide's commands again and put the new file there.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import Run

DOCS = Path(__file__).parents[2] / "docs"
NAME = "选题清单.docx"
_FENCE = re.compile(rf"```sh\n(export XIANSUO_HOME=(?:(?!```).)*?{re.escape(NAME)}.*?)```", re.DOTALL)
_LOOP = re.compile(r"for n in ([\d ]+); do (.+); done")


def commands() -> Iterator[list[str]]:
    """Read the guide's commands behind the demo, loops spelt out, without the program's name."""
    (block,) = _FENCE.findall((DOCS / "guide.md").read_text(encoding="utf-8"))
    setting, demo, *lines = block.strip().split("\n")
    assert setting.startswith("export ")
    assert demo == "xiansuo demo"
    for line in lines:
        loop = _LOOP.fullmatch(line)
        numbers, said = (loop[1].split(), loop[2]) if loop else ([""], line)
        for number in numbers:
            yield shlex.split(said.replace("$n", number))[1:]


def test_the_guides_commands_make_the_list_that_stands_in_the_docs(
    demo_home: Path, xiansuo: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "示例"
    shutil.copytree(demo_home, home)
    monkeypatch.setenv("XIANSUO_HOME", str(home))
    monkeypatch.chdir(tmp_path)
    for words in commands():
        ran = xiansuo(*words)
        assert ran.status == 0, (words, ran.said)
    assert (tmp_path / NAME).read_bytes() == (DOCS / "examples" / NAME).read_bytes()
