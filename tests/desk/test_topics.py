from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Collection
from pathlib import Path

import pytest

from tests.corpus import rows as gold
from tests.desk.archives import NOW, Grams, fill, rows
from tests.desk.offices import withdraw
from xiansuo.desk.demo import DAY, load
from xiansuo.desk.desk import Desk
from xiansuo.desk.finding import find_topics
from xiansuo.desk.importing import import_path
from xiansuo.desk.topics import hot_topics, show
from xiansuo.errors import InputError, NotFound
from xiansuo.settings import Settings
from xiansuo.store import heads
from xiansuo.store.database import Connection
from xiansuo.topics.heat import Window


def test_hot_topics_are_the_matters_of_several_people(desk: Desk, tmp_path: Path) -> None:
    board = hot_topics(fill(desk, tmp_path, rows()), now=NOW)
    tops = {frozenset(topic.members) for topic in board.topics}
    assert {frozenset({"D00", "D01", "D02", "D03"}), frozenset({"D04", "D05", "D06"})} <= tops
    first = board.topics[0]
    assert "老年食堂" in first.name
    assert first.voices == 4
    assert sum(count for _, count in first.monthly) == first.size == 4
    assert board.assigned + board.undecided + board.isolated == board.documents == 11


def test_the_same_archive_gives_the_same_bytes(tmp_path: Path) -> None:
    told = []
    for name, order in (("a", rows()), ("b", rows()[::-1])):
        (tmp_path / name).mkdir()
        with Desk(Settings(home=tmp_path / name / "home")) as desk:
            fill(desk, tmp_path / name, order)
            told.append(hot_topics(desk, now=NOW))
    assert told[0].topics == told[1].topics


def test_a_second_look_is_the_kept_run(desk: Desk, tmp_path: Path) -> None:
    fill(desk, tmp_path, rows())
    assert find_topics(desk, now=NOW) == find_topics(desk, now=NOW)


def test_later_documents_are_not_seen(desk: Desk, tmp_path: Path) -> None:
    fill(desk, tmp_path, rows())
    day = NOW - dt.timedelta(days=30)
    board = hot_topics(desk, now=day)
    assert all(topic.last is None or topic.last <= day for topic in board.topics)
    assert board.documents == 7


def test_one_person_makes_no_topic_hot_and_references_add_no_voice(desk: Desk, tmp_path: Path) -> None:
    told = rows()
    for row in told[:4]:
        row["author"] = "委员000"
    for row in told[4:6]:
        row["kind"] = "reference"
    board = hot_topics(fill(desk, tmp_path, told), now=NOW)
    assert board.topics == ()
    assert "没有两人以上" in board.notes[0]


