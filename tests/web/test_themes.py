"""The central work on the page: import by file, editing that survives and is undone, and what informants see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.conftest import GramEncoder, shipped
from tests.reports import report
from tests.web.few import informant, pages
from tests.web.test_frame import INLINE
from xiansuo.embed import shelf
from xiansuo.settings import Settings
from xiansuo.store import state


@pytest.fixture
def bare(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(shelf, "load", lambda *_: GramEncoder())
    with pages(settings) as client:
        yield client


@pytest.fixture
def held(bare: TestClient) -> TestClient:
    """Both years' lists, sent as files."""
    for year in ("2025", "2026"):
        sent(bare, f"themes-{year}.csv", shipped(f"themes-{year}.csv").read_bytes(), version=year)
    return bare


def sent(client: TestClient, name: str, data: bytes, **fields: str) -> str:
    answer = client.post("/themes/import", files={"file": (name, data)}, data=fields, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return client.get(answer.headers["location"]).text


def done(client: TestClient, address: str, **fields: Any) -> str:
    answer = client.post(address, data=fields, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return client.get(answer.headers["location"]).text


def names(client: TestClient, **asked: Any) -> list[str]:
    page = client.get("/themes", params=asked).text
    assert INLINE.findall(page) == []
    return re.findall(r'<th scope="row" class="named"><a href="/themes/[^"]+">([^<]+)</a>', page)


def test_an_empty_home_says_what_to_do(bare: TestClient) -> None:
    page = bare.get("/themes").text
    assert "还没有中心工作" in page
    assert 'action="/themes/import"' in page
    assert "data-drop" in page


def test_the_list_that_holds_is_told(held: TestClient) -> None:
    desk = held.app.state.desk  # type: ignore[attr-defined]
    with desk.database.write() as connection:
        state.put(connection, state.DAY, "2025-11-01")
    assert "现在按这一份" in held.get("/themes?version=2025").text
    other = held.get("/themes?version=2026").text
    assert "不按这一份" in other
    assert 'href="/themes?version=2025">“2025”' in other


def test_lists_become_versions(held: TestClient) -> None:
    assert len(names(held)) == 18
    assert len(names(held, version="2025")) == 14
    assert held.get("/themes", params={"version": "1999"}).status_code == 404


def test_a_work_report_is_read_with_its_places(bare: TestClient) -> None:
    page = sent(bare, "2026年政府工作报告.txt", report().encode(), version="报告")
    assert "从工作报告里拆出" in page
    place = re.search(r"第 (\d+) 段，第 (\d+) 至 (\d+) 字", page)
    assert place
    clause = re.findall(r'<p class="quote">([^<]+)</p>', page)[0]
    assert report()[int(place[2]) - 1 : int(place[3])] == clause
    assert "老年食堂" in page
    few = sent(bare, "2026年政府工作报告.txt", report().encode(), version="两项", most="2")
    assert "项没有留下" in few
    assert len(names(bare, version="两项")) == 2


def test_a_file_that_cannot_be_read_is_told_on_the_page(bare: TestClient) -> None:
    answer = bare.post("/themes/import", files={"file": ("照片.png", b"\x89PNG")}, data={"version": "甲"})
    assert answer.status_code == 415
    assert "中心工作不支持" in answer.text
    assert 'name="version" value="甲"' in answer.text
    broken = bare.post("/themes/import", files={"file": ("a.csv", "名称,权重\n养老,很大\n".encode())})
    assert broken.status_code == 400
    assert "第 2 行" in broken.text
    assert names(bare) == []


def test_a_theme_is_changed_weighed_merged_retired_and_all_is_undone(held: TestClient, settings: Settings) -> None:
    before = names(held)
    form = held.get("/themes/T01?version=2026").text
    filled = dict(re.findall(r'name="(since|until)" value="([^"]*)"', form))
    keywords = re.findall(r'name="keywords"[^>]*>([^<]*)<', form)[0]
    focus = re.findall(r'<option value="(\w+)" selected>', form)[0]
    same = {"version": "2026", "focus": focus, "keywords": keywords, **filled}
    unchanged = held.post("/themes/T01/edit", data={**same, "name": before[0]})
    assert unchanged.status_code == 400
    assert "没有写要改什么" in unchanged.text
    assert "已修改" in done(held, "/themes/T01/edit", name="蓝色粮仓", **same)
    logged = held.get("/api/v1/themes/log").json()["items"][0]["change"]
    assert {key for key, value in logged.items() if value is not None} == {"name"}
    assert "已定权重" in done(held, "/themes/T01/weigh", version="2026", weight="9")
    done(held, "/themes/T01/merge", version="2026", others=["T02", "T03"])
    done(held, "/themes/T04/retire", version="2026")
    assert len(names(held)) == len(before) - 3
    assert names(held)[0] == "蓝色粮仓"
    assert len(names(held, retired="1")) == len(before)
    with pages(settings) as again:
        assert names(again)[0] == "蓝色粮仓"
    assert held.get("/themes/log").text.count('action="/themes/log/') == 4
    for number in (4, 3, 2, 1):
        assert "已撤销" in done(held, f"/themes/log/{number}/undo")
    assert names(held) == before
    assert held.get("/themes/log").text.count("已撤销") >= 4


def test_what_makes_no_sense_keeps_what_was_typed(held: TestClient) -> None:
    for address, fields in (
        ("T01/weigh", {"weight": "-3"}),
        ("T01/merge", {"version": "2026"}),
        ("T01/edit", {"name": "蓝", "focus": "central_work", "keywords": "渔业"}),
        ("T01/edit", {"name": "蓝色粮仓", "focus": "colour"}),
    ):
        answer = held.post(f"/themes/{address}", data=fields)
        assert answer.status_code == 400, address
        for value in fields.values():
            assert value in answer.text or value in ("colour", "2026")
    assert held.get("/themes/T99").status_code == 404


def test_informants_see_the_list_and_change_nothing(held: TestClient) -> None:
    informant(held)
    page = held.get("/themes").text
    assert "T01" in page
    assert "/themes/import" not in page
    assert held.get("/themes/T01").status_code == 403
    assert held.post("/themes/T01/retire").status_code == 403
    assert held.post("/themes/import", files={"file": ("a.csv", b"x")}).status_code == 403
    assert held.post("/api/v1/themes", files={"file": ("a.csv", b"x")}).status_code == 403


def test_a_list_is_sent_over_the_interface(bare: TestClient) -> None:
    data = shipped("themes-2026.csv").read_bytes()
    taken = bare.post("/api/v1/themes", files={"file": ("重点.csv", data)}, data={"most": "5"})
    assert taken.status_code == 201
    assert (taken.json()["version"], taken.json()["kind"]) == ("重点", "list")
    assert (len(taken.json()["themes"]), taken.json()["left_out"]) == (5, 13)
    wrong = bare.post("/api/v1/themes", files={"file": ("a.exe", b"MZ")})
    assert wrong.status_code == 415
    assert bare.post("/api/v1/themes", data={"version": "x"}).status_code == 422
