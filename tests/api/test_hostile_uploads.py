"""Hostile uploads over HTTP: each is answered soon and with little memory, and the service goes on."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from tests.ingest import hostile
from tests.ingest.hostile.case import BODY, Case
from tests.signing import sign_in
from xiansuo.app import create_app
from xiansuo.settings import Settings

SECONDS = 2.0
MEGABYTES = 200
FEWEST = 200
PARTS = ("archives", "markup", "sheets", "pages", "texts")
CODES = {"file_unreadable", "file_refused", "format_unsupported", "text_unusable", "malformed"}
SOUND = Case("sound", "稿.txt", f"关于充电棚的建议\n{BODY}".encode())
_ME = Path("/proc/self")

pytestmark = pytest.mark.skipif(not (_ME / "statm").exists(), reason="memory is measured by /proc")


@pytest.fixture(scope="module")
def office(demo_home: Path) -> Iterator[TestClient]:
    """The demo archive, asked by an editor who sends a great many files."""
    settings = Settings(home=demo_home, requests_a_minute=100_000)
    with TestClient(create_app(settings), base_url="http://127.0.0.1", raise_server_exceptions=False) as opened:
        sign_in(opened)
        assert ask(opened, SOUND).status_code == 200
        yield opened


def ask(client: TestClient, case: Case) -> Response:
    return client.post("/api/v1/checks/batch/file", files={"file": (case.file, case.data)})


class Memory:
    """The greatest memory, in MB, of this process and of those that read files for it."""

    def __init__(self) -> None:
        self.start = self.own = held(_ME)
        self.others: dict[str, int] = {}

    @property
    def more(self) -> int:
        return self.own - self.start + max(self.others.values(), default=0)

    def look(self) -> None:
        self.own = max(self.own, held(_ME))
        for children in _ME.glob("task/*/children"):
            for number in children.read_text().split():
                process = Path("/proc") / number
                # Between fork and exec it still is this process.
                if b"xiansuo.ingest.confined" in (process / "cmdline").read_bytes():
                    self.others[number] = max(self.others.get(number, 0), held(process, "VmHWM"))


def held(process: Path, what: str = "VmRSS") -> int:
    for line in (process / "status").read_text().splitlines():
        if line.startswith(what):
            return int(line.split()[1]) >> 10
    return 0


@contextmanager
def watched() -> Iterator[Memory]:
    memory, done = Memory(), threading.Event()

    def watch() -> None:
        while not done.wait(0.01):
            with suppress(OSError):  # a process that is ending
                memory.look()

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield memory
    finally:
        done.set()
        watcher.join()


@pytest.fixture(scope="module")
def made() -> dict[str, list[Case]]:
    """All cases, by what they are made of."""
    return {part: list(getattr(hostile, part).cases()) for part in PARTS}


@pytest.mark.parametrize("part", PARTS)
def test_hostile_uploads_are_refused_soon_and_harm_nothing(
    office: TestClient, made: dict[str, list[Case]], part: str
) -> None:
    wrong = [said for case in made[part] if (said := judged(office, case))]
    assert not wrong
    assert office.get("/api/v1/health/live").status_code == 200
    assert ask(office, SOUND).status_code == 200


def judged(client: TestClient, case: Case) -> str:
    """Send it and say what was wrong with the answer."""
    # Shared machines have moods: what was slow once may try again.
    for _ in range(3):
        start = time.perf_counter()
        with watched() as memory:
            answer = ask(client, case)
        seconds = time.perf_counter() - start
        if seconds < SECONDS:
            break
    told = answer.json()
    if answer.status_code == 200:
        right = case.may_pass
    else:
        right = 400 <= answer.status_code < 500 and told["code"] in CODES and bool(told["title"] and told["advice"])
    if right and seconds < SECONDS and memory.more < MEGABYTES:
        return ""
    return f"{case.name}: {answer.status_code} {told.get('title')}, {seconds:.1f} s, {memory.more} MB"


def test_there_are_enough_of_them(made: dict[str, list[Case]]) -> None:
    names = [case.name for cases in made.values() for case in cases]
    assert len(set(names)) == len(names) >= FEWEST
