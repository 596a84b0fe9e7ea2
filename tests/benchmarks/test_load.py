"""Fifty people at once on 20,000 documents, for minutes: nothing fails, nobody waits long, memory stays level.

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
from contextlib import closing
from itertools import islice
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pytest

from tests.benchmarks.archive import bodies, clause, titles
from tests.signing import account
from xiansuo.desk import api_keys
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import encode_passages
from xiansuo.records import Document, Kind
from xiansuo.records.accounts import Role, Scope
from xiansuo.settings import Settings
from xiansuo.store import documents, state, vectors
from xiansuo.store.vectors import StoredVectors
from xiansuo.text.passages import read_passages

pytestmark = pytest.mark.benchmark

_DOCUMENTS, _LENGTH, _BATCH = 20_000, 400, 2_000
_USERS = int(os.environ.get("XIANSUO_LOAD_USERS", "50"))
_SECONDS = float(os.environ.get("XIANSUO_LOAD_SECONDS", "180"))
_ALONE, _WARM = 60, 0.25
_PAUSE = (4.0, 12.0)
"""Seconds between two requests of somebody who reads what came."""
_SLOWER, _GROWTH = 10.0, 0.05
_DAY = dt.date(2024, 1, 1)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of 20,000 documents, written through the store without reading any file."""
    folder = tmp_path_factory.mktemp("load")
    with Desk(Settings(home=folder)) as desk:
        records = _records()
        while some := list(islice(records, _BATCH)):
            _store(desk, some)
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
    # Before and after, since shared computers have moods.
    alone = [_asked(port, key, _search, 1 + i)[1] for i in range(_ALONE)]

    taken: dict[str, list[float]] = {name: [] for name, _ in _ASKED}
    statuses: Counter[int] = Counter()
    end, lock = time.monotonic() + _SECONDS, threading.Lock()

    def somebody(who: int) -> None:
        choice = random.Random(who)
        time.sleep(choice.uniform(0, _PAUSE[1]))
        while time.monotonic() < end:
            name, ask = choice.choices(_ASKED, _OFTEN)[0]
            status, seconds = _asked(port, key, ask, choice.randrange(1 << 30))
            with lock:
                statuses[status] += 1
                taken[name].append(seconds)
            time.sleep(choice.uniform(*_PAUSE))

    people = [threading.Thread(target=somebody, args=(who,)) for who in range(_USERS)]
    for each in people:
        each.start()
    memory = _memory(process, end)
    for each in people:
        each.join()

    alone += [_asked(port, key, _search, 1 + _ALONE + i)[1] for i in range(_ALONE)]
    single = float(np.percentile(alone, 95))
    level = memory[int(len(memory) * _WARM) :]
    slope = float(np.polyfit([at for at, _ in level], [size for _, size in level], 1)[0])
    middle = float(np.median([size for _, size in level]))
    ratio = float(np.percentile(taken["search"], 95)) / single
    print(  # noqa: T201
        f"\n{_USERS} users, {_SECONDS:.0f} s, {_DOCUMENTS:,} documents: {statuses.total()} requests, {dict(statuses)}\n"
        f"search alone: p95 {single * 1000:.0f} ms; among all {ratio:.1f} x (at most {_SLOWER:.0f})\n"
        f"memory after the first quarter: {middle:.0f} MB, {slope * 60:+.2f} MB a minute"
    )
    for name, found in taken.items():
        p50, p95 = np.percentile(found or [0.0], [50, 95]) * 1000
        print(f"{name}: {len(found)} requests, p50 {p50:.0f} ms, p95 {p95:.0f} ms")  # noqa: T201
    assert set(statuses) == {200}
    assert ratio <= _SLOWER
    assert slope * _SECONDS <= middle * _GROWTH


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
    return "GET", f"/documents/{_id(seed % _DOCUMENTS)}", b""


def _prompts(_: int) -> tuple[str, str, bytes]:
    return "GET", "/prompts", b""


_ASKED = (("search", _search), ("check", _check), ("list", _list), ("read", _read), ("prompts", _prompts))
_OFTEN = (50, 10, 15, 20, 5)


def _memory(process: int, end: float) -> list[tuple[float, float]]:
    """Look every second at what the process holds in memory: (seconds, MB)."""
    found = []
    while time.monotonic() < end:
        told = Path(f"/proc/{process}/status").read_text()
        found.append((time.monotonic(), int(told.split("VmRSS:")[1].split()[0]) / 1024))
        time.sleep(1)
    return found


def _until_ready(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(600):
        assert process.poll() is None, "the service did not start"
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the service does not start")


def _records() -> Iterator[Document]:
    written = zip(titles(_DOCUMENTS), bodies(_DOCUMENTS, _LENGTH), strict=True)
    for place, (title, body) in enumerate(written):
        date = _DAY + dt.timedelta(days=place % 900)
        yield Document(id=_id(place), kind=Kind.SUBMISSION, title=title, text=body, date=date)


def _id(place: int) -> str:
    return f"B{place:06}"


def _store(desk: Desk, records: list[Document]) -> None:
    read = [read_passages(record.title, record.text) for record in records]
    matrices = list(encode_passages(desk.encoder, read))
    with desk.database.write() as connection:
        state.put(connection, state.ENCODER, desk.encoder_name)
        state.put(connection, state.ENCODER_ID, desk.encoder.id)
        new = [(record, passages.sections) for record, passages in zip(records, read, strict=True)]
        numbers = documents.add(connection, new, "benchmark")
        stored = (StoredVectors(n, each.spans, m) for n, each, m in zip(numbers, read, matrices, strict=True))
        vectors.put(connection, desk.encoder.id, stored)
