"""Which department a suggestion is addressed to, as the text itself names it."""

from __future__ import annotations

import re

_AREA = r"(?:国家|中央|全国|全?省|全?市|市县|县区|区县|[县区]|各级|各地|当地|地方|所在地)"
_FIELD = (
    "教育|卫生健康|卫健|卫生计生|卫计|卫生|民政|人力资源和社会保障|人力资源社会保障|人力资源|人社|劳动保障|劳动|财政|发展和改革|发展改革|发改|工业和信息化|工信|经信|经济和信息化"
    "|住房和城乡建设|住房城乡建设|住建|建设|房管|房产|规划|城市管理|城管|交通运输|交通|公安交管|交管|公安|交警|消防救援|消防|农业农村|农业|农委|水利|水务|文化广电和旅游|文化和旅游|文旅|文化广电|文化|旅游"
    "|广播电视|广电|商务|应急管理|应急|安监|市场监督管理|市场监管|工商|质监|食药监|食品药品监督管理|药品监督管理|药监|生态环境|环境保护|环保|自然资源和规划|自然资源|国土资源|国土|司法|医疗保障|医保"
    "|退役军人事务|体育|统计|审计|税务|国税|地税|金融监管|金融|银行业监管|银监|银保监|保监|证监|科学技术|科技|林业|园林|绿化|海洋与渔业|海洋|渔业|粮食|网信|编制|机构编制|国资|国有资产|信访|气象"
    "|地震|通信管理|通信|邮政管理|邮政|供销|知识产权|住房公积金|公积金|物价|价格|民族宗教|侨务|侨|台湾事务|外事|港航管理|港航|港口|海事|口岸|海关|电力|供电|组织|宣传|统战|政法|老龄|残疾人工作"
    "|数据管理|大数据|政务服务|行政审批|机关事务|扶贫|乡村振兴|营商环境|监管|执法"
)
_HEAD = r"(?:行政)?(?:主管|管理|行政|监管|执法)?(?:部门|机关|机构|系统)|[厅局]|委员会|[委办](?![托办员理])|总队|支队"
_WHOLE = (
    r"残联|妇联|团委|共青团|总?工会|关工委|工商联|文联|科协|侨联|红十字会|银监会|证监会|银保监会|人民银行|法院|检察院|发改委|卫健委|卫计委|住建委|经信委|国资委|农委|编办|网信办|金融办|文明办|扶贫办"
    r"|人大(?:常委会)?|纪委|政法委|组织部|宣传部|政府"
)
_ONE = rf"(?:{_AREA}?(?:级)?(?:(?:{_FIELD})(?:{_HEAD})|{_WHOLE}))"
# 教育、民政、财政等部门: several fields share the word at the end.
_MANY = (
    rf"(?:{_AREA}?(?:级)?(?:{_FIELD})(?:{_HEAD})?(?:[、和及与](?:{_AREA}?(?:{_FIELD}|{_WHOLE})(?:{_HEAD})?))+"
    rf"(?:等)?(?:多?个|有关|相关|职能|行政)*(?:{_HEAD}))"
)
_NAMED = re.compile(rf"{_MANY}|{_ONE}(?:[、和及与]{_ONE})*(?:等(?:有关|相关|职能)*部门)?")
# Whom a sentence asks, stands after one of these, or begins it, or leads or joins others.
_ASKED = re.compile(
    r"(?:建议|恳请|希望|请(?!求)|呼吁|由|要求|督促|责成|协调|会同|联合|牵头|[，,；;。]|^)[^，。；：\s]{0,4}$"
)
_ACTS = re.compile(
    r"^[^，。；]{0,3}(?:要|应|应当|须|可|能|会同|牵头|出台|制定|建立|加强|开展|组织|联合|负责|尽快|在|将|把|对|加大|统筹|明确|积极|与|根据|按|结合|进一步|督促|引导|指导|单独|共同|协同)"
)
# Whom one applies or reports to is not asked to act.
_TOWARDS = re.compile(r"(?:向|经|报|到|给|受|被|于|往)[^，。；：、]{0,2}$")
_MOST = 3


def asked_department(text: str) -> str:
    """Find whom a sentence asks to act, as it is written there; empty where nobody is named."""
    named: list[str] = []
    for found in _NAMED.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        if (
            _TOWARDS.search(before)
            or not (_ASKED.search(before) or _ACTS.match(after))
            or found.group() in ("政府", "监管机构", "执法机构")
        ):
            continue
        if found.group() not in named and not any(found.group() in other for other in named):
            named.append(found.group())
    return "、".join(named[:_MOST])
