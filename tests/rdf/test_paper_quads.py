"""One paper with its extraction as a graph."""

from collections.abc import Iterator
from typing import TypeVar

import pytest
from pydantic import BaseModel
from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from rdf_world import TEXT, at, full_extraction, full_finding, full_paper, full_quads, run, vocabulary

from kg.errors import ExtractionError
from kg.model import Extraction, Paper
from kg.namespaces import BASE, GGV
from kg.rdf import Run, paper_quads
from kg.rdf.terms import A, term, thing

PAPER = thing("paper", "pmid-101")
STUDY = thing("study", "pmid-101")
FINDING = thing("finding", "pmid-101", "71-147-1")


def quads_of(paper: Paper, extraction: Extraction) -> list[Quad]:
    return paper_quads(paper, extraction, run=run(), vocabulary=vocabulary())


def values(quads: list[Quad], subject: NamedNode, predicate: str) -> list[str]:
    """Objects of one predicate, sorted; IRIs without their base."""
    found = [quad.object.value for quad in quads if quad.subject == subject and quad.predicate == term(predicate)]
    return sorted(each.removeprefix(GGV).removeprefix(BASE) for each in found)


def plain(paper_id: str = "line-1", **changes: object) -> tuple[Paper, Extraction]:
    """A digest of which nothing was read."""
    fields = {"id": paper_id, "text": "", "sha256": "0" * 64, "source_format": "jsonl", "text_kind": "digest"}
    paper = Paper.model_validate({**fields, **changes})
    return paper, Extraction(id=paper_id, paper=paper_id)


def test_a_finding_is_written_as_the_data_model_says() -> None:
    quads = full_quads()
    assert {
        name: values(quads, FINDING, f"gg:{name}")
        for name in ("outcome", "direction", "significance", "pValue", "pOperator", "pText", "timepoint", "confidence", "intervention")
    } == {
        "outcome": ["incidence-of-chronic-gvhd"],
        "direction": ["decreased"],
        "significance": ["significant"],
        "pValue": ["0.021"],
        "pOperator": ["="],
        "pText": ["P = .021"],
        "timepoint": ["P2Y"],
        "confidence": ["0.93"],
        "intervention": ["arm/pmid-101/1"],
    }
    assert values(quads, FINDING, "gg:armValue") == ["value/pmid-101/71-147-1/a", "value/pmid-101/71-147-1/b"]
    assert values(quads, thing("value", "pmid-101", "71-147-1", "a"), "gg:ciLow") == ["16.2"]
    assert values(quads, thing("value", "pmid-101", "71-147-1", "a"), "gg:total") == ["30"]
    assert values(quads, thing("effect", "pmid-101", "71-147-1"), "gg:measure") == ["measure-HR"]


def test_evidence_quotes_the_text_with_what_stands_around_it() -> None:
    quads = full_quads()
    assert values(quads, thing("evidence", "pmid-101", "71-147-1"), "oa:hasBody") == ["finding/pmid-101/71-147-1"]
    quote = thing("quote", "pmid-101", "71-147")
    assert values(quads, quote, "oa:exact") == [TEXT[71:147]]
    assert values(quads, quote, "oa:prefix") == [TEXT[71 - 32 : 71]]
    assert values(quads, quote, "oa:suffix") == [" No patient relapsed."]
    position = thing("position", "pmid-101", "71-147")
    assert (values(quads, position, "oa:start"), values(quads, position, "oa:end")) == (["71"], ["147"])


def test_text_derives_from_the_paper_and_findings_quote_the_text() -> None:
    quads = full_quads()
    (text,) = values(quads, PAPER, "gg:hasText")
    assert text == "text/" + full_paper().sha256[:16]
    assert values(quads, NamedNode(BASE + text), "prov:wasDerivedFrom") == ["paper/pmid-101"]
    assert values(quads, FINDING, "prov:wasQuotedFrom") == [text]
    assert values(quads, FINDING, "prov:wasGeneratedBy") == values(quads, STUDY, "prov:wasGeneratedBy") != []


