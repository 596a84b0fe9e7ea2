"""What came of a job, in Chinese: how many of what."""

from __future__ import annotations

from xiansuo.records.jobs import Job, JobKind

_RESULTS = {
    "files": "文件",
    "added": "新增",
    "updated": "更新",
    "unchanged": "没有变化",
    "rejected": "未收录",
    "redacted": "遮盖号码",
    "documents": "材料",
    "topics": "热点",
    "changes": "变化",
    "themes": "中心工作",
    "encoder": "编码器",
    "read_again": "重算向量",
    "name": "备份",
}


def counts(job: Job) -> list[tuple[str, object]]:
    """Say what came of a job, line by line; empty where nothing did."""
    result = job.result or {}
    if job.kind is JobKind.PROMPTS and job.result is not None:
        return [("提出选题", len(result["prompts"])), ("没有提出", len(result["left_out"]))]
    return [(label, result[name]) for name, label in _RESULTS.items() if result.get(name) not in (None, "")]
