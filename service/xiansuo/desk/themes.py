"""The year's central work (中心工作): take in a list of themes or a work report, list what is stored.

Each list is a version; a new year's list never overwrites the old one. What editors did to a version is done again
whenever it is read (see `theme_editing`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from xiansuo.desk.desk import Desk
from xiansuo.desk.theme_lists import is_list, read_lines, read_list
from xiansuo.desk.theme_reports import heaviest, read_report, with_keywords
from xiansuo.errors import FormatUnsupported, InputError, NotFound
from xiansuo.ingest.apart import read_whole
from xiansuo.ingest.reading import shown_name
from xiansuo.ingest.whole import FORMATS
from xiansuo.recommend.reports.theme_edits import edited, fits
from xiansuo.records import WorkTheme
from xiansuo.store import theme_edits, themes
from xiansuo.store.database import Connection

_TABLES = (".csv", ".xlsx", ".toml")
_AGAIN = "重新导入"


@dataclass(frozen=True, slots=True)
class TakenThemes:
    """What was taken in: the themes that hold, as editors left them.

    `repeated`: tasks that the report sets twice, listed once. `left_out`: lighter ones than were asked for. `edits`:
    what editors did to this version before and still holds; `undone`: what does not fit the new list and was undone.
    """

    version: str
    kind: Literal["list", "report"]
    themes: tuple[WorkTheme, ...]
    repeated: int = 0
    left_out: int = 0
    edits: int = 0
    undone: int = 0


@dataclass(frozen=True, slots=True)
class ThemeVersion:
    """A version: how many themes hold in it, how many are retired or merged, its first and last day."""

    version: str
    themes: int
    retired: int
    edits: int
    since: dt.date | None
    until: dt.date | None
    source: str


def import_themes(desk: Desk, path: Path, *, version: str | None = None) -> list[WorkTheme]:
    """Take in themes as `take_themes` does, and return those that hold."""
    return list(take_themes(desk, path, version=version).themes)


def take_themes(
    desk: Desk,
    path: Path,
    *,
    version: str | None = None,
    most: int | None = None,
    replace_at: dt.datetime | None = None,
) -> TakenThemes:
    """Take in a list of themes, or all tasks of a work report, in place of what stood under the same version.

    What editors did to that version stays and is done to the new list too.

    :param version: the list's name; the file's name by default.
    :param most: keep so many of greatest weight only.
    :param replace_at: the moment; edits that do not fit the new list are then undone instead of refused.
    :raises InputError: the file sets no themes (the message names file and row), or an editor has changed themes of
        this version that the new list has not.
    """
    named = (version if version is not None else path.stem).strip()
    if not named:
        raise InputError("版本名不能为空。", advice="例如：2026。")
    taken = _read(desk, path, named)
    if most is not None and most < len(taken.themes):
        kept = heaviest(taken.themes, most)
        taken = replace(taken, themes=tuple(kept), left_out=len(taken.themes) - most)
    with desk.database.write() as connection:
        undone = _settle(connection, taken, replace_at)
        themes.put(connection, named, taken.themes)
        standing = theme_edits.standing(connection, named)
        now = tuple(each for each in edited(taken.themes, standing) if not each.retired)
    return replace(taken, themes=now, edits=len(standing), undone=undone)


def themes_in_force(desk: Desk, day: dt.date) -> list[WorkTheme]:
    """List the themes of the newest version that has begun by a day, but for those that editors retired."""
    with desk.database.read() as connection:
        for version in themes.versions(connection):
            held = _as_edited(connection, version)
            if any(each.since is None or each.since <= day for each in held):
                return [each for each in held if not each.retired]
    return []


def list_themes(desk: Desk, version: str | None = None, *, retired: bool = False) -> list[WorkTheme]:
    """List the themes of a version; of the newest if none is named, none if nothing was imported.

    :param retired: list those too that editors retired or merged.
    :raises NotFound: there is no such version.
    """
    with desk.database.read() as connection:
        known = themes.versions(connection)
        if version is None and not known:
            return []
        return [each for each in _as_edited(connection, _known(known, version)) if retired or not each.retired]


def state_of(listed: Sequence[WorkTheme]) -> str:
    """Name the state of a list of themes, retired ones included: a new one whenever somebody has changed the list."""
    told = "\n".join(sorted(each.model_dump_json() for each in listed))
    return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()


def theme_among(themes: Sequence[WorkTheme], named: str) -> WorkTheme:
    """Return the theme that an id or a name means.

    :raises NotFound: it is none of these.
    """
    for theme in themes:
        if named in (theme.id, theme.name):
            return theme
    raise NotFound(f"没有编号或名称为“{named}”的中心工作。", advice="请先用 xiansuo themes list 查看编号。")


def version_named(connection: Connection, version: str | None) -> str:
    """Return a version's name; that of the newest if none is named.

    :raises NotFound: there is no such version, or none at all.
    """
    return _known(themes.versions(connection), version)


def list_versions(desk: Desk) -> tuple[ThemeVersion, ...]:
    """List the versions, the newest first."""
    with desk.database.read() as connection:
        return tuple(_version(connection, each) for each in themes.versions(connection))


def _read(desk: Desk, path: Path, version: str) -> TakenThemes:
    suffix = path.suffix.lower()
    if suffix in _TABLES:
        return TakenThemes(version, "list", tuple(with_keywords(desk, read_list(path, version))))
    if suffix not in FORMATS:
        raise FormatUnsupported(
            f"中心工作不支持 {path.suffix or '没有扩展名的'} 文件：{path.name}。",
            advice="清单请用 .csv .xlsx .toml 或 .txt，工作报告请用 .docx .txt 或 .pdf。",
        )
    text = read_whole(path)
    if is_list(text):
        return TakenThemes(version, "list", tuple(with_keywords(desk, read_lines(path.name, text, version))))
    report = read_report(desk, shown_name(path), text, version)
    return TakenThemes(version, "report", report.themes, report.repeated)


def _settle(connection: Connection, taken: TakenThemes, replace_at: dt.datetime | None) -> int:
    """Undo what editors did to this version and does not fit the new list; refuse, unless that is wanted."""
    lost = [edit for edit in theme_edits.standing(connection, taken.version) if not fits(edit, taken.themes)]
    if lost and replace_at is None:
        told = "、".join(dict.fromkeys(f"{edit.theme} {edit.names[0]}" for edit in lost[:3]))
        more = " 等" if len(lost) > 3 else ""
        raise InputError(
            f"版本“{taken.version}”有 {len(lost)} 处编辑的修改，在新清单里对不上：{told}{more}。",
            advice="请用 --version 换一个版本名，或者加 --replace：对不上的修改会撤销，其余的保留。",
        )
    if replace_at is not None:
        for edit in lost:
            theme_edits.undo(connection, edit.id, _AGAIN, replace_at)
    return len(lost)


def _as_edited(connection: Connection, version: str) -> list[WorkTheme]:
    return edited(themes.read(connection, version), theme_edits.standing(connection, version))


def _known(versions: Sequence[str], version: str | None) -> str:
    if version is None and versions:
        return versions[0]
    if version is None or version not in versions:
        raise NotFound(
            f"没有名为“{version}”的中心工作版本。" if version else "还没有导入中心工作。",
            advice=f"已有：{'、'.join(versions)}。" if versions else "请先用 xiansuo themes import 导入。",
        )
    return version


def _version(connection: Connection, version: str) -> ThemeVersion:
    held = _as_edited(connection, version)
    standing = [each for each in held if not each.retired]
    starts, ends = [each.since for each in held if each.since], [each.until for each in held if each.until]
    return ThemeVersion(
        version,
        len(standing),
        len(held) - len(standing),
        len(theme_edits.standing(connection, version)),
        min(starts, default=None),
        max(ends, default=None),
        next((each.source for each in held if each.source), ""),
    )
