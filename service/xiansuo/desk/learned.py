"""The card of an encoder that has learnt an archive: what it read, before and after, and the way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from xiansuo.desk.proof import ASKED, TOLERANCE, Proof
from xiansuo.embed.pairs import KINDS


def card(
    base: str,
    day: dt.date,
    number: int,
    held: int,
    pairs: Mapping[str, int],
    decided: int,
    proof: Proof,
) -> str:
    """Write the card in Markdown; it holds figures only, no text of the archive.

    :param base: id of the encoder that was trained further.
    """
    told = "、".join(f"{KINDS[kind]} {count} 对" for kind, count in pairs.items())
    rows = "\n".join(f"| {name} | {before} | {after} |" for name, before, after in comparison(proof))
    questions = "、".join(f"{name} {proof.before.finding[kind].questions} 问" for kind, name in _asked(proof))
    return f"""\
# 学习过本档案的编码器

{day} 由 {base} 在本机接着训练而成，没有联网，没有用人工标注的类别。

- 读了 {number} 篇，其中 {held} 篇留出不学、只用来检验（按编号的校验和抽取，与内容无关）。
- 学的是同一篇材料的各部分互为一对：{told}；另有编辑判定过的 {decided} 对。
- 权重里没有原文，但由原文算出，请与档案同等保管。

| 检验 | 学习前 | 学习后 |
|---|---|---|
{rows}

前几行：拿留出材料的一部分去找另一部分（{questions}）；“倒数名次”越接近 1 越好，“排第一”是一次找对的比例。
后两行：随软件附带的标注对，重复（文字重复、内容重复）与其他关系分得多开；允许的下降不超过 {TOLERANCE}。

结论：{proof.reason}。

退回：运行 `xiansuo models adapt --undo`，系统在旁边重算向量，完成后一次换回。
"""


def comparison(proof: Proof) -> Iterator[tuple[str, str, str]]:
    """Give each figure with its name, before and after."""
    for kind, name in _asked(proof):
        before, after = proof.before.finding[kind], proof.after.finding[kind]
        among = f"{name}（{before.among} 篇中）"
        yield f"{among}：倒数名次", f"{before.mrr:.3f}", f"{after.mrr:.3f}"
        yield f"{among}：排第一", f"{before.first:.1%}", f"{after.first:.1%}"
        yield f"{among}：平均名次", f"{before.mean_rank:.1f}", f"{after.mean_rank:.1f}"
    yield "标注对：AUC", f"{proof.before.auc:.3f}", f"{proof.after.auc:.3f}"
    yield "标注对：平均精度", f"{proof.before.average_precision:.3f}", f"{proof.after.average_precision:.3f}"


def _asked(proof: Proof) -> list[tuple[str, str]]:
    return [(kind, name) for kind, name in ASKED.items() if kind in proof.before.finding]
