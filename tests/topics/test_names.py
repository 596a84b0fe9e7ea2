"""Names that are given, and those that read like one of them."""

from __future__ import annotations

from xiansuo.topics.names import Names


def test_a_name_that_reads_like_a_given_one_is_alike() -> None:
    names = Names(["老年食堂运营亏损"])
    assert names.alike("老年食堂运营亏损")
    assert names.alike("社区老年食堂运营")
    assert not names.alike("老年人助餐补贴")


def test_what_is_given_later_counts_too() -> None:
    names = Names()
    assert not names.alike("渔港淤积")
    names.add("渔港淤积")
    assert names.alike("渔港淤积")
    assert "渔港淤积" in names
    assert "渔港" not in names
