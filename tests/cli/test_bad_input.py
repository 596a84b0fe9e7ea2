"""Whatever is given, the answer is Chinese, names the file and row, and harms nothing that is stored."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdf
import pytest

from tests import matters
from xiansuo.desk import importing

from .conftest import Ran, Run

pytestmark = pytest.mark.usefixtures("quick")
BODY = matters.SCHOOL["text"]


def empty(path: Path) -> None:
    path.touch()


def header_only(path: Path) -> None:
    path.write_text("标题,正文,日期\n", encoding="utf-8")


def garbage(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 40)


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(201 * 2**20)


def bomb(path: Path) -> None:
    docx.Document().save(str(path))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/bomb.bin", bytes(40 * 2**20))


def macro(path: Path) -> None:
    docx.Document().save(str(path))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"macro")


def textless(path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    with path.open("wb") as file:
        writer.write(file)


def unknown(path: Path) -> None:
    path.write_bytes(b"MZ")


def told(ran: Ran, *words: str) -> None:
    assert ran.status not in (0, 2)
    assert "Traceback" not in ran.said
    assert "程序出错" not in ran.said
    for word in words:
        assert word in ran.said


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize("command", ["import", "check"])
@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [
        ("空.csv", empty, "空文件"),
        ("空.docx", empty, "空文件"),
        ("只有表头.csv", header_only, "没有"),
        ("乱码.csv", garbage, "编码"),
        ("乱码.txt", garbage, "编码"),
        ("乱码.docx", garbage, "不是真正的"),
        ("乱码.xlsx", garbage, "不是真正的"),
        ("乱码.pdf", garbage, "PDF"),
        ("太大.txt", huge, "200 MB"),
        ("炸弹.docx", bomb, "压缩炸弹"),
        ("宏.docx", macro, "宏"),
        ("扫描.pdf", textless, "文字"),
        ("程序.exe", unknown, "不支持"),
    ],
)
def test_a_file_that_cannot_be_used(
    xiansuo: Run, tmp_path: Path, command: str, name: str, make: Callable[[Path], None], reason: str
) -> None:
    make(tmp_path / name)
    told(xiansuo(command, tmp_path / name), name, reason)


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ({"text": "路"}, "不足"),
        ({"text": "路" * 100_000}, "超过"),
        ({"text": "😀🎉" * 30}, "符号"),
        ({"text": "   "}, "正文为空"),
        ({"text": "\x00" * 9}, "正文为空"),
        ({"text": BODY, "date": "2031-05-01"}, "将来"),
        ({"text": BODY, "date": "去年夏天"}, "日期"),
        ({"text": BODY, "id": "甲" * 300}, "编号过长"),
    ],
)
def test_a_row_that_cannot_be_used(xiansuo: Run, tmp_path: Path, bad: dict[str, Any], reason: str) -> None:
    good = {**matters.LIFT, "id": "新-01", "title": "换一个题目"}
    file = matters.write(tmp_path / "混合.jsonl", [good, {"id": "坏-01", "title": "坏行", **bad}])
    ran = xiansuo("import", file)
    told(ran, "混合.jsonl 第 2 行", reason)
    assert ran.status == 3
    assert xiansuo("import", file, "--json").data["unchanged"] == 1


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    ("text", "remark"),
    [("含\x00空\x07字符", "非法字符"), ("残缺\ud83d字符", "残缺"), ("大家都说好👍", "表情")],
    ids=["control", "surrogate", "emoji"],
)
def test_odd_characters_are_kept_out_or_kept_with_a_remark(
    xiansuo: Run, tmp_path: Path, text: str, remark: str
) -> None:
    row = {"id": "怪-01", "title": "题目", "text": f"{text}。{BODY}"}
    (tmp_path / "怪.jsonl").write_text(json.dumps(row), encoding="ascii")
    ran = xiansuo("import", tmp_path / "怪.jsonl")
    told(ran, "怪.jsonl 第 1 行", remark)
    assert ran.status == 3
    assert xiansuo("import", tmp_path / "怪.jsonl", "--json").data["unchanged"] == 1


@pytest.mark.usefixtures("stored")
def test_lines_that_are_no_json_are_named(xiansuo: Run, tmp_path: Path) -> None:
    good = json.dumps({**matters.LIFT, "id": "新-01"}, ensure_ascii=False)
    (tmp_path / "坏.jsonl").write_text(f'{good}\n{{"title": \n[1, 2]\n', encoding="utf-8")
    ran = xiansuo("import", tmp_path / "坏.jsonl")
    told(ran, "坏.jsonl 第 2 行", "坏.jsonl 第 3 行", "JSON")


@pytest.mark.usefixtures("stored")
def test_two_rows_with_one_number_are_told_apart(xiansuo: Run, tmp_path: Path) -> None:
    rows = [{**matters.LIFT, "id": "重-01"}, {**matters.STALLS, "id": "重-01"}]
    ran = xiansuo("import", matters.write(tmp_path / "重号.jsonl", rows))
    told(ran, "重号.jsonl 第 2 行", "重-01", "第 1 行")
    assert ran.status == 3


@pytest.mark.usefixtures("stored")
def test_a_workbook_with_formulas_and_merged_cells_is_read(xiansuo: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["二〇二六年来稿登记表"])
    sheet.merge_cells("A1:D1")
    sheet.append(["编号", "标题", "正文", "报送单位"])
    sheet.append(["表-01", "课后服务缺老师", BODY, "县教育工会"])
    sheet.append(["表-02", "电梯无人维护", matters.LIFT["text"], None])
    sheet.merge_cells("D3:D4")
    sheet.append(["表-03", "夜市油烟", matters.STALLS["text"], '=CONCATENATE("县","工会")'])
    book.save(tmp_path / "登记表.xlsx")
    ran = xiansuo("import", tmp_path / "登记表.xlsx", "--json")
    assert ran.data["added"] == 3
    assert all(remark["outcome"] == "noted" and remark["row"] == 5 for remark in ran.data["remarks"])


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("import", "没有.csv"), "没有.csv"),
        (("check", "没有.docx"), "没有.docx"),
        (("lookup", "？！"), "请输入"),
        (("lookup", "路" * 600), "500"),
        (("topics", "show", "t000"), "t000"),
        (("suggest", "--theme", "T99"), "T99"),
        (("themes", "list", "--version", "1999"), "1999"),
        (("themes", "import", "没有.csv"), "没有.csv"),
        (("models", "check", "没有这个"), "没有这个"),
        (("models", "build", "没有这个"), "没有这个"),
        (("serve", "--host", "203.0.113.1"), "203.0.113.1"),
    ],
)
def test_a_command_that_cannot_be_done(xiansuo: Run, words: tuple[str, ...], reason: str) -> None:
    ran = xiansuo(*words)
    told(ran, reason)
    assert re.search("[\u4e00-\u9fff]", ran.err)


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("import", "x.csv", "--kind", "letter"), "没有“letter”这一类"),
        (("suggest", "--team", "x"), "没有“x”这支队伍"),
        (("topics", "--now", "昨天"), "看不懂"),
    ],
)
def test_an_option_that_means_nothing(xiansuo: Run, words: tuple[str, ...], reason: str) -> None:
    ran = xiansuo(*words)
    assert ran.status == 2
    assert reason in re.sub(r"[\s│]", "", ran.err)


@pytest.mark.usefixtures("stored")
def test_words_that_are_no_text_do_not_stop_a_question(xiansuo: Run) -> None:
    for words in (("lookup", "\udcff夜市油烟"), ("suggest", "\udcff夜市油烟"), ("suggest", "--unit", "\udcff")):
        assert xiansuo(*words).status == 0


@pytest.mark.usefixtures("stored")
def test_piped_garbage_is_told(xiansuo: Run) -> None:
    told(xiansuo("check", stdin=bytes(range(256)) * 4), "标准输入")
    told(xiansuo("check", stdin=b""), "没有可比较的文字")


def test_a_home_that_is_a_file_is_told(xiansuo: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "文件").touch()
    monkeypatch.setenv("XIANSUO_HOME", str(tmp_path / "文件"))
    told(xiansuo("topics"), "不是文件夹", "XIANSUO_HOME")


@pytest.mark.usefixtures("stored")
def test_a_disk_that_fills_up_while_remarks_are_written(
    xiansuo: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    file = matters.write(tmp_path / "混合.jsonl", [{**matters.LIFT, "id": "新-01"}, {"text": ""}])
    with monkeypatch.context() as patched:
        patched.setattr(importing.csv, "writer", full)
        told(xiansuo("import", file), "磁盘已满")
    assert xiansuo("import", file, "--json").data["unchanged"] == 1


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    if not hasattr(os, "geteuid") or os.geteuid() or shutil.which("mount") is None:
        pytest.skip("only root may mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], check=False)
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_is_told_and_keeps_what_it_holds(
    xiansuo: Run, disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XIANSUO_HOME", str(disk / "home"))
    assert xiansuo("import", matters.write(tmp_path / "早先.jsonl", matters.ALL)).status == 0
    rows = [{**matters.LIFT, "id": f"多-{i}", "text": f"第{i}次。" + BODY * 20} for i in range(400)]
    told(xiansuo("import", matters.write(tmp_path / "多.jsonl", rows)), "磁盘已满", "腾出空间")
    for row in matters.ALL:
        assert xiansuo("lookup", row["title"], "--json").data["hits"][0]["facts"]["id"] == row["id"]


def test_a_disk_that_may_only_be_read_is_told(
    xiansuo: Run, disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XIANSUO_HOME", str(disk / "home"))
    file = matters.write(tmp_path / "早先.jsonl", matters.ALL)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    told(xiansuo("import", file), "没有写入权限", "XIANSUO_HOME")
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    assert xiansuo("import", file).status == 0
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    told(xiansuo("import", file), "没有写入权限", "XIANSUO_HOME")


def test_a_fault_of_our_own_is_told_without_a_traceback(xiansuo: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: object) -> None:
        raise ZeroDivisionError("inside")

    monkeypatch.setattr("xiansuo.desk.desk.Desk.__init__", fault)
    ran = xiansuo("topics")
    assert ran.status == 1
    assert "程序出错（ZeroDivisionError）" in ran.err
    assert "inside" not in ran.said
    monkeypatch.setenv("XIANSUO_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        xiansuo("topics")


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_stopped_command_says_so(xiansuo: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("xiansuo.desk.desk.Desk.__init__", stop)
    ran = xiansuo("topics")
    assert (ran.status, "已停止" in ran.err) == (130, True)
