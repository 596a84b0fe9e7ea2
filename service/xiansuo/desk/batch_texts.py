"""The documents that clues rest on, kept in memory from one batch to the next: most of them are the same again."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from xiansuo.desk.archive_texts import texts_in
from xiansuo.desk.desk import Desk
from xiansuo.recommend.texts import ReadText
from xiansuo.store import documents, heads


def read_again(desk: Desk, numbers: Iterable[int]) -> dict[str, ReadText]:
    """Read documents as `archive_texts.read_texts` does; what was read before and has not changed comes from memory."""
    kept = _kept(desk)
    with desk.database.read() as connection:
        digests = documents.digests(connection, set(numbers))
        known = {number: kept[number] for number in digests if number in kept}
        texts = {text.record.id: text for number, (digest, text) in known.items() if digest == digests[number]}
        ids = heads.ids(connection, digests.keys())
        missing = {id: number for number, id in ids.items() if id not in texts}
        read = texts_in(desk, connection, missing.values())
    kept.update((missing[id], (digests[missing[id]], text)) for id, text in read.items())
    return dict(sorted((texts | read).items()))


def keep_only(desk: Desk, numbers: Collection[int]) -> None:
    """Forget the texts of all other documents."""
    kept = _kept(desk)
    for number in kept.keys() - set(numbers):
        kept.pop(number, None)


def _kept(desk: Desk) -> dict[int, tuple[str, ReadText]]:
    """Texts by the numbers of their documents, each with the digest of what was read."""
    return desk.remembered("clue texts", desk.encoder.id, dict[int, tuple[str, ReadText]])
