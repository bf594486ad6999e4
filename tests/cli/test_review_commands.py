"""``kg review`` as a curator runs it, and that what was decided is there after every other command."""

import contextlib
import io
import json
import os
import shutil
import sys
from unittest.mock import patch

import pytest

from kg.cli import main

ANA, BEN = "0000-0002-1825-0097", "0000-0002-1694-233X"
TEXT = (
    "METHODS: We randomized 80 patients to mesenchymal stromal cells (MSCs) or placebo after hematopoietic stem cell transplantation. "
    "RESULTS: The 2-year cumulative incidence of chronic GVHD was 25.0% in the MSC group and 47.5% in the placebo group (P = .03). "
    "Overall survival did not differ between the groups (P = .6)."
)


def record(text=TEXT, identifier="DO  - 10.5555/cord.1"):
    return f"TY  - JOUR\nTI  - Cord cells against chronic GVHD\nAU  - Moro, Ana\nPY  - 2019\n{identifier}\nAB  - {text}\nER  -\n"


class Keys(io.TextIOWrapper):
    """What somebody types on a terminal; None is an empty pipe."""

    def __init__(self, typed):
        self.is_terminal = typed is not None
        super().__init__(io.BytesIO((typed or "").encode()))

    def isatty(self):
        return self.is_terminal


class Done:
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err


