import pytest

from kg.errors import ReadError
from kg.model import Author, MeshHeading, Notice, OtherAbstract, Registration, RelatedNotice, SectionLabel
from kg.read.papers import read_papers

RECORD = """
PMID- 61
OWN - NLM
DP  - 2002 Sep 3
TI  - Cells in mice: a study with a title that runs over
      two lines.
LID - S000-1 [pii]
LID - 10.1000/M [doi]
AB  - BACKGROUND: Mice fall ill. METHODS: Mice got 2 x 10(6) cells. They
      were weighed. RESULTS: All lived (P<.05).
CI  - Copyright.
FAU - Doe, Jane A
AU  - Doe JA
AUID- ORCID: 0000000218250097
FAU - van der Roe, Rick
AU  - van der Roe R
CN  - Invented Group
LA  - eng
LA  - ger
SI  - ClinicalTrials.gov/NCT00000004
SI  - GENBANK/AB000001
PT  - Journal Article
PT  - Retracted Publication
TA  - Inv Cells
JT  - Invented cells
MH  - *Graft vs Host Disease/mortality/*prevention & control
MH  - Humans
OT  - *mice
OT  - cells
PMC - PMC62
RIN - Inv Cells. 2003;1:2. doi: 10.1000/R. PMID: 63
OAB - Publisher: Maus.
OABL- ger
SO  - Inv Cells. 2002.
"""


def test_record_becomes_a_paper() -> None:
    (paper,) = read_papers(RECORD.encode(), location="x.nbib")
    assert (paper.id, paper.pmcid, paper.doi) == ("pmid-61", "PMC62", "10.1000/m")
    assert paper.title == "Cells in mice: a study with a title that runs over two lines."
    assert (paper.journal, paper.date, paper.language) == ("Invented cells", "2002-09-03", "en")
    assert paper.authors == (
        Author(family="Doe", given="Jane A", orcid="0000-0002-1825-0097"),
        Author(family="van der Roe", given="Rick"),
        Author(family="Invented Group"),
    )
    assert paper.mesh == (
        MeshHeading(label="Graft vs Host Disease", major=True, qualifiers=("mortality", "prevention & control")),
        MeshHeading(label="Humans"),
    )
    assert (paper.keywords, paper.publication_types) == (("mice", "cells"), ("Journal Article", "Retracted Publication"))
    assert paper.registrations == (Registration(number="NCT00000004", registry="ClinicalTrials.gov"),)
    assert paper.notices == (
        RelatedNotice(kind=Notice.RETRACTION_IN, pmid="63", doi="10.1000/r", citation="Inv Cells. 2003;1:2. doi: 10.1000/R."),
    )
    assert paper.other_abstracts == (OtherAbstract(language="de", source="Publisher", text="Maus."),)


def test_labels_in_the_abstract_become_sections() -> None:
    (paper,) = read_papers(RECORD.encode(), location="x.nbib")
    assert paper.text == ("BACKGROUND: Mice fall ill.\nMETHODS: Mice got 2 x 10(6) cells. They were weighed.\nRESULTS: All lived (P<.05).")
    assert [each.label for each in paper.sections] == [SectionLabel.BACKGROUND, SectionLabel.METHODS, SectionLabel.RESULTS]


def test_same_abstract_from_xml_and_from_medline_is_the_same_text() -> None:
    xml = """<PubmedArticle><MedlineCitation><PMID>61</PMID><Article><Abstract><AbstractText Label="AIM">To see.</AbstractText>
      <AbstractText Label="RESULTS">Seen.</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>"""
    nbib = "PMID- 61\nAB  - AIM: To see. RESULTS:\n      Seen.\n"
    (from_xml,), (from_nbib,) = read_papers(xml.encode(), location="x"), read_papers(nbib.encode(), location="y")
    assert from_xml.sha256 == from_nbib.sha256
    assert from_xml.sections == from_nbib.sections


def test_windows_line_ends_and_two_records_are_read() -> None:
    data = (RECORD + RECORD.replace("PMID- 61", "PMID- 64")).replace("\n", "\r\n").encode()
    assert [paper.id for paper in read_papers(data, location="x")] == ["pmid-61", "pmid-64"]


def test_bytes_that_are_not_utf8_are_named_with_their_record() -> None:
    data = b"PMID- 1\nTI  - Fine.\n\nPMID- 2\nTI  - Zach\xe9e.\n"
    with pytest.raises(ReadError, match=r"x, record 2 \(PMID 2\): byte 0xe9 at position 18 is not UTF-8\. Save the file as UTF-8"):
        read_papers(data, location="x")
