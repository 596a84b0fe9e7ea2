"""Starting the service: what is said, and when."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from xiansuo.cli import serving, show


def test_with_several_processes_it_is_called_open_once_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    def run(_app: str, *, host: str, port: int, timeout_graceful_shutdown: int, **_: Any) -> None:
        time.sleep(3 * serving._LOOK)
        assert not [each for each in said if "已打开" in each]
        with socket.create_server((host, port)):
            deadline = time.monotonic() + 20
            while f"网页已打开：http://{host}:{port}/" not in "".join(said) and time.monotonic() < deadline:
                time.sleep(0.05)
        assert timeout_graceful_shutdown == serving._GRACE, "open streams must not hold up the end"

    monkeypatch.setenv("XIANSUO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XIANSUO_NAMES", "[]")
    monkeypatch.setattr(uvicorn, "run", run)
    monkeypatch.setattr(show, "line", said.append)
    serving.serve_on("127.0.0.1", 8300, workers=2)
    assert "正在载入" in said[0]
    assert "已打开" in said[1]
