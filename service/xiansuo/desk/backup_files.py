"""What of a home travels in a backup beside the database: the office's own models, and what is made again instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from xiansuo.embed.manifest import read_manifest
from xiansuo.errors import FileUnreadable, ModelDamaged

_MODELS = "models"
_LARGEST = 500 << 20
"""Bytes of a folder above which it is left out: an encoder from elsewhere, which its owner can copy once."""


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """Files by the names that they have below the home, and what is left out with the reason."""

    files: dict[str, Path] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


def own_files(home: Path) -> OwnFiles:
    """Gather the models that the office trained or calibrated itself."""
    found: dict[str, Path] = {}
    left_out = []
    for folder in sorted((home / _MODELS).glob("[!.]*")):
        paths = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
        if _built_by_recipe(folder):
            left_out.append(f"编码器 {folder.name}：可用 xiansuo models build {folder.name} 重新生成")
        elif sum(path.stat().st_size for path in paths) > _LARGEST:
            left_out.append(f"编码器 {folder.name}：超过 {_LARGEST >> 20} MB，请另行复制 models/{folder.name} 文件夹")
        else:
            found |= {path.relative_to(home).as_posix(): path for path in paths}
    return OwnFiles(found, tuple(left_out))


def put_files(files: Iterator[tuple[str, bytes]], into: Path) -> list[str]:
    """Write files out of a backup below a folder; return the names of the models that they make up.

    :raises FileUnreadable: a name leads elsewhere, or a file has changed.
    """
    names: set[str] = set()
    try:
        for name, content in files:
            parts = PurePosixPath(name).parts
            if len(parts) < 3 or parts[0] != _MODELS or ".." in parts or set(name) & set('\\:*?"<>|\0'):
                raise FileUnreadable(f"备份里有来路不明的文件名：{name}。", advice="请换一份备份。")
            path = into.joinpath(*parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            names.add(parts[1])
    except ValueError as error:
        raise FileUnreadable(f"备份里的文件已损坏：{error}。", advice="请换一份备份。") from error
    return sorted(names)


def _built_by_recipe(folder: Path) -> bool:
    try:
        manifest = read_manifest(folder)
    except ModelDamaged:
        return False
    return manifest is not None and not manifest.base
