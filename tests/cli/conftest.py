"""The command line as a person meets it: words in, exit status and two streams out."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tests import matters
from tests.conftest import GramEncoder
from xiansuo.cli.app import run
from xiansuo.embed import shelf


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err

    @property
    def data(self) -> Any:
        return json.loads(self.out)


Run: TypeAlias = Callable[..., Ran]


@pytest.fixture
def xiansuo(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process, through the same door as the installed program."""

    def _run(*words: str | Path, stdin: bytes = b"") -> Ran:
        with monkeypatch.context() as patched:
            patched.setattr(sys, "argv", ["xiansuo", *map(str, words)])
            patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
            capsys.readouterr()
            try:
                run()
            except SystemExit as ended:
                status = ended.code if isinstance(ended.code, int) else 1
            else:
                status = 0
        return Ran(status, *capsys.readouterr())

    return _run


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every home uses the stand-in encoder."""
    monkeypatch.setattr(shelf, "load", lambda *_: GramEncoder())


@pytest.fixture
def stored(quick: None, xiansuo: Run, tmp_path: Path) -> Iterator[None]:  # noqa: ARG001 - the encoder comes first
    """Something was imported before, and all of it is there afterwards."""
    assert xiansuo("import", matters.write(tmp_path / "早先.jsonl", matters.ALL)).status == 0
    yield
    for row in matters.ALL:
        assert row["id"] in {hit["facts"]["id"] for hit in xiansuo("lookup", row["title"], "--json").data["hits"]}


@pytest.fixture
def at_demo(demo_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The home is the demo archive."""
    monkeypatch.setenv("XIANSUO_HOME", str(demo_home))
