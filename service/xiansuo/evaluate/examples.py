"""Labelled pairs as numbers: what the relation model is fitted to. The texts stay where they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xiansuo.dedup.fit import Example
from xiansuo.dedup.relation import ABOUT_ONE_MATTER
from xiansuo.desk.comparing import Text, pair_features, stored_text
from xiansuo.desk.desk import Desk
from xiansuo.desk.progress import Progress, silent
from xiansuo.evaluate.cases import Case, field, text_of, wrong
from xiansuo.records import Relation
from xiansuo.text.fingerprint import fingerprint_of
from xiansuo.topics.grouping import group

_NAME = 12


def examples_of(desk: Desk, cases: Sequence[Case], path: Path, *, progress: Progress = silent) -> list[Example]:
    """Compute the numbers of every labelled pair.

    A case has the draft `b` and the earlier text `a`, as texts or as ids of documents in the archive, and a `relation`,
    or a `label` from 1 up where both are about one matter in one place. `kind` names the sort of pair, where given.

    :raises InputError: a case lacks a field or has an unknown relation.
    """
    labels = [_label(case, path) for case in cases]
    pairs = [(_text(desk, field(case, "b", path)), _text(desk, field(case, "a", path))) for case in cases]
    names = [tuple(fingerprint_of(text.title, text.body)[:_NAME] for text in pair) for pair in pairs]
    found = []
    for done, (case, pair, whole, (relation, same)) in enumerate(
        zip(cases, pairs, _groups(names), labels, strict=True), start=1
    ):
        kind = f"{path.stem}:{case.get('kind') or relation or case.get('label')}"
        found.append(Example(pair_features(desk, *pair), whole, kind, relation, same))
        progress("比对", done, len(cases))
    return found


def _label(case: Case, path: Path) -> tuple[Relation | None, bool]:
    told = case.get("relation")
    if told is not None:
        if told not in list(Relation):
            raise wrong(path, "relation")
        relation = Relation(told)  # type: ignore[call-arg]
        return relation, relation in ABOUT_ONE_MATTER
    label = field(case, "label", path)
    if not isinstance(label, int | float):
        raise wrong(path, "label")
    return None, label >= 1


def _text(desk: Desk, told: object) -> Text:
    return text_of(told) if isinstance(told, dict) else stored_text(desk, str(told))


def _groups(names: Sequence[tuple[str, ...]]) -> list[str]:
    """Name for each pair the whole of texts it hangs together with, by the first of their names."""
    texts = sorted({name for pair in names for name in pair})
    place = {name: i for i, name in enumerate(texts)}
    first = group(len(texts), ((place[one], place[other]) for one, other in names))
    return [texts[first[place[one]]] for one, _ in names]
