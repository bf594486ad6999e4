from kg.bundled import SAMPLE_NOTICE
from kg.model import Direction, Extraction, Finding, FindingKind, Outcome, Paper, Span, Term, TermKind, TextKind
from kg.report import BuildReport, Failure, OutcomeRow, Trouble, Unmapped, render_report, summarise


def paper(name, **fields):
    return Paper(**({"id": name, "text": "Relapse fell.", "source_format": "ris", "sha256": "0" * 64} | fields))


def finding(label, direction, concept="relapse"):
    return Finding(
        kind=FindingKind.EFFECT,
        outcome=Outcome(start=0, end=7, text="Relapse", label=label, concept=concept),
        direction=direction,
        evidence=Span(start=0, end=13),
    )


def extraction(name, *findings, terms=(), reason=None):
    return Extraction(id=name, paper=name, findings=findings, terms=terms, no_findings_reason=reason)


def report_on(*pairs, failures=()):
    return summarise(pairs, triples=7, seconds=1.5, failures=failures)


def test_findings_are_counted_by_direction_and_outcome():
    report = report_on(
        (paper("a"), extraction("a", finding("relapse", Direction.DECREASED), finding("death", Direction.REPORTED))),
        (paper("b"), extraction("b", finding("relapse", Direction.INCREASED))),
    )
    counts = {Direction.INCREASED: 1, Direction.DECREASED: 1, Direction.NO_DIFFERENCE: 0, Direction.REPORTED: 1, Direction.UNCLEAR: 0}
    assert (report.papers, report.findings) == (2, counts)
    assert report.outcomes[0] == OutcomeRow("relapse", 2, dict.fromkeys(Direction, 0) | {Direction.DECREASED: 1, Direction.INCREASED: 1})
    assert [row.label for row in report.outcomes] == ["relapse", "death"]


def test_phrases_without_a_concept_are_listed_with_the_papers_that_use_them():
    odd = Term(start=0, end=7, text="Relapse", kind=TermKind.DRUG, label="oddmab")
    report = report_on(
        (paper("a"), extraction("a", finding("lung score", Direction.REPORTED, concept=None), terms=(odd, odd))),
        (paper("b"), extraction("b", terms=(odd,))),
    )
    assert report.unmapped == (Unmapped("drug", "oddmab", 2), Unmapped("outcome", "lung score", 1))


def test_a_paper_without_findings_says_why():
    report = report_on((paper("a", title="A plan"), extraction("a", reason="protocol")), (paper("b"), extraction("b")))
    assert report.without_findings == (("a", "A plan", "protocol"), ("b", "", "nothing recognised"))


def test_a_skipped_file_leaves_the_build_complete():
    assert report_on(failures=[Failure(Trouble.SKIPPED, "x", "a link list")]).is_complete
    assert not report_on(failures=[Failure(Trouble.SKIPPED, "x", "a"), Failure(Trouble.FAILED, "y", "b")]).is_complete
    assert not report_on(failures=[Failure(Trouble.REFUSED, "y", "b")]).is_complete


def test_the_page_names_every_failure():
    failures = [Failure(Trouble.FAILED, "a.xml, record 3", "not well formed"), Failure(Trouble.REFUSED, "pmid-1", "1x no text")]
    text = render_report(report_on(failures=failures))
    assert "| failed | a.xml, record 3 | not well formed |" in text
    assert "| refused | pmid-1 | 1x no text |" in text


def test_a_digest_brings_the_sample_notice():
    assert SAMPLE_NOTICE in render_report(report_on((paper("a", text_kind=TextKind.DIGEST), extraction("a"))))
    assert SAMPLE_NOTICE not in render_report(report_on((paper("a"), extraction("a"))))


def test_a_title_is_text_and_stays_in_its_cell():
    text = render_report(report_on((paper("a", title="A <b>bold</b> | [title](x)\nof two lines"), extraction("a"))))
    assert "| a | A \\<b\\>bold\\</b\\> \\| \\[title\\](x) of two lines | nothing recognised |" in text


def test_a_long_list_says_how_many_more_there_are():
    text = render_report(report_on(*((paper(f"p{n}"), extraction(f"p{n}")) for n in range(43))))
    assert "and 3 more" in text
    assert text.count("nothing recognised") == 40


def test_seconds_are_not_in_the_page():
    one, other = (BuildReport(papers=0, terms=0, findings={}, triples=0, seconds=seconds) for seconds in (1.0, 2.0))
    assert render_report(one) == render_report(other)
