"""Decisions out to RIS, CSV and JSON lines, and in again with what persons changed."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from screen_world import candidate, ground, paper, screened

from kg.errors import CriteriaError
from kg.model import Author
from kg.read.batch import read_batch
from kg.read.ris import parse_ris, split_ris
from kg.read.streams import open_source
from kg.screen import Decided, Reason, apply_reviews, parse_reviews, write_csv, write_jsonl, write_papers, write_ris

INCLUDED, EXCLUDED, OPEN = screened(1), screened(2, species=(ground("mouse"),)), screened(3, design=None)
THREE = [INCLUDED, EXCLUDED, OPEN]
WRITERS = {"x.ris": write_ris, "x.csv": write_csv, "x.jsonl": write_jsonl}


def back(text):
    return [parse_ris(frame) for frame in split_ris(open_source(io.BytesIO(text.encode())))]


def reviewed(text, name="x.ris"):
    return parse_reviews(text.encode(), location=name)


def applied(text, name="x.ris", screenings=THREE):
    return apply_reviews(screenings, reviewed(text, name))


# ------------------------------------------------------------ RIS out


def test_a_paper_comes_back_from_ris():
    full = paper(7, pmcid="PMC12", doi="10.1234/x(1)", keywords=("cord", "GVHD; chronic"), date="2019-03-20")
    (found,) = back(write_papers([full]))
    same = ("id", "pmid", "pmcid", "doi", "title", "authors", "first_author", "journal", "year", "date", "language", "keywords")
    assert {name: getattr(found, name) for name in same} == {name: getattr(full, name) for name in same}
    assert found.text == "METHODS: We gave MSCs to 40 patients with chronic GVHD.\nRESULTS: Twenty responded."


WORDS = st.text(st.characters(categories=("L", "N", "P", "S", "Zs", "Cc"), exclude_characters="<&"), min_size=1, max_size=40)


@given(WORDS, WORDS, st.integers(1900, 2100))
def test_no_word_of_a_paper_becomes_a_field(title, family, year):
    odd = paper(1, title=f"{title}\nER  - \nTY  - JOUR\nDO  - 10.9/evil", authors=(Author(family=family, given="A"),), year=year)
    (found,) = back(write_papers([odd]))
    assert (found.pmid, found.doi, found.year) == ("1", None, year)


def test_our_reader_takes_a_whole_file(tmp_path):
    path = tmp_path / "screening.ris"
    path.write_text(write_ris(THREE), encoding="utf-8")
    assert [outcome.paper.id for outcome in read_batch([path])] == ["pmid-1", "pmid-2", "pmid-3"]


@pytest.mark.parametrize(
    ("screening", "rayyan", "asreview"),
    [
        (INCLUDED, 'RAYYAN-INCLUSION: {"kg screen"=>"Included"}', "ASReview_relevant"),
        (EXCLUDED, 'RAYYAN-INCLUSION: {"kg screen"=>"Excluded"} | RAYYAN-EXCLUSION-REASONS: wrong species', "ASReview_irrelevant"),
        (OPEN, 'RAYYAN-INCLUSION: {"kg screen"=>"Maybe"}', "ASReview_not_seen"),
    ],
)
def test_notes_are_written_as_reviewers_tools_write_them(screening, rayyan, asreview):
    notes = [line.removeprefix("N1  - ") for line in write_ris([screening]).splitlines() if line.startswith("N1")]
    assert notes[:2] == [rayyan, asreview]
    assert "species: " in notes[2]


# ------------------------------------------------------------ rows out


def test_rows_say_what_each_decision_rests_on():
    rows = list(csv.DictReader(io.StringIO(write_csv(THREE))))
    assert [(row["paper"], row["decision"], row["reason"], row["rules"]) for row in rows] == [
        ("pmid-1", "include", "", "include"),
        ("pmid-2", "exclude", "wrong species", "exclude (wrong species)"),
        ("pmid-3", "maybe", "", "maybe"),
    ]
    assert "population meets: chronic graft-versus-host disease [“chronic GVHD” in the text at 42-54]" in rows[0]["evidence"]


def test_a_title_is_no_formula_in_a_spreadsheet():
    row = next(csv.DictReader(io.StringIO(write_csv([screened(record={"title": '=HYPERLINK("http://x")'})]))))
    assert row["title"].startswith("'=")


def test_json_lines_keep_the_evidence_in_full():
    first = json.loads(write_jsonl(THREE).splitlines()[0])
    assert (first["year"], first["pmcid"]) == (2019, None)
    assert {"value": "human", "label": "human", "origin": "text", "words": "patients", "start": 28, "end": 36} in [
        found for each in first["evidence"] for found in each["grounds"]
    ]


# ------------------------------------------------------------ in again


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_that_nobody_touched_changes_nothing(name):
    assert applied(WRITERS[name](THREE), name) == (THREE, [])


def test_a_changed_row_overrides_the_rules_and_keeps_what_they_said():
    rows = list(csv.reader(io.StringIO(write_csv(THREE))))
    head = rows[0]
    rows[1][head.index("decision")], rows[1][head.index("reason")] = "exclude", "wrong population"
    rows[1][head.index("note")] = "adults with SLE"
    rows[2][head.index("decision")], rows[2][head.index("reviewer")] = "include", "Ana"
    text = "\r\n".join(",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows)
    first, second, third = applied(text, "x.csv")[0]
    assert (first.decided, first.reason, first.by, first.note) == (Decided.EXCLUDE, Reason.POPULATION, "a reviewer", "adults with SLE")
    assert (second.decided, second.reason, second.by) == (Decided.INCLUDE, None, "Ana")
    assert (second.rules_decided, second.rules_reason, second.is_overruled) == (Decided.EXCLUDE, Reason.SPECIES, True)
    assert third == OPEN


def test_another_reason_alone_is_a_decision_too():
    line = json.loads(write_jsonl([EXCLUDED]))
    (found,) = applied(json.dumps({**line, "reason": "protocol"}), "x.jsonl", [EXCLUDED])[0]
    assert (found.reason, found.is_overruled) == (Reason.PROTOCOL, False)


def rayyan(inclusion, reasons=None, number=1):
    note = f"RAYYAN-INCLUSION: {{{inclusion}}}" + (f" | RAYYAN-EXCLUSION-REASONS: {reasons}" if reasons else "")
    return f"TY  - JOUR\nTI  - Stromal cells in patients with chronic GVHD, part {number}\nN1  - {note} | RAYYAN-LABELS: a,b\nER  -\n"


def test_decisions_of_rayyan_are_read_by_person():
    (found, *_) = applied(rayyan('"Ana"=>"Excluded", "Ben"=>"Undecided"', "foreign language, wrong drug"))[0]
    assert (found.decided, found.reason, found.by) == (Decided.EXCLUDE, Reason.LANGUAGE, "Ana")


def test_persons_who_disagree_leave_the_paper_for_a_third():
    (found, *_) = applied(rayyan('"Ana"=>"Excluded", "Ben"=>"Included"'))[0]
    assert (found.decided, found.reason, found.by) == (Decided.MAYBE, None, "Ana, Ben")
    assert (found.disagreement, found.is_overruled) == ("Ana: exclude; Ben: include", True)


def test_persons_who_agree_with_each_other_and_the_rules_overrule_nothing():
    (found, *_) = applied(rayyan('"Ana"=>"Included", "Ben"=>"Included"'))[0]
    assert (found.decided, found.by, found.is_overruled) == (Decided.INCLUDE, "Ana, Ben", False)


def test_a_notes_column_of_rayyan_is_read_too():
    text = 'key,title,notes\nr-1,"Stromal cells in patients with chronic GVHD, part 1","RAYYAN-INCLUSION: {""Ana""=>""Maybe""}"\n'
    assert applied(text, "articles.csv")[0][0].decided is Decided.MAYBE


@pytest.mark.parametrize(("label", "decided"), [("relevant", Decided.INCLUDE), ("irrelevant", Decided.EXCLUDE)])
def test_labels_of_asreview_are_read(label, decided):
    text = f"TY  - JOUR\nID  - x\nTI  - Other words\nDO  - 10.1234/x\nN1  - ASReview_{label}\nER  -\n"
    target = screened(5, record={"doi": "10.1234/x"}, design=None)
    assert applied(text, screenings=[target])[0][0].decided is decided


def test_a_record_that_asreview_has_not_shown_is_no_decision():
    assert reviewed("TY  - JOUR\nTI  - Some words that name it\nN1  - ASReview_not_seen\nER  -\n") == []


def test_an_excluding_person_without_a_reason_takes_that_of_the_rules_or_another():
    (first, second, _) = applied(rayyan('"Ana"=>"Excluded"') + rayyan('"Ana"=>"Excluded"', number=2))[0]
    assert (first.reason, second.reason) == (Reason.OTHER, Reason.SPECIES)


def test_a_duplicate_stays_one_whatever_a_person_says():
    from rdf_world import vocabulary
    from screen_world import ALL

    from kg.screen import screen_all

    two = screen_all([candidate(1), candidate(1)], ALL, vocabulary())
    assert [each.reason for each in applied(rayyan('"Ana"=>"Maybe"'), screenings=two)[0]] == [None, Reason.DUPLICATE]


def test_decisions_on_papers_that_are_not_there_are_told():
    found, unmatched = applied(rayyan('"Ana"=>"Included"', number=99))
    assert found == THREE
    assert [each.place for each in unmatched] == ["x.ris, record 1, Ana"]


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("paper,colour\n1,red\n", "x.csv", "has no decisions"),
        ("paper,decision\npmid-1,perhaps\n", "x.csv", r"x\.csv, line 2: 'perhaps' is no decision"),
        ('{"paper": "pmid-1"', "x.jsonl", r"x\.jsonl, line 1: is no JSON"),
        ("TY  - JOUR\nER  -\n", "x.ris", r"x\.ris, record 1"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_its_place(text, name, said):
    with pytest.raises(CriteriaError, match=said):
        reviewed(text, name)
