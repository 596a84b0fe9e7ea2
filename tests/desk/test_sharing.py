"""One core for each answer while a process answers many, and as before afterwards."""

from __future__ import annotations

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from xiansuo.desk.sharing import answering_many


def threads() -> set[int]:
    np.zeros((2, 2)) @ np.zeros((2, 2))
    return {each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"}


def test_products_take_one_core_for_as_long_as_it_lasts() -> None:
    with threadpool_limits(2, user_api="blas"):
        assert threads() == {2}
        with answering_many():
            assert threads() == {1}
        assert threads() == {2}
