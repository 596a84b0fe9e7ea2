"""Labels of documents' themes change the weights only where they prove better; the shipped ones are the demo's own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests import matters
from tests.conftest import NOON, shipped
from xiansuo import artefacts
from xiansuo.artefacts import WEIGHTS
from xiansuo.desk.aligning import aligned, weights_of
from xiansuo.desk.desk import Desk
from xiansuo.desk.themes import import_themes
from xiansuo.errors import FileUnreadable, InputError
from xiansuo.evaluate import aligning, calibrating
from xiansuo.evaluate.aligning import calibrate_alignment
from xiansuo.recommend.aligning import alignment_fit as fit
from xiansuo.recommend.aligning.alignment_model import STANDING, Weights
from xiansuo.settings import Settings

LABELS, LIST = shipped("gold/matters.jsonl"), shipped("themes-2026.csv")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few folds and parts: how good they are is on the card."""
    monkeypatch.setattr(fit, "_MATTER_FOLDS", 2)
    monkeypatch.setattr(fit, "_THEME_FOLDS", 2)
    monkeypatch.setattr(aligning, "_SIZES", (4,))
    monkeypatch.setattr(aligning, "_FEWER_SIZES", ())


@pytest.fixture
def city(demo_home: Path, tmp_path: Path) -> Iterator[Desk]:
    """The demo archive with no weights of its own."""

    with Desk(Settings(home=shutil.copytree(demo_home, tmp_path / "demo"))) as desk:
        yield desk


def gold() -> dict[str, str | None]:
    return {row["id"]: row["theme"] for row in map(json.loads, LABELS.read_text(encoding="utf-8").splitlines())}


def test_a_fit_is_the_same_in_any_order_and_leaves_the_office_as_it_was(city: Desk, tmp_path: Path) -> None:
    turned = tmp_path / "turned.jsonl"
    turned.write_text("\n".join(LABELS.read_text(encoding="utf-8").splitlines()[::-1]), encoding="utf-8")
    made = []
    for name, labels in (("one", LABELS), ("two", turned)):
        done = calibrate_alignment(city, [labels], [LIST], now=NOON, into=tmp_path / name)
        assert (done.adopted, done.before, done.cases) == (False, {}, 360)
        told = json.loads((tmp_path / name / WEIGHTS).read_text(encoding="utf-8"))
        made.append({key: value for key, value in told.items() if key != "made"})
    assert made[0] == made[1]
    assert not city.own_weights("alignment").exists()
    assert done.after["precision"] > 0.85
    assert done.after["recall"] > 0.7


def test_an_offices_own_weights_are_used_and_taken_back(city: Desk) -> None:
    import_themes(city, LIST)
    before = aligned(city, now=NOON.date())
    told: dict[str, Any] = json.loads((artefacts.models() / "alignment" / WEIGHTS).read_text(encoding="utf-8"))
    own = city.own_weights("alignment")
    fit.write({**told, "about": 0.95}, own)
    assert weights_of(city).about == 0.95
    after = aligned(city, now=NOON.date())
    assert set(after.by_document) < set(before.by_document)
    assert calibrating.undo(city) == ["alignment"]
    assert set(aligned(city, now=NOON.date()).by_document) == set(before.by_document)


def test_the_shipped_weights_know_the_demo(city: Desk) -> None:
    import_themes(city, LIST)
    found, right = aligned(city, now=NOON.date()).by_document, gold()
    agreed = sum(each.theme.id == right[id] for id, each in found.items())
    assert agreed / len(found) > 0.9
    assert agreed / sum(theme is not None for theme in right.values()) > 0.8
    assert sum(id not in found for id, theme in right.items() if theme is None) >= 8


def test_what_speaks_for_a_theme_speaks_for_it() -> None:
    weights = Weights.read(artefacts.models() / "alignment" / WEIGHTS)
    assert (weights.second.coefficients > 0).all()
    assert (weights.sure.coefficients > 0).all()
    assert dict(zip(STANDING, weights.answer.coefficients, strict=True))["lead"] > 0


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([{"id": "S2024-001", "theme": "T03"}], InputError),
        ([{"id": "S2024-001"}], FileUnreadable),
        ([{"id": "S2024-001", "theme": 3}], FileUnreadable),
    ],
)
def test_too_few_or_wrong_labels_are_told(
    city: Desk, tmp_path: Path, rows: list[dict[str, Any]], told: type[Exception]
) -> None:
    with pytest.raises(told):
        calibrate_alignment(city, [matters.write(tmp_path / "few.jsonl", rows)], [LIST], now=NOON)
    with pytest.raises(InputError, match="--themes"):
        calibrate_alignment(city, [LABELS], [], now=NOON)


def test_figures_are_what_they_say() -> None:
    best, truth = np.array([0, 1, 1, 0]), np.array([0, 1, 0, -1])
    told = fit.figures(best, np.array([0.9, 0.9, 0.7, 0.2]), truth)
    assert (told["precision"], told["recall"], told["none_right"]) == (0.6667, 0.6667, 1.0)
    assert told["brier"] == round((0.01 + 0.01 + 0.49 + 0.04) / 4, 4)
    assert told["macro_f1"] == round((2 / 3 + 2 / 3) / 2, 4)
    assert sum(row[0] for row in told["reliability"]) == 4
