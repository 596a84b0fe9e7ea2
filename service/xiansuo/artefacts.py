"""Where the shipped `models/` and `corpus/` folders are: beside the checkout, or inside the wheel."""

from __future__ import annotations

from pathlib import Path

from xiansuo.errors import ModelMissing

WEIGHTS = "weights.json"
"""Name of the file in which a small model's weights lie, shipped or an office's own."""

_PACKAGE = Path(__file__).resolve().parent


def _shipped(folder: str) -> Path:
    for root in (_PACKAGE / "_shipped", _PACKAGE.parents[1]):
        if (root / folder).is_dir():
            return root / folder
    raise ModelMissing(f"安装不完整：缺少 {folder} 文件夹。", advice="请重新安装本软件。")


def models() -> Path:
    """Return the folder of everything that was trained or chosen and changes an answer."""
    return _shipped("models")


def corpus() -> Path:
    """Return the folder of the demo corpus, its gold labels and the record schema."""
    return _shipped("corpus")
