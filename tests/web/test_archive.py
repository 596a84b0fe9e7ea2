"""The archive's pages: found, read by right, corrected with what was typed kept, withdrawn, outcomes put down."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from tests import matters
from tests.conftest import NOON, GramEncoder
from tests.signing import sign_in
from tests.web.test_frame import INLINE
from xiansuo.app import create_app
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import import_path
from xiansuo.embed import shelf
from xiansuo.records.accounts import Role
from xiansuo.settings import Settings

ODD = '<b>政协/3号 "x"'
LIFT = f"/archive/{matters.LIFT['id']}"
BROWSER = {"Accept": "text/html"}


@pytest.fixture
def office(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(shelf, "load", lambda *_: GramEncoder())
    rows = [*matters.ALL, {**matters.STALLS, "id": ODD, "title": "<i>斜线</i>"}]
    with Desk(settings) as desk:
        import_path(desk, matters.write(tmp_path / "来稿.jsonl", rows), now=NOON)
    app = create_app(settings)
    with TestClient(app, base_url="http://127.0.0.1", headers=BROWSER, raise_server_exceptions=False) as opened:
        yield sign_in(opened)


def informant(office: TestClient) -> TestClient:
    return sign_in(office, "yi", Role.INFORMANT, name="信息员乙", unit="城关区政协")


def titles(page: str) -> list[str]:
    return [html.unescape(each) for each in re.findall(r'<th scope="row"><a href="[^"]*">(.*?)</a>', page)]


def filled(page: str) -> dict[str, str]:
    """What a browser would send of a page's form for correcting."""
    form = page[page.index('/correct">') : page.rindex("</form>")]
    found = dict(re.findall(r'<input[^>]* name="(\w+)"[^>]*? value="([^"]*)"', form))
    found |= {
        name: text for name, text in re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>(.*?)</textarea>', form, re.DOTALL)
    }
    for name, options in re.findall(r'<select[^>]* name="(\w+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="(\w*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return {name: html.unescape(value) for name, value in found.items()}


NARROWED = [
    ({"q": "电梯"}, 1),
    ({"q": "甲-03"}, 1),
    ({"year": "2025"}, 4),
    ({"kind": "proposal", "year": "", "unit": ""}, 1),
    ({"unit": "城关区政协", "q": "路灯"}, 1),
    ({"region": "石坝", "adopted": "no"}, 2),
    ({"q": "没有这样的词"}, 0),
    ({"kind": "x", "year": "abcd", "status": "y", "adopted": "z"}, 7),
]


def test_the_list_is_narrowed_and_says_what_was_asked(office: TestClient) -> None:
    for asked, found in NARROWED:
        answer = office.get("/archive", params=asked)
        assert answer.status_code == 200
        assert len(titles(answer.text)) == found
        assert (f"共 {found} 篇" in answer.text) == bool(found)
        assert f'value="{asked.get("q", "")}"' in answer.text
        assert ("看全部" in answer.text) == (not found)


def test_nothing_on_the_pages_is_inline_or_taken_for_markup(office: TestClient) -> None:
    place = f"/archive/{quote(ODD, safe='')}"
    office.post(f"{place}/outcomes", data={"what": "reply", "text": '"><script>x</script>', "department": "<u>"})
    for page in ("/archive", place, f"{place}/correct", "/archive/import", LIFT):
        answer = office.get(page)
        assert answer.status_code == 200, page
        assert INLINE.findall(answer.text) == [], page
        assert not re.search(r"<i>斜线|<b>政协|<u>", answer.text), page


def test_any_document_of_the_list_can_be_opened_by_its_link(office: TestClient) -> None:
    links = re.findall(r'<th scope="row"><a href="([^"]*)"', office.get("/archive").text)
    assert len(links) == 7
    assert {office.get(html.unescape(link)).status_code for link in links} == {200}


def test_pages_of_a_long_list_are_walked_by_their_links(office: TestClient, tmp_path: Path) -> None:
    many = [{**matters.TREES, "id": f"丙-{n:02d}", "title": f"第 {n} 篇"} for n in range(40)]
    desk: Desk = office.app.state.desk  # type: ignore[attr-defined]
    import_path(desk, matters.write(tmp_path / "更多.jsonl", many), now=NOON)
    page, seen = office.get("/archive", params={"year": "2026"}).text, []
    for _ in range(5):
        seen += titles(page)
        link = re.search(r'href="([^"]*)" rel="next"', page)
        if link is None:
            break
        page = office.get(html.unescape(link[1])).text
        assert "回到第一页" in page
    assert len(seen) == len(set(seen)) == 43


def test_a_text_is_shown_whole_by_its_parts(office: TestClient) -> None:
    page = office.get(LIFT).text
    assert "建议</span>" in page
    for sentence in re.split(r"[。\n]", matters.LIFT["text"].replace("建议：", "")):
        assert html.escape(sentence) in page


def test_an_informant_reads_their_own_and_of_others_the_title(office: TestClient) -> None:
    office.post(f"{LIFT}/outcomes", data={"what": "instruction", "by": "市政府", "text": "请研究"})
    informant(office)
    listed, other = office.get("/archive").text, office.get(LIFT).text
    assert "信息员甲" not in listed + other
    assert "批示" not in listed + other
    assert "这是别人的材料" in other
    assert matters.LIFT["text"][:12] not in other
    own = office.get(f"/archive/{matters.STALLS['id']}").text
    assert matters.STALLS["text"][:12] in own
    for page in (listed, own):
        assert not re.search(r"更正|撤下</button>|导入材料|记采用", page.split("<main")[1])


def test_an_informant_has_no_way_to_what_editors_do(office: TestClient) -> None:
    informant(office)
    job = "/archive/import/1"
    for address in ("/archive/import", job, f"{job}/progress", f"{job}/remarks.csv", f"{LIFT}/correct"):
        assert office.get(address).status_code == 403
    for act in ("correct", "withdraw", "restore", "put-back", "outcomes", "outcomes/take-back"):
        assert office.post(f"{LIFT}/{act}", data={"version": "1", "outcome": "{}"}).status_code == 403
    for address in ("/archive/import", f"{job}/cancel"):
        assert office.post(address, files=[("files", ("a.txt", b"x"))]).status_code == 403


def test_a_correction_changes_what_was_changed_and_can_be_undone(office: TestClient) -> None:
    before = filled(office.get(f"{LIFT}/correct").text)
    assert before["text"] == matters.LIFT["text"]
    sent = {**before, "title": "改过的题目", "text": before["text"].replace("\n", "\r\n"), "date": ""}
    answer = office.post(f"{LIFT}/correct", data=sent)
    assert "已更正，现在是第 2 版" in answer.text
    after = filled(office.get(f"{LIFT}/correct").text)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"title", "date", "tag"}
    assert "现在是第 3 版" in office.post(f"{LIFT}/put-back", data={"version": "1"}).text
    assert filled(office.get(f"{LIFT}/correct").text)["title"] == matters.LIFT["title"]