def test_flags_are_concepts() -> None:
    quads = full_quads()
    names = ("allocation", "centers", "infusionRepetition", "steroidResponse")
    assert [values(quads, STUDY, f"gg:{name}") for name in names] == [
        ["allocation-randomized"],
        ["centers-single-center"],
        ["infusion-repetition-repeated"],
        ["steroid-response-not-refractory"],
    ]
    roles = [values(quads, thing("arm", "pmid-101", number), "gg:armRole") for number in (1, 2)]
    assert roles == [["arm-role-active"], ["arm-role-control"]]


def test_what_is_not_stated_is_not_written_and_zero_is() -> None:
    quads = full_quads(study={"infusion_day": 0, "n": 0})
    assert values(quads, STUDY, "gg:infusionDay") == ["0"]
    assert values(quads, STUDY, "gg:participantCount") == ["0"]
    for name in ("allocation", "design", "enrolledCount", "followUp", "steroidResponse", "interventionCount"):
        assert values(quads, STUDY, f"gg:{name}") == []


def test_p_of_zero_and_effect_of_zero_are_data() -> None:
    zero = full_finding(p={"operator": "<", "value": 0}, effect={"measure": "MD", "value": 0, "ci_low": 0, "ci_high": 0}, confidence=0)
    quads = full_quads(findings=[zero])
    assert values(quads, FINDING, "gg:pValue") == values(quads, FINDING, "gg:confidence") == ["0"]
    assert values(quads, thing("effect", "pmid-101", "71-147-1"), "gg:ciLow") == ["0"]


def test_significance_is_stated_three_ways() -> None:
    for significant, slug in ((True, "significant"), (False, "not-significant"), (None, "not-stated")):
        assert values(full_quads(findings=[full_finding(significant=significant)]), FINDING, "gg:significance") == [slug]


def test_two_findings_of_one_sentence_are_two() -> None:
    quads = full_quads(findings=[full_finding(), full_finding(direction="increased")])
    assert values(quads, PAPER, "gg:hasFinding") == ["finding/pmid-101/71-147-1", "finding/pmid-101/71-147-2"]
    assert values(quads, thing("finding", "pmid-101", "71-147-2"), "gg:direction") == ["increased"]


def test_a_phrase_without_concept_is_kept_with_its_words() -> None:
    quads = full_quads()
    unmapped = thing("unmapped", "outcome", "relapsed")
    assert values(quads, unmapped, "gg:unmappedLabel") == ["relapsed"]
    assert values(quads, unmapped, "rdfs:label") == ["relapse of cord"]
    assert values(quads, thing("cell", "pmid-101", 2), "gg:cellSource") == ["unmapped/tissue-source/moon-rock"]


def test_unmapped_phrases_that_differ_by_a_sign_are_two() -> None:
    paper, extraction = plain(text="CD4+ and CD4- cells")
    terms = [
        {"kind": "cell_type", "label": "CD4+", "start": 0, "end": 4, "text": "CD4+"},
        {"kind": "cell_type", "label": "CD4-", "start": 9, "end": 13, "text": "CD4-"},
    ]
    quads = quads_of(paper, Extraction.model_validate({**extraction.model_dump(), "terms": terms}))
    named = {quad.object.value for quad in quads if quad.predicate == term("gg:mentionOf")}
    assert named == {BASE + "unmapped/cell-type/cd4%2B", BASE + "unmapped/cell-type/cd4-"}


def test_plain_labels_are_looked_up_in_their_scheme() -> None:
    quads = full_quads(study={"species": "Human"}, cells=[{"cell": "MSCs", "source": "bone marrow", "role": "graft"}])
    assert values(quads, STUDY, "gg:species") == ["human"]
    assert values(quads, thing("cell", "pmid-101", 1), "gg:cell") == ["mesenchymal-stromal-cell"]
    assert values(quads, thing("cell", "pmid-101", 1), "gg:cellSource") == ["bone-marrow"]


def test_words_of_a_text_are_written_for_digests_and_licensed_texts_only() -> None:
    def content(**changes: object) -> list[str]:
        paper, extraction = plain(text="We saw it.", other_abstracts=[{"text": "Autre texte."}], **changes)
        return sorted(quad.object.value for quad in quads_of(paper, extraction) if quad.predicate == term("gg:content"))

    assert content(text_kind="digest") == ["We saw it."]
    assert content(text_kind="abstract", licence="CC0") == ["Autre texte.", "We saw it."]
    assert content(text_kind="abstract") == content(text_kind="full_text") == content(text_kind="page") == []


