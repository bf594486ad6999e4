"""The command as a user runs it: exit codes and both streams; in its own process where that is what is tested."""

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest
import typer

from kg.cli import main
from kg.cli.console import run

KG = Path(sys.executable).with_name("kg")
ABSTRACT = (
    "BACKGROUND: Chronic graft-versus-host disease (GVHD) limits survival. METHODS: We randomized 80 patients to umbilical cord "
    "mesenchymal stromal cells (UC-MSCs) or placebo after haploidentical hematopoietic stem cell transplantation. RESULTS: The "
    "2-year cumulative incidence of chronic GVHD was 25.0% in the MSC group and 47.5% in the control group (P = .03). Overall "
    "survival did not differ between the groups (P = .6). CONCLUSIONS: MSCs lowered chronic GVHD."
)
TITLE = "Cord MSCs to prevent chronic GVHD: a randomized trial"
TRIAL = f"TY  - JOUR\nTI  - {TITLE}\nAU  - Moro, Ana\nPY  - 2019\nDO  - 10.5555/Cord.1\nAB  - {ABSTRACT}\nER  -\n"
DIGEST = {
    "id": "moro-2019",
    "text_kind": "digest",
    "source": {
        "title": "Cord cells, re-told",
        "first_author": "Ana Moro",
        "year": 2019,
        "journal": None,
        "doi": "10.5555/cord.1",
        "pmid": None,
    },
    "text": "In a randomized trial, chronic GVHD was less frequent with mesenchymal stromal cells than with placebo (P = .03).",
}
LINKS = '{"header": {"type": "esearch", "version": "0.3"}, "esearchresult": {"count": "0", "idlist": []}}'


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


class Terminal(io.StringIO):
    def isatty(self):
        return True


