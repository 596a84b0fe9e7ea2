"""How large and how strange a file may be before it is refused unread."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path, PurePosixPath

from xiansuo.errors import FileRefused, FileUnreadable

MAX_FILE_BYTES = 200 * 2**20
MAX_UNPACKED_BYTES = 300 * 2**20
MAX_RATIO = 200
MAX_MEMBERS = 10_000
BIG_MEMBER_BYTES = 10 * 2**20
"""Below this a high compression ratio cannot hurt: a sheet of blanks has one too."""

_CHUNK = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DECLARATIONS = re.compile(
    b"|".join(
        re.escape(word.encode(encoding))
        for word in ("<!DOCTYPE", "<!ENTITY")
        for encoding in ("ascii", "utf-16-le", "utf-16-be")
    )
)
_LONGEST_DECLARATION = 32
_ENCODING = re.compile(rb"""(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']*)""", re.DOTALL)
_PLAIN = frozenset(
    (b"utf-8", b"utf8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252", b"gb2312", b"gbk", b"gb18030")
)
"""Encodings in which ASCII stands for itself."""


def read_bytes(path: Path) -> bytes:
    """Read a file whole.

    :raises FileRefused: if it is far larger than any real submission.
    :raises FileUnreadable: if it is empty or cannot be opened.
    """
    check_size(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unopened(path) from error


def check_size(path: Path) -> None:
    """Check a file by its size alone.

    :raises FileRefused: if it is larger than `MAX_FILE_BYTES`.
    :raises FileUnreadable: if it is missing, empty or no file.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise _unopened(path) from error
    if not path.is_file():
        raise FileUnreadable(f"“{path.name}”不是文件。", advice="请选择一个文件或文件夹。")
    if size > MAX_FILE_BYTES:
        raise FileRefused(
            f"“{path.name}”有 {size / 2**20:.0f} MB，超过 {MAX_FILE_BYTES // 2**20} MB 的上限。",
            advice="请拆成几个较小的文件。",
        )
    if size == 0:
        raise FileUnreadable(f"“{path.name}”是空文件。", advice="请检查文件是否保存完整。")


def check_office_file(path: Path) -> None:
    """Look through a .docx or .xlsx before a parser does.

    :raises FileRefused: on macros, a password, external entities, names that lead out of the
        archive, or a size unpacked that no real submission has.
    :raises FileUnreadable: if it is damaged or is another kind of file under this name.
    """
    check_size(path)
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _check_members(path, members)
            _check_contents(path.name, archive, members)
    except zipfile.BadZipFile as error:
        raise _not_office(path) from error
    except (OSError, NotImplementedError, EOFError, RuntimeError, ValueError) as error:
        raise FileUnreadable(f"“{path.name}”打不开，可能已损坏。", advice="请用办公软件打开后另存一份。") from error
    except Exception as error:
        # zlib.error and its like: each compression method has its own.
        if isinstance(error, (FileRefused, FileUnreadable)):
            raise
        raise FileUnreadable(f"“{path.name}”已损坏。", advice="请用办公软件打开后另存一份。") from error


def _check_members(path: Path, members: list[zipfile.ZipInfo]) -> None:
    name, size = path.name, path.stat().st_size
    if len(members) > MAX_MEMBERS:
        raise _refused(name, f"里面有 {len(members)} 个部件，不像正常文件")
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED_BYTES or unpacked > max(BIG_MEMBER_BYTES, MAX_RATIO * size):
        raise _refused(name, "解压后过大，像是压缩炸弹")
    if sum(member.compress_size for member in members) > size:
        raise _refused(name, "里面的部件互相重叠，像是压缩炸弹")
    for member in members:
        inner = member.filename
        if inner.startswith("/") or "\\" in inner or ":" in inner or ".." in PurePosixPath(inner).parts:
            raise _refused(name, "里面的部件名指向文件之外")
        if member.flag_bits & 1:
            raise locked(name)
        if inner.lower().endswith("vbaproject.bin"):
            raise macros(name)
        if member.file_size > BIG_MEMBER_BYTES and member.file_size > MAX_RATIO * max(1, member.compress_size):
            raise _refused(name, "压缩比异常，像是压缩炸弹")


def _check_contents(name: str, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Unpack every part without keeping it: headers may lie, entities hide in any part."""
    total = 0
    for member in members:
        is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
        tail: bytes | None = None
        with archive.open(member) as part:
            while chunk := part.read(_CHUNK):
                total += len(chunk)
                if total > MAX_UNPACKED_BYTES:
                    raise _refused(name, "解压后过大，像是压缩炸弹")
                if is_xml and tail is None and not _readable(chunk):
                    raise _refused(name, "里面的文字编码不合规定")
                tail = tail or b""
                if is_xml and _DECLARATIONS.search(tail + chunk):
                    raise _refused(name, "里面声明了外部实体（DTD）")
                if member.filename == "[Content_Types].xml" and b"macroEnabled" in tail + chunk:
                    raise macros(name)
                tail = chunk[-_LONGEST_DECLARATION:]


def _readable(beginning: bytes) -> bool:
    """Tell whether a part of an office file is in an encoding in which a declaration can be seen: not in UTF-7, say."""
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        # In UTF-32 the other two bytes are zero as well.
        return b"\0\0" not in beginning[:4]
    said = _ENCODING.match(beginning)
    plain = beginning.removeprefix(b"\xef\xbb\xbf").lstrip()
    return (plain.startswith(b"<") or not plain) and (said is None or said[1].lower() in _PLAIN)


def macros(name: str) -> FileRefused:
    """Make the error for a file with macros."""
    return _refused(name, "含宏", "请另存为不含宏的 .docx 或 .xlsx。")


def locked(name: str) -> FileRefused:
    """Make the error for a file with a password."""
    return _refused(name, "有打开密码", "请去掉密码后另存一份。")


def check_xml(name: str, data: bytes) -> None:
    """Look for entities, which could fill the memory or fetch other files.

    :raises FileRefused: if any may be declared.
    """
    if _DECLARATIONS.search(data):
        raise _refused(name, "里面声明了外部实体（DTD）")


def is_old_office(data: bytes) -> bool:
    """Tell an OLE file by its first bytes: old .doc and .xls, or an encrypted new one."""
    return data.startswith(_OLE)


def _not_office(path: Path) -> FileRefused | FileUnreadable:
    data = path.read_bytes()
    if is_old_office(data):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return locked(path.name)
        return FileUnreadable(
            f"“{path.name}”其实是旧版 Office 文件。",
            advice="请把扩展名改回 .doc 或 .xls，或另存为新格式。",
        )
    if data.startswith(b"%PDF"):
        return FileUnreadable(f"“{path.name}”其实是 PDF。", advice="请把扩展名改为 .pdf。")
    if data.startswith(b"PK"):
        return FileUnreadable(f"“{path.name}”已损坏。", advice="请用办公软件打开后另存一份。")
    return FileUnreadable(f"“{path.name}”不是真正的 {path.suffix} 文件。", advice="请用办公软件打开，另存为对应格式。")


def _refused(name: str, why: str, advice: str = "请确认来源；如确需导入，把文字复制到新文件里。") -> FileRefused:
    return FileRefused(f"拒绝读取“{name}”：{why}。", advice=advice)


def _unopened(path: Path) -> FileUnreadable:
    if not path.exists():
        return FileUnreadable(f"找不到“{path.name}”。", advice="请检查路径。")
    return FileUnreadable(f"“{path.name}”打不开。", advice="可能没有权限，或正被其他程序占用；请关闭后再试。")
