"""The check page on a small archive: a report with every part, decided on, cut again, and for its maker only."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import docx
import pytest
from fastapi.testclient import TestClient

from tests import matters
from tests.conftest import NOON
from tests.signing import sign_in
from xiansuo.app import create_app
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.records import Relation
from xiansuo.records.accounts import Role
from xiansuo.settings import Settings

LIFT = matters.LIFT
OTHER_PLACE = LIFT["text"].replace("春江里小区", "枫林苑小区").replace("十一部", "二十六部").replace("街道", "居委会")
NEW = "另外，楼道里的应急照明也坏了大半，消防通道堆满杂物，居民反映多次没有结果。"
DRAFT = {"title": LIFT["title"], "text": f"{LIFT['text']}\n{NEW}", "author": "信息员甲", "unit": "临江区政协"}
HX = {"HX-Request": "true"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("check")
    rows = [*matters.ALL, {**LIFT, "id": "甲-07", "unit": "城关区政协", "author": "信息员庚", "date": "2025-08-01"}]
    with Desk(Settings(home=folder)) as desk:
        import_path(desk, matters.write(folder / "来稿.jsonl", rows), now=NOON)
    return folder


@pytest.fixture(scope="module")
def opened(home: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(home=home)), base_url="http://127.0.0.1", raise_server_exceptions=False) as app:
        yield app


@pytest.fixture
def editor(opened: TestClient) -> TestClient:
    return sign_in(opened)


@pytest.fixture
def informant(opened: TestClient) -> Callable[[str], TestClient]:
    def signed(login: str) -> TestClient:
        return sign_in(opened, login, Role.INFORMANT, name=login, unit="城关区政协")

    return signed


def made(client: TestClient, **draft: str) -> str:
    """Check a draft and return the address of its report."""
    answer = client.post("/check", data={**DRAFT, **draft}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def shown(answer: Any) -> str:
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


def cards(page: str) -> list[str]:
    return re.findall(r'<article class="card match.*?</article>', page, re.DOTALL)


def decide(client: TestClient, address: str, earlier: str, **said: str) -> str:
    return shown(client.post(f"{address}/decisions", data={"earlier": earlier, "place": "1", **said}, headers=HX))


def test_a_report_has_every_part(editor: TestClient) -> None:
    page = shown(editor.get(made(editor)))
    assert page.index('id="advice"') < page.index('id="match-1"') < page.index('id="draft"')
    first = cards(page)[0]
    assert "relation-copy" in first
    assert ">文字重复</span>" in first, "no colour without its word"
    assert re.search(r"几乎可以肯定|很可能", first)
    assert all(each in first for each in ("相同文字", "未见采用", "2025-"))
    assert ["同一作者" in each for each in cards(page)[:2]].count(True) == 1, "the draft's author wrote one of the two"
    assert re.search(r'data-label="本稿"[^>]*><mark>.*?data-label="原文"[^>]*><mark>', first, re.DOTALL)
    passages = re.findall(r'<p class="passage high"><a class="share" href="#match-\d+">红 \d+% · 见第 \d+ 条', page)
    assert passages, "a colour is told in words"
    assert f"<ins>{NEW}" in page[page.index('id="draft"') : page.index('id="new"')]
    assert f"<ins>{NEW}" in page[page.index('id="new"') :]
    assert "<mark>下划线</mark>" in page
    assert "报过同一件事的单位" in page
    assert page.index("比对用的模型") > page.index('id="new"')
    assert "style=" not in page


def test_exchanged_names_and_numbers_are_shown(editor: TestClient) -> None:
    page = shown(editor.get(made(editor, text=OTHER_PLACE, title="关于枫林苑小区电梯无人维护的建议")))
    swapped = re.findall(r">(地名|数字|名称)</span> <del>(.*?)</del> → <b>(.*?)</b>", page)
    assert ("春江里", "枫林苑") in {(old[:3], new[:3]) for _, old, new in swapped}
    assert ("数字", "十一", "二十六") in swapped


def test_keys_are_named_for_the_help(editor: TestClient) -> None:
    first = cards(shown(editor.get(made(editor))))[0]
    keys = dict(re.findall(r'data-key="(.)" data-key-label="([^"]+)"', first))
    relations = {str(number): f"改判为{each.label}" for number, each in enumerate(Relation, 1) if each != Relation.COPY}
    assert keys == {"j": "下一条", "a": "认可系统的判断", "r": "不是重复", **relations}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"verdict": "accepted"}, "认可：文字重复（编辑甲"),
        ({"verdict": "rejected"}, "不是重复（编辑甲"),
        ({"relation": "follow_up"}, "改判：续报（编辑甲"),
    ],
)
def test_a_decision_is_kept_and_undone(editor: TestClient, said: dict[str, str], told: str) -> None:
    address = made(editor, text=f"{DRAFT['text']}\n{sorted(said.items())}")
    before = cards(shown(editor.get(address)))[0]
    earlier = re.search(r'name="earlier" value="([^"]+)"', before)
    assert earlier
    swapped = decide(editor, address, earlier[1], **said)
    assert len(cards(swapped)) == 1
    assert told in swapped
    assert 'data-key="u"' in swapped
    assert 'id="advice"' in swapped
    assert "hx-swap-oob" in swapped
    assert sum(told in each for each in cards(shown(editor.get(address)))) == 1
    back = editor.post(f"{address}/undo", data={"earlier": earlier[1], "place": "1"}, headers=HX)
    assert told not in shown(back)
    assert 'data-key="a"' in shown(back)
    assert cards(shown(editor.get(address)))[0] == before


def test_without_a_script_a_decision_leads_back(editor: TestClient) -> None:
    address = made(editor, text=f"{DRAFT['text']}\n不用脚本。")
    said = {"earlier": "甲-01", "place": "2", "verdict": "accepted"}
    answer = editor.post(f"{address}/decisions", data=said, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{address}#match-2")


def test_the_slider_cuts_the_kept_report(editor: TestClient) -> None:
    address = made(editor)
    whole = cards(shown(editor.get(address)))
    part = shown(editor.get(address, params={"threshold": 0.5}, headers=HX))
    assert "<html" not in part
    assert 0 < len(cards(part)) < len(whole)
    assert f"/api/v1{address}/export?format=docx&threshold=0.5" in part
    page = shown(editor.get(address, params={"threshold": 0.5}))
    assert 'type="range" id="threshold" name="threshold" min="0" max="1" step="0.05" value="0.5"' in page
    assert len(cards(shown(editor.get("/check")))) == 0
    quoted = made(editor, text=f"《{LIFT['text'][:20]}》{NEW}")
    share = [
        re.search(r"一字不差</dt><dd><b>(\d+)%", shown(editor.get(quoted, params={"without_quoted": value})))
        for value in ("false", "true")
    ]
    assert share[0]
    assert share[1]
    assert int(share[1][1]) < int(share[0][1])


def test_what_is_typed_wrong_is_told_and_kept(editor: TestClient) -> None:
    answer = editor.post("/check", data={"title": "路灯", "text": "。。。", "unit": "研究室"})
    assert answer.status_code == 422
    assert "没有可比较的文字" in answer.text
    assert 'value="研究室"' in answer.text
    assert editor.post("/check", data={**DRAFT, "date": "昨天"}).status_code == 400
    assert "/check" in shown(editor.get("/check"))


def test_one_file_leads_to_its_report(editor: TestClient) -> None:
    written = io.BytesIO()
    document = docx.Document()
    for line in (DRAFT["title"], *DRAFT["text"].split("\n")):
        document.add_paragraph(line)
    document.save(written)
    file = ("稿件.docx", written.getvalue())
    answer = editor.post("/check/files", files={"files": file}, data={"unit": "临江区政协"}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    page = shown(editor.get(answer.headers["location"]))
    assert "relation-copy" in page
    assert "与本稿同一单位" in page, "what is typed counts where the file does not say it"


def test_several_files_are_held_against_each_other(editor: TestClient) -> None:
    text = f"{matters.TREES['title']}\n{matters.TREES['text']}".encode()
    files = [("files", ("甲.txt", text)), ("files", ("乙.txt", text)), ("files", ("丙.exe", b"MZ"))]
    page = shown(editor.post("/check/files", files=files))
    assert "成批查重：2 篇" in page
    assert "丙.exe" in page
    overlaps = page[page.index('id="overlaps"') : page.index('id="draft-1"')]
    assert "#draft-1" in overlaps
    assert "relation-copy" in overlaps
    assert page.count("完整报告</button>") == 2
    whole = re.search(r'<form method="post" action="/check">(.*?)</form>', page, re.DOTALL)
    assert whole
    assert matters.TREES["text"] in whole[1]
    alone = editor.post("/check/files", files=[("files", ("丙.exe", b"MZ"))])
    assert alone.status_code == 415
    assert "请重新选择文件" in alone.text


def test_an_informant_sees_their_own_and_decides_nothing(
    opened: TestClient, informant: Callable[[str], TestClient]
) -> None:
    address = made(informant("小林"))
    page = shown(opened.get(address))
    assert cards(page)
    assert "/decisions" not in page
    assert "/groups" not in page
    assert not re.search(r'data-key="[aru1-7]"', page)
    assert address in shown(opened.get("/check"))
    for action in ("decisions", "undo"):
        refused = opened.post(f"{address}/{action}", data={"earlier": "甲-01", "verdict": "accepted"})
        assert refused.status_code == 403
    informant("小陈")
    assert opened.get(address).status_code == 404
    assert address not in shown(opened.get("/check"))
    for closed in ("/groups", "/groups/found", "/compare?a=甲-01&b=甲-02"):
        assert opened.get(closed).status_code == 403
    assert opened.post("/groups/merge", data={"canonical": "甲-01", "members": "甲-07"}).status_code == 403
    assert address in shown(sign_in(opened).get("/check"))


def test_groups_are_merged_and_taken_apart(editor: TestClient) -> None:
    found = shown(editor.get("/groups/found"))
    canonical = re.search(r'name="canonical" value="([^"]+)"', found)
    member = re.search(r'name="members" value="([^"]+)"', found)
    assert canonical
    assert member
    assert {canonical[1], member[1]} == {"甲-01", "甲-07"}
    assert f"/compare?a={quote(canonical[1])}&b={quote(member[1])}" in found
    answer = editor.post("/groups/merge", data={"canonical": canonical[1], "members": member[1]})
    page = shown(answer)
    assert "材料都还在" in page
    assert 'name="members"' not in shown(editor.get("/groups/found"))
    undo = re.search(r'action="(/groups/undo/\d+)"', page)
    assert undo
    assert "已撤销" in shown(editor.post(undo[1]))
    assert 'name="members"' in shown(editor.get("/groups/found"))
    nothing = editor.post("/groups/merge", data={"canonical": canonical[1]})
    assert nothing.status_code == 400
    assert "没有要并入的材料" in nothing.text


def test_two_documents_stand_beside_each_other(editor: TestClient) -> None:
    page = shown(editor.get("/compare", params={"a": "甲-07", "b": "甲-01"}))
    assert "relation-copy" in page
    assert '<td data-label="原文" class="half"><mark>' in page
    assert page == shown(editor.get("/compare", params={"a": "甲-01", "b": "甲-07"})).replace(
        'name="a" value="甲-01"', 'name="a" value="甲-07"'
    ).replace('name="b" value="甲-07"', 'name="b" value="甲-01"')
    assert editor.get("/compare", params={"a": "甲-01", "b": "没有"}).status_code == 404
    assert editor.get("/compare", params={"a": "甲-01", "b": "甲-01"}).status_code == 400
    assert "选两份材料" in shown(editor.get("/compare"))


def test_what_others_wrote_is_never_markup(editor: TestClient) -> None:
    page = editor.get(made(editor, title="<b>路灯</b>", text=f"{LIFT['text']}<script>x</script>")).text
    assert "<script>x" not in page
    assert "<b>路灯" not in page
