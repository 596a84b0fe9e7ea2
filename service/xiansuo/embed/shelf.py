"""Where encoders live, and how to find, build, check and load one by its name.

A recipe is shipped as `models/<name>/recipe.toml`; what was built from it lies in
`<home>/models/<name>/`, or, built when the software was set up, in `models/<name>/weights/`. Any
local sentence-transformers folder can be used too.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xiansuo import artefacts
from xiansuo.embed.build import Progress
from xiansuo.embed.build import build as build_recipe
from xiansuo.embed.manifest import checksums, fingerprint, problems, read_manifest
from xiansuo.embed.recipe import read_recipe
from xiansuo.errors import ModelDamaged, ModelError, ModelMissing

if TYPE_CHECKING:
    from xiansuo.embed.encoder import Encoder

_TRAINED = "学习过本档案的 {}"
_RECIPE, _WEIGHTS, _MODULES = "recipe.toml", "weights", "modules.json"


@dataclass(frozen=True, slots=True)
class Shelved:
    """An encoder on the shelf. `folder`, `size` (bytes) and `id` are empty until it is built."""

    name: str
    title: str
    built: bool
    folder: Path | None
    dimension: int
    size: int
    id: str
    card: Path | None


def listing(home: Path) -> list[Shelved]:
    """List the shipped recipes, then what else lies in the home; nothing is verified or loaded."""
    shipped = sorted(path.parent.name for path in artefacts.models().glob(f"*/{_RECIPE}"))
    own = sorted(path.parent.name for path in (home / "models").glob(f"*/{_MODULES}"))
    return [_shelved(name, home) for name in dict.fromkeys([*shipped, *own])]


def find(name_or_folder: str, home: Path) -> Path:
    """Return the folder of an encoder.

    :raises ModelMissing: it is not built, or nothing has this name.
    """
    built = _built(name_or_folder, home)
    if built is not None:
        return built
    if _is_name(name_or_folder) and _recipe(name_or_folder).is_file():
        raise ModelMissing(
            f"编码器 {name_or_folder} 还没有生成。",
            advice=f"请运行 xiansuo models build {name_or_folder}（不需要网络）。",
        )
    folder = Path(name_or_folder).expanduser()
    if (folder / _MODULES).is_file():
        return folder.resolve()
    names = "、".join(each.name for each in listing(home))
    raise ModelMissing(
        f"没有名为 {name_or_folder} 的编码器，也没有这样的 sentence-transformers 文件夹。",
        advice=f"可用的有：{names}。",
    )


def build(name: str, target: Path, progress: Progress) -> None:
    """Build a shipped encoder into `target`.

    :raises ModelMissing: there is no recipe of this name; ModelError: `target` holds something
        else.
    """
    recipe = _recipe(name)
    if not _is_name(name) or not recipe.is_file():
        raise ModelMissing(f"没有名为 {name} 的配方。")
    occupied = target.is_file() or (target.is_dir() and any(target.iterdir()))
    if occupied and not (target / _MODULES).is_file():
        raise ModelError(f"{target} 里有别的文件，不会覆盖。", advice="请另选一个空文件夹。")
    build_recipe(recipe, target, progress, lexicon=artefacts.models() / "lexicon" / "words.txt")


def check(folder: Path) -> list[str]:
    """Compare a model folder with its checksums.

    :return: what is wrong, in Chinese; empty when all is well. A folder from elsewhere has no
        checksums to compare.
    """
    if not folder.is_dir():
        return [f"没有这个文件夹：{folder}"]
    try:
        manifest = read_manifest(folder)
    except ModelDamaged as error:
        return [error.message]
    if manifest is not None:
        return problems(folder, manifest)
    return [] if (folder / _MODULES).is_file() else [f"缺少文件：{_MODULES}"]


def load(name_or_folder: str, home: Path) -> Encoder:
    """Load an encoder, its files verified against their checksums where it has any.

    :raises ModelMissing: not built or unknown; ModelDamaged: a file is missing, changed or
        unreadable.
    """
    folder = find(name_or_folder, home)
    manifest = read_manifest(folder)
    if manifest is not None:
        wrong = problems(folder, manifest)
        if wrong:
            raise ModelDamaged(
                f"编码器 {manifest.name} 的文件有问题：{'；'.join(wrong)}。",
                advice="请运行 xiansuo models adapt --undo 退回，再重新学习。"
                if manifest.base
                else f"请运行 xiansuo models build {manifest.name} 重新生成。",
            )
    from xiansuo.embed import sentence

    files = manifest.files if manifest else checksums(folder)
    name = manifest.name if manifest else folder.name
    return sentence.load(folder, f"{name}@{fingerprint(files)}")


def is_static(name_or_folder: str, home: Path) -> bool:
    """Tell whether an encoder averages word vectors, without loading it; one that is not there does not."""
    try:
        modules = (find(name_or_folder, home) / _MODULES).read_text(encoding="utf-8")
    except (ModelError, OSError, ValueError):
        return False
    return "StaticEmbedding" in modules


def _shelved(name: str, home: Path) -> Shelved:
    folder = _built(name, home)
    try:
        manifest = read_manifest(folder) if folder else None
    except ModelDamaged:
        manifest = None  # the listing goes on; `check` and `load` say what is wrong
    recipe = read_recipe(_recipe(name)) if _recipe(name).is_file() else None
    card = (folder if manifest and manifest.base and folder else artefacts.models() / name) / "card.md"
    return Shelved(
        name=name,
        title=recipe.title if recipe else _TRAINED.format(manifest.base) if manifest and manifest.base else name,
        built=folder is not None,
        folder=folder,
        dimension=manifest.dimension if manifest else recipe.dimension if recipe else 0,
        size=sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if folder else 0,
        id=f"{name}@{fingerprint(manifest.files)}" if manifest else "",
        card=card if card.is_file() else None,
    )


def _built(name: str, home: Path) -> Path | None:
    if not _is_name(name):
        return None
    for folder in (home / "models" / name, artefacts.models() / name / _WEIGHTS):
        if (folder / _MODULES).is_file():
            return folder
    return None


def _recipe(name: str) -> Path:
    return artefacts.models() / name / _RECIPE


def _is_name(name: str) -> bool:
    return bool(name) and not name.startswith(".") and Path(name).name == name
