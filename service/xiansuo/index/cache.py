"""Caches on disk: a folder with a manifest, verified at load, replaced as a whole. Losing one costs time, no data."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

_MANIFEST = "manifest.json"


def replace_folder(folder: Path, told: Mapping[str, Any], write: Callable[[Path], None]) -> None:
    """Write a cache: into a temporary folder, to the disk, then in place by renaming.

    :param told: what the manifest says beside the files' digests.
    :param write: writes the files into the folder that it is given.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        write(new)
        manifest = {**told, "files": {path.name: _sha256(path) for path in sorted(new.iterdir())}}
        (new / _MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True), encoding="utf-8")
        for path in new.iterdir():
            _sync(path)
        _swap(new, folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def manifest_of(folder: Path) -> dict[str, Any] | None:
    """Read the manifest of a cache; None where it is no manifest or the files are not those that it names.

    :raises OSError, ValueError: it cannot be read at all.
    """
    manifest: Any = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
        return None
    if any(_sha256(folder / name) != digest for name, digest in manifest["files"].items()):
        return None
    return manifest


def _swap(new: Path, folder: Path) -> None:
    # A folder cannot be renamed onto a full one. Losing both between the two renames costs a rebuild, no data.
    old = folder.with_name(f".{folder.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    try:
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    except OSError as error:
        # Another program put its own cache there in this very moment; that one is as good.
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT):
            raise
    _sync(folder.parent)
    shutil.rmtree(old, ignore_errors=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    """Have the operating system write a file or folder to the disk."""
    if os.name == "nt" and path.is_dir():  # Windows cannot open a folder
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
