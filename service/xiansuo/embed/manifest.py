"""What a model folder holds: every file with its checksum, so that a changed one is noticed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from xiansuo.errors import ModelDamaged

MANIFEST = "manifest.json"
# These change with library versions or describe the model; the vectors do not depend on them.
_NOT_WEIGHTS = {MANIFEST, "config_sentence_transformers.json"}


class Manifest(BaseModel):
    """The contents of `manifest.json`.

    `recipe` and the values of `files` are sha256; `files` has paths below the folder, with `/`.
    `inputs` names what the recipe drew on, with sha256, and `built_with` the versions of the
    packages that built it. `base` is the encoder that this one was trained on from, empty for one
    that a recipe made.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    recipe: str
    dimension: int
    files: dict[str, str]
    inputs: dict[str, str] = {}
    built_with: dict[str, str] = {}
    base: str = ""


def sha256(path: Path) -> str:
    """Return the sha256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checksums(folder: Path) -> dict[str, str]:
    """Return the sha256 of every file below a folder but its manifest and hidden files."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    found = {path.relative_to(folder).as_posix(): path for path in paths}
    return {
        name: sha256(path)
        for name, path in sorted(found.items())
        if name != MANIFEST and not any(part.startswith(".") for part in name.split("/"))
    }


def fingerprint(files: dict[str, str]) -> str:
    """Return 12 hex digits that name the weights and vocabulary among `files` (path to sha256)."""
    told = [
        f"{name} {digest}"
        for name, digest in sorted(files.items())
        if name not in _NOT_WEIGHTS and not name.endswith(".md")
    ]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:12]


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest as stable, readable JSON."""
    told = manifest.model_dump(exclude=None if manifest.base else {"base"})
    text = json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def seal(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a finished folder and let everybody read it: safetensors are written for their owner."""
    write_manifest(folder, manifest)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


def read_manifest(folder: Path) -> Manifest | None:
    """Read the manifest of a folder; None where it has none.

    :raises ModelDamaged: it cannot be read.
    """
    path = folder / MANIFEST
    if not path.exists():
        return None
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise ModelDamaged(f"编码器的清单读不出来：{path}", advice="请用 xiansuo models build 重新生成。") from error


def problems(folder: Path, manifest: Manifest) -> list[str]:
    """Say in Chinese what of a manifest is missing or changed; empty when all is well."""
    found = []
    for name, digest in manifest.files.items():
        path = folder / name
        if not path.is_file():
            found.append(f"缺少文件：{name}")
        elif sha256(path) != digest:
            found.append(f"文件已损坏或被改动：{name}")
    return found