def test_one_topic_is_judged_as_among_all_though_only_its_documents_are_read(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(desk, tmp_path, rows())
    board = hot_topics(desk, now=NOW, window="month").topics
    wanted, by_id = [], heads.by_id

    def reading(connection: Connection, numbers: Collection[int]) -> dict[str, heads.Head]:
        found = by_id(connection, numbers)
        wanted.append(set(found))
        return found

    monkeypatch.setattr(heads, "by_id", reading)
    assert [show(desk, topic.id, now=NOW, window="month") for topic in board] == list(board)
    assert wanted == [set(topic.members) for topic in board]


def test_a_topic_whose_documents_were_all_withdrawn_is_not_known_any_more(desk: Desk, tmp_path: Path) -> None:
    fill(desk, tmp_path, rows())
    topic = hot_topics(desk, now=NOW).topics[0]
    withdraw(desk, topic.members)
    with pytest.raises(NotFound):
        show(desk, topic.id)


def test_months_run_to_the_day_and_over_a_year(desk: Desk, tmp_path: Path) -> None:
    fill(desk, tmp_path, rows())
    for day in (NOW, NOW + dt.timedelta(days=70), NOW + dt.timedelta(days=800)):
        for topic in hot_topics(desk, now=day, window="all").topics:
            months = [month for month, _ in topic.monthly]
            assert months[-1] == f"{day:%Y-%m}"
            assert len(months) >= 12
            assert months == sorted(set(months))
            assert sum(count for _, count in topic.monthly) == topic.size
            assert topic.first is not None
            assert months[0] <= f"{topic.first:%Y-%m}"
            assert show(desk, topic.id, now=day).monthly[-1][0] == months[-1]


def test_a_window_without_letters_says_so(desk: Desk, tmp_path: Path) -> None:
    fill(desk, tmp_path, rows())
    assert hot_topics(desk, now=NOW).notes == ()
    late = hot_topics(desk, now=NOW + dt.timedelta(days=200))
    assert late.topics
    assert "没有人反映新的情况" in late.notes[0]


_MATTERS = {
    "路灯不亮": "后街一到晚上漆黑，骑车撞了两回",
    "校车晚点": "孩子在雨里等四十分钟",
    "水压太低": "七楼洗不成澡，太阳能成了摆设",
    "菜价上涨": "青椒一斤卖到九块",
    "遛狗不牵绳": "草坪上粪便没人捡",
    "井盖丢失": "拿树枝插着当记号",
    "宽带掉线": "上网课画面卡住",
    "暖气不热": "室温只有十三度",
    "公厕锁门": "环卫工也进不去",
    "站牌写错": "老人坐反了方向",
    "鱼塘发臭": "死鱼漂了一层",
    "戏台漏雨": "锣鼓都泡坏了",
}
_PLEA = (
    "尊敬的领导：您好！本人听说{}，{}，不知道究竟是什么原因，请问能否告知具体情况？需要满足哪些条件、应该怎么办理才能解决？"
    "恳请贵局百忙之中尽快核实并予以答复，万分感激，盼复！"
)


def _letters(texts: list[str]) -> list[dict[str, object]]:
    return [
        {"id": f"L{i:02d}", "title": title, "text": text, "author": f"群众{i}", "date": str(NOW)}
        for i, (title, text) in enumerate(zip(_MATTERS, texts, strict=True))
    ]


def _arrive(desk: Desk, folder: Path, letters: list[dict[str, object]]) -> Desk:
    """Put letters into an archive of real length, where what a dozen of them share looks rare."""
    load(desk)
    path = folder / "letters.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in letters), encoding="utf-8")
    import_path(desk, path, now=dt.datetime.combine(NOW, dt.time(9), dt.UTC))
    return desk


def _largest(desk: Desk) -> int:
    """Return how many of the letters stand in one topic at most; each may well join a matter of the archive."""
    found = find_topics(desk, now=NOW)
    letters = Counter({topic: sum(id.startswith("L") for id in ids) for topic, ids in found.topics.items()})
    assert letters.total() + sum(each.id.startswith("L") for each in found.loose) == len(_MATTERS)
    return max(letters.values(), default=0)


def test_letters_that_share_greetings_and_pleas_are_no_matter(desk: Desk, tmp_path: Path) -> None:
    letters = _letters([_PLEA.format(*each) for each in _MATTERS.items()])
    assert _largest(_arrive(desk, tmp_path, letters)) <= 1


def test_letters_that_share_their_measures_are_no_matter(desk: Desk, tmp_path: Path) -> None:
    measures = (
        "\n建议：一是列成台账、挂号销号；二是派驻专班、每旬通报；三是网格包片、绩效挂钩；四是红黑榜公示、末位约谈。"
    )
    letters = _letters([f"{a}，{b}。{b}，多次找过。{measures}" for a, b in _MATTERS.items()])
    assert _largest(_arrive(desk, tmp_path, letters)) <= len(_MATTERS) / 2


def test_show_finds_a_topic_again(desk: Desk, tmp_path: Path) -> None:
    fill(desk, tmp_path, rows())
    first = hot_topics(desk, now=NOW).topics[0]
    assert show(desk, first.id) == first
    assert show(desk, first.id, now=NOW).members == first.members
    with pytest.raises(NotFound):
        show(desk, "t0000000000")


def test_an_empty_archive_says_so(desk: Desk) -> None:
    desk._encoder = Grams()
    board = hot_topics(desk, now=NOW)
    assert board.topics == ()
    assert "还没有材料" in board.notes[0]


def test_an_unknown_window_is_refused(desk: Desk) -> None:
    with pytest.raises(InputError, match="世纪"):
        hot_topics(desk, now=NOW, window="世纪")  # type: ignore[arg-type]


def test_the_topics_of_the_demo_are_its_matters(demo: Desk) -> None:
    matter = {row["id"]: row["matter"] for row in gold("gold/matters.jsonl")}
    found = find_topics(demo, now=NOW)
    right = all_pairs = 0
    for named in found.named:
        labels = [matter[id] for id in named.cluster.members if id in matter]
        pairs = [(a, b) for i, a in enumerate(labels) for b in labels[:i]]
        right += sum(a == b for a, b in pairs)
        all_pairs += len(pairs)
    assert right / all_pairs > 0.75
    names = [named.name for named in found.named]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("window", ["month", "quarter", "year", "all"])
def test_a_topic_shown_alone_is_as_hot_as_on_the_board(demo: Desk, window: Window) -> None:
    board = hot_topics(demo, now=DAY, window=window, limit=50)
    for topic in board.topics:
        assert show(demo, topic.id, now=DAY, window=window) == topic


def test_a_window_that_has_passed_is_not_told_as_nobody_writing(desk: Desk, tmp_path: Path) -> None:
    fill(desk, tmp_path, rows())
    later = hot_topics(desk, now=NOW + dt.timedelta(days=3_000), window="week")
    assert later.topics == ()
    assert later.all_topics
    assert "不在这段时间" in later.notes[0]


def test_nothing_is_announced_where_nothing_is_listed(desk: Desk, tmp_path: Path) -> None:
    told = [{**rows()[0], "id": f"S{number}"} for number in range(24)]
    board = hot_topics(fill(desk, tmp_path, told), now=NOW)
    assert board.topics == ()
    assert not any("以下" in note for note in board.notes)
