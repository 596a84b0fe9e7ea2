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
# A word that ends like a place and is none: before its last character stands no name, as in 老旧|小区 or 各地|农村.
_COMMON = frozenset(
    re.findall(
        "..",
        "小区社区园区校区景区片区山区地区城区辖区郊区市区新区老区库区灾区牧区矿区林区农村乡村山村进村驻村本村全村各村村村夜市城市超市"
        "股市上市菜市都市门市集市县市开市全市我市本市该市各市公路道路铁路线路思路出路马路网路电路水路走路修路街道主街大街县城省城进城"
        "新城老城返城入城全城商城乡镇村镇城镇集镇全镇本镇各镇车站电站泵站网站驿站工厂电厂水厂药厂建厂当局布局格局大局各局高山荒山矿山"
        "江湖全省我省各省外省全县我县各县郊县该县海岛离岛渔港海港内河江河运河大桥天桥高架桥政府学府花园果园公园校园庄园故园家园大湾海湾"
        "全乡家乡返乡下乡城乡本乡",
    )
)
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
    return frozenset(
        match[1]
        for match in _NAME.finditer(text)
        if match[1] not in _NO_NAME and text[match.end(1) - 1 : match.end(1) + 1] not in _COMMON
    )


def elsewhere(named: frozenset[str], text: str) -> float:
    """Tell the share, 0..1, of the places named in one text that another text does not name; 0 where none is.

    A code counts less than a name: nearly every text of an archive names its city.
    """
    codes = set(_CODES.findall(text))
    total = sum(map(_weight, named))
    return sum(_weight(name) for name in named if not _stands(name, text, codes)) / total if total else 0.0


def _weight(name: str) -> float:
    return 0.2 if name[0].isascii() else 1.0


def _stands(name: str, text: str, codes: set[str]) -> bool:
    if name[0].isascii():
        # A city's code is also that of its districts: A holds A3.
        return any(code.startswith(name) or name.startswith(code) for code in codes)
    return name in text
