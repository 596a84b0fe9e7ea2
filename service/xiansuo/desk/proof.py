"""Before and after: does an encoder that has learnt the archive find its texts better, and is it no worse elsewhere?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from xiansuo import artefacts
from xiansuo.embed import quality, ranks
from xiansuo.embed.pairs import Pair
from xiansuo.embed.ranks import Finding
from xiansuo.records import Relation

if TYPE_CHECKING:
    from xiansuo.embed.encoder import Encoder

ASKED = {"title_body": "凭标题找正文", "halves": "凭前半找后半"}
"""The questions put to an encoder, by kind of pair, with their names on the screen."""

TOLERANCE = 0.02
"""How much worse the figures on the shipped pairs may become: less than what chance moves them by, .03."""

SURE = 3.0
"""Standard errors by which finding must improve: what check and lookup were fitted to is not left for a lucky draw."""

_DUPLICATES = {str(Relation.COPY), str(Relation.SAME_MATTER)}


@dataclass(frozen=True, slots=True)
class Figures:
    """One encoder: finding the pieces of held-out documents, and telling the shipped pairs' duplicates from others."""

    finding: dict[str, Finding]
    auc: float
    average_precision: float


@dataclass(frozen=True, slots=True)
class Proof:
    """Both encoders' figures, the mean gain in reciprocal rank with its standard error, and what follows."""

    before: Figures
    after: Figures
    gain: float
    error: float
    better: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Questions:
    """For each question the place of its answer in the pool."""

    asked: list[str]
    wanted: list[int]
    pool: list[str]


def by_chance(ids: Collection[str]) -> list[str]:
    """Order documents by a checksum of their ids: which are held out depends on nothing else."""
    return sorted(ids, key=lambda id: (hashlib.blake2b(id.encode("utf-8", "replace"), digest_size=8).digest(), id))


def questions(pieces: Mapping[str, Mapping[str, Pair]], held: Collection[str]) -> dict[str, Questions]:
    """Ask for one piece of each held-out document by another, among those of all documents.

    :param pieces: the pairs of each document by its id, see `pairs.own_pairs`.
    """
    made = {}
    for kind in ASKED:
        having = [id for id in pieces if kind in pieces[id]]
        chosen = [place for place, id in enumerate(having) if id in held]
        asked = [pieces[having[place]][kind][0] for place in chosen]
        made[kind] = Questions(asked, chosen, [pieces[id][kind][1] for id in having])
    return {kind: each for kind, each in made.items() if each.asked}


def prove(before: Encoder, after: Encoder, asked: Mapping[str, Questions]) -> Proof:
    """Put the questions and the shipped pairs to both encoders."""
    labelled = shipped_pairs()
    first, ranks_before = _figures(before, asked, labelled)
    second, ranks_after = _figures(after, asked, labelled)
    gain, error = ranks.gain(ranks_before, ranks_after)
    fall = max(first.auc - second.auc, first.average_precision - second.average_precision)
    if gain <= SURE * error:
        better, reason = False, f"在留出的材料上没有可靠地变好（{gain:+.4f}，误差 {error:.4f}）"
    elif round(fall, 4) > TOLERANCE:
        better, reason = False, f"在随软件附带的标注对上变差了（{-fall:+.4f}）"
    else:
        better, reason = True, f"在留出的材料上变好（{gain:+.4f}，误差 {error:.4f}），在附带的标注对上没有变差"
    return Proof(first, second, gain, error, better, reason)


def _figures(
    encoder: Encoder, asked: Mapping[str, Questions], labelled: Sequence[quality.Pair]
) -> tuple[Figures, NDArray[np.int64]]:
    found = {kind: ranks.ranks(encoder, each.asked, each.wanted, each.pool) for kind, each in asked.items()}
    finding = {kind: ranks.finding(found[kind], len(each.pool)) for kind, each in asked.items()}
    measured = quality.pair_quality(encoder, labelled)
    auc, precision = (round(value or 0.0, 4) for value in (measured.auc, measured.average_precision))
    return Figures(finding, auc, precision), np.concatenate(list(found.values()))


def shipped_pairs() -> list[quality.Pair]:
    """Read the demo corpus's labelled pairs: duplicates (copied, or the same matter) against all other relations."""
    corpus = artefacts.corpus()
    texts = {row["id"]: f"{row['title']}。{row['text']}" for row in _rows(corpus / "documents.jsonl")}
    return [
        (texts[row["a"]], texts[row["b"]], float(row["relation"] in _DUPLICATES), row["relation"])
        for row in _rows(corpus / "gold" / "pairs.jsonl")
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
