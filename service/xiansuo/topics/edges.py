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
有限公司 集团 门口 楼下 楼上 变成 变为 成为 成了 沦为
"""
_WANT_ONE_BEHIND = """
随意 擅自 强制 强行 恶意 肆意 私自 违规 非法 无故 涉嫌 经常 频繁 常年 附近 周边 位于 未能 不能 难以 无法 尚未
至今 继续 何时能 请求 重大 长期 深夜 凌晨 期间 方向 社会 严重 全面 高度 极其 非常 废弃 违法 安装 国家 增设 增加
加快 推进 解决 修建 设置 新建 工作
"""
_ASKING = """
等 反映 何时 什么 什么时候 如何 怎么 为何 为什么 是否 能否 可否 吗 呢 何 哪些 哪里 多久 几时 究竟 到底 有何 有无
何时能 不 有没有 有 出现 给 把 被 对 向 为 一 却 才 只 仅 仍 再 了 能 会 要 想 将 在 让 能不能 可不可以 是
"""
_SIDES = """
综合 直达 以西 以东 以南 以北
开发商 业主 居民 村民 群众 市民 住户 受害人 老百姓 百姓 部门 房屋 房子 小区 项目 道路 楼盘 学生 家长 孩子 小孩
小孩子 老板 员工 企业 单位 生活 工作 国家 中心 广场 公司 分公司 股份 机构 大厦 工厂
"""
_NOT = """
不 没 没有 无 未 非 勿 别 难 难以 无法 不能 不会 不让 不得 禁止
"""
_AND = """
和 与 及 以及 或 、
"""
_OURS = """
真正 即将 迟迟 经常 存在 有的 我省 我市 我区 我县 我国 全省 全市 全国 本市 本省 各地 该 这个 那个 很多 一些 某
我们 自己 再次 至今 一直 又 都 也 还 就
"""
_DOING = """
创建 争创 申报 申请 理顺 建好 助推 助力 推动 推进 促进 构建 打造 深化 减轻 弘扬 做强 做好 做大 加强 加快 加大
提升 提高 完善 优化 强化 规范 发展 支持 鼓励 建立 健全 落实 实施 整合 盘活 落地 发挥 培育 培养 关注 保障 解决
改善 增加 增设 设立 开展 制定 出台 引导 扶持 改变 取消 恳请 反映 咨询 投诉 举报 请求
"""
_ADDRESSED = "恳请 请求 反映 咨询 投诉 举报 关注 呼吁 建议 希望"
_CLOSING = "建设 管理 保障 发展 制度 体系 政策 标准 规定 项目 条件 办法 处理 执行 规范 少 难 高 低 长"
_COMPLEMENTS = "起来 下去 下来 上去 上来 出去 出来 进去 进来 回去 回来 过来"
_TIMES = "期间 之间 之后 之前 以来 以后 以前 方面"
_PERSONS = "我 我们 我家 我的 咱们 咱 俺 本人 我方 你 你们 您"

EDGE = frozenset(_CHARACTERS) | frozenset(_WORDS.split())
"""Words that no name begins or ends with."""

NO_START = EDGE | frozenset(_WANT_ONE_BEFORE.split())
"""A name begins with none of these."""

NO_END = EDGE | frozenset(_WANT_ONE_BEHIND.split())
"""A name ends with none of these."""

ADDRESSED = frozenset(_ADDRESSED.split())
"""These turn to somebody who is to act: a place before them is not where the matter is said to be."""

SUMMING = frozenset(["难题", "难点", "堵点", "现象", "困境", "瓶颈"])
"""What these sum up stands before them and is whole without them."""

CLOSING = frozenset(_CLOSING.split())
"""Stock words with which a name may well end."""

PERSONS = frozenset(_PERSONS.split())
"""A name that has one of these is somebody's sentence."""

PLACE_ENDS = frozenset("省市区县镇乡村") | frozenset(["街道", "社区"])
"""A name that ends here says where and not what."""

APART = frozenset("的了在是和与及或被把对将为以等从到向又也都就还要会能可有无不请让给由于而且并其")
"""Single characters behind which a new phrase begins; others, such as 老 and 下, belong to what follows."""

BEHIND = frozenset("后前时中上下内里间外起来者") | frozenset(f"{_TIMES} {_COMPLEMENTS}".split())
"""These belong to what stands before them: a name is not cut between the two."""

SIDES = frozenset(_SIDES.split())
"""Words that say whom or what a matter touches, not what it is."""

NOT = frozenset(_NOT.split())
"""Behind these no name begins: it would say the contrary."""

AND = frozenset(_AND.split())
"""What stands behind these belongs to what stands before."""

ASKING = frozenset(_ASKING.split())
"""A name that holds one of these is a question or a statement."""

OURS = frozenset(_OURS.split())
"""Words that say nothing to somebody who reads a name alone."""

DOING = frozenset(_DOING.split())
"""A name that begins with one of these says what is to be done, not what about."""
