#!/usr/bin/env python3
"""Ask xiansuo from another office system: a small client, and a round through what it can do.

Needs Python 3.11 and httpx (`pip install httpx`). An administrator makes the key (网页 → 管理 → 密钥, or
`POST /api/v1/keys`); the round below is an editor's, with the scopes read and write::

    XIANSUO_URL=http://127.0.0.1:8000 XIANSUO_KEY=xs_… python client.py 导入.jsonl
"""

from __future__ import annotations

import json
import os
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import httpx

Answer: TypeAlias = dict[str, Any]

DRAFT = {
    "title": "关于破解社区老年食堂运营难题的建议",
    "text": "社区老年食堂每天就餐不足三十人，补贴按面积发，承办企业亏损想退出。建议：补贴按就餐人次发放，开展送餐。",
    "unit": "第一联络站",
}


class Failed(Exception):
    """The service refused; `code` is stable, title and advice are for people."""

    def __init__(self, problem: Answer) -> None:
        super().__init__(f"{problem['title']} {problem['advice']}".strip())
        self.code: str = problem["code"]


class Xiansuo:
    """The service at one address, asked with one key."""

    def __init__(self, address: str, key: str) -> None:
        # What an office runs is asked directly, not through a proxy on the way to the internet.
        self._http = httpx.Client(
            base_url=f"{address}/api/v1", headers={"Authorization": f"Bearer {key}"}, timeout=60, trust_env=False
        )

    def close(self) -> None:
        """Give the connection back."""
        self._http.close()

    def get(self, path: str, **query: Any) -> Any:
        """Read something."""
        return _answer(self._http.get(path, params=query))

    def every(self, path: str, **query: Any) -> Iterator[Answer]:
        """Give all rows of a list, page by page."""
        page = self.get(path, **query)
        yield from page["items"]
        while page["next"]:
            page = self.get(path, **query, cursor=page["next"])
            yield from page["items"]

    def post(self, path: str, body: Answer | None = None, *, once: str = "") -> Any:
        """Do something; sent again with the same `once`, it is still done once."""
        told = {"Idempotency-Key": once} if once else {}
        return _answer(self._http.post(path, json=body or {}, headers=told))

    def take_in(self, path: Path, *, once: str = "") -> Answer:
        """Send a file to be imported; the answer is the job."""
        told = {"Idempotency-Key": once} if once else {}
        with path.open("rb") as file:
            job: Answer = _answer(self._http.post("/jobs/import", files={"files": (path.name, file)}, headers=told))
        return job

    def follow(self, job: int) -> Iterator[Answer]:
        """Give a job as often as it changes, until it ends (server-sent events)."""
        with self._http.stream("GET", f"/jobs/{job}/events") as stream:
            if stream.is_error:
                stream.read()
                _answer(stream)
            for line in stream.iter_lines():
                if line.startswith("data:"):
                    yield json.loads(line.removeprefix("data:"))


def _answer(response: httpx.Response) -> Any:
    if response.headers.get("content-type", "").startswith("application/problem+json"):
        raise Failed(response.json())
    response.raise_for_status()
    return response.json()


def round_through(service: Xiansuo, file: Path) -> None:
    """Look up, check, import and follow, list hot topics, take a prompt from proposal to publication."""
    print(f"以 {service.get('/me')['name']} 的身份")

    job = service.take_in(file, once=str(uuid.uuid4()))
    for seen in service.follow(job["id"]):
        print(f"导入：{seen['state']} {seen['done']}/{seen['total']}")
        job = seen
    if job["state"] != "done":
        raise SystemExit("导入没有完成")

    for hit in service.get("/lookup", q="老年食堂亏损", limit=3)["hits"]:
        print(f"查一查：{hit['facts']['title']}")

    report = service.post("/check", DRAFT)
    print(f"查重：{report['advice']}")
    for match in report["matches"]:
        print(f"  {match['judgement']['relation']} {match['facts']['title']}")

    for topic in service.get("/topics", window="year", limit=5)["topics"]:
        print(f"热点：{topic['name']} {topic['heat']:.1f}")

    service.post("/prompts", {"wish": "老年食堂", "limit": 3})
    waiting = next(service.every("/prompts", state="proposed"), None)
    if waiting:
        number = waiting["number"]
        service.post(f"/prompts/{number}/approve", once=str(uuid.uuid4()))
        line = service.post(f"/prompts/{number}/publish", {"deadline": "2027-01-31"})
        print(f"选题：第 {number} 条 {line['state_label']} {line['title']}")


def main() -> None:
    """Go the round with the address and key of the environment."""
    service = Xiansuo(os.environ.get("XIANSUO_URL", "http://127.0.0.1:8000"), os.environ["XIANSUO_KEY"])
    try:
        round_through(service, Path(sys.argv[1]))
    finally:
        service.close()


if __name__ == "__main__":
    main()
