"""Hold the archive against the year's central work: computed once for each document, kept, and read again.

What is rare and usual is taken from the archive once for a list of themes (its ground). Documents that come later are
judged by the same ground; when the archive has grown or shrunk by half, a new one is taken and all are judged anew.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from xiansuo.desk.aligned_archive import AlignedArchive, said_of
from xiansuo.desk.alignments_again import alignments_again
from xiansuo.desk.archive_texts import texts_in
from xiansuo.desk.desk import Desk
from xiansuo.desk.progress import Progress, silent
from xiansuo.desk.themes import list_themes, themes_in_force
from xiansuo.errors import NotReady
from xiansuo.recommend.aligning import alignment_ground
from xiansuo.recommend.aligning.alignment import Judged, align, vectors_of
from xiansuo.recommend.aligning.alignment_ground import Ground
from xiansuo.recommend.aligning.alignment_model import Weights, shipped
from xiansuo.recommend.aligning.theme_terms import Terms, terms_of
from xiansuo.recommend.texts import ReadText, centre, means
from xiansuo.records import WorkTheme
from xiansuo.store import alignments, documents, heads
from xiansuo.store.alignments import KeptAlignment, KeptGround
from xiansuo.store.database import Connection

# Raise it where a change of the code changes what is found: what earlier code kept is not taken then.
_METHOD = 1
# A ground is taken anew where the archive has changed by this part since, or was this small then.
_CHANGED, _SMALL = 1 / 2, 30
# Grounds of so many days are kept for each version of the themes.
_GROUNDS = 4
# And of so many in all: earlier years' lists are seldom asked for, and each ground has a row for every document.
_ALL_GROUNDS = 12
_AT_ONCE = 1_000
# Documents up to which they are read while somebody waits.
_SOON = 1_000


def aligned(desk: Desk, *, now: dt.date, version: str | None = None, progress: Progress = silent) -> AlignedArchive:
    """Hold the archive up to a day against a list of themes; only what is new or changed is read.

    :param version: of the themes; those in force on that day where none is named.
    :raises NotFound: there is no such version; NotReady: much is to be read for those in force, and the desk does not
        wait for that.
    """
    themes = tuple(themes_in_force(desk, now) if version is None else list_themes(desk, version))
    terms = terms_of(themes, desk.words.words)
    if not themes:
        return AlignedArchive((), now, {}, 0, np.zeros((0, desk.encoder.dimension), np.float32), terms, ())
    weights = weights_of(desk)
    kept = _ground(desk, themes, terms, weights, now, progress)
    waits = desk.patient or (version is not None and version != _version_in_force(desk, now))
    ground = _judge_new(desk, kept, terms, weights, waits, progress)
    with desk.database.read() as connection:
        found, said = alignments_again(desk, connection, kept.id, themes, now, weights.about)
        ground = ground or _data(connection, kept)
    return AlignedArchive(themes, now, found, len(said), vectors_of(ground), terms, said)


def _version_in_force(desk: Desk, now: dt.date) -> str:
    themes = themes_in_force(desk, now)
    return themes[0].version if themes else ""


def weights_of(desk: Desk) -> Weights:
    """Return the weights of an alignment: this office's own where it has calibrated them, else the shipped."""
    own = desk.own_weights("alignment")
    return Weights.read(own) if own.is_file() else shipped()


def archive_centre(desk: Desk, now: dt.date) -> NDArray[np.float64]:
    """Compute the archive's mean passage up to a day, (d,), on a sample."""
    with desk.database.read() as connection:
        return centre_of(desk, _sample(desk, connection, heads.listed(connection, now, references=True)))


def _ground(
    desk: Desk, themes: Sequence[WorkTheme], terms: Terms, weights: Weights, now: dt.date, progress: Progress
) -> KeptGround:
    """Find the ground to judge by, or take one."""
    listed = _list_digest(desk, themes, weights)
    with desk.database.read() as connection:
        desk.check_encoder(connection)
        count = documents.count_until(connection, now)
        known = alignments.grounds(connection, listed, desk.encoder.id)
        fitting = [each for each in known if each.until <= now and _fits(each, count)]
        if fitting:
            return min(fitting, key=lambda each: (now - each.until, abs(count - each.documents), each.id))
        progress("对照中心工作", 0, count)
        numbers = heads.listed(connection, now, references=True)
        texts = _sample(desk, connection, numbers)
    taken = alignment_ground.take(terms, texts, len(numbers), centre_of(desk, texts), desk.encoder.encode, weights)
    told = [listed, desk.encoder.id, now.isoformat(), str(len(numbers)), *(text.record.digest for text in texts)]
    name = hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]
    ground = KeptGround(name, listed, themes[0].version, desk.encoder.id, now, len(numbers), 0)
    with desk.database.write() as connection:
        alignments.put_ground(connection, ground, alignment_ground.packed(taken))
        alignments.keep_only(connection, ground, _GROUNDS, _ALL_GROUNDS)
    return ground


