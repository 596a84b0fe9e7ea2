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
