"""Find an installed Chinese font, and make sure that it has what is to be drawn."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

from xiansuo.errors import FormatUnsupported

# The plain cut and, where there is one, the bold one beside it; the best for screens and prints first.
_KNOWN = (
    ("msyh.ttc", "msyhbd.ttc"),
    ("msyh.ttf", "msyhbd.ttf"),
    ("PingFang.ttc", ""),
    ("SourceHanSansSC-Regular.otf", "SourceHanSansSC-Bold.otf"),
    ("SourceHanSansCN-Regular.otf", "SourceHanSansCN-Bold.otf"),
    ("NotoSansCJKsc-Regular.otf", "NotoSansCJKsc-Bold.otf"),
    ("NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf"),
    ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"),
    ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"),
    ("SourceHanSans.ttc", ""),
    ("HarmonyOS_Sans_SC_Regular.ttf", "HarmonyOS_Sans_SC_Bold.ttf"),
    ("Hiragino Sans GB.ttc", ""),
    ("Deng.ttf", "Dengb.ttf"),
    ("NotoSansSC-VF.ttf", ""),
    ("NotoSansSC[wght].ttf", ""),
    ("wqy-microhei.ttc", ""),
    ("wqy-zenhei.ttc", ""),
    ("simhei.ttf", ""),
    ("STHeiti Medium.ttc", ""),
    ("STHeiti Light.ttc", ""),
    ("DroidSansFallbackFull.ttf", ""),
    ("simsun.ttc", ""),
    ("Songti.ttc", ""),
    ("NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc"),
    ("uming.ttc", ""),
)
_ADVICE = (
    "请安装一种中文字体后再试：Windows 用微软雅黑或黑体，Linux 用 Noto Sans CJK SC（思源黑体）或文泉驿微米黑，"
    "macOS 自带苹方。存成网页（.html）不需要安装字体。"
)
_PROBE = 32
# No font may give a sign to a noncharacter, so what is drawn for it is what is drawn for a missing one.
_NOWHERE = "\uffff"
_FACES = 12


@dataclass(frozen=True, slots=True)
class Font:
    """An installed font: its files and the face inside each; without a bold file the plain one is thickened."""

    name: str
    path: Path
    face: int
    bold_path: Path | None
    bold_face: int

    def at(self, size: float, *, bold: bool = False) -> ImageFont.FreeTypeFont:
        """Open it at a size in pixels."""
        if bold and self.bold_path:
            return _opened(self.bold_path, self.bold_face, size, "Bold")
        return _opened(self.path, self.face, size, "Regular")


def find_font(text: str) -> Font:
    """Return the best installed Chinese font that has every letter of a text.

    :raises FormatUnsupported: there is none.
    """
    lacking: list[tuple[int, str, str]] = []
    for font in _installed():
        missing = lacks(font, text)
        if not missing:
            return font
        lacking.append((len(missing), font.name, missing))
    if not lacking:
        raise FormatUnsupported("没有找到中文字体，图片画不出来。", advice=_ADVICE)
    _, name, missing = min(lacking)
    raise FormatUnsupported(
        f"已安装的字体（如 {name}）没有这些字：{'、'.join(missing[:10])}，图片画不出来。", advice=_ADVICE
    )


def lacks(font: Font, text: str) -> str:
    """Return the characters of a text that a font has no sign for, in code order."""
    opened = font.at(_PROBE)
    nothing = _mask(opened, _NOWHERE)
    return "".join(c for c in sorted(set(text)) if not c.isspace() and _mask(opened, c) == nothing)


def folders() -> list[Path]:
    """List where this system keeps fonts, a user's own first."""
    home = Path.home()
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
        return [local / "Microsoft" / "Windows" / "Fonts", Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"]
    if sys.platform == "darwin":
        return [home / "Library" / "Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    data = os.environ.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share").split(":")
    own = Path(os.environ.get("XDG_DATA_HOME", home / ".local" / "share"))
    return [own / "fonts", home / ".fonts", *(Path(each) / "fonts" for each in data if each)]


def _installed() -> Iterator[Font]:
    files = _files(folders())
    for plain, bold in _KNOWN:
        path = files.get(plain.lower())
        if path is None:
            continue
        try:
            face, name = _face(path)
            bold_path = files.get(bold.lower()) if bold else None
            yield Font(name, path, face, bold_path, _face(bold_path)[0] if bold_path else 0)
        except OSError:
            # A damaged file is no font; the next one will do.
            continue


def _files(places: Iterable[Path]) -> dict[str, Path]:
    """Find the known font files by their lower-case names."""
    wanted = {name.lower() for pair in _KNOWN for name in pair if name}
    found: dict[str, Path] = {}
    for place in places:
        for path in sorted(place.rglob("*")) if place.is_dir() else ():
            if path.name.lower() in wanted:
                found.setdefault(path.name.lower(), path)
    return found


def _face(path: Path) -> tuple[int, str]:
    """Choose the face for simplified Chinese in a collection: its number and name."""
    names = []
    for number in range(_FACES if path.suffix.lower() == ".ttc" else 1):
        try:
            names.append(ImageFont.truetype(path, _PROBE, index=number).getname()[0] or path.stem)
        except OSError:
            if not number:
                raise
            break
    ours = [i for i, name in enumerate(names) if " SC" in f"{name} " and "Mono" not in name]
    best = ours[0] if ours else 0
    return best, names[best]


@cache
def _opened(path: Path, face: int, size: float, weight: str) -> ImageFont.FreeTypeFont:
    # The basic layout is built in, so that the same text looks the same wherever this font is.
    font = ImageFont.truetype(path, size, index=face, layout_engine=ImageFont.Layout.BASIC)
    try:
        names = [name.decode("latin-1") for name in font.get_variation_names()]
    except OSError:
        return font
    if weight in names:
        # Left alone, a variable font is as thin as it can be.
        font.set_variation_by_name(weight)
    return font


def _mask(font: ImageFont.FreeTypeFont, character: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(character)
    return mask.size, bytes(mask)
