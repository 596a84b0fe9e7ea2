"""What of a reply speaks for a matter's being settled by it, and what against; each a number that can be looked at.

Greetings, thanks and where to call are left out first: they stand in every reply and say nothing.
"""

from __future__ import annotations

import math
import re

from xiansuo.records import Grade
from xiansuo.text.normalise import normalise
from xiansuo.text.sentences import sentences

# So many times a word counts; more of it says no more.
_MOST = 6
_STOCK = re.compile(
    r"(?:您好|你好|收悉|获悉|感谢|谢谢|敬请(?:理解|谅解|留意|关注)|如(?:果)?[您你](?:还)?(?:有|对)|欢迎(?:您|广大|一如既往|你)|来电咨询"
    r"|答复如下|回复如下|祝您|祝你|特此回复|^[\d年月日\s.:-]+$|联系电话)"
)
_QUOTED = re.compile(r"“[^“”\n]{8,}”|《[^《》\n]{8,}》")
_CLAUSE = re.compile("[,。;:!?\n]")
_DONE = (
    r"已(?![转交移收获])(?:经|全部|于|对|将|为|向|在|按|会同|组织|基本|责成|协调)?[^,。;:]{0,14}?(?:完成|整改|建成|投入|投用|启用|上线|办理|拆除|取缔|修复|恢复|印发|出台|增加|增设|新增"
    r"|增派|采纳|吸收|吸纳|纳入|列入|清理|处罚|立案|查处|关停|停业|搬离|退还|发放|到位|改善|解决|落实|调整|提高|扩大|安装|配备|开通|签订|启动|实施|明确|建立|成立|开展|通过"
    r"|拨付|试种|购买|购置|确定|安排|下达|受理|通车|验收)"
    r"|责令|约谈|依法(?:给予|处|对)|予以(?:查封|处罚|拆除|取缔|通报)|现场(?:核查|检查|处理|执法)|集中整治|联合执法|限期"
)
_FOUND = (
    r"经(?:查|核实|调查|了解|现场|核查|研究)|据查|属实|调查(?:核实|了解|处理|结果|情况|组)"
    r"|(?:不存在|没有发现|未发现|未收到)"
)
_PLAN = (
    r"(?:将|拟|计划|预计|争取|力争|准备|确保|目前正|正在)[^。;]{0,40}?(?:年底|月底|年内|\d+月|季度|本月|近日|上半年|下半年|\d{4}年|明年|今年|期间|学期)"
    r"|(?:年底|月底|年内|\d+月(?:底|份|\d+日)?|季度|上半年|下半年|\d{4}年|明年|今年|学期)[^。;]{0,16}?(?:前|将|拟|启动|开工|建成|完成|投用|竣工|实施|推出|投入)"
    r"|列入[^。;]{0,20}?(?:计划|项目|预算|名单|目录|库)|(?:先行|试点|试行|试种)"
)
_LISTED = r"(?:^|[。;:\n])(?:[一二三四五六]是|[1-9][、.]|[(]?[一二三四五六][)、]|其[一二三],)"
_RULE = (
    r"根据[^。]{0,60}?(?:规定|文件|精神|办法|通知|条例|要求)|第[一二三四五六七八九十\d]+条"
    r"|严格(?:按照|执行|遵守)|按照[^。]{0,30}?(?:规定|原则|要求|精神)"
)
_PASSED = r"已转|转交|交办|移交|转至|转送|转由|已责成有关|转请|转相关|交有关"
_PROMISED = (
    r"承诺|已?要求(?!的)|督促|责成|告知|劝导|协调(?:会|解决|处理)|到现场|上门|退款|赔偿|补(?:助|贴|偿)(?:资金|款)?\d"
    r"|正在(?:进行)?[^,。;]{0,20}?(?:开发|建设|施工|办理|编制|设计|招标|采购|审批|改造|实施|公示)"
)
_DIRECT = (
    r"可(?:以|享受|在|凭|持|申请|参加|到)|均可|符合|属于|(?:无|不)?需(?:要|提供|先|携带)|标准(?:为|是)|凭|应(?:由|当|先)|只(?:能|需)"
    r"|不(?:再|可|得|符合|需)|因此|所以|是(?:指|因为|由|根据)|原因"
)
_STUDIED = (
    r"研究|论证|协商|待[^,。;]{2,24}?(?:后|完成|明确|确定)|留作参考|条件(?:尚)?(?:不|未)成熟|暂(?:不|未|无|缓)|时机|再行|一并考虑"
    r"|(?:考虑|参考)您|统筹考虑|予以考虑|汇报"
)
_VAGUE = r"积极|尽快|逐步|适时|进一步|加大|加强|继续|持续|不断|下一步|今后|重视|努力|争取"
_REFUSED = (
    r"无法|不能|难以|不宜|不予|不具备|没有条件|未(?:列入|纳入|落实|确定|明确)|缺乏|资金(?:短缺|缺口|困难|不足)|财力|不支持"
    r"|请(?:您)?(?:予以)?(?:理解|谅解|支持)|维持现状|尚(?:未|无)|(?:目前|暂)没有"
)
_FIGURE = (
    r"\d[\d,.]*(?:[%％]|万|亿|元|个|家|户|名|人|处|台|套|条|公里|米|㎡|平方米|亩|吨|次|件|天|辆|座|项|份"
    r"|小时|分钟|张|栋|所|宗|艘|岁|年|个月|工作日)"
)
_COUNTED = {
    "done": _DONE,
    "found": _FOUND,
    "plan": _PLAN,
    "listed": _LISTED,
    "rule": _RULE,
    "passed": _PASSED,
    "studied": _STUDIED,
    "vague": _VAGUE,
    "refused": _REFUSED,
    "figures": _FIGURE,
}
_PATTERNS = {name: re.compile(pattern) for name, pattern in _COUNTED.items()}
_DIRECTLY = re.compile(_DIRECT)
_PROMISES = re.compile(_PROMISED)
_QUESTION = re.compile(r"咨询|请问|[?]|吗|什么时候|何时|是否|能否|想问|如何")
_GRADES = {"grade_done": Grade.DONE, "grade_planned": Grade.PLANNED, "grade_noted": Grade.NOTED}
_SHOWS = {
    "done": 1.0,
    "plan": 1.0,
    "found": 0.5,
    "figures": 0.25,
    "passed": -1.0,
    "studied": -0.5,
    "refused": -0.5,
}
FEATURES = (*_COUNTED, "rule_for_question", "direct_for_question", "rest", "concrete", *_GRADES)
"""Names in the order of the weights."""


