"""Put what was written into a file."""

from __future__ import annotations

from pathlib import Path

from xiansuo.errors import HomeError


def save(data: bytes, path: Path, what: str) -> None:
    """Write a file, and the folders that it is to lie in.

    :param what: what it is, in a word.
    :raises HomeError: the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise HomeError(
            f"{what}写不到“{path}”。", advice="请检查文件夹是否存在、能不能写，文件是否正在打开。"
        ) from error
