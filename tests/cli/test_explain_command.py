"""``kg extract --explain`` and ``--explain-html``, and confidence wherever findings are shown."""

import json

import pytest
from test_commands import TRIAL, kg

from kg.cli.tables import confidence_cell

ODD = (
    "In this randomized trial of MSCs against placebo, the corresponding figures for relapse were 35% and 13%, and mucositis was both "
    "more and less frequent."
)


@pytest.fixture
def trial(tmp_path):
    path = tmp_path / "trial.ris"
    path.write_text(TRIAL, encoding="utf-8")
    return path


def test_explain_prints_text_findings_and_reasons(trial):
    done = kg("extract", "--explain", trial)
    assert (done.returncode, done.stderr) == (0, "")
    headings = [line for line in done.stdout.splitlines() if line in {"Text", "Findings", "Study", "Not understood"}]
    assert headings == ["Text", "Findings", "Study", "Not understood"]
    assert "1  ↓ incidence of chronic GVHD: decreased  confidence 0." in done.stdout
    assert "     why: " in done.stdout
    assert "\x1b" not in done.stdout


def test_explain_html_writes_a_page_a_paper_and_names_it(trial, tmp_path):
    done = kg("extract", "--explain-html", tmp_path / "pages", trial)
    page = tmp_path / "pages" / "doi-10.5555_cord.1.html"
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{page}\n", "")
    assert "<h1>Cord MSCs to prevent chronic GVHD: a randomized trial</h1>" in page.read_text(encoding="utf-8")


def test_a_page_never_leaves_the_folder_and_never_replaces_another(tmp_path):
    lines = [json.dumps({"id": name, "text": f"GVHD fell in {name}."}) for name in ("../a b", "../a?b", ".hidden")]
    (tmp_path / "odd.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = kg("extract", "--explain-html", tmp_path / "in" / "pages", tmp_path / "odd.jsonl")
    assert done.returncode == 0
    written = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.html"))
    assert len(written) == 3
    assert [path for path in written if not path.startswith("in/pages/") or "/." in path] == []


def test_a_folder_that_cannot_be_written_is_one_message(trial, tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "doi-10.5555_cord.1.html").mkdir()
    done = kg("extract", "--explain-html", tmp_path / "pages", trial)
    assert (done.returncode, done.stdout) == (1, "")
    assert "cannot be written" in done.stderr


@pytest.mark.parametrize("others", [["--format", "jsonl"], ["--explain-html", "pages"]])
def test_two_ways_to_show_are_misuse(trial, others):
    done = kg("extract", "--explain", *others, trial)
    assert (done.returncode, done.stdout) == (2, "")
    assert "choose one of" in done.stderr


def test_explain_keeps_findings_below_the_threshold_and_says_so(trial):
    assert ", below 0." not in kg("extract", "--explain", trial).stdout
    done = kg("extract", "--explain", "--min-confidence", "0.99", trial)
    assert ", below 0.99" in done.stdout
    assert "no findings" in kg("extract", "--min-confidence", "0.99", trial).stdout


def test_a_sample_is_marked_in_both(tmp_path):
    (tmp_path / "d.jsonl").write_text(json.dumps({"id": "d", "text": ODD, "text_kind": "digest"}), encoding="utf-8")
    assert kg("extract", "--explain", tmp_path / "d.jsonl").stdout.startswith("Sample corpus:")
    kg("extract", "--explain-html", tmp_path, tmp_path / "d.jsonl")
    assert '<p class="notice" role="note">Sample corpus:' in (tmp_path / "d.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("confidence", "words"), [(0.5, "0.50"), (0.49, "0.49, below 0.5"), (0.0, "0.00, below 0.5"), (1.0, "1.00")])
def test_confidence_in_words(confidence, words):
    assert confidence_cell(confidence) == words
