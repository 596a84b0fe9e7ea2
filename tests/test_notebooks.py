"""Every notebook runs from top to bottom, and is kept without what it printed."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from traitlets.config import Config

from tests import corpus

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def test_there_are_notebooks() -> None:
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_kept_without_outputs(path: Path) -> None:
    for cell in nbformat.read(path, as_version=4).cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("XIANSUO_MEASURING", str(_measuring(tmp_path / "measuring")))
    book = nbformat.read(path, as_version=4)
    # The name of a socket must be short, so it does not lie in tmp_path.
    with tempfile.TemporaryDirectory() as sockets:
        config = Config({"KernelManager": {"transport": "ipc", "ip": str(Path(sockets) / "k")}})
        NotebookClient(book, config=config, timeout=600, resources={"metadata": {"path": str(FOLDER)}}).execute()
    shown = [output for cell in book.cells for output in cell.get("outputs", ())]
    assert sum("image/png" in output.get("data", {}) for output in shown) >= 2
    assert [output.text for output in shown if output.get("name") == "stderr"] == []


def _measuring(folder: Path) -> Path:
    """Write demo documents as messages with labels, so that what is done with real ones is done here too."""
    matter = {row["id"]: row["matter"] for row in corpus.rows("gold/matters.jsonl")}
    rows = [row for row in corpus.rows("documents.jsonl") if row.get("date", "")[:4] == "2025"]
    ids: dict[str, list[str]] = {}
    for row in rows:
        ids.setdefault(matter[row["id"]], []).append(row["id"])
    files = {
        "messages": [
            {"id": row["id"], "user": row.get("author", ""), "time": f"{row['date']} 09:00:00"}
            | {key: row[key] for key in ("title", "text")}
            for row in rows
        ],
        "topics": [{"topic_id": id, "ids": each, "n_users": len(each)} for id, each in ids.items()],
        "pairs": [{"a": each[0], "b": each[1], "kind": "near_dup"} for each in ids.values() if len(each) > 1],
    }
    messages = folder / "data" / "messages"
    messages.mkdir(parents=True)
    for name, told in files.items():
        lines = [json.dumps(row, ensure_ascii=False) for row in told]
        (messages / f"teddy_{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder
