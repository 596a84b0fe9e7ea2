"""Hostile uploads over HTTP: each is answered soon and with little memory, and the service goes on."""

from __future__ import annotations

import os
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
LONGEST = 30.0
MEGABYTES = 200
FEWEST = 200
PARTS = ("archives", "markup", "sheets", "pages", "texts")
CODES = {"file_unreadable", "file_refused", "format_unsupported", "text_unusable", "malformed"}
SOUND = Case("sound", "稿.txt", f"关于充电棚的建议\n{BODY}".encode())
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_ME = Path("/proc/self")

pytestmark = pytest.mark.skipif(not (_ME / "statm").exists(), reason="memory is measured by /proc")


@pytest.fixture(scope="module")
def office(own_demo: Path) -> Iterator[TestClient]:
    """The demo archive, asked by an editor who sends a great many files."""
    settings = Settings(home=own_demo, requests_a_minute=100_000)
    with TestClient(create_app(settings), base_url="http://127.0.0.1", raise_server_exceptions=False) as opened:
        sign_in(opened)
        assert ask(opened, SOUND).status_code == 200
        yield opened


def ask(client: TestClient, case: Case) -> Response:
    return client.post("/api/v1/checks/batch/file", files={"file": (case.file, case.data)})


class Cost:
    """The greatest memory, in MB, of this process and of those that read files for it, and what time those took."""

    def __init__(self) -> None:
        self.start = self.own = held(_ME)
        self.others: dict[str, int] = {}
        self.looks = 0
        self.times: dict[str, list[float]] = {}
        self.look()

    @property
    def worked(self) -> float:
        """Seconds of processor time in the other processes: from the first look, or from their start."""
        return sum(last - (first if known else 0) for known, first, last in self.times.values())

    @property
    def more(self) -> int:
        return self.own - self.start + max(self.others.values(), default=0)

    def look(self) -> None:
        self.own = max(self.own, held(_ME))
        for children in _ME.glob("task/*/children"):
            with suppress(OSError):  # a thread or a process that has just ended
                for number in children.read_text().split():
                    self._look_at(number, Path("/proc") / number)
        self.looks += 1

    def _look_at(self, number: str, process: Path) -> None:
        # Between fork and exec it still is this process.
        if b"xiansuo.ingest.confined" not in (process / "cmdline").read_bytes():
            return
        self.others[number] = max(self.others.get(number, 0), held(process, "VmHWM"))
        user, system = (process / "stat").read_text().rpartition(")")[2].split()[11:13]
        took = (int(user) + int(system)) / TICKS
        self.times.setdefault(number, [self.looks == 0, took, took])[2] = took


def held(process: Path, what: str = "VmRSS") -> int:
    for line in (process / "status").read_text().splitlines():
        if line.startswith(what):
            return int(line.split()[1]) >> 10
    return 0


@contextmanager
def watched() -> Iterator[Cost]:
    cost, done = Cost(), threading.Event()

    def watch() -> None:
        while not done.wait(0.01):
            cost.look()

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield cost
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
    start, worked = time.perf_counter(), time.process_time()
    with watched() as cost:
        answer = ask(client, case)
    passed, worked = time.perf_counter() - start, time.process_time() - worked + cost.worked
    # On a machine that others keep busy, waiting for a turn does not count.
    seconds = passed if passed < SECONDS or passed > LONGEST else worked
    told = answer.json()
    if answer.status_code == 200:
        right = case.may_pass
    else:
        right = 400 <= answer.status_code < 500 and told["code"] in CODES and bool(told["title"] and told["advice"])
    if right and seconds < SECONDS and cost.more < MEGABYTES:
        return ""
    return f"{case.name}: {answer.status_code} {told.get('title')}, {seconds:.1f} s, {cost.more} MB"


def test_there_are_enough_of_them(made: dict[str, list[Case]]) -> None:
    names = [case.name for cases in made.values() for case in cases]
    assert len(set(names)) == len(names) >= FEWEST