def test_a_paper_without_abstract_has_no_text_and_says_why_it_has_no_findings() -> None:
    paper, extraction = plain()
    quads = quads_of(paper, extraction.model_copy(update={"no_findings_reason": "no abstract"}))
    node = thing("paper", "line-1")
    assert values(quads, node, "gg:hasText") == []
    assert values(quads, node, "gg:noFindingsReason") == ["no abstract"]
    assert [quad.object for quad in quads if quad.predicate == term("prov:used")] == [node]


def test_retraction_is_stated_of_retracted_papers_only() -> None:
    assert values(full_quads(), PAPER, "gg:retraction") == ["retraction-retracted"]
    sound = full_paper(publication_types=["Review"], notices=[{"kind": "erratum_in", "pmid": "9"}])
    assert values(quads_of(sound, full_extraction()), PAPER, "gg:retraction") == []


def test_notices_name_the_other_paper_as_its_own_graph_does() -> None:
    quads = full_quads()
    other = quads_of(*plain("doi-10.1234%2Ferr"))
    (node,) = [quad.subject.value for quad in other if quad.predicate == A and quad.object == term("gg:Paper")]
    named = [values(quads, thing("notice", "pmid-101", number), "gg:noticePaper") for number in (1, 2, 3)]
    assert named == [["paper/pmid-303"], [node.removeprefix(BASE)], []]


def test_a_registration_of_record_and_text_is_one_node() -> None:
    quads = full_quads()
    assert values(quads, PAPER, "gg:hasRegistration") == ["registration/pmid-101/NCT00000101"]
    assert values(quads, STUDY, "gg:hasRegistration") == ["registration/pmid-101/NCT00000101", "registration/pmid-101/UMIN000000202"]
    assert values(quads, thing("registration", "pmid-101", "NCT00000101"), "gg:registry") == ["ClinicalTrials.gov"]


def test_headings_keep_their_place_among_major_ones_and_their_qualifiers() -> None:
    quads = full_quads()
    descriptor = "http://id.nlm.nih.gov/mesh/D006086"
    assert values(quads, PAPER, "gg:meshTerm") == [descriptor, "mesh-heading/Cord%20Blood"]
    assert values(quads, PAPER, "gg:majorMeshTerm") == [descriptor]
    assert values(quads, thing("heading", "pmid-101", 1), "gg:meshQualifier") == ["prevention & control"]


def test_sections_that_the_extraction_recognised_win_over_those_of_the_source() -> None:
    def labels(*sections: dict[str, object]) -> list[str]:
        quads = full_quads(sections=sections)
        return sorted(quad.object.value.removeprefix(GGV) for quad in quads if quad.predicate == term("gg:sectionLabel"))

    assert labels({"label": "results", "start": 71, "end": 147}) == ["section-label-results"]
    assert labels() == ["section-label-methods"]


#: Sections of the source where the extraction has its own; what only pairs an extraction with its paper; the engine, which the run names.
ELSEWHERE = {"Paper.sections", "Extraction.sha256", "Extraction.engine"}


def test_no_optional_field_of_paper_or_extraction_can_be_dropped_unseen() -> None:
    paper, extraction = full_paper(), full_extraction()
    whole = set(quads_of(paper, extraction))
    dropped = [(name, quads_of(each, extraction)) for name, each in _without_each_field(paper)]
    dropped += [(name, quads_of(paper, each)) for name, each in _without_each_field(extraction)]
    assert {name for name, quads in dropped if set(quads) == whole} == ELSEWHERE
    assert len({name for name, _ in dropped}) > 90


R = TypeVar("R", bound=BaseModel)


def _without_each_field(record: R) -> Iterator[tuple[str, R]]:
    """Copies of a record, each with one optional field at its default, fields of the records inside included."""
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        if not field.is_required() and value != field.default:
            yield f"{type(record).__name__}.{name}", record.model_copy(update={name: field.default})
        if isinstance(value, BaseModel):
            yield from ((inner, record.model_copy(update={name: copy})) for inner, copy in _without_each_field(value))
        for place, each in enumerate(value if isinstance(value, tuple) else ()):
            for inner, copy in _without_each_field(each) if isinstance(each, BaseModel) else ():
                yield inner, record.model_copy(update={name: (*value[:place], copy, *value[place + 1 :])})


