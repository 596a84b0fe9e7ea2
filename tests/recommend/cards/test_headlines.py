from __future__ import annotations

import pytest

from xiansuo.recommend.cards.headlines import for_gap, for_matter, without_amounts


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("老年食堂亏损", "关于解决老年食堂亏损问题的建议"),
        ("整合基层数据填报系统", "关于整合基层数据填报系统的建议"),
        ("社区老年食堂", "关于社区老年食堂的建议"),
        ("水产养殖保险体系", "关于完善水产养殖保险体系的建议"),
        ("青少年近视防控", "关于加强青少年近视防控的建议"),
        ("电动自行车停放充电管理", "关于加强电动自行车停放充电管理的建议"),
        ("环境污染责任险", "关于环境污染责任险的建议"),
        ("科技成果转化", "关于促进科技成果转化的建议"),
        ("盐仓菜市场升级后摊租翻倍", "盐仓菜市场升级后摊租翻倍，应引起重视"),
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


def test_a_trouble_makes_a_title_where_it_is_told_of_the_name_itself() -> None:
    own = for_matter("农村生态环境保护", "", "周边农村环境设施薄弱")
    assert "周边农村环境设施薄弱，应引起重视" in own
    assert not any("拍照留痕" in title for title in for_matter("农村生态环境保护", "", "检查只为拍照留痕"))


@pytest.mark.parametrize(
    ("theme", "word", "first"),
    [
        ("推进标志性产业链建设", "", "关于推进标志性产业链建设的建议"),
        ("新增社区嵌入式养老服务机构150家", "", "关于新增社区嵌入式养老服务机构的建议"),
        ("支持多地推进火箭配套", "火箭", "关于支持多地推进火箭配套的建议"),
        ("加强校园周边等领域安全治理", "矿山", "加强校园周边等领域安全治理需关注矿山"),
        ("滨海文旅融合", "滨海旅游", "关于发展滨海旅游的建议"),
    ],
)
def test_a_gaps_title_is_one_that_can_stand_over_a_text(theme: str, word: str, first: str) -> None:
    titles = for_gap(theme, word)
    assert titles[0] == first
    assert not any("推进推进" in title or "推进加强" in title for title in titles)


def test_amounts_are_left_out_and_names_with_figures_stay() -> None:
    assert without_amounts("培育120家左右领军企业") == "培育领军企业"
    assert without_amounts("建成通车两地等5个项目") == "建成通车两地等项目"
    assert without_amounts("推进5G基站和“1+9”行动") == "推进5G基站和“1+9”行动"
    assert without_amounts("办好第26届省运会") == "办好第26届省运会"
