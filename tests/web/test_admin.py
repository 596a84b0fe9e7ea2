"""Pages of administration and jobs: what is shown once, what is asked first, who may see it, and the first run."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests import matters
from tests.conftest import NOON, GramEncoder
from tests.signing import account, desk_of, sign_in
from xiansuo.app import create_app
from xiansuo.desk import accounts, auditing, backup, jobs, signing_in
from xiansuo.desk.importing import import_path
from xiansuo.desk.job_work import Worker
from xiansuo.desk.office import office
from xiansuo.embed import shelf
from xiansuo.gate.rules import RULES
from xiansuo.gate.who import COOKIE
from xiansuo.records import Team
from xiansuo.records.accounts import Role
from xiansuo.records.jobs import JobKind, JobState
from xiansuo.settings import Settings
from xiansuo.web.markdown import shown

BROWSER = {"Accept": "text/html"}
PASSWORD = "chun-jiang-2026-hua"
PAGES = (
    "/admin", "/admin/users", "/admin/users/1", "/admin/keys", "/admin/models", "/admin/models/cards/relation",
    "/admin/settings", "/admin/audit", "/admin/audit/soundness", "/admin/backup", "/jobs", "/account",
)  # fmt: skip
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", re.IGNORECASE)


@pytest.fixture
def client(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """An empty home asked by an administrator; nobody works on jobs but `work`."""
    monkeypatch.setattr(shelf, "load", lambda *_: GramEncoder())
    made = create_app(settings.model_copy(update={"jobs": "outside"}))
    with TestClient(made, base_url="http://localhost", follow_redirects=False, headers=BROWSER) as opened:
        yield sign_in(opened, "guanli", Role.ADMIN, name="管理员甲")


def work(client: TestClient) -> None:
    Worker(desk_of(client).settings, lambda: dt.datetime.now(dt.UTC)).run(once=True)


def filled(client: TestClient, tmp_path: Path) -> None:
    import_path(desk_of(client), matters.write(tmp_path / "来稿.jsonl", matters.ALL), now=NOON)


def secret_on(page: str) -> str:
    found = re.search(r'id="secret" value="([^"]+)"', page)
    assert found, "nothing to hand over"
    return html.unescape(found[1])


def notice_of(client: TestClient, answer: Any) -> str:
    assert answer.status_code == 303
    return str(client.get(answer.headers["location"]).text)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_with_nothing_inline(client: TestClient, tmp_path: Path, path: str) -> None:
    filled(client, tmp_path)
    answer = client.get(path)
    assert answer.status_code == 200
    assert INLINE.findall(answer.text) == []
    for form in re.findall(r'<form[^>]*method="post".*?</form>', answer.text, re.DOTALL):
        assert 'name="csrf_token"' in form


def test_only_administrators_come_in(client: TestClient) -> None:
    admins = [rule.split(" ")[1] for rule in RULES if rule.startswith("GET /admin")]
    assert len(admins) >= 10
    for role, login in ((Role.EDITOR, "bianji"), (Role.INFORMANT, "xinxi")):
        sign_in(client, login, role, name=role.label)
        for path in admins:
            assert client.get(path.format(id=1, name="relation")).status_code == 403, path
        assert client.post("/first-run/demo").status_code == 403
        assert client.post("/admin/backup").status_code == 403
        assert client.get("/account").status_code == 200
    assert client.get("/jobs").status_code == 403
    client.cookies.delete(COOKIE)
    assert client.get("/admin").headers["location"].startswith("/login")


def test_the_overview_tells_what_is_there(client: TestClient, tmp_path: Path) -> None:
    filled(client, tmp_path)
    before = client.get("/admin").text
    assert "还没有备份" in before
    assert "grams@000000000000" in before
    client.post("/admin/backup")
    work(client)
    jobs.submit(desk_of(client), JobKind.INDEXES, by="管理员甲", now=NOON)
    after = client.get("/admin").text
    assert "还没有备份" not in after
    assert 'href="/jobs/2"' in after


def test_an_account_is_made_and_its_link_shown_once(client: TestClient) -> None:
    made = client.post("/admin/users", data={"login": "xin.01", "role": "informant", "unit": "青屿县政协"})
    assert made.status_code == 200
    link = secret_on(made.text)
    assert link.startswith("http://localhost/first/")
    secret = link.rsplit("/", 1)[1]
    assert secret not in client.get("/admin/users").text
    opened = signing_in.choose_password(desk_of(client), secret, PASSWORD, again=PASSWORD, now=dt.datetime.now(dt.UTC))
    assert (opened.account.login, opened.account.unit, opened.account.role) == ("xin.01", "青屿县政协", Role.INFORMANT)
    assert secret not in str(auditing.trail(desk_of(client)))


def test_mistakes_keep_what_was_typed(client: TestClient) -> None:
    answer = client.post("/admin/users", data={"login": "a b", "unit": "青屿县政协", "role": "editor"})
    assert answer.status_code == 400
    assert "登录名要" in answer.text
    assert 'value="青屿县政协"' in answer.text
    assert '<option value="editor" selected>' in answer.text
    assert client.post("/admin/keys", data={"name": "办公系统", "account": 1, "days": 90}).status_code == 400


def test_an_account_is_changed_closed_and_opened(client: TestClient) -> None:
    desk = desk_of(client)
    other = account(desk, "bianji", Role.INFORMANT, "乙", "旧单位")
    page = notice_of(client, client.post(f"/admin/users/{other.id}", data={"name": "丙", "role": "editor", "unit": ""}))
    assert "已改账号" in page
    after = accounts.named(desk, "bianji")
    assert (after.name, after.role, after.unit) == ("丙", Role.EDITOR, "")
    client.post(f"/admin/users/{other.id}", data={"name": "丙", "role": "editor", "team": "invited"})
    assert accounts.named(desk, "bianji").team is Team.INVITED
    assert '<option value="">未填</option>' in client.get(f"/admin/users/{other.id}").text, "a team can be left"
    client.post(f"/admin/users/{other.id}", data={"name": "丙", "role": "editor", "team": ""})
    assert accounts.named(desk, "bianji").team is None
    by_api = [
        client.patch(f"/api/v1/users/{other.id}", json=asked).json()["team"]
        for asked in ({"team": "member"}, {"unit": "新单位"}, {"team": ""})
    ]
    assert by_api == ["member", "member", None]
    client.post(f"/admin/users/{other.id}", data={"name": "丙", "role": "editor", "unit": ""})
    assert "已停用“bianji”" in notice_of(client, client.post(f"/admin/users/{other.id}/close"))
    assert accounts.named(desk, "bianji").disabled_at
    assert f"/admin/users/{other.id}/reopen" in client.get("/admin/users").text
    assert "已恢复" in notice_of(client, client.post(f"/admin/users/{other.id}/reopen"))
    client.post("/admin/keys", data={"name": "办公系统", "account": other.id, "scopes": ["read"], "days": 90})
    assert "密钥已作废" in notice_of(client, client.post(f"/admin/users/{other.id}/close"))
    assert "作废的密钥：" in client.get("/admin/audit").text
    assert "密钥不再能用" in notice_of(client, client.post(f"/admin/users/{other.id}/reopen"))
    link = secret_on(client.post(f"/admin/users/{other.id}/door").text)
    assert signing_in.door_is_open(desk, link.rsplit("/", 1)[1], now=dt.datetime.now(dt.UTC))
    assert client.get("/admin/users/99").status_code == 404


def test_the_last_administrator_stays(client: TestClient) -> None:
    own = accounts.named(desk_of(client), "guanli").id
    assert "唯一的管理员" in notice_of(client, client.post(f"/admin/users/{own}/close"))
    refused = client.post(f"/admin/users/{own}", data={"name": "管理员甲", "role": "editor"})
    assert refused.status_code == 409
    assert "唯一的管理员" in refused.text
    assert f"/admin/users/{own}/close" not in client.get("/admin/users").text


def test_a_key_is_shown_once_works_and_ends(client: TestClient) -> None:
    own = accounts.named(desk_of(client), "guanli").id
    made = client.post("/admin/keys", data={"name": "办公系统", "account": own, "scopes": ["read"], "days": 90})
    key = secret_on(made.text)
    listed = client.get("/admin/keys").text
    assert key not in listed
    assert "办公系统" in listed
    program = {"Authorization": f"Bearer {key}"}
    asker = TestClient(client.app, base_url="http://localhost")
    assert asker.get("/api/v1/me", headers=program).json()["login"] == "guanli"
    assert asker.get("/api/v1/users", headers=program).status_code == 403
    assert "已停用密钥" in notice_of(client, client.post("/admin/keys/1/revoke"))
    assert asker.get("/api/v1/me", headers=program).status_code == 401


def test_settings_are_kept_and_told_as_informants_meet_them(client: TestClient) -> None:
    answer = client.post("/admin/settings", data={"name": " 研究室 ", "contact": "", "instructions": "1"})
    assert "设置已保存" in notice_of(client, answer)
    kept = office(desk_of(client))
    assert (kept.name, kept.instructions, kept.texts) == ("研究室", True, False)
    page = client.get("/admin/settings").text
    seen = dict(re.findall(r'<th scope="row">(.*?)</th><td><span[^>]*>(.*?)</span>', page))
    assert seen["领导批示"] == "看得到"
    assert next(said for what, said in seen.items() if "全文" in what) == "看不到"
    wrong = client.post("/admin/settings", data={"name": "长" * 101, "texts": "1"})
    assert wrong.status_code == 400
    assert "长" * 101 in wrong.text
    assert office(desk_of(client)) == kept


def test_the_trail_is_paged_filtered_and_checked(client: TestClient) -> None:
    desk = desk_of(client)
    for n in range(60):
        auditing.note(desk, None, "sign_in" if n % 2 else "keys.make", now=NOON, target=f"第{n}个")
    first = client.get("/admin/audit").text
    after = html.unescape(re.search(r'href="(/admin/audit\?[^"]*)" rel="next"', first)[1])  # type: ignore[index]
    second = client.get(after).text
    told = [set(re.findall(r"第\d+个", page)) for page in (first, second)]
    assert told[0].isdisjoint(told[1])
    assert len(told[0] | told[1]) == 60
    only = client.get("/admin/audit?action=keys.").text
    assert len(re.findall(r"第\d+个", only)) == 30
    account(desk, "bianji", Role.EDITOR)
    client.post("/admin/users/99/close")
    last = client.get("/admin/audit").text
    assert "身份：编辑" in last
    assert "POST /admin/users/{id}/close" in last
    assert "没有符合条件" in client.get("/admin/audit?account=999").text
    assert "完好" in client.get("/admin/audit/soundness").text
    with desk.database.write() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
        for name in names:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("UPDATE audit SET name = '别人' WHERE seq = 7")
    assert "从第 7 条起" in client.get("/admin/audit/soundness").text


def test_the_trail_tells_what_was_changed_in_documents_and_settings(client: TestClient, tmp_path: Path) -> None:
    filled(client, tmp_path)
    id = matters.ALL[0]["id"]
    client.post(f"/archive/{id}/outcomes", data={"what": "adoption", "level": "city", "date": "2026-01-05"})
    points = {"reported": 2, "district": 1, "city": 1, "province": 1, "nation": 1, "instructed": 1, "counted": "every"}
    client.post("/bulletin/terms", data={**points, "targets": "甲 8"})
    page = client.get("/admin/audit").text
    assert "记下材料的结果" in page
    assert "改了：采用" in page
    assert "几级采用时 各级累加" in page
    assert "全年任务：甲 8" in page
    assert id in client.get("/admin/audit?action=document.").text


def test_a_backup_is_made_listed_and_given_out(client: TestClient, tmp_path: Path) -> None:
    filled(client, tmp_path)
    assert "还没有备份" in client.get("/admin/backup").text
    waiting = notice_of(client, client.post("/admin/backup"))
    poll = re.findall(r'hx-get="([^"]*)" hx-trigger="every 1s"', waiting)
    assert poll == ["/admin/backup/progress"]
    assert 'action="/admin/backup"' not in waiting, "one at a time"
    assert client.post("/admin/backup").headers["location"] == "/admin/backup"
    assert "every 1s" in client.get(poll[0], headers={"HX-Request": "true"}).text
    work(client)
    assert [job.kind for job in jobs.listed(desk_of(client)).jobs] == [JobKind.BACKUP]
    led = client.get(poll[0], headers={"HX-Request": "true"}).headers["hx-redirect"]
    (made,) = backup.listed(desk_of(client).settings)
    page = client.get(led).text
    assert f"已备份：{made.name}" in page
    assert "已备份" not in client.get("/admin/backup").text
    assert client.get(poll[0]).headers["location"] == "/admin/backup"
    assert made.sha256[:16] in page
    given = client.get(f"/admin/backup/{made.name}")
    assert given.content == backup.place(desk_of(client).settings, made.name).read_bytes()
    assert "attachment" in given.headers["content-disposition"]
    assert client.get("/admin/backup/xiansuo.db").status_code == 404
    assert auditing.trail(desk_of(client), action="backup.make")[0].name == "管理员甲"


def test_a_backup_that_failed_says_why(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xiansuo.store.copies.faults", lambda *_: ["数据库文件有 1 处不完整"])
    client.post("/admin/backup")
    work(client)
    led = client.get("/admin/backup/progress", headers={"HX-Request": "true"}).headers["hx-redirect"]
    assert "备份没有做成：数据库文件有 1 处不完整。请运行 xiansuo doctor" in client.get(led).text
    assert backup.listed(desk_of(client).settings) == []


def test_models_are_listed_with_cards_and_led_by_jobs(client: TestClient, tmp_path: Path) -> None:
    filled(client, tmp_path)
    page = client.get("/admin/models").text
    for said in ("static-zh", "正在使用", "查重：两篇是什么关系"):
        assert said in page
    for name in set(re.findall(r'/admin/models/cards/([^"]+)"', page)):
        assert client.get(f"/admin/models/cards/{name}").status_code == 200, name
    assert client.get("/admin/models/cards/..%2F..%2Fpyproject").status_code == 404
    asked = client.post("/admin/models/indexes").headers["location"]
    work(client)
    done = client.get(asked).text
    assert "完成。" in done
    assert "hx-get" not in done
    client.post("/admin/models/use", data={"name": "static-zh"})
    assert jobs.one(desk_of(client), 2).arguments == {"name": "static-zh"}
    assert client.post("/admin/models/use", data={"name": " "}).status_code == 400
    client.post("/admin/models/adapt")
    work(client)
    assert "不足 300 篇" in client.get("/jobs/3").text


def test_cards_are_shown_without_markup_of_their_own() -> None:
    card = (
        "# A <b>card</b>\n\n<script>x</script>\n\n[x](javascript:a) ![i](http://e)\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n"
    )
    page = str(shown(card))
    assert "<h2>A &lt;b&gt;" in page
    assert '<td class="number">2</td>' in page
    assert not re.search(r"<script|<a |<img|style=|<b>", page)


def test_jobs_are_followed_cancelled_and_asked_for_again(client: TestClient) -> None:
    desk = desk_of(client)
    jobs.submit(desk, JobKind.TOPICS, by="编辑甲", now=NOON)
    waiting = client.get("/jobs/1").text
    assert 'hx-get="/jobs/1/progress" hx-trigger="every 1s"' in waiting
    part = client.get("/jobs/1/progress").text
    assert "<html" not in part
    assert 'id="job"' in part
    assert client.post("/jobs/1/cancel").headers["location"] == "/jobs/1"
    assert "已取消" in client.get("/jobs/1").text
    assert client.post("/jobs/1/again").headers["location"] == "/jobs/2"
    assert (jobs.one(desk, 2).kind, jobs.one(desk, 2).by) == (JobKind.TOPICS, "管理员甲")
    assert "还没有结束" in notice_of(client, client.post("/jobs/2/again"))
    work(client)
    assert "不能再取消" in notice_of(client, client.post("/jobs/2/cancel"))
    assert client.get("/jobs/99").status_code == 404


def test_editors_see_their_own_jobs_and_what_is_under_way(client: TestClient) -> None:
    desk = desk_of(client)
    for by in ("编辑甲", "管理员甲", "编辑甲", "管理员甲"):
        jobs.submit(desk, JobKind.INDEXES, by=by, now=NOON)
    for id in (1, 2):
        jobs.cancel(desk, id, now=NOON)
    assert {int(each) for each in re.findall(r'href="/jobs/(\d+)"', client.get("/jobs").text)} == {1, 2, 3, 4}
    sign_in(client, "bianji", Role.EDITOR, name="编辑甲")
    page = client.get("/jobs").text
    assert {int(each) for each in re.findall(r'href="/jobs/(\d+)"', page)} == {1, 3, 4}
    assert "/admin/users" not in page
    assert client.get("/jobs/2").status_code == 404
    assert "/jobs/4/cancel" not in client.get("/jobs/4").text
    assert "别人提交" in notice_of(client, client.post("/jobs/4/cancel"))
    assert jobs.one(desk, 4).state is JobState.QUEUED
    assert "/jobs/1/again" not in client.get("/jobs/1").text
    assert "管理员来做" in notice_of(client, client.post("/jobs/1/again"))
    assert jobs.listed(desk).jobs[0].id == 4


def test_one_changes_the_own_password(client: TestClient) -> None:
    desk, now = desk_of(client), dt.datetime.now(dt.UTC)
    own = accounts.named(desk, "guanli")
    accounts.set_password(desk, own.id, PASSWORD, by="测试", now=now)
    sign_in(client, "guanli")
    elsewhere = signing_in.open_session(desk, own, now=now)
    other = {"old": PASSWORD, "new": "xia-tian-2026-he", "again": "xia-tian-2026-he"}
    assert "不一样" in client.post("/account/password", data={**other, "again": "x" * 12}).text
    assert client.post("/account/password", data={**other, "old": "x" * 12}).status_code == 403
    assert "密码已改" in notice_of(client, client.post("/account/password", data=other))
    assert signing_in.of_session(desk, elsewhere.token, now=now) is None
    assert signing_in.sign_in(desk, "guanli", "xia-tian-2026-he", now=dt.datetime.now(dt.UTC))


def test_whoever_was_given_a_password_changes_it_first(client: TestClient) -> None:
    desk = desk_of(client)
    own = accounts.named(desk, "guanli")
    accounts.set_password(desk, own.id, PASSWORD, by="测试", now=dt.datetime.now(dt.UTC), changes=True)
    sign_in(client, "guanli")
    for path in ("/", "/admin", "/archive", "/docs"):
        assert client.get(path).headers["location"] == "/account", path
    assert client.post("/admin/backup").headers["location"] == "/account"
    assert backup.listed(desk.settings) == []
    assert client.get("/admin", headers={"HX-Request": "true"}).headers["hx-redirect"] == "/account"
    assert client.get("/api/v1/users").json()["code"] == "not_allowed"
    assert client.get("/static/app.css").status_code == 200
    assert "代设" in client.get("/account").text
    told = {"old": PASSWORD, "new": "xia-tian-2026-he", "again": "xia-tian-2026-he"}
    assert client.post("/account/password", data=told).headers["location"] == "/"
    assert client.get("/admin").status_code == 200


def test_an_empty_archive_becomes_the_demo_by_one_click(client: TestClient) -> None:
    first = client.get("/").text
    assert 'action="/first-run/demo"' in first
    followed = client.post("/first-run/demo").headers["location"]
    assert client.post("/first-run/demo").headers["location"] == followed
    assert 'hx-trigger="every 1s"' in client.get(followed).text
    work(client)
    done = client.get(followed).text
    assert "完成。" in done
    assert 'href="/"' in done
    assert "/first-run/demo" not in client.get("/").text
    assert accounts.named(desk_of(client), "guanli").role is Role.ADMIN
