"""Encoders of this archive: list, build, check, measure, and switch without ever being without one."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xiansuo import artefacts
from xiansuo.desk.desk import Desk
from xiansuo.desk.importing import encode_passages
from xiansuo.desk.progress import Progress, silent
from xiansuo.desk.scratch import building
from xiansuo.embed import quality, shelf
from xiansuo.embed.quality import PairQuality as PairQuality  # part of this use case
from xiansuo.errors import FileUnreadable, HomeError, InputError
from xiansuo.settings import Settings
from xiansuo.store import documents, runs, state, vectors
from xiansuo.store.database import reporting
from xiansuo.store.vectors import StoredVectors
from xiansuo.text.passages import read_passages

if TYPE_CHECKING:
    from xiansuo.embed.encoder import Encoder

# Documents re-embedded and committed at a time; a broken-off switch goes on where it stopped.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Model:
    """An encoder as the office sees it; `used` marks the one that answers come from."""

    name: str
    title: str
    built: bool
    used: bool
    dimension: int
    size: int
    id: str
    folder: str


@dataclass(frozen=True, slots=True)
class Switched:
    """A finished switch: the encoder now in use and how many documents it has read."""

    id: str
    documents: int


def list_models(desk: Desk) -> list[Model]:
    """List the shipped recipes, what was built from them, and the one in use."""
    used = desk.encoder_name
    models = [
        Model(
            name=each.name,
            title=each.title,
            built=each.built,
            used=each.name == used,
            dimension=each.dimension,
            size=each.size,
            id=each.id,
            folder=str(each.folder or ""),
        )
        for each in shelf.listing(desk.settings.home)
    ]
    return models if any(model.used for model in models) else [*models, _from_elsewhere(desk, used)]


def _from_elsewhere(desk: Desk, name: str) -> Model:
    """Describe the encoder in use where it is a folder outside the home."""
    folder = Path(name)
    with desk.database.read() as connection:
        id = state.get(connection, state.ENCODER_ID) or ""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return Model(
        name=name,
        title="其他文件夹",
        built=bool(files),
        used=True,
        dimension=desk.encoder.dimension if files else 0,
        size=sum(path.stat().st_size for path in files),
        id=id,
        folder=name,
    )


def build_model(settings: Settings, name: str, into: Path | None, progress: Progress = silent) -> Path:
    """Build an encoder from its recipe, into the home unless another folder is given."""
    target = into or settings.home / "models" / name
    with reporting(target.parent), nullcontext() if into else building(settings.home):
        target.parent.mkdir(parents=True, exist_ok=True)
        shelf.build(name, target, lambda stage, share: progress(stage, round(share * 100), 100))
    return target


def check_model(settings: Settings, name: str) -> list[str]:
    """Compare an encoder's files with their checksums; an empty list means all is well."""
    return shelf.check(shelf.find(name, settings.home))


def switch_model(desk: Desk, name: str, *, now: dt.datetime, progress: Progress = silent) -> Switched:
    """Read the whole archive with another encoder beside the old vectors, then swap in one transaction.

    Until the swap every answer comes from the old encoder. A switch that is broken off loses nothing and goes on
    where it stopped.
    """
    encoder = shelf.load(name, desk.settings.home)
    kept = _lasting(name, shelf.find(name, desk.settings.home))
    with desk.database.read() as connection:
        before = state.get(connection, state.ENCODER_ID)
    _read_again(desk, encoder, progress)
    with desk.database.write() as connection:
        # What was imported while the last batch ran is read here, so that the swap leaves no gap.
        if vectors.missing(connection, encoder.id):
            raise HomeError("切换期间又有新材料入库。", advice="请再运行一次切换，已算好的部分不会重算。")
        state.put(connection, state.ENCODER, kept)
        state.put(connection, state.ENCODER_ID, encoder.id)
        vectors.drop_others(connection, encoder.id)
        number = vectors.counts(connection).get(encoder.id, 0)
        inputs = {"from": before, "to": encoder.id}
        models = {"encoder": encoder.id}
        if before != encoder.id:  # else it was asked for again after it was done
            runs.put(connection, runs.run_id("switch", inputs, models, now), "switch", now, inputs, models, {})
    desk.forget_encoder()
    if number:
        progress("更新索引", 0, 1)
        desk.save_indexes()
        progress("更新索引", 1, 1)
    return Switched(encoder.id, number)


def _lasting(name: str, folder: Path) -> str:
    """Return what finds the encoder again from any working directory: the name, or the whole path of a folder."""
    given = Path(name).expanduser().resolve()
    return str(given) if given == folder.resolve() else name


def _read_again(desk: Desk, encoder: Encoder, progress: Progress) -> None:
    with desk.database.read() as connection:
        missing = vectors.missing(connection, encoder.id)
    for start in range(0, len(missing), _BATCH):
        batch = missing[start : start + _BATCH]
        with desk.database.read() as connection:
            stored = list(documents.read(connection, batch))
        read = [read_passages(each.document.title, each.document.text) for each in stored]
        pieces = encode_passages(encoder, read)
        items = [
            StoredVectors(each.number, passages.spans, piece)
            for each, passages, piece in zip(stored, read, pieces, strict=True)
        ]
        with desk.database.write() as connection:
            vectors.put(connection, encoder.id, items)
        progress("重算向量", min(start + _BATCH, len(missing)), len(missing))


def measure_model(settings: Settings, name: str, pairs: Path, texts: Sequence[Path]) -> PairQuality:
    """Measure an encoder on labelled pairs of texts, one vector a text.

    :param pairs: JSONL with `a`, `b` (texts, objects with title and text, or ids of `texts`), `label`, maybe `kind`.
    :raises FileUnreadable: a file is missing or a line is not such a pair.
    """
    known = {str(row["id"]): _text(row) for path in texts for row in _rows(path)}
    labelled = []
    for row in _rows(pairs):
        try:
            a, b = (_side(row[side], known) for side in "ab")
            labelled.append((a, b, float(row["label"]), str(row.get("kind", ""))))
        except (KeyError, TypeError, ValueError) as error:
            raise FileUnreadable(f"{pairs.name} 里有一行缺少 a、b 或 label。") from error
    if not labelled:
        raise FileUnreadable(f"{pairs.name} 里没有句对。")
    return quality.pair_quality(shelf.load(name, settings.home), labelled)


def _side(value: Any, known: dict[str, str]) -> str:
    if isinstance(value, dict):
        return _text(value)
    if known:
        try:
            return known[str(value)]
        except KeyError as error:
            raise InputError(f"句对里的编号 {value} 不在 --texts 给的材料里。") from error
    return str(value)


def _text(row: dict[str, Any]) -> str:
    return f"{row.get('title') or ''}。{row.get('text') or ''}".strip("。")


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8") as file:
            for line in file:
                if line.strip():
                    yield json.loads(line)
    except (OSError, ValueError) as error:
        raise FileUnreadable(f"{path} 读不出来。", advice="应为 UTF-8 的 JSONL，每行一个对象。") from error


def card(name: str) -> str:
    """Return the card of a shipped encoder: what it is, where it comes from, how good it was measured to be."""
    path = artefacts.models() / name / "card.md"
    return path.read_text(encoding="utf-8") if path.exists() else ""
