"""`xiansuo decisions`: what editors decided on matches."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xiansuo.cli import show, verdicts
from xiansuo.cli.choices import Json, relation_named
from xiansuo.cli.home import at, open_desk

if TYPE_CHECKING:
    import datetime as dt

    from xiansuo.desk.comparing import Text
    from xiansuo.desk.desk import Desk
    from xiansuo.records import Verdict

app = typer.Typer(help="编辑的判断：认可、否定或改判查重结果，可随时撤销。", no_args_is_help=True)

Draft = Annotated[str, typer.Argument(help="稿件文件（里面只有一篇），或查重的编号；用 - 从标准输入读")]
Earlier = Annotated[str, typer.Argument(help="以前的材料的编号")]
By = Annotated[str, typer.Option("--by", help="谁判的：编辑的姓名或代号")]
Title = Annotated[str, typer.Option("--title", help="稿件标题；从标准输入读时，不给则取第一行")]
Now = Annotated[str | None, typer.Option("--now", help="按哪一天记（默认今天）")]
_CHECK = re.compile(r"check-\d{8}-[0-9a-f]{10}")
_RELATIONS = "copy same_matter follow_up template_swap same_measures related distinct，或中文名称"


@app.command("list")
def list_(
    earlier: Annotated[str, typer.Option("--earlier", help="只看与这份材料有关的，写编号")] = "",
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=10_000, help="最多几条")] = 50,
    as_json: Json = False,
) -> None:
    """列出判断，最近的在前，撤销了的也在内。"""
    from xiansuo.desk.deciding import decisions

    with open_desk() as desk:
        found = decisions(desk, limit=limit, earlier=earlier)
    if as_json:
        show.data(list(found))
    else:
        verdicts.table(found)


@app.command()
def accept(
    draft: Draft, earlier: Earlier, by: By = "", title: Title = "", now: Now = None, as_json: Json = False
) -> None:
    """认可系统的判断。"""
    from xiansuo.records import Verdict

    _decide(Verdict.ACCEPTED, draft, earlier, None, by, title, now, as_json=as_json)


@app.command()
def reject(
    draft: Draft,
    earlier: Earlier,
    by: By = "",
    relation: Annotated[str | None, typer.Option("--relation", help=f"其实是什么关系，可不写：{_RELATIONS}")] = None,
    title: Title = "",
    now: Now = None,
    as_json: Json = False,
) -> None:
    """判为不是重复：以后不再问，排在最后。"""
    from xiansuo.records import Verdict

    _decide(Verdict.REJECTED, draft, earlier, relation, by, title, now, as_json=as_json)


@app.command()
def relabel(
    draft: Draft,
    earlier: Earlier,
    relation: Annotated[str, typer.Argument(help=f"改成哪种关系：{_RELATIONS}")],
    by: By = "",
    title: Title = "",
    now: Now = None,
    as_json: Json = False,
) -> None:
    """改判成另一种关系。"""
    from xiansuo.records import Verdict

    _decide(Verdict.RELABELLED, draft, earlier, relation, by, title, now, as_json=as_json)


@app.command()
def undo(
    what: Annotated[str, typer.Argument(help="判断的编号（见 decisions list），或稿件文件、查重的编号")],
    earlier: Annotated[str, typer.Argument(help="写的是稿件或查重时，以前的材料的编号")] = "",
    by: By = "",
    title: Title = "",
    now: Now = None,
    as_json: Json = False,
) -> None:
    """撤销一条判断；记录仍留着，以前的一条判断重新有效。"""
    from xiansuo.desk import deciding

    with open_desk() as desk:
        moment = at(now, desk)
        if earlier:
            done = deciding.undo_pair(desk, _draft(desk, what, title, moment), earlier, by=by, now=moment)
        elif what.isascii() and what.isdigit():
            done = deciding.undo(desk, int(what), by=by, now=moment)
        else:
            raise typer.BadParameter("撤销要写判断的编号（一个数），或者稿件文件和以前的材料的编号。")
    verdicts.said(done, as_json=as_json)


@app.command()
def export(path: Annotated[Path, typer.Argument(help="写到哪个文件（JSONL）")], as_json: Json = False) -> None:
    """把现在有效的判断连同两篇文字写成标注文件，可交给 xiansuo evaluate duplicates。"""
    from xiansuo.desk.decided_cases import export as write

    with open_desk() as desk:
        count = write(desk, path)
    if as_json:
        show.data({"pairs": count, "file": str(path)})
    else:
        show.line(f"写出 {count} 对：{path}")


def _decide(
    verdict: Verdict,
    draft: str,
    earlier: str,
    relation: str | None,
    by: str,
    title: str,
    now: str | None,
    *,
    as_json: bool,
) -> None:
    from xiansuo.desk.deciding import decide

    said = relation_named(relation)
    with open_desk() as desk:
        moment = at(now, desk)
        text = _draft(desk, draft, title, moment)
        run = draft if _CHECK.fullmatch(draft) else ""
        made = decide(desk, text, earlier, verdict, by=by, now=moment, relation=said, run=run)
    verdicts.said(made, as_json=as_json)


def _draft(desk: Desk, what: str, title: str, now: dt.datetime) -> Text:
    from xiansuo.desk.checking import decode_draft
    from xiansuo.desk.comparing import Text
    from xiansuo.desk.deciding import draft_in, draft_of_check

    if what == "-":
        return Text(title, decode_draft(sys.stdin.buffer.read()))
    if _CHECK.fullmatch(what):
        return draft_of_check(desk, what)
    return draft_in(Path(what), now=now, title=title)
