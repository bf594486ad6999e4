from io import BytesIO

import pytest

from kg.errors import NotAPaperError, ReadError
from kg.model import Author, MeshHeading, Notice, OtherAbstract, Paper, Registration, RelatedNotice, SectionLabel
from kg.read.papers import read_papers, read_stream

ARTICLE = """
<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>
<Article PubModel="Print">
<Journal><JournalIssue><PubDate>{date}</PubDate></JournalIssue><Title>Journal of made-up trials</Title></Journal>
<ArticleTitle>{title}</ArticleTitle>{article}
<Language>eng</Language>
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList>
</Article>{citation}</MedlineCitation>{data}</PubmedArticle>"""


def article(
    pmid: str = "1", *, date: str = "<Year>2016</Year>", title: str = "A trial.", inside: str = "", citation: str = "", data: str = ""
) -> str:
    return ARTICLE.format(pmid=pmid, date=date, title=title, article=inside, citation=citation, data=data)


def answer(*articles: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><PubmedArticleSet>{"".join(articles)}</PubmedArticleSet>'.encode()


def read_one(record: str) -> Paper:
    (paper,) = read_papers(answer(record), location="x.xml")
    return paper


def test_structured_abstract_keeps_labels_and_sections() -> None:
    abstract = """<Abstract>
      <AbstractText Label="PURPOSE" NlmCategory="OBJECTIVE">Do cells help?</AbstractText>
      <AbstractText Label="PATIENTS AND METHODS" NlmCategory="METHODS">2&#x2009;&#xd7;&#x2009;10<sup>6</sup>
         cells/kg were given.</AbstractText>
      <AbstractText Label="RESULTS" NlmCategory="RESULTS"/>
      <AbstractText Label="TRIAL REGISTRATION" NlmCategory="UNASSIGNED">None.</AbstractText>
      <CopyrightInformation>Nobody.</CopyrightInformation></Abstract>"""
    paper = read_one(article(inside=abstract))
    assert paper.text == "PURPOSE: Do cells help?\nPATIENTS AND METHODS: 2 × 10^6 cells/kg were given.\nTRIAL REGISTRATION: None."
    assert [(section.label, section.start, section.end) for section in paper.sections] == [
        (SectionLabel.OBJECTIVE, 0, 23),
        (SectionLabel.METHODS, 24, 75),
    ]


def test_plain_abstract_has_no_sections() -> None:
    paper = read_one(article(inside="<Abstract><AbstractText>We gave <i>nothing</i>.</AbstractText></Abstract>"))
    assert (paper.text, paper.sections) == ("We gave nothing.", ())


def test_missing_abstract_is_an_empty_text() -> None:
    assert read_one(article()).text == ""


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("Grade II&#x2013;IV <i>acute</i> GVHD.", "Grade II–IV acute GVHD."),
        ("[Translated title of a German paper].", "[Translated title of a German paper]."),
        ("1 &#xd7; 10<sup>6</sup> cells.", "1 × 10^6 cells."),
    ],
)
def test_title_keeps_its_brackets_and_loses_its_markup(printed: str, title: str) -> None:
    assert read_one(article(title=printed)).title == title


def test_vernacular_title_stands_in_for_a_missing_one() -> None:
    assert read_one(article(title="", inside="<VernacularTitle>Eine Studie</VernacularTitle>")).title == "Eine Studie"


@pytest.mark.parametrize(
    ("date", "year", "iso", "printed"),
    [
        ("<Year>2016</Year><Month>Aug</Month><Day>20</Day>", 2016, "2016-08-20", None),
        ("<Year>2016</Year><Month>08</Month>", 2016, "2016-08", None),
        ("<Year>1990</Year><Season>Spring</Season>", 1990, "1990", "1990 Spring"),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", 1998, "1998", "1998 Dec-1999 Jan"),
    ],
)
def test_date_keeps_seasons_and_ranges(date: str, year: int, iso: str, printed: str | None) -> None:
    paper = read_one(article(date=date))
    assert (paper.year, paper.date, paper.date_printed) == (year, iso, printed)


def test_electronic_date_stands_in_for_a_missing_issue_date() -> None:
    inside = '<ArticleDate DateType="Electronic"><Year>2017</Year><Month>07</Month><Day>03</Day></ArticleDate>'
    assert read_one(article(date="", inside=inside)).date == "2017-07-03"


