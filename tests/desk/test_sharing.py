"""One core for each answer while a process answers many, and as before afterwards."""

from __future__ import annotations

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from xiansuo.desk.sharing import answering_many


def threads() -> list[int]:
    """Tell what each library for products may take; what other tests have loaded may have one core only."""
    np.zeros((2, 2)) @ np.zeros((2, 2))
    return [each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"]


def test_products_take_one_core_for_as_long_as_it_lasts() -> None:
    with threadpool_limits(2, user_api="blas"):
        before = threads()
        assert 2 in before
        with answering_many():
            assert set(threads()) == {1}
        assert threads() == before
