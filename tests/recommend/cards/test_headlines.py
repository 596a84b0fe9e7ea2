from __future__ import annotations

import pytest

from xiansuo.recommend.cards.headlines import for_gap, for_matter


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("老年食堂亏损", "关于解决老年食堂亏损问题的建议"),
        ("整合基层数据填报系统", "关于整合基层数据填报系统的建议"),
        ("社区老年食堂", "关于社区老年食堂有关问题的建议"),
        ("龙尾镇滩涂管护经费断档", "龙尾镇滩涂管护经费断档，应引起重视"),
        ("停车问题", "关于解决停车问题的建议"),
        ("工地夜间施工扰民", "关于解决工地夜间施工扰民的建议"),
        ("房产证何时能下来", "关于回应“房产证何时能下来”的建议"),
    ],
)
def test_titles_read_like_submissions(name: str, first: str) -> None:
    titles = for_matter(name, "望潮区")
    assert titles[0] == first
    assert not any(twice in "".join(titles) for twice in ("问题问题", "的的", "解决解决", "建议的建议"))


def test_a_place_is_named_once() -> None:
    assert for_matter("老年食堂亏损", "望潮区")[2] == "望潮区老年食堂亏损：情况、原因与对策"
    assert for_matter("望潮区老年食堂亏损", "望潮区")[2].count("望潮区") == 1
    assert "市本级" not in "".join(for_matter("老年食堂亏损", "市本级"))


def test_titles_for_a_gap_name_a_word_only_where_there_is_one() -> None:
    assert "远洋渔业" in for_gap("渔业与渔港", "远洋渔业")[0]
    assert all("渔业与渔港" in title for title in for_gap("渔业与渔港", ""))