def kg(*arguments, cwd, typed=None, **variables):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GRAFTGRAPH_") and name != "SOURCE_DATE_EPOCH"}
    out, err = io.StringIO(), io.StringIO()
    with (
        patch.dict(os.environ, clean | variables, clear=True),
        patch.object(sys, "argv", ["kg", *map(str, arguments)]),
        patch.object(sys, "stdin", Keys(typed)),
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    return Done(ended.value.code or 0, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    (folder / "trial.ris").write_text(record(), encoding="utf-8")
    assert kg("build", "trial.ris", "-q", cwd=folder).code == 0
    return folder


@pytest.fixture
def folder(built, tmp_path):
    return shutil.copytree(built, tmp_path / "own")


def findings(folder, *options):
    rows = json.loads(kg("review", "list", "--open", "--format", "json", *options, cwd=folder).out)["rows"]
    return {row["outcome"]: row for row in rows}


def decisions(folder, *options):
    return json.loads(kg("review", "list", "--format", "json", *options, cwd=folder).out)["rows"]


def decide(folder, outcome, *options, orcid=ANA, day=1):
    name = findings(folder)[outcome]["finding"]
    moment = str(1772366400 + day * 86400)
    return kg("review", name, *options, "--orcid", orcid, "--reason", "read again", cwd=folder, SOURCE_DATE_EPOCH=moment)


GVHD, SURVIVAL = "incidence of chronic GVHD", "overall survival"


def test_findings_without_a_decision_are_listed_with_their_names(folder):
    rows = findings(folder)
    assert {name: row["direction"] for name, row in rows.items()} == {GVHD: "decreased", SURVIVAL: "no difference"}
    assert rows[GVHD]["finding"].startswith("doi-10.5555%2Fcord.1/")
    assert rows[GVHD]["sentence"].startswith("The 2-year cumulative incidence")


def test_a_rejected_finding_is_gone_from_every_answer(folder):
    done = decide(folder, GVHD, "--reject")
    assert done.code == 0
    assert done.out.startswith("rejected: ")
    assert list(findings(folder)) == [SURVIVAL]
    assert "chronic GVHD: decreased" not in kg("show", "Moro 2019", cwd=folder).out
    assert GVHD not in kg("query", "findings-for-outcome", "--format", "csv", cwd=folder).out


def test_an_accepted_and_a_corrected_finding_say_so(folder):
    assert decide(folder, SURVIVAL, "--accept").code == 0
    assert decide(folder, GVHD, "--correct", "direction=no_difference", "--correct", "significance=not_significant").code == 0
    shown = kg("show", "Moro 2019", cwd=folder).out
    assert "overall survival: no difference   (accepted by a curator)" in shown
    assert "incidence of chronic GVHD: no difference   (corrected by a curator)" in shown
    assert findings(folder) == {}


@pytest.mark.parametrize("text", [TEXT, f"BACKGROUND: Much is unknown. {TEXT}"], ids=["the same", "moved"])
@pytest.mark.parametrize("command", [["build", "trial.ris", "-q"], ["add", "trial.ris", "-q"]], ids=lambda each: each[0])
def test_decisions_outlive_another_reading(folder, command, text):
    decide(folder, GVHD, "--reject")
    decide(folder, SURVIVAL, "--correct", "direction=increased")
    kept = (folder / "output" / "curation.ttl").read_bytes()
    (folder / "trial.ris").write_text(record(text), encoding="utf-8")
    assert kg(*command, cwd=folder).code == 0
    shown = kg("show", "Moro 2019", cwd=folder).out
    assert "overall survival: increased" in shown
    assert "chronic GVHD: decreased" not in shown
    assert [row["status"] for row in decisions(folder)] == ["applies", "applies"]
    assert (folder / "output" / "curation.ttl").read_bytes() == kept


def test_decisions_follow_their_paper_to_a_stronger_id(folder):
    decide(folder, GVHD, "--reject")
    strong = record(identifier="DO  - 10.5555/cord.1\nUR  - https://pubmed.ncbi.nlm.nih.gov/123/")
    (folder / "new.ris").write_text(strong, encoding="utf-8")
    assert kg("add", "new.ris", "-q", cwd=folder).code == 0
    assert [(row["finding"].split("/")[0], row["status"]) for row in decisions(folder)] == [("pmid-123", "applies")]
    assert 'gg:decidedPaperId "doi-10.5555%2Fcord.1" , "doi-10.5555/cord.1" , "pmid-123"' in (folder / "output/curation.ttl").read_text()
    # Now without the DOI: only the ids that the decision has been given since still tell the paper.
    (folder / "new.ris").write_text(record(identifier="UR  - https://pubmed.ncbi.nlm.nih.gov/123/"), encoding="utf-8")
    assert kg("build", "new.ris", "-q", cwd=folder).code == 0
    assert list(findings(folder)) == [SURVIVAL]


def test_a_decision_whose_sentence_is_gone_is_listed_and_told_in_the_report(folder):
    decide(folder, GVHD, "--accept")
    (folder / "trial.ris").write_text(record(TEXT.replace("25.0%", "27.0%")), encoding="utf-8")
    done = kg("build", "trial.ris", cwd=folder)
    assert "1 to look at again: kg review list --stale" in done.out
    assert [row["status"] for row in decisions(folder, "--stale")] == ["its sentence is not in the text of the paper"]
    report = (folder / "output" / "report.md").read_text(encoding="utf-8")
    assert "## Decisions to look at again" in report


def test_a_decision_on_a_paper_that_is_not_there_is_listed(folder):
    decide(folder, GVHD, "--accept")
    (folder / "trial.ris").write_text(record("Another text on MSCs.", "DO  - 10.5555/other"), encoding="utf-8")
    assert kg("build", "trial.ris", "-q", cwd=folder).code == 0
    assert [row["status"] for row in decisions(folder, "--stale")] == ["its paper is not in the store"]


def test_curators_who_disagree_are_told_and_the_newest_holds(folder):
    shared = folder / "ben.ttl"
    assert decide(folder, GVHD, "--accept", orcid=BEN, day=2).code == 0
    assert kg("review", "export", "--output", shared, cwd=folder).code == 0
    (folder / "output" / "curation.ttl").unlink()
    assert kg("build", "trial.ris", "-q", "--output", "ana", cwd=folder).code == 0
    listed = json.loads(kg("review", "list", "--open", "--format", "json", "--store", "ana/store", cwd=folder).out)["rows"]
    name = next(row["finding"] for row in listed if row["outcome"] == GVHD)
    done = kg(
        "review", name, "--reject", "--orcid", ANA, "--reason", "no", "--store", "ana/store", cwd=folder, SOURCE_DATE_EPOCH="1772366400"
    )
    assert done.code == 0
    done = kg("review", "import", shared, "--store", "ana/store", cwd=folder)
    assert done.code == 0
    assert (
        done.out == "1 of 1 decisions are new\n2 decisions (1 accepted, 1 rejected); 0 to look at again, 1 overruled by another curator\n"
    )
    assert "curators disagree" in done.err
    listed = json.loads(kg("review", "list", "--conflicts", "--format", "json", "--store", "ana/store", cwd=folder).out)["rows"]
    assert [(row["verdict"], row["curator"]) for row in listed] == [("rejected", ANA)]
    assert "accepted by a curator" in kg("show", "Moro 2019", "--store", "ana/store", cwd=folder).out


def test_a_file_that_somebody_has_edited_is_followed(folder):
    decide(folder, GVHD, "--reject")
    empty = kg("review", "export", "--store", "none/store", cwd=folder)
    assert empty.code == 1
    (folder / "output" / "curation.ttl").write_text("", encoding="utf-8")
    assert kg("add", "trial.ris", "-q", cwd=folder).code == 0
    assert set(findings(folder)) == {GVHD, SURVIVAL}


def test_a_lost_file_is_written_again_from_the_store(folder):
    decide(folder, GVHD, "--reject")
    path = folder / "output" / "curation.ttl"
    kept = path.read_bytes()
    path.unlink()
    assert kg("build", "trial.ris", "-q", cwd=folder).code == 0
    assert path.read_bytes() == kept


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["NAME"], "say one of --accept"),
        (["NAME", "--accept", "--reject"], "say one of --accept"),
        (["NAME", "--accept"], "say who decides"),
        (["NAME", "--accept", "--orcid", ANA], "say why"),
        (["pmid-9/1-2-1", "--accept", "--orcid", ANA, "--reason", "x"], "no finding of the store"),
        (["doi-10.5555%2Fcord.1/1-2-1", "--accept", "--orcid", ANA, "--reason", "x"], "has no finding 1-2-1"),
        (["--accept"], "name the finding"),
        ([], "on a terminal"),
    ],
)
def test_misuse_says_what_to_do(folder, arguments, said):
    name = findings(folder)[GVHD]["finding"]
    done = kg("review", *(name if each == "NAME" else each for each in arguments), cwd=folder)
    assert done.code == 2
    assert said in done.err


