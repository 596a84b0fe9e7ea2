"""The shape of the package that reviews would otherwise have to watch."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import xiansuo
from xiansuo import artefacts

ROOT = Path(__file__).parents[1]
PACKAGE = Path(xiansuo.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 300


def told(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def calls() -> Iterator[tuple[str, str]]:
    """Each call in the package: module and dotted name."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield told(path), ast.unparse(node.func)


def imports() -> Iterator[tuple[str, str]]:
    """Each import in the package: module and what it imports."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((told(path), each.name) for each in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield told(path), node.module or ""


def test_imports_point_one_way() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    if not program.exists():
        pytest.skip("import-linter is not installed")
    ran = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = re.compile(r"^(utils?|helpers?|common|misc|tools|shared|base)$")
    assert [told(path) for path in MODULES if drawers.match(path.stem) or drawers.match(path.parent.name)] == []


def test_modules_stay_short_enough_to_read() -> None:
    long = {told(path) for path in MODULES if path.read_text(encoding="utf-8").count("\n") > LONGEST}
    assert long == set()


@pytest.mark.parametrize("folder", ["models", "corpus"])
def test_folders_of_data_hold_no_code(folder: str) -> None:
    assert list((ROOT / folder).rglob("*.py")) == []


def test_the_package_holds_no_data_or_weights() -> None:
    # What the page takes from npm is asked for beside it and put in place by `make install`.
    aside = {PACKAGE / "web" / name for name in ("package.json", "package-lock.json", ".npmrc")}
    files = [path for path in PACKAGE.rglob("*") if path.is_file() and path not in aside]
    kinds = {path.suffix for path in files if not {"__pycache__", "vendor"} & set(path.parts)}
    assert kinds <= {".py", ".html", ".css", ".js", ".svg", ".typed", ".mako"}


def test_nothing_depends_on_the_seed_of_a_process() -> None:
    chance = {"hash", "set.pop", "uuid.uuid4", "uuid.uuid1", "os.urandom"}
    assert [call for call in calls() if call[1] in chance] == []
    # Sessions and keys must be guessed by nobody: they alone are left to chance.
    assert {each for each in imports() if each[1] in ("random", "secrets")} == {("access/tokens.py", "secrets")}
    sampled = re.compile(r"^(np|numpy)\.random\.(?!default_rng$|Generator$)|^torch\.(rand|randn|randint|randperm)$")
    assert [call for call in calls() if sampled.search(call[1])] == []
    unseeded = re.compile(r"default_rng\(\s*\)")
    assert [told(path) for path in MODULES if unseeded.search(path.read_text(encoding="utf-8"))] == []


def test_nothing_is_pickled() -> None:
    assert [each for each in imports() if each[1].split(".")[0] in ("pickle", "joblib", "dill", "marshal")] == []
    assert [call for call in calls() if call[1] in ("torch.load", "torch.save")] == []
    assert list((ROOT / "models").rglob("*.pkl")) == []


def test_only_the_surfaces_ask_the_clock() -> None:
    clock = re.compile(r"\b(datetime\.(now|utcnow|today)|date\.today|time\.time)$")
    assert {module for module, name in calls() if clock.search(name)} <= {"cli/home.py", "gate/clock.py"}


def test_what_is_shipped_is_there() -> None:
    for path in (
        artefacts.corpus() / "documents.jsonl",
        artefacts.corpus() / "themes-2026.csv",
        artefacts.models() / "static-zh" / "recipe.toml",
        artefacts.models() / "lexicon" / "words.txt",
        artefacts.models() / "heat" / "weights.toml",
        artefacts.models() / "ranking" / "weights.toml",
        PACKAGE / "py.typed",
        PACKAGE / "web" / "static" / "check.css",
        PACKAGE / "web" / "static" / "report.js",
        PACKAGE / "web" / "static" / "app.css",
        PACKAGE / "web" / "static" / "app.js",
        PACKAGE / "web" / "static" / "icons.svg",
        PACKAGE / "web" / "templates" / "base.html",
        PACKAGE / "export" / "templates" / "report.html",
    ):
        assert path.is_file(), path


def test_everything_trained_or_chosen_has_its_card() -> None:
    folders = [path for path in artefacts.models().iterdir() if path.is_dir()]
    assert folders
    assert [path.name for path in folders if not (path / "card.md").is_file()] == []
