"""`xiansuo doctor`: whether everything that the service rests on is in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from xiansuo.cli import show
from xiansuo.cli.choices import Json

if TYPE_CHECKING:
    from xiansuo.desk.doctor import Finding

_SAMPLE = "政协社情民意信息"


def doctor(as_json: Json = False) -> None:
    """检查数据库、索引、编码器、审计记录、备份、磁盘、字体和网页文件；有问题时说明怎么办。"""
    from xiansuo.desk.doctor import examine
    from xiansuo.settings import Settings

    found = []
    for each in (*_installed(), *examine(Settings())):
        found.append(each)
        if not as_json:
            _told(each)
    if as_json:
        show.data(found)
    if not all(each.good for each in found):
        raise typer.Exit(1)


def _installed() -> Iterator[Finding]:
    """Look at what was installed, beside any archive."""
    from xiansuo.desk.doctor import Finding
    from xiansuo.errors import XiansuoError
    from xiansuo.export.fonts import find_font
    from xiansuo.web import vendor

    lacking = vendor.damaged()
    yield Finding(
        "网页文件",
        not lacking,
        f"没有装好：static/vendor/{lacking}" if lacking else "样式和脚本齐全",
        "请在项目文件夹运行 make install。" if lacking else "",
    )
    try:
        font = find_font(_SAMPLE)
    except XiansuoError as error:
        yield Finding("字体", False, error.message, error.advice)
    else:
        yield Finding("字体", True, font.name)


def _told(found: Finding) -> None:
    out = show.console()
    out.print(f"{'✓' if found.good else '✗'} {found.what}：{found.said}", markup=False, soft_wrap=True)
    if found.advice and not found.good:
        out.print(f"  {found.advice}", markup=False, soft_wrap=True)
