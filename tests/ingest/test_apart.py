"""Reading in another process: the very same is read, and nothing that goes wrong there goes wrong here."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import shipped
from tests.ingest.hostile import archives, sheets, texts
from tests.ingest.hostile.case import BODY, sound
from xiansuo.errors import FileRefused, FileUnreadable, InputError
from xiansuo.ingest import allowance, apart, cells, crossing, reading, whole
from xiansuo.ingest.process import Ended, How, Process
from xiansuo.records import Kind

from .test_texts import pdf

TODAY = dt.date(2024, 6, 30)
ROWS = [
    {"编号": "甲-1", "标题": "关于充电棚", "正文": BODY, "日期": "2024-03-05", "采用": "市级；省级", "批示": "请研究"},
    {"标题": "关于路灯", "正文": "电话13800138000，路灯坏了三个月没有人来修。", "单位": "望潮区政协", "备注": "无"},
    {"标题": "空", "正文": ""},
]


@pytest.fixture(autouse=True)
def _alone() -> Iterator[None]:
    """Each begins without processes and leaves none."""
    apart.close()
    yield
    apart.close()
    assert not children()


def children() -> list[str]:
    listed = Path(f"/proc/self/task/{os.getpid()}/children")
    found = listed.read_text().split() if listed.exists() else []
    return [number for number in found if b"confined" in Path("/proc", number, "cmdline").read_bytes()]


def outcome(read: Callable[..., object], path: Path, **options: object) -> object:
    try:
        return read(path, **options)
    except InputError as error:
        return type(error), error.message, error.advice


def both(path: Path, kind: Kind | None = None) -> list[object]:
    return [outcome(read, path, kind=kind, now=TODAY) for read in (apart.read_file, reading.read_file)]


def written(folder: Path) -> Iterator[Path]:
    """A sound file of every format."""
    lines = [json.dumps(row, ensure_ascii=False) for row in ROWS]
    table = "标题,正文,日期\n" + f"甲,{BODY},2024年3月5日\n" + "乙,,\n"
    for name, data in {
        "a.jsonl": "\n".join(lines).encode(),
        "b.json": ("[" + ",".join(lines) + "]").encode(),
        "c.csv": table.encode("gb18030"),
        "d.txt": f"关于充电棚\n{BODY}\n====\n关于路灯\n{BODY}".encode("utf-16"),
        "e.docx": sound("docx"),
        "f.xlsx": sound("xlsx"),
        "g.wps": sound("docx"),
        "h.et": sound("xlsx"),
        "i.pptx": b"x",
        "j.csv": table.encode("gb18030").replace(b"\xb3\xe4", b"\xb3"),
    }.items():
        (folder / name).write_bytes(data)
        yield folder / name
    yield pdf(folder / "k.pdf", [["关于充电棚的建议", BODY[:40], BODY[40:]]])
    book = openpyxl.Workbook()
    book.active.append(["标题", "正文", "日期", "编号"])
    book.active.append(["甲", BODY, dt.datetime(2024, 3, 5), 188006.0])
    book.active.append(["乙", f'="{BODY}"', dt.datetime(2024, 3, 5, 8), 7])
    book.save(folder / "l.xlsx")
    yield folder / "l.xlsx"
    yield shipped("documents.jsonl")


def test_the_very_same_is_read_of_every_format(tmp_path: Path) -> None:
    files = list(written(tmp_path))
    assert {path.suffix for path in files} >= reading.READERS.keys() - {".doc", ".xls"}
    for path in files:
        for kind in (None, Kind.REPORT):
            there, here = both(path, kind)
            assert there == here
    assert len(children()) <= 1 or not Path("/proc").exists()


def test_the_very_same_is_said_of_odd_files(tmp_path: Path) -> None:
    odd = [case for part in (texts, archives) for case in part.cases() if "bomb" not in case.name][::3]
    compared = 0
    for case in odd:
        path = tmp_path / f"件{Path(case.file).suffix[:10]}"
        path.write_bytes(case.data)
        there, here = both(path)
        # What took too much there is not read here, where it would.
        if "远超" not in str(there):
            assert there == here, case.name
            compared += 1
    assert compared > len(odd) * 0.9


def test_texts_tables_and_settings_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"标题\r\n{BODY}\ud800", "utf-8", "surrogatepass")
    (tmp_path / "a.toml").write_text('[[theme]]\nname = "路"\nsince = 2024-03-05\nat = 2024-03-05T08:00:00\nw = 1.5')
    (tmp_path / "b.toml").write_text("a = " + "[" * 50_000)
    (tmp_path / "a.csv").write_text("名称;权重\n路;1\n")
    (tmp_path / "b.csv").write_text('名称,"权重\n路')
    book = openpyxl.Workbook()
    book.active.append(["名称", None, "起始日期"])
    book.active.append(["路", 1.5, dt.datetime(2024, 3, 5)])
    book.save(tmp_path / "a.xlsx")
    for there, here, names in (
        (apart.read_whole, whole.read_whole, ("a.txt", "a.csv", "none.txt")),
        (apart.read_cells, cells.read_cells, ("a.csv", "b.csv", "a.xlsx", "none.csv")),
        (apart.read_toml, cells.read_toml, ("a.toml", "a.csv")),
    ):
        for name in names:
            assert outcome(there, tmp_path / name) == outcome(here, tmp_path / name)
    assert apart.read_cells(tmp_path / "a.xlsx")[1] == ["路", 1.5, dt.datetime(2024, 3, 5)]
    with pytest.raises(FileRefused, match="套得太深"):
        apart.read_toml(tmp_path / "b.toml")


@pytest.mark.skipif(sys.platform != "linux", reason="only there memory is limited")
@pytest.mark.parametrize(("name", "word"), [("a merged sheet", "内存"), ("rows without end", "时间")])
def test_too_much_is_refused_and_the_next_file_is_read(tmp_path: Path, name: str, word: str) -> None:
    (case,) = (case for case in sheets.cases() if case.name == name)
    (tmp_path / "a.xlsx").write_bytes(case.data)
    with pytest.raises(FileRefused, match=word) as caught:
        apart.read_file(tmp_path / "a.xlsx", kind=None, now=TODAY)
    assert "a.xlsx" in caught.value.message
    assert caught.value.advice
    assert not children()
    (tmp_path / "b.xlsx").write_bytes(sound("xlsx"))
    there, here = both(tmp_path / "b.xlsx")
    assert there == here


@pytest.mark.skipif(sys.platform != "linux", reason="only there memory is limited")
@pytest.mark.parametrize("memory", [500, 1300, 3700, 8500])
def test_want_of_memory_is_told_wherever_it_strikes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, memory: int
) -> None:
    monkeypatch.setattr(allowance, "MEMORY_BYTES", memory << 10)
    (tmp_path / "a.xlsx").write_bytes(sound("xlsx"))
    with pytest.raises(FileRefused, match="内存"):
        apart.read_file(tmp_path / "a.xlsx", kind=None, now=TODAY)


def test_too_long_an_answer_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allowance, "ANSWER_BYTES", 1000)
    monkeypatch.setattr(allowance, "_ANSWER_A_BYTE", 0)
    (tmp_path / "a.txt").write_text(BODY * 100)
    with pytest.raises(FileRefused, match="文字"):
        apart.read_file(tmp_path / "a.txt", kind=None, now=TODAY)


def asked(path: Path, seconds: float = 60.0) -> bytes:
    return (
        crossing.Asked(how="file", path=str(path), kind=None, now=TODAY, memory=2**29, seconds=seconds)
        .model_dump_json()
        .encode()
    )


def test_one_that_breaks_off_or_hangs_is_told_and_gone() -> None:
    for stop, how in ((signal.SIGKILL, How.BROKEN), (signal.SIGSEGV, How.BROKEN), (signal.SIGSTOP, How.SLOW)):
        process = Process()
        # Not when it has answered: it is stopped before it can.
        os.kill(process.id, stop)
        with pytest.raises(Ended) as caught:
            process.ask(asked(shipped("documents.jsonl")), 1.0, 2**30)
            list(process.answers())
        process.end()
        assert caught.value.how is how
        assert not Path("/proc", str(process.id)).exists()


def test_a_break_down_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "甲.txt").write_text(BODY)
    monkeypatch.setattr("xiansuo.ingest.process._CHILD", "xiansuo.no_such_module")
    with pytest.raises(FileUnreadable, match=r"甲\.txt.*意外"):
        apart.read_file(tmp_path / "甲.txt", kind=None, now=TODAY)


def test_an_answer_that_is_none_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "甲.txt").write_text(BODY)
    for lines in ([b'F{"document":{"id":"a"},"row":null}'], [b"V1"], [b"O[]"], [b"E{}"]):
        monkeypatch.setattr(Process, "answers", lambda _, lines=lines: iter(lines))
        with pytest.raises(FileUnreadable, match="意外"):
            apart.read_file(tmp_path / "甲.txt", kind=None, now=TODAY)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells")
def test_it_knows_nothing_of_the_database_and_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIANSUO_DATABASE", "postgresql://office:secret@db/archive")
    (tmp_path / "a.txt").write_text(BODY)
    apart.read_file(tmp_path / "a.txt", kind=None, now=TODAY)
    (number,) = children()
    assert b"secret" not in Path("/proc", number, "environ").read_bytes()
    limits = Path("/proc", number, "limits").read_text().splitlines()
    told = {line[:25].strip(): line[25:].split()[0] for line in limits}
    assert (told["Max core file size"], told["Max open files"]) == ("0", "64")
    assert told["Max address space"].isdigit()
    assert told["Max file size"].isdigit()


def test_it_loads_no_more_than_reading_needs() -> None:
    program = (
        "import sys; import xiansuo.ingest.confined; "
        "print({'torch','faiss','numpy','sqlalchemy','rjieba','fastapi','docx','pypdf','openpyxl'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "set()"


def test_processes_are_used_again_and_one_that_died_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    seen = []
    for _ in range(3):
        apart.read_file(tmp_path / "a.txt", kind=None, now=TODAY)
        (process,) = apart._idle
        seen.append(process.id)
    assert len(set(seen)) == 1
    os.kill(seen[0], signal.SIGKILL)
    process._process.wait()
    apart.read_file(tmp_path / "a.txt", kind=None, now=TODAY)
    assert apart._idle[0].id != seen[0]
