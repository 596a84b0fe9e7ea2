"""The encoder learns the archive: trained on its own texts without labels, measured, and used only where better."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from xiansuo import artefacts
from xiansuo.desk.decided_cases import decided_pairs
from xiansuo.desk.desk import Desk
from xiansuo.desk.learned import card
from xiansuo.desk.models import Switched, switch_model
from xiansuo.desk.progress import Progress, silent
from xiansuo.desk.proof import Proof, by_chance, prove, questions
from xiansuo.desk.scratch import learning
from xiansuo.embed import shelf
from xiansuo.embed.adapt import CARD, Base, adapt, base_of, put_name
from xiansuo.embed.build import replace
from xiansuo.embed.manifest import read_manifest
from xiansuo.embed.pairs import KINDS, Pair, own_pairs
from xiansuo.errors import InputError
from xiansuo.store import documents, runs
from xiansuo.text.passages import read_passages

ENOUGH = 300
"""Documents from which learning is worth while: with fewer, nobody could tell whether it helped."""

# An archive of a province or the nation teaches no more than a part of it, drawn by chance.
_MOST = 20_000
_HELD_SHARE, _HELD_MOST = 5, 500
_RUN = "adapt"


@dataclass(frozen=True, slots=True)
class Adaptation:
    """What became of it: `encoder` is in use now, `card` lies beside its weights where it was adopted."""

    adopted: bool
    encoder: str
    documents: int
    held_out: int
    pairs: dict[str, int]
    decided: int
    proof: Proof
    read_again: int
    card: Path | None


def learn(desk: Desk, *, now: dt.datetime, progress: Progress = silent) -> Adaptation:
    """Train the static encoder on the archive's own texts and its editors' decisions; switch to it if it proves better.

    It starts from the untrained weights every time, so that the same archive gives the same encoder. One document in
    five, at most 500, is held out and asked for afterwards. Until the switch is done, and where the trained encoder is
    not better, every answer comes from the old one.

    :raises InputError: the archive is too small; ModelError: its encoder is not static.
    """
    number = _enough(desk)
    base = _base(desk)
    decided = decided_pairs(desk)
    pieces = _pieces(desk, number, progress)
    held = set(list(pieces)[: min(_HELD_MOST, len(pieces) // _HELD_SHARE)])
    lessons = _lessons(pieces, held)
    home, training = desk.settings.home, artefacts.models() / "adaptation" / "training.toml"
    with learning(home) as scratch:
        folder = adapt(base, training, lessons, decided, scratch, lambda done, total: progress("训练", done, total))
        progress("比较前后", 0, 1)
        proof = prove(base.encoder, shelf.load(str(folder), home), questions(pieces, held))
        progress("比较前后", 1, 1)
        counts = {kind: len(found) for kind, found in lessons.items()}
        name = ""
        if proof.better:
            told = card(base.encoder.id, now.date(), len(pieces), len(held), counts, len(decided), proof)
            name = put_name(base, folder, training, told)
            (home / "models").mkdir(exist_ok=True)
            replace(folder, home / "models" / name, scratch / "old")
    switched = switch_model(desk, name, now=now, progress=progress) if name else None
    done = Adaptation(
        adopted=proof.better,
        encoder=desk.encoder.id,
        documents=len(pieces),
        held_out=len(held),
        pairs=counts,
        decided=len(decided),
        proof=proof,
        read_again=switched.documents if switched else 0,
        card=home / "models" / name / CARD if name else None,
    )
    _remember(desk, base, done, now)
    if name:
        _tidy(home, base, name)
    return done


def unlearn(desk: Desk, *, now: dt.datetime, progress: Progress = silent) -> Switched:
    """Go back to the encoder that the one in use was trained from.

    :raises InputError: the one in use has not learnt anything.
    """
    before = _trained_from(desk)
    if not before:
        raise InputError(f"正在使用的编码器 {desk.encoder_name} 没有学习过档案，不用退回。")
    return switch_model(desk, before, now=now, progress=progress)


def advice(desk: Desk) -> str:
    """Say that learning is worth a try: never tried, or the archive has doubled since; else nothing."""
    with desk.database.read() as connection:
        number = sum(documents.count(connection).values())
        last = runs.latest(connection, _RUN, 1)
    tried = last[0]["result"]["documents"] if last else 0
    if number < max(ENOUGH, 2 * tried) or not shelf.is_static(desk.encoder_name, desk.settings.home):
        return ""
    return f"档案已有 {number} 篇，可以让编码器学一学本单位的材料（几分钟，不联网，不见好不启用）：xiansuo models adapt"


def _enough(desk: Desk) -> int:
    with desk.database.read() as connection:
        number = sum(documents.count(connection).values())
    if number < ENOUGH:
        raise InputError(
            f"档案里只有 {number} 篇材料，不足 {ENOUGH} 篇，学不出可靠的东西。",
            advice="请先用 xiansuo import 导入更多历年材料。",
        )
    return number


def _pieces(desk: Desk, number: int, progress: Progress) -> dict[str, dict[str, Pair]]:
    """Read the pieces of all documents, or of as many as teach something, in an order drawn by checksum."""
    found = {}
    with desk.database.read() as connection:
        for place, stored in enumerate(documents.read(connection)):
            found[stored.document.id] = own_pairs(read_passages(stored.document.title, stored.document.text))
            if place % 100 == 0:
                progress("读材料", place, number)
    progress("读材料", number, number)
    return {id: found[id] for id in by_chance(found)[:_MOST]}


def _base(desk: Desk) -> Base:
    name = _trained_from(desk) or desk.encoder_name
    home = desk.settings.home
    same = name == desk.encoder_name
    return base_of(name, shelf.find(name, home), desk.encoder if same else shelf.load(name, home))


def _trained_from(desk: Desk) -> str:
    manifest = read_manifest(shelf.find(desk.encoder_name, desk.settings.home))
    return manifest.base if manifest else ""


def _lessons(pieces: Mapping[str, Mapping[str, Pair]], held: Collection[str]) -> dict[str, list[Pair]]:
    """Gather the pairs of all documents that are not held out, nor copies of one that is; each pair once."""
    asked = {text for id in held for pair in pieces[id].values() for text in pair}
    kept = [each for id, each in pieces.items() if id not in held and asked.isdisjoint(sum(each.values(), ()))]
    return {kind: list(dict.fromkeys(each[kind] for each in kept if kind in each)) for kind in KINDS}


def _remember(desk: Desk, base: Base, done: Adaptation, now: dt.datetime) -> None:
    inputs = {"documents": done.documents, "held_out": done.held_out, "pairs": done.pairs, "decided": done.decided}
    models = {"base": base.encoder.id, "encoder": done.encoder}
    result = TypeAdapter(Adaptation).dump_python(done, mode="json", exclude={"card"})
    with desk.database.write() as connection:
        runs.put(connection, runs.run_id(_RUN, inputs, models, now), _RUN, now, inputs, models, result)


def _tidy(home: Path, base: Base, name: str) -> None:
    """Remove what was learnt from the same base before: it can be learnt again, and takes room."""
    for folder in sorted((home / "models").glob("*-adapted-*")):
        manifest = read_manifest(folder)
        if folder.name != name and manifest is not None and manifest.base == base.name:
            shutil.rmtree(folder)
