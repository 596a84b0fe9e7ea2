"""A font is taken only where it has what is to be drawn; where none has, the message says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.export.pictures import needs_font
from xiansuo.errors import FormatUnsupported
from xiansuo.export import fonts
from xiansuo.export.drawing import Drawing, Group, Words
from xiansuo.export.fonts import find_font, folders, lacks
from xiansuo.export.paint import paint

HIEROGLYPH = "\U00013000"


def words(text: str, *, bold: bool = False) -> Drawing:
    return Drawing(300, 40, (Group((Words(10, 30, text, 20, bold=bold),)),))


@needs_font
def test_a_font_has_every_letter_of_the_text() -> None:
    font = find_font("骨直角镇㎡，。（）— abc 0123")
    assert lacks(font, "骨直角镇，。（）abc") == ""
    assert lacks(font, f"骨{HIEROGLYPH}") == HIEROGLYPH
    assert "JP" not in font.name
    assert "Mono" not in font.name


@needs_font
def test_a_letter_that_no_font_has_is_named() -> None:
    with pytest.raises(FormatUnsupported, match=HIEROGLYPH) as told:
        paint(words(f"树{HIEROGLYPH}"))
    assert "安装" in told.value.advice
    assert "网页" in told.value.advice


def test_without_a_font_the_message_names_some(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "msyh.ttc").write_bytes(b"no font at all")
    monkeypatch.setattr(fonts, "folders", lambda: [tmp_path, tmp_path / "none"])
    with pytest.raises(FormatUnsupported, match="没有找到中文字体") as told:
        find_font("中")
    for name in ("微软雅黑", "Noto Sans CJK SC", "文泉驿", ".html"):
        assert name in told.value.advice


@needs_font
def test_pictographs_and_controls_are_left_out() -> None:
    assert paint(words("公交\U0001f68c\ufe0f站\x00")) == paint(words("公交站"))


@needs_font
def test_a_font_without_a_bold_cut_is_thickened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = find_font("热点")
    (tmp_path / plain.path.name).symlink_to(plain.path)
    monkeypatch.setattr(fonts, "folders", lambda: [tmp_path])
    assert find_font("热点").bold_path is None
    assert paint(words("热点", bold=True)) != paint(words("热点"))


@pytest.mark.parametrize(
    ("system", "part"), [("win32", "Fonts"), ("darwin", "System/Library/Fonts"), ("linux", "share/fonts")]
)
def test_every_system_keeps_its_fonts_somewhere(system: str, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", system)
    assert any(part in folder.as_posix() for folder in folders())
