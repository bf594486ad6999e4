import gzip
import os
from io import BytesIO
from pathlib import Path

import pytest

from kg.read.batch import read_batch
from kg.read.outcome import Failed, Read, Skipped

NBIB = "PMID- {}\nTI  - T\n"


def told(*paths: str | Path, stdin: bytes | None = None) -> list[tuple[str, str, str]]:
    """Kind of outcome, file name, and paper id or complaint, in order."""
    result = []
    for outcome in read_batch(paths, stdin=None if stdin is None else BytesIO(stdin)):
        if isinstance(outcome, Read):
            result.append(("read", Path(outcome.location).name, outcome.paper.id))
        else:
            kind = "failed" if isinstance(outcome, Failed) else "skipped"
            result.append((kind, Path(outcome.error.location or "").name, outcome.error.message))
    return result


def test_folder_is_read_by_name_with_all_below(tmp_path: Path) -> None:
    # Made in no order; with so many names a folder listing is in order by chance about once in 5,000 runs.
    for number in (5, 9, 3, 8, 4, 7, 6):
        (tmp_path / f"sub{number}").mkdir()
        (tmp_path / f"sub{number}" / "late.nbib").write_text(NBIB.format(number))
    (tmp_path / "c.xml").write_bytes(gzip.compress(NBIB.format(2).encode()))
    (tmp_path / "a.bin").write_text(NBIB.format(1))
    below = [("read", "late.nbib", f"pmid-{number}") for number in range(3, 10)]
    assert told(tmp_path) == [("read", "a.bin", "pmid-1"), ("read", "c.xml", "pmid-2"), *below]


def test_bad_files_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "1.xml").write_text("<eSearchResult><Count>0</Count></eSearchResult>")
    (tmp_path / "2.xml").write_text("")
    (tmp_path / "3.dat").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    (tmp_path / "4.nbib").write_text(NBIB.format(4))
    assert told(tmp_path, tmp_path / "none.xml", tmp_path / "4.nbib") == [
        ("skipped", "1.xml", "a search answer (esearch)"),
        ("failed", "2.xml", "the file is empty"),
        ("failed", "3.dat", "binary data: byte 0x1a at position 6"),
        ("read", "4.nbib", "pmid-4"),
        ("failed", "none.xml", "cannot be opened: No such file or directory"),
        ("read", "4.nbib", "pmid-4"),
    ]


def test_prose_counts_in_folders_only_under_a_name_that_says_so(tmp_path: Path) -> None:
    for name in ("README.md", "notes.txt", "packed.txt.gz", "LICENSE"):
        data = f"Words of {name}.".encode()
        (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    in_folder = told(tmp_path)
    assert [(kind, name) for kind, name, _ in in_folder] == [
        ("skipped", "LICENSE"),
        ("skipped", "README.md"),
        ("read", "notes.txt"),
        ("read", "packed.txt.gz"),
    ]
    assert told(tmp_path / "README.md")[0][0] == "read"


def test_standard_input_is_read_as_bytes() -> None:
    assert told("-", stdin=NBIB.format(5).encode()) == [("read", "standard input", "pmid-5")]
    assert told("-") == [("failed", "standard input", "nothing to read from")]


def test_empty_folder_and_hidden_files_are_no_papers(tmp_path: Path) -> None:
    (tmp_path / ".hidden.nbib").write_text(NBIB.format(1))
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.nbib").write_text(NBIB.format(2))
    assert told(tmp_path) == [("skipped", tmp_path.name, "a folder without files")]
    assert told(tmp_path / ".hidden.nbib") == [("read", ".hidden.nbib", "pmid-1")]


def test_links_to_folders_and_pipes_are_named_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(tmp_path / "pipe")
    assert told(tmp_path) == [("skipped", "loop", "a link to a folder, not followed"), ("skipped", "pipe", "not a regular file")]


def test_file_that_may_not_be_opened_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.nbib"
    path.write_text(NBIB.format(1))
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    assert told(path) == [("failed", "x.nbib", "cannot be opened: Permission denied")]


def test_nothing_is_read_before_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "x.nbib"
    path.write_text(NBIB.format(1))
    batch = read_batch([path, tmp_path / "late.nbib"])
    assert isinstance(next(batch), Read)
    (tmp_path / "late.nbib").write_text(NBIB.format(2))
    assert [type(outcome) for outcome in batch] == [Read]


def test_no_path_gives_nothing() -> None:
    assert list(read_batch([])) == []


def test_outcomes_of_damaged_records_keep_file_and_record(tmp_path: Path) -> None:
    path = tmp_path / "x.ris"
    path.write_text("TY  - JOUR\nER  - \n")
    (outcome,) = read_batch([path])
    assert isinstance(outcome, Failed)
    assert (outcome.error.location, outcome.error.record) == (str(path), "record 1")
    assert not isinstance(outcome, Skipped)
