"""``docs/screening.md`` tells what the code does: its records, criteria, decisions, counts and reasons."""

import csv
import io
import re
from pathlib import Path

from rdf_world import vocabulary

from kg.extract.pipeline import build_extractor
from kg.model import Design
from kg.read.papers import read_papers
from kg.read.ris import parse_ris, split_ris
from kg.read.streams import open_source
from kg.screen import Reason, count_flow, flow_text, from_paper, parse_criteria, screen_all, write_csv, write_ris
from kg.screen.tables import evidence_words

PAGE = (Path(__file__).parents[2] / "docs" / "screening.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def screenings():
    (records,), (criteria,) = blocks("ris"), blocks("toml")
    extractor = build_extractor(vocabulary())
    papers = [parse_ris(frame) for frame in split_ris(open_source(io.BytesIO(records.encode())))]
    found = [from_paper(each, extractor.extract(each), source="export.ris", vocabulary=vocabulary()) for each in papers]
    return screen_all(found, parse_criteria(criteria.encode(), location="page", vocabulary=vocabulary()), vocabulary())


def test_the_example_is_decided_as_told():
    found = screenings()
    assert flow_text(count_flow(found)) in PAGE
    rows = [(row["paper"], row["decision"], row["reason"]) for row in csv.DictReader(io.StringIO(write_csv(found)))]
    assert "\n".join(["paper,decision,reason", *map(",".join, rows)]) in PAGE
    flat = " ".join(PAGE.split())
    assert " | ".join(map(evidence_words, found[-1].evidence)) in flat
    notes = [line for line in write_ris(found[3:4]).splitlines() if line.startswith("N1")]
    assert "\n".join(notes[:2]) in PAGE


def test_every_reason_is_told_in_order():
    rows = PAGE.split("| reason | |\n|---|---|\n")[1].split("\n\n")[0].splitlines()
    assert [row.strip("| ").split(" |")[0].strip() for row in rows] == [each.value for each in Reason]


def test_every_design_is_told():
    told = re.search(r"^\| `design` \| ([^|]*) \|", PAGE, re.MULTILINE)
    assert told is not None
    assert set(told[1].split(", ")) == {each.value for each in Design if each is not Design.OTHER}


def test_the_records_are_papers_of_our_own():
    (records,) = blocks("ris")
    assert records.count("TY  - ") == 5
    assert read_papers(records.encode(), location="page")
