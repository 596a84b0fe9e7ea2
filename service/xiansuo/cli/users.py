"""`xiansuo users`: who may sign in to the page and the API."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from xiansuo.cli import show
from xiansuo.cli.choices import Json, team_named
from xiansuo.cli.home import clock, open_desk
from xiansuo.errors import InputError

if TYPE_CHECKING:
    from xiansuo.desk.desk import Desk
    from xiansuo.records.accounts import Account, Role

app = typer.Typer(help="账号：谁可以登录网页和接口。", invoke_without_command=True)

_BY = "命令行"
Login = Annotated[str, typer.Argument(help="登录名")]
Name = Annotated[str | None, typer.Option("--name", help="材料里的署名；默认同登录名")]
RoleOf = Annotated[str, typer.Option("--role", help="身份：informant 信息员、editor 编辑、admin 管理员")]
Unit = Annotated[str | None, typer.Option("--unit", help="报送单位")]
TeamOf = Annotated[str | None, typer.Option("--team", help="队伍：member invited think_tank")]
Sector = Annotated[str | None, typer.Option("--sector", help="界别")]
Region = Annotated[str | None, typer.Option("--region", help="地区")]
FromInput = Annotated[bool, typer.Option("--password-stdin", help="从标准输入读密码（一行），供脚本使用")]


@app.callback()
def every(context: typer.Context, as_json: Json = False) -> None:
    """列出全部账号。"""
    if context.invoked_subcommand is not None:
        return
    from xiansuo.desk import accounts

    with open_desk() as desk:
        found = accounts.every(desk)
    if as_json:
        show.data(found)
    elif found:
        _table(found)
    else:
        show.console().print("还没有账号。请用 xiansuo users add 登录名 --role admin 设第一个管理员。")


@app.command()
def add(
    login: Login,
    role: RoleOf = "informant",
    name: Name = None,
    unit: Unit = None,
    team: TeamOf = None,
    sector: Sector = None,
    region: Region = None,
    link: Annotated[bool, typer.Option("--link", help="不设密码，给一个由本人设置密码的链接")] = False,
    password_stdin: FromInput = False,
    as_json: Json = False,
) -> None:
    """新建账号；密码在屏幕上输入，或用 --link 由本人设置。"""
    from xiansuo.desk import accounts

    chosen, kind = "" if link else _password(from_input=password_stdin), _role(role)
    with open_desk() as desk:
        made = accounts.add(
            desk,
            login,
            role=kind,
            by=_BY,
            now=clock(),
            name=name or "",
            unit=unit or "",
            team=team_named(team),
            sector=sector or "",
            region=region or "",
            password=chosen,
        )
        door = accounts.door(desk, made.id, by=_BY, now=clock()) if link else ""
    if as_json:
        show.data({"account": show.as_data(made), "path": f"/first/{door}" if door else None})
        return
    show.console().print(f"已建账号：{made.login}（{made.role.label}）")
    if door:
        _tell(door)


@app.command()
def change(
    login: Login,
    role: Annotated[str | None, typer.Option("--role", help="身份：informant editor admin")] = None,
    name: Name = None,
    unit: Unit = None,
    team: TeamOf = None,
    sector: Sector = None,
    region: Region = None,
) -> None:
    """改账号的资料或身份；没写的不变，写成空的（""）就清掉。"""
    from xiansuo.desk import accounts

    with open_desk() as desk:
        accounts.change(
            desk,
            accounts.named(desk, login).id,
            by=_BY,
            now=clock(),
            name=name,
            role=None if role is None else _role(role),
            unit=unit,
            team="" if team == "" else team_named(team),
            sector=sector,
            region=region,
        )
    show.console().print(f"已改账号：{login}")


@app.command()
def password(login: Login, password_stdin: FromInput = False) -> None:
    """重设密码；各处的登录随即失效。"""
    from xiansuo.desk import accounts

    with open_desk() as desk:
        whose = accounts.named(desk, login)
        accounts.set_password(desk, whose.id, _password(from_input=password_stdin), by=_BY, now=clock())
    show.console().print(f"已重设密码：{whose.login}")


@app.command()
def link(login: Login) -> None:
    """给一个由本人设置密码的链接，三天内用一次。"""
    from xiansuo.desk import accounts

    with open_desk() as desk:
        _tell(accounts.door(desk, accounts.named(desk, login).id, by=_BY, now=clock()))


@app.command()
def close(login: Login) -> None:
    """停用账号：登录和密钥随即失效，做过的事保留。"""
    from xiansuo.desk import accounts

    with open_desk() as desk:
        accounts.close(desk, accounts.named(desk, login).id, by=_BY, now=clock())
    show.console().print(f"已停用：{login}")


@app.command()
def reopen(login: Login) -> None:
    """恢复停用的账号。"""
    from xiansuo.desk import accounts

    with open_desk() as desk:
        accounts.reopen(desk, accounts.named(desk, login).id, by=_BY, now=clock())
    show.console().print(f"已恢复：{login}")


def first_link(desk: Desk) -> str:
    """Return the path at which the first administrator is made; empty where there are accounts."""
    from xiansuo.desk import accounts

    return "" if accounts.every(desk) else f"/first/{accounts.door(desk, None, by=_BY, now=clock())}"


def _tell(secret: str) -> None:
    out = show.console()
    out.print("请把下面的链接交给本人（接在服务的地址后面），三天内用一次：")
    out.print(f"/first/{secret}", soft_wrap=True)


def _table(found: list[Account]) -> None:
    from rich.table import Table

    table = Table("登录名", "署名", "身份", "单位", "状态", box=None, pad_edge=False)
    for each in found:
        table.add_row(each.login, each.name, each.role.label, each.unit, "停用" if each.disabled_at else "可用")
    show.console().print(table)


def _role(name: str) -> Role:
    from xiansuo.records.accounts import Role

    for role in Role:
        if name in (role.value, role.label):
            return role
    raise typer.BadParameter(f"身份“{name}”看不懂，请写 informant、editor 或 admin。")


def _password(*, from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise InputError("这里不能输入密码。", advice="请加 --password-stdin 从标准输入给，或用 --link 由本人设置。")
    first: str = typer.prompt("密码（至少 10 位，输入时不显示）", hide_input=True)
    if typer.prompt("再输入一遍", hide_input=True) != first:
        raise InputError("两次输入的密码不一样。", advice="请重新运行。")
    return first
