"""The pages of informants, asked as a browser would: what waits, prompts, lookup, a draft with advice, their own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.desk.archives import Grams, fill, rows
from tests.prompts import published
from tests.signing import sign_in
from tests.web.test_frame import INLINE
from xiansuo.app import create_app
from xiansuo.desk import claiming, prompt_editing, prompt_lists, reopening
from xiansuo.desk.desk import Desk
from xiansuo.embed import shelf
from xiansuo.records.accounts import Role
from xiansuo.settings import Settings

NAME, UNIT = "信息员乙", "第一站"
FAR = dt.date(2999, 12, 31)
NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
BODY = "走访发现社区老年食堂每天就餐不足三十人，一份饭成本十六元，送餐没有人手，承办企业亏损想退出，电话13812345678。"
PAGES = ("/", "/prompts", "/lookup", "/write", "/mine")


@pytest.fixture
def few(settings: Settings, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """An archive of two matters; one document is the informant's, was adopted and got an instruction."""
    monkeypatch.setattr(shelf, "load", lambda *_: Grams())
    told = {
        "author": NAME,
        "unit": UNIT,
        "date": "2026-09-01",
        "adoptions": [{"level": "district"}, {"level": "city", "date": "2026-10-02"}],
        "instructions": [{"by": "市政府办公室", "text": "请民政局研究。"}],
    }
    fill(desk, tmp_path, [{**row, **told} if row["id"] == "D00" else row for row in rows()])
    with TestClient(create_app(settings), base_url="http://127.0.0.1", raise_server_exceptions=False) as opened:
        yield sign_in(opened)


@pytest.fixture
def him(few: TestClient) -> TestClient:
    """An informant."""
    return another(few, "xinxi.yi", NAME, UNIT)


def another(few: TestClient, login: str, name: str, unit: str = "") -> TestClient:
    client = TestClient(few.app, base_url="http://127.0.0.1", raise_server_exceptions=False)
    return sign_in(client, login, Role.INFORMANT, name=name, unit=unit)