def features(asked: str, reply: str, grade: Grade | None = None) -> dict[str, float]:
    """Count what of a reply tells whether it settles what was asked; the keys are `FEATURES`.

    :param asked: title and text of what was asked; of a proposal perhaps one suggestion alone.
    """
    # What was asked is often quoted in full before anything is said.
    kept = [piece for piece, _, _ in spoken(_QUOTED.sub("", reply))]
    text = "\n".join(",".join(each for each in _CLAUSE.split(piece) if not _STOCK.search(each)) for piece in kept)
    found = {name: _amount(pattern, text) for name, pattern in _PATTERNS.items()}
    asks = bool(_QUESTION.search(normalise(asked).text))
    found["rule_for_question"] = found["rule"] * asks
    found["direct_for_question"] = _amount(_DIRECTLY, text) * asks
    found["rest"] = math.log1p(sum(len(piece) for piece in kept if not _PATTERNS["passed"].search(piece)))
    found["concrete"] = sum(shows(piece) > 0 for piece in kept) / max(1, len(kept))
    found.update({name: float(grade is each) for name, each in _GRADES.items()})
    return {name: round(found[name], 4) for name in FEATURES}


def _amount(pattern: re.Pattern[str], text: str) -> float:
    return math.log1p(min(_MOST, sum(1 for _ in pattern.finditer(text))))


def spoken(reply: str) -> list[tuple[str, int, int]]:
    """List the sentences of a reply that say something of the matter: normalised text, start and end in the reply."""
    normal = normalise(reply)
    found = []
    for start, end in sentences(normal.text):
        piece = normal.text[start:end].strip()
        if any(clause and not _STOCK.search(clause) for clause in _CLAUSE.split(piece)):
            found.append((piece, *normal.original(start, end)))
    return found


def shows(sentence: str) -> float:
    """Weigh how far a normalised sentence of a reply shows that something was done or is fixed; 0 and below: not."""
    told = sum(weight * bool(_PATTERNS[name].search(sentence)) for name, weight in _SHOWS.items())
    told += 0.5 * bool(_PROMISES.search(sentence))
    return round(told, 2)
