"""Import on a page: files become a job, followed to its account of every row."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests import matters
from tests.conftest import NOON, GramEncoder
from tests.signing import desk_of, sign_in
from xiansuo.app import create_app
from xiansuo.desk import jobs
from xiansuo.desk.job_work import Worker
from xiansuo.embed import shelf
from xiansuo.records.jobs import JobKind
from xiansuo.settings import Settings

LETTERS = "\n".join(json.dumps(row, ensure_ascii=False) for row in matters.ALL).encode()
TABLE = "标题,正文,单位,日期\n空的,，。,某单位,2026-05-02\n将来的,这一篇的日期写到了将来。,某单位,2099-01-01\n".encode()


@pytest.fixture
def office(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """An empty archive where nobody works on jobs by himself."""
    monkeypatch.setattr(shelf, "load", lambda *_: GramEncoder())
    app = create_app(settings.model_copy(update={"jobs": "outside"}))
    with TestClient(
        app, base_url="http://127.0.0.1", headers={"Accept": "text/html"}, raise_server_exceptions=False
    ) as opened:
        yield sign_in(opened)


def work(office: TestClient) -> None:
    Worker(desk_of(office).settings, lambda: NOON).run(once=True)


def give(office: TestClient, *files: tuple[str, bytes], kind: str = "") -> str:
    """Give files in, and return the page that they lead to."""
    answer = office.post(
        "/archive/import", files=[("files", file) for file in files], data={"kind": kind}, follow_redirects=False
    )
    assert answer.status_code == 303
    return answer.headers["location"]


def test_an_empty_archive_says_how_to_begin(office: TestClient) -> None:
    page = office.get("/archive").text
    assert "档案还是空的" in page
    assert 'href="/archive/import"' in page


def test_files_are_followed_until_they_are_in_the_archive(office: TestClient) -> None:
    place = give(office, ("来稿.jsonl", LETTERS), ("台账.csv", TABLE))
    waiting = office.get(place).text
    assert "排队" in waiting
    (poll,) = re.findall(r'hx-get="([^"]*)" hx-trigger="every 1s"', waiting)
    work(office)
    done = office.get(poll, headers={"HX-Request": "true"}).text
    assert "hx-get" not in done
    assert "<html" not in done
    assert done.count('tone-bad">未收录</span>') == 2
    assert "日期在将来" in done
    assert 'href="/archive"' in done
    assert matters.LIFT["title"] in office.get("/archive").text
    table = office.get(f"{place}/remarks.csv")
    assert table.content.startswith(b"\xef\xbb\xbf")
    assert "台账.csv" in table.text
    assert "来稿.jsonl" in office.get("/archive/import").text


def test_the_kind_that_was_chosen_counts(office: TestClient) -> None:
    rows = [{key: value for key, value in matters.LIFT.items() if key != "kind"}]
    give(office, ("专报.jsonl", json.dumps(rows[0], ensure_ascii=False).encode()), kind="report")
    work(office)
    assert "共 1 篇" in office.get("/archive", params={"kind": "report"}).text


def test_an_import_can_be_cancelled_and_says_what_stays(office: TestClient) -> None:
    place = give(office, ("来稿.jsonl", LETTERS))
    assert f'action="{place}/cancel"' in office.get(place).text
    page = office.post(f"{place}/cancel").text
    assert "已取消" in page
    assert "every 1s" not in page
    again = office.post(f"{place}/cancel")
    assert again.status_code == 200


@pytest.mark.parametrize(("name", "content", "says"), [("空.csv", b"", "上传的文件是空的")])
def test_a_file_that_cannot_be_kept_is_told_on_the_page(
    office: TestClient, name: str, content: bytes, says: str
) -> None:
    answer = office.post("/archive/import", files=[("files", (name, content))])
    assert answer.status_code in (400, 413, 422)
    assert says in answer.text
    assert "data-drop" in answer.text


def test_a_file_that_cannot_be_read_ends_in_words(office: TestClient) -> None:
    place = give(office, ("坏.docx", b"not a document"))
    work(office)
    page = office.get(place).text
    assert "every 1s" not in page
    assert "tone-bad" in page
    assert office.get(f"{place}/remarks.csv").status_code == 404


def test_other_jobs_are_not_shown_as_imports(office: TestClient) -> None:
    job = jobs.submit(desk_of(office), JobKind.TOPICS, by="编辑甲", now=NOON)
    assert office.get(f"/archive/import/{job.id}").status_code == 404
    assert office.get("/archive/import/99").status_code == 404