def words(client: TestClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.text


@pytest.mark.parametrize("address", [*PAGES, "/prompts/1", "/prompts/suggested", "/write?prompt=1"])
def test_pages_are_in_the_frame_and_nothing_is_inline(
    few: TestClient, him: TestClient, desk: Desk, address: str
) -> None:
    published(desk, deadline=FAR)
    for client in (few, him):
        page = words(client, address)
        assert INLINE.findall(page) == []
        for form in re.findall(r'<form[^>]*method="post".*?</form>', page, re.DOTALL):
            assert 'name="csrf_token"' in form
    anybody = TestClient(few.app, base_url="http://127.0.0.1", follow_redirects=False)
    assert anybody.get(address, headers={"Accept": "text/html"}).status_code in (303, 401)


def test_home_says_what_waits_by_role(few: TestClient, him: TestClient, desk: Desk) -> None:
    asked = published(desk, deadline=dt.date(2027, 1, 1), commissioned=[UNIT])
    held = published(desk, deadline=FAR)
    claiming.claim(desk, held, by=NAME, unit=UNIT, now=NOW)
    page = words(him, "/")
    assert page.index("约我写的") < page.index(f"/prompts/{asked}") < page.index("我在写的")
    assert page.index("我在写的") < page.index(f"/prompts/{held}") < page.index("最近的结果")
    assert "市级采用" in page
    assert 'hx-get="/prompts/suggested?first=3"' in page
    assert f"/prompts/{asked}" not in words(another(few, "xinxi.bing", "信息员丙"), "/")
    editors = words(few, "/")
    assert "待审线索" in editors
    assert "约我写的" not in editors
    assert him.get("/home/emerging").status_code == 403
    assert words(few, "/home/emerging")


def test_an_empty_archive_says_what_to_do_next(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "load", lambda *_: Grams())
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as opened:
        assert "先看看效果" in words(sign_in(opened, "guanli", Role.ADMIN, name="管理员甲"), "/")
        told = words(sign_in(opened, "xinxi", Role.INFORMANT, name=NAME), "/")
        assert "还没有材料" in told
        assert "先看看效果" not in told
        for address in PAGES[1:]:
            assert words(opened, address)


def test_suggestions_are_cards_with_reasons_and_can_be_narrowed(him: TestClient) -> None:
    page = words(him, "/prompts/suggested")
    for part in ("角度", "为何现在", "可用题目", "依据", "为什么推荐", "新颖度", "适合程度"):
        assert part in page
    assert "批示" not in page
    counts = dict(re.findall(r'data-focus="(\w*)"[\s\S]*?<small>(\d+)</small>', page))
    cards = page.count('<article class="card prompt">')
    assert int(counts[""]) == cards > 0
    assert sum(int(count) for focus, count in counts.items() if focus) == cards
    for focus, count in counts.items():
        assert words(him, f"/prompts/suggested?focus={focus}").count('<article class="card prompt">') == int(count)
    assert "没有找到与" in words(him, "/prompts/suggested?wish=火星移民签证")


def test_published_prompts_are_found_by_words_and_focus(him: TestClient, desk: Desk) -> None:
    number = published(desk, deadline=FAR)
    card = f'id="prompt-{number}"'
    for narrowed, there in (
        ("", True),
        ("wish=老年食堂", True),
        ("wish=海上风电", False),
        ("focus=public_concern", True),
    ):
        assert (card in words(him, f"/prompts?{narrowed}")) == there, narrowed
    assert card not in words(him, "/prompts?focus=central_work")
    claiming.claim(desk, number, by="信息员丙", now=NOW)
    assert card not in words(him, "/prompts")


def test_a_prompt_is_claimed_written_reported_and_given_up(few: TestClient, him: TestClient, desk: Desk) -> None:
    number = published(desk, deadline=FAR)
    address = f"/prompts/{number}"
    assert "已认领" in him.post(f"{address}/claim").text
    assert "为第" in words(him, f"/write?prompt={number}")
    third = another(few, "xinxi.bing", "信息员丙")
    taken = third.post(f"{address}/claim")
    assert taken.status_code == 409
    assert NAME in taken.text
    kept = him.post("/write/keep", data={"title": "食堂冷清", "text": BODY, "prompt": number})
    assert "记到第" in kept.text
    claim = prompt_lists.show_prompt(desk, number, now=NOW).claims[0]
    assert claim.check is not None
    assert "13812345678" not in words(him, address)
    unknown = him.post(f"{address}/submit", data={"document": "没有这篇"})
    assert unknown.status_code == 404
    assert 'value="没有这篇"' in unknown.text
    assert "已登记报送" in him.post(f"{address}/submit", data={"document": "D00"}).text
    assert "D00" in words(him, "/mine")
    other = published(desk, deadline=FAR)
    him.post(f"/prompts/{other}/claim")
    assert "已放弃" in him.post(f"/prompts/{other}/release").text
    assert third.post(f"/prompts/{other}/claim").status_code == 200


def test_nobody_claims_without_the_sessions_token(him: TestClient, desk: Desk) -> None:
    number = published(desk, deadline=FAR)
    del him.headers["X-CSRF-Token"]
    assert him.post(f"/prompts/{number}/claim").status_code == 403
    assert prompt_lists.show_prompt(desk, number, now=NOW).claims == ()


def test_the_last_word_of_feedback_counts(him: TestClient, desk: Desk) -> None:
    number = published(desk, deadline=FAR)
    for verdict, label in (("useful", "有用"), ("not_for_me", "不适合我")):
        said = him.post(f"/prompts/{number}/feedback", data={"verdict": verdict}, headers={"HX-Request": "true"})
        assert f"已记下“{label}”" in said.text
        assert re.findall(r'value="(\w+)" aria-pressed="true"', said.text) == [verdict]
    assert "已记下“不适合我”" in words(him, f"/prompts/{number}")
    assert "已记下" not in words(him, f"/prompts/{published(desk, deadline=FAR)}")


def test_a_commission_of_others_is_not_there(few: TestClient, him: TestClient, desk: Desk) -> None:
    number = published(desk, deadline=FAR, commissioned=["第二站"])
    assert him.get(f"/prompts/{number}").status_code == 404
    for act in ("claim", "release", "submit"):
        assert him.post(f"/prompts/{number}/{act}").status_code == 404
    assert him.post("/write/keep", data={"title": "", "text": BODY, "prompt": number}).status_code == 404
    assert him.get(f"/write?prompt={number}").status_code == 404
    assert "经过" in words(few, f"/prompts/{number}")


def test_lookup_answers_as_one_types_and_says_when_nothing_fits(him: TestClient) -> None:
    assert "再输入一个字" in words(him, "/lookup?q=老")
    found = words(him, "/lookup?q=老年食堂亏损")
    assert "找到" in found
    assert "<blockquote" in found
    assert "批示" not in found
    none = words(him, "/lookup?q=火星移民签证办理")
    assert "没有找到" in none
    assert "不等于没人报过" in none
    too_long = him.get("/lookup", params={"q": "路灯" * 300})
    assert too_long.status_code == 422
    assert "查一查只收" in too_long.text
    assert "delay:300ms" in found


def test_advice_beside_a_draft_keeps_nothing_until_asked(him: TestClient, desk: Desk) -> None:
    assert "写到 40 字以上" in him.post("/write/advice", data={"title": "食堂", "text": "才几个字。"}).text
    told = him.post("/write/advice", data={"title": "食堂冷清", "text": BODY})
    assert told.status_code == 200
    assert "最接近的" in told.text
    assert re.search(r'class="badge relation-\w+"', told.text)
    assert "没有看到“" in told.text
    assert "13812345678" not in told.text
    assert "批示" not in told.text
    long = him.post("/write/advice", data={"title": "食堂冷清", "text": BODY * 40})
    assert "超过 1500 字" in long.text
    assert reopening.history(desk) == ()
    assert "查重已存下" in him.post("/write/keep", data={"title": "食堂冷清", "text": BODY}).text
    assert [each.title for each in reopening.history(desk)] == ["食堂冷清"]
    assert "食堂冷清" in words(him, "/mine")
    assert "没有可比较的文字" in him.post("/write/keep", data={"title": "", "text": "。"}).text


def test_mine_counts_ones_own_by_year_without_instructions(few: TestClient, him: TestClient) -> None:
    page = words(him, "/mine")
    (year,) = re.findall(r'<th scope="row">2026</th>([\s\S]*?)</tr>', page)
    # Reported, adopted; by the highest level: nation, province, city, district; replied.
    assert re.findall(r">(\d+)<", year) == ["1", "1", "0", "0", "1", "0", "0"]
    assert "市级采用" in page
    assert "批示" not in page
    assert "还没有署您名字的材料" in words(another(few, "xinxi.ding", NAME, "第二站"), "/mine"), "a namesake's"


def test_an_editors_own_words_on_instructions_do_not_reach_informants(
    few: TestClient, him: TestClient, desk: Desk
) -> None:
    number = published(desk, deadline=FAR)
    prompt_editing.edit(desk, number, by="编辑甲", now=NOW, angle="《食堂难》已获批示，可写落实后的情况。")
    assert "已获批示" in words(few, f"/prompts/{number}")
    assert "批示" not in words(him, f"/prompts/{number}")
    assert "批示" not in him.get(f"/api/v1/prompts/{number}").text


def test_advice_of_a_check_does_not_tell_informants_of_instructions(
    few: TestClient, him: TestClient, desk: Desk
) -> None:
    draft = {"title": "老年食堂", "text": str(rows()[0]["text"])}
    seen = few.post("/api/v1/check", json=draft).json()
    assert "有批示" in seen["advice"]
    own = him.post("/api/v1/check", json=draft).json()
    assert "批示" not in own["advice"] + "".join(own["reasons"])
    assert "市级采用" in own["advice"]
    assert "批示" not in him.get("/api/v1/checks").text
    assert "批示" not in words(him, "/mine")
    number = published(desk, deadline=FAR)
    him.post(f"/prompts/{number}/claim")
    assert "批示" not in him.post("/write/keep", data={**draft, "prompt": number}).text
    assert "批示" not in words(him, f"/prompts/{number}")
