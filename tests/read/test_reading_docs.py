"""The page on reading names what the code does."""

import re
from pathlib import Path

import pytest

from kg.read.streams import MAX_RECORD_BYTES

PAGE = (Path(__file__).parents[2] / "docs" / "reading.md").read_text(encoding="utf-8")
READERS = {"pubmed", "jats", "europepmc", "medline", "ris", "jsonl", "text"}


def test_each_format_is_listed_with_its_reader() -> None:
    named = set(re.findall(r"`kg/read/(\w+)\.py`", PAGE))
    assert named == READERS
    assert all((Path(__file__).parents[2] / "kg" / "read" / f"{name}.py").is_file() for name in named)


def test_limit_is_the_one_in_force() -> None:
    assert set(re.findall(r"(\d+) MiB", PAGE)) == {str(MAX_RECORD_BYTES >> 20)}


def test_example_in_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "more.nbib").write_text("PMID- 1\nTI  - Seen\n")
    monkeypatch.chdir(tmp_path)
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(example, "reading.md", "exec"), {})  # noqa: S102  # Our own page.
    assert capsys.readouterr().out == "failed: downloads: cannot be opened: No such file or directory. Mend the path\npmid-1 Seen\n"
