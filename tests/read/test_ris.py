from io import BytesIO

import pytest

from kg.model import Author, SectionLabel
from kg.read.outcome import Failed, Read
from kg.read.papers import read_papers, read_stream

RECORD = """TY  - JOUR
AU  - Doe, Jane
AU  - Invented Group
PY  - 2019
DA  - 2019/05/06/
TI  - Cells in mice
JO  - Inv Cells
DO  - https://doi.org/10.1000/S
AB  - Background: Mice fall ill. Results: All lived, 10<sup>6</sup> cells
being enough.
KW  - mice
KW  - cells
LA  - English
UR  - https://pubmed.ncbi.nlm.nih.gov/71/
ER  - 
"""  # noqa: W291


def test_record_becomes_a_paper() -> None:
    (paper,) = read_papers(RECORD.encode(), location="x.ris")
    assert (paper.id, paper.doi, paper.title, paper.journal) == ("pmid-71", "10.1000/s", "Cells in mice", "Inv Cells")
    assert (paper.date, paper.language, paper.keywords) == ("2019-05-06", "en", ("mice", "cells"))
    assert paper.authors == (Author(family="Doe", given="Jane"), Author(family="Invented Group"))
    assert paper.publication_types == ("Journal Article",)
    assert paper.text == "Background: Mice fall ill.\nResults: All lived, 10^6 cells being enough."
    assert [each.label for each in paper.sections] == [SectionLabel.BACKGROUND, SectionLabel.RESULTS]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("DO  - 10.1000/T", "doi-10.1000%2Ft"),
        ("AN  - 72\nDB  - PubMed", "pmid-72"),
        ("AN  - 72\nDB  - Embase\nDO  - 10.1000/T", "doi-10.1000%2Ft"),
        ("N1  - PMID: 73", "pmid-73"),
        ("C2  - PMC74", "pmcid-PMC74"),
        ("UR  - https://doi.org/10.1000/u", "doi-10.1000%2Fu"),
    ],
)
def test_identifier_is_looked_for_where_exporters_put_it(lines: str, expected: str) -> None:
    (paper,) = read_papers(f"TY  - JOUR\nT1  - T\n{lines}\nER  - \n".encode(), location="x")
    assert paper.id == expected


def test_year_of_the_paper_goes_before_the_date_of_access() -> None:
    (paper,) = read_papers(b"TY  - JOUR\nDO  - 10.1000/t\nPY  - 2018\nDA  - 2021/01/01\nER  -\n", location="x")
    assert (paper.year, paper.date) == (2018, "2018")


def test_record_without_end_is_damaged_and_the_others_are_read() -> None:
    cut = "TY  - JOUR\nDO  - 10.1000/a\nAB  - All li\n"
    whole = "TY  - JOUR\nDO  - 10.1000/b\nER  - \n"
    outcomes = list(read_stream(BytesIO(f"{cut}{whole}{cut}".encode()), location="x.ris"))
    assert [type(outcome) for outcome in outcomes] == [Failed, Read, Failed]
    errors = [str(outcome.error) for outcome in outcomes if isinstance(outcome, Failed)]
    assert errors == [f"x.ris, record {number}: no ER  - line: the record is truncated" for number in (1, 3)]


def test_line_outside_any_record_is_named() -> None:
    outcomes = list(read_stream(BytesIO(b"TY  - JOUR\nDO  - 10.1000/a\nER  - \nstray\n"), location="x.ris"))
    assert [type(outcome) for outcome in outcomes] == [Read, Failed]
    assert isinstance(outcomes[1], Failed)
    assert str(outcomes[1].error) == "x.ris, line 4: a line that belongs to no record"
