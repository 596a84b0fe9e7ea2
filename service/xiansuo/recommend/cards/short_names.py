"""Short names out of what a proposal says: its subject, what a suggestion asks for, what a problem is."""

from __future__ import annotations

import re
from functools import cache

from xiansuo.recommend.reports.task_words import TaskWords
from xiansuo.text.normalise import normalise

_FRAME = re.compile(
    r"^(?:(?:集体|党派|联名)?提案[:：])?\s*(?:关[于於]|对|就)?(?P<core>.+?)(?:的?(?:几点|若干|一些|相关|有关|具体|政策|对策)*(?:提案|建议案|建议|意见|思考|对策|提议|报告|调研报告|议案|请示))?[。.]?$"
)
_PACE = re.compile(
    r"^(?:同时|进一步|加快|积极|大力|尽快|切实|系统(?=解决|推进|治理|提升|培养)|努力|不断|持续|全面|着力|深入|扎实|有效|科学|合理|充分|多措并举|尽早|主动|稳步|稳妥|妥善|更加|更好地?|加大力度)+"
)
_ASKS = re.compile(
    r"^(?:为此|因此)?[，,]?(?:我们?)?(?:强烈|特)?(?:建议|讨论|研究(?=[将把增设])|恳请|希望|呼吁|请|应当|应该|应|要|须|必须|需要?|可以?|能|由|宜|各级|各地|还|也|都|并)+(?!求)"
)
_WHO = re.compile(
    r"^[^，。；]{0,24}?(?:部门|厅|局|委|政府|机关|单位|残联|妇联|省级层面|层面)(?:牵头|会同[^，。；]{0,20}?(?:部门|厅|局))?(?:应当?|要|须|可以?|尽快|共同|联合|积极)*(?=[\u4e00-\u9fff]{4})"
)
_GENERAL = re.compile(
    r"^(?:增加|加大|扩大)?(?:投入|力度|宣传|支持|保障|领导|监管|协调|统筹)$|高质量|高度重视|组织领导|(?:加强|加大|广泛)(?:舆论)?宣传|思想认识|提高认识|顶层设计|营造|氛围|统筹规划|落实责任|明确责任|强化责任|多措并举|形成合力|因地制宜|以点带面"
    r"|^以|以.{1,8}为|重视|真正|起来$|深入人心|中国特色|突出位置|社会各界|总体思路|规范性文件|各项工作|五位一体|政策环境|市场环境|条件$|服务特困|民自治组织作用|发展纲要|精准.{0,4}保障|资源覆盖面|长效工作机制|建设力度$|基础版|关爱$|走.{1,10}之路|^(?:这|其|该|此|使|让|从而|并|又|而)|[\"“”]起来|新(?:局面|台阶|篇章|格局)"
)
_ANYTHING = re.compile(
    r"进一步|体系|机制|制度|建设|管理|水平|力度|政策|规定|工作|发展|服务|相关|有关|一些|具体|有效|统一|各类|各级|各地|能力|意识|观念|环境|作用|成果|进程|效率|质量|方式|方法|模式|措施|平台|资源|部门|机构|人员|队伍|支持|力量|社会|政府|企业|群众|我[省市国县区]"
    r"|全[省市面]|科学|合理|优质|特色|多样化|普及|优秀|积极|主动|先行|探索|实践|基层|细化|扶持|结合|协调|保障|监督|监管|引导|标准化|规范化|常态化|长效|综合|统筹|重点|专业|专门|现有|新型|重大|投入|资金|经费|和|与|及|的|对|了|等|在|中|为|以|向|从|更|好|高|大|多|新"
)
_PARTICULAR, _NAMED = 5, 2
_AT_END = 9
_IN_COMMON = 0.6
_NO_VERBS = (
    "出租",
    "新建学校",
    "开发商",
    "开发区",
    "发展中",
    "组织部",
    "监管部",
    "保障房",
    "保障性",
    "规范性",
    "创新型",
    "服务业",
    "服务中心",
    "建设工程",
)
_CALLS = re.compile(
    "鼓励|引导|支持|督促|组织|动员|联合|利用|运用|结合|依托|借鉴|参照|充分发挥|发挥|整合|会同|协调|指导"
)
_UNFINISHED = re.compile("牵头$|^发|可以|方式由|其(?![他中余])|它|他们|该|这|(?:后|时|中|上|下|内|的|和|与|及|等)$")
_MOVES = re.compile(
    r"[将把].{3,}(?:纳入|列入|作为|改为|调整|下放|延长|提高|降低|转|建成|改造|放在|用于)|对.{3,}(?:给予|实行|进行|予以|减免|补)|为.{3,}(?:配备|提供|设立|增设|购买|建)|允许|取消|更换|疏通|延伸|修建|增派|张贴|派驻|加装|补发|腾出|聘请"
)
_DONE_TO = re.compile(
    "(?<=..)(?:纳入|列入|补助|补贴|改为|改成|让给|放在|写进|设立|配备|建立|公布|公示|开放|增加|增设|延长|安装|承担|牵头|落实到|提高到|租用|派|建成|清零|减免|报销)"
)
# What a measure is good for is not what is asked.
_FOR = re.compile(
    r"确保|保证|避免|防止|保障(?!性)|有效|真正|切实|(?:提升|提高|促进|推动|推进|解决|巩固|确保|实现|满足|丰富|增强|激发|调动|保证|形成|营造|切实|弘扬|夯实|增进|助力|打造|发挥|改善|优化|引领|带动|消除|达到|减轻|减少|避免|防止|降低)[^，。]*(?:能力|水平|作用|质量|效率|积极性|发展|进程|问题|环境|氛围|意识|素质|活力|格局|竞争力|获得感|安全感|行为|现象|生活|负担|成果|改革|需求|需要|成长|体系|效果|效能|率|主动性|吸引力|办法)$"
)
_SHORTEST, _LONGEST = 7, 28
_SUBJECT, _TOPIC = 4, 20
# What is left of a title and names no subject: a verb phrase, a judgement, the rest of a frame.
_NO_SUBJECT = re.compile(
    r"^(?:政策配套|关注|做好|加强|帮助|着力|\"|再提|抓住|净化|改善|借鉴|依托|让|人民|将|把|为|对|在|从|以|让|使|由|采取|打造|重视|发行|贯彻|统一|亟待|当前|切实|服务和|化解|建章|还|如何|支付|力度)|[，。,]|(?:力度|亟待解决|的问题与?|与|和|及|新格局|有效运行|高质量发展|健康发展|均衡发展|新人|成效|积极性)$|推动|促进|加快|提高"
)
_JUDGED = re.compile("(?<=.{4})(?:亟待|亟需|应当|应及早|应予|应尽快|需要?引起|值得|有待|需尽快).{2,8}$")
_PROBLEM = re.compile(
    r"不足|不够|不到位|不健全|不完善|不规范|不合理|不统一|不高|不强|不明|不清|不便|不畅|不平衡|缺乏|缺失|短缺|紧缺|空白|难以|困难|难$|无法|滞后|薄弱|偏低|偏少|过高|过低|隐患|乱象|混乱|流失|浪费|污染|尚未|没有|推诿|脱节|闲置|下降|严重|突出"
)
_CLAUSES = re.compile("[，。；！？：,;:!?\n]")
_HANGS = re.compile(
    r"^(?:但|而|且|并|也|又|还|则|这|该|从而|导致|使|因此|所以|如|即|由于|因为|虽然|对于|当|随着|以|为了|目前|有的|是|就)"
)
_QUOTES = str.maketrans("", "", " 　\n\t")
_LEANS = re.compile(
    r"^(?:既|反映|让|直接|主要|很多|许多|不少|究其|尚|均|都|总体|相关|各自|怎么|功能|相对于|具有|致使|加之|它|普遍|我省普遍|出现|受|对|监管|投资|要|我[省市]要|无法|没有|不|难以|未|严重|缺乏|缺少|仅|\d|百分|可能|容易|极易|因|各地.{0,8}不同|但|而|且|并|也|又|还|却|则|这|该|其(?!他)|从而|导致|造成|使|因此|所以|如|即|由于|因为|虽然|尽管|对于|在|当|随着|以致|甚至|更|目前|存在|面临|有的|有些|一些|同时|此外|是|就|大多|普遍|往往|然后|只)|[和与及的等有]$|的(?:缺乏|缺失|不足)$|虽然|污染物|具有|(?:薄弱|不到位|滞后|不够|缺失|不足|不高|跟不上|不全|不清|突出|不强)(?=[\u4e00-\u9fff]{5})"
)