def test_authors_are_people_and_groups_with_orcid() -> None:
    inside = """<AuthorList CompleteYN="Y">
      <Author ValidYN="Y"><LastName>Doe</LastName><ForeName>Jane A</ForeName><Initials>JA</Initials><Suffix>Jr</Suffix>
        <Identifier Source="ORCID">https://orcid.org/0000-0002-1825-0097</Identifier></Author>
      <Author ValidYN="N"><LastName>Deo</LastName></Author>
      <Author ValidYN="Y"><LastName>Roe</LastName><Initials>R</Initials></Author>
      <Author ValidYN="Y"><CollectiveName>Invented Study Group</CollectiveName></Author></AuthorList>"""
    paper = read_one(article(inside=inside))
    assert paper.authors == (
        Author(family="Doe Jr", given="Jane A", orcid="0000-0002-1825-0097"),
        Author(family="Roe", given="R"),
        Author(family="Invented Study Group"),
    )
    assert paper.first_author == "Doe Jr"


def test_only_trial_registers_of_the_databank_list_are_registrations() -> None:
    inside = """<DataBankList>
      <DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList><AccessionNumber>NCT00000001</AccessionNumber>
        <AccessionNumber>NCT00000002</AccessionNumber></AccessionNumberList></DataBank>
      <DataBank><DataBankName>GENBANK</DataBankName><AccessionNumberList><AccessionNumber>AB000001</AccessionNumber>
        </AccessionNumberList></DataBank></DataBankList>"""
    assert read_one(article(inside=inside)).registrations == (
        Registration(number="NCT00000001", registry="ClinicalTrials.gov"),
        Registration(number="NCT00000002", registry="ClinicalTrials.gov"),
    )


def test_mesh_heading_is_major_when_a_qualifier_is() -> None:
    citation = """<MeshHeadingList><MeshHeading><DescriptorName UI="D006086" MajorTopicYN="N">Graft vs Host Disease</DescriptorName>
      <QualifierName UI="Q000517" MajorTopicYN="Y">prevention &amp; control</QualifierName>
      <QualifierName UI="Q000401" MajorTopicYN="N">mortality</QualifierName></MeshHeading>
      <MeshHeading><DescriptorName UI="D006801" MajorTopicYN="N">Humans</DescriptorName></MeshHeading></MeshHeadingList>"""
    assert read_one(article(citation=citation)).mesh == (
        MeshHeading(ui="D006086", label="Graft vs Host Disease", major=True, qualifiers=("prevention & control", "mortality")),
        MeshHeading(ui="D006801", label="Humans"),
    )


@pytest.mark.parametrize(
    ("ref_type", "kind"),
    [
        ("RetractionIn", Notice.RETRACTION_IN),
        ("RetractionOf", Notice.RETRACTION_OF),
        ("PartialRetractionIn", Notice.PARTIAL_RETRACTION_IN),
        ("ExpressionOfConcernIn", Notice.EXPRESSION_OF_CONCERN_IN),
        ("ErratumIn", Notice.ERRATUM_IN),
        ("ErratumFor", Notice.ERRATUM_FOR),
        ("CorrectedandRepublishedFrom", Notice.CORRECTED_AND_REPUBLISHED_FROM),
        ("RetractedandRepublishedIn", Notice.RETRACTED_AND_REPUBLISHED_IN),
        ("UpdateOf", Notice.UPDATE_OF),
        ("CommentOn", Notice.COMMENT_ON),
        ("Cites", Notice.CITES),
        ("SummaryForPatientsIn", Notice.OTHER),
    ],
)
def test_notice_has_the_kind_of_its_ref_type(ref_type: str, kind: Notice) -> None:
    citation = f"""<CommentsCorrectionsList><CommentsCorrections RefType="{ref_type}">
      <RefSource>J Trials. 2017;1:2. doi: 10.1000/X.7</RefSource>
      <PMID Version="1">99</PMID></CommentsCorrections></CommentsCorrectionsList>"""
    paper = read_one(article(citation=citation))
    assert paper.notices == (RelatedNotice(kind=kind, pmid="99", doi="10.1000/x.7", citation="J Trials. 2017;1:2. doi: 10.1000/X.7"),)
    assert paper.is_retracted is (kind is Notice.RETRACTION_IN)