def test_a_form_sent_unchanged_makes_no_version(office: TestClient) -> None:
    assert "没有改动" in office.post(f"{LIFT}/correct", data=filled(office.get(f"{LIFT}/correct").text)).text


def test_who_comes_late_is_told_and_keeps_what_they_typed(office: TestClient) -> None:
    form = filled(office.get(f"{LIFT}/correct").text)
    office.post(f"{LIFT}/correct", data={**form, "unit": "先改的单位"})
    late = office.post(f"{LIFT}/correct", data={**form, "title": "后改的题目", "unit": "后改的单位"})
    assert late.status_code == 412
    assert "刚才被别人改过" in late.text
    assert "后改的题目" in late.text
    assert "先改的单位" in office.get(LIFT).text


@pytest.mark.parametrize(
    ("wrong", "says"), [({"title": ""}, "不能为空"), ({"date": "昨天"}, "写法不对"), ({"text": "，。"}, "不成立")]
)
def test_a_wrong_form_comes_back_with_what_was_typed(office: TestClient, wrong: dict[str, str], says: str) -> None:
    form = filled(office.get(f"{LIFT}/correct").text)
    answer = office.post(f"{LIFT}/correct", data={**form, "unit": "新写的单位", **wrong})
    assert answer.status_code in (400, 422)
    assert says in answer.text
    assert "新写的单位" in answer.text
    assert "新写的单位" not in office.get(LIFT).text


def test_withdrawn_and_restored_by_one_button_each(office: TestClient) -> None:
    gone = office.post(f"{LIFT}/withdraw")
    assert "已撤下" in gone.text
    assert f'action="{quote(LIFT)}/restore"' in gone.text
    assert f"{quote(LIFT)}/correct" not in gone.text
    assert matters.LIFT["title"] in titles(office.get("/archive", params={"status": "withdrawn"}).text)
    back = office.post(f"{LIFT}/restore")
    assert "已恢复" in back.text
    assert f"{quote(LIFT)}/correct" in back.text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"what": "adoption", "level": "province", "date": "2025-06-01"}, "省级采用"),
        ({"what": "instruction", "by": "市政府办公室", "text": "请住建局研究。"}, "市政府办公室批示"),
        ({"what": "reply", "department": "住建局", "grade": "A", "text": "第一行\n第二行"}, "已解决或采纳"),
    ],
)
def test_an_outcome_is_put_down_and_taken_back_on_the_page(
    office: TestClient, typed: dict[str, str], says: str
) -> None:
    kept = office.post(f"{LIFT}/outcomes", data=typed).text
    assert says in kept.split('id="outcomes"')[1]
    told = re.search(r'name="outcome" value="([^"]*)"', kept)
    assert told
    gone = office.post(f"{LIFT}/outcomes/take-back", data={"outcome": html.unescape(told[1])}).text
    assert "已撤回这一条" in gone
    assert "还没有采用、批示或答复" in gone


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"what": "adoption", "level": "moon"}, "层级不对"),
        ({"what": "adoption", "level": "city", "date": "2099-01-01"}, "在将来"),
        ({"what": "reply", "text": "", "department": "打好的单位"}, "打好的单位"),
        ({"what": "praise"}, "没有记下"),
    ],
)
def test_a_wrong_outcome_is_told_on_the_page(office: TestClient, typed: dict[str, str], says: str) -> None:
    answer = office.post(f"{LIFT}/outcomes", data=typed)
    assert answer.status_code in (400, 422)
    assert says in answer.text
    assert "还没有采用、批示或答复" in answer.text


def test_what_is_not_there_is_a_page(office: TestClient) -> None:
    answer = office.get("/archive/没有这一份")
    assert answer.status_code == 404
    assert "档案里没有编号为“没有这一份”的材料" in answer.text
