"""Words that stand in and behind the names of places."""

from __future__ import annotations

_GROUNDS = """
小区 社区 花园 家园 公寓 广场 街道 大道 路 街 镇 乡 村 组 苑 府 湾 城 邸 园 庭 居 里 区 县 市 国际 国际城 新城
新村 名苑 雅苑 名邸 华庭 华府 嘉园 佳园 山庄 之城 中心城 东路 西路 南路 北路 中路 一路 二路 三路 四路 五路 六路
有限公司 集团 学院
"""
_SEATED = """
街道 大道 路 街 镇 乡 村 区 县 市 东路 西路 南路 北路 中路
"""
_COMMON = """
农村 乡村 道路 公路 高速公路 铁路 马路 线路 网路 公交线路 出路 思路 电路 一带一路 城市 门市 超市 夜市 早市 股市
菜市 上市 政府 市政府 区政府 县政府 学府 特色小镇 美丽乡村 城镇 乡镇 城乡 下乡 返乡 家乡 都市 楼市 山区 灾区
牧区 景区 园区 校区 城区 片区 示范区 自贸区 高新区 度假区 开发区 工业园区 产业园区 行政村 传统村落 水路 修路
走路 让路 断头路 城中村 房市 车市 上街 逛街 江湖 禁区 误区 保护区 服务区 自贸试验区 试验区 支路 问路 改路 强省
学区 强市 强县 强区 大省 大市 大县 老城区 居民区 住宅区 库区 中心城区
"""
_SPOTS = """
门口 门前 附近 周边 旁边 旁 沿线 路段 路口 交汇处 楼下 楼上 对面 北门 南门 东门 西门 正门 大门 小区内 地块 片区
一带 境内 辖区 区域 方向 街上 村上 路上 组上 老街 西面 东面 南面 北面 一线 内 外 上 下 里 省 我省 我市
我区 我县 我国 全省 全市 全国 本市 本地 当地 底层 一楼 二楼 临街 期
"""
_HOUSES = """
学校 中学 小学 幼儿园 大学 医院 公园 广场 大厦 酒店 宾馆 商场 市场 中心 超市 物流园 公司 分公司 股份 机构 车站
机场 项目 楼盘 道路 工地 宿舍 工厂
"""

GROUNDS = frozenset(_GROUNDS.split())
"""Words behind the name of a place, a company or a college."""

SEATED = frozenset(_SEATED.split())
"""Those of them behind which the name of a smaller place may follow."""

HOUSES = frozenset(_HOUSES.split())
"""Words that belong to the name of a place if they stand behind one."""

SPOTS = frozenset(_SPOTS.split())
"""Words that say where without a name."""

COMMON = frozenset(_COMMON.split())
"""Words that end like a place and are none."""
