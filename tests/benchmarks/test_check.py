"""The whole check of a draft against 100,000 documents: no dearer than scoring it by TF-IDF of character n-grams."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import linear_kernel
from threadpoolctl import threadpool_limits

from tests.benchmarks.archive import bodies, near_copy, titles
from tests.benchmarks.race import race, table, wanted
from tests.benchmarks.stored import fill, id_at, made
from tests.conftest import NOON
from xiansuo.desk.checking import check
from xiansuo.desk.desk import Desk
from xiansuo.settings import Settings

pytestmark = pytest.mark.benchmark

_WANTED, _FLOOR = 1, 0.6
_DOCUMENTS, _LENGTH, _DRAFT = 100_000, 200, 800


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A home of 100,000 documents, written through the store without reading any file: a few minutes."""
    with Desk(Settings(home=tmp_path_factory.mktemp("large"))) as desk:
        fill(desk, _DOCUMENTS, _LENGTH)
        desk.warm_up()
        yield desk


def test_check(archive: Desk) -> None:
    drafts = list(zip(titles(3, seed=99), bodies(3, _DRAFT, seed=99), strict=True))
    texts = [f"{record.title}。{record.text}" for record in made(_DOCUMENTS, _LENGTH)]
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(2, 3))
    matrix = vectorizer.fit_transform(texts)

    def scored(score: Callable[[object], object]) -> Callable[[], None]:
        return lambda: [score(vectorizer.transform([f"{title}。{body}"])) for title, body in drafts] and None

    def checked() -> None:
        for title, body in drafts:
            check(archive, title, body, now=NOON)

    sides: dict[str, Callable[[], object]] = {
        "TF-IDF, linear_kernel": scored(lambda draft: linear_kernel(draft, matrix)),
        "TF-IDF, bare product of the two matrices": scored(lambda draft: matrix @ draft.T),  # type: ignore[attr-defined]
        "check": checked,
    }
    # Threads of BLAS that wait for each other would count as work.
    with threadpool_limits(1, user_api="blas"):
        for run in sides.values():
            run()
        seconds = {name: taken / len(drafts) for name, taken in race(sides).items()}
    linear, _, ours = seconds.values()
    table(
        f"Check of {_DRAFT} characters against {_DOCUMENTS:,} documents: {matrix.nnz:,} weights, "
        f"{_passages(archive):,} passages",
        seconds,
        next(iter(seconds)),
        wanted(linear / ours, _WANTED),
    )
    assert linear / ours > _FLOOR


def test_the_copied_text_is_found(archive: Desk) -> None:
    """What is timed is the check that editors get: a near copy among 100,000 documents comes first."""
    place = 7
    original = next(islice(bodies(_DOCUMENTS, _LENGTH), place, None))
    report = check(archive, "关于一篇旧稿的建议", near_copy(original, place), now=NOON)
    assert report.matches[0].facts.id == id_at(place)


def _passages(desk: Desk) -> int:
    with desk.reading() as (_, indexes):
        return len(indexes.vectors)
