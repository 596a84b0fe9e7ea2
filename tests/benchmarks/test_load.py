"""Fifty people at once on 20,000 documents, for minutes: nothing fails, nobody waits long, memory stays level.

Before that a few ask without pause, until the service holds in memory the texts that it keeps for the next check (see
`xiansuo.desk.readings`): the minutes are those of a service that has been at work for a while.

The service runs in a process of its own, as it does in an office; those who ask are threads here. Seconds and users:
XIANSUO_LOAD_SECONDS (180), XIANSUO_LOAD_USERS (50).
"""

from __future__ import annotations

import datetime as dt
import http.client
import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import chain
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pytest

from tests.benchmarks.archive import bodies, clause, titles
from tests.benchmarks.stored import fill, id_at
from tests.signing import account
from xiansuo.desk import api_keys
from xiansuo.desk.desk import Desk
from xiansuo.records.accounts import Role, Scope
from xiansuo.settings import Settings

pytestmark = pytest.mark.benchmark

_DOCUMENTS, _LENGTH = 20_000, 400
_USERS = int(os.environ.get("XIANSUO_LOAD_USERS", "50"))
_SECONDS = float(os.environ.get("XIANSUO_LOAD_SECONDS", "180"))
_ALONE, _FIRST, _FEW = 60, 2_000, 6
"""Searches alone; requests before all begin, and how many people ask them."""
_PAUSE = (4.0, 12.0)
"""Seconds between two requests of somebody who reads what came."""
_SLOWER, _GROWTH = 10.0, 0.05


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of 20,000 documents, written through the store without reading any file."""
    folder = tmp_path_factory.mktemp("load")
    with Desk(Settings(home=folder)) as desk:
        fill(desk, _DOCUMENTS, _LENGTH)
    return folder


@pytest.fixture(scope="module")
def service(home: Path) -> Iterator[tuple[str, int, int]]:
    """The served home: the key of an editor, the port, and the process's id."""
    with Desk(Settings(home=home)) as desk:
        editor = account(desk, "fuzai.shiyan", Role.EDITOR, "编辑甲")
        now = dt.datetime.now(dt.UTC)
        key = api_keys.make(desk, editor.id, "负载", [Scope.READ, Scope.WRITE], by="管理员", now=now).secret
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "XIANSUO_HOME": str(home), "XIANSUO_REQUESTS_A_MINUTE": "1000000"}
    command = [sys.executable, "-m", "uvicorn", "--factory", "xiansuo.app:from_environment"]
    process = subprocess.Popen([*command, "--port", str(port), "--log-level", "warning"], env=environment)
    try:
        _until_ready(process, port)
        yield key, port, process.pid
    finally:
        process.terminate()
        process.wait(60)


def test_load(service: tuple[str, int, int]) -> None:
    key, port, process = service
    for name, ask in _ASKED:
        assert _asked(port, key, ask, 0)[0] == 200, name
    cold = _held(process)
    _all_at_once(port, key, _FEW, lambda asked, _: len(asked) * _FEW < _FIRST, pause=(0.0, 0.0))
    # Before and after, since shared computers have moods.
    alone = [_asked(port, key, _search, 1 + i)[1] for i in range(_ALONE)]

    memory: list[tuple[float, float]] = []
    end = time.monotonic() + _SECONDS
    watch = threading.Thread(target=_watch, args=(process, end, memory))
    watch.start()
    answers = _all_at_once(port, key, _USERS, lambda _, at: at < end, pause=_PAUSE)
    watch.join()

    alone += [_asked(port, key, _search, 1 + _ALONE + i)[1] for i in range(_ALONE)]
    single = float(np.percentile(alone, 95))
    statuses = Counter(status for _, status, _ in answers)
    taken = {name: [seconds for asked, _, seconds in answers if asked == name] for name, _ in _ASKED}
    slope = float(np.polyfit([at for at, _ in memory], [size for _, size in memory], 1)[0])
    middle = float(np.median([size for _, size in memory]))
    ratio = float(np.percentile(taken["search"], 95)) / single
    print(  # noqa: T201
        f"\n{_USERS} users, {_SECONDS:.0f} s, {_DOCUMENTS:,} documents: {statuses.total()} requests, {dict(statuses)}\n"
        f"search alone: p95 {single * 1000:.0f} ms; among all {ratio:.1f} x (at most {_SLOWER:.0f})\n"
        f"memory at first {cold:.0f} MB, then {middle:.0f} MB and {slope * 60:+.2f} MB a minute"
    )
    for name, found in taken.items():
        p50, p95 = np.percentile(found or [0.0], [50, 95]) * 1000
        print(f"{name}: {len(found)} requests, p50 {p50:.0f} ms, p95 {p95:.0f} ms")  # noqa: T201
    assert set(statuses) == {200}
    assert ratio <= _SLOWER
    assert slope * _SECONDS <= middle * _GROWTH


def _all_at_once(
    port: int,
    key: str,
    people: int,
    goes_on: Callable[[list[tuple[str, int, float]], float], bool],
    pause: tuple[float, float],
) -> list[tuple[str, int, float]]:
    """Let some people ask as long as each goes on: (what, status, seconds) of every answer."""

    def somebody(who: int) -> list[tuple[str, int, float]]:
        choice = random.Random(who)
        found: list[tuple[str, int, float]] = []
        time.sleep(choice.uniform(0, pause[1]))
        while goes_on(found, time.monotonic()):
            name, ask = choice.choices(_ASKED, _OFTEN)[0]
            found.append((name, *_asked(port, key, ask, choice.randrange(1 << 30))))
            time.sleep(choice.uniform(*pause))
        return found

    with ThreadPoolExecutor(people) as crowd:
        return list(chain.from_iterable(crowd.map(somebody, range(people))))


def _asked(port: int, key: str, ask: Callable[[int], tuple[str, str, bytes]], seed: int) -> tuple[int, float]:
    method, path, body = ask(seed)
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    # A connection each: one left open is closed by the service after a while, as a browser knows and this does not.
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=300)) as connection:
        begun = time.perf_counter()
        connection.request(method, f"/api/v1{path}", body or None, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status, time.perf_counter() - begun


def _search(seed: int) -> tuple[str, str, bytes]:
    return "GET", f"/lookup?q={quote(clause(np.random.default_rng(seed)))}&limit=10", b""


def _check(seed: int) -> tuple[str, str, bytes]:
    title, text = next(titles(1, seed=seed)), next(bodies(1, 800, seed=seed))
    return "POST", "/check", json.dumps({"title": title, "text": text}).encode()


def _list(seed: int) -> tuple[str, str, bytes]:
    return "GET", f"/documents?limit=50&year={2024 + seed % 3}", b""


def _read(seed: int) -> tuple[str, str, bytes]:
    return "GET", f"/documents/{id_at(seed % _DOCUMENTS)}", b""


def _prompts(_: int) -> tuple[str, str, bytes]:
    return "GET", "/prompts", b""


_ASKED = (("search", _search), ("check", _check), ("list", _list), ("read", _read), ("prompts", _prompts))
_OFTEN = (50, 10, 15, 20, 5)


def _watch(process: int, end: float, found: list[tuple[float, float]]) -> None:
    """Look every second at what the process holds in memory: (seconds, MB)."""
    while time.monotonic() < end:
        found.append((time.monotonic(), _held(process)))
        time.sleep(1)


def _held(process: int) -> float:
    told = Path(f"/proc/{process}/status").read_text()
    return int(told.split("VmRSS:")[1].split()[0]) / 1024


def _until_ready(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(600):
        assert process.poll() is None, "the service did not start"
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the service does not start")
