import pytest

from kg.errors import ReadError
from kg.model import Author, Notice, OtherAbstract, Paper, Registration, RelatedNotice, SectionLabel, TextKind
from kg.read.papers import read_papers

NAMESPACES = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML"'
IDS = """<article-id pub-id-type="pmid">11</article-id><article-id pub-id-type="pmc">22</article-id>
  <article-id pub-id-type="publisher-id">z</article-id><article-id pub-id-type="doi">10.1000/J</article-id>"""


def article(meta: str = "", *, body: str = "", attributes: str = 'article-type="research-article" xml:lang="en"', ids: str = IDS) -> bytes:
    title = "<title-group><article-title>Cells<xref ref-type='fn'>*</xref> in <italic>mice</italic></article-title></title-group>"
    journal = "<journal-meta><journal-title-group><journal-title>Invented Cells</journal-title></journal-title-group></journal-meta>"
    front = f"<front>{journal}<article-meta>{ids}{title}{meta}</article-meta></front>"
    return f"<article {NAMESPACES} {attributes}>{front}<body>{body}</body></article>".encode()


def read_one(data: bytes, *, body: bool = False) -> Paper:
    (paper,) = read_papers(data, location="x.nxml", body=body)
    return paper


def test_front_matter_becomes_a_paper() -> None:
    paper = read_one(article())
    assert (paper.id, paper.pmid, paper.pmcid, paper.doi) == ("pmid-11", "11", "PMC22", "10.1000/j")
    assert (paper.title, paper.journal, paper.language, paper.text) == ("Cells in mice", "Invented Cells", "en", "")
    assert (paper.publication_types, paper.source_format, paper.text_kind) == (("Journal Article",), "jats", TextKind.ABSTRACT)


def test_structured_abstract_has_sections() -> None:
    meta = """<abstract><title>Abstract</title><sec><title>Methods:</title><p>Mice got 10<sup>6</sup> cells.</p><p>Or none.</p></sec>
      <sec><title>Results</title><p>All lived.</p></sec>
      <sec><title>Electronic supplementary material</title><p>See online.</p></sec></abstract>"""
    paper = read_one(article(meta))
    assert paper.text == "Methods: Mice got 10^6 cells.\nOr none.\nResults: All lived."
    assert [(each.label, paper.text[each.start : each.end]) for each in paper.sections] == [
        (SectionLabel.METHODS, "Methods: Mice got 10^6 cells.\nOr none."),
        (SectionLabel.RESULTS, "Results: All lived."),
    ]


def test_bold_run_in_headings_are_labels() -> None:
    results = "<p><bold>Results</bold>: We <bold>saw</bold>.</p>"
    meta = f"<abstract><p><bold>Aim:</bold> To see.</p>{results}<p><bold>GVHD</bold> is bad.</p></abstract>"
    paper = read_one(article(meta))
    assert paper.text == "Aim: To see.\nResults: We saw.\nGVHD is bad."
    assert [each.label for each in paper.sections] == [SectionLabel.OBJECTIVE, SectionLabel.RESULTS]


@pytest.mark.parametrize("kind", ["graphical", "teaser", "toc", "key-points", "plain-language-summary"])
def test_graphical_and_teaser_abstracts_are_not_the_abstract(kind: str) -> None:
    aside = f'<abstract abstract-type="{kind}"><p>Look!</p></abstract>'
    other = (OtherAbstract(language="en", source=kind, text="Look!"),)
    both = read_one(article(aside + "<abstract><p>We saw.</p></abstract>"))
    assert (both.text, both.other_abstracts) == ("We saw.", other)
    alone = read_one(article(aside))
    assert (alone.text, alone.other_abstracts) == ("", other)


def test_abstract_in_english_goes_before_other_languages() -> None:
    meta = """<abstract xml:lang="es"><p>Vimos.</p></abstract><trans-abstract xml:lang="en"><p>We saw.</p></trans-abstract>
      <trans-abstract xml:lang="fr"><p>On a vu.</p></trans-abstract>"""
    paper = read_one(article(meta, attributes='xml:lang="es"'))
    assert (paper.language, paper.text) == ("es", "We saw.")
    assert paper.other_abstracts == (OtherAbstract(language="es", text="Vimos."), OtherAbstract(language="fr", text="On a vu."))


BODY = """<sec><title>Results</title><p>Ten mice<xref ref-type="bibr">3</xref> lived.</p>
  <table-wrap><table><tr><td>99</td></tr></table></table-wrap><fig><caption><p>Mice.</p></caption></fig>
  <sec><title>Weight</title><p>It rose.</p></sec></sec><sec><title>Mesenchymal cells for patients with GVHD</title><p>Many.</p></sec>"""


def test_body_is_read_where_asked() -> None:
    meta = "<abstract><p>We saw.</p></abstract>"
    assert read_one(article(meta, body=BODY)).text == "We saw."
    paper = read_one(article(meta, body=BODY), body=True)
    assert paper.text_kind is TextKind.FULL_TEXT
    lines = ["We saw.", "Results: Ten mice [3] lived.", "Weight: It rose.", "Mesenchymal cells for patients with GVHD: Many."]
    assert paper.text == "\n".join(lines)
    assert [(each.label, paper.text[each.start : each.end]) for each in paper.sections] == [
        (SectionLabel.RESULTS, lines[1]),
        (SectionLabel.RESULTS, lines[2]),
    ]


def test_article_without_body_stays_an_abstract() -> None:
    assert read_one(article("<abstract><p>We saw.</p></abstract>"), body=True).text_kind is TextKind.ABSTRACT