def topic_of(title: str) -> str:
    """Take a title's subject out of its frame: 关于加快推进应急救护培训的建议 is about 应急救护培训."""
    bare = re.sub(r"\s+|[,:;]|––|—", "，", normalise(title).text)
    found = _FRAME.match(bare)
    for part in re.split(
        "，|、(?=(?:切实|有效|填补|加强|提高|促进|推动|完善|减轻|破解|强化|提升))", found["core"] if found else bare
    ):
        core = _strip_verbs(part)
        if _SUBJECT <= len(core) <= _TOPIC and specific(core, _NAMED) and not _NO_SUBJECT.search(core) and closed(core):
            return _as_printed(core)
    return ""


def subject_of(title: str) -> str:
    """Say in short what a text is about: its subject where a frame holds one, else the first clause of its title."""
    if title.startswith("关于") and (topic := topic_of(title)):
        return topic
    bare = normalise(re.sub(r"\s+", "，", title.strip())).text.removeprefix("建议")
    # What is told by a picture before a colon is told in plain words behind it.
    bare = re.sub('^"[^:]*:(?=.{6})', "", bare)
    found = _FRAME.match(bare)
    core = found["core"] if found else bare
    first = next((part for part in re.split("[，,:;。]|––", core) if len(part) >= _SUBJECT), core)
    return _as_printed(_JUDGED.sub("", first.strip("《》")))


