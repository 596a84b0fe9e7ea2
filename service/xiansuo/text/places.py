"""Which places and institutions a text names, as far as their form shows it.

No gazetteer knows every estate, village and school. A name is taken to be the two characters before a word such as
小区 or 路 (and for institutions that word too), or a code such as A3区; whether two texts name the same place is then
asked by looking for the name of one in the other.
"""

from __future__ import annotations

import re

_INSTITUTIONS = "学院|学校|中学|小学|大学|幼儿园|医院|公司|集团|银行"
_GROUNDS = "小区|花园|家园|公寓|社区|广场|街道|大道|[城苑园府湾郡路街镇乡村市县区局厂站桥山湖省州岛港河]"
_CODE = r"[A-Z]\d*(?=[市区县省])"
_CODES = re.compile(_CODE)
_NAME = re.compile(rf"(?=({_CODE}|[\u4e00-\u9fff]{{2}}(?:{_INSTITUTIONS})|[\u4e00-\u9fff]{{2}}(?=(?:{_GROUNDS}))))")
# Two characters that stand before such words in any text, and name nothing.
_NO_NAME = frozenset(
    re.findall(
        "..",
        "我们本小住宅居民该小各小这个那个一个某个全国外地本地当地各地全省我省全市我市本市该市全县我县全区我区老旧新建小区整个城市"
        "地区社区街道农村乡村进城返乡下乡道路公路铁路线路思路出路高速园区校区景区片区山区基层邻近附近周边沿线部分不少多个一些各个"
        "每个许多所有其他有的试点示范重点中心主城新城老城县城省城进村驻村行政自然建制贫困乡镇村镇城镇公共人行机动地铁公交火车高铁"
        "车站变电加油充电卫生超市菜市股市上市都市门市批发农贸夜市集市开市化工工业产业开发高新经济物流创业科技实验库区灾区辖区城区"
        "郊区市区新区老区",
    )
)


def places(text: str) -> frozenset[str]:
    """Name the places of a normalised text."""
    return frozenset(name for name in _NAME.findall(text) if name not in _NO_NAME)


def elsewhere(named: frozenset[str], text: str) -> float:
    """Tell the share, 0..1, of the places named in one text that another text does not name; 0 where none is."""
    if not named:
        return 0.0
    codes = set(_CODES.findall(text))
    return sum(not _stands(name, text, codes) for name in named) / len(named)


def _stands(name: str, text: str, codes: set[str]) -> bool:
    if name[0].isascii():
        # A city's code is also that of its districts: A holds A3.
        return any(code.startswith(name) or name.startswith(code) for code in codes)
    return name in text
