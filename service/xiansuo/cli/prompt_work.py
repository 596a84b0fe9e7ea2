"""`xiansuo prompts claim`, `release`, `check`, `submit`, `feedback`: what an informant does with prompts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from xiansuo.cli import checks, prompt_pages, show
from xiansuo.cli.choices import Day, Json, feedback_named
from xiansuo.cli.home import at, open_desk
from xiansuo.cli.prompt_edits import Author, Number

By = Annotated[str, typer.Option("--by", help="谁做的：信息员的姓名或代号；编辑代办时是编辑")]
For = Annotated[str, typer.Option("--author", help="替哪个信息员认领；自己认领时不写")]
Unit = Annotated[str, typer.Option("--unit", help="信息员的单位")]
_SHOWN = 10


def claim(number: Number, by: By, author: For = "", unit: Unit = "", now: Day = None, as_json: Json = False) -> None:
    """认领；除非发布时允许几人同写，只有一个人能认领到。"""
    from xiansuo.desk import claiming

    with open_desk() as desk:
        made = claiming.claim(desk, number, by=by, now=at(now, desk), author=author, unit=unit)
    prompt_pages.done(made, as_json=as_json)


def release(number: Number, by: By, author: Author = "", now: Day = None, as_json: Json = False) -> None:
    """放弃认领，让别人可以写。"""
    from xiansuo.desk import claiming

    with open_desk() as desk:
        made = claiming.release(desk, number, by=by, now=at(now, desk), author=author)
    prompt_pages.done(made, as_json=as_json)


def check(
    number: Number,
    draft: Annotated[str, typer.Argument(help="稿件文件（里面只有一篇）；用 - 从标准输入读")],
    by: By,
    title: Annotated[str, typer.Option("--title", help="稿件标题；从标准输入读时，不给则取第一行")] = "",
    author: Author = "",
    now: Day = None,
    as_json: Json = False,
) -> None:
    """为选题的稿件查重；选题里只记编号和结论，不存稿件。"""
    from xiansuo.desk import claiming
    from xiansuo.desk.checking import decode_draft
    from xiansuo.desk.cutting import recut
    from xiansuo.desk.deciding import draft_in

    with open_desk() as desk:
        moment = at(now, desk)
        if draft == "-":
            body = decode_draft(sys.stdin.buffer.read())
        else:
            read = draft_in(Path(draft), now=moment, title=title)
            title, body = read.title, read.body
        report, made = claiming.check_draft(desk, number, title, body, by=by, now=moment, author=author)
    if as_json:
        show.data(made)
        return
    checks.reports([recut(report, None, _SHOWN)], as_json=False)
    prompt_pages.done(made, as_json=False)


def submit(
    number: Number,
    by: By,
    document: Annotated[str, typer.Option("--document", help="材料在档案里的编号；不知道可以以后再补")] = "",
    author: Author = "",
    now: Day = None,
    as_json: Json = False,
) -> None:
    """登记已报送；再运行一次可补材料编号。"""
    from xiansuo.desk import claiming

    with open_desk() as desk:
        made = claiming.submit(desk, number, by=by, now=at(now, desk), author=author, document=document)
    prompt_pages.done(made, as_json=as_json)


def feedback(
    number: Number,
    verdict: Annotated[str, typer.Argument(help="useful 有用，not_for_me 不适合我，already_known 已知道")],
    by: By,
    unit: Unit = "",
    note: Annotated[str, typer.Option("--note", help="想说的话")] = "",
    now: Day = None,
    as_json: Json = False,
) -> None:
    """反馈：有用、不适合我、已知道；以最后一次为准。"""
    from xiansuo.desk.feedback import give_feedback

    said = feedback_named(verdict)
    with open_desk() as desk:
        made = give_feedback(desk, number, said, by=by, now=at(now, desk), unit=unit, note=note)
    if as_json:
        show.data(made)
    else:
        show.console().print(f"第 {number} 号选题，{made.author}：{made.verdict.label}。", markup=False)


def add_to(app: typer.Typer) -> None:
    """Offer these commands."""
    for command in (claim, release, check, submit, feedback):
        app.command(command.__name__)(command)
