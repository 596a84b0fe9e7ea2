"""Hot topics on the page: the board, the map, one topic, and curation that survives and is undone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.desk.archives import Grams
from tests.web.few import informant, opened, pages
from tests.web.test_frame import INLINE
from xiansuo.embed import shelf
from xiansuo.settings import Settings

CANTEEN, WIND = "食堂", "风电"


@pytest.fixture
def few(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    with opened(settings, tmp_path, monkeypatch) as client:
        yield client


def board(client: TestClient, **asked: Any) -> list[tuple[str, str]]:
    """The ids and names that the board lists, in its order."""
    page = client.get("/topics", params={"window": "all", **asked})
    assert page.status_code == 200
    assert INLINE.findall(page.text) == []
    return re.findall(r'<th scope="row"><a href="/topics/(\w+)\?window=\w+">([^<]+)</a>', page.text)


def done(client: TestClient, address: str, **fields: Any) -> str:
    """Send a form and return the page that it leads to."""
    answer = client.post(address, data=fields, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    page = client.get(answer.headers["location"])
    assert page.status_code == 200
    return page.text


def undo(client: TestClient, number: int) -> str:
    return done(client, f"/topics/edits/{number}/undo")


def test_the_board_ranks_draws_and_counts(few: TestClient) -> None:
    found = board(few)
    assert len(found) == 2
    page = few.get("/topics", params={"window": "year"}).text
    assert page.count('<svg class="trend"') == 2
    assert re.search(r'<svg class="trend"[^>]*aria-label="近十二个月篇数：\d', page)
    assert "/topics/loose?state=isolated" in page
    assert all(label in page for label in ("近一周", "近一月", "近三月", "近一年", "全部时间", "新出现和升温", "降温"))
    chosen = re.findall(r'aria-current="page">([^<]+)</a>', page)
    assert chosen[-2:] == ["近一年", "按热度"]


def test_names_are_searched_and_themes_shown_in_two_levels(few: TestClient) -> None:
    assert [name for _, name in board(few, q=WIND)] == [name for _, name in board(few) if WIND in name]
    assert len(board(few, q=WIND)) == 1
    assert board(few, q="没有这回事") == []
    assert "没有找到" in few.get("/topics", params={"q": "没有这回事"}).text
    themed = few.get("/topics", params={"window": "all", "view": "theme"}).text
    assert "各自成题" in themed
    assert board(few, view="theme") == board(few)


def test_a_topic_says_what_its_heat_is_made_of(few: TestClient) -> None:
    id, _ = board(few)[0]
    page = few.get(f"/topics/{id}", params={"window": "all"}).text
    assert INLINE.findall(page) == []
    value, parts = re.findall(r'<p class="formula">([\d.]+) = ([^<]+)</p>', page)[0]
    factors = [float(each) for each in re.findall(r"[\d.]+", parts)]
    assert len(factors) == 5
    product = 1.0
    for each in factors:
        product *= each
    assert product == pytest.approx(float(value), rel=0.03)
    assert f'data-src="/topics/{id}/months.json"' in page
    assert re.search(r'href="/archive/D0\d"', page)
    months = few.get(f"/topics/{id}/months.json").json()
    assert sum(months["series"][0]["data"]) == page.count('name="documents"')
    assert few.get("/topics/nothing").status_code == 404


def test_a_new_name_survives_and_is_undone(few: TestClient) -> None:
    (id, name), _ = board(few)
    assert "已改名" in done(few, f"/topics/{id}/rename", name="食堂办不下去")
    assert dict(board(few))[id] == "食堂办不下去"
    assert name not in dict(board(few)).values()
    assert "已撤销" in undo(few, 1)
    assert dict(board(few))[id] == name


def test_what_was_typed_stays_where_it_cannot_be_done(few: TestClient) -> None:
    (id, _), (_, other) = board(few)
    answer = few.post(f"/topics/{id}/rename", data={"name": other})
    assert answer.status_code == 400
    assert f"已有叫“{other}”的热点" in answer.text
    assert f'name="name" value="{other}"' in answer.text
    assert few.post(f"/topics/{id}/split", data={}).status_code == 400
    assert few.post(f"/topics/{id}/merge", data={"into": id}).status_code == 400


def test_merging_splitting_pinning_and_hiding_are_undone(few: TestClient) -> None:
    before = board(few)
    (first, _), (second, _) = before
    assert "已并入" in done(few, f"/topics/{first}/merge", into=second)
    assert [id for id, _ in board(few)] == [second]
    assert "已并入" in few.get(f"/topics/{first}").text
    undo(few, 1)
    assert board(few) == before
    ticked = re.findall(r'name="documents" value="(\w+)"', few.get(f"/topics/{first}").text)
    assert "已拆出 2 篇" in done(few, f"/topics/{first}/split", documents=ticked[:2])
    assert len(board(few)) == 3
    undo(few, 2)
    assert board(few) == before
    assert "置顶" in done(few, f"/topics/{second}/pin")
    assert [id for id, _ in board(few)] == [second, first]
    done(few, f"/topics/{second}/hide")
    assert [id for id, _ in board(few)] == [first]
    assert "已隐藏" in few.get(f"/topics/{second}").text
    undo(few, 4)
    undo(few, 3)
    assert board(few) == before


def test_edits_outlive_the_process(few: TestClient, settings: Settings) -> None:
    (id, _), _ = board(few)
    done(few, f"/topics/{id}/rename", name="食堂办不下去")
    with pages(settings) as again:
        assert dict(board(again))[id] == "食堂办不下去"
        assert "食堂办不下去" in again.get("/topics/log").text


def test_two_runs_are_compared_and_kept(few: TestClient) -> None:
    (first, name), (second, _) = board(few)
    done(few, f"/topics/{first}/merge", into=second)
    board(few)
    log = few.get("/topics/log").text
    runs = list(dict.fromkeys(re.findall(r'name="first" value="([\w-]+)"', log)))
    assert len(runs) == 2
    told = few.get("/topics/log", params={"first": runs[1], "second": runs[0]}).text
    assert "2 个热点变为 1 个" in told
    assert f'href="/topics/{first}">{name}' in told
    assert "已保留" in done(few, f"/topics/runs/{runs[0]}/keep")
    assert "不再保留" in done(few, f"/topics/runs/{runs[0]}/release")
    assert few.get("/topics/log", params={"first": "x", "second": "y"}).status_code == 404
    assert "已排队" in done(few, "/topics/anew")


def test_loose_documents_say_what_they_are_near(few: TestClient) -> None:
    page = few.get("/topics/loose").text
    assert len(re.findall(r'<th scope="row"><a href="/archive/', page)) == 4
    assert "单独一事" in page
    assert few.get("/topics/loose", params={"state": "lost"}).status_code == 422


def test_the_map_shows_what_the_drawing_and_the_interface_show(few: TestClient) -> None:
    page = few.get("/topics/map", params={"window": "all"})
    assert INLINE.findall(page.text) == []
    assert "/api/v1/topics/drawing?format=png" in page.text
    option = few.get("/topics/map.json", params={"window": "all"}).json()
    told = few.get("/api/v1/topics/map", params={"window": "all"}).json()
    spots = {spot["id"]: spot for area in told["areas"] for spot in area["topics"]}
    assert spots.keys() == dict(board(few)).keys()
    for each in option["media"]:
        series = each["option"]["series"][0]
        links = {node["id"]: node["link"] for node in series["data"] if "link" in node}
        assert links == {id: f"/topics/{id}?window=all" for id in spots}
        assert len({node["id"] for node in series["data"]}) == len(series["data"])
    for spot in spots.values():
        assert spot["r"] <= spot["x"] <= told["width"] - spot["r"] + 0.02
        assert spot["r"] <= spot["y"] <= told["height"] - spot["r"] + 0.02
    bars = few.get("/topics/timeline.json", params={"window": "all"}).json()["series"][0]["data"]
    assert sum(bar["value"][2] for bar in bars) == 7


def test_informants_look_and_do_not_touch(few: TestClient) -> None:
    (id, _), _ = board(few)
    informant(few)
    page = few.get(f"/topics/{id}").text
    assert f"/topics/{id}/rename" not in page
    assert "撤销" not in page
    assert few.post(f"/topics/{id}/hide").status_code == 403
    assert few.get("/topics/log").status_code == 403
    assert few.get("/topics/loose").status_code == 403
    assert "/topics/loose" not in few.get("/topics").text
    assert few.get("/topics/map").status_code == 200


def test_a_hidden_topic_is_not_to_be_had_by_its_address_but_by_editors(few: TestClient) -> None:
    (id, name), _ = board(few)
    addresses = [f"/topics/{id}", f"/topics/{id}/months.json", f"/api/v1/topics/{id}"]
    assert [few.post(f"/topics/{id}/hide", follow_redirects=False).status_code] == [303]
    assert [few.get(each).status_code for each in addresses] == [200, 200, 200]
    informant(few)
    told = [few.get(each) for each in addresses]
    assert [each.status_code for each in told] == [404, 404, 404]
    assert [each.text for each in told if name in each.text] == []
    unknown = few.get("/api/v1/topics/t0123456789").json()
    assert told[2].json() == {**unknown, "title": unknown["title"].replace("t0123456789", id)}


def test_an_empty_archive_says_what_to_do(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "load", lambda *_: Grams())
    with pages(settings) as client:
        assert "导入材料" in client.get("/topics").text
        assert "还没有可以画的热点" in client.get("/topics/map").text
        assert "empty" in client.get("/topics/map.json").json()
        assert client.get("/api/v1/topics/map").json()["areas"] == []
        assert client.get("/topics/log").status_code == 200
        assert client.get("/topics/loose").status_code == 200
