"""One hostile upload, and sound files to begin from."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

import docx
import openpyxl

BODY = "老旧小区的楼道里停满了电动自行车，夜间私拉电线充电，居民多次反映没有结果。建议统一建设充电棚。"


class Case(NamedTuple):
    """What is sent under which file name; `may_pass` where it does no harm and something may be read of it."""

    name: str
    file: str
    data: bytes
    may_pass: bool = False


@cache
def sound(kind: str) -> bytes:
    """A sound .docx or .xlsx."""
    made = io.BytesIO()
    if kind == "docx":
        letter = docx.Document()
        letter.add_paragraph("关于建设充电棚的建议")
        letter.add_paragraph(BODY)
        letter.save(made)
    else:
        book = openpyxl.Workbook()
        book.active.append(["标题", "正文"])
        book.active.append(["关于建设充电棚的建议", BODY])
        book.save(made)
    return made.getvalue()


def parts(kind: str) -> dict[str, bytes]:
    """The parts of a sound file."""
    with zipfile.ZipFile(io.BytesIO(sound(kind))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in members.items():
            # Its own writer would turn a backslash round, which an attacker's does not.
            info = zipfile.ZipInfo("x")
            info.filename, info.compress_type = name, method
            archive.writestr(info, data)
    return made.getvalue()


def changed(kind: str, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A sound file with one part changed."""
    members = parts(kind)
    return zipped({**members, name: change(members[name])})


def added(kind: str, more: Mapping[str, bytes]) -> bytes:
    """A sound file with parts added."""
    return zipped({**parts(kind), **more})