def test_a_refused_decision_changes_nothing(folder):
    before = (folder / "output" / "store").exists()
    done = decide(folder, GVHD, "--accept", orcid="0000-0002-1825-0098")
    assert done.code == 2
    assert "mistyped" in done.err
    assert before
    assert not (folder / "output" / "curation.ttl").exists()
    assert set(findings(folder)) == {GVHD, SURVIVAL}


def test_on_a_terminal_it_asks_one_after_the_other(folder):
    order = list(findings(folder))
    typed = f"{ANA[:-1]}8\n{ANA}\nx\na\nas printed\nc\ndirection=better\n\nslip\ndirection=unclear\n\nmixed\n"
    done = kg("review", cwd=folder, typed=typed)
    assert done.code == 0
    assert "mistyped" in done.err
    assert "no direction" in done.err
    assert "2 decided" in done.err
    assert {(row["verdict"], row["reason"]) for row in decisions(folder)} == {("accepted", "as printed"), ("corrected", "mixed")}
    assert len(order) == 2


def test_a_curator_may_skip_and_quit(folder):
    done = kg("review", cwd=folder, typed="s\nq\n", GRAFTGRAPH_ORCID=ANA)
    assert (done.code, "0 decided" in done.err) == (0, True)
    assert not (folder / "output" / "curation.ttl").exists()
