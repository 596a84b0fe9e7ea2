"""Old Word and WPS files through a real LibreOffice, where one is installed."""

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import docx
import pytest

from xiansuo.ingest.reading import read_file

SOFFICE = shutil.which("soffice")


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", [".doc", ".wps", ".rtf.doc"])
def test_an_old_file_reads_like_the_new_one(tmp_path: Path, suffix: str) -> None:
    written = docx.Document()
    written.add_heading("关于修好路灯的建议", 0)
    written.add_paragraph("巷口路灯坏了三个月，晚上没人敢走，老人摔过两回。")
    written.add_paragraph("建议：尽快修好，明确谁来管。")
    written.add_paragraph("报送单位：望潮区政协")
    written.save(str(tmp_path / "new.docx"))
    kind = "rtf" if suffix.startswith(".rtf") else "doc"
    command = [SOFFICE, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    command += ["--convert-to", kind, "--outdir", str(tmp_path), str(tmp_path / "new.docx")]
    subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=120)
    old = (tmp_path / f"new.{kind}").rename(tmp_path / f"old{suffix}")
    today = dt.date(2026, 11, 1)
    (new,), (again,) = (read_file(path, kind=None, now=today).found for path in (tmp_path / "new.docx", old))
    assert again.document.title == new.document.title == "关于修好路灯的建议"
    assert again.document.text == new.document.text
    assert again.document.unit == "望潮区政协"
