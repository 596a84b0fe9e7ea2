"""Fit the small models to an office's own labels and decisions, and adopt them where they prove better."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from xiansuo import artefacts
from xiansuo.artefacts import WEIGHTS
from xiansuo.dedup import fit as relations
from xiansuo.dedup.examples import EXAMPLES, read_examples, write_examples
from xiansuo.dedup.fit import Example, Figures
from xiansuo.dedup.relation import shipped_model
from xiansuo.desk.decided_cases import decided_cases
from xiansuo.desk.desk import Desk
from xiansuo.desk.progress import Progress, silent
from xiansuo.desk.weighing import found_for
from xiansuo.errors import FileUnreadable, InputError
from xiansuo.evaluate.cases import field, read_cases, wrong
from xiansuo.evaluate.examples import examples_of
from xiansuo.lookup import fit as lookups
from xiansuo.lookup.model import shipped
from xiansuo.store.database import reporting
from xiansuo.text.normalise import normalise

ENOUGH_PAIRS, ENOUGH_GROUPS = 30, 8
"""Labelled pairs, and matters they are about, from which something can be learnt and proved."""

ENOUGH_QUESTIONS = 30
PREVIOUS = "previous"
"""Folder, beside the weights, with those before them."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What became of a calibration.

    `before` are the shipped weights' figures on the own cases, `after` those of models that left the cases out. Weights
    that were only written into a folder are held against nothing: what is shipped may be fitted to these very cases.
    """

    what: str
    cases: int
    before: dict[str, Any]
    after: dict[str, Any]
    adopted: bool
    weights: Path


def calibrate_relations(
    desk: Desk,
    labelled: Sequence[Path],
    numbers: Sequence[Path] = (),
    *,
    now: dt.datetime,
    into: Path | None = None,
    progress: Progress = silent,
) -> Calibration:
    """Fit the relation model to the shipped examples, the editors' decisions and labelled pairs.

    :param labelled: files of pairs as `examples_of` reads them; `numbers`: files of examples without texts.
    :param into: write weights and examples here, fitted to what is given alone and without a proof.
    :raises InputError: too few pairs, or a file that cannot be read.
    """
    own = [example for path in numbers for example in _numbers(path)]
    for path in labelled:
        own += examples_of(desk, read_cases(path), path, progress=progress)
    if not into:
        own += examples_of(desk, decided_cases(desk), Path("decisions"), progress=progress)
    related = [each for each in own if each.relation is not None]
    if len(related) < ENOUGH_PAIRS or len({each.group for each in related}) < ENOUGH_GROUPS:
        raise InputError(
            f"编辑的判断和标注对共 {len(related)} 对，要有 {ENOUGH_PAIRS} 对、{ENOUGH_GROUPS} 件以上不同的事才能校准。",
            advice="请继续在查重结果上判断，或用 --pairs 给出标注好的材料对。",
        )
    progress("拟合", 0, 1)
    shipped = [] if into else read_examples(artefacts.models() / "relation" / EXAMPLES)
    made = {"date": now.date().isoformat(), "pairs": dict(sorted(Counter(_source(each) for each in own).items()))}
    model = relations.fit([*shipped, *own], made)
    # Weights calibrated before have seen these cases: the shipped ones have not.
    before = None if into else relations.judged(related, shipped_model())
    after = relations.left_out(model, related)
    progress("拟合", 1, 1)
    folder = into or desk.own_weights("relation").parent
    # The one figure that counts both which relation is said and how surely (a proper score).
    better = before is not None and after.log_loss < before.log_loss
    with reporting(folder):
        if into or better:
            if not into:
                keep_before(folder)
            relations.write(model, folder)
            write_examples(own, folder / EXAMPLES)
    told = _told(before) if before else {}
    return Calibration("relation", len(related), told, _told(after), better, folder / WEIGHTS)


def calibrate_lookup(
    desk: Desk, labelled: Sequence[Path], *, now: dt.datetime, into: Path | None = None, progress: Progress = silent
) -> Calibration:
    """Fit the lookup to labelled questions on this archive, see `evaluate lookup` for their fields.

    :raises InputError: too few questions, or none without an answer, or a file that cannot be read.
    """
    asked = [each for path in labelled for each in _asked(desk, path, progress)]
    answerable = sum(bool(each.wanted) for each in asked)
    if len(asked) < ENOUGH_QUESTIONS or answerable == len(asked) or not answerable:
        raise InputError(
            f"标注的问题有 {len(asked)} 个，其中 {len(asked) - answerable} 个没有答案。",
            advice=f"要有 {ENOUGH_QUESTIONS} 个以上，并且有答案和没有答案的都有，才能校准。",
        )
    model = lookups.fit(asked, {"date": now.date().isoformat(), "questions": [path.name for path in labelled]})
    before = {} if into else lookups.measured(asked, [shipped()] * len(asked))
    after = model["measured"]
    folder = into or desk.own_weights("lookup").parent
    better = not into and after != before and all(after[name] >= before[name] for name in after)
    with reporting(folder):
        if into or better:
            if not into:
                keep_before(folder)
            lookups.write(model, folder / WEIGHTS)
    return Calibration("lookup", len(asked), before, after, better, folder / WEIGHTS)


def undo(desk: Desk) -> list[str]:
    """Go back one calibration: to the one before, or to the shipped weights.

    :return: which models have changed.
    :raises InputError: nothing was calibrated.
    """
    changed = []
    for what in ("relation", "lookup", "alignment"):
        folder = desk.own_weights(what).parent
        if (folder / WEIGHTS).is_file():
            with reporting(folder):
                for file in _files(folder):
                    file.unlink()
                for file in _files(folder / PREVIOUS):
                    file.replace(folder / file.name)
            changed.append(what)
    if not changed:
        raise InputError("没有校准过，现在用的就是随软件附带的权重。")
    return changed


def keep_before(folder: Path) -> None:
    """Lay the weights in use aside."""
    (folder / PREVIOUS).mkdir(parents=True, exist_ok=True)
    for file in _files(folder / PREVIOUS):
        file.unlink()
    for file in _files(folder):
        file.replace(folder / PREVIOUS / file.name)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.is_file() and path.suffix != ".md")


def _numbers(path: Path) -> list[Example]:
    try:
        return read_examples(path)
    except (OSError, ValueError, KeyError) as error:
        raise FileUnreadable(
            f"读不了 {path.name}。", advice="应为 xiansuo evaluate … --examples 写出的 CSV 文件。"
        ) from error


def _asked(desk: Desk, path: Path, progress: Progress) -> list[lookups.Asked]:
    found = []
    cases = read_cases(path)
    for done, case in enumerate(cases, start=1):
        relevant = field(case, "relevant", path)
        if not isinstance(relevant, list):
            raise wrong(path, "relevant")
        wanted = {str(id) for id in relevant}
        found_texts = found_for(desk, normalise(str(field(case, "query", path))).text)
        fit = np.array([record.id in wanted for record in found_texts.records], dtype=np.bool_)
        found.append(lookups.Asked(found_texts.values, fit, found_texts.letters, len(wanted)))
        progress("查一查", done, len(cases))
    return found


def _source(example: Example) -> str:
    return example.kind.partition(":")[0]


def _told(figures: Figures) -> dict[str, Any]:
    return {"macro_f1": figures.macro_f1, "log_loss": figures.log_loss}
