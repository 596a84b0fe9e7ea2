"""`xiansuo demo`: a tour of the main job on the demo corpus, then the page."""

from __future__ import annotations

from typing import Annotated

import typer

from xiansuo.cli import boards, cards, checks, show
from xiansuo.cli.home import clock, open_desk


def demo(
    serve: Annotated[bool, typer.Option("--serve", help="走完一遍后打开网页")] = False,
    port: Annotated[int, typer.Option("--port", help="网页端口；被占用时顺延")] = 8000,
) -> None:
    """用演示语料（虚构的汐州市）走一遍：导入、查重、查一查、热点、选题。"""
    from xiansuo.desk import demo as tour

    out = show.console()
    with open_desk() as desk:
        out.rule("一、导入演示语料", align="left")
        with show.progress() as progress:
            loaded = tour.load(desk, progress=progress)
        show.summary(loaded.summary, as_json=False)
        out.print(f"中心工作清单：{len(loaded.themes)} 项（2026 年）")
        out.rule("二、查重：编辑收到一篇来稿，先看以前报过没有", align="left")
        checks.reports([tour.check_draft(desk)], as_json=False)
        out.rule(f"三、查一查：信息员动笔之前问一句“{tour.QUESTION}”", align="left")
        checks.lookup(tour.look_up(desk), as_json=False)
        out.rule("四、热点：最近一个季度大家在反映什么", align="left")
        boards.board(tour.topics(desk), as_json=False)
        out.rule(f"五、选题：给{tour.UNIT}的写作提示", align="left")
        cards.suggestions(tour.prompts(desk), as_json=False)
        if serve:
            tour.publish(desk)
        logins = tour.logins(desk, now=clock()) if serve else ()
    if serve:
        from xiansuo.cli.serving import serve_on

        out.rule("六、网页：用下面的账号登录（密码每次启动都换）", align="left")
        for each in logins:
            out.print(f"{each.role.label}　登录名 {each.login}　密码 {each.password}", markup=False)

        serve_on("127.0.0.1", port)
    else:
        out.print("接下来可以：xiansuo serve 打开网页，或 xiansuo import 导入本单位的材料。")