def asked_clause(heading: str, sentence: str) -> str:
    """Choose what a suggestion asks for in a few words, from its heading or its best sentence; empty if it is long."""
    for begins in (True, False):
        for said in (heading, sentence):
            for each in map(_directive, _CLAUSES.split(normalise(said).text.translate(_QUOTES))):
                if _asks(each, begins) and _tells(each, sentence):
                    return _as_printed(each)
    return ""


def _asks(said: str, begins: bool) -> bool:
    """Tell whether a few words say what is asked for.

    :param begins: they begin with what is to be done, rather than with who or what it is done to.
    """
    if not _SHORTEST <= len(said) <= _LONGEST or _GENERAL.search(said) or _FOR.match(said):
        return False
    acts = leading_verb(said) or _MOVES.match(said) if begins else _DONE_TO.search(said) and not _HANGS.search(said)
    return bool(acts) and _finished(said) and specific(said)


def _tells(asked: str, sentence: str) -> bool:
    """Tell whether a few words say what the sentence says."""
    whole = normalise(sentence).text
    return sum(asked[i : i + 2] in whole for i in range(len(asked) - 1)) >= _IN_COMMON * (len(asked) - 1)


def problem_clause(sentence: str) -> str:
    """Choose the few words of a problem sentence that name what is wrong; empty if they are long."""
    clauses = [each.strip('“”"') for each in _CLAUSES.split(normalise(sentence).text.translate(_QUOTES))]
    fit = [
        (len(_PROBLEM.findall(each)), -place, each)
        for place, each in enumerate(clauses)
        if _SHORTEST <= len(each) <= _LONGEST
        and _PROBLEM.search(each[-_AT_END:])
        and not _LEANS.search(each)
        and closed(each)
    ]
    return _as_printed(max(fit)[2]) if fit else ""


def specific(said: str, least: int = _PARTICULAR) -> bool:
    """Tell whether a few words name something particular, once verbs and what fits anything are taken away.

    :param least: characters that are left at least.
    """
    rest = _ANYTHING.sub("", _directive(said))
    rest = verbs().sub("", rest)
    return len(rest) >= least


def _as_printed(said: str) -> str:
    """Give a normalised name the quotation marks and brackets of Chinese print."""
    return re.sub('"([^"]*)"', r"“\1”", said).replace("(", "（").replace(")", "）")


def _directive(clause: str) -> str:
    bare = _PACE.sub("", _ASKS.sub("", clause))
    bare = _WHO.sub("", bare)
    bare = _ASKS.sub("", bare)
    return _PACE.sub("", bare)


def unhurried(said: str) -> str:
    """Take off the front how soon or how much something is to be done: 尽快, 进一步."""
    return _PACE.sub("", said)


def _strip_verbs(core: str) -> str:
    """Take verbs off the front while a name of four characters and more is left."""
    core = _PACE.sub("", core)
    while found := leading_verb(core):
        rest = _PACE.sub("", core[len(found) :])
        if len(rest) < 4 or rest.startswith(("的", "化", "性", "和", "与", "、")):
            break
        core = rest
    return core


def leading_verb(said: str) -> str:
    """Return the verb of a task that words begin with; empty if they begin with none."""
    found = verbs().match(said)
    return found.group() if found and not said.startswith(_NO_VERBS) else ""


def _finished(said: str) -> bool:
    """Tell whether a clause says all of what is asked: 鼓励教师 without what for, or 其 without whose, does not."""
    if not closed(said) or _UNFINISHED.search(said):
        return False
    calls = _CALLS.match(said)
    return calls is None or bool(verbs().search(said, calls.end() + 2))


def closed(said: str) -> bool:
    """Tell whether brackets and quotation marks come in pairs."""
    return (
        all(said.count(opens) == said.count(closes) for opens, closes in ("“”", "《》", "（）", "()", "‘’"))
        and said.count('"') % 2 == 0
    )


@cache
def verbs() -> re.Pattern[str]:
    """Return a pattern of what tasks begin with."""
    words = sorted(TaskWords.read().verbs, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)))
