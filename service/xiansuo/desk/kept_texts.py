"""The texts of an archive as the topics have weighed them: a cache, made again from the database where it is lost."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path

from xiansuo.desk.desk import Desk
from xiansuo.desk.drawing import Seen
from xiansuo.index.cache import manifest_of, replace_folder
from xiansuo.store.database import reporting
from xiansuo.topics.cluster import Kept, kept_of
from xiansuo.topics.shelving import load_kept, save_kept
from xiansuo.topics.texts import Ground
from xiansuo.topics.weighing import Sample

_FORMAT = 1
_FILE = "texts.safetensors"
_TEXTS = "topic texts"


def keep_texts(desk: Desk, run: str, mark: str, kept: Kept) -> None:
    """Write down the texts that a run has weighed.

    :param mark: of the last change that the archive had then: runs of two archives may have one name.
    """
    told = {"format": _FORMAT, "run": run, "mark": mark}
    desk.remembered(_TEXTS, (run, mark), lambda: kept)
    with reporting(desk.settings.home):
        replace_folder(_folder(desk), told, lambda folder: save_kept(kept, folder / _FILE))


def kept_texts(seen: Seen, run: str, mark: str, ids: Set[str], ground: Ground, floor: float, sample: Sample) -> Kept:
    """Take the texts that a run has weighed from memory, else read them, or weigh them again.

    :param run: and `mark`, as in `keep_texts`.
    :param ids: the documents of the run that are still there and unchanged.
    """
    return seen.desk.remembered(
        _TEXTS,
        (run, mark),
        lambda: _on_disk(seen.desk, run, mark, ground, floor) or kept_of(seen.items(ids, sample)[0], ground, floor),
    )


def _on_disk(desk: Desk, run: str, mark: str, ground: Ground, floor: float) -> Kept | None:
    folder = _folder(desk)
    try:
        manifest = manifest_of(folder)
        if manifest is not None and [manifest.get(each) for each in ("format", "run", "mark")] == [_FORMAT, run, mark]:
            return load_kept(folder / _FILE, ground, floor)
    except (OSError, ValueError):
        pass
    return None


def _folder(desk: Desk) -> Path:
    return desk.settings.home / "topics"
