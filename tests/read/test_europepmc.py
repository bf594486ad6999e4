import json
from io import BytesIO
from typing import Any

import pytest

from kg.errors import NotAPaperError, ReadError
from kg.model import Author, MeshHeading, Notice, Paper, RelatedNotice, SectionLabel
from kg.read.outcome import Failed, Read
from kg.read.papers import read_papers, read_stream

RESULT: dict[str, Any] = {
    "id": "33",
    "source": "MED",
    "pmid": "33",
    "pmcid": "PMC44",
    "doi": "10.1000/E",
    "title": "Cells in <i>mice</i>.",
    "authorList": {
        "author": [
            {"fullName": "Doe J", "firstName": "Jane", "lastName": "Doe", "authorId": {"type": "ORCID", "value": "0000-0002-1825-0097"}},
            {"collectiveName": "Invented Group"},
        ]
    },
    "journalInfo": {"dateOfPublication": "2021 Feb", "journal": {"title": "Invented Cells"}},
    "pubYear": "2021",
    "abstractText": "<h4>Methods</h4>Mice got 2 × 10<sup>6</sup> cells.<h4>Results</h4><p>All lived (P <.05).</p>",
    "language": "eng",
    "pubTypeList": {"pubType": ["Retracted Publication", "Journal Article"]},
    "keywordList": {"keyword": ["mice", "cells"]},
    "meshHeadingList": {
        "meshHeading": [
            {
                "majorTopic_YN": "N",
                "descriptorName": "Mice",
                "meshQualifierList": {"meshQualifier": [{"qualifierName": "genetics", "majorTopic_YN": "Y"}]},
            }
        ]
    },
    "commentCorrectionList": {"commentCorrection": [{"id": "55", "source": "MED", "type": "Retraction in", "reference": "J Inv. 2022."}]},
    "license": "cc by",
}


def answer(*results: object, kind: str = "core") -> bytes:
    return json.dumps({"hitCount": len(results), "request": {"resultType": kind}, "resultList": {"result": results}}, indent=1).encode()


def read_one(result: object) -> Paper:
    (paper,) = read_papers(answer(result), location="x.json")
    return paper


def test_result_becomes_a_paper() -> None:
    paper = read_one(RESULT)
    assert (paper.id, paper.pmcid, paper.doi, paper.title) == ("pmid-33", "PMC44", "10.1000/e", "Cells in mice.")
    assert (paper.journal, paper.year, paper.date, paper.language) == ("Invented Cells", 2021, "2021-02", "en")
    assert (paper.keywords, paper.licence, paper.source_format) == (("mice", "cells"), "CC-BY", "europepmc")
    assert paper.authors == (Author(family="Doe", given="Jane", orcid="0000-0002-1825-0097"), Author(family="Invented Group"))
    assert paper.mesh == (MeshHeading(label="Mice", major=True, qualifiers=("genetics",)),)


def test_abstract_in_html_has_labels_and_sections() -> None:
    paper = read_one(RESULT)
    assert paper.text == "Methods: Mice got 2 × 10^6 cells.\nResults: All lived (P <.05)."
    assert [(each.label, each.start, each.end) for each in paper.sections] == [
        (SectionLabel.METHODS, 0, 33),
        (SectionLabel.RESULTS, 34, 62),
    ]


def test_retraction_is_a_notice() -> None:
    paper = read_one(RESULT)
    assert paper.notices == (RelatedNotice(kind=Notice.RETRACTION_IN, pmid="55", citation="J Inv. 2022."),)
    assert paper.is_retracted


def test_labels_inside_one_block_are_told_apart() -> None:
    assert read_one({**RESULT, "abstractText": "AIM: To see. RESULTS: Seen."}).text == "AIM: To see.\nRESULTS: Seen."


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ({"source": "PPR", "id": "PPR1", "doi": "10.1101/P"}, "doi-10.1101%2Fp"),
        ({"source": "PMC", "id": "PMC7"}, "pmcid-PMC7"),
        ({"source": "ETH", "id": "thesis 9"}, "ETH-thesis 9"),
    ],
)
def test_result_outside_pubmed_is_named_by_what_it_has(ids: dict[str, str], expected: str) -> None:
    bare = {key: value for key, value in RESULT.items() if key not in {"pmid", "pmcid", "doi"}}
    assert read_one({**bare, **ids}).id == expected


def test_missing_abstract_is_an_empty_text() -> None:
    assert read_one({key: value for key, value in RESULT.items() if key != "abstractText"}).text == ""


@pytest.mark.parametrize("kind", ["lite", "idlist"])
def test_answer_without_abstracts_is_no_paper(kind: str) -> None:
    with pytest.raises(NotAPaperError, match=f"resultType {kind}.*Ask with resultType=core"):
        read_papers(answer({"id": "1", "source": "MED"}, kind=kind), location="x.json")


def test_bare_result_of_a_search_is_no_paper() -> None:
    with pytest.raises(NotAPaperError, match=r"x\.json, result 1"):
        read_one({"id": "1", "source": "MED", "title": "T", "authorString": "Doe J"})


def test_answer_without_results_is_no_paper() -> None:
    with pytest.raises(NotAPaperError, match="holds no record"):
        read_papers(answer(), location="x.json")


def test_result_that_is_no_object_is_named() -> None:
    with pytest.raises(ReadError, match=r"x\.json, result 1: a JSON string, not an object"):
        read_one("33")


def test_results_one_a_line_are_read() -> None:
    lines = json.dumps(RESULT) + "\n" + json.dumps({**RESULT, "id": "34", "pmid": "34"}) + "\n"
    assert [paper.id for paper in read_papers(lines.encode(), location="x")] == ["pmid-33", "pmid-34"]


def test_half_a_character_costs_one_result() -> None:
    outcomes = list(read_stream(BytesIO(answer({**RESULT, "title": "a\ud800"}, {**RESULT, "id": "34", "pmid": "34"})), location="x.json"))
    assert [type(outcome) for outcome in outcomes] == [Failed, Read]
    assert isinstance(outcomes[0], Failed)
    assert outcomes[0].error.message == "half of a surrogate pair in a string"


def test_tags_without_end_do_not_exhaust_the_stack() -> None:
    assert read_one({**RESULT, "abstractText": "<sup>" * 20_000 + "up"}).text == "up"