def test_authors_are_people_and_groups() -> None:
    meta = """<contrib-group><contrib contrib-type="author"><contrib-id contrib-id-type="orcid">https://orcid.org/0000-0002-1825-0097</contrib-id>
      <name><surname>Doe</surname><given-names>Jane</given-names><suffix>II</suffix></name><xref ref-type="aff">1</xref></contrib>
      <contrib contrib-type="author"><collab>Invented Group<contrib-group><contrib><name><surname>Member</surname></name></contrib>
      </contrib-group></collab></contrib>
      <contrib contrib-type="editor"><name><surname>Editor</surname></name></contrib></contrib-group>"""
    assert read_one(article(meta)).authors == (
        Author(family="Doe II", given="Jane", orcid="0000-0002-1825-0097"),
        Author(family="Invented Group"),
    )


@pytest.mark.parametrize(
    ("dates", "iso", "printed"),
    [
        ('<pub-date pub-type="epub"><day>3</day><month>2</month><year>2017</year></pub-date>'
         '<pub-date pub-type="ppub"><month>6</month><year>2018</year></pub-date>',
         "2018-06", None),
        ('<pub-date pub-type="collection"><year>2017</year></pub-date>'
         '<pub-date pub-type="epub"><day>3</day><month>2</month><year>2017</year></pub-date>',
         "2017-02-03", None),
        ('<pub-date pub-type="ppub"><season>Spring</season><year>2009</year></pub-date>', "2009", "2009 Spring"),
        ('<pub-date pub-type="pmc-release"><year>2019</year></pub-date>'
         '<pub-date date-type="pub" publication-format="electronic" iso-8601-date="2018-05-04"/>',
         "2018-05-04", None),
        ("", None, None),
    ],
)  # fmt: skip
def test_date_is_that_of_the_issue(dates: str, iso: str | None, printed: str | None) -> None:
    paper = read_one(article(dates))
    assert (paper.date, paper.date_printed) == (iso, printed)


@pytest.mark.parametrize(
    "licence",
    [
        '<license xlink:href="http://creativecommons.org/licenses/by/4.0/"><license-p>Free.</license-p></license>',
        '<license><ali:license_ref xmlns:ali="http://www.niso.org/schemas/ali/1.0/">https://creativecommons.org/licenses/by/4.0/</ali:license_ref></license>',
        '<license license-type="open-access"><license-p>Under (<ext-link xlink:href="http://creativecommons.org/licenses/by/4.0/">this</ext-link>)'
        ', and <ext-link xlink:href="http://creativecommons.org/publicdomain/zero/1.0/">that</ext-link> for data.</license-p></license>',
    ],
)
def test_licence_is_found_wherever_it_is_linked(licence: str) -> None:
    assert read_one(article(f"<permissions>{licence}</permissions>")).licence == "CC-BY-4.0"


def test_licence_without_address_is_unknown() -> None:
    assert (
        read_one(article("<permissions><license license-type='open-access'><license-p>Free.</license-p></license></permissions>")).licence
        is None
    )


@pytest.mark.parametrize(
    ("kind", "notice"),
    [
        ("retracted-article", Notice.RETRACTION_OF),
        ("retraction-forward", Notice.RETRACTION_IN),
        ("corrected-article", Notice.ERRATUM_FOR),
        ("commentary-article", Notice.COMMENT_ON),
        ("companion", Notice.OTHER),
    ],
)
def test_related_articles_are_notices(kind: str, notice: Notice) -> None:
    meta = f"""<related-article related-article-type="{kind}" ext-link-type="doi" xlink:href="10.1000/R"/>
      <related-article related-article-type="{kind}" ext-link-type="pubmed" xlink:href="44"/>"""
    assert read_one(article(meta)).notices == (RelatedNotice(kind=notice, doi="10.1000/r"), RelatedNotice(kind=notice, pmid="44"))


def test_correction_has_the_publication_type_of_pubmed() -> None:
    assert read_one(article(attributes='article-type="correction"')).publication_types == ("Published Erratum",)


def test_keywords_leave_abbreviations_and_other_languages_out() -> None:
    meta = """<kwd-group xml:lang="en"><kwd>MSC</kwd><kwd>10<sup>6</sup></kwd></kwd-group>
      <kwd-group xml:lang="fr"><kwd>greffe</kwd></kwd-group>
      <kwd-group kwd-group-type="abbreviations"><kwd>BM</kwd></kwd-group>"""
    assert read_one(article(meta)).keywords == ("MSC", "10^6")


def test_linked_registration_is_kept() -> None:
    meta = '<related-object document-id="NCT00000003" document-id-type="clinical-trial-number"/>'
    assert read_one(article(meta)).registrations == (Registration(number="NCT00000003", registry="ClinicalTrials.gov"),)


def test_set_of_articles_with_namespaces_on_the_root_is_read() -> None:
    one = article().decode().replace(NAMESPACES, "", 1)
    two = article(ids='<article-id pub-id-type="pmcid">PMC9</article-id>').decode().replace(NAMESPACES, "", 1)
    linked = one.replace("</article-meta>", '<related-article related-article-type="companion" xlink:href="10.1000/q"/></article-meta>')
    data = f'<?xml version="1.0"?><!DOCTYPE pmc-articleset PUBLIC "x" "y.dtd"><pmc-articleset {NAMESPACES}>{linked}\n{two}</pmc-articleset>'
    assert [paper.id for paper in read_papers(data.encode(), location="x")] == ["pmid-11", "pmcid-PMC9"]


def test_default_namespace_is_looked_through() -> None:
    data = article("<abstract><p>We saw.</p></abstract>", attributes='xmlns="https://jats.nlm.nih.gov/ns/archiving/1.3/"')
    assert read_one(data).text == "We saw."


def test_article_without_front_matter_is_an_error() -> None:
    with pytest.raises(ReadError, match=r"x\.nxml, record 1: no front matter"):
        read_one(b"<article><body><p>Hi.</p></body></article>")
