"""Where a text is: by its title, else by what it names most; two texts are apart if neither names the other's place."""

from __future__ import annotations

import pytest

from xiansuo.topics.sites import NOWHERE, apart, site_of

BODY = "小区楼下的烧烤摊油烟很大，住在盐仓里小区的老人睡不着。盐仓里小区旁边就是柳荫路。"
AT_HOME = site_of("盐仓里小区油烟扰民", BODY)


def test_the_title_says_where_it_is() -> None:
    assert AT_HOME.places == site_of("盐仓里小区油烟扰民", "").places
    assert AT_HOME.places


def test_without_a_place_in_the_title_the_one_named_most_counts() -> None:
    assert site_of("油烟扰民", BODY).places == AT_HOME.places


def test_a_district_code_is_no_site() -> None:
    assert site_of("A3区油烟扰民", "A3区的餐馆油烟很大。").places == frozenset()


def test_the_same_text_about_another_place_is_apart() -> None:
    moved = site_of("海棠湾小区油烟扰民", BODY.replace("盐仓里", "海棠湾").replace("柳荫", "枫林"))
    assert apart(AT_HOME, moved)
    assert apart(moved, AT_HOME)


def test_a_text_that_names_both_is_not_apart() -> None:
    both = site_of("海棠湾小区油烟扰民", "海棠湾小区和盐仓里小区都有油烟。")
    assert not apart(AT_HOME, both)
    assert not apart(both, AT_HOME)


def test_what_names_no_place_is_apart_from_nothing() -> None:
    assert not apart(AT_HOME, NOWHERE)
    assert not apart(site_of("油烟扰民", "油烟很大，没有人管。"), AT_HOME)


@pytest.mark.parametrize("other", ["云水名邸", "金帆之城", "长桥双语实验中学", "望海国际", "南浦职业技术学院"])
def test_the_same_title_about_another_thing_is_apart(other: str) -> None:
    body = "每逢大雨地下车库积水没过脚踝，业主多次反映无人处理，请有关部门督促整改。"
    one = site_of("青山雅苑地下车库积水无人处理", f"青山雅苑{body}")
    two = site_of(f"关于{other}地下车库积水无人处理", f"{other}{body}")
    assert apart(one, two)
    assert apart(two, one)


def test_the_same_title_about_a_thing_that_the_other_names_is_not_apart() -> None:
    one = site_of("青山雅苑地下车库积水无人处理", "青山雅苑地下车库积水。")
    two = site_of("多个楼盘地下车库积水无人处理", "青山雅苑、云水名邸的车库都积水。")
    assert not apart(one, two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("万润滨江天悦墙面开裂", "润万滨江天悦墙面开裂"),
        ("什么时候能够修补坑洼路面", "何时能够修补坑洼路面"),
        ("青山新村社区未经同意违规开具证明", "青山新村社区直接帮商户违规开具证明"),
    ],
)
def test_one_thing_told_or_written_in_two_ways_is_not_apart(one: str, two: str) -> None:
    assert not apart(site_of(one, ""), site_of(two, ""))


def test_what_follows_a_district_tells_apart_without_a_word_such_as_estate() -> None:
    one = site_of("A2区丽水新天附近搅拌机轰鸣", "丽水新天旁边的搅拌机整夜轰鸣。")
    two = site_of("A5区云顶一号旁的搅拌机太吵", "云顶一号楼下的搅拌机太吵了。")
    assert apart(one, two)
    assert not apart(one, site_of("A2区搅拌机整夜轰鸣", "丽水新天的住户睡不着。"))
