"""Old Word, WPS and Excel files, turned into new ones by LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from xiansuo.errors import FileUnreadable, FormatUnsupported
from xiansuo.ingest.docx import read_docx
from xiansuo.ingest.limits import check_size
from xiansuo.ingest.rows import RawFile
from xiansuo.ingest.xlsx import read_xlsx

TIMEOUT_SECONDS = 120
_BECOMES = {".doc": "docx", ".wps": "docx", ".xls": "xlsx", ".et": "xlsx"}
_LOOKED_AT = 512
# OLE2 compound files, RTF, and the HTML or XML that some web systems call .doc
_OLD = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf", b"<")
_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


def read_legacy(path: Path) -> RawFile:
    """Read a .doc, .wps, .xls or .et.

    :raises FormatUnsupported: if LibreOffice is not installed.
    :raises FileUnreadable: if it cannot convert the file.
    """
    check_size(path)
    target = _BECOMES[path.suffix.lower()]
    with tempfile.TemporaryDirectory(prefix="xiansuo-") as folder:
        place = Path(folder)
        with path.open("rb") as file:
            begins = file.read(_LOOKED_AT).lstrip(b"\xef\xbb\xbf \t\r\n")
        if begins.startswith(b"PK"):
            # WPS saves new files under old names too; they need no conversion.
            made = place / f"{path.stem}.{target}"
            shutil.copyfile(path, made)
        elif begins.startswith(_OLD):
            made = _convert(path, target, place)
        else:
            # LibreOffice would take anything for a plain text.
            raise FileUnreadable(
                f"“{path.name}”不是 Word、WPS 或 Excel 文件，或已损坏。", advice="请打开确认后另存为 .docx 或 .xlsx。"
            )
        return read_docx(made) if target == "docx" else read_xlsx(made)


def _convert(path: Path, target: str, folder: Path) -> Path:
    program = _find_program()
    if program is None:
        raise FormatUnsupported(
            f"“{path.name}”是旧格式（{path.suffix}），这台电脑没有安装 LibreOffice，读不了。",
            advice="请用 Word 或 WPS 另存为 .docx 或 .xlsx，或安装 LibreOffice。",
        )
    # A profile of its own: a window that is open elsewhere would swallow the call.
    profile = (folder / "profile").as_uri()
    source = folder / f"source{path.suffix.lower()}"
    shutil.copyfile(path, source)
    command = [program, "--headless", "--norestore", f"-env:UserInstallation={profile}"]
    command += ["--convert-to", target, "--outdir", str(folder), str(source)]
    try:
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