def test_graph_holds_no_blank_node_no_quad_twice_and_one_graph_name() -> None:
    quads = full_quads()
    assert not any(isinstance(part, BlankNode) for quad in quads for part in (quad.subject, quad.object))
    assert len(set(quads)) == len(quads)
    assert {quad.graph_name for quad in quads} == {NamedNode(BASE + "graph/paper/pmid-101")}


def test_same_input_gives_the_same_quads_and_changes_nothing() -> None:
    paper, extraction = full_paper(), full_extraction()
    before = (paper.model_dump(), extraction.model_dump())
    assert quads_of(paper, extraction) == quads_of(paper, extraction)
    assert (paper.model_dump(), extraction.model_dump()) == before


def test_run_differs_with_engine_version_vocabulary_and_time_only() -> None:
    base = {"engine": "rules", "version": "1", "vocabulary": "ab", "time": "2026-01-02T03:04:05Z"}
    nodes = {Run(**base).node}
    for name, value in (("engine", "llm"), ("version", "2"), ("vocabulary", "cd"), ("time", "2026-01-02T03:04:06Z")):
        nodes.add(Run(**{**base, name: value}).node)
    assert len(nodes) == 5
    assert Run(**{**base, "time": "2026-01-02T04:04:05+01:00"}).node == Run(**base).node


def test_run_without_a_time_states_none() -> None:
    timeless = Run(engine="rules", version="1", vocabulary="ab")
    quads = paper_quads(full_paper(), full_extraction(), run=timeless, vocabulary=vocabulary())
    assert values(quads, timeless.node, "prov:startedAtTime") == []
    assert values(quads, timeless.node, "gg:vocabularyHash") == ["ab"]


def test_run_names_engine_version_vocabulary_and_time() -> None:
    quads, node = full_quads(), run().node
    assert values(quads, node, "prov:startedAtTime") == ["2026-01-02T03:04:05Z"]
    assert values(quads, node, "gg:vocabularyHash") == ["ab12"]
    assert values(quads, node, "prov:wasAssociatedWith") == ["engine/rules/0.1.0"]
    assert values(quads, thing("engine", "rules", "0.1.0"), "gg:softwareVersion") == ["0.1.0"]


def test_favours_is_never_stored_with_a_finding() -> None:
    assert term("gg:favours") not in {quad.predicate for quad in full_quads()}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"paper": "pmid-102"}, "of paper pmid-102"),
        ({"sha256": "f" * 64}, "another text"),
        ({"terms": [{"kind": "drug", "label": "x", "start": 0, "end": 3, "text": "xyz"}]}, "span 0-3 reads 'MET' .* 'xyz'"),
        ({"findings": [full_finding(evidence={"start": 10, "end": 9999})]}, "span 10-9999 is no part"),
        ({"findings": [full_finding(evidence={"start": 9, "end": 9})]}, "span 9-9 is no part"),
        ({"findings": [full_finding(cues=[{**at("fell"), "text": "rose"}])]}, "'fell' in the text and 'rose'"),
        ({"arms": [{"number": 1, "label": "x", "mentions": [{"start": 5, "end": 2, "text": ""}]}]}, "span 5-2 is no part"),
        ({"sections": [{"label": "results", "start": 0, "end": 400}]}, "span 0-400 is no part"),
        ({"inconsistencies": [{"kind": "x", "message": "y", "start": 0, "end": 0}]}, "span 0-0 is no part"),
    ],
)
def test_an_extraction_that_does_not_fit_the_text_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ExtractionError, match=message) as caught:
        full_quads(**changes)
    assert caught.value.record == "pmid-101"


def test_counts_are_integers_and_measured_numbers_are_doubles() -> None:
    datatypes: dict[str, set[str]] = {}
    for quad in full_quads():
        if isinstance(quad.object, Literal):
            datatypes.setdefault(quad.predicate.value.rsplit("/", 1)[-1], set()).add(quad.object.datatype.value.rsplit("#", 1)[-1])
    assert [datatypes[name] for name in ("value", "ciLow", "pValue", "cellsPerKg")] == [{"double"}] * 4
    assert datatypes["participantCount"] == datatypes["count"] == {"integer"}
    assert not {"boolean", "decimal", "float", "nonNegativeInteger"} & set().union(*datatypes.values())
