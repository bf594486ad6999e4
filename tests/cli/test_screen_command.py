"""``kg screen`` as a reviewer runs it: files or the store in, decisions out, decisions in again."""

import csv
import io
import json
import shutil

import pytest
from typer.testing import CliRunner

from kg.cli.app import app
from kg.cli.search_log import log_search
from kg.errors import CriteriaError
from kg.model import SearchRecord

TRIAL = (
    "We randomized 80 patients with acute GVHD to mesenchymal stromal cells (MSCs) or placebo. The response rate was 60% and 40% (P = .03)."
)
MICE = "Mice with acute GVHD were given mesenchymal stromal cells (MSCs). Survival of the mice was longer than in controls (P = .01)."
REVIEW = "In this review we discuss mesenchymal stromal cells (MSCs) in patients with acute GVHD."
ASK = ("--species", "human", "--population", "acute GVHD", "--intervention", "mesenchymal stromal cell", "--design", "rct")
SEARCH = SearchRecord(query="msc AND gvhd", source="pubmed", date="2026-03-01T12:00:00Z", hits=4, retrieved=4)


def record(number, title, text):
    return f"TY  - JOUR\nTI  - {title}\nAU  - Moro, Ana\nPY  - 2019\nDO  - 10.5555/x.{number}\nAB  - {text}\nER  -\n"


RECORDS = (
    record(1, "Stromal cells for acute GVHD: a randomized trial", TRIAL)
    + record(2, "Stromal cells in murine acute GVHD", MICE)
    + record(3, "Stromal cells in acute GVHD: a review", REVIEW)
    + record(1, "Stromal cells for acute GVHD: a randomized trial", TRIAL)
)


def kg(*arguments, code=0):
    done = CliRunner().invoke(app, list(map(str, arguments)))
    assert done.exit_code == code, done.output
    return done


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("screen")
    (folder / "export.ris").write_text(RECORDS, encoding="utf-8")
    (folder / "once.ris").write_text(RECORDS.rpartition("TY  - ")[0], encoding="utf-8")
    kg("build", folder / "once.ris", "-q", "--output", folder / "output")
    return folder


@pytest.fixture
def folder(built, tmp_path):
    return shutil.copytree(built, tmp_path / "own")


def rows(text):
    return {row["doi"]: row for row in csv.DictReader(io.StringIO(text))}


def test_files_are_screened_and_counted(folder):
    done = kg("screen", folder / "export.ris", *ASK, "-q")
    lines = [line.split("  ")[0] + "=" + line.split()[-1] for line in done.stdout.splitlines()]
    assert lines == [
        *("records identified=4", "=4", "duplicates removed=1", "papers screened=3", "papers excluded=2"),
        *("=1", "=1", "papers left for a person=0", "papers included=1"),
    ]


def test_every_decision_has_its_reason(folder):
    found = csv.DictReader(io.StringIO(kg("screen", folder / "export.ris", *ASK, "-q", "--format", "csv").stdout))
    assert [(row["decision"], row["reason"]) for row in found] == [
        ("include", ""),
        ("exclude", "wrong study design"),
        ("exclude", "review"),
        ("exclude", "duplicate"),
    ]


def test_the_store_is_screened_as_the_files_are(folder):
    from_files = rows(kg("screen", folder / "export.ris", *ASK, "-q", "--format", "csv").stdout)
    from_store = rows(kg("screen", "--store", folder / "output/store", *ASK, "-q", "--format", "csv").stdout)
    assert {doi: row["decision"] for doi, row in from_store.items()} == {
        doi: row["decision"] for doi, row in (from_files | {"10.5555/x.1": {"decision": "include"}}).items()
    }
    assert "[“randomized” in the text at 3-13]" in from_store["10.5555/x.1"]["evidence"]


def test_the_log_beside_the_store_is_in_the_report(folder):
    log_search(folder / "output", SEARCH)
    log_search(folder / "output", SEARCH)
    found = json.loads(kg("screen", "--store", folder / "output/store", *ASK, "-q", "--format", "json").stdout)
    assert [each["query"] for each in found["searches"]] == ["msc AND gvhd"] * 2


def test_all_files_are_written(folder):
    out = folder / "screening"
    done = kg("screen", folder / "export.ris", *ASK, "-q", "--output", out, "--only", "include")
    assert sorted(path.name for path in out.iterdir()) == [
        *("prisma.json", "prisma.svg", "prisma.txt", "screening.csv", "screening.html", "screening.jsonl", "screening.ris"),
    ]
    assert (out / "prisma.txt").read_text() == done.stdout
    assert (out / "screening.ris").read_text().count("TY  - ") == 1
    assert "Excluded (2, and 1 duplicates)" in (out / "screening.html").read_text()


def test_decisions_of_a_person_hold_and_are_told(folder):
    out = folder / "screening"
    kg("screen", folder / "export.ris", *ASK, "-q", "--output", out)
    changed = out / "changed.csv"
    text = (out / "screening.csv").read_text(encoding="utf-8")
    changed.write_text(text.replace("exclude,review,rules", "maybe,,Ana"), encoding="utf-8", newline="")
    done = kg("screen", folder / "export.ris", *ASK, "--decisions", changed)
    assert "papers left for a person                1" in done.stdout
    assert "maybe by Ana; the rules said exclude (review)" in done.stderr


def test_options_take_the_place_of_the_lists_of_the_file(folder):
    criteria = folder / "c.toml"
    criteria.write_text('[include]\ndesign = ["review"]\nspecies = ["human"]\n', encoding="utf-8")
    arguments = ("screen", folder / "export.ris", "--criteria", criteria, "-q", "--format", "json")
    assert json.loads(kg(*arguments).stdout)["included"] == 1
    found = json.loads(kg(*arguments, "--design", "rct", "--design", "review").stdout)
    assert found["included"] == 2


def test_without_criteria_it_says_what_to_give(folder):
    assert "say what to look for" in kg("screen", folder / "export.ris", code=2).stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--population", "happiness"), "no population 'happiness'"),
        (("--design", "best"), "include.design.0"),
        (("--species", "human", "--criteria", "no-such.toml"), "no-such.toml: cannot be read"),
        (("--species", "human", "--decisions", "no-such.csv"), "no-such.csv: cannot be read"),
        (("--species", "human", "--searches", "no-such.jsonl"), "no-such.jsonl: cannot be read"),
    ],
)
def test_mistakes_are_named(folder, options, said):
    done = CliRunner().invoke(app, ["screen", str(folder / "export.ris"), *options])
    assert isinstance(done.exception, CriteriaError)
    assert said in str(done.exception)


def test_a_record_that_cannot_be_read_is_named_and_counted(folder):
    bad = folder / "bad.ris"
    bad.write_text(RECORDS + "TY  - JOUR\nTI  - Cut\n", encoding="utf-8")
    done = kg("screen", bad, *ASK, "--format", "json", code=1)
    assert json.loads(done.stdout)["unread"] == 1
    assert "bad.ris" in done.stderr
