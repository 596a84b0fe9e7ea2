"""Which files to read: one, or all of a folder."""

from __future__ import annotations

import os
from pathlib import Path

from xiansuo.errors import FileUnreadable
from xiansuo.ingest.reading import READERS

_LOCKS = ("~$", ".~")


def find_files(path: Path) -> list[Path]:
    """Return a file itself, or every readable file below a folder in a fixed order.

    Hidden files and folders, and the lock files of open documents, are passed over.

    :raises FileUnreadable: if the path does not exist or the folder holds nothing to read.
    """
    if not path.exists():
        raise FileUnreadable(f"找不到“{path}”。", advice="请检查路径。")
    if not path.is_dir():
        return [path]
    found: list[Path] = []
    # Links are not followed: they can lead round in circles.
    for folder, folders, names in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith((".", "__MACOSX"))]
        found += [
            Path(folder, name)
            for name in names
            if not name.startswith((".", *_LOCKS)) and Path(name).suffix.lower() in READERS
        ]
    if not found:
        raise FileUnreadable(
            f"文件夹“{path.name}”里没有可以读取的文件。",
            advice="可以导入 .docx、.xlsx、.csv、.jsonl、.txt、.pdf（以及 .doc、.wps）。",
        )
    return sorted(found, key=lambda file: file.parts)
