"""Old Word, WPS and Excel files, turned into new ones by LibreOffice where it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from xiansuo.errors import FileUnreadable, FormatUnsupported
from xiansuo.ingest.allowance import room_for_another
from xiansuo.ingest.docx import read_docx
from xiansuo.ingest.encoding import decode
from xiansuo.ingest.inside import Inside, look_inside, not_office
from xiansuo.ingest.limits import check_size
from xiansuo.ingest.rows import RawFile
from xiansuo.ingest.written import is_prose
from xiansuo.ingest.xlsx import read_xlsx

TIMEOUT_SECONDS = 120
_BECOMES = {".doc": "docx", ".wps": "docx", ".xls": "xlsx", ".et": "xlsx"}
# Without one, HTML becomes a web page, which cannot be saved as .docx, and damaged files plain text.
_FILTERS = {
    (Inside.RTF, "docx"): "Rich Text Format",
    (Inside.HTML, "docx"): "HTML (StarWriter)",
}
_OTHER = {(Inside.EXCEL, "docx"): ("Excel", ".xls"), (Inside.WORD, "xlsx"): ("Word", ".doc")}
# What a page would have fetched from elsewhere.
_FETCHED = re.compile(r"<(?:img|link|script|iframe|frame|object|embed|base|meta[^>]*?refresh)\b[^>]*>", re.IGNORECASE)
_CHARSET = re.compile(r"(<meta\b[^>]*?charset\s*=\s*[\"']?)[\w-]+", re.IGNORECASE)
_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


def read_legacy(path: Path) -> RawFile:
    """Read a .doc, .wps, .xls or .et.

    :raises FormatUnsupported: if LibreOffice is not installed.
    :raises FileUnreadable: if this is no such file, or LibreOffice cannot convert it.
    :raises FileRefused: if it has a password.
    """
    check_size(path)
    target = _BECOMES[path.suffix.lower()]
    inside = look_inside(path)
    if (inside, target) in _OTHER:
        what, suffix = _OTHER[inside, target]
        raise FileUnreadable(f"“{path.name}”其实是 {what} 文件。", advice=f"请把扩展名改为 {suffix}。")
    with tempfile.TemporaryDirectory(prefix="xiansuo-") as folder:
        place = Path(folder)
        if inside is Inside.NEW:
            made = place / f"{path.stem}.{target}"
            shutil.copyfile(path, made)
        else:
            made = _convert(path, inside, target, place)
        raw = read_docx(made) if target == "docx" else read_xlsx(made)
    texts = [str(value) for row in raw.rows for value in row.fields.values()]
    # A damaged file may still be converted, into what looks like nothing that anybody wrote.
    if inside is not Inside.NEW and texts and not is_prose("".join(texts)):
        raise not_office(path.name)
    return raw


def _convert(path: Path, inside: Inside, target: str, folder: Path) -> Path:
    program = _find_program()
    if program is None:
        raise FormatUnsupported(
            f"“{path.name}”是旧格式（{path.suffix}），这台电脑没有安装 LibreOffice，读不了。",
            advice="请用 Word 或 WPS 另存为 .docx 或 .xlsx，或安装 LibreOffice。",
        )
    # A profile of its own: a window that is open elsewhere would swallow the call.
    profile = (folder / "profile").as_uri()
    source = folder / f"source{path.suffix.lower()}"
    if inside is Inside.HTML:
        # It trusts what the page says of its encoding, which is often nothing or wrong.
        page = _CHARSET.sub(r"\1utf-8", decode(path.read_bytes(), path.name).text)
        source.write_text(_FETCHED.sub("", page), encoding="utf-8-sig")
    else:
        shutil.copyfile(path, source)
    command = [program, "--headless", "--norestore", f"-env:UserInstallation={profile}"]
    if reads := _FILTERS.get((inside, target)):
        command.append(f"--infilter={reads}")
    command += ["--convert-to", target, "--outdir", str(folder), str(source)]
    try:
        # It needs more than the readers here are allowed.
        with room_for_another():
            subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT_SECONDS)
    except (OSError, subprocess.SubprocessError) as error:
        raise _failed(path) from error
    made = folder / f"source.{target}"
    if not made.is_file():
        raise _failed(path)
    return made.rename(folder / f"{path.stem}.{target}")


def _find_program() -> str | None:
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    return next((place for place in _PLACES if Path(place).is_file()), None)


def _failed(path: Path) -> FileUnreadable:
    return FileUnreadable(
        f"LibreOffice 转换“{path.name}”失败。",
        advice="文件可能已损坏或有密码；请用 Word 或 WPS 另存为 .docx 后再导入。",
    )
