from __future__ import annotations

from tests.recommend.archive import aligner, ground, matter, read
from xiansuo.recommend.cards.clues import from_matter
from xiansuo.recommend.rank import Informant, Weights, rank

_TEXTS = [read(f"c{i}", "老年食堂亏损", f"食堂亏损，第{i}家。", unit="民政学会", region="望潮区") for i in range(4)]
_TEXTS += [read(f"o{i}", "村道太窄", f"第{i}条村道会车难。", unit="公路学会") for i in range(4)]


def _fit(informant: Informant) -> float | None:
    clue = from_matter(matter(*_TEXTS[:4]), ground(_TEXTS), aligner([], _TEXTS), {})
    all_texts = ground(_TEXTS)
    wrote = [informant.unit != "" and text.record.unit == informant.unit for text in _TEXTS]
    (ranked,) = rank([clue], informant, all_texts.seen[wrote], Weights.shipped(), 5).ranked
    return ranked.parts.get("fit")


def test_what_a_unit_wrote_before_fits() -> None:
    near, far = _fit(Informant(unit="民政学会")), _fit(Informant(unit="公路学会"))
    assert near is not None
    assert far is not None
    assert near > 0.5 > far


def test_of_a_unit_without_texts_nothing_is_known() -> None:
    assert _fit(Informant(unit="没有写过的单位")) is None
    assert _fit(Informant(unit="没有写过的单位", region="望潮区")) == 1.0
    assert _fit(Informant()) is None