def test_abstracts_in_other_languages_stay_apart() -> None:
    citation = """<OtherAbstract Type="Publisher" Language="fre"><AbstractText Label="BUT">Aider.</AbstractText></OtherAbstract>
      <OtherAbstract Type="plain-language-summary" Language="eng"><AbstractText>It helps.</AbstractText></OtherAbstract>"""
    paper = read_one(article(inside="<Abstract><AbstractText>Main.</AbstractText></Abstract>", citation=citation))
    assert paper.text == "Main."
    assert paper.other_abstracts == (
        OtherAbstract(language="fr", source="Publisher", text="BUT: Aider."),
        OtherAbstract(language="en", source="plain-language-summary", text="It helps."),
    )


def test_identifiers_are_its_own_and_not_those_of_its_references() -> None:
    data = """<PubmedData><ArticleIdList><ArticleId IdType="pubmed">7</ArticleId><ArticleId IdType="pmc">PMC70</ArticleId>
      <ArticleId IdType="doi">10.1000/OWN</ArticleId></ArticleIdList>
      <ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.1000/other</ArticleId></ArticleIdList></Reference></ReferenceList>
      </PubmedData>"""
    paper = read_one(article("7", data=data))
    assert (paper.id, paper.pmid, paper.pmcid, paper.doi) == ("pmid-7", "7", "PMC70", "10.1000/own")


def test_invalid_location_is_not_taken_for_the_doi() -> None:
    inside = (
        '<ELocationID EIdType="doi" ValidYN="N">10.1000/bad</ELocationID><ELocationID EIdType="doi" ValidYN="Y">10.1000/good</ELocationID>'
    )
    assert read_one(article(inside=inside)).doi == "10.1000/good"


def test_book_record_is_a_paper() -> None:
    book = """<PubmedBookArticle><BookDocument><PMID Version="1">5</PMID>
      <ArticleIdList><ArticleId IdType="bookaccession">NBK1</ArticleId></ArticleIdList>
      <Book><BookTitle book="b">Made-up handbook</BookTitle><PubDate><Year>1993</Year></PubDate>
        <AuthorList Type="editors"><Author><LastName>Editor</LastName></Author></AuthorList></Book>
      <ArticleTitle>A chapter</ArticleTitle><Language>eng</Language>
      <AuthorList Type="editors"><Author><LastName>Second</LastName></Author></AuthorList>
      <AuthorList Type="authors"><Author><LastName>Doe</LastName><ForeName>J</ForeName></Author></AuthorList>
      <PublicationType UI="D016454">Review</PublicationType>
      <Abstract><AbstractText Label="SUMMARY">Nothing.</AbstractText></Abstract>
      <ContributionDate><Year>2010</Year><Month>May</Month></ContributionDate></BookDocument></PubmedBookArticle>"""
    paper = read_one(book)
    assert (paper.id, paper.title, paper.journal, paper.date) == ("pmid-5", "A chapter", "Made-up handbook", "2010-05")
    assert (paper.text, paper.publication_types) == ("SUMMARY: Nothing.", ("Review",))
    assert paper.authors == (Author(family="Doe", given="J"),)


def test_old_baseline_layout_is_read() -> None:
    record = article("3").partition("<PubmedArticle>")[2].partition("</PubmedArticle>")[0]
    data = f"<MedlineCitationSet>{record}</MedlineCitationSet>".encode()
    assert [paper.id for paper in read_papers(data, location="old.xml")] == ["pmid-3"]


def test_deleted_records_are_named_as_no_paper() -> None:
    data = answer(article(), "<DeleteCitation><PMID>8</PMID><PMID>9</PMID></DeleteCitation>")
    with pytest.raises(NotAPaperError, match=r"x\.xml, record 2 \(PMID 8\): a list of 2 deleted records"):
        read_papers(data, location="x.xml")


def test_record_without_pmid_is_an_error() -> None:
    with pytest.raises(ReadError, match=r"x\.xml, record 1: no PMID"):
        read_papers(answer(article("")), location="x.xml")


def test_same_bytes_give_the_same_papers() -> None:
    data = answer(article("1"), article("2"))
    assert list(read_stream(BytesIO(data), location="x")) == list(read_stream(BytesIO(data), location="x"))