def kg(*arguments, stdin=None, cwd=None, on_terminal=False, **variables):
    """Run the command in this process, as the console script does."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GRAFTGRAPH_") and name != "SOURCE_DATE_EPOCH"}
    out, err = Terminal() if on_terminal else io.StringIO(), io.StringIO()
    with (
        patch.dict(os.environ, clean | variables, clear=True),
        patch.object(sys, "argv", ["kg", *map(str, arguments)]),
        patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO((stdin or "").encode()))),
        contextlib.chdir(cwd or "."),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    return Done(ended.value.code or 0, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder with one built paper."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "trial.ris").write_text(TRIAL, encoding="utf-8")
    done = kg("build", "trial.ris", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "extract 1/1\n")
    return folder


# ------------------------------------------------------------ the command itself


def test_help_names_every_command():
    listed = kg("--help").stdout.split("Commands:")[1]
    names = [line.split()[0] for line in listed.split("\n\n")[0].splitlines() if line.strip()]
    assert sorted(names) == [
        "add",
        "build",
        "diff",
        "draw",
        "evaluate",
        "export",
        "extract",
        "fetch",
        "query",
        "reextract",
        "review",
        "screen",
        "serve",
        "show",
        "validate",
        "vocabulary",
        "watch",
    ]


@pytest.mark.parametrize(
    "command",
    [
        "build",
        "add",
        "fetch",
        "reextract",
        "watch run",
        "extract",
        "query",
        "review decide",
        "review list",
        "screen",
        "show",
        "draw graph",
        "export",
        "validate",
        "evaluate",
        "vocabulary search",
    ],
)
def test_every_command_has_help(command):
    done = kg(*command.split(), "--help")
    assert done.returncode == 0
    assert f"Usage: kg {command}" in done.stdout


def test_version():
    assert kg("--version").stdout == "graftgraph 0.1.0\n"


def test_a_decision_of_a_curator_loads_no_engine_and_no_pictures():
    heavy = ["kg.extract.pipeline", "pyvis", "kg.draw"]
    code = f"import sys, kg.cli.review_dialog; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_help_loads_nothing_heavy():
    heavy = ("spacy", "pydantic", "rdflib", "pyoxigraph", "networkx", "rich")
    code = f"import sys, kg.cli.app; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_installed_script_ends_with_the_exit_code():
    done = subprocess.run([KG, "no-such-command"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no-such-command" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [["no-such-command"], ["extract", "--format", "xml"], ["extract", "--min-confidence", "2"], ["show"], ["evaluate", "no-such-file"]],
)
def test_misuse_ends_with_2(arguments):
    done = kg(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Usage:" in done.stderr


def test_a_wrong_setting_is_named():
    done = kg("build", GRAFTGRAPH_WORKERS="none")
    assert done.returncode == 2
    assert done.stderr.startswith("kg: environment: GRAFTGRAPH_WORKERS: ")
    assert "Traceback" not in done.stderr


def test_completion_is_offered():
    # The shell is named, since the one that started the tests may be out of sight.
    done = kg("--show-completion", "bash", _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert done.returncode == 0
    assert "complete" in done.stdout


# ------------------------------------------------------------ build and add


def test_build_writes_all_files_and_a_summary(built):
    files = {path.name for path in (built / "output").iterdir()}
    assert files == {"store", "graph.nq", "graph.trig", "graph.html", "report.md"}
    nquads = (built / "output" / "graph.nq").read_text(encoding="utf-8").splitlines()
    assert nquads == sorted(nquads)
    assert any("/graph/paper/doi-10.5555" in line for line in nquads)


def test_build_twice_gives_the_same_bytes(built, tmp_path):
    for place in ("one", "two"):
        assert kg("build", built / "trial.ris", "--output", place, "--quiet", cwd=tmp_path).returncode == 0
    names = ["graph.nq", "graph.trig", "graph.html", "report.md"]
    assert [(tmp_path / "one" / name).read_bytes() for name in names] == [(tmp_path / "two" / name).read_bytes() for name in names]
    assert (tmp_path / "one" / "graph.nq").read_bytes() == (built / "output" / "graph.nq").read_bytes()


def test_the_clock_is_in_the_graph_only_when_it_is_given(built, tmp_path):
    assert "startedAtTime" not in (built / "output" / "graph.nq").read_text(encoding="utf-8")
    kg("build", built / "trial.ris", "--output", tmp_path, SOURCE_DATE_EPOCH="86400")
    assert '"1970-01-02T00:00:00' in (tmp_path / "graph.nq").read_text(encoding="utf-8")


def test_a_link_list_is_skipped_and_a_damaged_file_fails(built, tmp_path):
    (tmp_path / "links.json").write_text(LINKS, encoding="utf-8")
    skipped = kg("build", built / "trial.ris", "links.json", cwd=tmp_path)
    assert skipped.returncode == 0
    assert "skipped: links.json" in skipped.stderr
    (tmp_path / "half.xml").write_text("<PubmedArticleSet><PubmedArticle><MedlineCitation>", encoding="utf-8")
    failed = kg("build", built / "trial.ris", "half.xml", "nowhere.ris", cwd=tmp_path)
    assert failed.returncode == 1
    assert "failed: half.xml" in failed.stderr
    assert "failed: nowhere.ris: cannot be opened" in failed.stderr
    assert "papers                  1" in failed.stdout
    assert "half.xml" in (tmp_path / "output" / "report.md").read_text(encoding="utf-8")


def test_build_replaces_what_was_there(built, tmp_path):
    (tmp_path / "digest.jsonl").write_text(json.dumps(DIGEST | {"id": "other", "source": {"title": "Another"}}) + "\n", encoding="utf-8")
    kg("build", "digest.jsonl", cwd=tmp_path)
    kg("build", built / "trial.ris", cwd=tmp_path)
    assert "paper/other" not in (tmp_path / "output" / "graph.nq").read_text(encoding="utf-8")


def test_a_digest_brings_the_notice_everywhere(tmp_path):
    (tmp_path / "digest.jsonl").write_text(json.dumps(DIGEST) + "\n", encoding="utf-8")
    done = kg("build", "digest.jsonl", cwd=tmp_path)
    assert "not medical advice" in done.stdout
    for name in ("report.md", "graph.html", "graph.nq", "graph.trig"):
        assert "not medical advice" in (tmp_path / "output" / name).read_text(encoding="utf-8"), name
    assert "not medical advice" in kg("show", "moro-2019", cwd=tmp_path).stdout
    assert "not medical advice" in kg("query", "findings-for-outcome", "--format", "csv", cwd=tmp_path).stdout


def test_the_paper_replaces_its_digest_and_not_the_other_way_round(built, tmp_path):
    (tmp_path / "digest.jsonl").write_text(json.dumps(DIGEST) + "\n", encoding="utf-8")
    (tmp_path / "trial.ris").write_text(TRIAL, encoding="utf-8")
    assert kg("add", "digest.jsonl", cwd=tmp_path).returncode == 0
    assert "Cord cells, re-told" in kg("show", "10.5555/cord.1", cwd=tmp_path).stdout
    assert kg("add", "trial.ris", cwd=tmp_path).returncode == 0
    again = kg("add", "digest.jsonl", cwd=tmp_path)
    assert again.returncode == 0
    assert "skipped: doi-10.5555%2Fcord.1: the store has a better record of it" in again.stderr
    assert "a randomized trial" in kg("show", "10.5555/cord.1", cwd=tmp_path).stdout
    assert "not medical advice" not in kg("export", cwd=tmp_path).stdout


def test_adding_twice_equals_adding_once(built, tmp_path):
    kg("add", built / "trial.ris", cwd=tmp_path)
    once = kg("export", cwd=tmp_path).stdout
    kg("add", built / "trial.ris", cwd=tmp_path)
    assert kg("export", cwd=tmp_path).stdout == once


def test_papers_are_read_from_standard_input(tmp_path):
    assert kg("add", "-", stdin=TRIAL, cwd=tmp_path).returncode == 0
    assert "Moro" in kg("show", "10.5555/CORD.1", cwd=tmp_path).stdout


def test_quiet_says_nothing(built, tmp_path):
    done = kg("build", built / "trial.ris", "--quiet", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


# ------------------------------------------------------------ extract


def test_extract_prints_one_object_a_paper(built):
    done = kg("extract", "trial.ris", "--format", "jsonl", cwd=built)
    [line] = done.stdout.splitlines()
    found = json.loads(line)
    assert found["paper"] == "doi-10.5555%2Fcord.1"
    assert {"study", "terms", "cells", "findings"} <= found.keys()
    assert ("decreased", 0.03) in [(each["direction"], each["p"] and each["p"]["value"]) for each in found["findings"]]


def test_extract_reads_standard_input_and_prints_a_table():
    done = kg("extract", "-", stdin=TRIAL)
    assert done.returncode == 0
    assert "decreased" in done.stdout
    assert "25.0% in the MSC group" in done.stdout


def test_low_confidence_can_be_left_out(built):
    everything, nothing = (
        json.loads(kg("extract", "trial.ris", "-f", "jsonl", "--min-confidence", low, cwd=built).stdout) for low in ("0", "1")
    )
    assert len(nothing["findings"]) < len(everything["findings"])


def test_extract_names_what_cannot_be_read(tmp_path):
    done = kg("extract", "nowhere.ris", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("failed: nowhere.ris: cannot be opened")


# ------------------------------------------------------------ reading a store


@pytest.mark.parametrize("key", ["10.5555/cord.1", "10.5555/CORD.1", "https://doi.org/10.5555/cord.1", "doi-10.5555%2Fcord.1"])
def test_show_finds_a_paper_by_any_name(built, key):
    done = kg("show", key, cwd=built)
    assert done.returncode == 0
    assert done.stdout.startswith(TITLE + "\n")


def test_show_tells_study_and_findings_with_sentences(built):
    text = kg("show", "10.5555/cord.1", cwd=built).stdout
    assert "  first author      Moro\n" in text
    assert "2019" in text
    assert "decreased" in text
    assert "chronic GVHD was 25.0% in the MSC group" in " ".join(text.split())


def test_show_says_that_a_source_comes_from_the_citation(tmp_path):
    page = (
        "Repeated cell infusions may help after transplantation.\n\n"
        "Researchers gave 80 patients mesenchymal stem cells. Chronic GVHD was rarer.\n\n"
        "Doe et al. (2015). A study of umbilical cord-derived mesenchymal stromal cells in GVHD. Journal of Cells, 3(4), 12-20.\n\n"
    )
    (tmp_path / "page.txt").write_text(page)
    assert kg("add", "page.txt", cwd=tmp_path).returncode == 0
    (key,) = {line.split()[0] for line in kg("query", "papers-mentioning", cwd=tmp_path).stdout.splitlines() if line.startswith("text-")}
    assert "(umbilical cord (from the citation), intervention cell)" in " ".join(kg("show", key, cwd=tmp_path).stdout.split())


def test_a_retraction_is_said_first(tmp_path):
    record = f"PMID- 7\nTI  - {TITLE}\nPT  - Retracted Publication\nFAU - Moro, Ana\nDP  - 2019 Mar\nJT  - Cord letters\nAB  - {ABSTRACT}\n"
    assert kg("add", "-", stdin=record, cwd=tmp_path).returncode == 0
    lines = kg("show", "7", cwd=tmp_path).stdout.splitlines()
    assert lines[0] == "RETRACTED. Findings of this paper count nowhere."
    assert "  PubMed            7" in lines
    assert "  journal           Cord letters" in lines


@pytest.mark.parametrize("key", ["Moro 2019", "moro et al. (2019)", "doi-10.5555/cord.1"])
def test_show_takes_the_names_that_answers_print(built, key):
    assert kg("show", key, cwd=built).stdout.startswith(TITLE + "\n")


def test_a_name_that_is_near_is_offered(built):
    done = kg("show", "Mora 2019", cwd=built)
    assert done.returncode == 2
    assert f"Did you mean\n  doi-10.5555/cord.1  Moro 2019  {TITLE}\n" in done.stderr


def test_a_name_that_two_papers_have_is_no_name(built, tmp_path):
    other = TRIAL.replace("Cord.1", "cord.2")
    (tmp_path / "two.ris").write_text(TRIAL + other, encoding="utf-8")
    kg("build", "two.ris", "-q", cwd=tmp_path)
    done = kg("show", "Moro 2019", cwd=tmp_path)
    assert done.returncode == 2
    assert "is more than one paper" in done.stderr
    assert "doi-10.5555/cord.2" in done.stderr


@pytest.mark.parametrize(("count", "line"), [(3, "cites: Journal 2, 1999"), (4, "cites: 4 works")])
def test_a_list_of_references_is_counted_and_not_poured_out(tmp_path, count, line):
    references = "".join(
        f'<CommentsCorrections RefType="Cites"><RefSource>Journal {n}, 1999</RefSource></CommentsCorrections>' for n in range(count)
    )
    record = (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>7</PMID><Article><ArticleTitle>Cord cells</ArticleTitle></Article>"
        f"<CommentsCorrectionsList>{references}</CommentsCorrectionsList></MedlineCitation></PubmedArticle></PubmedArticleSet>"
    )
    assert kg("add", "-", stdin=record, cwd=tmp_path).returncode == 0
    notices = [each for each in kg("show", "7", cwd=tmp_path).stdout.splitlines() if "notice" in each]
    assert f"  notice            {line}" in notices
    assert len(notices) == (count if count == 3 else 1)


def test_an_unknown_paper_is_misuse(built):
    done = kg("show", "99999999", cwd=built)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no paper '99999999' in the store" in done.stderr


@pytest.mark.parametrize("arguments", [["show", "1"], ["query", "safety"], ["export"], ["draw", "graph"], ["validate"]])
def test_a_missing_store_says_how_to_make_one(tmp_path, arguments):
    done = kg(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "kg: output/store: there is no store. Make one with kg build, or name it with --store\n"
    assert not (tmp_path / "output").exists()


def test_queries_are_listed_under_their_themes(built):
    done = kg("query", cwd=built)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "Effects"
    (safety,) = [place for place, line in enumerate(lines) if line.split() == ["safety", "Safety"]]
    assert lines.index("Safety and engraftment") < safety < lines.index("Studies")
    assert "Other" not in lines
    assert kg("query", "--format", "csv", cwd=built).stdout.splitlines()[0] == "query,theme,what it answers"


def test_a_query_says_what_it_takes_in_words_to_paste(built):
    text = kg("query", "findings-for-outcome", "--about", cwd=built).stdout
    assert "    --param source='umbilical cord'\n" in text
    assert max(map(len, text.splitlines())) <= 80


def test_an_answer_to_read_joins_what_belongs_together(built):
    head, *lines = kg("query", "findings-for-outcome", "-p", "outcome=chronic GVHD", cwd=built).stdout.splitlines()
    assert lines[0].startswith("Moro 2019  2019  randomized controlled trial")
    assert "P = .03" in lines[0]
    assert "2 years" in lines[0]
    assert "p operator" not in head
    assert "retraction" not in head
    assert head.endswith("sentence")
    assert "not medical advice" not in lines[-1]


def test_an_answer_for_programs_keeps_the_parts(built):
    [row] = json.loads(kg("query", "findings-for-outcome", "-f", "json", "-p", "outcome=chronic GVHD", cwd=built).stdout)["rows"]
    assert (row["p_operator"], row["p"], row["paper"], row["time"]) == ("=", 0.03, "doi-10.5555%2Fcord.1", "P2Y")
    assert row["ci_low"] is None


def test_a_terminal_gets_no_line_that_is_too_wide(built):
    done = kg("query", "findings-for-outcome", cwd=built, on_terminal=True, COLUMNS="80", NO_COLOR="1")
    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert done.stdout.startswith("1. ")


@pytest.mark.parametrize(
    ("surroundings", "is_bold"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "xterm", "NO_COLOR": ""}, True),
        ({"TERM": "dumb"}, False),
    ],
)
def test_headings_are_bold_only_where_that_is_wanted(built, surroundings, is_bold):
    clean = {"NO_COLOR": ""} | surroundings
    assert ("\x1b[1m" in kg("query", "trials-by-year", cwd=built, on_terminal=True, **clean).stdout) is is_bold


@pytest.mark.parametrize("form", ["table", "md"])
def test_an_answer_without_rows_says_what_would_be_there(built, form):
    done = kg("query", "findings-for-outcome", "-f", form, "-p", "outcome=infection incidence", "-p", "design=rct", cwd=built)
    assert done.returncode == 0
    text = " ".join(done.stdout.split())
    assert text.startswith("Not in this corpus: Findings for an outcome, with outcome = infection incidence, design = rct.")
    assert "The corpus has 1 paper with 2 findings." in text
    assert "Without outcome = infection incidence: 2 rows" in text
    assert "Without design = rct: 0 rows" in text


def test_no_rows_for_programs_are_no_rows_and_the_reason_goes_beside(built):
    done = kg("query", "findings-for-outcome", "-f", "csv", "-p", "outcome=infection incidence", cwd=built)
    assert done.stdout.count("\r\n") == 1
    assert "Not in this corpus" in done.stderr


def test_sparql_of_ones_own_over_the_sample_carries_the_notice_once(tmp_path):
    (tmp_path / "digest.jsonl").write_text(json.dumps(DIGEST) + "\n", encoding="utf-8")
    kg("build", "digest.jsonl", "-q", cwd=tmp_path)
    sparql = "SELECT ?p WHERE { GRAPH ?g { ?p a <https://w3id.org/graftgraph/ontology/Paper> } }"
    assert kg("query", "-", stdin=sparql, cwd=tmp_path).stdout.count("not medical advice") == 1
    assert "Not in this corpus" in kg("query", "-", stdin=sparql.replace("Paper", "Pooled"), cwd=tmp_path).stdout


def test_a_saved_query_is_narrowed(built):
    arguments = ["query", "findings-for-outcome", "--format", "json", "--param"]
    assert json.loads(kg(*arguments, "outcome=chronic GVHD", cwd=built).stdout)["rows"] != []
    assert json.loads(kg(*arguments, "outcome=infection incidence", cwd=built).stdout)["rows"] == []


def test_own_sparql_comes_from_a_file_or_standard_input(built, tmp_path):
    paper = "https://w3id.org/graftgraph/ontology/Paper"
    sparql = f"SELECT ?title WHERE {{ GRAPH ?g {{ ?paper a <{paper}> ; <http://purl.org/dc/terms/title> ?title }} }}"
    expected = f"title\r\n{TITLE}\r\n"
    (tmp_path / "own.rq").write_text(sparql, encoding="utf-8")
    assert kg("query", tmp_path / "own.rq", "--format", "csv", cwd=built).stdout == expected
    assert kg("query", "-", "--format", "csv", stdin=sparql, cwd=built).stdout == expected


def test_a_construct_query_gives_turtle(built):
    sparql = "CONSTRUCT { ?p <http://purl.org/dc/terms/title> ?t } WHERE { GRAPH ?g { ?p <http://purl.org/dc/terms/title> ?t } }"
    done = kg("query", "-", "--format", "ttl", stdin=sparql, cwd=built)
    assert f'dcterms:title "{TITLE}"' in done.stdout


@pytest.mark.parametrize(
    ("content", "message"), [(b"\x89PNG\r\n\xff\xfe", "is no text in UTF-8"), (None, "cannot be read: Is a directory")]
)
def test_a_file_that_is_no_query_is_named(built, tmp_path, content, message):
    path = tmp_path / "own.rq"
    path.mkdir() if content is None else path.write_bytes(content)
    done = kg("query", path, cwd=built)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{path}: {message}" in done.stderr


def test_a_page_is_not_poured_onto_a_terminal(built):
    done = kg("draw", "graph", cwd=built, on_terminal=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--output" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "stdin", "message"),
    [
        (["no-such"], None, "no saved query 'no-such'"),
        (["findings-for-outcome", "--param", "colour=red"], None, "no parameter 'colour'"),
        (["findings-for-outcome", "--param", "outcome"], None, "--param 'outcome' is not NAME=VALUE"),
        (["findings-for-outcome", "--format", "ttl"], None, "ttl"),
        (["-"], "SELECT WHERE", "standard input"),
        (["findings-for-outcom"], None, "Did you mean findings-for-outcome"),
        (["findings-for-outcome", "-p", "outcome=cronic GVHD"], None, "Did you mean"),
        (["absent.rq"], None, "absent.rq: cannot be read: No such file or directory"),
        (["-"], "SELECT ?x WHERE {\r\n  ?x ?y }\r\n", "standard input, line 3, column 1: is not valid SPARQL"),
        (["-"], "SELECT ?x WHERE {\r\n  ?x ?y }\r\n", "\n    ?x ?y }\n           ^\n"),
        (["-"], "SELECT ?x WHERE {\n  ?x !!y ?z .\n}\n", "\n    ?x !!y ?z .\n            ^\n"),
    ],
)
def test_a_wrong_query_is_misuse(built, arguments, stdin, message):
    done = kg("query", *arguments, stdin=stdin, cwd=built)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's parsers use what rdflib deprecates.
@pytest.mark.parametrize("form", ["nq", "trig", "ttl", "jsonld"])
def test_an_export_is_read_by_another_library(built, form):
    from rdflib import Dataset

    text = kg("export", "--format", form, cwd=built).stdout
    graph = Dataset()
    graph.parse(data=text, format={"nq": "nquads", "trig": "trig", "ttl": "turtle", "jsonld": "json-ld"}[form])
    assert TITLE in {str(each) for _, _, each, _ in graph.quads()}


def test_draw_writes_the_page(built, tmp_path):
    assert kg("draw", "graph", "--output", tmp_path / "new" / "g.html", cwd=built).returncode == 0
    assert (tmp_path / "new" / "g.html").read_bytes() == (built / "output" / "graph.html").read_bytes()


def test_validate_is_clean_after_a_build(built):
    done = kg("validate", cwd=built)
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 papers checked, 0 faults\n", "")


# ------------------------------------------------------------ ends that are not the end


@pytest.mark.parametrize("arguments", [["nowhere.ris"], ["half.xml"]])
def test_a_build_that_reads_no_paper_leaves_what_is_there(built, tmp_path, arguments):
    (tmp_path / "half.xml").write_text("<PubmedArticleSet><PubmedArticle><MedlineCitation>", encoding="utf-8")
    assert kg("build", built / "trial.ris", "-q", cwd=tmp_path).returncode == 0
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "output").iterdir()}
    done = kg("build", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith("kg: no paper was read; output is left as it was\n")
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "output").iterdir()} == before
    assert kg("build", "nowhere.ris", "-o", "other", cwd=tmp_path).returncode == 1
    assert not (tmp_path / "other").exists()


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="no way to give up the rights of root here")
def test_a_file_that_may_not_be_read_is_named_and_the_rest_goes_on(built, tmp_path):
    (tmp_path / "trial.ris").write_text(TRIAL, encoding="utf-8")
    (tmp_path / "locked.ris").write_text(TRIAL, encoding="utf-8")
    (tmp_path / "locked.ris").chmod(0)
    rights = "-dac_override,-dac_read_search"
    humble = ["setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}"] if os.geteuid() == 0 else []
    done = subprocess.run([*humble, KG, "extract", "locked.ris", "trial.ris"], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 1
    assert "failed: locked.ris: cannot be opened: Permission denied" in done.stderr
    assert "25.0% in the MSC group" in " ".join(done.stdout.split())


def test_a_folder_that_cannot_be_made_is_named(built, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = kg("build", built / "trial.ris", "-q", "-o", "file/out", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "kg: file/out: cannot be made: Not a directory. Name another folder\n")


def test_a_folder_may_have_blanks_in_its_name(built, tmp_path):
    assert kg("build", built / "trial.ris", "-q", "-o", "two words", cwd=tmp_path).returncode == 0
    assert "Moro 2019" in kg("query", "trials-by-year", "--store", "two words/store", cwd=tmp_path).stdout


def test_lines_that_end_as_on_windows_change_nothing(built, tmp_path):
    (tmp_path / "trial.ris").write_text(TRIAL, encoding="utf-8", newline="\r\n")
    assert kg("build", "trial.ris", "-q", cwd=tmp_path).returncode == 0
    assert (tmp_path / "output" / "graph.nq").read_bytes() == (built / "output" / "graph.nq").read_bytes()


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no full device here")
def test_a_full_disk_is_said(built):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([KG, "query", "trials-by-year"], stdout=full, stderr=subprocess.PIPE, text=True, cwd=built, check=False)
    assert (done.returncode, done.stderr) == (1, "kg: standard output: cannot be written: No space left on device\n")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_what_goes_to_a_pipe_is_utf_8_in_every_locale(built, encoding):
    surroundings = os.environ | {"PYTHONIOENCODING": encoding, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run([KG, "show", "Moro 2019"], capture_output=True, env=surroundings, cwd=built, check=True)
    assert "“The 2-year" in done.stdout.decode("utf-8")


def test_an_empty_store_says_so(tmp_path):
    assert kg("add", "-", stdin=LINKS, cwd=tmp_path).returncode == 0
    assert "The store holds no papers" in kg("query", "safety", cwd=tmp_path).stdout


def test_ones_own_sparql_is_reminded_of_graphs_only_where_it_has_none(built):
    outside, inside = "SELECT * WHERE { ?s ?p 5 }", "SELECT * WHERE { GRAPH ?g { ?s ?p 5 } }"
    assert "inside GRAPH ?g" in kg("query", "-", stdin=outside, cwd=built).stdout
    assert "inside GRAPH ?g" not in kg("query", "-", stdin=inside, cwd=built).stdout
    done = kg("query", "-", "--format", "ttl", stdin="CONSTRUCT WHERE { ?s ?p ?o }", cwd=built)
    assert (done.stdout, done.stderr.startswith("No triples. Nothing is outside the named graphs")) == ("", True)


def test_a_reader_that_has_enough_is_no_error(built):
    done = subprocess.run(f"{KG} export --format nq | head -n 1", shell=True, capture_output=True, text=True, cwd=built, check=True)  # noqa: S602
    assert done.stdout.startswith("<")
    assert done.stderr == ""


@pytest.mark.parametrize("where", ["in a command", "outside"])
def test_ctrl_c_ends_with_130(where):
    def interrupted():
        raise KeyboardInterrupt

    app = typer.Typer()
    app.command()(interrupted)
    with patch.object(sys, "argv", ["kg"]), pytest.raises(SystemExit) as ended:
        run(app if where == "in a command" else interrupted)
    assert ended.value.code == 130


# ------------------------------------------------------------ evaluate and vocabulary


def test_evaluate_prints_figures_for_a_gold_file(tmp_path):
    gold = DIGEST | {"sections": [], "study": {"design": "rct"}, "terms": [], "cells": [], "findings": [], "hard_negative": False}
    (tmp_path / "gold.jsonl").write_text(json.dumps(gold) + "\n", encoding="utf-8")
    done = kg("evaluate", "gold.jsonl", "--format", "json", "--plot", "plot.svg", cwd=tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout)["records"] == 1
    assert (tmp_path / "plot.svg").read_text(encoding="utf-8").startswith("<svg")


def test_vocabulary_shows_and_searches():
    shown = kg("vocabulary", "show", "UC-MSC").stdout
    assert "label:        umbilical cord-derived mesenchymal stromal cell\n" in shown
    assert "above:        mesenchymal stromal cell\n" in shown
    assert "umbilical-cord-derived-mesenchymal-stromal-cell," in kg("vocabulary", "search", "uc-msc", "--format", "csv").stdout
    assert kg("vocabulary", "show", "no such thing").returncode == 2


def test_a_concept_that_is_near_is_offered():
    done = kg("vocabulary", "show", "cronic GVHD")
    assert done.returncode == 2
    assert "Did you mean chronic graft-versus-host disease" in done.stderr
    found = kg("vocabulary", "search", "cronic gvhd")
    assert (found.returncode, found.stdout) == (0, "")
    assert "Near it: chronic graft-versus-host disease" in found.stderr


def test_vocabulary_suggests_what_it_lacks():
    text = TRIAL.replace("Overall survival", "The Oddname lung score")
    assert kg("vocabulary", "suggest", "-", stdin=text).returncode == 0


def test_vocabulary_pairs_start_with_their_heading():
    assert kg("vocabulary", "export", "--pairs").stdout.splitlines()[0] == "curie\tlabel"


def test_the_vocabulary_that_ships_is_in_form():
    assert kg("vocabulary", "format", "--check").returncode == 0


def test_a_retraction_that_comes_later_is_said_first_and_can_be_looked_behind(tmp_path):
    record = f"PMID- 7\nTI  - {TITLE}\nFAU - Moro, Ana\nDP  - 2019 Mar\nJT  - Cord letters\nAB  - {ABSTRACT}\n"
    notice = "PMID- 8\nTI  - Retraction: a trial\nDP  - 2021\nPT  - Retraction of Publication\nROF - Cord letters. 2019;1:1. PMID: 7\n"
    assert kg("add", "-", stdin=record, cwd=tmp_path).returncode == 0
    assert kg("show", "7", cwd=tmp_path).stdout.startswith(TITLE)
    assert kg("add", "-", stdin=notice, cwd=tmp_path).returncode == 0
    shown = kg("show", "7", cwd=tmp_path).stdout
    assert shown.startswith("RETRACTED. Findings of this paper count nowhere.\n")
    assert "Corrections, concerns and retractions\n  pmid-8: retraction of pmid-7\n" in shown
    assert kg("query", "findings-of-paper", "-p", "paper=7", "-f", "csv", cwd=tmp_path).stdout.count("\n") == 1
    wanted = kg("query", "findings-of-paper", "-p", "paper=7", "-f", "csv", "--include-retracted", cwd=tmp_path).stdout
    assert "retracted" in wanted
    assert "RETRACTED Moro" not in kg("draw", "graph", cwd=tmp_path).stdout
    assert "RETRACTED Moro" in kg("draw", "graph", "--include-retracted", cwd=tmp_path).stdout
