"""Where a text is: by its title, else by what it names most; two texts are apart if neither names the other's place."""

from __future__ import annotations

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
