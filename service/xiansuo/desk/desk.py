"""An open archive: its database, its encoder, its words and its indexes, each opened when first needed."""

from __future__ import annotations

import datetime as dt
import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from xiansuo.artefacts import WEIGHTS
from xiansuo.dedup.relation import RelationModel, shipped_model
from xiansuo.embed import shelf
from xiansuo.errors import HomeError
from xiansuo.lookup.model import LookupModel
from xiansuo.lookup.model import shipped as shipped_lookup
from xiansuo.records import Filter, Kind
from xiansuo.settings import DEFAULT_ENCODER, Settings
from xiansuo.store import documents, state
from xiansuo.store.database import Connection, Database, open_database, reporting
from xiansuo.text.segment import Segmenter, segmenter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from xiansuo.embed.encoder import Encoder
    from xiansuo.index.snapshot import Indexes

logger = logging.getLogger(__name__)

_T = TypeVar("_T")


class Desk:
    """One home at work. Everything that answers a question takes a desk.

    Safe to share between threads: one at a time looks into the indexes, which grow when something was imported.

    :param patient: whether answers may take as long as they take; else what takes long is left to a job, and whoever
        asks is told `NotReady`.
    """

    def __init__(self, settings: Settings, *, patient: bool = True) -> None:
        self.settings = settings
        self.patient = patient
        self.database: Database = open_database(settings.database_url)
        self._encoder: Encoder | None = None
        self._indexes: Indexes | None = None
        self._kept: dict[str, tuple[Any, Any]] = {}
        self._lock = threading.RLock()

    def __enter__(self) -> Self:
        """Use the desk in a `with` block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the database."""
        self.close()

    def close(self) -> None:
        """Give back the database."""
        self.database.close()

    @property
    def words(self) -> Segmenter:
        """The words of this office: the shipped lexicon and its own."""
        return segmenter(self.settings.lexicon)

    @property
    def relations(self) -> RelationModel:
        """The weights by which pairs are judged: this office's own where it has calibrated them, else the shipped."""
        own = self.own_weights("relation")
        return RelationModel.read(own) if own.is_file() else shipped_model()

    @property
    def lookups(self) -> LookupModel:
        """The weights of a lookup: this office's own where it has calibrated them, else the shipped."""
        own = self.own_weights("lookup")
        return LookupModel.read(own) if own.is_file() else shipped_lookup()

    def own_weights(self, what: str) -> Path:
        """Return where this office's own weights of a small model lie, calibrated or not."""
        return self.settings.home / "models" / what / WEIGHTS

    def moment(self, now: dt.datetime) -> dt.datetime:
        """Return the moment answers are given for: the archive's own day where it has one, else `now`."""
        with self.database.read() as connection:
            day = state.get(connection, state.DAY)
        return now if day is None else dt.datetime.combine(dt.date.fromisoformat(day), dt.time(12), dt.UTC)

    @property
    def encoder_name(self) -> str:
        """Which encoder this archive uses: the one its vectors were made with, else the one set, else the default."""
        with self.database.read() as connection:
            used = state.get(connection, state.ENCODER)
        return used or self.settings.encoder or DEFAULT_ENCODER

    @property
    def encoder(self) -> Encoder:
        """The encoder in use, loaded once.

        :raises ModelMissing: it is not built; ModelDamaged: its files have changed.
        """
        with self._lock:
            if self._encoder is None:
                self._encoder = shelf.load(self.encoder_name, self.settings.home)
            return self._encoder

    @property
    def indexed(self) -> int:
        """The last change of the database that the indexes in memory know; 0 where none are loaded."""
        indexes = self._indexes
        return 0 if indexes is None else indexes.seq

    def forget_encoder(self) -> None:
        """Let the next answer load encoder and indexes again, after a switch."""
        with self._lock:
            self._encoder = None
            self._indexes = None
            self._kept.clear()

    @contextmanager
    def reading(self) -> Iterator[tuple[Connection, Indexes]]:
        """Read the archive with indexes that hold exactly what this transaction sees."""
        from xiansuo.index.snapshot import follow, open_indexes

        with self._lock, self.database.read() as connection:
            if self._encoder is not None and state.get(connection, state.ENCODER_ID) not in (None, self._encoder.id):
                self.forget_encoder()  # another program switched it
            if self._indexes is None:
                folder = self.settings.home / "index"
                encoder = self.encoder
                self.check_encoder(connection)
                self._indexes = open_indexes(folder, connection, encoder.id, encoder.dimension, self.words)
            else:
                follow(self._indexes, connection, self.words)
            yield connection, self._indexes

    def kept(self, name: str, indexes: Indexes, make: Callable[[], _T]) -> _T:
        """Return what `make` finds out about the archive; asked again only after the archive or encoder has changed."""
        with self._lock:
            known = self._kept.get(name)
            if known is None or known[0] != indexes.seq:
                known = self._kept[name] = (indexes.seq, make())
            found: _T = known[1]
            return found

    def remembered(self, name: str, key: object, make: Callable[[], _T]) -> _T:
        """Return what `make` found out the last time, if that was for the same key; else ask it.

        :param key: all that the answer depends on. Several threads may ask `make` at once; it takes no lock.
        """
        with self._lock:
            known = self._kept.get(name)
        if known is None or known[0] != key:
            known = key, make()
            with self._lock:
                self._kept[name] = known
        found: _T = known[1]
        return found

    def centres(self, connection: Connection, indexes: Indexes) -> dict[Kind | None, NDArray[np.float32]]:
        """Return what all texts of each kind have in common, and under None all of them; float32 (dimension,)."""

        def make() -> dict[Kind | None, NDArray[np.float32]]:
            numbers = {kind: documents.matching(connection, Filter(kinds=(kind,))) for kind in Kind}
            centres: dict[Kind | None, NDArray[np.float32]] = {None: indexes.vectors.centre()}
            centres.update({kind: indexes.vectors.centre(allowed) for kind, allowed in numbers.items()})
            return centres

        return self.kept("centres", indexes, make)

    def warm_up(self) -> None:
        """Load what answers need, so that the first one comes as fast as the others."""
        with self.reading():
            self.encoder.encode(["线索"])

    def save_indexes(self, *, anew: bool = False) -> None:
        """Write the indexes to disk, so that the next start is quick; losing them loses nothing.

        Programs that share a home write in turn, each what the archive holds by then.

        :param anew: build them from the database first, whatever this desk and the disk hold.
        """
        from xiansuo.index.snapshot import save, writing

        folder = self.settings.home / "index"
        with reporting(self.settings.home), writing(folder):
            if anew:
                shutil.rmtree(folder, ignore_errors=True)
                with self._lock:
                    self._indexes = None
            with self.reading() as (_, indexes):
                save(indexes, folder)

    def check_encoder(self, connection: Connection) -> None:
        """Refuse to mix the vectors of two encoders.

        :raises HomeError: the archive was read with another encoder than the one that is loaded.
        """
        used = state.get(connection, state.ENCODER_ID)
        if used and used != self.encoder.id and documents.last_change(connection):
            raise HomeError(
                f"编码器与档案里的向量不一致：档案用的是 {used}，现在装的是 {self.encoder.id}。",
                advice=f"请运行 xiansuo models use {self.encoder_name}，系统会在旁边重算向量再切换。",
            )
