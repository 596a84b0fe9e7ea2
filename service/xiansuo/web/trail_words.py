"""What a line of the audit trail says in Chinese of an act of the desk: what was done, and its particulars."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xiansuo.records import Level, Team
from xiansuo.records.accounts import Role

ACTIONS = {
    "sign_in": "登录",
    "accounts.add": "新建账号",
    "accounts.change": "改账号",
    "accounts.close": "停用账号",
    "accounts.reopen": "恢复账号",
    "accounts.door": "发设置密码的链接",
    "accounts.chosen": "本人设置密码",
    "accounts.password": "改密码",
    "keys.make": "新建密钥",
    "keys.revoke": "停用密钥",
    "office.settle": "改办公室设置",
    "backup.make": "备份",
    "backup.restore": "从备份恢复",
    "document.correct": "更正材料",
    "document.put_back": "换回材料的旧版",
    "document.withdraw": "撤下材料",
    "document.restore": "恢复材料",
    "document.outcome": "记下材料的结果",
    "document.outcome_back": "撤回材料的结果",
}
_KEYS = {
    "role": "身份",
    "unit": "单位",
    "name": "名称",
    "team": "队伍",
    "sector": "界别",
    "region": "地区",
    "for": "给",
    "keys": "作废的密钥",
    "contact": "联系方式",
    "instructions": "看批示",
    "texts": "看全文",
    "points": "分值",
    "targets": "全年任务",
    "version": "成为第几版",
    "fields": "改了",
    "way": "方式",
    "sha256": "校验和",
    "size": "字节",
}
_FIELDS = {
    "kind": "类别",
    "title": "标题",
    "text": "正文",
    "author": "作者",
    "unit": "单位",
    "team": "队伍",
    "sector": "界别",
    "region": "地区",
    "channel": "来源渠道",
    "date": "日期",
    "category": "分类",
    "theme": "中心工作",
    "source": "来源",
    "adoptions": "采用",
    "instructions": "批示",
    "reply": "答复",
    "replies": "答复",
}
_POINTS = {"reported": "报送", "adopted": "采用", "instructed": "批示", "counted": "几级采用时"}
_VALUES: dict[str, str] = {
    **{each.value: each.label for each in (*Role, *Team, *Level)},
    "highest": "按最高一级",
    "every": "各级累加",
    "True": "是",
    "False": "否",
    "None": "未填",
    "": "未填",
}
_LONGEST = {"sha256": 24}
_LONG = 120


def particulars(details: Mapping[str, Any]) -> str:
    """Say the particulars of an act, such as 身份：编辑；单位：青屿县政协; what is very long is cut."""
    return "；".join(f"{_KEYS.get(key, key)}：{_cut(key, _said(value))}" for key, value in details.items())


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        return "、".join(f"{_POINTS.get(key, _VALUES.get(key, key))} {_said(each)}" for key, each in value.items())
    if isinstance(value, list):
        return "、".join(_FIELDS.get(str(each), str(each)) for each in value)
    written = f"{value:g}" if isinstance(value, float) else str(value)
    return _VALUES.get(written, written)


def _cut(key: str, said: str) -> str:
    most = _LONGEST.get(key, _LONG)
    return said or "无" if len(said) <= most else f"{said[: most - 1]}…"