def _fits(ground: KeptGround, count: int) -> bool:
    if ground.documents == count:
        return True
    return ground.documents >= _SMALL and abs(count - ground.documents) <= _CHANGED * ground.documents


def _judge_new(
    desk: Desk, kept: KeptGround, terms: Terms, weights: Weights, waits: bool, progress: Progress
) -> Ground | None:
    """Judge what has come or changed since; the ground where it was needed.

    :param waits: however much it is.
    :raises NotReady: it is much, and nobody waits for it.
    """
    with desk.database.read() as connection:
        last = documents.last_change(connection)
        if kept.seq >= last:
            return None
        later = documents.changes(connection, kept.seq)
        judged = alignments.digests(connection, kept.id, later)
        gone = [number for number, action in later.items() if action == "delete" and number in judged]
        put = [number for number, action in later.items() if action == "put"]
        now = documents.digests(connection, put)
        todo = sorted(number for number, digest in now.items() if judged.get(number) != digest)
        if len(todo) > _SOON and not waits:
            raise NotReady("档案还没有和今年的中心工作对照好。", advice="已排成任务在后台计算，算好以后再看。")
        ground = _data(connection, kept)
    for done, some in _parts(todo):
        progress("对照中心工作", done, len(todo))
        with desk.database.read() as connection:
            texts = list(texts_in(desk, connection, some).values())
            number_of = {stored: number for number, stored in heads.ids(connection, some).items()}
        made = align(terms, ground, texts, weights)
        rows = [_row(number_of[text.record.id], text, each) for text, each in zip(texts, made, strict=True)]
        with desk.database.write() as connection:
            # What was taken away or corrected meanwhile is left to the next time.
            still = documents.digests(connection, some)
            alignments.put(connection, kept.id, [row for row in rows if still.get(row.number) == row.digest])
    with desk.database.write() as connection:
        alignments.forget(connection, kept.id, gone)
        alignments.reached(connection, kept.id, last)
    progress("对照中心工作", len(todo), len(todo))
    return ground


def _parts(numbers: Sequence[int]) -> Iterator[tuple[int, Sequence[int]]]:
    for start in range(0, len(numbers), _AT_ONCE):
        yield start, numbers[start : start + _AT_ONCE]


def _row(number: int, text: ReadText, judged: Judged) -> KeptAlignment:
    return KeptAlignment(
        number,
        judged.document,
        text.record.date,
        text.record.digest,
        judged.theme,
        judged.probability,
        "\n".join(judged.keywords),
        judged.passage,
        judged.clause,
        said_of(judged),
    )


def _sample(desk: Desk, connection: Connection, numbers: Mapping[str, int]) -> list[ReadText]:
    """Read the documents that a ground is taken from, of all by their ids."""
    return list(texts_in(desk, connection, [numbers[id] for id in alignment_ground.chosen(numbers)]).values())


def centre_of(desk: Desk, texts: Sequence[ReadText]) -> NDArray[np.float64]:
    """Compute the mean passage of some texts, (d,), in their order."""
    mean = means(texts) if texts else np.zeros((0, desk.encoder.dimension), np.float32)
    return centre(mean, desk.encoder.dimension)


def _data(connection: Connection, kept: KeptGround) -> Ground:
    written_down = alignments.data(connection, kept.id)
    if written_down is None:
        raise LookupError(kept.id)
    return alignment_ground.unpacked(written_down)


def _list_digest(desk: Desk, themes: Sequence[WorkTheme], weights: Weights) -> str:
    """Name what a list says and how it is read; weight, focus and dates of its themes change nothing here."""
    told = [str(_METHOD), weights.digest, desk.words.digest]
    told += [repr((theme.version, theme.id, theme.name, theme.keywords, theme.clause)) for theme in themes]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]
