"""A few submissions of an invented office, for tests that need an archive of known contents."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

LIFT = {
    "id": "甲-01",
    "title": "关于老旧小区加装电梯后无人维护的建议",
    "text": "春江里小区去年加装了十一部电梯，厂家质保一到期就没有人来保养。三部电梯停了两个多月，"
    "七楼的老人只能爬楼买菜。业主各出各的钱，谁也说不清该找谁。\n"
    "建议：一是由街道牵头签订统一的维保合同；二是从公共收益里提一笔钱作为电梯维修金；三是把停运天数公开上墙。",
    "author": "信息员甲",
    "unit": "临江区政协",
    "region": "临江区",
    "date": "2025-03-04",
    "kind": "来稿",
}
STALLS = {
    "id": "甲-02",
    "title": "夜市摊点油烟扰民要堵也要疏",
    "text": "柳荫路夜市有六十多个摊位，油烟从底楼一直飘到五楼，沿街住户夏天不敢开窗。城管来了摊主就收，走了又摆。\n"
    "建议：一是划出固定的夜市场地，统一接水接电；二是要求摊主装上小型净化器，由街道集中清洗；三是约定收摊时间。",
    "author": "信息员乙",
    "unit": "城关区政协",
    "region": "城关区",
    "date": "2025-06-18",
    "kind": "来稿",
}
SCHOOL = {
    "id": "甲-03",
    "title": "乡镇小学课后服务缺老师",
    "text": "石坝镇中心小学有四百多名学生报了课后服务，能上兴趣课的老师只有三个，其余时间都是看着写作业。"
    "家长交了钱，孩子没有学到东西。\n"
    "建议：一是由县里统一聘请退休教师和艺术团体送课下乡；二是几所学校合用一名体育教练；三是把课表提前公布给家长选。",
    "author": "信息员丙",
    "unit": "县教育工会",
    "region": "石坝县",
    "date": "2025-09-22",
    "kind": "来稿",
}
WATER = {
    "id": "甲-04",
    "title": "关于解决山区农村旱季饮水困难的提案",
    "text": "松岭乡五个村靠山泉水过日子，入秋后水量只有平时的两成，村民要到三公里外挑水。蓄水池多年没有清淤，"
    "管子裂了也没人补。\n建议：一是打两口备用深井；二是给蓄水池清淤、加盖；三是每村设一名管水员，由乡里发补贴。",
    "author": "委员丁",
    "unit": "农业和农村委员会",
    "region": "石坝县",
    "date": "2026-01-15",
    "kind": "提案",
}
COURIER = {
    "id": "甲-05",
    "title": "快递三轮车进不了小区，老人取件要走一里路",
    "text": "金桂苑小区不让快递三轮车进门，驿站设在马路对面。拄拐的老人取一个药盒要来回走一里路，下雨天更难。\n"
    "建议：一是给登记过的快递车发通行证，限速限时；二是在小区门内放一组智能柜；三是对行动不便的住户约定送货上门。",
    "author": "信息员甲",
    "unit": "临江区政协",
    "region": "临江区",
    "date": "2026-05-09",
    "kind": "来稿",
}
TREES = {
    "id": "甲-06",
    "title": "行道树根拱破人行道，夜里绊倒人",
    "text": "解放路两侧的老樟树把人行道拱起了十几处，最高的地方有一拳高。路灯又暗，上个月有两位晚归的居民绊倒骨折。\n"
    "建议：一是换用透水的弹性路面；二是给树根留出空间，装上护栏；三是先把路灯调亮、贴上反光条。",
    "author": "信息员戊",
    "unit": "城关区政协",
    "region": "城关区",
    "date": "2026-08-30",
    "kind": "来稿",
}
ALL = (LIFT, STALLS, SCHOOL, WATER, COURIER, TREES)


def write(path: Path, rows: Iterable[dict[str, Any]]) -> Path:
    """Write rows as JSON lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
