"""A call that cannot be understood, told in Chinese; the framework's own words are English."""

from __future__ import annotations

from typer import TyperException

from xiansuo.errors import InputError


def explained(error: TyperException) -> InputError:
    """Say what is wrong with a command line and where its help is."""
    opts = getattr(getattr(error, "param", None), "opts", [])
    name = max(opts, key=len, default="")
    wrong = {
        "NoSuchOption": f"没有“{getattr(error, 'option_name', '')}”这个选项。",
        "MissingParameter": f"缺少参数：{name}。",
        "BadParameter": error.message if _chinese(error.message) else f"参数 {name} 的值不对。",
        "BadOptionUsage": f"选项“{getattr(error, 'option_name', '')}”后面缺少值。",
        "BadArgumentUsage": "参数的个数不对。",
    }.get(type(error).__name__, "没有这样的命令。")
    context = getattr(error, "ctx", None)
    where = context.command_path if context is not None else "xiansuo"
    return InputError(wrong, advice=f"用法见：{where} --help")


def _chinese(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)
