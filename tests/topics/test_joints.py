from __future__ import annotations

from xiansuo.topics.joints import Joints


def _joints(*texts: str) -> Joints:
    joints = Joints([("青山", "雅苑"), ("雅苑", "停水"), ("停水", "扰民")])
    for text in texts:
        joints.read(text.split())
    return joints


def test_what_is_always_together_is_one_thing() -> None:
    assert _joints("青山 雅苑 停水 了", "在 青山 雅苑 停电", "青山 雅苑 门口 停水").holds("青山", "雅苑")


def test_what_stands_with_many_others_is_not() -> None:
    varied = ["青山 雅苑 好", "青山 雅苑 坏", "青山 绿水", "青山 公园", "青山 村", "翠湖 雅苑", "梅 雅苑", "竹 雅苑"]
    assert not _joints(*varied).holds("青山", "雅苑")


def test_a_pair_found_once_is_one_thing_unless_it_is_one_of_many() -> None:
    assert _joints("停水 扰民").holds("停水", "扰民")
    assert not _joints("停水 扰民", *(f"{word} 扰民" for word in "甲乙丙丁")).holds("停水", "扰民")


def test_what_was_found_together_but_a_few_times_binds_nothing() -> None:
    seldom, often = ["青山 雅苑 停水"] * 2, ["青山 雅苑 停水"] * 3
    assert not _joints(*seldom).binds("青山", "雅苑")
    assert _joints(*often).binds("青山", "雅苑")


def test_a_word_that_never_begins_anything_begins_no_name() -> None:
    texts = [f"推动 {river} 经济带 发展 。 船闸 检修 ， {river} 扩能" for river in ("江淮", "长江", "沿海") * 5]
    joints = _joints(*texts)
    assert joints.begins("船闸") == 1
    assert joints.begins("经济带") < 0.5
    assert joints.ends("检修") == 1
    assert joints.ends("船闸") < 0.5


def test_of_a_rare_word_nobody_knows() -> None:
    assert _joints("停水 扰民").begins("从未") == 1
