"""What a line of the audit trail says in Chinese of a request: which thing, and what was done to it."""

from __future__ import annotations

_API = "/api/v1"

_THINGS = {
    "login": "登录",
    "logout": "登录",
    "first": "账号",
    "me": "账号",
    "account": "账号",
    "users": "账号",
    "keys": "密钥",
    "check": "查重",
    "checks": "查重",
    "decisions": "判断",
    "groups": "合并",
    "merges": "合并",
    "prompts": "选题",
    "clues": "线索",
    "write": "写稿",
    "topics": "热点",
    "themes": "中心工作",
    "archive": "档案",
    "documents": "档案",
    "jobs": "任务",
    "bulletin": "月报",
    "first-run": "演示语料",
    "settings": "设置",
    "backup": "备份",
    "models": "模型",
}
_ACTS = {
    "login": "登录",
    "logout": "退出",
    "first": "设置密码",
    "password": "改密码",
    "check": "查重",
    "batch": "成批查重",
    "file": "上传查重",
    "files": "上传查重",
    "advice": "看提示",
    "keep": "保留",
    "claim": "认领",
    "release": "放弃",
    "submit": "登记报送",
    "feedback": "反馈",
    "approve": "审定",
    "edit": "修改",
    "publish": "发布",
    "withdraw": "撤回",
    "undo": "撤销",
    "outcome": "登记结果",
    "outcomes": "登记结果",
    "take-back": "收回结果",
    "put-back": "换回旧版",
    "restore": "恢复",
    "correct": "更正",
    "import": "导入",
    "cancel": "取消",
    "again": "再做一次",
    "anew": "全部重新聚类",
    "finding": "聚类",
    "rename": "改名",
    "merge": "合并",
    "split": "拆分",
    "pin": "置顶",
    "hide": "隐藏",
    "weigh": "定权重",
    "retire": "停用",
    "decisions": "判断",
    "merges": "合并",
    "terms": "改分值与任务",
    "demo": "载入演示语料",
    "settings": "修改",
    "backup": "备份",
    "keys": "新建",
    "users": "新建",
    "revoke": "停用",
    "close": "停用",
    "reopen": "恢复",
    "door": "发链接",
    "use": "切换",
    "encoder": "切换编码器",
    "adapt": "学习档案",
    "indexes": "重建索引",
    "topics": "全部重新聚类",
    "prompts": "提出一批",
    "clues": "提出一批",
    "themes": "导入",
}


def act_words(action: str) -> str:
    """Say what a request did, such as 热点：改名（接口）; empty where it is none of ours.

    :param action: method and address as the route is declared, as the trail has it.
    """
    method, _, address = action.partition(" ")
    path = address.removeprefix(_API)
    parts = [part for part in path.strip("/").split("/") if part != "admin"]
    words = [part for part in parts if not part.startswith("{")]
    if not words or words[0] not in _THINGS:
        return ""
    # Of an address that ends with a number, the thing itself is changed, unless the word before says what is done.
    plain = method == "PATCH" or (len(words) == 1 and parts[-1].startswith("{") and words[0] != "first")
    act = "修改" if plain else _ACTS.get(words[-1], "")
    return f"{_THINGS[words[0]]}：{act}{'（接口）' if address.startswith(_API) else ''}" if act else ""
