"""What the page marks in a draft is what the service found, counted in characters as the service counts them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from xiansuo.export.content import pieces
from xiansuo.web.pages import STATIC

NODE = shutil.which("node") or ""
needs_node = pytest.mark.skipif(not NODE, reason="node is not installed")
DOM = (Path(__file__).parent / "dom.js").read_text(encoding="utf-8")


def drawn(expression: str) -> Any:
    lent, _, _ = (STATIC / "page.js").read_text(encoding="utf-8").partition("const draw = {")
    scripts = [DOM, *(each.replace('"use strict";', "") for each in (lent, (STATIC / "check.js").read_text("utf-8")))]
    code = "\n".join([*scripts, f"process.stdout.write(JSON.stringify({expression}));"])
    ran = subprocess.run([NODE, "-"], input=code.encode(), capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
    return json.loads(ran.stdout)


@needs_node
@pytest.mark.parametrize(
    ("text", "span", "runs"),
    [
        ("路灯坏了三盏。\n\n尽快修好。", (0, 9), [(0, 4), (6, 12)]),
        ("𠮷林路灯😀坏了三盏。", (1, 10), [(0, 3), (5, 8)]),
        ("路灯<b>坏</b>了", (0, 11), [(2, 9)]),
        ("路灯坏了", (2, 4), [(0, 1)]),
    ],
)
def test_the_page_marks_what_a_written_report_marks(
    text: str, span: tuple[int, int], runs: list[tuple[int, int]]
) -> None:
    made = drawn(
        f"marked(Array.from({json.dumps(text)}), {json.dumps(span)}, {json.dumps(runs)})"
        ".map((each) => typeof each === 'string' ? [each, false] : [each.textContent, each.tag === 'mark'])"
        ".filter(([text]) => text)"
    )
    assert made == [[piece.text, piece.marked] for piece in pieces(text, span, runs)]


@needs_node
def test_runs_of_several_matches_become_one() -> None:
    assert drawn("united([[5, 9], [0, 3], [2, 4], [9, 10], [20, 30], [22, 25]])") == [[0, 4], [5, 10], [20, 30]]


def test_texts_of_others_are_never_markup() -> None:
    for script in STATIC.glob("*.js"):
        assert "innerHTML" not in script.read_text(encoding="utf-8")
        assert "insertAdjacentHTML" not in script.read_text(encoding="utf-8")
