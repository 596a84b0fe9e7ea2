"""The controls below a match, run by the browser's language in as much of a browser as they touch."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from xiansuo.web.pages import FOLDER, STATIC

NODE = shutil.which("node") or ""
needs_node = pytest.mark.skipif(not NODE, reason="node is not installed")
DOM = (Path(__file__).parent / "dom.js").read_text(encoding="utf-8")
SCENE = """
const match = { facts: { id: "S1", title: "路灯" }, judgement: { relation: "copy" }, decision: null };
const report = { run: "check-1", title: "稿", text: "正文", day: "2026-11-01" };
const made = { id: 7, draft: "f", earlier: "S1", verdict: "rejected", relation: "distinct", by: "编辑甲",
  at: "2026-11-01T12:00:00Z", undone_at: null };
const out = el("div", { class: "out" });
const article = el("article", { class: "item" }, el("span", { class: "tag copy" }, "文字重复"));
out.append(editorLine(), withDecision(article, match, report));
const field = out.querySelector("input"), group = article.querySelector(".decision");
const button = (label) => group.all().find((each) => each.is("button") && each.textContent === label);
const name = (by) => { field.value = by; field.listeners.input(); };
const click = (label) => button(label).listeners.click();
const seen = () => ({ tag: article.querySelector(".tag").textContent, kind: article.className,
  told: group.textContent, asked, kept, focus: document.activeElement && document.activeElement.textContent,
  buttons: group.all().filter((each) => each.is("button")).map((each) => each.textContent) });
"""


def played(steps: str) -> Any:
    # What page.js lends stands above its drawings.
    lent, drawings, _ = (STATIC / "page.js").read_text(encoding="utf-8").partition("const draw = {")
    assert drawings
    scripts = [(STATIC / "decisions.js").read_text(encoding="utf-8"), lent]
    told = f"(async () => {{ {steps}; process.stdout.write(JSON.stringify(seen())); }})();"
    # One file, since two scripts of a page share their names.
    code = "\n".join([DOM, *(script.replace('"use strict";', "") for script in scripts), SCENE, told])
    ran = subprocess.run([NODE, "-"], input=code.encode(), capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
    return json.loads(ran.stdout)


def test_the_page_puts_the_controls_below_every_match() -> None:
    page = (FOLDER / "templates" / "index.html").read_text(encoding="utf-8")
    assert 0 < page.index("/static/decisions.js") < page.index("/static/page.js")
    drawn = "".join(file.read_text(encoding="utf-8") for file in sorted(STATIC.glob("*.js")))
    assert drawn.count("drawMatch(") == 1 + drawn.count("withDecision(drawMatch(") == 2


@needs_node
def test_a_match_can_be_rejected_and_says_so() -> None:
    end = played('name("编辑甲"); answers.push(made); await click("不是重复")')
    address, body = end["asked"][0]
    assert address == "/api/v1/decisions"
    assert (body["run"], body["text"], body["earlier"], body["verdict"], body["by"]) == (
        "check-1",
        "正文",
        "S1",
        "rejected",
        "编辑甲",
    )
    assert (end["tag"], end["kind"], end["buttons"]) == ("不重复", "item aside", ["撤销"])
    assert "编辑已判：不是重复（编辑甲，2026-11-01）" in end["told"]
    assert end["focus"] == "撤销", "the keyboard must not lose its place"
    assert end["kept"] == {"xiansuo.editor": "编辑甲"}


@needs_node
def test_without_a_name_nothing_is_asked_and_the_name_is() -> None:
    end = played('await click("认可")')
    assert end["asked"] == []
    assert "请先填写" in end["told"]
    assert end["focus"] == ""


@needs_node
def test_a_match_can_be_relabelled_once_a_relation_is_chosen() -> None:
    steps = """
      name("编辑甲");
      if (!button("改判").disabled) throw new Error("nothing was chosen");
      const choice = group.querySelector("select");
      if (choice.all().some((each) => each.attributes.value === "copy")) throw new Error("that is what was said");
      choice.value = "follow_up"; choice.listeners.change();
      if (button("改判").disabled) throw new Error("a relation was chosen");
      answers.push({ ...made, verdict: "relabelled", relation: "follow_up" });
      await click("改判")"""
    end = played(steps)
    assert (end["asked"][0][1]["verdict"], end["asked"][0][1]["relation"]) == ("relabelled", "follow_up")
    assert (end["tag"], end["kind"]) == ("续报", "item")


@needs_node
def test_undoing_brings_back_what_counted_before() -> None:
    first = 'name("编辑乙"); answers.push(made); await click("不是重复"); '
    end = played(
        first + 'answers.push({ ...made, undone_at: "x" }, [{ ...made, undone_at: "x" }]); await click("撤销")'
    )
    assert [address for address, _ in end["asked"][1:]] == [
        "/api/v1/decisions/7/undo",
        "/api/v1/decisions?limit=100&earlier=S1",
    ]
    assert (end["tag"], end["kind"], end["buttons"]) == ("文字重复", "item", ["认可", "不是重复", "改判"])
    before = '{ ...made, id: 5, verdict: "accepted", relation: "copy", by: "编辑甲" }'
    end = played(first + f"answers.push({{}}, [{{ ...made, undone_at: 'x' }}, {before}]); await click('撤销')")
    assert "编辑已判：认可（文字重复）（编辑甲" in end["told"]


@needs_node
@pytest.mark.parametrize(
    ("answer", "told"), [('{ code: "input", title: "不行。", advice: "请改。" }', "不行。请改。"), ("", "连不上服务")]
)
def test_a_failure_is_told_and_can_be_tried_again(answer: str, told: str) -> None:
    pushed = f"answers.push({answer});" if answer else ""
    end = played(f'name("编辑甲"); {pushed} await click("认可"); if (button("认可").disabled) throw new Error("stuck")')
    assert told in end["told"]
    assert end["tag"] == "文字重复"
