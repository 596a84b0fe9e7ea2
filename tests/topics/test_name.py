from __future__ import annotations

from collections import Counter

import pytest

from xiansuo.text.segment import segmenter
from xiansuo.topics.clause import Archive, Known
from xiansuo.topics.joints import Joints
from xiansuo.topics.name import LONGEST, name_topic
from xiansuo.topics.names import Names
from xiansuo.topics.phrases import apart, content_words, key_words
from xiansuo.topics.stock import stock_words
from xiansuo.topics.titles import SHORTEST, clauses, neighbours, spoken
from xiansuo.topics.wheres import Wheres

TITLES = ["关于解决老年食堂运营亏损问题的建议", "社区老年食堂运营亏损需引起重视", "老年食堂亏损，三家已停办"]
OTHERS = [
    f"{place}{matter}" for place in ("南浦", "北岭", "东港") for matter in ("公园夜里太黑", "菜场搬迁", "桥面坑洼")
]


def _name(titles: list[str], taken: set[str], others: list[str] = OTHERS) -> str:
    """Name the topic of some titles in an archive that has other titles too."""
    cut, stock = segmenter(), stock_words()
    read = {f"{i}": apart(cut.words(title)) for i, title in enumerate([*titles, *others])}
    told = [clauses(title, cut) for title in [*titles, *others]]
    joints = Joints(pair for title in told for pair in neighbours(title))
    for words in read.values():
        joints.read(words)
    members = [f"{i}" for i in range(len(titles))]
    words_of = {id: frozenset(content_words(words, stock)) for id, words in read.items()}
    weights = key_words(words_of, {"t": members})
    counted = Counter(word for id in members for word in {*read[id], *spoken(read[id])})
    shares = {word: count / len(members) for word, count in counted.items()}
    known = Known(weights["t"], shares, Counter(word for id in members for word in words_of[id]))
    everywhere = Counter(word for words in words_of.values() for word in words)
    archive = Archive(joints, Wheres(told, everywhere, stock), stock)
    return name_topic(told[: len(titles)], known, archive, Names(taken))


def test_a_name_is_made_of_a_members_own_words() -> None:
    name = _name(TITLES, set())
    assert SHORTEST <= len(name) <= LONGEST
    assert any(name in title for title in TITLES)
    assert "老年食堂" in name


def test_no_two_names_are_alike() -> None:
    taken: set[str] = set()
    for _ in range(12):
        taken.add(_name(TITLES, taken))
    assert len(taken) == 12
    assert max(map(len, taken)) <= LONGEST


@pytest.mark.parametrize("title", ["？", "建议", "123", "关于的建议", "A" * 60])
def test_odd_titles_still_have_a_name(title: str) -> None:
    assert 0 < len(_name([title], set())) <= LONGEST


def test_a_matter_of_many_places_is_not_called_after_one() -> None:
    places = ("翠湖雅苑", "金桥公寓", "银杏小区", "滨江花园", "北辰新城", "南山家园", "东湖名邸", "西岸华庭")
    titles = [f"{place}地下车库积水无人管" for place in places]
    name = _name(titles, set())
    assert "车库积水" in name
    assert not any(place[:2] in name for place in places)


@pytest.mark.parametrize("place", ["鹭湾新区青山国际", "望潮区云水时代", "钟楼街道金帆之城"])
def test_a_topic_of_one_place_is_called_after_it_and_what_is_the_matter(place: str) -> None:
    matters = ("业主出行不方便", "夜间施工扰民", "外墙渗水没人修", "门口乱停车严重", "物业乱收费")
    name = _name([f"{place}{matter}" for matter in matters], set())
    assert place[-4:-2] in name
    assert any(word in name for word in ("出行", "施工", "扰民", "渗水", "停车", "收费", "物业"))


def test_a_company_alone_is_no_name() -> None:
    titles = [
        f"望潮区{word}自来水公司{matter}" for word in ("", "东城") for matter in ("乱收费", "随意停水", "不修水管")
    ]
    name = _name(titles, set())
    assert any(word in name for word in ("收费", "停水", "水管"))


def test_a_line_of_many_lines_is_not_named_by_its_number() -> None:
    titles = [f"{number}路公交车经常不按时发车" for number in (12, 35, 208, 401, 77, 9)]
    others = [f"{word}公交车太挤" for word in ("早上", "校门口", "县里", "夜间", "换乘", "机场", "假日")]
    others += [f"{number}路{word}" for number in (3, 5, 8) for word in ("改道", "停运", "票价", "站牌", "首班")]
    assert not any(char.isdigit() for char in _name(titles, set(), others))


def test_a_name_is_not_cut_inside_a_place() -> None:
    titles = ["关于改善青浦渔村雅集码头夜间照明不足等有关情况的建议", "青浦渔村雅集码头夜间照明不足"]
    name = _name(titles, set(), [*OTHERS, "青浦渔村雅集码头人多", "青浦渔村雅集码头收费"])
    for inside in ("青浦渔村雅", "青浦渔村雅集"):
        assert not name.endswith(inside)
    assert "照明" in name


def test_a_name_begins_and_ends_with_something() -> None:
    titles = ["希望尽快解决我们拖欠两个月工资的问题", "老板拖欠我两个月工资", "恶意拖欠工人工资何时能够发放"]
    name = _name(titles, set())
    assert "我" not in name
    assert segmenter().words(name)[0] not in stock_words()
    assert segmenter().words(name)[-1] not in stock_words()


def test_a_name_is_no_half_of_a_pair() -> None:
    titles = ["关于推进渔港清淤和锚位扩建并尽快落实专项资金的建议", "渔港清淤和锚位扩建", "渔港清淤和锚位扩建资金"]
    name = _name(titles, set())
    assert "锚位扩建" not in name or "清淤" in name


def test_a_name_says_no_contrary() -> None:
    assert not _name(["农村公路上会车不方便", "砚山县山区会车不方便"], set()).startswith("方便")


def test_a_name_has_both_halves_of_a_pair_or_begins_where_the_first_half_does() -> None:
    name = _name(["关于推进宜兴陶瓷文化和产业传承发展的建议", "陶瓷文化和产业传承发展", "文化产业发展"], set())
    assert "文化和" not in name or "陶瓷文化和" in name


@pytest.mark.parametrize("asked", ["关注", "恳请", "呼吁"])
def test_a_name_puts_no_place_before_what_its_reader_is_asked(asked: str) -> None:
    titles = [f"{asked}停水期间高龄老人生活用水", "翠湖雅苑停水", "翠湖雅苑停水，高龄老人下楼提水", "翠湖雅苑老人盼水"]
    taken: set[str] = set()
    for _ in range(6):
        taken.add(_name(titles, taken))
    assert any("翠湖雅苑" in name for name in taken)
    assert not any(f"翠湖雅苑{asked}" in name for name in taken)


def test_a_name_that_has_room_for_it_keeps_the_word_that_the_others_lead_up_to() -> None:
    heads = ("费用", "材料", "年限")
    others = [f"{place}{head}" for place in ("菜场", "公园") for head in heads]
    for head in heads:
        titles = [f"青浦大桥夜间施工{head}", f"青浦大桥夜间施工{head}无人过问", "青浦大桥夜间施工声音大"]
        name = _name(titles, set(), [*OTHERS, *others])
        assert not name.endswith("夜间施工")


def test_a_verb_is_not_cut_from_where_it_leads() -> None:
    titles = ["充电棚建起来了 电动车又住进了楼梯间", "城中村充电棚建起来了", "充电棚建起来了没人用"]
    name = _name(titles, set())
    assert not name.endswith("建")
