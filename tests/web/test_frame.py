"""The frame of every page and its parts: Chinese, for the role, nothing inline, readable colours."""

from __future__ import annotations

import re
from typing import Any

import pytest
from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader

from xiansuo.access.needs import Need
from xiansuo.gate.rules import RULES
from xiansuo.records.accounts import Role, Viewer
from xiansuo.records.words import Relation
from xiansuo.web import frame, vendor
from xiansuo.web.pages import FOLDER, STATIC

SAMPLE = """{% extends "base.html" %}{% set charts = true %}{% block main %}
{% call ui.page_head("热点", hint="说明", back="/") %}<a href="/x">导出</a>{% endcall %}
{{ ui.tabs([("/a", "近一季", true)]) }}{{ ui.stat("来稿", 3, "说明", "/b") }}
{% for each in relations %}{{ ui.relation(each) }}{% endfor %}{{ ui.tag("草稿") }}
{% call ui.card("列表", flush=true) %}
{% call ui.table("热点列表") %}<tr><td>{{ ui.bar(1, 4, "四分之一") }}</td></tr>{% endcall %}
{{ ui.pager(20, after="/?after=7", noun="篇") }}{% endcall %}
{{ ui.field("title", title, value=title, required=true, error="太长") }}{{ ui.field("text", "正文", kind="textarea") }}
{{ ui.select("unit", "单位", [("a", "甲"), ("b", "乙")], "b") }}{{ ui.check("all", "全部", checked=true) }}
{{ ui.files("file", "文件", accept=".docx") }}{{ ui.progress(3, 0, "导入") }}
{{ ui.confirm_button("隐藏", "/hide", "确定吗？", [("id", 7)]) }}{{ ui.flash("bad", "出错") }}
{{ ui.chart("/topics/1.json", "走势", table="/topics/1") }}{{ ui.empty("还没有", "先导入。", "/import", "导入") }}
{% endblock %}"""
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:|https?://", re.IGNORECASE)
EDITOR = Viewer(account=1, login="bj", name="编辑甲", role=Role.EDITOR, unit="研究室")


def drawn(**told: Any) -> str:
    loader = ChoiceLoader([DictLoader({"sample.html": SAMPLE}), FileSystemLoader(FOLDER / "templates")])
    page = Environment(loader=loader, autoescape=True).get_template("sample.html")
    context = {"viewer": EDITOR, "csrf": "token-7", "nav": [("/check", "查重", True)], "relations": list(Relation)}
    return page.render({**context, "title": "路灯", **told})


def luminance(colour: str) -> float:
    colour = "".join(2 * each for each in colour) if len(colour) == 3 else colour
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_nothing_in_a_page_is_inline_or_foreign() -> None:
    page = drawn()
    assert INLINE.findall(page) == []
    addresses = re.findall(r'(?:src|href)="(/static/[^"#]+)', page)
    assert len(addresses) > 8
    assert [each for each in addresses if not (STATIC / each.removeprefix("/static/")).is_file()] == []


def test_every_form_that_writes_carries_the_token() -> None:
    page = drawn()
    forms = re.findall(r'<form[^>]*method="post".*?</form>', page, re.DOTALL)
    assert len(forms) == 2
    assert all('name="csrf_token" value="token-7"' in form for form in forms)
    assert '<meta name="csrf-token" content="token-7">' in page


def test_what_others_wrote_is_never_markup() -> None:
    page = drawn(title='<b>"x</b>', notices=[("bad", "<i>坏</i>")], nav=[("/check", "<u>", False)])
    assert not re.search(r"<b>\"|<i>坏|<u>", page)
    assert page.count("&lt;b&gt;&#34;x&lt;/b&gt;") == 2


def test_nobody_signed_in_sees_no_ways_and_no_account() -> None:
    page = drawn(viewer=None, nav=[], csrf="")
    assert "/logout" not in page
    assert "主导航" not in page
    assert "本页不连接外网" in page


def test_a_picture_is_told_in_words_and_icons_exist() -> None:
    page = drawn()
    assert 'width="25.0"' in page
    assert 'aria-label="四分之一"' in page
    known = set(re.findall(r'<symbol id="(\w+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    used = {
        each for path in (FOLDER / "templates").rglob("*.html") for each in _icons(path.read_text(encoding="utf-8"))
    }
    assert used
    assert used <= known


def _icons(template: str) -> list[str]:
    return re.findall(r'icon\("(\w+)"', template) + re.findall(r'picture="(\w+)"', template)


@pytest.mark.parametrize("relation", Relation)
def test_a_relation_has_its_own_readable_colour(relation: Relation) -> None:
    rules = (STATIC / "parts.css").read_text(encoding="utf-8")
    found = re.search(rf"\.relation-{relation.value} {{ background: #(\w+);(?: color: #(\w+);)? }}", rules)
    assert found, relation
    assert contrast(found[1], found[2] or "fff") >= 4.5


def test_words_and_buttons_are_readable() -> None:
    rules = (STATIC / "app.css").read_text(encoding="utf-8")
    colour = dict(re.findall(r"--([\w-]+): #(\w{3}|\w{6});", rules))
    for ink in ("ink", "soft", "accent"):
        assert min(contrast(colour[ink], colour[ground]) for ground in ("paper", "ground")) >= 4.5, ink
    for tone in ("good", "warn", "info"):
        assert contrast(colour[tone], colour[f"{tone}-tint"]) >= 4.5, tone
    assert contrast(colour["accent"], colour["accent-tint"]) >= 4.5
    assert contrast(colour["edge"], colour["paper"]) >= 3, "the edge of a field"


def test_ways_are_those_that_are_served_and_open(monkeypatch: pytest.MonkeyPatch) -> None:
    own = {"GET /": Need.INFORMANT, "GET /topics": Need.EDITOR, "GET /admin": Need.ADMIN}
    monkeypatch.setattr(frame, "RULES", own)
    shown = {role: [href for href, _, _ in frame.ways(EDITOR.model_copy(update={"role": role}), "/")] for role in Role}
    assert shown == {Role.INFORMANT: ["/"], Role.EDITOR: ["/", "/topics"], Role.ADMIN: ["/", "/topics", "/admin"]}
    assert frame.ways(None, "/") == []
    assert [href for href, _, here in frame.ways(EDITOR, "/topics/T1") if here] == ["/topics"]
    assert RULES.keys() >= {"GET /docs"}


def test_own_scripts_are_short_and_need_no_eval() -> None:
    for script in sorted(STATIC.glob("*.js")):
        text = script.read_text(encoding="utf-8")
        assert text.count("\n") < 200, script.name
        assert not re.search(r"\beval\(|new Function|innerHTML|outerHTML|document\.write|setAttribute\(.style", text), (
            script.name
        )
    for name in ("bootstrap/bootstrap.min.css", "htmx.org/htmx.min.js", "echarts/echarts.min.js"):
        assert (vendor.VENDOR / name).is_file()


def test_the_way_to_jobs_is_marked_while_something_is_done() -> None:
    nav = frame.ways(EDITOR, "/jobs/3")
    assert ("/jobs", "任务", True) in nav
    assert "/jobs" not in [href for href, _, _ in frame.ways(EDITOR.model_copy(update={"role": Role.INFORMANT}), "/")]
    busy, idle = (drawn(nav=nav, marked=lambda found=found: found) for found in (["/jobs"], []))
    assert busy.count("（有任务在做）") == 2, "at a desk and folded up"
    assert "（有任务在做）" not in idle
