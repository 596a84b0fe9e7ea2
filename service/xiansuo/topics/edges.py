"""Words at which a name may not begin or end."""

from __future__ import annotations

_CHARACTERS = (
    "的了在是和与及或被把对将为以等中上下内从到向又也都就还要会能可有无不请让给由于而且并其该"
    "这那此我你他们吗呢吧啊之如何至时后前个一您贵很太更最再多大小已未被曾正仍"
)
_WORDS = """
关于 如何 什么 怎么 为何 为什么 能否 是否 可否 何时 什么时候 问题 建议 情况 希望 要求 应该 应当 需要 进一步
进行 以及 还是 没有 领导 有关 相关 部门 尊敬 您好 请问 咨询 投诉 反映 的话 存在 导致 造成 一个 已经 仍然 依然
究竟 到底 多次 一直 长期 以东 以西 以南 以北 些许 反馈 步伐 力度 事宜 渴望 现状 调查 成因 对策 分析 思考
"""
_WANT_ONE_BEFORE = """
属于 进了 无法 不能 未能 难以 使用 得到 位于 旁边 附近 周边 里面 公司 旁 我市 我省 我县 我区 全市 全省 本市 来自
有限公司 集团 门口 楼下 楼上
"""
_WANT_ONE_BEHIND = """
随意 擅自 强制 强行 恶意 肆意 私自 违规 非法 无故 涉嫌 经常 频繁 常年 附近 周边 位于 未能 不能 难以 无法 尚未
至今 继续 何时能 请求 增设 增加 加快 推进 解决 修建 设置 新建 工作
"""
_CLOSING = "建设 管理 保障 发展 制度 体系 政策 标准 规定 项目 条件 办法 处理 执行 规范 少 难 高 低 长"
_PERSONS = "我 我们 我家 我的 咱们 咱 俺 本人 我方 你 你们 您"

EDGE = frozenset(_CHARACTERS) | frozenset(_WORDS.split())
"""Words that no name begins or ends with."""

NO_START = EDGE | frozenset(_WANT_ONE_BEFORE.split())
"""A name begins with none of these."""

NO_END = EDGE | frozenset(_WANT_ONE_BEHIND.split())
"""A name ends with none of these."""

CLOSING = frozenset(_CLOSING.split())
"""Stock words with which a name may well end."""

PERSONS = frozenset(_PERSONS.split())
"""A name that has one of these is somebody's sentence."""

PLACE_ENDS = frozenset("省市区县镇乡村") | frozenset(["街道", "社区"])
"""A name that ends here says where and not what."""

APART = frozenset("的了在是和与及或被把对将为以等从到向又也都就还要会能可有无不请让给由于而且并其")
"""Single characters behind which a new phrase begins; others, such as 老 and 下, belong to what follows."""

BEHIND = frozenset("后前时中上下内里间外起来者")
"""These belong to what stands before them: a name is not cut between the two."""
