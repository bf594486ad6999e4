"""Rows over the annotated digests are those that plain Python works out from the annotation.

Every expectation reads the JSON of the annotation and walks the vocabulary's records; none asks SPARQL or the graph.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

import pytest
from gold_world import Line, Names, findings, intervention_cells, paper_id, sentence, split

from kg.model import Design, Direction
from kg.queries import Rows, SavedQuery, run
from kg.store import Store
from kg.vocabulary import Vocabulary

Ask = Callable[..., Rows]
#: A finding as rows show it: paper, outcome, direction, sentence.
Shown = tuple[str, str, str, str]
Show = Callable[[Line, Line], Shown]

RESPONSES = ("overall-response-rate", "remission", "no-response", "mixed-response", "stable-disease")
HARMS = {
    "relapse-of-malignancy", "infection", "death", "adverse-event", "safety", "graft-failure",
    "post-transplant-lymphoproliferative-disorder", "tumorigenicity", "tumor", "secondary-malignancy", "ectopic-tissue-formation",
    "allergic-reaction", "thromboembolism",
}  # fmt: skip


@pytest.fixture
def ask(digests: Store, queries: dict[str, SavedQuery], vocabulary: Vocabulary) -> Ask:
    def asked(name: str, **parameters: str) -> Rows:
        return run(digests, queries[name], parameters, vocabulary=vocabulary)

    return asked


@pytest.fixture
def shown(names: Names, vocabulary: Vocabulary) -> Show:
    def show(line: Line, finding: Line) -> Shown:
        direction = vocabulary[finding["direction"].replace("_", "-")].label
        return paper_id(line), names.outcome_label(finding), direction, sentence(line, finding)

    return show


def rows_shown(rows: Rows) -> Counter[Shown]:
    return Counter((str(row["paper"]), str(row["outcome"]), str(row["direction"]), str(row["sentence"])) for row in rows.records())


Keeps = Callable[[Names, Line, Line], bool]
Case = tuple[str, dict[str, str], Keeps, int]


def is_about(slug: str) -> Keeps:
    return lambda names, line, finding: names.is_under(names.outcome(finding), slug)


def is_about_any(slugs: set[str] | tuple[str, ...]) -> Keeps:
    return lambda names, line, finding: any(names.is_under(names.outcome(finding), slug) for slug in slugs)


def has_source(slug: str) -> Keeps:
    return lambda names, line, finding: any(names.slug(each["source"], "tissue_source") == slug for each in intervention_cells(line))


def has(field: str, value: str) -> Keeps:
    return lambda names, line, finding: line["study"][field] == value


def gives_msc(names: Names, line: Line, finding: Line) -> bool:
    return names.gives(line, "mesenchymal-stromal-cell")


def mentions(kind: str, slug: str) -> Keeps:
    return lambda names, line, finding: any(names.is_under(each, slug) for each in names.mentioned(line, kind))


def every(*keeps: Keeps) -> Keeps:
    return lambda names, line, finding: all(keep(names, line, finding) for keep in keeps)


def is_outside_trials(names: Names, line: Line, finding: Line) -> bool:
    study = line["study"]
    return study["design"] in {"retrospective_cohort", "case_series"} or (study["design"] == "single_arm" and study["phase"] is None)


def is_graded(names: Names, line: Line, finding: Line) -> bool:
    words = ("severe", "moderate", "mild")
    population, label = (finding["population"] or "").lower(), names.outcome_label(finding).lower()
    in_label = any(word in label for word in (*words, "grade i", "grade 1", "grade 2", "grade 3", "grade 4"))
    return any(word in population for word in ("grade", *words)) or in_label


FACTS = (
    "paper", "sentence", "design", "sources", "intervention", "comparator", "population",
    "intervention_value", "comparator_value", "p_operator", "p", "measure", "effect", "significance",
)  # fmt: skip
#: Query, parameters, which findings it shows, and how many at least, so that no case is empty by mistake.
CASES: list[Case] = [
    ("findings-for-outcome", {}, every(), 268),
    ("findings-for-outcome", {"outcome": "incidence of chronic GVHD"}, is_about("incidence-of-chronic-gvhd"), 5),
    ("findings-for-outcome", {"outcome": "chronic GVHD"}, is_about("chronic-graft-versus-host-disease"), 15),
    ("findings-for-outcome", {"outcome": "overall response rate"}, is_about("overall-response-rate"), 20),
    ("findings-for-outcome", {"source": "umbilical cord"}, has_source("umbilical-cord"), 5),
    ("findings-for-outcome", {"design": "rct"}, has("design", "rct"), 10),
    ("findings-for-outcome", {"intent": "prophylaxis"}, has("intent", "prophylaxis"), 20),
    ("findings-for-outcome", {"cell": "MSC"}, gives_msc, 60),
    ("findings-for-outcome", {"condition": "aplastic anemia"}, mentions("condition", "aplastic-anemia"), 5),
    (
        "findings-for-outcome",
        {"transplant": "haploidentical hematopoietic stem cell transplantation", "design": "rct"},
        every(mentions("transplant", "haploidentical-hematopoietic-stem-cell-transplantation"), has("design", "rct")),
        5,
    ),
    ("findings-for-outcome", {"direction": "decreased"}, lambda names, line, finding: finding["direction"] == "decreased", 60),
    ("findings-for-outcome", {"min_confidence": "1"}, every(), 268),
    ("findings-of-paper", {}, every(), 268),
    (
        "findings-of-paper",
        {"paper": "kuzmina2012-mmsc-prophylaxis"},
        lambda names, line, finding: line["id"] == "kuzmina2012-mmsc-prophylaxis",
        5,
    ),
    ("findings-of-paper", {"paper": "10.1200/JCO.2015.65.3642"}, lambda names, line, finding: line["id"] == "gao2016-ucmsc-cgvhd", 6),
    ("significant-findings", {}, lambda names, line, finding: finding["significant"] is True, 40),
    (
        "significant-findings",
        {"design": "rct"},
        lambda names, line, finding: finding["significant"] is True and line["study"]["design"] == "rct",
        3,
    ),
    ("null-results", {}, lambda names, line, finding: finding["direction"] == "no_difference" or finding["significant"] is False, 50),
    (
        "null-results",
        {"cell": "MSC"},
        lambda names, line, finding: finding["direction"] == "no_difference" and gives_msc(names, line, finding),
        5,
    ),
    ("safety", {}, is_about_any(HARMS), 30),
    ("safety", {"source": "bone marrow"}, every(is_about_any(HARMS), has_source("bone-marrow")), 1),
    (
        "haploidentical-trials",
        {},
        every(
            has("design", "rct"),
            has("intent", "prophylaxis"),
            gives_msc,
            mentions("transplant", "haploidentical-hematopoietic-stem-cell-transplantation"),
            is_about("chronic-graft-versus-host-disease"),
        ),
        2,
    ),
    ("engraftment", {}, is_about_any(("engraftment", "time-to-engraftment", "graft-failure", "chimerism", "duration-of-neutropenia")), 15),
    (
        "engraftment",
        {"intent": "cotransplantation"},
        every(is_about_any(("engraftment", "time-to-engraftment", "graft-failure", "chimerism")), has("intent", "cotransplantation")),
        4,
    ),
    ("outside-trials", {}, every(gives_msc, is_outside_trials), 15),
    (
        "effect-by-grade",
        {},
        every(
            is_graded,
            is_about_any(
                ("graft-versus-host-disease", "overall-response-rate", "death", "overall-survival", "remission", "treatment-outcome")
            ),
        ),
        8,
    ),
    (
        "chronic-gvhd-response",
        {},
        every(gives_msc, has("intent", "treatment"), mentions("condition", "chronic-graft-versus-host-disease"), is_about_any(RESPONSES)),
        3,
    ),
    ("effect-estimates", {}, lambda names, line, finding: finding["effect"] is not None, 28),
    ("pooled-effects", {}, has("design", "meta_analysis"), 10),
    ("findings-in-population", {}, lambda names, line, finding: finding["population"] is not None, 20),
    ("findings-in-population", {"population": "LIVER"}, lambda names, line, finding: "liver" in (finding["population"] or "").lower(), 1),
    (
        "two-by-two",
        {},
        lambda names, line, finding: (
            finding["kind"] == "effect" and line["study"]["design"] in {"rct", "nonrandomized_controlled", "retrospective_cohort"}
        ),
        40,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[f"{case[0]} {' '.join(case[1])}".strip() for case in CASES])
def test_findings_are_those_of_the_annotation(ask: Ask, lines: list[Line], names: Names, shown: Show, case: Case) -> None:
    name, parameters, keeps, at_least = case
    expected = Counter(shown(line, finding) for line, finding in findings(lines) if keeps(names, line, finding))
    assert rows_shown(ask(name, **parameters)) == expected
    assert expected.total() >= at_least


def test_a_finding_row_carries_what_the_annotation_says(ask: Ask, lines: list[Line], names: Names, vocabulary: Vocabulary) -> None:
    rows = ask("findings-for-outcome").records()
    read = Counter(tuple(row[column] for column in FACTS) for row in rows)
    assert read == Counter(_facts(names, vocabulary, line, finding) for line, finding in findings(lines))


def _facts(names: Names, vocabulary: Vocabulary, line: Line, finding: Line) -> tuple[object, ...]:
    values, p, effect = finding["values"], finding["p"], finding["effect"]
    sources = {names.label(each["source"], "tissue_source") for each in intervention_cells(line) if each["source"]}
    significance = {True: "significant", False: "not significant", None: "not stated"}[finding["significant"]]
    return (
        paper_id(line),
        sentence(line, finding),
        _design(vocabulary, line),
        "; ".join(sorted(sources)) or None,
        finding["intervention"],
        finding["comparator"],
        finding["population"],
        values["intervention"] and values["intervention"]["text"],
        values["comparator"] and values["comparator"]["text"],
        p and p["operator"],
        p and p["value"],
        effect and vocabulary["measure-" + effect["measure"]].label,
        effect and effect["value"],
        significance,
    )


def test_counts_per_arm_are_those_printed_and_gaps_are_named(ask: Ask, lines: list[Line]) -> None:
    rows = list(ask("two-by-two").records())
    sentences = {sentence(line, finding): line for line, finding in findings(lines)}
    expected = Counter(
        (sentence(line, finding), *(_printed(finding, side, "count") for side in ("intervention", "comparator")))
        for line, finding in findings(lines)
        if finding["kind"] == "effect" and line["study"]["design"] in {"rct", "nonrandomized_controlled", "retrospective_cohort"}
    )
    assert Counter((row["sentence"], row["intervention_count"], row["comparator_count"]) for row in rows) == expected
    for row in rows:
        sizes = sentences[str(row["sentence"])]["study"]["n_arms"] or {}
        for side in ("intervention", "comparator"):
            assert (f"{side} count; " in str(row["missing"])) == (row[f"{side}_count"] is None)
            assert (f"{side} total; " in str(row["missing"])) == (row[f"{side}_total"] is None)
            assert row[f"{side}_total"] is not None or sizes.get(side) is None


def _printed(finding: Line, side: str, field: str) -> object:
    value = finding["values"][side]
    return None if value is None else value[field]


def test_effects_by_source_are_counted_by_direction(ask: Ask, lines: list[Line], names: Names) -> None:
    pairs = ((line, finding) for line, finding in findings(lines) if names.is_under(names.outcome(finding), "graft-versus-host-disease"))
    expected: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    papers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for line, finding in pairs:
        sources = {names.label(each["source"], "tissue_source") for each in intervention_cells(line) if each["source"]} or {"not stated"}
        for source in sources:
            key = names.outcome_label(finding), source
            expected[key][finding["direction"]] += 1
            papers[key].add(paper_id(line))
    rows = ask("effect-by-source", outcome="graft-versus-host disease")
    assert {(row["outcome"], row["source"]): tuple(row[each] for each in Direction) for row in rows.records()} == {
        key: tuple(counts[each] for each in Direction) for key, counts in expected.items()
    }
    assert {(row["outcome"], row["source"]): row["paper_ids"] for row in rows.records()} == {
        key: "; ".join(sorted(ids)) for key, ids in papers.items()
    }
    assert len(rows.rows) > 10


def test_evidence_is_counted_by_outcome_and_design(ask: Ask, lines: list[Line], names: Names, vocabulary: Vocabulary) -> None:
    groups = split(findings(lines), lambda line, finding: (names.outcome_label(finding), _design(vocabulary, line)))
    expected = {
        key: (
            *(sum(finding["direction"] == each for _, finding in pairs) for each in Direction),
            len({paper_id(line) for line, _ in pairs}),
        )
        for key, pairs in groups.items()
    }
    rows = ask("evidence-by-design").records()
    assert {(row["outcome"], row["design"]): (*(row[each] for each in Direction), row["papers"]) for row in rows} == expected


def _design(vocabulary: Vocabulary, line: Line) -> str:
    return vocabulary["design-" + line["study"]["design"].replace("_", "-")].label


def test_an_example_sentence_is_one_of_the_sentences_counted(ask: Ask, lines: list[Line], names: Names) -> None:
    sentences = defaultdict(set)
    for line, finding in findings(lines):
        sentences[names.outcome_label(finding)].add(sentence(line, finding))
    for name in ("evidence-by-design", "effect-by-source"):
        for row in ask(name).records():
            assert row["example_sentence"] in sentences[str(row["outcome"])]


def test_coverage_counts_papers_by_design(ask: Ask, lines: list[Line], names: Names) -> None:
    columns = {
        Design.RCT: "randomized", Design.NONRANDOMIZED_CONTROLLED: "controlled", Design.RETROSPECTIVE_COHORT: "retrospective",
        Design.SINGLE_ARM: "single_arm", Design.CASE_SERIES: "single_arm", Design.META_ANALYSIS: "pooled",
        Design.IN_VIVO_PRECLINICAL: "animal", Design.IN_VITRO: "in_vitro",
    }  # fmt: skip
    expected: dict[str, Counter[str]] = {}
    for outcome, pairs in split(findings(lines), lambda line, finding: names.outcome_label(finding)).items():
        designs = {paper_id(line): line["study"]["design"] for line, _ in pairs}
        expected[outcome] = Counter(columns[design] for design in designs.values() if design in columns)
        expected[outcome]["papers"] = len(designs)
    rows = {str(row["outcome"]): row for row in ask("outcome-coverage").records()}
    assert rows.keys() == expected.keys()
    for outcome, counts in expected.items():
        assert {name: rows[outcome][name] for name in (*columns.values(), "papers")} == {
            name: counts[name] for name in (*columns.values(), "papers")
        }


def test_papers_without_findings_are_those_annotated_so(ask: Ask, lines: list[Line]) -> None:
    expected = {paper_id(line): line["study"]["design"] for line in lines if not line["findings"]}
    rows = ask("papers-without-findings").records()
    assert {row["paper"]: row["reason"] for row in rows} == expected
    assert len(expected) >= 5
    assert {row["paper"] for row in ask("papers-without-findings", design="protocol").records()} == {
        paper for paper, design in expected.items() if design == "protocol"
    }


def test_mentions_of_a_concept_are_counted_with_narrower_ones(ask: Ask, lines: list[Line], names: Names) -> None:
    expected = {}
    for line in lines:
        words = [term["text"] for term in line["terms"] if names.is_under(names.slug(term["label"], term["kind"]), "natural-killer-cell")]
        if words:
            expected[paper_id(line)] = (len(words), "; ".join(sorted(set(words))))
    rows = ask("papers-mentioning", concept="NK cell").records()
    assert {row["paper"]: (row["mentions"], row["phrases"]) for row in rows} == expected
    assert len(expected) >= 2


def test_phrases_that_the_vocabulary_lacks_are_counted(ask: Ask, lines: list[Line], names: Names) -> None:
    mentions: Counter[tuple[str, str]] = Counter()
    papers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for line, key in _unmapped_terms(lines, names):
        mentions[key] += 1
        papers[key].add(paper_id(line))
    rows = [row for row in ask("unmapped-phrases").records() if row["mentions"]]
    assert sum(int(str(row["mentions"])) for row in rows) == mentions.total()
    assert sorted(int(str(row["mentions"])) for row in rows) == sorted(mentions.values())
    only = ask("unmapped-phrases", term_kind="biomarker").records()
    assert {row["kind"] for row in only} <= {"biomarker"}
    assert [row["mentions"] for row in rows] == sorted((row["mentions"] for row in rows), reverse=True)


def _unmapped_terms(lines: list[Line], names: Names) -> Iterator[tuple[Line, tuple[str, str]]]:
    for line in lines:
        for term in line["terms"]:
            if names.slug(term["label"], term["kind"]) is None:
                yield line, (term["kind"], " ".join(term["text"].casefold().split()))


def test_registrations_lead_to_their_papers(ask: Ask, lines: list[Line]) -> None:
    expected = {(number, paper_id(line)) for line in lines for number in line["study"]["registrations"]}
    assert {(row["number"], row["paper"]) for row in ask("registrations").records()} == expected
    assert len(expected) >= 5
    rows = list(ask("registrations", registration="nct-0292 3375").records())
    assert {(row["number"], row["paper"]) for row in rows} == {each for each in expected if each[0] == "NCT02923375"}
    assert rows


def test_trials_are_those_in_patients_newest_first(ask: Ask, lines: list[Line]) -> None:
    designs = {"rct", "nonrandomized_controlled", "single_arm", "protocol"}
    rows = list(ask("trials-by-year").records())
    assert Counter(row["paper"] for row in rows) == Counter(paper_id(line) for line in lines if line["study"]["design"] in designs)
    years = [int(str(row["year"])) for row in rows if row["year"] is not None]
    assert years == sorted(years, reverse=True)
    recent = {row["paper"] for row in ask("trials-by-year", from_year="2015", design="rct").records()}
    assert recent == {paper_id(line) for line in lines if line["study"]["design"] == "rct" and (line["source"]["year"] or 0) >= 2015}


def test_studies_of_a_source_are_those_whose_cells_come_from_it(ask: Ask, lines: list[Line], names: Names) -> None:
    rows = ask("studies-by-source", source="bone marrow").records()
    expected = {paper_id(line) for line in lines if has_source("bone-marrow")(names, line, {})}
    assert {row["paper"] for row in rows} == expected
    assert len(expected) >= 2
    assert {row["paper"] for row in ask("studies-by-source").records()} == {paper_id(line) for line in lines if intervention_cells(line)}


def test_studies_of_a_condition_are_those_that_name_it(ask: Ask, lines: list[Line], names: Names) -> None:
    rows = ask("studies-by-population", condition="aplastic anemia").records()
    expected = {paper_id(line) for line in lines if mentions("condition", "aplastic-anemia")(names, line, {})}
    assert {row["paper"] for row in rows} == expected
    assert len(expected) >= 2
    assert len(ask("studies-by-population").rows) == len(lines)


def test_counts_of_cells_and_molecules_are_listed_with_their_papers(ask: Ask, lines: list[Line], names: Names) -> None:
    expected = defaultdict(set)
    for line, finding in findings(lines):
        slug = names.outcome(finding)
        if slug is None or finding["kind"] not in {"mechanism", "subgroup", "before_after"}:
            continue
        is_count = slug != "immune-cell-count" and names.is_under(slug, "immune-cell-count")
        if is_count or names.vocabulary[slug].kind in {"biomarker", "cell_type"}:
            expected[names.vocabulary[slug].label].add(paper_id(line))
    rows = [row for row in ask("mediators-and-predictors").records() if row["part"] == "measured"]
    found = defaultdict(set)
    for row in rows:
        found[row["entity"]] |= set(str(row["paper_ids"]).split("; "))
    assert found == expected
    assert len(expected) >= 4


def test_every_row_on_a_digest_says_so_and_no_iri_lacks_a_label(ask: Ask, queries: dict[str, SavedQuery]) -> None:
    for name in queries:
        rows = ask(name)
        for row in rows.records():
            assert row.get("text_kind", row.get("text_kinds", "digest")) == "digest", name
            iris = {column for column, cell in row.items() if isinstance(cell, str) and cell.startswith("https://w3id.org/")}
            assert iris <= {"finding", "other_finding"}, name
            assert not iris or row["sentence"], name
        if rows.rows and name != "unmapped-phrases":
            assert rows.quotes_digests, name


def test_the_same_question_gives_the_same_rows_in_the_same_order(ask: Ask, queries: dict[str, SavedQuery]) -> None:
    for name in queries:
        assert ask(name) == ask(name), name
