"""The texts of an archive as the topics have weighed them: a cache, made again from the database where it is lost."""

from __future__ import annotations

from collections.abc import Mapping, Set
from pathlib import Path

from xiansuo.desk.desk import Desk
from xiansuo.desk.items import read_items
from xiansuo.index.cache import manifest_of, replace_folder
from xiansuo.index.snapshot import Indexes
from xiansuo.store.database import Connection, reporting
from xiansuo.topics.cluster import Kept, kept_of
from xiansuo.topics.shelving import load_kept, save_kept
from xiansuo.topics.texts import Ground
from xiansuo.topics.weighing import Sample

_FORMAT = 1
_FILE = "texts.safetensors"


def keep_texts(desk: Desk, run: str, mark: str, kept: Kept) -> None:
    """Write down the texts that a run has weighed.

    :param mark: of the last change that the archive had then: runs of two archives may have one name.
    """
    told = {"format": _FORMAT, "run": run, "mark": mark}
    with reporting(desk.settings.home):
        replace_folder(_folder(desk), told, lambda folder: save_kept(kept, folder / _FILE))


def kept_texts(
    desk: Desk,
    connection: Connection,
    indexes: Indexes,
    run: str,
    mark: str,
    ids: Set[str],
    listed: Mapping[str, int],
    ground: Ground,
    floor: float,
    sample: Sample,
) -> Kept:
    """Read the texts that a run has weighed, or weigh them again as far as they are still there.

    :param run: and `mark`, as in `keep_texts`.
    :param ids: the documents of the run; `listed`: the numbers of those that are there now and unchanged.
    """
    try:
        manifest = manifest_of(_folder(desk))
        if manifest is not None and [manifest.get(each) for each in ("format", "run", "mark")] == [_FORMAT, run, mark]:
            return load_kept(_folder(desk) / _FILE, ground, floor)
    except (OSError, ValueError):
        pass
    numbers = [listed[id] for id in sorted(ids) if id in listed]
    items, _ = read_items(desk, connection, indexes, numbers, sample)
    return kept_of(items, ground, floor)


def _folder(desk: Desk) -> Path:
    return desk.settings.home / "topics"
