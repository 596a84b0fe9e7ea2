"""The examples for other programs run as they stand, against the real application behind a socket."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.archives import Grams, fill, rows
from tests.desk.test_aligning import listed
from tests.serving import serving
from tests.signing import account
from xiansuo.app import create_app
from xiansuo.desk import api_keys, prompt_lists
from xiansuo.desk.about import about
from xiansuo.desk.desk import Desk
from xiansuo.embed import shelf
from xiansuo.records.accounts import Role, Scope
from xiansuo.records.prompts import PromptState
from xiansuo.settings import Settings
from xiansuo.store import state

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
KINDS = {"client.py": [sys.executable], "curl.sh": ["sh"]}


@pytest.fixture
def service(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Desk, str]]:
    """A small archive, served with its worker."""
    monkeypatch.setattr(shelf, "load", lambda *_: Grams())
    with Desk(settings) as desk:
        listed(fill(desk, tmp_path, rows()), tmp_path)
        with desk.database.write() as connection:
            state.put(connection, state.DAY, NOW.date().isoformat())
    app = create_app(settings)
    with serving(app) as address:
        yield app.state.desk, address


def arrived(folder: Path) -> Path:
    """A file with one document that the archive does not hold."""
    path = folder / "新到来稿.jsonl"
    row = {"id": "N1", "title": "关于窗口延时服务的建议", "text": "窗口中午不办公，上班族办事只能请假，建议轮流值班。"}
    path.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", KINDS)
def test_an_example_goes_its_round(service: tuple[Desk, str], tmp_path: Path, name: str) -> None:
    if name == "curl.sh" and not shutil.which("curl"):
        pytest.skip("curl is not on this machine")
    desk, address = service
    editor = account(desk, "waibu.xitong", Role.EDITOR, "外部系统")
    now = dt.datetime.now(dt.UTC)
    key = api_keys.make(desk, editor.id, "办公系统", [Scope.READ, Scope.WRITE], by="管理员", now=now).secret
    done = subprocess.run(
        [*KINDS[name], str(EXAMPLES / name), str(arrived(tmp_path))],
        env={**os.environ, "XIANSUO_URL": address, "XIANSUO_KEY": key, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    assert about(desk).documents == len(rows()) + 1
    lines = prompt_lists.list_prompts(desk, now=NOW)
    assert [line.state for line in lines].count(PromptState.PUBLISHED) == 1
    for told in ("外部系统", "老年食堂", "文字大量重复"):
        assert told in done.stdout
    assert key not in done.stdout + done.stderr


def test_what_the_service_refuses_is_told(service: tuple[Desk, str], tmp_path: Path) -> None:
    _, address = service
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / "client.py"), str(arrived(tmp_path))],
        env={**os.environ, "XIANSUO_URL": address, "XIANSUO_KEY": "xs_nobody", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 1
    assert "请先登录" in done.stderr
